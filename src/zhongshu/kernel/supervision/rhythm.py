"""When a task is reported on, chased, and reminded of before its time is over. 报告节奏与催办.

Reporting by class and the ladder of chasing follow rules of single places ([V~]); the points of
reminding are ours ([G]).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from zhongshu.kernel.worktime import Calendar, Limit

from .rules import LADDER, Rhythm, Rules

HALF_YEAR = 120  # working days; what takes longer is reported on by the quarter at least


def next_report(
    calendar: Calendar, rhythm: Rhythm, start: datetime, last: datetime | None, due: int
) -> int:
    """The ordinal at which the next report is due: never after the task itself is.

    The first so many working days after the start, the others so many after the last one.
    """
    since, days = (start, rhythm.first) if last is None else (last, rhythm.every)
    return min(calendar.due(since, Limit(days, "days")), due)


def default_due(calendar: Calendar, rhythm: Rhythm, start: datetime) -> date:
    """The day a task of this class is due when nobody wrote another: in working days."""
    return calendar.day(calendar.deadline(start, Limit(rhythm.limit, "days")).at)


def reminders(start: int, due: int, rules: Rules) -> tuple[int, ...]:
    """When to remind before the due time: at half, at four fifths, three days and one day before.

    In order, without those that lie before the start.
    """
    day, whole = rules.number["day"], due - start
    points = {start + whole // 2, start + whole * 4 // 5, due - 3 * day, due - day}
    return tuple(sorted(point for point in points if start < point < due))


def rung(chases: int) -> tuple[str, str, str]:
    """How the next chase is made, after so many since the last report: code, Chinese, English.

    By phone, in writing, on the spot, and then the task is to be named in the bulletin.
    """
    if chases < 0:
        raise ValueError("a count of chases is not negative")
    return LADDER[min(chases, len(LADDER) - 1)]


def chases_since(chased: Sequence[int], reported: int | None) -> int:
    """How many chases came after the last report: a report starts the ladder anew."""
    return sum(1 for at in chased if reported is None or at > reported)
