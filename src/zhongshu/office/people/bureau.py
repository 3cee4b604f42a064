"""The whole bureau at one moment, as the flow, the gate and the pages need it. 全单位快照.

Read with a dozen queries and kept (see queries.py) until somebody is appointed, leaves, or the
alone changes something.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Literal, NamedTuple, cast

from django.db.models import Min, Q

from zhongshu.kernel.flow import people as kernel
from zhongshu.office import clock

from .models import Appointment, Leave, Person, Post, StandIn, Unit


class Sight(NamedTuple):
    """How far a person sees matters that never came to him."""

    bureau: bool = False
    units: frozenset[int] = frozenset()
    clearance: int = 0


class Bureau(NamedTuple):
    """Who is who, from `since` up to `until`, in one revision. Persons are known by their keys."""

    revision: str
    since: datetime
    until: datetime
    directory: kernel.Directory
    names: Mapping[str, str]  # of persons, posts and units, by what the flow calls them
    pks: Mapping[str, int]
    keys: Mapping[int, str]
    units: Mapping[str, int]  # of each person his unit
    posts: Mapping[str, tuple[str, ...]]  # of each person the codes of his posts, highest first
    sight: Mapping[str, Sight]


class _Rows(NamedTuple):
    units: dict[int, Unit]
    posts: dict[int, Post]
    persons: dict[int, Person]
    held: dict[int, list[Post]]  # by person, highest grade first
    away: frozenset[int]
    covers: list[StandIn]


def read(revision: str, at: datetime) -> Bureau:
    """The bureau as the database has it."""
    today = clock.local(at).date()
    rows = _rows(at, today)
    persons = rows.persons
    return Bureau(
        revision,
        at,
        _until(at, today),
        _directory(rows, today),
        dict(_names(rows)),
        {person.key: pk for pk, person in persons.items()},
        {pk: person.key for pk, person in persons.items()},
        {person.key: person.unit_id for person in persons.values()},
        {
            person.key: tuple(p.code for p in rows.held.get(pk, ()))
            for pk, person in persons.items()
        },
        {person.key: _sight(rows, person) for person in persons.values()},
    )


def _rows(at: datetime, today: date) -> _Rows:
    posts = {post.pk: post for post in Post.objects.all()}
    persons = {person.pk: person for person in Person.objects.all()}
    held: dict[int, list[Post]] = {}
    current = Appointment.objects.filter(since__lte=today).filter(
        Q(until__isnull=True) | Q(until__gt=today)
    )
    for person, post in current.order_by("since", "pk").values_list("person", "post"):
        if not is_gone(persons[person], today):
            held.setdefault(person, []).append(posts[post])
    for many in held.values():
        many.sort(key=lambda post: -post.grade)
    away = Leave.objects.filter(start__lte=at, end__gt=at).values_list("person", flat=True)
    covers = StandIn.objects.filter(end__gt=at).order_by("pk")
    units = {unit.pk: unit for unit in Unit.objects.all()}
    return _Rows(units, posts, persons, held, frozenset(away), list(covers))


def is_gone(person: Person, today: date) -> bool:
    """Whether he has left for good."""
    return person.left_on is not None and person.left_on <= today


def _directory(rows: _Rows, today: date) -> kernel.Directory:
    code = {pk: unit.code for pk, unit in rows.units.items()}
    holders: dict[str, list[str]] = {}
    for pk, posts in rows.held.items():
        for post in posts:
            holders.setdefault(post.code, []).append(rows.persons[pk].key)

    def first(post: int | None) -> str:
        """Whoever holds the post, the longest first; nobody for none."""
        return holders.get(rows.posts[post].code, [""])[0] if post else ""

    return kernel.Directory(
        {
            person.key: kernel.Person(
                person.key,
                code[person.unit_id],
                max([post.grade for post in rows.held.get(pk, ())], default=0),
                person.clearance,
                pk in rows.away,
                is_gone(person, today),
            )
            for pk, person in rows.persons.items()
        },
        {post: tuple(people) for post, people in holders.items()},
        {
            unit.code: kernel.Unit(
                unit.code,
                first(unit.head_id),
                first(unit.leader_id),
                code[unit.parent_id] if unit.parent_id else "",
            )
            for unit in rows.units.values()
        },
        tuple(_cover(rows, row) for row in rows.covers),
    )


def _cover(rows: _Rows, row: StandIn) -> kernel.StandIn:
    mode = cast(Literal["exclusive", "shared", "when_away"], row.mode)
    principal, deputy = rows.persons[row.principal_id].key, rows.persons[row.deputy_id].key
    return kernel.StandIn(principal, deputy, row.start, row.end, mode, amount=row.amount)


def _names(rows: _Rows) -> Iterator[tuple[str, str]]:
    yield from ((person.key, person.name) for person in rows.persons.values())
    yield from ((post.code, post.name) for post in rows.posts.values())
    yield from ((unit.code, unit.name) for unit in rows.units.values())


def _until(at: datetime, today: date) -> datetime:
    """When the clock alone next changes who is who: a leave begins or ends, a stand-in ends, an
    appointment begins or ends, somebody leaves. A year from now if nothing is planned."""
    moments = [
        Leave.objects.filter(start__gt=at).aggregate(at=Min("start")),
        Leave.objects.filter(end__gt=at).aggregate(at=Min("end")),
        StandIn.objects.filter(end__gt=at).aggregate(at=Min("end")),
    ]
    days = [
        Appointment.objects.filter(since__gt=today).aggregate(at=Min("since")),
        Appointment.objects.filter(until__gt=today).aggregate(at=Min("until")),
        Person.objects.filter(left_on__gt=today).aggregate(at=Min("left_on")),
    ]
    turns: list[datetime] = [found["at"] for found in moments if found["at"]]
    turns += [_midnight(found["at"]) for found in days if found["at"]]
    return min([at + timedelta(days=365), *turns])


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=clock.ZONE)


def _sight(rows: _Rows, person: Person) -> Sight:
    """A head sees his unit and the units below it; a leader those he is in charge of."""
    posts = rows.held.get(person.pk, [])
    held = {post.pk for post in posts}
    seen = {post.unit_id for post in posts if post.sight == Post.Sight.UNIT}
    seen |= {unit.pk for unit in rows.units.values() if {unit.head_id, unit.leader_id} & held}
    fresh = set(seen)
    while fresh:
        fresh = {u.pk for u in rows.units.values() if u.parent_id in fresh} - seen
        seen |= fresh
    wide = any(post.sight == Post.Sight.BUREAU for post in posts)
    return Sight(wide, frozenset(seen), person.clearance)
