"""What a step writes: the case over the revision that was read, to-do rows, the event. 保存.

Part of the transaction of an action; nothing here decides anything.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from zhongshu.kernel.flow import case as kernel
from zhongshu.kernel.flow.codec import dump_case, dump_event
from zhongshu.kernel.flow.definition import Definition
from zhongshu.kernel.flow.waking import wakes_at
from zhongshu.office.actor import Actor
from zhongshu.office.journal import actions as journal
from zhongshu.office.refusal import Conflict, refuse

from . import todos
from .models import Case, Event, Matter, Participant, Todo
from .queries import NEVER


def keep_case(
    matter: Matter, outcome: kernel.Outcome, flow: Definition, pks: Mapping[str, int]
) -> None:
    """Write the case and what lists show of it, but only over the revision that was read."""
    case, read = outcome.case, matter.revision
    ended = case.state in kernel.ENDED
    after = {
        "revision": read + 1,
        "state": case.state,
        "step": todos.steps(flow, case),
        "wake": wakes_at(case),
        "touched_at": matter.touched_at,
        "closed_at": (matter.closed_at or matter.touched_at) if ended else None,
        "responsible_id": _responsible(matter, case, pks),
        "process_id": matter.process_id,
    }
    if not Matter.objects.filter(pk=matter.pk, revision=read).update(**after):
        raise Conflict(refuse("moved_on").refused)
    for name, value in after.items():
        setattr(matter, name, value)
    matter.case.text = dump_case(case)
    Case.objects.filter(pk=matter.pk).update(text=matter.case.text)


def _responsible(matter: Matter, case: kernel.Case, pks: Mapping[str, int]) -> int:
    """The one who answers for the matter now: whoever holds its oldest open step, or drafts it;
    once it is closed, or while nobody has claimed it, whoever did so last."""
    if case.state in kernel.DRAFTING:
        return pks.get(case.head.drafters[-1], matter.responsible_id)
    holders = [
        slot.holder
        for act_ in case.acts.values()
        if act_.state == "open" and act_.mark == ""
        for slot in act_.slots
        if slot.state in {"open", "lent"} and slot.holder
    ]
    return pks.get(holders[0], matter.responsible_id) if holders else matter.responsible_id


def keep_todos(
    matter: Matter,
    before: frozenset[todos.Row],
    after: frozenset[todos.Row],
    pks: Mapping[str, int],
) -> tuple[Todo, ...]:
    """Take away what is done, add what is new; the people it comes to take part from now on."""
    gone, fresh = before - after, after - before
    for row in gone:
        Todo.objects.filter(
            matter=matter, person_id=pks[row.person], what=row.what, slot=row.slot
        ).delete()
    new = tuple(_todo(matter, row, pks[row.person]) for row in sorted(fresh))
    if new:
        Todo.objects.bulk_create(new)
        Participant.objects.bulk_create(
            [
                Participant(matter=matter, person_id=person, since=matter.touched_at)
                for person in dict.fromkeys(row.person_id for row in new)
            ],
            ignore_conflicts=True,
        )
    return new


def rename_todos(
    matter: Matter, rows: frozenset[todos.Row], names: Mapping[str, str]
) -> frozenset[todos.Row]:
    """The same rows where steps are called otherwise: nobody is asked anew for a name."""
    for row in rows:
        if row.node in names:
            same = Todo.objects.filter(matter=matter, what=row.what, slot=row.slot)
            same.update(node=names[row.node])
    return frozenset(row._replace(node=names.get(row.node, row.node)) for row in rows)


def _todo(matter: Matter, row: todos.Row, person: int) -> Todo:
    due = next((one for one in (row.due, matter.due) if one is not None), NEVER)
    return Todo(
        matter=matter,
        person_id=person,
        what=row.what,
        slot=row.slot,
        node=row.node,
        via=row.via,
        behalf=row.behalf,
        at=matter.touched_at,
        due=due,
        weight=matter.weight,
        need=matter.need,
        start_by=due - matter.need,
    )


def record(matter: Matter, event: kernel.Event, by: Actor, came: tuple[str, ...] = ()) -> None:
    """The event whole, and its line in the journal with the digest of it, and with whom it came to
    that it does not name."""
    text = dump_event(event)
    entry = journal.record(
        verb=f"flow.{event.verb}",
        subject=f"matter:{matter.key}",
        by=by,
        facts={
            "event": str(event.number),
            "digest": hashlib.sha256(text.encode()).hexdigest(),
            "revision": str(matter.revision),
            **({"came": " ".join(came)} if came else {}),
        },
        at=matter.touched_at,
    )
    Event.objects.create(
        matter=matter,
        number=event.number,
        verb=event.verb,
        person=by.person,
        at=matter.touched_at,
        text=text,
        entry=entry,
    )
