"""What a bulletin and a year are made of: counts of tasks that this reader may see. 统计.

A rate has its numerator and denominator; whatever is open and overdue counts as not done in time.
What was postponed, paused or dropped with a leader's consent is told apart: excused.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from zhongshu.kernel.supervision.results import MARKS
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.people import queries as people
from zhongshu.office.people.models import Unit
from zhongshu.office.ui import telling
from zhongshu.office.ui.parts import Point

from . import queries
from .models import AssistMark, Phase, Task
from .narrow import Counted, due_between

WEEKS = 12  # of the trend
GOOD = frozenset(MARKS[:2])
DONE = frozenset(map(str, (Phase.CLOSED, Phase.FILED)))
RUNNING = frozenset(map(str, (Phase.DOING, Phase.CHECKING)))
EXCUSED = frozenset(map(str, (Phase.PAUSED, Phase.DROPPED, Phase.MERGED)))
GROUPS = (("section", "按科室"), ("leader", "按分管领导"), ("source", "按来源"))


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


class Assisted(NamedTuple):
    """How a section assisted in a period: how often it was marked, how often good or fairly so."""

    name: str
    marked: int
    good: int


def named(group: str) -> Callable[[Counted], str]:
    """By what a task is counted: its section, the leader in charge of it, its source."""
    if group == "source":
        sources = {code: str(label) for code, label in Task.Source.choices}
        return lambda task: sources[task.source]
    units = {unit.pk: unit for unit in Unit.objects.only("name", "code")}
    if group == "section":
        return lambda task: units[task.lead].name
    names, nobody = people.names(), _("没有分管领导")
    leaders = {unit.id: names.get(unit.leader, "") for unit in people.directory().units.values()}
    told = {pk: leaders.get(unit.code) or nobody for pk, unit in units.items()}
    return lambda task: told[task.lead]


def lines(tasks: Iterable[Counted], name: Callable[[Counted], str], now: datetime) -> list[Line]:
    """What fell due, by whatever `name` says, the largest first."""
    groups: dict[str, list[Counted]] = {}
    for task in tasks:
        groups.setdefault(name(task), []).append(task)
    found = [line(called, rows, now) for called, rows in groups.items()]
    return sorted(found, key=lambda one: (-one.due, one.name))


def line(name: str, tasks: Sequence[Counted], now: datetime) -> Line:
    """All of these in one line."""
    minute = clock.calendar().minute(now)
    done = [task for task in tasks if task.phase in DONE]
    late = sum(1 for task in done if task.late)
    return Line(
        name,
        len(tasks),
        len(done) - late,
        late,
        sum(1 for task in tasks if task.phase in EXCUSED),
        sum(1 for task in tasks if task.due < minute and task.phase in RUNNING),
        sum(1 for task in tasks if task.returns),
        sum(1 for task in done if task.quality in GOOD),
    )


def total(name: str, lines: Iterable[Line]) -> Line:
    """Lines added up."""
    sums = [sum(numbers) for numbers in zip(*(one[1:] for one in lines), strict=True)]
    return Line(name, *(sums or [0] * 7))


def is_open(task: Counted) -> bool:
    """Whether somebody works on it now."""
    return task.phase in RUNNING


def recent(*, until: datetime, seen_by: Actor) -> list[Counted]:
    """What fell due in the weeks of the trend, by its due time."""
    return due_between(since=until - timedelta(weeks=WEEKS), until=until, seen_by=seen_by)


def weekly(tasks: Sequence[Counted], until: datetime) -> list[Point]:
    """Of each of the last weeks in which something fell due, how much of it was in time."""
    start = until - timedelta(weeks=WEEKS)
    ends = [start + timedelta(weeks=n + 1) for n in range(WEEKS)]
    return _course(tasks, start, [(end, f"{clock.local(end):%m-%d}") for end in ends], until)


def monthly(tasks: Sequence[Counted], year: int, until: datetime) -> list[Point]:
    """Of each month of a year in which something fell due, how much of it was in time."""
    begins = [datetime(year, month, 1, tzinfo=clock.ZONE) for month in range(1, 13)]
    ends = [*begins[1:], datetime(year + 1, 1, 1, tzinfo=clock.ZONE)]
    names = [_("{month} 月").format(month=month) for month in range(1, 13)]
    return _course(tasks, begins[0], list(zip(ends, names, strict=True)), until)


def _course(
    tasks: Sequence[Counted], start: datetime, ends: Sequence[tuple[datetime, str]], now: datetime
) -> list[Point]:
    """Tasks stand in the order of their due times."""
    minute, found = clock.calendar().minute, []
    dues = [task.due for task in tasks]
    low = bisect_right(dues, minute(start))
    for end, name in ends:
        high = bisect_right(dues, minute(end))
        one = line(name, tasks[low:high], now)
        low = high
        if one.decided:
            note = _("到期 {n}，按期 {m}").format(n=one.decided, m=one.in_time)
            found.append(Point(name, round(one.in_time * 100 / one.decided, 1), note))
    return found


def assisted(*, since: datetime, until: datetime, seen_by: Actor) -> list[Assisted]:
    """How each section assisted, of the marks given in this period."""
    rows = AssistMark.objects.filter(
        at__gt=since, at__lte=until, task__in=queries.tasks(seen_by=seen_by).values("pk")
    )
    named = rows.order_by("unit__order", "unit__pk").values("unit__name")
    counted = named.annotate(marked=Count("pk"), good=Count("pk", filter=Q(mark__in=GOOD)))
    return [Assisted(one["unit__name"], one["marked"], one["good"]) for one in counted]


RANK: Mapping[str, int] = {"red": 3, "amber": 2, "grey": 1, "green": 0, "blue": 0}


def changed(was: str, now: str, *, first: bool) -> str:
    """What became of one task since the last bulletin: worse, new, better, ended, or nothing."""
    if not was and now:
        return "" if first else "new"
    if was and not now:
        return "ended"
    step = RANK.get(now, 0) - RANK.get(was, 0)
    return "worse" if step > 0 else "better" if step < 0 else ""
