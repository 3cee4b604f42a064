"""Hours in which nobody's telephone rings, over the clock on the wall. 免打扰时段."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import NamedTuple

from zhongshu.office import clock


class Quiet(NamedTuple):
    """From one time of day to another, over midnight if that is earlier. Both the same: never."""

    start: time
    end: time


def read(text: str) -> Quiet:
    """ "20:00-07:30"; "" is never. `ValueError` for anything else."""
    if not text:
        return Quiet(time(), time())
    start, end = (time.fromisoformat(part) for part in text.split("-"))
    return Quiet(start, end)


def after(quiet: Quiet, at: datetime) -> datetime:
    """The first moment from `at` on that is not quiet."""
    here = clock.local(at)
    if not _within(quiet, here.time()):
        return at
    day = here.date()
    if here.time() >= quiet.end:
        day += timedelta(days=1)
    return datetime.combine(day, quiet.end, clock.ZONE).astimezone(at.tzinfo)


def _within(quiet: Quiet, now: time) -> bool:
    if quiet.start <= quiet.end:
        return quiet.start <= now < quiet.end
    return now >= quiet.start or now < quiet.end
