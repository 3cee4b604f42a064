"""Where a task stands, counted by the kernel out of its rows: its phase and its light. 灯与阶段."""

from __future__ import annotations

from datetime import datetime

from zhongshu.kernel.flow.case import Case
from zhongshu.kernel.supervision import lights
from zhongshu.kernel.supervision.rhythm import next_reminder, next_report
from zhongshu.kernel.supervision.rules import SHIPPED, Rules
from zhongshu.office import clock

from .models import Edition, Phase, Task

ENDS = {
    "approved": Phase.FILED,
    "rejected": Phase.REFUSED,
    "suspended": Phase.PAUSED,
    "draft": Phase.DRAFT,
    "returned": Phase.DRAFT,
}
STEPS = (
    ({"establish"}, Phase.ESTABLISHING),
    ({"lead", "redo", "assist"}, Phase.DOING),
    ({"check"}, Phase.CHECKING),
)


def rules(at: datetime | None = None) -> Rules:
    """The edition in force: the last that was approved and has begun, or the one shipped."""
    today = clock.local(at or clock.now()).date()
    found = Edition.objects.filter(approved_at__isnull=False, since__lte=today).first()
    if found is None:
        return SHIPPED
    return SHIPPED.amended(found.changes, since=found.since, source=found.source)


def open_nodes(case: Case) -> set[str]:
    """The nodes at which somebody is asked now."""
    return {act.node for act in case.acts.values() if act.state == "open" and act.mark == ""}


def phase_of(case: Case) -> Phase:
    """The phase that the state of the flow means; what ended without a result was dropped."""
    if case.state != "running":
        return ENDS.get(case.state, Phase.DROPPED)
    nodes = open_nodes(case)
    return next((phase for names, phase in STEPS if names & nodes), Phase.CLOSED)


def facts(task: Task) -> lights.Task:
    """What the kernel computes the light from. Reads the milestones."""
    minute = clock.calendar().minute
    start = min(task.start, task.due - 1)
    marks = [
        lights.Milestone(one.due, one.percent, one.met_at is not None)
        for one in task.milestones.all()
        if start < one.due <= task.due
    ]
    return lights.Task(
        start,
        task.due,
        task.progress,
        minute(task.reported_at) if task.reported_at else None,
        task.next_report,
        tuple(marks),
        minute(task.delivered_at) if task.delivered_at else None,
        accepted=task.phase in {Phase.CLOSED, Phase.FILED},
        paused=task.phase not in {Phase.DOING, Phase.CHECKING, Phase.CLOSED, Phase.FILED},
    )


def shown(task: Task, edition: Rules) -> lights.Shown:
    """The light of a task now, with its reasons."""
    return lights.light(facts(task), clock.calendar().minute(clock.now()), edition)


def settle(task: Task, edition: Rules) -> None:
    """Count anew when its next report is due, when to remind of what, and from when its light
    turns; and keep the task."""
    calendar, rhythm = clock.calendar(), edition.rhythm[task.rhythm]
    task.next_report = None
    if task.phase == Phase.DOING and task.assigned_at:
        task.next_report = next_report(
            calendar, rhythm, task.assigned_at, task.reported_at, task.due
        )
    _remind(task, edition)
    found = lights.turns(facts(task), edition)
    task.amber, task.red = found.amber, found.red
    task.save()


def _remind(task: Task, edition: Rules) -> None:
    """When somebody is next reminded. What is due already and was not sent yet stays."""
    now = clock.calendar().minute(clock.now())
    waits = task.remind_at is not None and task.remind_at <= now
    if task.phase == Phase.DOING and task.assigned_at and waits:
        return
    found = None
    if task.phase == Phase.DOING and task.assigned_at:
        found = next_reminder(task.start, task.due, task.next_report, now, edition)
    task.remind_at, task.remind_what = found or (None, "")
