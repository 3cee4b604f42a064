"""When a case must be looked at again: a tick before that changes nothing, one then does."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from zhongshu.kernel.flow import Actor, Case, Definition, Facts, act
from zhongshu.kernel.flow import commands as c
from zhongshu.kernel.flow.case import Outcome
from zhongshu.kernel.flow.waking import wakes_at
from zhongshu.kernel.worktime import Limit

from .walk import Walk
from .world import Play, at, node, process

CLOCK = c.Tick(Actor("system:clock"))


def ticked(definition: Definition, case: Case, facts: Facts, minute: int) -> bool:
    """Whether a tick at this minute changes the case."""
    then = facts._replace(now=facts.now + timedelta(minutes=minute - facts.minute))
    outcome = act(definition, case, CLOCK, then)
    return isinstance(outcome, Outcome) and outcome.event is not None


@pytest.mark.parametrize("seed", range(60))
def test_no_tick_before_it_changes_anything(seed: int) -> None:
    walk = Walk(random.Random(seed))
    for _ in range(40):
        _, _, facts, outcome = walk.step()
        if not isinstance(outcome, Outcome):
            continue
        case, now = outcome.case, facts.minute
        wake = wakes_at(case)
        last = now + 5000 if wake is None else wake - 1
        if last >= now:
            assert not ticked(walk.definition, case, facts, last), (seed, wake)


def limited() -> Play:
    play = Play(process(node("sign", "end", "li", limit=Limit(100, "minutes"))))
    play.submit()
    return play


def test_it_climbs_the_ladder_rung_by_rung() -> None:
    play, seen = limited(), []
    while (wake := wakes_at(play.case)) is not None:
        seen.append(wake)
        assert ticked(play.definition, play.case, play.facts, wake)
        play.facts = at(wake)
        play.do(CLOCK)
    assert seen == [50, 80, 100, 340, 580]


def test_nothing_is_awaited_of_what_has_ended() -> None:
    play = limited()
    play.yes("li")
    assert wakes_at(play.case) is None


def test_a_suspended_case_wakes_when_it_was_to_go_on() -> None:
    play = limited()
    play.do(c.Suspend(Actor("li"), "等材料", 900))
    assert wakes_at(play.case) == 900


def test_a_copy_lapses_and_a_loan_comes_back() -> None:
    play = limited()
    play.do(c.Circulate(Actor("li"), ("zhao",), within=30))
    assert wakes_at(play.case) == 30
    other = limited()
    other.do(other.on(c.Consult, "li", "zhao", "看看", True))
    assert wakes_at(other.case) is not None


def test_a_request_loses_its_point() -> None:
    play = Play(process(node("sign", "end", "li"), lapse=Limit(200, "minutes")))
    play.submit()
    assert wakes_at(play.case) == 200
    assert not ticked(play.definition, play.case, play.facts, 199)
    assert ticked(play.definition, play.case, play.facts, 200)
