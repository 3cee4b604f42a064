"""到期前提醒: sent by the clock by the published rhythm, each once, and only in working time."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from zhongshu.apps.supervision.models import Phase, Task
from zhongshu.apps.supervision.powers import LEADS
from zhongshu.apps.supervision.standing import rules
from zhongshu.kernel.supervision.rhythm import next_reminder
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.journal import actions as journal
from zhongshu.office.matters.models import Todo
from zhongshu.office.notices import actions as notices
from zhongshu.office.notices.sentences import register

BATCH = 200
WORKERS = (*LEADS, "assist")
MINUTE = timedelta(minutes=1)

register(
    "supervision.first", 0, "督办时限还有 {days} 个工作日", "{days} working day(s) to the due time"
)
register(
    "supervision.second",
    1,
    "督办时限将到，{days} 个工作日内到期",
    "due within {days} working day(s)",
)
register(
    "supervision.early",
    1,
    "督办时限将到，{days} 个工作日内到期",
    "due within {days} working day(s)",
)
register(
    "supervision.last",
    2,
    "督办时限将到，{days} 个工作日内到期；办不完的，到期前申请延期",
    "due within {days} working day(s); apply for more time before it is over",
)
register(
    "supervision.report",
    1,
    "督办进展 {days} 个工作日内应报",
    "a report of progress is due within {days} working day(s)",
)


def remind(*, by: Actor) -> int:
    """Send every reminder whose minute has come; how many tasks. Outside working time none: they
    go out when work begins. What was missed while nothing ran is told once, as the latest of it."""
    now = clock.now()
    if not _working(now):
        return 0
    waiting = Task.objects.filter(
        remind_at__lte=clock.calendar().minute(now), phase=Phase.DOING
    ).order_by("remind_at", "pk")
    return sum(_remind(pk, now, by) for pk in list(waiting.values_list("pk", flat=True)[:BATCH]))


def _working(now: datetime) -> bool:
    """Whether the clock of working minutes runs."""
    calendar = clock.calendar()
    return calendar.minute(now + MINUTE) > calendar.minute(now)


def _remind(pk: int, now: datetime, by: Actor) -> bool:
    """One task, in its own transaction; whoever comes second finds it told already."""
    with transaction.atomic(durable=True):
        task = Task.objects.select_related("matter").get(pk=pk)
        at, what, edition = task.remind_at, task.remind_what, rules()
        minute = clock.calendar().minute(now)
        following = next_reminder(task.start, task.due, task.next_report, minute, edition)
        mine = Task.objects.filter(pk=pk, remind_at=at, remind_what=what, phase=Phase.DOING)
        told = following or (None, "")
        if at is None or not mine.update(remind_at=told[0], remind_what=told[1]):
            return False
        until = task.next_report if what == "report" else task.due
        if until is None or until < minute:
            return False  # over already: the light says so, and nobody is told it is still ahead
        sent = notices.tell(
            persons=_workers(task, what),
            words=f"supervision.{what}",
            about={"days": str(max(1, -(-(until - minute) // edition.number["day"])))},
            matter=task.matter,
        )
        journal.record(
            verb="supervision.remind",
            subject=f"matter:{task.matter.key}",
            by=by,
            facts={"what": what, "told": " ".join(sent)},
            at=now,
        )
        return True


def _workers(task: Task, what: str) -> list[str]:
    """Who has it in hand: the lead alone for a report, the assisting sections too for the end."""
    nodes = LEADS if what == "report" else WORKERS
    held = Todo.objects.filter(matter=task.matter_id, node__in=nodes).exclude(what=Todo.What.READ)
    return list(held.order_by("pk").values_list("person__key", flat=True))
