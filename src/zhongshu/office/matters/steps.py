"""One opening and one step, within the transaction of whoever calls: gather, decide, keep, tell.

`actions` wraps them in durable transactions; `effects` has other matters follow. 一步.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from zhongshu.kernel.errors import Refused
from zhongshu.kernel.flow import act as decide
from zhongshu.kernel.flow import begin
from zhongshu.kernel.flow import case as kernel
from zhongshu.kernel.flow import commands as c
from zhongshu.kernel.flow.codec import dump_case, load_case
from zhongshu.kernel.flow.definition import Definition
from zhongshu.kernel.flow.people import Facts
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.journal import actions as journal
from zhongshu.office.people import queries as people
from zhongshu.office.refusal import Conflict, Refusal, refuse

from . import happenings, numbers, sealed, todos
from .keeping import keep_case, keep_todos, record, rename_todos
from .kinds import kind_of
from .models import Answered, Case, Draft, Matter
from .processes import by_digest, definition, released
from .safety import unsafe


class Done(NamedTuple):
    """What was done: the matter as it is now, and the number of the event that did it."""

    matter: Matter
    event: int


class Taken(NamedTuple):
    """A step that was taken, and what must follow from it elsewhere."""

    done: Done
    effects: tuple[kernel.Effect, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Opening:
    """What a new matter begins with. `due` and `need` in working minutes of the calendar;
    `register` is the one it is entered in, where its kind has several.

    `drafter` is who is to write it, if that is not who opens it; `parent` the calling matter and
    its activation, `link` why and from which matter it follows.
    """

    kind: str
    title: str
    register: str = ""
    grade: int = Matter.Grade.INTERNAL
    urgency: str = Matter.Urgency.NORMAL
    weight: int = 1
    why_weight: str = ""
    need: int = 30
    due_at: datetime | None = None
    drafter: str = ""
    parent: tuple[str, int] | None = None
    link: tuple[str, str] | None = None


def open_one(opening: Opening, by: Actor) -> Matter:
    """A new matter in draft, numbered, pinned to the released version of its process."""
    now, kind = clock.now(), kind_of(opening.kind)
    drafter = kernel.Actor(opening.drafter) if opening.drafter else kernel.Actor(by.person, by.post)
    bureau = people.bureau(at=now)
    if drafter.person not in bureau.pks:
        raise refuse("unknown", person=drafter.person)
    if bureau.sight[drafter.person].clearance < opening.grade:
        raise refuse("clearance", person=drafter.person)
    process = released(kind.process)
    year = clock.local(now).year
    series, serial = numbers.take(code=kind.counter(opening.register), year=year)
    matter = Matter(
        kind=kind.code,
        series=series,
        serial=serial,
        number=kind.number(year, serial, opening.register),
        title=opening.title,
        unit_id=bureau.units[drafter.person],
        initiator_id=bureau.pks[drafter.person],
        responsible_id=bureau.pks[drafter.person],
        grade=opening.grade,
        urgency=opening.urgency,
        weight=opening.weight,
        why_weight=opening.why_weight,
        need=opening.need,
        due_at=opening.due_at,
        due=clock.calendar().minute(opening.due_at) if opening.due_at else None,
        process=process,
        opened_at=now,
        touched_at=now,
    )
    flow = definition(process.pk)
    case = begin(
        flow,
        matter.key,
        drafter,
        clearance=opening.grade,
        parent=opening.parent,
        link=opening.link,
    )
    matter.step = todos.steps(flow, case)
    matter.save(force_insert=True)
    Case.objects.create(matter=matter, text=dump_case(case))
    journal.record(
        verb="matter.open",
        subject=f"matter:{matter.key}",
        by=by,
        facts=sealed.facts(matter) | sealed.origin(case.head),
        seals=sealed.personal(matter),
        at=now,
    )
    facts = Facts(now, clock.calendar(), bureau.directory)
    keep_todos(matter, frozenset(), todos.rows(flow, case, facts), bureau.pks)
    happenings.tell_opened(happenings.Opened(matter, by))
    return matter


def take(key: str, command: c.Command, by: Actor) -> Taken:
    """One step of one matter, or `Refusal` with all reasons."""
    matter = Matter.objects.select_related("case").filter(key=key).first()
    if matter is None:
        raise refuse("no_matter")
    now = clock.now()
    bureau, flow = people.bureau(at=now), definition(matter.process_id)
    facts = Facts(now, clock.calendar(), bureau.directory)
    before = load_case(matter.case.text)
    outcome = decide(flow, before, command, facts)
    if isinstance(outcome, Refused):
        raise Refusal(outcome)
    ends_it = unsafe(flow, before, command, bureau)
    if ends_it is not None:
        raise Refusal(Refused((ends_it,)))
    if outcome.event is None:
        return Taken(first_answer(by, command) or Done(matter, before.head.revision))
    matter.touched_at = now
    was = todos.rows(flow, before, facts)
    if isinstance(command, c.Migrate):
        flow, was = _move(matter, command, was, by)
    keep_case(matter, outcome, flow, bureau.pks)
    now_asked = todos.rows(flow, outcome.case, facts)
    rows = keep_todos(matter, was, now_asked, bureau.pks)
    record(matter, outcome.event, by, todos.unnamed(now_asked - was))
    if isinstance(command, c.Submit):
        Draft.objects.filter(matter=matter).delete()
    if command.key:
        Answered.objects.create(
            person=by.person,
            key=command.key,
            digest=digest_of(command),
            matter=matter,
            event=outcome.event.number,
        )
    happenings.tell(happenings.Step(matter, by, outcome, rows))
    return Taken(Done(matter, outcome.event.number), outcome.effects)


def _move(
    matter: Matter, command: c.Migrate, was: frozenset[todos.Row], by: Actor
) -> tuple[Definition, frozenset[todos.Row]]:
    """Pin the matter to another version, and seal that: the one it was opened with was sealed
    then. To-do rows take the new names of their steps."""
    matter.process = by_digest(command.target.digest)
    journal.record(
        verb="matter.change",
        subject=f"matter:{matter.key}",
        by=by,
        facts=sealed.facts(matter),
        at=matter.touched_at,
    )
    return command.target, rename_todos(matter, was, command.plan)


def digest_of(asked: object) -> str:
    """What tells one command, or one opening, from another."""
    return hashlib.sha256(repr(asked).encode()).hexdigest()


def first_answer(by: Actor, command: c.Command) -> Done | None:
    """The answer this command was given before, if it was; `Conflict` if it was another one."""
    return answered(by, command.key, digest_of(command))


def answered(by: Actor, key: str, digest: str) -> Done | None:
    """What was done under this key before, if anything; `Conflict` if it was something else."""
    if not key:
        return None
    kept = Answered.objects.select_related("matter").filter(person=by.person, key=key).first()
    if kept is None:
        return None
    if kept.digest != digest:
        raise Conflict(refuse("key_reused").refused)
    return Done(kept.matter, kept.event)
