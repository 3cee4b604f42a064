"""Which kinds of drafter are alike but for who is who, so that one answer does for all. 同构.

Grants and rules are made from a few crowds: whose a seat is, who comes through whom, whom the seat
bars, who drafts, and, where a seat is handed on, the units of those who hand it on. If the people
of one kind of drafter can be renamed into those of another so that all these crowds agree, every
answer about the one holds of the other under the new names. So the people are gathered by which
of the crowds they are in: equal gatherings, equal answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from zhongshu.kernel.duties.model import Crowd
from zhongshu.kernel.flow.definition import SeatKind

from .rights import DRAFT, Place, Rights

Sign = int  # which of the crowds somebody is in, as bits
Key = tuple[object, ...]
Bundle = tuple[Crowd, ...]
EACH = 4  # crowds of a seat that it has one each of


class Shape(NamedTuple):
    """What decides every answer (`key`), and who stands where in it."""

    key: Key
    classes: Mapping[Sign, Crowd]

    def sign(self, crowd: Crowd) -> Sign:
        """What one person, or people who are alike, are in."""
        return next(sign for sign, members in self.classes.items() if members & crowd)


class Shapes:
    """The shapes of one process. What does not hang on the drafters is gathered once."""

    def __init__(self, rights: Rights) -> None:
        self.barring = [p for p in rights.places if p.seat.not_own_unit or p.seat.above_initiator]
        self.most = len(rights.places) + 2
        self.related = [p for p in rights.places if p.seat.kind is SeatKind.RELATION]
        self.fixed = [p for p in rights.places if p.seat.kind is not SeatKind.RELATION]
        plain = [crowd for place in self.fixed for crowd in _plain(rights, place)]
        self.bundles = [[*_bundles(rights, place)] for place in self.fixed]
        self.count = len(plain)
        self.steps = [place.key for place in self.fixed for _ in range(EACH)]
        self.classes = _gather({0: rights.people.everybody}, plain, 0)

    def of(self, rights: Rights) -> Shape:
        """The shape for one kind of drafter."""
        plain = [rights.people.crowd(rights.drafters.people)]
        plain += [rights.fitting(place.seat) for place in self.barring]
        steps = [*self.steps, DRAFT, *("" for _ in self.barring)]
        bundles = list(self.bundles)
        for place in self.related:
            plain += _plain(rights, place)
            steps += [place.key] * EACH
            bundles.append([*_bundles(rights, place)])
        classes = _gather(self.classes, plain, self.count)
        in_order = [
            sorted(many, key=lambda one: self._seen(one, classes)) if len(many) > 1 else many
            for many in bundles
        ]
        crowds = [crowd for many in in_order for bundle in many for crowd in bundle]
        for place, many in zip((*self.fixed, *self.related), in_order, strict=True):
            steps += [place.key for bundle in many for _ in bundle]
        layout = tuple(tuple(map(len, many)) for many in in_order)
        classes = _gather(classes, crowds, self.count + len(plain))
        return Shape((layout, _sizes(classes, steps)), classes)

    def _seen(self, bundle: Bundle, classes: Mapping[Sign, Crowd]) -> list[list[tuple[Sign, int]]]:
        """What a bundle looks like from outside: the order is free, so bundles that look alike
        shall stand in one place."""
        return [
            sorted(
                (sign, min((members & crowd).bit_count(), self.most))
                for sign, members in classes.items()
                if members & crowd
            )
            for crowd in bundle
        ]


def _sizes(classes: Mapping[Sign, Crowd], steps: list[str]) -> tuple[tuple[Sign, int], ...]:
    """How many people each class has, as far as that makes a difference.

    `steps` says of each crowd to which step it gives a right, "" if to none. A case takes no more
    people of a class than there are steps they may take, so with one more of them than that,
    nobody of them is missed; and whoever may take no step makes no difference at all.
    """
    bits: dict[str, int] = {}
    for number, step in enumerate(steps):
        if step:
            bits[step] = bits.get(step, 0) | 1 << number
    found = []
    for sign, members in classes.items():
        most = sum(1 for mask in bits.values() if sign & mask)
        if most:
            found.append((sign, min(members.bit_count(), most + 1)))
    return tuple(sorted(found))


def _plain(rights: Rights, place: Place) -> list[Crowd]:
    """The crowds that a seat has one each of (`EACH` in all)."""
    held = rights.held(place)
    handed = rights.people.named(place.node.transfer) if rights.is_handed_on(place) else 0
    return [held.own, held.fallback, held.last, handed]


def _bundles(rights: Rights, place: Place) -> Iterator[Bundle]:
    """Crowds that belong to one person: who comes through him, and whom he can hand on to."""
    people, held = rights.people, rights.held(place)
    for one in held.through:
        if one.deputies or one.handed:
            yield people.crowd((one.person,)), one.deputies, one.handed
    if rights.is_handed_on(place) and rights.by_units(place):
        for hand in people.staff.members(rights.hands(place)):
            yield people.crowd((hand.key,)), people.unit_of(hand.key)


def _gather(classes: Mapping[Sign, Crowd], crowds: list[Crowd], start: int) -> dict[Sign, Crowd]:
    """The classes, divided by further crowds."""
    found = dict(classes)
    for number, crowd in enumerate(crowds, start):
        if not crowd:
            continue
        finer: dict[Sign, Crowd] = {}
        for sign, members in found.items():
            inside = members & crowd
            if inside:
                finer[sign | 1 << number] = inside
            if inside != members:
                finer[sign] = members ^ inside
        found = finer
    return found
