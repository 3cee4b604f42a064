"""The survey, which asks drafters that are alike once, against the check-up of each of them."""

from __future__ import annotations

from random import Random

import pytest

from tests.kernel.flow.world import node, process, stand_in
from zhongshu.kernel.duties import Undecided
from zhongshu.kernel.duties.from_flow import TooManyWays, absences, rights_of
from zhongshu.kernel.duties.from_flow.absences import Absences
from zhongshu.kernel.duties.from_flow.checkup import check_up
from zhongshu.kernel.duties.from_flow.people import People
from zhongshu.kernel.duties.from_flow.shapes import Shapes
from zhongshu.kernel.duties.from_flow.survey import survey
from zhongshu.kernel.flow.condition import Row
from zhongshu.kernel.flow.definition import (
    Counting,
    Definition,
    Edge,
    Field,
    NodeKind,
    Rule,
    Seat,
    SeatKind,
)
from zhongshu.kernel.flow.people import Directory, Person, Unit
from zhongshu.kernel.worktime import Limit

FIELDS = (
    Field("a", "a", "number"),
    Field("who", "who", "person"),
    Field("unit", "unit", "unit", many=True),
)
RANGES = ((), (), (), ("unit",), ("any",), ("post:p0",), ("unit", "post:p1"), ("unit:u1",))


def bureau(seed: int) -> tuple[Definition, Directory]:
    """Sections with heads and leaders, posts, stand-ins; every kind of seat. Odd ones have sections
    that are built alike, so that some drafters are."""
    dice = Random(seed)
    units = [f"u{number}" for number in range(dice.randint(2, 4))]
    alike = bool(seed % 2)
    people = {
        f"{unit}-{number}": Person(f"{unit}-{number}", unit, 1 if alike else dice.choice((1, 1, 2)))
        for unit in units
        for number in range(2 if alike else dice.randint(1, 3))
    }
    names = list(people)
    heads = {
        unit: Unit(
            unit,
            f"{unit}-0" if alike else dice.choice([*(p for p in names if p.startswith(unit)), ""]),
            names[0] if alike else dice.choice(names),
            units[0] if alike else dice.choice(("", units[0])),
        )
        for unit in units
    }
    posts = {f"p{n}": tuple(dice.sample(names, dice.randint(0, 2))) for n in range(3)}
    pairs = [dice.sample(names, 2) for _ in range(dice.randint(0, 3))]
    return _flow(dice), Directory(people, posts, heads, tuple(stand_in(*pair) for pair in pairs))


def _flow(dice: Random) -> Definition:
    nodes, to = [], "end"
    for number in range(dice.randint(1, 3)):
        count = dice.randint(1, 2)
        onward = (Edge(to, Row("a", ">", number)), Edge("end")) if dice.random() < 0.4 else to
        made = node(
            f"n{number}",
            onward,
            *(_seat(dice) for _ in range(count)),
            kind=dice.choice((NodeKind.TASK, NodeKind.DECIDE, NodeKind.DECIDE)),
            rule=dice.choice((Rule(), Rule(Counting.COUNT, n=1))),
            fallback=dice.choice(("", "p2")),
            transfer=dice.choice(RANGES),
            claim_within=Limit(60),
            assign="p1",
            delegable=dice.random() < 0.8,
        )
        nodes.append(made)
        to = made.id
    conflicts = (("draft", "n0"),) if dice.random() < 0.5 else ()
    return process(
        *reversed(nodes),
        fields=FIELDS,
        conflicts=conflicts,
        min_deciders=dice.choice((0, 0, 2)),
        hops=dice.choice((1, 2)),
    )


