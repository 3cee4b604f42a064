"""The order of a desk: 抓大事不放，抓急事先办.

Rule: the smallest max(need, due - now) / weight first, in working minutes. It is the weighted
modified due date of Kanet and Li (2004), written so that it reads as an adjusted time left
(折算余期). It compares two matters by themselves alone, so a new arrival never reorders the others.
Ties go to the earlier due time, then to the smaller id.

A daily guard keeps big matters from being starved by small urgent ones: a few times a working day,
the big matter longest untouched stands above the list, on a line of its own, with its reason.
Numbers are whole: 2520 is divisible by every weight from 1 to 10, so keys are exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from .facts import PLAIN, Row
from .urgency import Mark

SCALE = 2520
HEAVIEST = 10


class Ranked(Protocol):
    """Anything with the four numbers the rule needs."""

    @property
    def id(self) -> int:
        """Its number, unique; earlier numbers first among equals."""

    @property
    def weight(self) -> int:
        """From 1 to 10."""

    @property
    def need(self) -> int:
        """Typical effort left, in working minutes."""

    @property
    def due(self) -> int:
        """The working-minute ordinal at which it is due."""


@dataclass(frozen=True, slots=True)
class Matter:
    """An open matter as triage sees it. `need` in working minutes, `due` and `touched` ordinals.

    `touched` is when it was last worked on, or arrived. `row` is what gave it its weight.
    `ValueError` when the weight is not from 1 to 10 or the need is less than a minute.
    """

    id: int
    weight: int
    need: int
    due: int
    touched: int
    mark: Mark = Mark.NORMAL
    row: Row = PLAIN

    def __post_init__(self) -> None:
        if not 1 <= self.weight <= HEAVIEST:
            raise ValueError("a weight is from 1 to 10")
        if self.need < 1:
            raise ValueError("a matter needs at least one minute")

    @property
    def start_by(self) -> int:
        """The ordinal by which work must begin (最迟动手时刻)."""
        return self.due - self.need


class Guard(NamedTuple):
    """Who is guarded: matters of at least `weight` untouched for `after` working minutes.

    `a_day` is how many sessions of a working day may be claimed by the guard.
    """

    weight: int = 8
    after: int = 3 * 420
    a_day: int = 1


GUARD = Guard()
"""The guard of the simulation in docs/why/triage.md: three days, one session a day."""


class Line(NamedTuple):
    """A desk in order, and the guarded matter that stands above it, if any.

    The guarded matter keeps its own place below as well.
    """

    guarded: Matter | None
    matters: tuple[Matter, ...]


def key(matter: Ranked, now: int) -> int:
    """The adjusted time left, in working minutes times `SCALE`; smallest first."""
    left = matter.due - now
    return (left if left > matter.need else matter.need) * (SCALE // matter.weight)


def rank(matter: Ranked, now: int) -> tuple[int, int, int]:
    """The whole order: key, then due time, then id. No two matters are equal."""
    return key(matter, now), matter.due, matter.id


def guarded(
    matters: Iterable[Matter], now: int, guard: Guard = GUARD, used: int = 0
) -> Matter | None:
    """The big matter longest untouched, if any is owed a session.

    `used` is how many guard sessions this working day has already seen.
    """
    if used >= guard.a_day:
        return None
    owed = [
        matter
        for matter in matters
        if matter.weight >= guard.weight and now - matter.touched > guard.after
    ]
    return min(owed, key=lambda matter: (matter.touched, matter.due, matter.id), default=None)


def line(matters: Sequence[Matter], now: int, guard: Guard = GUARD, used: int = 0) -> Line:
    """The order of a desk at `now`."""
    ordered = sorted(matters, key=lambda matter: rank(matter, now))
    return Line(guarded(matters, now, guard, used), tuple(ordered))


def dispatch(matters: Iterable[Matter], now: int) -> tuple[Matter, ...]:
    """The order in which one person would do them all, choosing anew after each."""
    open_, done = list(matters), []
    while open_:
        first = min(open_, key=lambda matter: rank(matter, now))
        open_.remove(first)
        done.append(first)
        now += first.need
    return tuple(done)
