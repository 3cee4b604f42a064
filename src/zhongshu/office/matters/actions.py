"""Every write about matters. One verb of the office, one durable transaction. 办.

`act` is the five steps of the house: gather facts, let the kernel decide, keep what changed under
the revision that was read, write the journal, tell. A refusal keeps nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from django.db import IntegrityError, transaction

from zhongshu.kernel.errors import Refused
from zhongshu.kernel.flow import act as decide
from zhongshu.kernel.flow import begin
from zhongshu.kernel.flow import case as kernel
from zhongshu.kernel.flow import commands as c
from zhongshu.kernel.flow.codec import dump_case, load_case
from zhongshu.kernel.flow.condition import Value
from zhongshu.kernel.flow.people import Facts
from zhongshu.office import clock
from zhongshu.office.actor import Actor, machine
from zhongshu.office.journal import actions as journal
from zhongshu.office.people import queries as people
from zhongshu.office.refusal import Conflict, Refusal, refuse

from . import happenings, numbers, sealed, todos
from .keeping import keep_case, keep_todos, record
from .kinds import kind_of
from .models import Answered, Case, Draft, Matter, Todo
from .processes import definition, released

Command = Callable[[kernel.Actor], c.Command]


class Done(NamedTuple):
    """What was done: the matter as it is now, and the number of the event that did it."""

    matter: Matter
    event: int


@dataclass(frozen=True, kw_only=True)
class Opening:
    """What a new matter begins with. `due` and `need` in working minutes of the calendar;
    `register` is the one it is entered in, where its kind has several."""

    kind: str
    title: str
    register: str = ""
    grade: int = Matter.Grade.INTERNAL
    urgency: str = Matter.Urgency.NORMAL
    weight: int = 1
    why_weight: str = ""
    need: int = 30
    due_at: datetime | None = None


def open_matter(
    *, opening: Opening, by: Actor, form: Mapping[str, Value] | None = None, once: str = ""
) -> Matter:
    """A new matter in draft, numbered, pinned to the released version of its process; `form` is
    what was typed so far. With `once`, pressed twice it is still one matter.

    Part of the caller's transaction or one of its own.
    """
    digest = hashlib.sha256(repr((opening, sorted((form or {}).items()))).encode()).hexdigest()
    try:
        with transaction.atomic():
            matter = _open(opening, by)
            if form:
                Draft.objects.create(matter=matter, form=dict(form), at=matter.opened_at)
            if once:
                Answered.objects.create(
                    person=by.person, key=once, digest=digest, matter=matter, event=0
                )
            return matter
    except IntegrityError:
        first = _first_answer(by, once, digest)
        if first is None:
            raise
        return first.matter


def save_draft(*, key: str, form: Mapping[str, Value], by: Actor) -> None:
    """Keep what the drafter has typed; nothing of it is sent. Only while it is his to write."""
    with transaction.atomic(durable=True):
        todo = Todo.What.REVISE
        mine = Matter.objects.filter(key=key, todos__what=todo, todos__person__key=by.person)
        matter = mine.first()
        if matter is None:
            raise refuse("not_drafter")
        Draft.objects.update_or_create(
            matter=matter, defaults={"form": dict(form), "at": clock.now()}
        )
        journal.record(verb="matter.save", subject=f"matter:{matter.key}", by=by)


def _open(opening: Opening, by: Actor) -> Matter:
    now, kind = clock.now(), kind_of(opening.kind)
    bureau = people.bureau(at=now)
    if by.person not in bureau.pks:
        raise refuse("unknown", person=by.person)
    if bureau.sight[by.person].clearance < opening.grade:
        raise refuse("clearance", person=by.person)
    process = released(kind.process)
    year = clock.local(now).year
    series, serial = numbers.take(code=kind.counter(opening.register), year=year)
    matter = Matter(
        kind=kind.code,
        series=series,
        serial=serial,
        number=kind.number(year, serial, opening.register),
        title=opening.title,
        unit_id=bureau.units[by.person],
        initiator_id=bureau.pks[by.person],
        responsible_id=bureau.pks[by.person],
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
    case = begin(flow, matter.key, kernel.Actor(by.person, by.post), clearance=opening.grade)
    matter.step = todos.steps(flow, case)
    matter.save(force_insert=True)
    Case.objects.create(matter=matter, text=dump_case(case))
    journal.record(
        verb="matter.open",
        subject=f"matter:{matter.key}",
        by=by,
        facts=sealed.facts(matter),
        seals=sealed.personal(matter),
        at=now,
    )
    facts = Facts(now, clock.calendar(), bureau.directory)
    keep_todos(matter, frozenset(), todos.rows(flow, case, facts), bureau.pks)
    happenings.tell_opened(happenings.Opened(matter, by))
    return matter


def act(*, key: str, command: Command, by: Actor, once: str = "") -> Done:
    """Take one step of the flow of a matter, whole and durable, or raise `Refusal`.

    `command` makes the kernel's command for who acts. With `once`, the same command again gives
    the first answer, and another command under the same name is a `Conflict`.
    """
    made = command(kernel.Actor(by.person, by.post))
    if once:
        made = replace(made, key=once)
    try:
        with transaction.atomic(durable=True):
            return _step(key, made, by)
    except (IntegrityError, Refusal) as no:
        first = _answered(made, by)
        if first is not None:
            return first
        if isinstance(no, Refusal):
            raise
        raise Conflict(refuse("moved_on").refused) from no


def step(*, key: str, command: Command, by: Actor) -> Done:
    """As `act`, within the transaction of a caller who keeps something else with the same step."""
    return _step(key, command(kernel.Actor(by.person, by.post)), by)


def tick(*, key: str) -> None:
    """Let time do to one matter what it has to: reminders, loans back, lapsed copies."""
    act(key=key, command=c.Tick, by=machine("clock"))


def reseat(*, key: str) -> None:
    """Look again who sits where, after people left, returned or changed posts."""
    act(key=key, command=c.Reseat, by=machine("people"))


def _step(key: str, command: c.Command, by: Actor) -> Done:
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
    if outcome.event is None:
        return _answered(command, by) or Done(matter, before.head.revision)
    matter.touched_at = now
    keep_case(matter, outcome, flow, bureau.pks)
    was, now_asked = todos.rows(flow, before, facts), todos.rows(flow, outcome.case, facts)
    rows = keep_todos(matter, was, now_asked, bureau.pks)
    record(matter, outcome.event, by, todos.unnamed(now_asked - was))
    if isinstance(command, c.Submit):
        Draft.objects.filter(matter=matter).delete()
    if command.key:
        Answered.objects.create(
            person=by.person,
            key=command.key,
            digest=_digest(command),
            matter=matter,
            event=outcome.event.number,
        )
    happenings.tell(happenings.Step(matter, by, outcome, rows))
    return Done(matter, outcome.event.number)


def _digest(command: c.Command) -> str:
    return hashlib.sha256(repr(command).encode()).hexdigest()


def _answered(command: c.Command, by: Actor) -> Done | None:
    """The answer this command was given before, if it was; `Conflict` if it was another one."""
    return _first_answer(by, command.key, _digest(command))


def _first_answer(by: Actor, key: str, digest: str) -> Done | None:
    if not key:
        return None
    kept = Answered.objects.select_related("matter").filter(person=by.person, key=key).first()
    if kept is None:
        return None
    if kept.digest != digest:
        raise Conflict(refuse("key_reused").refused)
    return Done(kept.matter, kept.event)