def _seat(dice: Random) -> Seat:
    kind, ref = dice.choice(
        (
            *((SeatKind.POST, f"p{n}") for n in range(3)),
            *((SeatKind.RELATION, r) for r in ("unit_head", "unit_leader", "upper_head")),
            (SeatKind.RELATION, "initiator"),
            (SeatKind.UNIT, "u1"),
            (SeatKind.POOL, "u0"),
            (SeatKind.POOL, "p0"),
            (SeatKind.FIELD, "unit"),
            (SeatKind.FIELD, "who"),
        )
    )
    return Seat(
        kind,
        ref,
        not_own_unit=dice.random() < 0.15,
        above_initiator=dice.random() < 0.15,
    )


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(300))
def test_it_says_what_the_check_up_of_each_drafter_says(seed: int) -> None:
    flow, people = bureau(seed)
    each, at_once = check_up(flow, people), survey(flow, People(people))
    by_kind = {kind: sort.people for sort in at_once.sorts for kind in sort.kinds}
    assert by_kind == {one.drafters: one.people for one in each}
    told = {(unit, stop.person, route) for stop in at_once.stops for unit, route in stop.drafts}
    blocked = {
        (one.drafters.unit, block.absent[0] if block.absent else "", block.route)
        for one in each
        for block in one.blocks
    }
    assert told == blocked
    assert at_once.decided
    assert at_once.people == min((one.people for one in each if one.people), default=0)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(300))
def test_alike_drafters_have_equal_answers(seed: int) -> None:
    """The claim under the survey, put to the check-up: same shape, same numbers."""
    flow, people = bureau(seed)
    folk = People(people)
    shapes, found = None, {}
    each = {one.drafters: one for one in check_up(flow, people)}
    for rights in rights_of(flow, folk):
        shapes = shapes or Shapes(rights)
        one = each[rights.drafters]
        answer = (one.people, sorted((sorted(b.route), len(b.absent)) for b in one.blocks))
        assert found.setdefault(shapes.of(rights).key, answer) == answer


def test_some_drafters_are_alike() -> None:
    alike = 0
    for seed in range(60):
        flow, people = bureau(seed)
        alike += sum(len(sort.kinds) - 1 for sort in survey(flow, People(people)).sorts)
    assert alike > 10


def sections(count: int) -> Directory:
    people = {}
    units = {}
    for number in range(count):
        unit, head = f"s{number}", f"head{number}"
        units[unit] = Unit(unit, head, "boss")
        people |= {head: Person(head, unit, 2), f"clerk{number}": Person(f"clerk{number}", unit)}
    people["boss"] = Person("boss", "top", 3)
    return Directory(people, {"cashier": ("boss",)}, units)


def test_twenty_sections_are_one_question(monkeypatch: pytest.MonkeyPatch) -> None:
    flow = process(
        node("head", "pay", Seat(SeatKind.RELATION, "unit_head")),
        node("pay", "end", Seat(SeatKind.POST, "cashier"), kind=NodeKind.TASK),
    )
    asked: list[Absences] = []
    known = Absences.fewest
    monkeypatch.setattr(Absences, "fewest", lambda self: asked.append(self) or known(self))
    found = survey(flow, People(sections(20)))
    assert len(asked) == 2, "a section, and the leaders, who have no head"
    sort = found.weakest
    assert sort is not None
    assert (sort.people, len(sort.kinds)) == (3, 20)
    assert [(a.step, a.ground) for a in sort.acts] == [
        ("draft", "own"),
        ("head.0", "own"),
        ("pay.0", "own"),
    ]
    by_person = {stop.person: stop for stop in found.stops}
    assert by_person["boss"].stuck == ("pay",)
    assert len(by_person["boss"].units) == 20
    assert by_person["head7"].units == ("s7",)
    assert by_person["head7"].stuck == ("head",)
    assert by_person[""].units == ("top",), "nobody can decide what the leaders draft"
    assert found.stops[0].person == "boss", "what stops most comes first"
    assert found.routes == 1
    assert found.safe


def test_what_is_left_open_is_not_safe(monkeypatch: pytest.MonkeyPatch) -> None:
    flow, people = process(node("n", "end", "li")), People(sections(2))
    monkeypatch.setattr(Absences, "fewest", lambda _: Undecided(1))
    found = survey(flow, people)
    assert (found.people, found.weakest, found.decided, found.safe) == (0, None, False, False)
    monkeypatch.undo()
    monkeypatch.setattr(Absences, "blocking", lambda *_: Undecided(1))
    assert not survey(flow, people).decided
    monkeypatch.undo()
    assert absences.BUDGET > 0


def test_too_many_ways_are_not_looked_at() -> None:
    seats = tuple(Seat(SeatKind.PERSON, f"p{number}") for number in range(16))
    flow = process(node("n", "end", *seats, rule=Rule(Counting.COUNT, n=8)))
    with pytest.raises(TooManyWays):
        survey(flow, People(sections(1)))
