"""What the pages of people list. Every signed-in account sees who works here; who is away and why
is shown only as far as one must know it. 通讯录."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import Prefetch, Q, QuerySet

from zhongshu.office import clock

from .models import Account, Appointment, Identity, Import, Leave, Person, Post, StandIn, Unit


class Row(NamedTuple):
    """One person in the directory."""

    person: Person
    posts: Sequence[str]
    away: bool
    deputies: Sequence[str]


class Branch(NamedTuple):
    """A unit with its people, and how deep it lies."""

    unit: Unit
    depth: int
    rows: Sequence[Row]
    vacant: Sequence[Post]


def branches(*, words: str = "") -> list[Branch]:
    """The whole house, unit by unit; with `words` only whom they find, by name, number or post."""
    now = clock.now()
    people = here(now).prefetch_related(_held(now)).select_related("unit")
    if words:
        post = Q(appointments__post__name__contains=words)
        people = people.filter(
            Q(name__contains=words) | Q(number=words) | Q(unit__name__contains=words) | post
        ).distinct()
    rows: dict[int, list[Row]] = {}
    away, covers = _away(now), _covers(now)
    for person in people:
        posts = [held.post.name for held in person.appointments.all()]
        row = Row(person, posts, person.pk in away, covers.get(person.pk, ()))
        rows.setdefault(person.unit_id, []).append(row)
    vacant: dict[int, list[Post]] = {}
    for post_ in () if words else _vacant(now):
        vacant.setdefault(post_.unit_id, []).append(post_)
    return [
        Branch(unit, depth, rows.get(unit.pk, ()), vacant.get(unit.pk, ()))
        for unit, depth in _in_order(list(Unit.objects.all()))
        if not words or unit.pk in rows
    ]


def here(now: datetime) -> QuerySet[Person]:
    """Whoever has not left."""
    today = clock.local(now).date()
    return Person.objects.filter(Q(left_on__isnull=True) | Q(left_on__gt=today))


def person_of(key: str) -> Person | None:
    """The person with this key, also one who has left."""
    return Person.objects.select_related("unit", "account").filter(key=key).first()


def appointments_of(person: Person) -> QuerySet[Appointment]:
    """What somebody holds and held, newest first."""
    return Appointment.objects.filter(person=person).select_related("post__unit").order_by("-since")


def stand_ins_of(person: Person) -> QuerySet[StandIn]:
    """Who stands in for him, and for whom he does, newest first."""
    rows = StandIn.objects.filter(Q(principal=person) | Q(deputy=person))
    return rows.select_related("principal", "deputy").order_by("-start")


def leaves_of(person: Person) -> QuerySet[Leave]:
    """When somebody is away and was, newest first."""
    return Leave.objects.filter(person=person).order_by("-start")


def covering(person: Person, start: datetime, end: datetime) -> list[Person]:
    """Who stands in for somebody in this time and is there all of it."""
    rows = StandIn.objects.filter(principal=person, start__lte=start, end__gte=end)
    away = Leave.objects.filter(start__lt=end, end__gt=start).values("person")
    found = rows.exclude(deputy__in=away).select_related("deputy")
    return list(dict.fromkeys(row.deputy for row in found))


BROWSERS = ("Edg", "Firefox", "OPR", "Chrome", "Safari")
SYSTEMS = ("Windows", "Android", "iPhone", "iPad", "Mac OS X", "Linux")


def browser_of(agent: str) -> str:
    """What a browser says of itself, as far as one recognises it by: 「Firefox, Linux」."""
    browser = next((name for name in BROWSERS if name in agent), "")
    system = next((name for name in SYSTEMS if name in agent), "")
    known = {"Edg": "Edge", "OPR": "Opera", "Mac OS X": "Mac"}
    return ", ".join(known.get(name, name) for name in (browser, system) if name) or agent[:40]


def accounts() -> QuerySet[Account]:
    """All accounts, administrators first."""
    return Account.objects.select_related("person__unit").order_by("person_id", "username")


def identities() -> QuerySet[Identity]:
    """All identities that are bound or proposed, those that wait first."""
    rows = Identity.objects.select_related("account__person__unit")
    return rows.order_by("confirmed_by", "account__username", "pk")


def imports() -> QuerySet[Import]:
    """All tables ever put forward, newest first."""
    return Import.objects.all()


def _held(now: datetime) -> Prefetch[str]:
    today = clock.local(now).date()
    now_held = Appointment.objects.filter(since__lte=today).filter(
        Q(until__isnull=True) | Q(until__gt=today)
    )
    return Prefetch(
        "appointments", now_held.select_related("post").order_by("-post__grade", "post__code")
    )


def _vacant(now: datetime) -> Iterable[Post]:
    today = clock.local(now).date()
    held = Appointment.objects.filter(since__lte=today).exclude(until__lte=today)
    return Post.objects.exclude(pk__in=held.values("post"))


def _away(now: datetime) -> frozenset[int]:
    rows = Leave.objects.filter(start__lte=now, end__gt=now)
    return frozenset(rows.values_list("person", flat=True))


def _covers(now: datetime) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = StandIn.objects.filter(start__lte=now, end__gt=now).select_related("deputy")
    for row in rows:
        found.setdefault(row.principal_id, []).append(row.deputy.name)
    return found


def _in_order(units: list[Unit]) -> list[tuple[Unit, int]]:
    """Each unit after the one above it, with its depth."""
    below: dict[int | None, list[Unit]] = {}
    for unit in units:
        below.setdefault(unit.parent_id, []).append(unit)
    done: list[tuple[Unit, int]] = []
    open_ = [(unit, 0) for unit in reversed(below.get(None, []))]
    while open_:
        unit, depth = open_.pop()
        done.append((unit, depth))
        open_ += [(child, depth + 1) for child in reversed(below.get(unit.pk, []))]
    return done
