"""What other products let happen, and this one never does: the fail-open patterns, one by one."""

from __future__ import annotations

from zhongshu.kernel.flow import commands as c
from zhongshu.kernel.flow.case import Actor
from zhongshu.kernel.flow.definition import Counting, Edge, NodeKind, Rule, Seat, SeatKind
from zhongshu.kernel.flow.people import Directory, Unit
from zhongshu.kernel.worktime import Limit

from .world import PEOPLE, UNITS, Play, at, directory, node, process

ONE = Rule(Counting.COUNT, n=1)


def test_no_approver_found_never_passes_a_node() -> None:
    for seat in (
        Seat(SeatKind.POST, "vacant"),
        Seat(SeatKind.UNIT, "nowhere"),
        Seat(SeatKind.POOL, "nowhere"),
        Seat(SeatKind.PERSON, "nobody"),
    ):
        p = Play(process(node("n", "end", seat)))
        p.submit(a=1)
        assert p.case.state == "running"
        assert [s.state for _, s in p.slots() if s.seat == 0] == ["blocked"]


def test_a_missing_department_head_is_blocked_not_passed() -> None:
    units = {**UNITS, "office": Unit("office")}
    people = Directory(directory().people, {}, units)
    p = Play(process(node("n", "end", Seat(SeatKind.RELATION, "unit_head"))), at(people=people))
    p.submit(a=1)
    assert p.case.state == "running"
    assert p.holders() == []


def test_a_time_out_never_approves() -> None:
    p = Play(process(node("n", "end", "li", limit=Limit(10))))
    p.submit(a=1)
    for minute in range(0, 5000, 50):
        p.facts = at(minute)
        p.do(c.Tick(Actor("system:clock")))
    assert p.case.state == "running"
    assert p.slot("li").decision is None


def test_a_slot_without_holder_is_completed_by_nobody() -> None:
    p = Play(process(node("n", "end", Seat(SeatKind.POST, "vacant"))))
    p.submit(a=1)
    slot = next(s for _, s in p.slots() if s.state == "blocked")
    for who in PEOPLE:
        command = c.Decide(Actor(who), slot.id, slot.rev, p.case.content.digest, "approve")
        assert "not_yours" in p.no(command)


def test_deciding_never_makes_the_caller_the_holder() -> None:
    p = Play(process(node("n", "end", "li")))
    p.submit(a=1)
    slot = p.slot("li")
    command = c.Decide(Actor("chen"), slot.id, slot.rev, p.case.content.digest, "approve")
    assert p.no(command) == ("not_yours",)
    assert p.slot("li") == slot


def test_the_last_managers_yes_replaces_nobody_elses() -> None:
    p = Play(process(node("n", "end", "li", "chen")))
    p.submit(a=1)
    p.yes("li")
    assert p.case.state == "running"
    p.yes("chen")
    assert p.slot("li", "decided").decision.actor == "li"


def test_no_identity_is_exempt() -> None:
    """Not the override post, not the clerk, not the office head, not the machine."""
    p = Play(process(node("n", "end", "li")))
    p.submit(a=1)
    slot = p.slot("li")
    for who in ("zhang", "zhou", "wu", "huang", "system:admin", "wang", "admin", ""):
        command = c.Decide(Actor(who), slot.id, slot.rev, p.case.content.digest, "approve")
        assert "not_yours" in p.no(command)


def test_an_override_never_approves() -> None:
    pair = (Actor("zhang"), Actor("wu"))
    for what, state in (("terminate", "terminated"), ("close", "closed_by_override")):
        p = Play(process(node("n", "end", "li")))
        p.submit(a=1)
        p.do(c.Override(*pair, what, "needed"))  # type: ignore[arg-type]
        assert p.case.state == state
    p = Play(process(node("one", "two", "li"), node("two", "end", "chen")))
    p.submit(a=1)
    p.do(c.Override(*pair, "jump", "li is ill for long", "two"))
    p.yes("chen")
    assert p.case.state == "closed_by_override"
    assert p.case.head.skipped == ("one",)


def test_an_override_needs_two_different_people_of_the_post() -> None:
    p = Play(process(node("n", "end", "li")))
    p.submit(a=1)
    assert "two_needed" in p.no(c.Override(Actor("zhang"), Actor("zhang"), "close", "x"))
    assert "no_right" in p.no(c.Override(Actor("zhang"), Actor("li"), "close", "x"))
    assert p.no(c.Override(Actor("zhang"), Actor("wu"), "close", " ")) == ("opinion_needed",)


def test_pending_rows_are_voided_never_deleted() -> None:
    p = Play(process(node("n", "last", "li", "chen", rule=ONE), node("last", "end", "zhao")))
    p.submit(a=1)
    p.yes("li")
    event = p.history[-1].event
    first = next(a for a in event.acts if a.node == "n")
    assert [(s.principal, s.state, s.cause) for s in first.slots] == [
        ("li", "decided", ""),
        ("chen", "void", "settled"),
    ]


def test_nothing_is_back_dated() -> None:
    p = Play(process(node("n", "end", "li")), at(100))
    p.submit(a=1)
    p.facts = at(200)
    p.yes("li")
    assert p.slot("li", "decided").decision.at == 200
    assert [o.event.minute for o in p.history] == [100, 200]


def test_weights_of_one_branch_do_not_count_in_another() -> None:
    p = Play(
        process(
            node("split", (Edge("left"), Edge("right")), kind=NodeKind.SPLIT),
            node("left", "join", "li", "chen"),
            node("right", "join", "zhao", "zhou"),
            node("join", "end", kind=NodeKind.JOIN, split="split"),
        )
    )
    p.submit(a=1)
    p.yes("li", "zhao")
    assert p.open_nodes() == ["left", "right"]
    p.yes("chen")
    assert p.open_nodes() == ["right"]
    assert p.holders() == ["zhou"], "the other branch's tasks are untouched"


def test_the_head_of_the_applicants_unit_may_be_the_applicant_and_is_blocked() -> None:
    units = {**UNITS, "office": Unit("office", head="wang", leader="zhao")}
    people = Directory(directory().people, {}, units)
    p = Play(process(node("n", "end", Seat(SeatKind.RELATION, "unit_head"))), at(people=people))
    p.submit(a=1)
    assert p.holders() == []
    assert p.slot("wang", "blocked").reasons[0].code == "initiator"
