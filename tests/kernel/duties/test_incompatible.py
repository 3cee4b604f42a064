"""The matrix against posts, people and steps: by hand, and against all plans of small processes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest

from tests.kernel.flow.world import node, process, stand_in
from zhongshu.kernel.duties import Undecided
from zhongshu.kernel.duties.from_flow import incompatible as module
from zhongshu.kernel.duties.from_flow import processes_of
from zhongshu.kernel.duties.from_flow.incompatible import Duties, Held, UnknownDuty, forbids
from zhongshu.kernel.duties.matrix import Grade, matrix_on
from zhongshu.kernel.duties.matrix_data import SHIPPED
from zhongshu.kernel.flow.definition import Definition, NodeKind, Seat, SeatKind
from zhongshu.kernel.flow.people import Directory, Person

from .bureaus import bureau
from .oracle import Truth

TODAY = matrix_on(date(2026, 1, 1), SHIPPED)
POST, POOL, PERSON = SeatKind.POST, SeatKind.POOL, SeatKind.PERSON


def flow(*seats: Seat, **kw: object) -> Definition:
    """Tasks one after another, one seat each."""
    made = [
        node(f"n{i}", f"n{i + 1}" if i + 1 < len(seats) else "end", seat, kind=NodeKind.TASK)
        for i, seat in enumerate(seats)
    ]
    return process(*made, start="n0", min_deciders=0, **kw)


def people(**posts: str) -> Directory:
    return Directory(
        {p: Person(p) for p in ("li", "wu", "sun")}, {k: tuple(v.split()) for k, v in posts.items()}
    )


def test_a_seat_says_what_it_does_or_its_only_post_does() -> None:
    seats = (
        Seat(POST, "cashier", duty="出纳付款"),
        Seat(POOL, "books"),
        Seat(POST, "many"),
        Seat(PERSON, "li", duty="CNT"),
        Seat(PERSON, "li", duty="own word"),
        Seat(SeatKind.RELATION, "initiator", duty="ACC"),
    )
    duties = Duties(TODAY, flow(*seats), {"books": ("记账",), "many": ("REV", "ACC")}, {})
    assert duties.of_steps() == {
        "draft": "APP",
        "n0.0": "CSH",
        "n1.0": "BKP",
        "n3.0": "CNT",
        "n5.0": "ACC",
    }
    assert duties.of_posts == {"cashier": ("CSH",), "books": ("BKP",), "many": ("REV", "ACC")}
    assert duties.of_people == {"li": ("CNT",)}
    assert Duties(TODAY, flow(Seat(POST, "x")), {}, {}).of_steps() == {}
    with pytest.raises(UnknownDuty, match="cook"):
        Duties(TODAY, flow(Seat(POST, "x")), {"x": ("cook",)}, {})


def test_what_a_seat_says_is_added_to_what_its_post_is_known_for() -> None:
    seats = (Seat(POST, "cashier", duty="CSH"), Seat(POST, "cashier", duty="REC"))
    duties = Duties(
        TODAY, flow(*seats, Seat(PERSON, "li")), {"cashier": ("CSH",), "li": ("REV",)}, {}
    )
    assert duties.of_posts["cashier"] == ("CSH", "REC")
    assert "n2.0" not in duties.of_steps(), "a person is not the post of the same name"


def test_only_the_deputy_gets_what_is_lent() -> None:
    duties = Duties(TODAY, flow(Seat(POST, "x")), {"cashier": ("CSH",)}, {"sun": ("REC",)})
    lent = replace(people(cashier="li"), stand_ins=(stand_in("li", "wu"),))
    assert duties.combined(lent) == ()
    (found,) = duties.combined(replace(lent, stand_ins=(stand_in("li", "sun"),)))
    assert (found.holder, found.first) == ("sun", Held("CSH", "cashier", "li"))
    assert {found.pair.first, found.pair.second} == {"CSH", "REC"}


def test_static_pairs_in_posts_people_and_stand_ins() -> None:
    given = {"cashier": ("CSH",), "books": ("BKP", "BKP"), "both": ("CSH", "REC")}
    duties = Duties(TODAY, flow(Seat(POST, "x")), given, {"sun": ("SYS",)})
    here = people(cashier="li", books="wu")
    found = duties.combined(here)
    assert [(one.holder, one.first, one.second) for one in found] == [
        ("both", Held("CSH", "both"), Held("REC", "both"))
    ], "a vacant post is looked at by itself"
    lent = replace(here, stand_ins=(stand_in("li", "wu"), stand_in("sun", "sun")))
    told = {(one.holder, one.first, one.second) for one in duties.combined(lent)}
    assert ("wu", Held("CSH", "cashier", "li"), Held("BKP", "books")) in told
    held = people(cashier="li sun", books="wu", both="wu")
    told = {(one.holder, one.first, one.second) for one in duties.combined(held)}
    assert ("sun", Held("CSH", "cashier"), Held("SYS")) in told
    assert ("wu", Held("CSH", "both"), Held("BKP", "books")) in told
    gone = replace(held, people={**held.people, "wu": Person("wu", gone=True)})
    assert {one.holder for one in duties.combined(gone)} == {"sun"}


def test_steps_meet_in_one_person_exactly_if_a_plan_lets_them() -> None:
    met = apart = 0
    for seed in range(300):
        one_flow, here = bureau(seed)
        ((_, one),) = processes_of(one_flow, here)
        duties = Duties(TODAY, one_flow, {}, {})
        found = {meeting.pair: meeting for meeting in duties.meetings([one])}
        plans = [acts for plans in Truth(one).plans.values() for acts in plans]
        truth = set()
        for (a, first), (b, second) in combinations(duties.of_steps().items(), 2):
            pair = TODAY.pair(first, second)
            both = any(acts[a] == acts[b] for acts in plans if a in acts and b in acts)
            if pair:
                truth |= {pair} if both else set()
                apart += not both
        assert set(found) == truth, seed
        assert all(meeting.story and all(meeting.story) for meeting in found.values())
        met += len(found)
    assert met > 50
    assert apart > 50


def test_several_kinds_of_drafters_are_looked_at_until_one_example_is_found() -> None:
    seats = (Seat(POST, "cashier", duty="CSH"), Seat(POST, "books", duty="BKP"))
    apart = flow(*seats, conflicts=(("CSH", "BKP"),))
    both = flow(*seats)
    here = people(cashier="li", books="li")
    duties = Duties(TODAY, both, {}, {})
    lawful = [one for _, one in processes_of(apart, here)]
    open_ = [one for _, one in processes_of(both, here)]
    (first, *_) = [
        m
        for m in duties.meetings([*lawful, *open_, *open_])
        if m.pair.second == "BKP" and m.pair.first == "CSH"
    ]
    assert first.steps == ("n0.0", "n1.0")
    assert forbids(first)
    assert not [m for m in duties.meetings(lawful) if m.pair.first == "CSH"]
    for grade, lawful_ in ((Grade.REVIEW, True), (Grade.STATIC, False)):
        assert not forbids(first._replace(pair=replace(first.pair, grade=grade, by_law=lawful_)))


def test_one_example_of_a_pair_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    both = flow(Seat(POST, "cashier", duty="CSH"), Seat(POST, "books", duty="BKP"))
    ((_, one),) = processes_of(both, people(cashier="li", books="li"))
    duties, known, asked = Duties(TODAY, both, {}, {}), module.find_plan, []
    monkeypatch.setattr(module, "find_plan", lambda *args: asked.append(1) or known(*args))
    first = duties.meetings([one])
    once = len(asked)
    assert once
    assert duties.meetings([one, one]) == first
    assert len(asked) == 2 * once


def test_what_is_left_open_is_not_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    both = flow(Seat(POST, "cashier", duty="CSH"), Seat(POST, "books", duty="BKP"))
    ((_, one),) = processes_of(both, people(cashier="li", books="li"))
    duties = Duties(TODAY, both, {}, {})
    known = module.find_plan
    monkeypatch.setattr(module, "find_plan", lambda *_: Undecided(1))
    found = duties.meetings([one])
    assert {meeting.story for meeting in found} == {None}
    assert ("n0.0", "n1.0") in {meeting.steps for meeting in found}
    assert any(forbids(meeting) for meeting in found)
    answers = iter([Undecided(1)] * 3)
    monkeypatch.setattr(module, "find_plan", lambda *args: next(answers, None) or known(*args))
    assert all(meeting.story for meeting in duties.meetings([one, one]))
