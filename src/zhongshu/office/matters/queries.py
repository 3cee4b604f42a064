"""Reading matters. What a person may not see is not in any answer here: `seen_by` is required."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.people import queries as people

from .kinds import all_kinds
from .models import Answered, Draft, Link, Matter, Participant, Todo, Watch

NEVER = 1 << 40  # the ordinal of "no due time": later than any, and small enough to multiply


class Related(NamedTuple):
    """A matter that another has to do with, why, and whether somebody may undo that."""

    matter: Matter
    why: str
    loose: bool


def visible(*, seen_by: Actor, one_by_one: bool = False) -> QuerySet[Matter]:
    """The matters a person may see: those that came to him, and as far as his posts let him see,
    never above his clearance. An administrator sees none. The only gate there is.

    `one_by_one` asks the same of each matter instead of gathering what came to him first: quicker
    where another part of the question brings the matters.
    """
    bureau = people.bureau()
    person = bureau.pks.get(seen_by.person)
    if person is None:
        return Matter.objects.none()
    sight = bureau.sight[seen_by.person]
    within = Matter.objects.filter(grade__lte=sight.clearance)
    if sight.bureau:
        return within
    came = Participant.objects.filter(person=person)
    if one_by_one:
        reach = Q(Exists(came.filter(matter=OuterRef("pk"))))
    else:
        reach = Q(pk__in=came.values("matter"))
    if sight.units:
        reach |= Q(unit__in=sight.units)
    return within.filter(reach)


def everything(*, seen_by: Actor) -> int | None:
    """The class up to which this person sees every matter of the house, and none above it; None
    if he sees only some. For figures that are kept as sums: it says what `visible` would."""
    bureau = people.bureau()
    if seen_by.person not in bureau.pks:
        return None
    sight = bureau.sight[seen_by.person]
    return sight.clearance if sight.bureau else None


def few(*, seen_by: Actor, most: int) -> list[int] | None:
    """Keys of so few matters that all a person may see are among them; None if they may be more.

    No gate: it only says which way of asking is quicker.
    """
    bureau = people.bureau()
    person = bureau.pks.get(seen_by.person)
    if person is None:
        return []
    sight = bureau.sight[seen_by.person]
    if sight.bureau or sight.units:
        return None
    came = Participant.objects.filter(person=person).values_list("matter", flat=True)
    found = list(came.order_by()[: most + 1])
    return found if len(found) <= most else None


def find(*, key: str, seen_by: Actor) -> Matter:
    """One matter with its case; `Matter.DoesNotExist` when there is none or it is not for him."""
    return (
        visible(seen_by=seen_by)
        .select_related("case", "process", "unit", "initiator", "responsible")
        .get(key=key)
    )


def seen(*, keys: Collection[str], seen_by: Actor) -> dict[str, Matter]:
    """Those of a few matters that a person may see, by key."""
    rows = visible(seen_by=seen_by, one_by_one=True).filter(key__in=keys)
    return {matter.key: matter for matter in rows.only("key", "kind", "number", "title")}


def numbers_of(*, keys: Collection[str]) -> dict[str, str]:
    """What a few matters are called in the journal: their numbers and nothing that stands in them.
    No gate: for whoever may read acts without being in the business."""
    return dict(Matter.objects.filter(key__in=keys).values_list("key", "number"))


def key_of(*, number: str) -> str:
    """The key of the matter with this number, or that is this key; "" for none. No gate either.
    A number is read as its register writes it, so that no table is gone through."""
    for kind in all_kinds():
        written = kind.read(number)
        if written is not None:
            code, year, serial = written
            rows = Matter.objects.filter(series__code=code, series__year=year, serial=serial)
            return rows.values_list("key", flat=True).first() or ""
    return Matter.objects.filter(key=number).values_list("key", flat=True).first() or ""


def todo_count(*, seen_by: Actor) -> int:
    """How many things a person has to do, without those to read."""
    person = people.bureau().pks.get(seen_by.person)
    return Todo.objects.filter(person=person).exclude(what=Todo.What.READ).count()


def read_count(*, seen_by: Actor) -> int:
    """How many papers a person has to read."""
    person = people.bureau().pks.get(seen_by.person)
    return Todo.objects.filter(person=person, what=Todo.What.READ).count()


def was_answered(*, by: Actor, once: str) -> bool:
    """Whether this person's command under this key was carried out before."""
    return bool(once) and Answered.objects.filter(person=by.person, key=once).exists()


