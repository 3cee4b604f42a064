"""The calendar as arithmetic: instants to working-minute ordinals and back.

The ordinal of an instant is the number of whole working minutes from the start of the calendar
to it, so working time between two instants is plain subtraction, and a database can index it.
Instants come in with any time zone and go out in UTC; seconds are cut off. All computing is done
at UTC+08:00: the mainland keeps one zone and has had no summer time since 1991, so a fixed offset
is exact for every year served here, and no time zone file need be read.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import accumulate
from typing import Literal, NamedTuple

from .model import DAY, NOON, RESTING, Day, Edition, Hours, Kind, Spell

ZONE = timezone(timedelta(hours=8), "Asia/Shanghai")

OUTSIDE = "outside the years of the calendar"

Unit = Literal["minutes", "days"]


class Limit(NamedTuple):
    """A time limit in working "minutes", or in working "days".

    Days are counted from the day after the start and end at close of work of the last one.
    """

    amount: int
    unit: Unit = "minutes"


class Moment(NamedTuple):
    """An answer: the instant in UTC, its ordinal, and whether a forecast year had a part in it."""

    at: datetime
    minute: int
    forecast: bool


class Span(NamedTuple):
    """Working minutes from one instant to another, negative when they stand the other way."""

    minutes: int
    forecast: bool


class _Pattern:
    """The tables of one way to spend a day: minutes worked so far, and when each one begins."""

    __slots__ = ("elapsed", "opens")

    def __init__(self, spells: tuple[Spell, ...]) -> None:
        self.opens = [minute for spell in spells for minute in range(spell.start, spell.end)]
        worked = set(self.opens)
        self.elapsed = list(accumulate((minute in worked for minute in range(DAY)), initial=0))


class Calendar:
    """An `Edition` made ready to answer. Nothing in it changes after it is built.

    Every method raises `ValueError` for an instant without a time zone, and for an instant or an
    answer outside the years of the edition.
    """

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self._base = date(edition.first, 1, 1).toordinal()
        span = date(edition.last + 1, 1, 1).toordinal() - self._base
        exceptions = {day.day.toordinal() - self._base: day for day in edition.days}
        self._kinds: list[Kind] = []
        self._patterns: list[_Pattern] = []
        doubts: list[bool] = []
        made: dict[tuple[Spell, ...], _Pattern] = {}
        for index in range(span):
            day = date.fromordinal(self._base + index)
            kind, spells = _plan(day, exceptions.get(index), self._hours(day))
            self._kinds.append(kind)
            if spells not in made:
                made[spells] = _Pattern(spells)
            self._patterns.append(made[spells])
            known = exceptions[index].official if index in exceptions else True
            doubts.append(not known or day.year not in edition.published)
        loads = [len(pattern.opens) for pattern in self._patterns]
        self._before = list(accumulate(loads, initial=0))
        self._worked = [index for index, load in enumerate(loads) if load]
        self._closes = [
            pattern.opens[-1] + 1 if pattern.opens else DAY for pattern in self._patterns
        ]
        self._doubt = list(accumulate(doubts, initial=0))
        self._midnight = datetime(edition.first, 1, 1, tzinfo=ZONE).astimezone(UTC)

    @property
    def total(self) -> int:
        """Working minutes of the whole calendar: its greatest ordinal."""
        return self._before[-1]

    def minute(self, at: datetime) -> int:
        """The ordinal of an instant: whole working minutes from the calendar's start to it."""
        index, minute = self._place(at)
        return self._before[index] + self._patterns[index].elapsed[minute]

    def at(self, minute: int) -> datetime:
        """The earliest instant with this ordinal: work done by then, such as close of work."""
        return self._instant(*self._earliest(minute))

    def latest(self, minute: int) -> datetime:
        """The latest instant with this ordinal: when the next minute of work begins."""
        return self._instant(*self._latest(minute))

    def add(self, at: datetime, minutes: int) -> Moment:
        """The earliest instant by which `minutes` of work have passed; nought gives `at` itself."""
        if minutes < 0:
            raise ValueError("minutes to add are not negative; use subtract")
        index, minute = self._place(at)
        ordinal = self._before[index] + self._patterns[index].elapsed[minute] + minutes
        last, minute = self._earliest(ordinal) if minutes else (index, minute)
        return Moment(self._instant(last, minute), ordinal, self._doubtful(index, last))

    def subtract(self, at: datetime, minutes: int) -> Moment:
        """The latest instant from which `minutes` of work remain until `at`: when to begin."""
        if minutes < 0:
            raise ValueError("minutes to subtract are not negative; use add")
        index, minute = self._place(at)
        ordinal = self._before[index] + self._patterns[index].elapsed[minute] - minutes
        first, minute = self._latest(ordinal) if minutes else (index, minute)
        return Moment(self._instant(first, minute), ordinal, self._doubtful(first, index))

    def between(self, start: datetime, end: datetime) -> Span:
        """Working minutes from `start` to `end`."""
        return Span(self.minute(end) - self.minute(start), self.forecast(start, end))

    def due(self, at: datetime, limit: tuple[int, Unit]) -> int:
        """The ordinal at which a `Limit` set at this instant is used up.

        `ValueError` for negative minutes, less than one day, or another unit.
        """
        amount, unit = limit
        if unit == "minutes":
            if amount < 0:
                raise ValueError("a limit in working minutes is not negative")
            return self.minute(at) + amount
        _only_days(unit)
        return self._before[self._nth(self._place(at)[0], amount) + 1]

    def deadline(self, at: datetime, limit: tuple[int, Unit]) -> Moment:
        """As `due`, with the instant and the forecast flag."""
        amount, unit = limit
        if unit == "minutes":
            return self.add(at, amount)
        _only_days(unit)
        index = self._place(at)[0]
        return self._ends(index, self._nth(index, amount), close=True)

    def ends(self, start: datetime, day: date, *, close: bool) -> Moment:
        """The end of `day`, its close of work or its midnight, as an answer asked at `start`.

        A day on which nobody works closes at midnight.
        """
        return self._ends(self._place(start)[0], self._index(day), close=close)

    def day(self, at: datetime) -> date:
        """The civil day of an instant."""
        return date.fromordinal(self._base + self._place(at)[0])

    def kind(self, day: date) -> Kind:
        """What a day is."""
        return self._kinds[self._index(day)]

    def works(self, day: date) -> bool:
        """Whether any work is done on a day; a half day is a working day."""
        return bool(self._patterns[self._index(day)].opens)

    def close(self, day: date) -> int:
        """The ordinal at the end of a day, the same at close of work and at midnight."""
        return self._before[self._index(day) + 1]

    def workday(self, day: date, count: int) -> date:
        """The working day that is the `count`-th after `day`; `day` itself is not counted."""
        return date.fromordinal(self._base + self._nth(self._index(day), count))

    def forecast(self, start: datetime, end: datetime) -> bool:
        """Whether any day from `start` to `end`, both included, is only a forecast."""
        return self._doubtful(self._place(start)[0], self._place(end)[0])

    def _doubtful(self, first: int, last: int) -> bool:
        low, high = (first, last) if first <= last else (last, first)
        return self._doubt[high + 1] > self._doubt[low]

    def _nth(self, index: int, count: int) -> int:
        if count < 1:
            raise ValueError("at least one working day is counted")
        place = bisect_right(self._worked, index) + count - 1
        if place >= len(self._worked):
            raise ValueError(OUTSIDE)
        return self._worked[place]

    def _ends(self, first: int, last: int, *, close: bool) -> Moment:
        at = self._instant(last, self._closes[last] if close else DAY)
        return Moment(at, self._before[last + 1], self._doubtful(first, last))

    def _earliest(self, minute: int) -> tuple[int, int]:
        if not 0 <= minute <= self.total:
            raise ValueError(OUTSIDE)
        if minute == 0:
            return 0, 0
        index = bisect_left(self._before, minute) - 1
        return index, self._patterns[index].opens[minute - self._before[index] - 1] + 1

    def _latest(self, minute: int) -> tuple[int, int]:
        if not 0 <= minute < self.total:
            raise ValueError(OUTSIDE)
        index = bisect_right(self._before, minute) - 1
        return index, self._patterns[index].opens[minute - self._before[index]]

    def _instant(self, index: int, minute: int) -> datetime:
        return self._midnight + timedelta(minutes=index * DAY + minute)

    def _place(self, at: datetime) -> tuple[int, int]:
        if at.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        local = at.astimezone(ZONE)
        return self._check(local.toordinal() - self._base), local.hour * 60 + local.minute

    def _index(self, day: date) -> int:
        return self._check(day.toordinal() - self._base)

    def _check(self, index: int) -> int:
        if not 0 <= index < len(self._kinds):
            raise ValueError(OUTSIDE)
        return index

    def _hours(self, day: date) -> Hours:
        return [hours for hours in self.edition.hours if hours.since <= day][-1]


def _only_days(unit: str) -> None:
    if unit != "days":
        raise ValueError("a limit is in working minutes or working days")


def _plan(day: date, exception: Day | None, hours: Hours) -> tuple[Kind, tuple[Spell, ...]]:
    usual = Kind.WORK if day.weekday() in hours.weekdays else Kind.REST
    kind = exception.kind if exception else usual
    return kind, _spells(kind, hours.spells)


def _spells(kind: Kind, spells: tuple[Spell, ...]) -> tuple[Spell, ...]:
    if kind in RESTING:
        return ()
    if kind is Kind.MORNING:
        return tuple(Spell(s.start, min(s.end, NOON)) for s in spells if s.start < NOON)
    if kind is Kind.AFTERNOON:
        return tuple(Spell(max(s.start, NOON), s.end) for s in spells if s.end > NOON)
    return spells
