"""What the house does by itself, and how often. 定时工作.

Each tick looks for itself at what is due, so that a missed one is made up by the next, and one too
many does nothing. The quick lane never waits for a network or a disk that is slow; the slow lane
may.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from zhongshu.apps.processes import actions as processes
from zhongshu.apps.processes import moving
from zhongshu.apps.supervision import actions as supervision
from zhongshu.office import clock
from zhongshu.office.actor import machine
from zhongshu.office.journal import actions as journal
from zhongshu.office.matters import actions, waking
from zhongshu.office.notices import actions as notices
from zhongshu.office.refusal import Refusal

from . import outside, retries, scrubbing, seating

log = logging.getLogger("zhongshu.work")

WAKE_BATCH = 200
REST = timedelta(minutes=10)
_refused: dict[str, datetime] = {}


class Tick(NamedTuple):
    """One thing to do every so many seconds."""

    name: str
    every: float
    lane: Literal["quick", "slow"]
    run: Callable[[], object]


def wake() -> int:
    """Let time do its work to every matter whose hour has come; each its own transaction.

    One that is refused is left alone for a while, so that it keeps no other from its turn.
    """
    now, done = clock.now(), 0
    for key in [key for key, until in _refused.items() if until <= now]:
        del _refused[key]
    minute = clock.calendar().minute(now)
    for key in waking.due(minute=minute, limit=WAKE_BATCH, without=tuple(_refused)):
        try:
            actions.tick(key=key)
            done += 1
        except Refusal as no:
            _refused[key] = now + REST
            log.warning("matter %s could not be woken: %s", key, ", ".join(no.refused.codes))
    return done


def deliver() -> object:
    """Send what is due to go out of the house."""
    return notices.deliver(now=clock.now())


def remind() -> int:
    """Remind of supervised tasks before their time is over."""
    return supervision.remind(by=machine("clock"))


def count_stages() -> None:
    """Count what was handled and returned, and what runs on which version."""
    while processes.count():
        pass
    processes.count_running()


TICKS: tuple[Tick, ...] = (
    Tick("seal", 1, "quick", journal.seal),
    Tick("wake", 5, "quick", wake),
    Tick("remind", 30, "quick", remind),
    Tick("retry", 5, "quick", retries.again),
    Tick("reseat", 10, "slow", seating.reseat_some),
    Tick("publish", 60, "slow", outside.publish_daily),
    Tick("rehearse", 2, "slow", moving.rehearse_all),
    Tick("deliver", 5, "slow", deliver),
    Tick("watch", 30, "slow", processes.watch),
    Tick("count", 300, "slow", count_stages),
    Tick("scrub", 3_600, "slow", scrubbing.scrub_weekly),
)
