"""Periods as the law counts them.

Civil Code, general part: hours run from the moment set, and of days, months and years the first
day is not counted (article 201, [V]); a period in months ends on the corresponding day or, where
the month has none, on its last (202, [V]); when the last day is a statutory rest day the period
ends on the day after the rest, and the last day runs to 24:00, or to close of business where
there are business hours (203, [V]); other laws and agreements may differ (204, [V]). Periods of
administrative permits are working days (Administrative Licensing Law, 82, [V]).

Whether an ordinary Saturday or Sunday counts as a statutory rest day is practice and not text
([G]), hence `weekends`. A make-up working Saturday is a working day: it counts, and nothing rolls
over it. A bureau's own closed day is no statutory rest day: nothing rolls over it either.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from .calendar import Calendar, Limit, Moment
from .model import Kind

Roll = Literal["forward", "none", "backward"]
End = Literal["midnight", "close"]
Measure = Literal["hours", "days", "months", "years", "working_minutes", "working_days"]


@dataclass(frozen=True, slots=True)
class Period:
    """A period with its rule. `basis` names the provision it rests on, with its strength.

    `counts_first` includes the first day, for the laws and agreements that say so; it concerns
    days, months and years only. Rolling and `end` concern them only, too: hours and working
    minutes end at their minute, working days at close of work. `ValueError` when `amount` is less
    than one.
    """

    amount: int
    measure: Measure
    basis: str
    roll: Roll = "forward"
    end: End = "midnight"
    weekends: bool = True
    counts_first: bool = False

    def __post_init__(self) -> None:
        if self.amount < 1:
            raise ValueError("a period is at least one long")


@dataclass(frozen=True, slots=True)
class Until:
    """A date written in a document. It always wins, and by default it does not roll."""

    day: date
    basis: str
    roll: Roll = "none"
    end: End = "close"
    weekends: bool = True


Rule = Limit | Period | Until


def resolve(calendar: Calendar, start: datetime, rule: Rule) -> Moment:
    """When a rule set at `start` ends. `ValueError` as in `Calendar`."""
    if isinstance(rule, Limit):
        return calendar.deadline(start, rule)
    if isinstance(rule, Until):
        return _close(calendar, start, rule.day, rule)
    if rule.measure == "working_minutes":
        return calendar.add(start, rule.amount)
    if rule.measure == "working_days":
        return calendar.deadline(start, Limit(rule.amount, "days"))
    if rule.measure == "hours":
        at = start.astimezone(UTC) + timedelta(hours=rule.amount)
        return Moment(at, calendar.minute(at), calendar.forecast(start, at))
    return _close(calendar, start, _last(calendar.day(start), rule), rule)


def _last(first: date, period: Period) -> date:
    back = timedelta(days=1 if period.counts_first else 0)
    if period.measure == "days":
        return first + timedelta(days=period.amount) - back
    months = period.amount * (12 if period.measure == "years" else 1)
    return _corresponding(first, months) - back


def _corresponding(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _close(calendar: Calendar, start: datetime, last: date, rule: Period | Until) -> Moment:
    return calendar.ends(start, _rolled(calendar, last, rule), close=rule.end == "close")


def _rolled(calendar: Calendar, day: date, rule: Period | Until) -> date:
    if rule.roll == "none":
        return day
    resting = {Kind.HOLIDAY, Kind.REST} if rule.weekends else {Kind.HOLIDAY}
    step = timedelta(days=1 if rule.roll == "forward" else -1)
    while calendar.kind(day) in resting:
        day += step
    return day
