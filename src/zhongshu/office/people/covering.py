"""Rules of standing in: no circles, and somebody is always there. AB 角的规矩.

Pure: times and persons in, reasons out. A stand-in of a stand-in never gets the first one's
duties (the engine passes a duty on once only), but a circle of duties, or a deputy whose own work
has been taken from him altogether, is refused here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from zhongshu.kernel.errors import Reason, reason


class Cover(NamedTuple):
    """`deputy` stands in for `principal` from `start` up to `end`."""

    principal: str
    deputy: str
    start: datetime
    end: datetime
    exclusive: bool = False


class Away(NamedTuple):
    """A person is away from `start` up to `end`."""

    person: str
    start: datetime
    end: datetime


class Gap(NamedTuple):
    """A principal away, with every deputy he has at that time away as well."""

    principal: str
    deputy: str
    start: datetime


Span = tuple[datetime, datetime]


def shared(one: Span, other: Span) -> Span | None:
    """The time that two spans have in common."""
    start, end = max(one[0], other[0]), min(one[1], other[1])
    return (start, end) if start < end else None


def against_cover(
    new: Cover, standing: Sequence[Cover], away: Sequence[Away]
) -> tuple[Reason, ...]:
    """Why this stand-in may not be arranged; nothing if it may."""
    if new.principal == new.deputy:
        return (reason("stand_in_self", person=new.principal),)
    now = (new.start, new.end)
    at_once = [one for one in standing if shared(now, (one.start, one.end))]
    found = []
    if any(one[:2] == new[:2] for one in at_once):
        found.append(reason("stand_in_twice", person=new.deputy))
    elif any(
        one.principal == new.principal and (one.exclusive or new.exclusive) for one in at_once
    ):
        found.append(reason("stand_in_only_one", person=new.principal))
    if in_circle(new, at_once):
        found.append(reason("stand_in_circle", person=new.deputy))
    if any(one.principal == new.deputy and one.exclusive for one in at_once):
        found.append(reason("stand_in_chain", person=new.deputy))
    if new.exclusive and any(one.deputy == new.principal for one in at_once):
        found.append(reason("stand_in_chain", person=new.principal))
    gaps = set(gaps_of([*standing, new], away)) - set(gaps_of(standing, away))
    found += [
        reason("both_away", person=gap.principal, other=gap.deputy) for gap in sorted(gaps)[:1]
    ]
    return tuple(found)


def against_leave(new: Away, standing: Sequence[Cover], away: Sequence[Away]) -> tuple[Reason, ...]:
    """Why this person may not be away then: he and his deputy, or his principal, both would."""
    if any(one.person == new.person and shared(new[1:], one[1:]) for one in away):
        return (reason("leave_twice", person=new.person),)
    gaps = set(gaps_of(standing, [*away, new])) - set(gaps_of(standing, away))
    return tuple(
        reason("both_away", person=gap.principal, other=gap.deputy) for gap in sorted(gaps)[:1]
    )


def in_circle(new: Cover, standing: Iterable[Cover]) -> bool:
    """Whether at some instant the duties would go round to the one they came from."""
    by_principal: dict[str, list[Cover]] = {}
    for one in standing:
        by_principal.setdefault(one.principal, []).append(one)
    open_: list[tuple[str, Span]] = [(new.deputy, (new.start, new.end))]
    seen: set[tuple[str, Span]] = set()
    while open_:
        person, span = open_.pop()
        if person == new.principal:
            return True
        for one in by_principal.get(person, []):
            left = shared(span, (one.start, one.end))
            if left and (one.deputy, left) not in seen:
                seen.add((one.deputy, left))
                open_.append((one.deputy, left))
    return False


def gaps_of(standing: Iterable[Cover], away: Sequence[Away]) -> list[Gap]:
    """Every time at which a principal is away and all his deputies of that time are away too."""
    covers: dict[str, list[Cover]] = {}
    for one in standing:
        covers.setdefault(one.principal, []).append(one)
    leaves: dict[str, list[Span]] = {}
    for gone in away:
        leaves.setdefault(gone.person, []).append(gone[1:])
    found = []
    for principal, many in covers.items():
        for start, end in leaves.get(principal, []):
            marks = {start} | {
                mark
                for one in many
                for mark in (
                    one.start,
                    one.end,
                    *(x for s in leaves.get(one.deputy, []) for x in s),
                )
                if start <= mark < end
            }
            for at in sorted(marks):
                here = [one for one in many if one.start <= at < one.end]
                if here and all(_is_away(leaves.get(one.deputy, []), at) for one in here):
                    found.append(Gap(principal, here[0].deputy, at))
                    break
    return found


def _is_away(spans: Iterable[Span], at: datetime) -> bool:
    return any(start <= at < end for start, end in spans)
