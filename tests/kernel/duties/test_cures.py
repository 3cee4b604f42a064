"""Cures: each is tried, and so is every right that is not named; the same for duties kept apart."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest

from tests.kernel.flow.world import node, process
from zhongshu.kernel import duties
from zhongshu.kernel.duties import Grant, Label, Process, Staff, Undecided, fewest
from zhongshu.kernel.duties.coalition import Fewest
from zhongshu.kernel.duties.from_flow import cures as module
from zhongshu.kernel.duties.from_flow import processes_of
from zhongshu.kernel.duties.from_flow.checkup import check_up
from zhongshu.kernel.duties.from_flow.cures import duties_of, kept_apart, remedies
from zhongshu.kernel.flow.definition import NodeKind, Seat, SeatKind
from zhongshu.kernel.flow.people import Directory, Person

from .bureaus import bureau
from .oracle import Truth
from .oracle import process as random_process


def opened(one: Process, step: str, crowd: int) -> bool:
    """Is any way possible if these people may take the step?"""
    return any(Truth(one.granting(Grant(step, crowd))).plans.values())


def with_newcomer(one: Process) -> Process:
    """One more person on the staff, without rights."""
    staff = Staff((*one.staff.people, duties.Person("new", Label("新", "new"))))
    return replace(one, staff=staff)


def test_every_cure_cures_and_nothing_else_does() -> None:
    looked = cured = 0
    for seed in range(400):
        one = random_process(seed, kinds=4)
        if any(Truth(one).plans.values()):
            continue
        looked += 1
        found = {remedy.step: remedy for remedy in remedies(one, one.ways, 0)}  # type: ignore[union-attr]
        wider = with_newcomer(one)
        for step in (step.key for step in one.steps):
            people = {
                person.key
                for place, person in enumerate(one.staff.people)
                if opened(one, step, 1 << place)
            }
            anybody = opened(wider, step, 1 << len(one.staff.people))
            told = found.get(step)
            cured += told is not None
            if told is None:
                assert not people and not anybody, (seed, step)
                continue
            # People without any right on a way are no better than a newcomer, and told as one.
            assert set(told.people) <= people, (seed, step)
            assert told.anybody == anybody, (seed, step)
            assert anybody or set(told.people) == people, (seed, step)
    assert looked > 60
    assert cured > 40


def test_the_draft_is_only_for_one_more_of_the_kind() -> None:
    one = random_process(0)
    staff = Staff(tuple(duties.Person(p, Label(p, p)) for p in "ab"))
    draft, sign = (one.steps[0]._replace(key=key) for key in ("draft", "n.0"))
    lone = Process(
        staff,
        (draft, sign),
        (Grant("draft", 1), Grant("n.0", 1)),
        (module.Separate("x", frozenset(("draft", "n.0"))),),
    )
    found = remedies(lone, lone.ways, 0)
    assert [(r.step, r.people, r.anybody) for r in found] == [  # type: ignore[union-attr]
        ("draft", (), True),
        ("n.0", (), True),
    ]
    bound = replace(
        lone,
        rules=(*lone.rules, module.Separate("y", frozenset(("draft", "n.1")))),
        steps=(*lone.steps, sign._replace(key="n.1")),
        grants=(Grant("draft", 1), Grant("n.0", 1), Grant("n.1", 2)),
        ways=(),
    )
    assert [r.step for r in remedies(bound, (frozenset(("draft", "n.0")),), 0)] == ["draft", "n.0"]  # type: ignore[union-attr]


def test_a_draft_that_only_somebody_here_could_take_is_no_cure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one = random_process(1)
    cure = module.Cure("draft", 1, anybody=False)
    monkeypatch.setattr(module, "cures", lambda *_: (cure,))
    assert remedies(one, one.ways, 0) == ()


def test_duties_kept_apart_are_what_conflicts_would_do() -> None:
    """Against the same process with the pair written into its `conflicts`."""
    lone = pairs = 0
    for seed in range(300):
        flow, people = bureau(seed)
        ((_, one),) = processes_of(flow, people)
        least = fewest(one)
        assert isinstance(least, Fewest)
        if not least.alone:
            continue
        lone += 1
        found = kept_apart(flow, one, least)
        assert not isinstance(found, Undecided)
        named = {frozenset(apart.duties): apart for apart in found}
        for pair in combinations(dict.fromkeys(duties_of(flow).values()), 2):
            stricter = replace(flow, conflicts=(*flow.conflicts, pair))
            ((_, other),) = processes_of(stricter, people)
            after = fewest(other)
            assert isinstance(after, Fewest)
            apart = named.get(frozenset(pair))
            if apart is None:
                assert after.people < 2, (seed, pair)
            else:
                pairs += 1
                assert after.people == apart.people != 1, (seed, pair)
                assert bool(apart.remedies) != bool(apart.people), (seed, pair)
    assert lone > 20
    assert pairs > 20


def test_what_is_left_open_is_not_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    one = random_process(3)
    monkeypatch.setattr(module, "cures", lambda *_: Undecided(1))
    assert remedies(one, one.ways, 0) == Undecided(1)
    flow, people = lone_bureau()
    ((_, alone),) = processes_of(flow, people)
    least = fewest(alone)
    assert isinstance(least, Fewest)
    for answer in (Undecided(2), Fewest(0)):
        monkeypatch.setattr(module, "fewest", lambda _, answer=answer: answer)
        assert isinstance(kept_apart(flow, alone, least), Undecided)
        (one_up,) = check_up(flow, people)
        assert one_up.apart is None
    monkeypatch.setattr(module, "cures", lambda *_: ())
    assert kept_apart(flow, alone, least) == ()


def lone_bureau() -> tuple[Any, Any]:
    """The first of the random bureaus where one person is enough."""
    for seed in range(100):
        flow, people = bureau(seed)
        ((_, one),) = processes_of(flow, people)
        found = fewest(one)
        if isinstance(found, Fewest) and found.alone:
            return flow, people
    raise AssertionError


def test_pairs_that_need_somebody_more_say_whom() -> None:
    li = Seat(SeatKind.PERSON, "li")
    flow = process(
        node("a", "b", li, kind=NodeKind.TASK),
        node("b", "end", li, kind=NodeKind.TASK),
        start="a",
        min_deciders=0,
    )
    people = Directory({name: Person(name) for name in ("li", "wu")})
    ((_, one),) = processes_of(flow, people)
    least = fewest(one)
    assert isinstance(least, Fewest)
    found = kept_apart(flow, one, least)
    assert not isinstance(found, Undecided)
    assert [(apart.duties, apart.people) for apart in found] == [
        (("draft", "a"), 2),
        (("draft", "b"), 2),
        (("a", "b"), 0),
    ]
    assert [(remedy.step, remedy.people) for remedy in found[2].remedies] == [
        ("a.0", ("wu",)),
        ("b.0", ("wu",)),
    ]
