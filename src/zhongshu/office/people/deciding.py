"""Rules about people that several actions share: what each finds as reasons. 判断."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from zhongshu.kernel.errors import Reason, Refused, reason
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.refusal import Refusal

from . import names
from .covering import Away, Cover
from .models import Appointment, Leave, Person, StandIn


def keep(reasons: Iterable[Reason]) -> None:
    """Go on only if there is no reason against it."""
    found = tuple(reasons)
    if found:
        raise Refusal(Refused(found))


def of_name(text: str, most: int, field: str = "name") -> tuple[Reason, ...]:
    """What keeps a text from being a name."""
    return tuple(reason(code, field=field) for code in names.faults(text, most))


def of_code(code: str, *, taken: bool) -> tuple[Reason, ...]:
    """What keeps a text from being a code."""
    if not names.is_code(code):
        return (reason("bad_code", word=code[:40]),)
    return (reason("code_taken", word=code),) if taken else ()


def of_presence(*people: Person) -> tuple[Reason, ...]:
    """Who of them has left."""
    today = clock.local(clock.now()).date()
    return tuple(reason("gone", person=one.key) for one in people if has_left(one, today))


def has_left(person: Person, today: date) -> bool:
    """Whether he is gone on that day."""
    return person.left_on is not None and person.left_on <= today


def of_span(start: datetime, end: datetime, longest: int) -> tuple[Reason, ...]:
    """Whether a time begins before it ends, is not over, and is not for ever."""
    if end <= start:
        return (reason("date_order"),)
    found = [reason("too_late")] if end <= clock.now() else []
    if (end - start).days > longest:
        found.append(reason("too_long", days=longest))
    return tuple(found)


def of_hand(by: Actor, person: Person, *offices: str) -> tuple[Reason, ...]:
    """Whether this is his to arrange: the person himself, the head of his unit, the machine, or
    an administrator with the power for it."""
    if by.person == person.key or by.person.startswith("system:"):
        return ()
    if by.person.startswith("account:") and by.post in offices:
        return ()
    today = clock.local(clock.now()).date()
    heads = Appointment.objects.filter(
        post=person.unit.head_id, person__key=by.person, since__lte=today
    ).exclude(until__lte=today)
    return () if person.unit.head_id and heads.exists() else (reason("not_yours"),)


def covers_from(moment: datetime) -> list[Cover]:
    """All stand-ins that last beyond a moment."""
    rows = StandIn.objects.filter(end__gt=moment).select_related("principal", "deputy")
    return [
        Cover(row.principal.key, row.deputy.key, row.start, row.end, row.mode == "exclusive")
        for row in rows
    ]


def leaves_from(moment: datetime) -> list[Away]:
    """All leaves that last beyond a moment."""
    rows = Leave.objects.filter(end__gt=moment).select_related("person")
    return [Away(row.person.key, row.start, row.end) for row in rows]
