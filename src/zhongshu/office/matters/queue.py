"""The order of one desk: the kernel's rule, served by indexes at any length of the queue. 案头排序.

The only SQL of this package, all of it literal: that of kernel.triage.scan over the to-do rows.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.db import connection
from django.db.models import QuerySet

from zhongshu.kernel.triage import Mark, Sentence, guard_reason, reason
from zhongshu.kernel.triage import Matter as Weighed
from zhongshu.kernel.triage.facts import Row
from zhongshu.kernel.triage.order import GUARD
from zhongshu.kernel.triage.scan import Source, first
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.people import queries as people

from .models import Todo
from .queries import NEVER, visible

SOME = 3  # of so many times what is shown is enough left after the gate
DESK = "person_id = :person AND what <> 'read'"


class Place(NamedTuple):
    """One thing to do, and why it stands here. `held` is the big matter the guard holds up."""

    todo: Todo
    why: Sentence
    held: bool = False


def desk(*, seen_by: Actor, limit: int = 50) -> tuple[Place, ...]:
    """What this person has to do, in the order of triage, each with its reason.

    The big matter longest untouched stands first, if the guard owes it a session today.
    """
    person = people.bureau().pks.get(seen_by.person)
    if person is None:
        return ()
    now = clock.calendar().minute(clock.now())
    source = Source("matters_todo", DESK, {"person": person})
    found = first(_fetch, now, limit, source=source)
    rows = _rows().in_bulk([one.id for one in found])
    places = [Place(rows[one.id], why(rows[one.id], now)) for one in found]
    held = _held(person, now)
    return (held, *places) if held else tuple(places)


def team(*, persons: Collection[int], seen_by: Actor, limit: int = 50) -> tuple[Place, ...]:
    """What these people have to do, in the order of triage, as far as the asker may see it. Costs
    as much as they have in hand, however much the house has."""
    if not persons:
        return ()
    now = clock.calendar().minute(clock.now())
    named = ", ".join(str(int(one)) for one in sorted(persons))
    source = Source("matters_todo", f"person_id IN ({named}) AND what <> 'read'")
    found = first(_fetch, now, limit * SOME, source=source)
    seen = visible(seen_by=seen_by, one_by_one=True)
    rows = _rows().filter(matter__in=seen).in_bulk([one.id for one in found])
    kept = [rows[one.id] for one in found if one.id in rows][:limit]
    return tuple(Place(row, why(row, now)) for row in kept)


def why(todo: Todo, now: int) -> Sentence:
    """Why a thing to do has its place, at this working minute."""
    if todo.due >= NEVER:
        return Sentence(f"没有时限，分量 {todo.weight}", f"no due time, weight {todo.weight}")
    return reason(weighed(todo), now)


def weighed(todo: Todo) -> Weighed:
    """A to-do row as triage sees it."""
    matter = todo.matter
    said = matter.why_weight or "分量较重"
    touched = clock.calendar().minute(todo.at)
    row = Row("source", 0, matter.weight, said, matter.why_weight or "heavy")
    return Weighed(todo.pk, todo.weight, todo.need, todo.due, touched, Mark(matter.urgency), row)


def _held(person: int, now: int) -> Place | None:
    """The big matter longest on this desk, when it is longer there than the guard allows."""
    big = _rows().filter(person=person, weight__gte=GUARD.weight).exclude(what=Todo.What.READ)
    oldest = big.order_by("at", "pk").first()
    if oldest is None:
        return None
    matter = weighed(oldest)
    if now - matter.touched <= GUARD.after:
        return None
    return Place(oldest, guard_reason(matter, now), held=True)


def _rows() -> QuerySet[Todo]:
    return Todo.objects.select_related("matter", "matter__unit", "matter__initiator", "person")


def _fetch(statement: str, names: dict[str, int]) -> Iterable[tuple[int, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(re.sub(r":([a-z]\w*)", r"%(\1)s", statement), names)
        return list(cursor.fetchall())