def in_hand(*, units: Collection[int], seen_by: Actor) -> list[tuple[int, int, int]]:
    """Of each of these units: how much its people have to do, and how much of it is overdue, as
    far as the asker may see it. Counts open work only, and by the gate."""
    now = clock.calendar().minute(clock.now())
    rows = Todo.objects.filter(person__unit__in=units).exclude(what=Todo.What.READ)
    seen = visible(seen_by=seen_by, one_by_one=True).filter(pk=OuterRef("matter"))
    counted = rows.filter(Exists(seen)).values("person__unit")
    late = Count("pk", filter=Q(due__lt=now))
    return list(counted.annotate(n=Count("pk"), late=late).values_list("person__unit", "n", "late"))


def opened_with(*, by: Actor, once: str) -> Matter | None:
    """The matter that this press of a button opened before, if it did."""
    kept = Answered.objects.select_related("matter").filter(person=by.person, key=once, event=0)
    found = kept.first() if once else None
    return found.matter if found else None


def reading(*, seen_by: Actor) -> QuerySet[Todo]:
    """Papers a person has to read, newest first."""
    person = people.bureau().pks.get(seen_by.person)
    rows = Todo.objects.filter(person=person, what=Todo.What.READ).select_related("matter")
    return rows.order_by("-pk")


def waiting_for(*, seen_by: Actor) -> QuerySet[Matter]:
    """What a person set going and others now have in hand, longest untouched first."""
    person = people.bureau().pks.get(seen_by.person)
    mine = Matter.objects.filter(initiator=person, closed_at__isnull=True)
    return mine.exclude(responsible=person).select_related("responsible").order_by("touched_at")


def watched(*, seen_by: Actor) -> QuerySet[Matter]:
    """What a person follows, latest touched first; what he may no longer see is left out."""
    followed = Watch.objects.filter(person=people.bureau().pks.get(seen_by.person))
    rows = visible(seen_by=seen_by, one_by_one=True).filter(pk__in=followed.values("matter"))
    return rows.select_related("unit", "responsible").order_by("-touched_at")


def watchers(*, matter: Matter) -> list[str]:
    """Who follows a matter and may still see it, by key."""
    keys = Watch.objects.filter(matter=matter).values_list("person__key", flat=True)
    return [key for key in keys if visible(seen_by=Actor(key)).filter(pk=matter.pk).exists()]


def is_watched(*, matter: Matter, seen_by: Actor) -> bool:
    """Whether a person follows a matter."""
    person = people.bureau().pks.get(seen_by.person)
    return Watch.objects.filter(matter=matter, person=person).exists()


def related(*, matter: Matter, seen_by: Actor) -> list[Related]:
    """The matters that one has to do with, as far as the reader may see them."""
    links = Link.objects.filter(Q(earlier=matter) | Q(later=matter)).order_by("pk")
    ends = [
        (link, link.later_id if link.earlier_id == matter.pk else link.earlier_id) for link in links
    ]
    seen = visible(seen_by=seen_by, one_by_one=True).in_bulk([other for _, other in ends])
    return [
        Related(seen[other], link.get_why_display(), link.why == Link.Why.RELATED)
        for link, other in ends
        if other in seen
    ]


def listed(
    *, seen_by: Actor, kind: str = "", tag: str = "", only_open: bool = False
) -> QuerySet[Matter]:
    """The matters a person may see, newest first, of one kind or all, with a word or any."""
    rows = visible(seen_by=seen_by).select_related("unit", "responsible")
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(tags__name=tag) if tag else rows
    rows = rows.filter(closed_at__isnull=True) if only_open else rows
    return rows.order_by("-pk")


def draft(*, matter: Matter, seen_by: Actor) -> dict[str, Any]:
    """What the drafter had typed when he left; nobody else sees it."""
    if not matter.todos.filter(what=Todo.What.REVISE, person__key=seen_by.person).exists():
        return {}
    kept = Draft.objects.filter(matter=matter).first()
    return dict(kept.form) if kept else {}
