"""Puts the people of the invented bureau into the database, with their posts and accounts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import count
from random import Random
from typing import Protocol

from django.contrib.auth.hashers import make_password

from zhongshu.office.people import revision
from zhongshu.office.people.models import Account, Appointment, Person, Post, Unit

from .plan import GIVEN, LEADER_DUTIES, LEADERS, SURNAMES, UNITS, WIDE, UnitPlan


class Hire(Protocol):
    """Puts one more person into a unit and its posts."""

    def __call__(self, unit: Unit, *posts: Post, clearance: int = 1) -> Person:
        """The person."""


SINCE = date(2024, 1, 1)
PASSWORD = "云泽-水务-2026"


def settle(dice: Random, *, accounts: bool = True) -> dict[str, Person]:
    """About 300 people; returns the first holder of each post, by its code."""
    numbers, names = count(1), _names(dice)
    leaders = Unit.objects.create(code="leaders", name="局领导", kind="leaders", order=0)
    seats: list[tuple[Person, Post]] = []
    first: dict[str, Person] = {}

    def hire(unit: Unit, *posts: Post, clearance: int = 1) -> Person:
        """One more person, in these posts."""
        person = Person(
            number=f"{next(numbers):05d}", name=next(names), unit=unit, clearance=clearance
        )
        person.save()
        for post in posts:
            seats.append((person, post))
            first.setdefault(post.code, person)
        return person

    for code, name, grade in LEADERS:
        mine = [_post(code, name, leaders, grade)]
        mine += [
            _post(duty, called, leaders, grade) for duty, called in LEADER_DUTIES.get(code, ())
        ]
        hire(leaders, *mine, clearance=2)
    for order, plan in enumerate(UNITS, 1):
        _fill(plan, order, hire)
    Appointment.objects.bulk_create(
        Appointment(person=person, post=post, since=SINCE) for person, post in seats
    )
    if accounts:
        _accounts()
    revision.touch()
    return first


@cache
def password() -> str:
    """The password of everybody, hashed once."""
    return make_password(PASSWORD)


def _names(dice: Random) -> Iterator[str]:
    every = [surname + given for surname in SURNAMES for given in GIVEN]
    dice.shuffle(every)
    yield from every


def _post(code: str, name: str, unit: Unit, grade: int) -> Post:
    sight = Post.Sight.BUREAU if code in WIDE else Post.Sight.OWN
    made, _ = Post.objects.get_or_create(
        code=code, defaults={"name": name, "unit": unit, "grade": grade, "sight": sight}
    )
    return made


def _fill(plan: UnitPlan, order: int, hire: Hire) -> None:
    unit = Unit.objects.create(
        code=plan.code,
        name=plan.name,
        kind=plan.kind,
        order=order,
        leader=Post.objects.get(code=plan.leader),
    )
    title = "主任" if plan.code == "office" else "科长" if plan.kind == "section" else "负责人"
    head = _post(f"{plan.code}_head", f"{plan.name}{title}", unit, 5)
    deputy = _post(f"{plan.code}_second", f"{plan.name}副{title}", unit, 4)
    plain = _post(f"{plan.code}_clerk", f"{plan.name}科员", unit, 1)
    unit.head = head
    unit.save()
    hire(unit, head, clearance=2)
    hire(unit, deputy)
    for code, name in plan.posts:
        hire(unit, _post(code, name, unit, 2), clearance=2 if plan.code == "office" else 1)
    for _ in range(plan.people - 2 - len(plan.posts)):
        hire(unit, plain)


def _accounts() -> None:
    """One account for each person; the password of all is printed by the demo."""
    secret = password()
    Account.objects.bulk_create(
        Account(username=person.number, person=person, is_active=True, password=secret)
        for person in Person.objects.all()
    )
