"""What a bulletin and a year are made of: counts of tasks that this reader may see. 统计.

A rate has its numerator and denominator; whatever is open and overdue counts as not done in time.
What was postponed, paused or dropped with a leader's consent is told apart: excused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.ui import telling

from . import queries
from .models import Bulletin, Phase, Task

WEEKS = 12  # of the trend


class Line(NamedTuple):
    """One section, leader or source in a period: what fell due, and what became of it."""

    name: str
    due: int
    in_time: int
    late: int
    excused: int
    overdue: int
    returned: int
    good: int

    @property
    def decided(self) -> int:
        """What the rate of being in time rests on: what fell due and was not excused."""
        return self.in_time + self.late + self.overdue

    @property
    def rate(self) -> str:
        """How many were in time; of fewer than ten only the parts are said."""
        told, basis = telling.rate(self.in_time, self.decided)
        return f"{told} {basis}".strip() if self.decided else ""


class Change(NamedTuple):
    """What became of one task since the last bulletin."""

    task: Task
    what: str
    before: str
    now: str


RANK = {"red": 3, "amber": 2, "grey": 1, "green": 0, "blue": 0}


def lines(tasks: Iterable[Task], name: Callable[[Task], str], now: datetime) -> list[Line]:
    """What fell due, by whatever `name` says, the largest first."""
    groups: dict[str, list[Task]] = {}
    for task in tasks:
        groups.setdefault(name(task), []).append(task)
    found = [_line(called, rows, now) for called, rows in groups.items()]
    return sorted(found, key=lambda line: (-line.due, line.name))


def total(tasks: Iterable[Task], now: datetime, name: str) -> Line:
    """All of it in one line."""
    return _line(name, list(tasks), now)


def _line(name: str, tasks: list[Task], now: datetime) -> Line:
    minute = clock.calendar().minute(now)
    done = [task for task in tasks if task.phase in {Phase.CLOSED, Phase.FILED}]
    excused = [t for t in tasks if t.phase in {Phase.PAUSED, Phase.DROPPED, Phase.MERGED}]
    in_time = [task for task in done if not task.late]
    open_ = [task for task in tasks if task.phase in {Phase.DOING, Phase.CHECKING}]
    return Line(
        name,
        len(tasks),
        len(in_time),
        len(done) - len(in_time),
        len(excused),
        sum(1 for task in open_ if minute > task.due),
        sum(1 for task in tasks if task.returns),
        sum(1 for task in done if task.quality in {"好", "较好"}),
    )


def due_between(*, since: datetime, until: datetime, seen_by: Actor) -> list[Task]:
    """What by its present due time fell due in this period, as far as this reader may see it."""
    calendar = clock.calendar()
    rows = queries.tasks(seen_by=seen_by).filter(
        due__gt=calendar.minute(since), due__lte=calendar.minute(until)
    )
    rows = rows.exclude(phase__in=(Phase.DRAFT, Phase.ESTABLISHING, Phase.REFUSED))
    return list(rows.select_related("matter", "lead", "lead__leader").order_by("due", "pk"))


def changes(bulletin: Bulletin, before: Bulletin | None, *, seen_by: Actor) -> list[Change]:
    """What changed between two bulletins, worst first; of what this reader may see."""
    earlier = before.standing if before else {}
    keys = set(bulletin.standing) | set(earlier)
    rows = queries.tasks(seen_by=seen_by).filter(matter__key__in=keys)
    found = []
    for task in rows.select_related("matter", "lead"):
        key = task.matter.key
        was, is_ = earlier.get(key, ["", 0])[0], bulletin.standing.get(key, ["", 0])[0]
        what = _changed(was, is_, first=before is None)
        if what:
            found.append(Change(task, what, was, is_))
    order = ("worse", "new", "better", "ended")
    return sorted(found, key=lambda one: (order.index(one.what), one.task.due))


def _changed(was: str, now: str, *, first: bool) -> str:
    if not was and now:
        return "" if first else "new"
    if was and not now:
        return "ended"
    step = RANK.get(now, 0) - RANK.get(was, 0)
    return "worse" if step > 0 else "better" if step < 0 else ""


def weekly(*, until: datetime, seen_by: Actor) -> list[tuple[datetime, int, int]]:
    """For each of the last weeks its last day, how many fell due, how many were in time."""
    start = until - timedelta(weeks=WEEKS)
    tasks = due_between(since=start, until=until, seen_by=seen_by)
    ends = [start + timedelta(weeks=n + 1) for n in range(WEEKS)]
    calendar = clock.calendar()
    found = []
    for end in ends:
        low, high = calendar.minute(end - timedelta(weeks=1)), calendar.minute(end)
        mine = [task for task in tasks if low < task.due <= high]
        line = _line("", mine, until)
        found.append((end, line.decided, line.in_time))
    return found
