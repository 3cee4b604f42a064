"""A process definition and the people of a bureau, as separation of duties sees them. 流程与岗位.

Every seat that must speak is a step; every set of seats that can carry a case from draft to
approved is a way. Rights are widened by everything that lets somebody decide in another's place:
stand-ins (in force or only arranged), the fallback post, transfers, assigning, pools. Rules are
those the engine keeps: the drafter decides nothing, one chair a person, conflicting duties,
authors of what a decision stands on, the fewest deciders.

Not in the picture: an override, which takes two more people and never ends in "approved" by
skipping; and a sub-case, which is a process of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

from zhongshu.kernel.flow.definition import HANDLED, Definition, Node, NodeKind, Seat, SeatKind
from zhongshu.kernel.flow.people import Directory

from .flow_ways import ways_of
from .model import (
    AtLeast,
    Crowd,
    Dependent,
    Grant,
    Ground,
    Label,
    Person,
    Process,
    Rule,
    Separate,
    Staff,
    Step,
)

DRAFT = "draft"


class Place(NamedTuple):
    """A step: a seat of a node."""

    key: str
    node: Node
    seat: Seat


class Drafters(NamedTuple):
    """People who are alike as drafters: of one unit and one rank."""

    unit: str
    rank: int
    people: tuple[str, ...]


def drafters_of(directory: Directory, *, ranks: bool) -> tuple[Drafters, ...]:
    """Everybody still there, grouped by unit, and by rank where the process asks for it."""
    groups: dict[tuple[str, int], list[str]] = {}
    for member in sorted(directory.people.values()):
        if not member.gone:
            key = (member.unit, member.rank if ranks else 0)
            groups.setdefault(key, []).append(member.id)
    return tuple(
        Drafters(unit, rank, tuple(people)) for (unit, rank), people in sorted(groups.items())
    )


def processes_of(
    definition: Definition, directory: Directory, names: Mapping[str, str] | None = None
) -> Iterator[tuple[Drafters, Process]]:
    """The process as it is for each kind of drafter; relations are resolved from there.

    `names` gives what people are called. ValueError if the ways are too many to look at.
    """
    ways = ways_of(definition)
    ranks = any(seat.above_initiator for node in definition.nodes for seat in node.seats)
    relations = any(
        seat.kind is SeatKind.RELATION or seat.not_own_unit
        for node in definition.nodes
        for seat in node.seats
    )
    groups = drafters_of(directory, ranks=ranks)
    if not (ranks or relations):
        everybody = tuple(person for group in groups for person in group.people)
        groups = (Drafters("", 0, everybody),)
    for group in groups:
        yield group, _Builder(definition, directory, group, names or {}).process(ways)


class _Builder:
    """Builds the process for one kind of drafter."""

    def __init__(
        self,
        definition: Definition,
        directory: Directory,
        drafters: Drafters,
        names: Mapping[str, str],
    ) -> None:
        self.definition = definition
        self.directory = directory
        self.drafters = drafters
        present = sorted(p.id for p in directory.people.values() if not p.gone)
        self.names = {person: names.get(person, person) for person in present}
        self.staff = Staff(tuple(Person(p, Label(n, n)) for p, n in self.names.items()))
        self.places = tuple(
            Place(f"{node.id}.{index}", node, seat)
            for node in definition.nodes
            if node.kind in HANDLED
            for index, seat in enumerate(node.seats)
        )

    def process(self, ways: tuple[frozenset[str], ...]) -> Process:
        draft = self.definition.draft
        steps = [Step(DRAFT, Label(draft.name, draft.name))]
        steps += [Step(one.key, self._called(one)) for one in self.places]
        grants = [Grant(DRAFT, self.crowd(self.drafters.people))]
        for place in self.places:
            grants += self.grants(place)
        return Process(self.staff, tuple(steps), tuple(grants), tuple(self.rules()), ways)

    def _called(self, place: Place) -> Label:
        name = place.node.name
        if len(place.node.seats) > 1 and place.seat.name:
            name = f"{name}（{place.seat.name}）"
        return Label(name, name)

    def crowd(self, people: object) -> Crowd:
        """Those of these people who still are there."""
        found = people if isinstance(people, tuple) else ()
        return self.staff.crowd(person for person in found if person in self.names)

    # --- rights

    def grants(self, place: Place) -> Iterator[Grant]:
        """Who may come to hold the seat, the plainest ground first."""
        own = self.own(place.seat)
        yield Grant(place.key, self.fit(place, own))
        for person, deputies, handed in self.through(place, own):
            yield Grant(
                place.key, self.fit(place, deputies), Ground("stand_in", self.label(person))
            )
            yield Grant(place.key, self.fit(place, handed), Ground("transfer", self.label(person)))
        yield Grant(place.key, self.fit(place, self.fallback(place)), Ground("fallback"))

    def label(self, person: str) -> Label | None:
        """What a person is called; nobody is nobody."""
        name = self.names.get(person)
        return Label(name, name) if name else None

    def through(
        self, place: Place, own: tuple[str, ...]
    ) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
        """For each whose duty it is: his stand-ins, in force today or not, and everybody the seat
        can be handed to from his hands or theirs."""
        for person in own:
            deputies = self.stand_ins(person) if place.node.delegable else ()
            inside = ("unit",) if self._is_unit(place.seat) else ()
            assigned = self.reached((person, *deputies), inside)
            handed = self.reached((person, *deputies, *assigned), place.node.transfer)
            yield person, deputies, (*assigned, *handed)

    def stand_ins(self, person: str) -> tuple[str, ...]:
        """Whoever may stand in for a person in this kind of paper."""
        ring, found = [person], []
        for _ in range(self.definition.hops):
            ring = [
                one.deputy
                for other in ring
                for one in self.directory.deputies.get(other, ())
                if not one.kinds or self.definition.kind in one.kinds
            ]
            found += ring
        return tuple(dict.fromkeys(found))

    def reached(self, holders: tuple[str, ...], range_: tuple[str, ...]) -> tuple[str, ...]:
        """Everybody a seat can be handed to, from hand to hand."""
        found: dict[str, None] = {}
        queue = list(holders)
        while queue and range_:
            holder = queue.pop()
            for person in self.names:
                if person not in found and self._in_range(holder, person, range_):
                    found[person] = None
                    queue.append(person)
        return tuple(found)

    def fallback(self, place: Place) -> tuple[str, ...]:
        """The fallback post, whoever the unclaimed goes to, and those they can hand it to."""
        posts, node = self.directory.posts, place.node
        holders = posts.get(node.fallback, ())
        if place.seat.kind is SeatKind.POOL and node.claim_within:
            holders = (*holders, *posts.get(node.assign, ()))
        return (*holders, *self.reached(holders, node.transfer))

    def _is_unit(self, seat: Seat) -> bool:
        field = self.definition.field.get(seat.ref)
        of_field = seat.kind is SeatKind.FIELD and field is not None and field.type == "unit"
        return seat.kind is SeatKind.UNIT or of_field

    def _in_range(self, holder: str, person: str, range_: tuple[str, ...]) -> bool:
        one, other = self.directory.people.get(holder), self.directory.people.get(person)
        return any(
            word == "any"
            or (word == "unit" and one and other and one.unit == other.unit)
            or (word.startswith("post:") and self.directory.holds(person, word[5:]))
            or (word.startswith("unit:") and other and other.unit == word[5:])
            for word in range_
        )

    def fit(self, place: Place, people: tuple[str, ...]) -> Crowd:
        """Those whom the seat does not bar for these drafters."""
        return self.crowd(tuple(p for p in people if self._may(place.seat, p)))

    def _may(self, seat: Seat, person: str) -> bool:
        member = self.directory.people.get(person)
        if member is None:
            return False
        if seat.not_own_unit and member.unit == self.drafters.unit:
            return False
        return not seat.above_initiator or member.rank > self.drafters.rank

    def own(self, seat: Seat) -> tuple[str, ...]:
        """Whose duty the seat can be."""
        people = self.directory
        match seat.kind:
            case SeatKind.PERSON:
                return (seat.ref,)
            case SeatKind.POST:
                return people.posts.get(seat.ref, ())
            case SeatKind.UNIT:
                unit = people.units.get(seat.ref)
                return (unit.head,) if unit else ()
            case SeatKind.POOL:
                return people.posts.get(seat.ref) or people.members.get(seat.ref, ())
            case SeatKind.FIELD:
                return self._nameable(seat)
            case _:
                return self._related(seat.ref)

    def _nameable(self, seat: Seat) -> tuple[str, ...]:
        """Whoever the drafter could write into the form."""
        match self.definition.field[seat.ref].type:
            case "unit":
                return tuple(unit.head for unit in self.directory.units.values() if unit.head)
            case "post":
                held = [p for holders in self.directory.posts.values() for p in holders]
                return tuple(dict.fromkeys(held))
            case _:
                return tuple(self.names)

    def _related(self, relation: str) -> tuple[str, ...]:
        if relation == "initiator":
            return self.drafters.people
        unit = self.directory.units.get(self.drafters.unit)
        upper = self.directory.units.get(unit.parent) if unit else None
        found = {
            "unit_head": unit.head if unit else "",
            "unit_leader": unit.leader if unit else "",
            "upper_head": upper.head if upper else "",
        }[relation]
        return (found,) if found else ()

    # --- rules

    def rules(self) -> Iterator[Rule]:
        decide = [one for one in self.places if one.node.kind is NodeKind.DECIDE]
        for one in decide:
            yield _apart(f"拟稿人不审批：{one.node.name}", DRAFT, one.key)
        yield from self._chairs()
        yield from self._conflicts()
        yield from self._authors(decide)
        yield from self._nobody_sent(decide)
        if self.definition.min_deciders > 1:
            scope = frozenset(one.key for one in decide)
            least = self.definition.min_deciders
            yield AtLeast(f"至少{least}人审批", least, scope)

    def _chairs(self) -> Iterator[Rule]:
        """One chair a person, except where two seats of one duty may become one."""
        for one, other in combinations(self.places, 2):
            if one.node.id != other.node.id:
                continue
            yield from self._two_chairs(one, other)
        for node in {one.node.id: one.node for one in self.places}.values():
            scope = frozenset(one.key for one in self.places if one.node.id == node.id)
            if len(scope) > 1 and node.people_needed > 1:
                yield AtLeast(f"至少{node.people_needed}人：{node.name}", node.people_needed, scope)

    def _two_chairs(self, one: Place, other: Place) -> Iterator[Rule]:
        """Different people, but for those in whom two seats of one duty fall together: who has
        come to the earlier seat when the later opens, and that one is his own."""
        node, name = one.node, f"一人一席：{one.node.name}"
        same_duty = node.duty_of(one.seat) == node.duty_of(other.seat)
        room = len(node.seats) > node.people_needed
        both = self.reach(one) & self.reach(other)
        merge = both & self.crowd(self.own(other.seat)) if same_duty and room else 0
        if not merge:
            yield _apart(name, one.key, other.key)
            return
        everybody = self.crowd(tuple(self.names))
        for person in self.staff.members(both & ~merge):
            alone = self.crowd((person.key,))
            told = f"{name}：{person.key}（{one.key}，{other.key}）"
            yield Dependent(told, one.key, other.key, alone, everybody & ~alone)

    def reach(self, place: Place) -> Crowd:
        """Everybody who can come to hold the seat."""
        crowd = 0
        for grant in self.grants(place):
            crowd |= grant.people
        return crowd

    def _conflicts(self) -> Iterator[Rule]:
        duties: dict[str, list[str]] = {self.definition.draft.id: [DRAFT]}
        for one in self.places:
            duties.setdefault(one.node.duty_of(one.seat), []).append(one.key)
        for first, second in self.definition.conflicts:
            for one in duties.get(first, ()):
                for other in duties.get(second, ()):
                    if one != other:
                        yield _apart(f"不相容：{first}与{second}", one, other)

    def _nobody_sent(self, decide: list[Place]) -> Iterator[Rule]:
        """Who may not sit somewhere, because he drafted, sits beside or did a conflicting duty,
        sends nobody in his place."""
        opposite = self.definition.opposite
        for place in self.places:
            other = [one.key for one in self.places if self._excludes(one, place, opposite)]
            first = ([DRAFT] if place in decide else []) + other
            for person, crowd in self._only_for(place).items():
                rest = self.crowd(tuple(self.names)) & ~crowd
                for key in first:
                    name = f"回避的人不派代理：{person}（{key}，{place.key}）"
                    yield Dependent(name, key, place.key, self.crowd((person,)), rest)

    def _excludes(self, one: Place, place: Place, opposite: Mapping[str, frozenset[str]]) -> bool:
        beside = one.node.id == place.node.id
        duties = one.node.duty_of(one.seat), place.node.duty_of(place.seat)
        return one.key != place.key and (beside or duties[1] in opposite.get(duties[0], ()))

    def _only_for(self, place: Place) -> dict[str, Crowd]:
        """For each whose duty it is, those who come to the seat through him and nobody else."""
        own = self.own(place.seat)
        through = {
            person: self.fit(place, (*deputies, *handed))
            for person, deputies, handed in self.through(place, own)
        }
        plain = self.fit(place, (*own, *self.fallback(place)))
        found = {}
        for person, crowd in through.items():
            others = plain
            for other, more in through.items():
                others |= more if other != person else 0
            found[person] = crowd & ~others
        return {person: crowd for person, crowd in found.items() if crowd}

    def _authors(self, decide: list[Place]) -> Iterator[Rule]:
        for writer in self.places:
            for one in decide:
                wrote = set(writer.node.edits) & set(self.definition.relied[one.node.id])
                if wrote:
                    yield _apart(f"不审批自己填写的内容：{one.node.name}", writer.key, one.key)


def _apart(name: str, one: str, other: str) -> Separate:
    return Separate(f"{name}（{one}，{other}）", frozenset((one, other)))
