"""Every write about matters. One verb of the office, one durable transaction. 办.

`act` is the five steps of the house: gather facts, let the kernel decide, keep what changed under
the revision that was read, write the journal, tell. A refusal keeps nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from django.db import DatabaseError, IntegrityError, transaction

from zhongshu.kernel.flow import case as kernel
from zhongshu.kernel.flow import commands as c
from zhongshu.kernel.flow.condition import Value
from zhongshu.office import clock
from zhongshu.office.actor import Actor, machine
from zhongshu.office.journal import actions as journal
from zhongshu.office.refusal import Conflict, Refusal, refuse

from .effects import run
from .models import Answered, Draft, Matter, Todo
from .steps import Done, Opening, answered, digest_of, first_answer, open_one

RACES = {"40001", "40P01"}  # PostgreSQL: serialisation failure, deadlock
Command = Callable[[kernel.Actor], c.Command]


def open_matter(
    *, opening: Opening, by: Actor, form: Mapping[str, Value] | None = None, once: str = ""
) -> Matter:
    """A new matter in draft, numbered, pinned to the released version of its process; `form` is
    what was typed so far. With `once`, pressed twice it is still one matter.

    Part of the caller's transaction or one of its own.
    """
    digest = digest_of((opening, sorted((form or {}).items())))
    try:
        with transaction.atomic():
            matter = open_one(opening, by)
            if form:
                Draft.objects.create(matter=matter, form=dict(form), at=matter.opened_at)
            if once:
                Answered.objects.create(
                    person=by.person, key=once, digest=digest, matter=matter, event=0
                )
            return matter
    except IntegrityError:
        first = answered(by, once, digest)
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
            return run(key, made, by)
    except (DatabaseError, Refusal) as no:
        if isinstance(no, DatabaseError) and not _lost_a_race(no):
            raise
        first = first_answer(by, made)
        if first is not None:
            return first
        if isinstance(no, Refusal):
            raise
        raise Conflict(refuse("moved_on").refused) from no


def step(*, key: str, command: Command, by: Actor) -> Done:
    """As `act`, within the transaction of a caller who keeps something else with the same step."""
    return run(key, command(kernel.Actor(by.person, by.post)), by)


def tick(*, key: str) -> None:
    """Let time do to one matter what it has to: reminders, loans back, lapsed copies."""
    act(key=key, command=c.Tick, by=machine("clock"))


def reseat(*, key: str) -> None:
    """Look again who sits where, after people left, returned or changed posts."""
    act(key=key, command=c.Reseat, by=machine("people"))


def _lost_a_race(why: DatabaseError) -> bool:
    """Whether two steps wanted the same rows, and the database let the other go first."""
    return isinstance(why, IntegrityError) or getattr(why.__cause__, "sqlstate", "") in RACES


__all__ = ["Done", "Opening", "act", "open_matter", "reseat", "save_draft", "step", "tick"]
