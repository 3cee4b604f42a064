"""Units, posts, persons, and who holds what. 机构与任职."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from zhongshu.kernel.errors import reason
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.people import deciding, names
from zhongshu.office.people.deciding import keep
from zhongshu.office.people.models import Account, Appointment, Person, Post, Unit
from zhongshu.office.people.writing import writing


def add_unit(
    *, code: str, name: str, kind: str, by: Actor, order: int = 0, parent: Unit | None = None
) -> Unit:
    """A new unit."""
    name = names.tidy(name)
    with writing() as pen:
        taken = Unit.objects.filter(code=code).exists()
        keep(deciding.of_code(code, taken=taken) + deciding.of_name(name, 80))
        unit = Unit.objects.create(code=code, name=name, kind=kind, order=order, parent=parent)
        pen.note("add_unit", f"unit:{code}", by, {"name": name, "kind": kind})
    return unit


def change_unit(
    *, unit: Unit, name: str, kind: str, order: int, parent: Unit | None, by: Actor
) -> Unit:
    """What a unit is called, and where it stands."""
    name = names.tidy(name)
    with writing() as pen:
        above, upper = [], parent
        while upper is not None:
            above.append(upper.pk)
            upper = upper.parent
        under_itself = (reason("unit_under_itself"),) if unit.pk in above else ()
        keep(deciding.of_name(name, 80) + under_itself)
        unit.name, unit.kind, unit.order, unit.parent = name, kind, order, parent
        unit.save(update_fields=["name", "kind", "order", "parent"])
        facts = {"name": name, "kind": kind, "parent": parent.code if parent else ""}
        pen.note("change_unit", f"unit:{unit.code}", by, facts)
    return unit


def seat_unit(*, unit: Unit, head: Post | None, leader: Post | None, by: Actor) -> Unit:
    """Which post heads a unit, and which post of the leadership is in charge of it."""
    with writing() as pen:
        if head is not None and head.unit_id != unit.pk:
            keep([reason("post_elsewhere", post=head.code)])
        unit.head, unit.leader = head, leader
        unit.save(update_fields=["head", "leader"])
        facts = {"head": head.code if head else "", "leader": leader.code if leader else ""}
        pen.note("seat_unit", f"unit:{unit.code}", by, facts)
    return unit


def add_post(*, code: str, name: str, unit: Unit, by: Actor, grade: int = 0) -> Post:
    """A new post in a unit. It sees what its holder handles, until somebody grants more."""
    name = names.tidy(name)
    with writing() as pen:
        taken = Post.objects.filter(code=code).exists()
        keep(deciding.of_code(code, taken=taken) + deciding.of_name(name, 80))
        post = Post.objects.create(code=code, name=name, unit=unit, grade=grade)
        pen.note("add_post", f"post:{code}", by, {"name": name, "unit": unit.code, "grade": grade})
    return post


def change_post(*, post: Post, name: str, grade: int, by: Actor) -> Post:
    """What a post is called, and its grade."""
    name = names.tidy(name)
    with writing() as pen:
        keep(deciding.of_name(name, 80))
        post.name, post.grade = name, grade
        post.save(update_fields=["name", "grade"])
        pen.note("change_post", f"post:{post.code}", by, {"name": name, "grade": grade})
    return post


def set_sight(*, post: Post, sight: str, by: Actor) -> Post:
    """How far the holder of a post sees."""
    with writing() as pen:
        post.sight = Post.Sight(sight)
        post.save(update_fields=["sight"])
        holders = Person.objects.filter(appointments__post=post)
        _void_sessions(holders)
        pen.note("set_sight", f"post:{post.code}", by, {"sight": sight})
    return post


def add_person(*, number: str, name: str, unit: Unit, by: Actor, email: str = "") -> Person:
    """Somebody who works here; no post yet, no account yet."""
    number, name = names.tidy(number), names.tidy(name)
    with writing() as pen:
        taken = Person.objects.filter(number=number).exists()
        keep(
            deciding.of_name(name, 60)
            + deciding.of_name(number, 20, "number")
            + ((reason("number_taken", number=number),) if taken else ())
        )
        person = Person.objects.create(number=number, name=name, unit=unit, email=email)
        pen.note("add_person", _of(person), by, {"unit": unit.code}, {"name": name})
    return person


def change_person(*, person: Person, name: str, email: str, by: Actor) -> Person:
    """What somebody is called, and where he is written to. What he signed keeps the old name."""
    name = names.tidy(name)
    with writing() as pen:
        keep(deciding.of_name(name, 60))
        person.name, person.email = name, email
        person.save(update_fields=["name", "email"])
        pen.note("change_person", _of(person), by, seals={"name": name, "email": email})
    return person


def set_clearance(*, person: Person, clearance: int, by: Actor) -> Person:
    """Up to which class of information somebody may read."""
    with writing() as pen:
        person.clearance = clearance
        person.save(update_fields=["clearance"])
        _void_sessions(Person.objects.filter(pk=person.pk))
        pen.note("set_clearance", _of(person), by, {"clearance": clearance})
    return person


def appoint(
    *,
    person: Person,
    post: Post,
    by: Actor,
    since: date | None = None,
    until: date | None = None,
) -> Appointment:
    """Somebody holds a post from a day on, today if none is given."""
    since = since or _today()
    with writing() as pen:
        held = Appointment.objects.filter(person=person, post=post)
        clash = held.filter(Q(until__isnull=True) | Q(until__gt=since))
        clash = clash.filter(since__lt=until) if until else clash
        found = list(deciding.of_presence(person))
        found += [reason("date_order")] if until and until <= since else []
        if clash.exists():
            found.append(reason("appointed_already", person=person.key, post=post.code))
        keep(found)
        row = Appointment.objects.create(person=person, post=post, since=since, until=until)
        _void_sessions(Person.objects.filter(pk=person.pk))
        facts = {"post": post.code, "since": since, "until": until or ""}
        pen.note("appoint", _of(person), by, facts)
    return row


def end_appointment(*, appointment: Appointment, by: Actor, on: date | None = None) -> None:
    """Somebody no longer holds a post, from a day on."""
    on = on or _today()
    with writing() as pen:
        appointment.refresh_from_db()
        if appointment.until is not None and appointment.until <= on:
            keep([reason("appointment_ended")])
        finish(appointment, on)
        person = appointment.person
        _void_sessions(Person.objects.filter(pk=person.pk))
        pen.note("end_appointment", _of(person), by, {"post": appointment.post.code, "on": on})


def move(*, person: Person, unit: Unit, by: Actor) -> Person:
    """Somebody goes to another unit today, and leaves his posts in the old one."""
    today = _today()
    with writing() as pen:
        keep(deciding.of_presence(person))
        old = person.unit
        for held in open_appointments(person, today).filter(post__unit=old):
            finish(held, today)
        person.unit = unit
        person.save(update_fields=["unit"])
        _void_sessions(Person.objects.filter(pk=person.pk))
        pen.note("move", _of(person), by, {"from": old.code, "to": unit.code})
    return person


def finish(appointment: Appointment, on: date) -> None:
    """End an appointment; one that never began is as if it had not been made."""
    if appointment.since >= on:
        appointment.delete()
        return
    appointment.until = on
    appointment.save(update_fields=["until"])


def open_appointments(person: Person, on: date) -> models.QuerySet[Appointment]:
    """What somebody holds on a day, or will."""
    return Appointment.objects.filter(person=person).filter(Q(until__isnull=True) | Q(until__gt=on))


def _void_sessions(people: models.QuerySet[Person]) -> None:
    """Rights have changed: whoever is signed in with the old ones signs in again."""
    Account.objects.filter(person__in=people).update(epoch=F("epoch") + 1)


def _of(person: Person) -> str:
    return f"person:{person.key}"


def _today() -> date:
    return clock.local(clock.now()).date()
