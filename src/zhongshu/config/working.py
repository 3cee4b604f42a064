"""The process that does the work behind the pages: two lanes of ticks and the queue of tasks. 后台.

Each lane is a thread with its own connection. What fails is told and tried again later and later;
it never ends the lane. Stopping waits for what is at work.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable

from django.db import DatabaseError, close_old_connections, connections
from django_tasks_db.management.commands.db_worker import Worker

from zhongshu.office import clock

from .ticks import Tick

log = logging.getLogger("zhongshu.work")
LONGEST_WAIT = 300.0  # seconds between two tries of a tick that keeps failing
GRACE = 30.0  # seconds to finish what is at work


class Lane:
    """Some ticks, one after another, each at its time."""

    def __init__(self, name: str, ticks: Iterable[Tick], now: Callable[[], float]) -> None:
        self.name, self.ticks, self.now = name, tuple(ticks), now
        self.due = {tick.name: 0.0 for tick in self.ticks}
        self.failures = {tick.name: 0 for tick in self.ticks}

    def turn(self) -> float:
        """Do what is due; how many seconds until something is due again."""
        for tick in self.ticks:
            if self.due[tick.name] <= self.now():
                self._do(tick)
        return max(0.0, min(self.due.values()) - self.now())

    def _do(self, tick: Tick) -> None:
        try:
            tick.run()
            self.failures[tick.name] = 0
        except Exception as why:  # noqa: BLE001 - whatever it is, the others go on
            self.failures[tick.name] += 1
            _tell(f"tick {tick.name}", why)
        wait = tick.every * 2 ** min(self.failures[tick.name], 16)
        longest = max(tick.every, LONGEST_WAIT)
        self.due[tick.name] = self.now() + min(wait, longest)


class House:
    """All lanes and the queue, from `start` to `stop`."""

    def __init__(self, ticks: Iterable[Tick]) -> None:
        rows = tuple(ticks)
        lanes = [
            Lane(name, [tick for tick in rows if tick.lane == name], time.monotonic)
            for name in dict.fromkeys(tick.lane for tick in rows)
        ]
        self.stopped = threading.Event()
        self.queue = _queue()
        self.threads = [
            threading.Thread(target=self._lane, args=(lane,), name=lane.name) for lane in lanes
        ]
        self.threads.append(threading.Thread(target=self._tasks, name="tasks"))

    def start(self) -> None:
        """Begin."""
        for thread in self.threads:
            thread.daemon = True
            thread.start()

    def stop(self) -> bool:
        """Begin nothing new and wait for what is at work; False if it did not end in time."""
        self.stopped.set()
        self.queue.running = False
        until = time.monotonic() + GRACE
        for thread in self.threads:
            thread.join(max(0.0, until - time.monotonic()))
        return not any(thread.is_alive() for thread in self.threads)

    def _lane(self, lane: Lane) -> None:
        while not self.stopped.wait(lane.turn()):
            close_old_connections()
        connections.close_all()

    def _tasks(self) -> None:
        wait = 1.0
        while not self.stopped.wait(wait):
            wait = 1.0
            try:
                self.queue.run()
            except Exception as why:  # noqa: BLE001 - the database may come back
                wait = 10.0
                _tell("tasks", why)
        connections.close_all()


def _queue() -> Worker:
    return Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=clock.token(),
        excluded_queue_names=[],
    )


def _tell(what: str, why: Exception) -> None:
    if isinstance(why, DatabaseError):
        log.error("%s: the database says %s", what, str(why).strip().splitlines()[:1])
        connections.close_all()
    else:
        log.error("%s failed", what, exc_info=why)
