"""常态化事项: kept once, established anew each time its day has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from zhongshu.apps.supervision.founding import Establishing, found
from zhongshu.apps.supervision.models import Recurrence, Task
from zhongshu.apps.supervision.powers import establishes
from zhongshu.kernel.worktime import Limit
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.journal import actions as journal
from zhongshu.office.matters.models import Matter
from zhongshu.office.people import queries as people
from zhongshu.office.people.models import Unit
from zhongshu.office.refusal import refuse

MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, kw_only=True)
class Recurring:
    """What comes again: what, for whom, how often, how long it may take, when it begins."""

    title: str
    requirement: str
    rhythm: str
    lead: str
    every: str
    days: int
    next_on: date
    source_ref: str = ""


def keep_recurring(*, new: Recurring, by: Actor) -> Recurrence:
    """Keep a task that is to be established again and again."""
    if not establishes(by):
        raise refuse("not_the_office")
    with transaction.atomic(durable=True):
        row = Recurrence.objects.create(
            title=new.title,
            requirement=new.requirement,
            rhythm=new.rhythm,
            source_ref=new.source_ref,
            lead=Unit.objects.get(code=new.lead),
            every=new.every,
            days=new.days,
            next_on=new.next_on,
            by_id=people.bureau().pks[by.person],
            at=clock.now(),
        )
        journal.record(verb="supervision.keep_recurring", subject=f"recurring:{row.key}", by=by)
        return row


def open_recurring(*, key: str, by: Actor) -> Matter:
    """Establish it for this time, and move on to the next. Refused before its day."""
    if not establishes(by):
        raise refuse("not_the_office")
    with transaction.atomic(durable=True):
        today = clock.local(clock.now()).date()
        row = Recurrence.objects.select_related("lead").filter(key=key, next_on__lte=today).first()
        if row is None or row.next_on is None:
            raise refuse("not_running")
        moved = Recurrence.objects.filter(pk=row.pk, next_on=row.next_on)
        if not moved.update(next_on=after(row.next_on, row.every)):
            raise refuse("not_running")
        calendar = clock.calendar()
        due = calendar.day(calendar.deadline(clock.now(), Limit(row.days, "days")).at)
        new = Establishing(
            title=f"{row.title}（{row.next_on:%Y-%m-%d}）",
            source=Task.Source.TARGET if row.rhythm == "target" else Task.Source.MEETING,
            rhythm=row.rhythm,
            requirement=row.requirement,
            source_ref=row.source_ref,
            lead=row.lead.code,
            due_on=due,
            recurrence=row,
        )
        return found(new, by)


def after(day: date, every: str) -> date:
    """The next time: a week later, or the same day of a later month, or its last one."""
    if every == "week":
        return day + timedelta(days=7)
    month = day.month - 1 + MONTHS[every]
    year, month = day.year + month // 12, month % 12 + 1
    for last in range(day.day, 27, -1):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    return date(year, month, min(day.day, 28))
