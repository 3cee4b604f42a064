"""Who may come to hold a seat, and through whom. 席位由谁坐."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from zhongshu.kernel.duties.model import Crowd, Grant, Ground, Label, Person, Staff
from zhongshu.kernel.flow.definition import HANDLED, Definition, Node, Seat, SeatKind
from zhongshu.kernel.flow.people import Directory

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


class Rights:
    """The rights of one bureau in one process, for one kind of drafter."""

    def __init__(
        self,
        definition: Definition,
        directory: Directory,
        drafters: Drafters,
        names: Mapping[str, str],
        absent: frozenset[str] = frozenset(),
    ) -> None:
        self.absent = absent  # they hand nothing on
        self.definition = definition
        self.directory = directory
        self.drafters = drafters
        present = sorted(p.id for p in directory.people.values() if not p.gone)
        self.names = {person: names.get(person, person) for person in present}
        self.staff = Staff(tuple(Person(p, Label(n, n)) for p, n in self.names.items()))
        self.everybody = self.crowd(self.names)
        self.places = tuple(
            Place(f"{node.id}.{index}", node, seat)
            for node in definition.nodes
            if node.kind in HANDLED
            for index, seat in enumerate(node.seats)
        )

    def all_grants(self) -> tuple[Grant, ...]:
        """Every right: the draft's, then seat by seat."""
        draft = Grant(DRAFT, self.crowd(self.drafters.people))
        return (draft, *(grant for place in self.places for grant in self.grants(place)))

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
        queue = [holder for holder in holders if holder not in self.absent]
        while queue and range_:
            holder = queue.pop()
            for person in self.names:
                if person not in found and self.directory.within(holder, person, range_):
                    found[person] = None
                    if person not in self.absent:
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

    def crowd(self, people: Iterable[str]) -> Crowd:
        """Those of these people who still are there."""
        return self.staff.crowd(person for person in people if person in self.names)

    def reach(self, place: Place) -> Crowd:
        """Everybody who can come to hold the seat."""
        crowd = 0
        for grant in self.grants(place):
            crowd |= grant.people
        return crowd

    def last_resort(self, place: Place) -> Crowd:
        """Those who come to the seat as fallback only."""
        crowd = self.fit(place, self.fallback(place))
        for grant in self.grants(place):
            crowd &= ~grant.people if grant.ground.kind != "fallback" else ~0
        return crowd

    def only_for(self, place: Place) -> dict[str, Crowd]:
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
