"""Who may come to hold a seat, and through whom. 席位由谁坐."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from zhongshu.kernel.duties.model import Crowd, Grant, Ground, Rule
from zhongshu.kernel.flow.definition import HANDLED, Definition, Node, Seat, SeatKind

from .people import People

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


class Through(NamedTuple):
    """Whose duty it is, his stand-ins, and everybody the seat can be handed to from his hands."""

    person: str
    deputies: Crowd
    handed: Crowd


class Held(NamedTuple):
    """How a seat can come to be held, before the seat bars anybody: those whose duty it is, what
    comes through each of them, and who comes when nobody else is left (`last` of his own right)."""

    own: Crowd
    through: tuple[Through, ...]
    fallback: Crowd
    last: Crowd

    @property
    def hands(self) -> Crowd:
        """Whoever can be the first to hand the seat on."""
        crowd = self.own | self.last
        for one in self.through:
            crowd |= one.deputies
        return crowd


class Rights:
    """The rights of one bureau in one process, for one kind of drafter.

    What does not hang on the drafters is worked out once; `others` and `without` share it.
    """

    def __init__(
        self, definition: Definition, people: People, drafters: Drafters, absent: Crowd = 0
    ) -> None:
        self.definition = definition
        self.people = people
        self.staff = people.staff
        self.drafters = drafters
        self.absent = absent  # they hand nothing on
        self.places = tuple(
            Place(f"{node.id}.{index}", node, seat)
            for node in definition.nodes
            if node.kind in HANDLED
            for index, seat in enumerate(node.seats)
        )
        self._known: dict[tuple[str, tuple[str, ...], Crowd], Held] = {}
        self._fixed: dict[tuple[str, Crowd], Held] = {}  # the same, where no drafter matters
        self.plain_rules: dict[str, tuple[Rule, ...]] = {}  # rules that hang on nobody

    def others(self, drafters: Drafters) -> Rights:
        """The same process for other drafters."""
        return self._like(drafters, self.absent)

    def without(self, absent: Crowd) -> Rights:
        """The same while these people are away."""
        return self._like(self.drafters, absent)

    def _like(self, drafters: Drafters, absent: Crowd) -> Rights:
        found = object.__new__(Rights)
        found.__dict__.update(self.__dict__, drafters=drafters, absent=absent)
        found.__dict__.pop("all_hands", None)
        return found

    def all_grants(self) -> tuple[Grant, ...]:
        """Every right: the draft's, then seat by seat."""
        draft = Grant(DRAFT, self.people.crowd(self.drafters.people))
        return (draft, *(grant for place in self.places for grant in self.grants(place)))

    def grants(self, place: Place) -> Iterator[Grant]:
        """Who may come to hold the seat, the plainest ground first.

        What an earlier ground gives anyhow is left out; a transfer gives nothing anyhow, since it
        takes somebody who hands the seat on.
        """
        held, fit = self.held(place), self.fitting(place.seat)
        yield Grant(place.key, held.own & fit)
        anyhow = held.own & fit
        for person, deputies, handed in held.through:
            of = self.people.label(person)
            if deputies & fit & ~anyhow:
                yield Grant(place.key, deputies & fit, Ground("stand_in", of))
                anyhow |= deputies & fit
            if handed & fit & ~anyhow:
                yield Grant(place.key, handed & fit, Ground("transfer", of))
        if held.fallback & fit & ~anyhow:
            yield Grant(place.key, held.fallback & fit, Ground("fallback"))

    def held(self, place: Place) -> Held:
        """How the seat can come to be held, as long as nobody is barred from it."""
        away = self.absent if self.absent and self.is_handed_on(place) else 0
        if place.seat.kind is not SeatKind.RELATION:
            if (place.key, away) not in self._fixed:
                self._fixed[place.key, away] = self._held(place, away)
            return self._fixed[place.key, away]
        return self._held(place, away)

    def _held(self, place: Place, away: Crowd) -> Held:
        own = tuple(dict.fromkeys(self.own(place.seat)))
        key = (place.key, own, away)
        if key not in self._known:
            crowd = self.people.crowd(own)
            more = crowd != self.people.everybody  # if it is everybody's, nobody comes besides
            through = tuple(self._through(place, own)) if more else ()
            self._known[key] = Held(crowd, through, *self._fallback(place))
        return self._known[key]

    def hands(self, place: Place) -> Crowd:
        """Whoever can be the one that hands a seat on, so that without him it is not handed on."""
        return self.held(place).hands | self.people.between(place.node.transfer)

    @cached_property
    def all_hands(self) -> Crowd:
        """Everybody whose absence takes a right from somebody else."""
        crowd = 0
        for place in self.places:
            crowd |= self.hands(place) if self.is_handed_on(place) else 0
        return crowd

    def by_units(self, place: Place) -> bool:
        """Whether who can be handed the seat hangs on the unit of whoever hands it on."""
        return "unit" in place.node.transfer or self._is_unit(place.seat)

    def is_handed_on(self, place: Place) -> bool:
        """Whether whoever holds the seat can give it to somebody else."""
        return bool(place.node.transfer) or self._is_unit(place.seat)

    def _through(self, place: Place, own: tuple[str, ...]) -> Iterator[Through]:
        people, range_ = self.people, place.node.transfer
        inside = ("unit",) if self._is_unit(place.seat) else ()
        for person in own:
            deputies = self.stand_ins(person) if place.node.delegable else ()
            first = (person, *deputies)
            assigned = people.reached(first, 0, inside, self.absent)
            handed = assigned | people.reached(first, assigned, range_, self.absent)
            yield Through(person, people.crowd(deputies), handed)

    def stand_ins(self, person: str) -> tuple[str, ...]:
        """Whoever may stand in for a person in this kind of paper, in force today or not."""
        ring, found = [person], []
        for _ in range(self.definition.hops):
            ring = [
                one.deputy
                for other in ring
                for one in self.people.directory.deputies.get(other, ())
                if not one.kinds or self.definition.kind in one.kinds
            ]
            found += ring
        return tuple(dict.fromkeys(found))

    def _fallback(self, place: Place) -> tuple[Crowd, Crowd]:
        """The fallback post and whoever the unclaimed goes to: with those they can hand it to, and
        without."""
        posts, node = self.people.directory.posts, place.node
        holders = posts.get(node.fallback, ())
        if place.seat.kind is SeatKind.POOL and node.claim_within:
            holders = (*holders, *posts.get(node.assign, ()))
        handed = self.people.reached(holders, 0, node.transfer, self.absent)
        last = self.people.crowd(holders)
        return last | handed, last

    def _is_unit(self, seat: Seat) -> bool:
        field = self.definition.field.get(seat.ref)
        of_field = seat.kind is SeatKind.FIELD and field is not None and field.type == "unit"
        return seat.kind is SeatKind.UNIT or of_field

    def fitting(self, seat: Seat) -> Crowd:
        """Those whom the seat does not bar for these drafters."""
        fit = self.people.everybody
        if seat.not_own_unit:
            fit &= ~self.people.units.get(self.drafters.unit, 0)
        return fit & self.people.above(self.drafters.rank) if seat.above_initiator else fit

    def own(self, seat: Seat) -> tuple[str, ...]:
        """Whose duty the seat can be."""
        people = self.people.directory
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
        people = self.people.directory
        match self.definition.field[seat.ref].type:
            case "unit":
                return tuple(unit.head for unit in people.units.values() if unit.head)
            case "post":
                held = [p for holders in people.posts.values() for p in holders]
                return tuple(dict.fromkeys(held))
            case _:
                return tuple(self.people.names)

    def _related(self, relation: str) -> tuple[str, ...]:
        if relation == "initiator":
            return self.drafters.people
        units = self.people.directory.units
        unit = units.get(self.drafters.unit)
        upper = units.get(unit.parent) if unit else None
        found = {
            "unit_head": unit.head if unit else "",
            "unit_leader": unit.leader if unit else "",
            "upper_head": upper.head if upper else "",
        }[relation]
        return (found,) if found else ()

    def mine(self, place: Place) -> Crowd:
        """Those whose own duty the seat is, whether it bars them or not."""
        return self.held(place).own

    def reach(self, place: Place) -> Crowd:
        """Everybody who can come to hold the seat."""
        held = self.held(place)
        crowd = held.own | held.fallback
        for one in held.through:
            crowd |= one.deputies | one.handed
        return crowd & self.fitting(place.seat)

    def last_resort(self, place: Place) -> Crowd:
        """Those who come to the seat as fallback only."""
        held = self.held(place)
        crowd = held.fallback & ~held.own
        for one in held.through:
            crowd &= ~(one.deputies | one.handed)
        return crowd & self.fitting(place.seat)

    def only_for(self, place: Place) -> dict[str, Crowd]:
        """For each whose duty it is, those who come to the seat through him and nobody else."""
        held = self.held(place)
        once = twice = 0
        for one in held.through:
            crowd = one.deputies | one.handed
            twice |= once & crowd
            once |= crowd
        alone = once & ~twice & ~held.own & ~held.fallback & self.fitting(place.seat)
        through = ((one.person, (one.deputies | one.handed) & alone) for one in held.through)
        return {person: crowd for person, crowd in through if crowd}
