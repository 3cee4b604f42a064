"""When a task is reported on, chased, and reminded of before its time is over. 报告节奏与催办.

Reporting by class and the ladder of chasing follow rules of single places ([V~]); the points of
reminding are ours ([G]).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

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


class Reminder(NamedTuple):
    """When to remind, and of what: `first`, `second`, `early`, `last` of the due time, `report`."""

    at: int
    what: str


def reminders(start: int, due: int, rules: Rules) -> tuple[Reminder, ...]:
    """When to remind before the due time: at two shares of it, and at two distances from its end.

    In order, without those that do not lie between the start and the due time; of two at the same
    minute the more pressing one.
    """
    number, whole = rules.number, due - start
    points = {
        start + whole * number["remind_first"] // 100: "first",
        start + whole * number["remind_second"] // 100: "second",
        due - number["remind_early"] * number["day"]: "early",
        due - number["remind_last"] * number["day"]: "last",
    }
    return tuple(Reminder(at, what) for at, what in sorted(points.items()) if start < at < due)


def next_reminder(
    start: int, due: int, next_report: int | None, after: int, rules: Rules
) -> Reminder | None:
    """The first thing to remind of after this minute; None when nothing is left.

    Of a report that is due with the task itself nobody is reminded apart.
    """
    found = [one for one in reminders(start, due, rules) if one.at > after]
    if next_report is not None and next_report < due:
        at = next_report - rules.number["remind_report"] * rules.number["day"]
        if at > max(start, after):
            found.append(Reminder(at, "report"))
    return min(found, default=None)


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
