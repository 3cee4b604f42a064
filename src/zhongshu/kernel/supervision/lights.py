"""Red, amber, green, blue: what the light of a task is, and from which minute it turns. 红黄绿蓝灯.

A light is computed and never typed. While nothing is reported it can only get worse with time, so
all that time does to it is two minutes: from `amber` on it is amber, from `red` on it is red. They
are counted once when something about the task changes; a list of any length then compares two
numbers. It is never green without a report.

Grey: nothing was reported yet, or the clock is stopped. Blue: the result was accepted; `late`
is the red corner of one that came after its time.

Times are working-minute ordinals. The rule is published with the numbers of `rules` ([G]).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from .rules import Rules
from .words import Sentence

FOREVER = 1 << 40
"""The ordinal of "never": later than any."""


class Light(StrEnum):
    """Worst first, as a list of what is most at risk is ordered."""

    RED = "red"
    AMBER = "amber"
    GREY = "grey"
    GREEN = "green"
    BLUE = "blue"


class Milestone(NamedTuple):
    """A point of the plan: until when, how much is to be done by then, and whether it is."""

    due: int
    percent: int
    met: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """What the light is computed from.

    `progress` in percent as last reported; `reported` when, None if never; `next_report` when the
    next one is due; `delivered` when the result was handed in, if it is now being checked or was
    accepted. `ValueError` when the due time does not lie after the start, or when the milestones
    do not go up.
    """

    start: int
    due: int
    progress: int = 0
    reported: int | None = None
    next_report: int | None = None
    milestones: tuple[Milestone, ...] = ()
    delivered: int | None = None
    accepted: bool = False
    paused: bool = False

    def __post_init__(self) -> None:
        if self.due <= self.start:
            raise ValueError("a task is due after it starts")
        if not 0 <= self.progress <= 100:
            raise ValueError("progress is a percentage")
        points = [(0, 0), *((m.due - self.start, m.percent) for m in self.milestones)]
        if any(a[0] >= b[0] or a[1] > b[1] for a, b in pairwise(points)) or points[-1][1] > 100:
            raise ValueError("milestones go up, in time and in percent")


class Turns(NamedTuple):
    """From which minutes the light is amber and red."""

    amber: int = FOREVER
    red: int = FOREVER


class Shown(NamedTuple):
    """A light, whether it has the red corner, and why it is what it is: all reasons."""

    light: Light
    late: bool = False
    why: tuple[Sentence, ...] = ()


def expected(task: Task, now: int) -> int:
    """How much should be done by now, in whole percent rounded down: along the milestones, and
    straight where there are none."""
    points = _points(task)
    if now <= points[0][0]:
        return 0
    for (a, low), (b, high) in pairwise(points):
        if now <= b:
            return low + (high - low) * (now - a) // (b - a)
    return 100


def turns(task: Task, rules: Rules) -> Turns:
    """The minutes from which time alone makes the light amber and red."""
    if task.paused or task.accepted:
        return Turns()
    if task.delivered is not None:
        return Turns(red=task.due + 1) if task.delivered > task.due else Turns()
    number, grace = rules.number, rules.number["milestone_grace"] * rules.number["day"]
    missed = min((m.due for m in task.milestones if not m.met), default=FOREVER)
    amber = [
        _lags(task, number["warn_lag"]),
        missed + 1,
        FOREVER if task.next_report is None else task.next_report + 1,
    ]
    if task.progress < 100:
        amber.append(_little_left(task, number["warn_left"]))
    red = [task.due + 1, _lags(task, number["stop_lag"]), missed + grace + 1]
    return Turns(min(amber), min(red))


def at(turns: Turns, now: int, *, reported: bool) -> Light:
    """The light of an open task that is not paused, by its two minutes."""
    if now >= turns.red:
        return Light.RED
    if now >= turns.amber:
        return Light.AMBER
    return Light.GREEN if reported else Light.GREY


def light(task: Task, now: int, rules: Rules) -> Shown:
    """The light of a task now, with its reasons."""
    late = task.delivered is not None and task.delivered > task.due
    if task.accepted:
        return Shown(Light.BLUE, late, (_said("closed_late" if late else "closed"),))
    if task.paused:
        return Shown(Light.GREY, False, (_said("paused"),))
    found = at(turns(task, rules), now, reported=task.reported is not None)
    return Shown(found, late, tuple(_why(task, now, rules)) or (_calm(task),))


def _points(task: Task) -> list[tuple[int, int]]:
    points = [(task.start, 0), *((m.due, m.percent) for m in task.milestones)]
    return points if points[-1][0] >= task.due else [*points, (task.due, 100)]


def _lags(task: Task, most: int) -> int:
    """The first minute at which progress lies so far behind what is expected."""
    wanted = task.progress + most
    if wanted <= 0:
        return task.start
    if wanted > 100:
        return FOREVER
    for (a, low), (b, high) in pairwise(_points(task)):
        if high >= wanted:
            return a + -(-(wanted - low) * (b - a) // (high - low))
    return _points(task)[-1][0] + 1


def _little_left(task: Task, percent: int) -> int:
    """The first minute at which no more than this share of the time is left."""
    return task.due - percent * (task.due - task.start) // 100


def _why(task: Task, now: int, rules: Rules) -> Iterator[Sentence]:
    """What makes it amber or red now, the worst first."""
    number, day = rules.number, rules.number["day"]
    if task.delivered is not None:
        if task.delivered > task.due:
            yield _said("delivered_late", days=-(-(task.delivered - task.due) // day))
        return
    if now > task.due:
        yield _said("overdue", days=-(-(now - task.due) // day))
    lag = expected(task, now) - task.progress
    if lag >= number["warn_lag"]:
        yield _said("lag", points=lag)
    missed = [m.due for m in task.milestones if not m.met and m.due < now]
    if missed:
        yield _said("milestone", days=-(-(now - missed[0]) // day))
    if task.next_report is not None and task.next_report < now:
        key = "report" if task.reported is not None else "unreported"
        yield _said(key, days=-(-(now - task.next_report) // day))
    if now <= task.due and now >= _little_left(task, number["warn_left"]) and task.progress < 100:
        yield _said("soon", days=(task.due - now) // day)


def _calm(task: Task) -> Sentence:
    if task.delivered is not None:
        return _said("checking")
    return _said("on_track" if task.reported is not None else "waiting")


def _said(code: str, **numbers: int) -> Sentence:
    zh, en = WORDS[code]
    return Sentence(zh.format(**numbers), en.format(**numbers))


WORDS = {
    "closed": ("按期办结", "closed in time"),
    "closed_late": ("逾期办结", "closed late"),
    "delivered_late": ("报结已迟 {days} 个工作日", "delivered {days} working day(s) late"),
    "checking": ("已报结，待核查", "delivered, to be checked"),
    "paused": ("暂缓", "paused"),
    "overdue": ("逾期 {days} 个工作日", "{days} working day(s) overdue"),
    "lag": ("进度落后 {points} 个百分点", "{points} points behind plan"),
    "milestone": ("节点迟 {days} 个工作日", "a milestone {days} working day(s) late"),
    "report": ("进展该报未报，迟 {days} 个工作日", "the report is {days} working day(s) late"),
    "unreported": ("首次进展迟报 {days} 个工作日", "first report {days} working day(s) late"),
    "soon": ("时限将近，余 {days} 个工作日", "due soon, {days} working day(s) left"),
    "on_track": ("按计划推进", "on track"),
    "waiting": ("还没有报过进展", "nothing reported yet"),
}
