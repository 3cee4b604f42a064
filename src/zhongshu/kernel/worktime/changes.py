"""What a new edition of the calendar does to the deadlines already given.

Nothing moves silently: every deadline is listed with its old and its new answer. Nothing shortens
without notice: a deadline that comes earlier, or that leaves less working time than before, says
so. Applying the list is somebody's decision, not this module's.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from .calendar import Calendar, Moment
from .legal import Rule, resolve


class Promise(NamedTuple):
    """A deadline as it was given: whose it is, from when, and by which rule."""

    id: str
    start: datetime
    rule: Rule


class Change(NamedTuple):
    """One deadline under both editions, and the working minutes it loses (negative: gains)."""

    id: str
    old: Moment
    new: Moment
    lost: int

    @property
    def moved(self) -> bool:
        """Whether the instant is another one."""
        return self.old.at != self.new.at

    @property
    def shortened(self) -> bool:
        """Whether it comes earlier or leaves less working time: notice must be given."""
        return self.new.at < self.old.at or self.lost > 0

    @property
    def reindexed(self) -> bool:
        """Whether its stored ordinal must be written anew."""
        return self.old.minute != self.new.minute


def compare(old: Calendar, new: Calendar, promises: Iterable[Promise]) -> tuple[Change, ...]:
    """All deadlines under both calendars, in the order given. `ValueError` as in `resolve`."""
    changes = []
    for promise in promises:
        before = resolve(old, promise.start, promise.rule)
        after = resolve(new, promise.start, promise.rule)
        had = before.minute - old.minute(promise.start)
        has = after.minute - new.minute(promise.start)
        changes.append(Change(promise.id, before, after, had - has))
    return tuple(changes)
