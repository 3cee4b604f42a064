"""An organisation from a table: proposed, released by another, undone while nothing uses it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Model

from zhongshu.kernel.errors import reason
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.people.deciding import keep
from zhongshu.office.people.models import Appointment, Import, Person, Post, Unit
from zhongshu.office.people.organisation_table import COLUMNS, Known, Plan, plan, upper_first
from zhongshu.office.people.writing import writing

KINDS: Mapping[str, type[Model]] = {  # what refers to others comes first
    "appointments": Appointment,
    "people": Person,
    "posts": Post,
    "units": Unit,
}


def propose_import(*, name: str, rows: Sequence[Sequence[str]], by: Actor) -> Import:
    """Put a table forward. It must be without fault, and makes nothing yet."""
    with writing() as pen:
        _faultless(rows)
        row = Import.objects.create(
            name="".join(sign for sign in name if sign.isprintable())[:120],
            rows=[list(cells[: len(COLUMNS)]) for cells in rows],
            proposed_by=by.person,
            proposed_at=clock.now(),
        )
        pen.note("propose_import", f"import:{row.key}", by, {"rows": len(rows) - 1})
    return row


def release_import(*, proposed: Import, by: Actor) -> Import:
    """Make everything the table says, or nothing."""
    with writing() as pen:
        proposed.refresh_from_db()
        keep([reason("import_released")] if proposed.released_at else [])
        keep([reason("import_same_hand")] if proposed.proposed_by == by.person else [])
        made = _make(_faultless(proposed.rows), clock.local(clock.now()).date())
        proposed.made = {kind: [row.pk for row in rows] for kind, rows in made.items()}
        proposed.released_by, proposed.released_at = by.person, clock.now()
        proposed.save(update_fields=["made", "released_by", "released_at"])
        counts = {kind: len(rows) for kind, rows in made.items()}
        pen.note("release_import", f"import:{proposed.key}", by, counts)
    return proposed


def undo_import(*, released: Import, by: Actor) -> None:
    """Take back everything an import made, if nothing else refers to any of it."""
    with writing() as pen:
        released.refresh_from_db()
        if released.released_at is None or released.undone_at is not None:
            keep([reason("import_undone")])
        keep(reason("import_in_use", what=kind) for kind in KINDS if _is_used(kind, released.made))
        Unit.objects.filter(pk__in=released.made["units"]).update(head=None, leader=None)
        for kind, model in KINDS.items():
            rows = model._default_manager.filter(pk__in=released.made[kind])
            rows.update(parent=None) if kind == "units" else None
            rows.delete()
        released.undone_at = clock.now()
        released.save(update_fields=["undone_at"])
        pen.note("undo_import", f"import:{released.key}", by)


def known() -> Known:
    """What is there already."""
    return Known(
        dict(Unit.objects.values_list("code", "name")),
        frozenset(Post.objects.values_list("code", flat=True)),
        frozenset(Person.objects.values_list("number", flat=True)),
    )


def _faultless(rows: Sequence[Sequence[str]]) -> Plan:
    found = plan(rows, known())
    keep([reason("import_faulty", count=len(found.faults))] if found.faults else [])
    return found


def _make(found: Plan, today: date) -> dict[str, list[Model]]:
    made: dict[str, list[Model]] = {kind: [] for kind in KINDS}
    units = {unit.code: unit for unit in Unit.objects.all()}
    for nth, unit in enumerate(upper_first(found.units)):
        above = units.get(unit.parent)
        units[unit.code] = Unit.objects.create(
            code=unit.code, name=unit.name, kind=unit.kind, parent=above, order=nth
        )
        made["units"].append(units[unit.code])
    posts = {
        post.code: Post.objects.create(
            code=post.code, name=post.name, unit=units[post.unit], grade=post.grade
        )
        for post in found.posts
    }
    made["posts"] = list(posts.values())
    for unit in found.units:
        if unit.head:
            Unit.objects.filter(code=unit.code).update(head=posts[unit.head])
    for one in found.people:
        person = Person.objects.create(number=one.number, name=one.name, unit=units[one.unit])
        made["people"].append(person)
        made["appointments"] += [
            Appointment.objects.create(person=person, post=posts[code], since=today)
            for code in one.posts
        ]
    return made


def _is_used(kind: str, made: Mapping[str, Sequence[int]]) -> bool:
    """Whether a row outside the import refers to one of its rows."""
    model = KINDS[kind]
    for relation in model._meta.related_objects:
        if relation.field.model is Import:
            continue
        rows = relation.field.model._default_manager.filter(
            **{f"{relation.field.name}__in": made[kind]}
        )
        inside = [own for own, other in KINDS.items() if other is relation.field.model]
        for own in inside:
            rows = rows.exclude(pk__in=made[own])
        if rows.exists():
            return True
    return False
