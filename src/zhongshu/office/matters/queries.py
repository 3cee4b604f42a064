"""Reading matters. What a person may not see is not in any answer here: `seen_by` is required."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from zhongshu.office.actor import Actor
from zhongshu.office.people import queries as people

from .models import Matter, Participant, Todo

NEVER = 1 << 40  # the ordinal of "no due time": later than any, and small enough to multiply


def visible(*, seen_by: Actor) -> QuerySet[Matter]:
    """The matters a person may see: those that came to him, and as far as his posts let him see,
    never above his clearance. An administrator sees none. The only gate there is."""
    bureau = people.bureau()
    person = bureau.pks.get(seen_by.person)
    if person is None:
        return Matter.objects.none()
    sight = bureau.sight[seen_by.person]
    within = Matter.objects.filter(grade__lte=sight.clearance)
    if sight.bureau:
        return within
    came = Participant.objects.filter(person=person).values("matter")
    reach = Q(pk__in=came)
    if sight.units:
        reach |= Q(unit__in=sight.units)
    return within.filter(reach)


def find(*, key: str, seen_by: Actor) -> Matter:
    """One matter with its case; `Matter.DoesNotExist` when there is none or it is not for him."""
    return (
        visible(seen_by=seen_by)
        .select_related("case", "process", "unit", "initiator", "responsible")
        .get(key=key)
    )


def todo_count(*, seen_by: Actor) -> int:
    """How many things a person has to do, without those to read."""
    person = people.bureau().pks.get(seen_by.person)
    return Todo.objects.filter(person=person).exclude(what=Todo.What.READ).count()


def read_count(*, seen_by: Actor) -> int:
    """How many papers a person has to read."""
    person = people.bureau().pks.get(seen_by.person)
    return Todo.objects.filter(person=person, what=Todo.What.READ).count()
