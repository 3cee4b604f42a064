"""What gets worse, against the two check-ups side by side; what stops while somebody is away."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.kernel.flow.world import directory, node, process, stand_in
from zhongshu.kernel.duties import Undecided
from zhongshu.kernel.duties.from_flow.absences import Absences
from zhongshu.kernel.duties.from_flow.checkup import check_up
from zhongshu.kernel.duties.from_flow.people import People
from zhongshu.kernel.duties.from_flow.worse import Worse, after_change, while_away
from zhongshu.kernel.flow.definition import Counting, NodeKind, Rule, Seat, SeatKind
from zhongshu.kernel.flow.people import Directory, Person

from .test_survey import bureau

PAY = process(
    node("check", "pay", Seat(SeatKind.POST, "clerk")),
    node("pay", "end", Seat(SeatKind.POST, "spare"), kind=NodeKind.TASK),
)


def test_an_appointment_lets_fewer_finish() -> None:
    before, after = directory(), directory()
    apart = replace(PAY, conflicts=(("draft", "pay"),))
    posts = {**after.posts, "spare": ("yang", "huang")}
    found = after_change(apart, People(before), People(replace(after, posts=posts)))
    assert found.fewer is not None
    was, will, acts = found.fewer
    assert (was, will) == (3, 2)
    assert [(act.step, act.person) for act in acts[1:]] == [
        ("check.0", "huang"),
        ("pay.0", "huang"),
    ]
    assert not after_change(PAY, People(before), People(before))


def test_a_vacancy_blocks_and_says_where() -> None:
    before = directory()
    gone = replace(before, posts={**before.posts, "spare": ()})
    found = after_change(PAY, People(before), People(gone))
    assert found.blocked == (("pay", ("",)),)
    assert not found.fewer
    two = replace(before, posts={**before.posts, "spare": ("yang", "liu")})
    assert after_change(PAY, People(two), People(before)).single == (("pay", "yang"),)
    other = replace(before, posts={**before.posts, "spare": ("liu",)})
    assert not after_change(PAY, People(before), People(other)), "another single one is no worse"


def test_while_the_only_one_is_away_it_stops_unless_somebody_stands_in() -> None:
    there = People(directory())
    assert while_away(PAY, there, frozenset(), "yang").blocked == (("pay", ("",)),)
    assert not while_away(PAY, there, frozenset(), "wang"), "he has no part in it"
    covered = People(directory(stand_ins=(stand_in("yang", "liu"),)))
    assert not while_away(PAY, covered, frozenset(), "yang")
    assert while_away(PAY, covered, frozenset({"liu"}), "yang").blocked
    assert not while_away(PAY, there, frozenset({"yang"}), "yang"), "it stops anyhow"


def test_what_is_left_open_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    there = People(directory())
    monkeypatch.setattr(Absences, "plan", lambda *_: Undecided(1))
    assert while_away(PAY, there, frozenset(), "yang").undecided
    monkeypatch.undo()
    monkeypatch.setattr(Absences, "fewest", lambda *_: Undecided(1))
    more = People(directory(stand_ins=(stand_in("yang", "liu"),)))
    assert after_change(PAY, there, more).undecided
    monkeypatch.undo()
    seats = tuple(Seat(SeatKind.PERSON, f"p{number}") for number in range(16))
    wide = process(node("n", "end", *seats, rule=Rule(Counting.COUNT, n=8)))
    fewer = People(directory(gone=("wang",)))
    assert after_change(wide, there, fewer) == Worse(undecided=True)
    assert while_away(wide, there, frozenset(), "yang") == Worse(undecided=True)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(80))
def test_a_lost_post_is_as_bad_as_two_check_ups_say(seed: int) -> None:
    flow, people = bureau(seed)
    less = replace(people, posts={**people.posts, "p0": people.posts["p0"][:-1]})
    found = after_change(flow, People(people), People(less))
    old = {one.drafters[:2]: one for one in check_up(flow, people)}
    new = {one.drafters[:2]: one for one in check_up(flow, less)}
    fewer = any(one.people and not 0 < old[k].people <= one.people for k, one in new.items())
    assert bool(found.fewer) == fewer

    def dead(side: dict) -> set:
        return {
            (unit, block.route)
            for (unit, _), one in side.items()
            for block in one.blocks
            if not block.absent
        }

    assert {unit for _, many in found.blocked for unit in many} == {
        unit for unit, _ in dead(new) - dead(old)
    }


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(80))
def test_whoever_is_away_stops_what_the_check_up_says(seed: int) -> None:
    flow, people = bureau(seed)
    blocks = {
        (block.absent[0], one.drafters.unit)
        for one in check_up(flow, people)
        for block in one.blocks
        if block.absent and one.drafters.people != block.absent
    }
    for person in list(people.people)[:4]:
        found = while_away(flow, People(people), frozenset(), person)
        units = {unit for _, many in found.blocked for unit in many}
        assert units >= {unit for who, unit in blocks if who == person}
        alone = {
            one.drafters.unit for one in check_up(flow, people) if one.drafters.people == (person,)
        }
        assert units <= {unit for who, unit in blocks if who == person} | alone


def test_gone_people_are_nobody() -> None:
    lone = Directory({"a": Person("a", "u", gone=True)}, {}, {})
    assert People(lone).everybody == 0
