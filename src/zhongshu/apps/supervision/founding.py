"""How a task comes into being, within the transaction of whoever establishes it. 立项."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from zhongshu.kernel.flow.condition import Value
from zhongshu.kernel.supervision.consent import refuse_lead
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.journal import actions as journal
from zhongshu.office.matters import accompany, asking, origins
from zhongshu.office.matters import actions as matters
from zhongshu.office.matters.models import Link, Matter
from zhongshu.office.matters.queries import was_answered
from zhongshu.office.people import queries as people
from zhongshu.office.people.models import Unit
from zhongshu.office.refusal import keep, refuse

from .models import DueChange, Milestone, Phase, Recurrence, Task
from .standing import rules, settle

WEIGHTS = {
    Task.Source.EMERGENCY: (8, "应急事项"),
    Task.Source.SUPERIOR_INSTRUCTION: (8, "上级领导批示"),
    Task.Source.SUPERIOR_DOCUMENT: (5, "上级部署"),
    Task.Source.OWN_INSTRUCTION: (5, "领导批示"),
    Task.Source.TARGET: (3, "年度目标"),
    Task.Source.MEETING: (3, "会议议定"),
    Task.Source.INSPECTION: (3, "检查整改"),
}
NEED = 60  # working minutes somebody has to put in before he can hand in a result


@dataclass(frozen=True)
class Point:
    """A milestone: what, until when, how much of the whole that is."""

    name: str
    due_on: date
    percent: int


@dataclass(frozen=True, kw_only=True)
class Establishing:
    """What a task begins with. `leader` is the key of who instructed it; `born_of` the matter it
    came out of, `origin` what else it did; `once` makes two presses of the button one task."""

    title: str
    source: str
    rhythm: str
    requirement: str
    lead: str
    due_on: date
    source_ref: str = ""
    source_words: str = ""
    assists: tuple[str, ...] = ()
    leader: str = ""
    urgency: str = Matter.Urgency.NORMAL
    grade: int = Matter.Grade.INTERNAL
    points: tuple[Point, ...] = ()
    born_of: Matter | None = None
    origin: str = ""
    recurrence: Recurrence | None = None
    once: str = ""


def found(new: Establishing, by: Actor, *, submit: bool = True) -> Matter:
    """The matter and its task; on its way to whoever approves it unless it stays a draft."""
    keep(refuse_lead(new.lead, new.assists))
    due = clock.calendar().ends(clock.now(), new.due_on, close=True)
    if due.minute <= clock.calendar().minute(clock.now()):
        raise refuse("due_needed")
    _in_order(new)
    if new.origin and origins.told(new.origin, seen_by=by) is None:
        raise refuse("no_origin")
    again = was_answered(by=by, once=new.once)
    matter = matters.open_matter(
        opening=_opening(new, due.at), by=by, form=_form(new), once=new.once
    )
    if again:
        return matter
    task = _task(new, matter, due.at)
    if new.born_of is not None:
        accompany.join(earlier=new.born_of, later=matter, why=Link.Why.SUPERVISED, by=by)
    journal.record(
        verb="supervision.establish",
        subject=f"matter:{matter.key}",
        by=by,
        facts={
            "source": new.source,
            "lead": new.lead,
            "due": str(task.due),
            **({"origin": new.origin} if new.origin else {}),
        },
    )
    if submit:
        said = asking.Said(changes=_form(new))
        matters.step(key=matter.key, command=asking.command("submit", said), by=by)
    return matter


def _in_order(new: Establishing) -> None:
    """Milestones go up in time and in percent, and end before the due time."""
    points = [(point.due_on, point.percent) for point in new.points]
    up = all(a[0] < b[0] and a[1] <= b[1] for a, b in pairwise(points))
    if not up or any(day > new.due_on or not 0 <= percent <= 100 for day, percent in points):
        raise refuse("milestones")


def _opening(new: Establishing, due: datetime) -> matters.Opening:
    weight, why = WEIGHTS.get(Task.Source(new.source), (2, "督办事项"))
    return matters.Opening(
        kind="supervision",
        title=new.title,
        grade=new.grade,
        urgency=new.urgency,
        weight=weight,
        why_weight=why,
        need=NEED,
        due_at=due,
    )


def _form(new: Establishing) -> dict[str, Value]:
    """The fields of the flow."""
    said: dict[str, Value] = {
        "requirement": new.requirement,
        "source_words": new.source_words,
        "due_on": new.due_on.isoformat(),
        "lead_unit": new.lead,
        "assist_units": new.assists,
        "leader": new.leader,
    }
    return {name: value for name, value in said.items() if value}


def _task(new: Establishing, matter: Matter, due: datetime) -> Task:
    calendar, now = clock.calendar(), clock.now()
    unit = Unit.objects.filter(code=new.lead).first()
    if unit is None:
        raise refuse("one_lead")
    task = Task(
        matter=matter,
        source=new.source,
        source_ref=new.source_ref,
        source_words=new.source_words,
        rhythm=new.rhythm,
        requirement=new.requirement,
        lead=unit,
        leader_id=people.bureau().pks.get(new.leader),
        recurrence=new.recurrence,
        origin=new.origin,
        phase=Phase.DRAFT,
        start=calendar.minute(now),
        due=calendar.minute(due),
        first_due_at=due,
    )
    task.save(force_insert=True)
    task.assists.set(Unit.objects.filter(code__in=new.assists))
    Milestone.objects.bulk_create(
        Milestone(
            task=task,
            name=point.name,
            due_on=point.due_on,
            due=calendar.close(point.due_on),
            percent=point.percent,
        )
        for point in new.points
    )
    DueChange.objects.create(
        task=task, after_at=due, why="立项时限", by_id=matter.initiator_id, at=now
    )
    settle(task, rules())
    return task
