"""督办简报: issued with a number and with what stood then, so that the next tells the change."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from zhongshu.apps.supervision.models import Bulletin
from zhongshu.apps.supervision.powers import establishes
from zhongshu.apps.supervision.queries import standing
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.journal import actions as journal
from zhongshu.office.people import queries as people
from zhongshu.office.refusal import refuse

WEEK = timedelta(days=7)


def issue(*, by: Actor) -> Bulletin:
    """The next bulletin of the year: from the last one, or of the last week, until now."""
    if not establishes(by):
        raise refuse("not_the_office")
    with transaction.atomic(durable=True):
        now = clock.now()
        year = clock.local(now).year
        last = Bulletin.objects.first()
        row = Bulletin.objects.create(
            number=_next(last, year),
            year=year,
            since=_since(last, now),
            until=now,
            standing=standing(seen_by=by),
            by_id=people.bureau().pks[by.person],
        )
        facts = {"number": str(row.number), "year": str(year)}
        subject = f"bulletin:{row.key}"
        journal.record(verb="supervision.issue_bulletin", subject=subject, by=by, facts=facts)
        return row


def _next(last: Bulletin | None, year: int) -> int:
    return last.number + 1 if last and last.year == year else 1


def _since(last: Bulletin | None, now: datetime) -> datetime:
    return last.until if last else now - WEEK
