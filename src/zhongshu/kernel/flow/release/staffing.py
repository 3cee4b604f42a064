"""The release check against today's people: posts, units and persons exist and are held. 人员."""

from __future__ import annotations

from collections.abc import Iterator

from zhongshu.kernel.flow.condition import rows
from zhongshu.kernel.flow.definition import Definition, Node, Seat, SeatKind
from zhongshu.kernel.flow.findings import Finding, finding, warning
from zhongshu.kernel.flow.people import Directory

from .graph import edge_lists

POSTS = ("clerk", "supervisor", "head", "override")


def check(definition: Definition, people: Directory) -> Iterator[Finding]:
    """Nobody is named who does not exist, and every seat has somebody today."""
    yield from _posts(definition, people)
    for node in definition.nodes:
        for seat in node.seats:
            yield from _seat(people, node, seat)
        for key, post in (("fallback", node.fallback), ("assign", node.assign)):
            if post:
                yield from _held(people, node.id, key, post)
        yield from _ranges(people, node)
        yield from _values(definition, people, node)
    yield from _conflicts(definition, people)


def holders(people: Directory, seat: Seat) -> frozenset[str]:
    """The people who can be asked for a seat today, as far as the definition alone tells."""
    found: tuple[str, ...] = ()
    match seat.kind:
        case SeatKind.PERSON:
            found = (seat.ref,)
        case SeatKind.POST:
            found = people.posts.get(seat.ref, ())
        case SeatKind.UNIT:
            unit = people.units.get(seat.ref)
            found = (unit.head,) if unit else ()
        case SeatKind.POOL:
            found = people.posts.get(seat.ref) or people.members.get(seat.ref, ())
        case _:
            pass
    return frozenset(found) & _here(people)


def _here(people: Directory) -> frozenset[str]:
    return frozenset(person.id for person in people.people.values() if not person.gone)


def _posts(definition: Definition, people: Directory) -> Iterator[Finding]:
    named = (definition.clerk, definition.supervisor, definition.head, definition.override)
    for key, post in zip(POSTS, named, strict=True):
        if post:
            yield from _held(people, "posts", key, post)
    several = frozenset(people.posts.get(definition.override, ())) & _here(people)
    if len(several) == 1:
        yield warning("override_needs_two", "posts", post=definition.override)


def _held(people: Directory, where: str, key: str, post: str) -> Iterator[Finding]:
    if post not in people.posts:
        yield finding("unknown_post", where, key=key, post=post)
    elif not frozenset(people.posts[post]) & _here(people):
        yield finding("nobody_holds", where, key=key, post=post)


def _seat(people: Directory, node: Node, seat: Seat) -> Iterator[Finding]:
    if seat.kind in {SeatKind.FIELD, SeatKind.RELATION}:
        return
    known = {
        SeatKind.PERSON: seat.ref in people.people,
        SeatKind.POST: seat.ref in people.posts,
        SeatKind.UNIT: seat.ref in people.units,
        SeatKind.POOL: seat.ref in people.posts or seat.ref in people.units,
    }[seat.kind]
    if not known:
        yield finding("seat_unknown", node.id, kind=seat.kind.value, value=seat.ref)
    elif not holders(people, seat):
        yield finding("seat_empty", node.id, kind=seat.kind.value, value=seat.ref)


def _ranges(people: Directory, node: Node) -> Iterator[Finding]:
    for word in dict.fromkeys((*node.transfer, *node.add, *node.consult, *node.circulate)):
        kind, _, name = word.partition(":")
        if (kind == "post" and name not in people.posts) or (
            kind == "unit" and name and name not in people.units
        ):
            yield finding("range_unknown", node.id, value=word)


def _values(definition: Definition, people: Directory, node: Node) -> Iterator[Finding]:
    known = {"person": people.people, "post": people.posts, "unit": people.units}
    for _, edges in edge_lists(node):
        for edge in edges:
            for row in rows(edge.when):
                field = definition.field.get(row.field)
                if field is None or field.type not in known:
                    continue
                several = row.value if isinstance(row.value, tuple) else (row.value,)
                for one in several:
                    if one not in {"", *known[field.type]}:
                        yield finding("value_unknown", node.id, field=field.name, value=one)


def _conflicts(definition: Definition, people: Directory) -> Iterator[Finding]:
    """Two duties that one person may not combine, and only one person for both."""
    by_duty: dict[str, frozenset[str]] = {}
    open_duties = set()  # somebody else may be named case by case
    for node in definition.nodes:
        for seat in node.seats:
            duty = node.duty_of(seat)
            if seat.kind in {SeatKind.FIELD, SeatKind.RELATION}:
                open_duties.add(duty)
            by_duty[duty] = by_duty.get(duty, frozenset()) | holders(people, seat)
    known = by_duty.keys() - open_duties
    for one, other in definition.conflicts:
        if {one, other} <= known and len(by_duty[one] | by_duty[other]) == 1:
            yield warning("conflict_unstaffed", "conflicts", duty=one, other=other)
