"""What a calendar is made of: sources, kinds of day, daily spells, editions. Frozen data only.

Days are days of the mainland's civil calendar. Minutes of the day count from local midnight,
0 to 1440. A rule or a date always carries its `Source`, with the strength of the evidence.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Literal, NamedTuple, Self

DAY = 1440  # minutes of a civil day
NOON = 720  # where a half day is cut
WEEK = frozenset({0, 1, 2, 3, 4})  # Monday to Friday

Strength = Literal["V", "R", "G"]
"""V: read in the primary text; R: run or computed and checked; G: general knowledge, unverified."""


class Source(NamedTuple):
    """Where a row comes from. `number` is the document number, "" when it was not verified."""

    title: str
    number: str = ""
    strength: Strength = "G"


class Kind(StrEnum):
    """What a day is. Only the first four are decided nationally; the others are a bureau's own."""

    WORK = "work"
    REST = "rest"
    HOLIDAY = "holiday"
    MAKEUP = "makeup"
    MORNING = "morning"
    AFTERNOON = "afternoon"
    CLOSED = "closed"


RESTING = frozenset({Kind.REST, Kind.HOLIDAY, Kind.CLOSED})


class Spell(NamedTuple):
    """A stretch of work within one day: [start, end) in minutes since local midnight."""

    start: int
    end: int


def spell(text: str) -> Spell:
    """Read "08:30-12:00". `ValueError` when it is not two times of day in that form."""
    start, end = (_clock(part) for part in text.split("-"))
    return Spell(start, end)


def _clock(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


class Day(NamedTuple):
    """One exceptional day. `official` is False while it is only expected, not yet announced."""

    day: date
    kind: Kind
    name: str
    source: Source
    official: bool = True


@dataclass(frozen=True, slots=True)
class Hours:
    """The daily spells of a bureau from `since` on, and the weekdays it works (Monday is 0).

    A spell that runs past midnight is written as two. `ValueError` when spells are missing,
    out of order, overlapping or outside the day, or when no weekday is given.
    """

    since: date
    spells: tuple[Spell, ...]
    source: Source
    weekdays: frozenset[int] = WEEK

    def __post_init__(self) -> None:
        edges = [edge for spell in self.spells for edge in spell]
        if not edges or edges[0] < 0 or edges[-1] > DAY:
            raise ValueError("spells lie within one day and there is at least one")
        if any(spell.start >= spell.end for spell in self.spells):
            raise ValueError("a spell ends after it starts")
        if any(left > right for left, right in pairwise(edges)):
            raise ValueError("spells follow each other without overlap")
        if not self.weekdays or not self.weekdays <= frozenset(range(7)):
            raise ValueError("weekdays are numbers from 0, Monday, to 6, Sunday; at least one")


def seasons(years: range, summer: Hours, winter: Hours) -> tuple[Hours, ...]:
    """Hours that change twice a year on the month and day of each one's `since`.

    Winter hours also cover the first year up to its summer. `ValueError` when winter does not
    begin after summer within the year.
    """
    if summer.since.replace(year=winter.since.year) >= winter.since:
        raise ValueError("winter hours begin after summer hours")
    turns = [replace(winter, since=date(years[0], 1, 1))]
    for year in years:
        turns += [
            replace(hours, since=hours.since.replace(year=year)) for hours in (summer, winter)
        ]
    return tuple(turns)


@dataclass(frozen=True, slots=True)
class Edition:
    """One version of a calendar: everything an answer depends on.

    `published` holds the years whose schedule has been announced; all other years from `first`
    to `last` are forecasts. `days` are the exceptions to the weekly pattern, `hours` the daily
    spells, oldest first. `ValueError` when they contradict each other or leave days uncovered.
    """

    version: str
    first: int
    last: int
    published: frozenset[int]
    days: tuple[Day, ...]
    hours: tuple[Hours, ...]

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError("the first year comes before the last")
        if any(not self.first <= day.day.year <= self.last for day in self.days):
            raise ValueError("an exceptional day lies outside the years of the edition")
        if len({day.day for day in self.days}) != len(self.days):
            raise ValueError("a day stands twice in one edition")
        since = [hours.since for hours in self.hours]
        if not since or since[0] > date(self.first, 1, 1):
            raise ValueError("hours must cover the first day of the edition")
        if any(left >= right for left, right in pairwise(since)):
            raise ValueError("hours stand in the order of their dates")

    def overlay(self, version: str, days: tuple[Day, ...]) -> Self:
        """The edition with a bureau's own days laid over it, under a new version name."""
        own = {day.day for day in days}
        kept = tuple(day for day in self.days if day.day not in own)
        return replace(self, version=version, days=kept + days)
