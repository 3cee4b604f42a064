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

from .rights import Place, Rights

Sign = int  # which of the crowds somebody is in, as bits
Key = tuple[object, ...]
Bundle = tuple[Crowd, ...]


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
        self.most = len(rights.places) + 2  # more people of one sort make no difference
        plain: list[Crowd] = []
        self.bundles: list[list[Bundle]] = []
        self.related = []
        for place in rights.places:
            if place.seat.kind is SeatKind.RELATION:
                self.related.append(place)
                continue
            plain += _plain(rights, place)
            self.bundles.append([*_bundles(rights, place)])
        self.count = len(plain)
        self.classes = _gather({0: rights.people.everybody}, plain, 0)

    def of(self, rights: Rights) -> Shape:
        """The shape for one kind of drafter."""
        plain = [rights.people.crowd(rights.drafters.people)]
        plain += [rights.fitting(place.seat) for place in self.barring]
        bundles = list(self.bundles)
        for place in self.related:
            plain += _plain(rights, place)
            bundles.append([*_bundles(rights, place)])
        classes = _gather(self.classes, plain, self.count)
        in_order = [sorted(many, key=lambda one: self._seen(one, classes)) for many in bundles]
        crowds = [crowd for many in in_order for bundle in many for crowd in bundle]
        layout = tuple(tuple(map(len, many)) for many in in_order)
        classes = _gather(classes, crowds, self.count + len(plain))
        sizes = sorted((sign, min(c.bit_count(), self.most)) for sign, c in classes.items())
        return Shape((layout, tuple(sizes)), classes)

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


def _plain(rights: Rights, place: Place) -> list[Crowd]:
    """The crowds that a seat has one each of."""
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
