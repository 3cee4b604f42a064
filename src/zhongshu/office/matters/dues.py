"""Another due time for a matter, on somebody's decision. 改办结时限.

Part of the transaction of a caller who keeps why: here is no rule about who may.
"""

from __future__ import annotations

from datetime import datetime

from zhongshu.kernel.flow.codec import load_case
from zhongshu.kernel.flow.people import Facts
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.journal import actions as journal
from zhongshu.office.people import queries as people

from . import sealed, todos
from .models import Case, Matter, Todo
from .processes import definition


def move(*, matter: Matter, to: datetime, by: Actor) -> None:
    """The matter is due then, and so is whatever has no limit of its own. The journal keeps it."""
    now = clock.now()
    matter.due_at, matter.due = to, clock.calendar().minute(to)
    Matter.objects.filter(pk=matter.pk).update(due_at=to, due=matter.due)
    flow, case = definition(matter.process_id), load_case(Case.objects.get(pk=matter.pk).text)
    facts = Facts(now, clock.calendar(), people.directory(at=now))
    pks = people.bureau(at=now).pks
    for row in todos.rows(flow, case, facts):
        if row.due is None:
            mine = Todo.objects.filter(
                matter=matter, person_id=pks[row.person], what=row.what, slot=row.slot
            )
            mine.update(due=matter.due, start_by=matter.due - matter.need)
    journal.record(
        verb="matter.change",
        subject=f"matter:{matter.key}",
        by=by,
        facts=sealed.facts(matter),
        seals=sealed.personal(matter),
        at=now,
    )
