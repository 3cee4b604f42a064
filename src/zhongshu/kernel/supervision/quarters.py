"""The light of an indicator, quarter by quarter: what was reached against what was planned. 季度灯.

Green: reached what was planned for the last quarter that has ended, or the aim. Amber: short of it,
or no result for that quarter. Red: short by as much as the rules allow no more, counted in percent
of the aim; or a binding aim is broken. Grey: no result yet. Never green without one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from .lights import Light
from .rules import Rules
from .scores import Sort
from .words import Sentence

Quarter = Literal["done", "late", "now", "plan"]


@dataclass(frozen=True, slots=True)
class Course:
    """An indicator over its year: planned and reached sums of the four quarters.

    `ended` is how many quarters are over, 0 to 4.
    """

    sort: Sort
    aim: Decimal | None
    planned: Sequence[Decimal | None]
    reached: Sequence[Decimal | None]
    ended: int


class Shown(NamedTuple):
    """The light and why."""

    light: Light
    why: Sentence


def reached_at(course: Course, quarter: int) -> Decimal | None:
    """What was reported for a quarter, counted from 0, or for the last one before it."""
    found = [one for one in course.reached[: quarter + 1] if one is not None]
    return found[-1] if found else None


def shown(course: Course, rules: Rules) -> Shown:
    """The light of an indicator now."""
    latest = reached_at(course, 3)
    if latest is None:
        return _unreported(course)
    lag = _lag(course, latest)
    if course.sort is Sort.BINDING and lag > 0:
        return Shown(Light.RED, Sentence("约束性指标未守住", "a binding aim is broken"))
    if lag > 0:
        red = lag >= rules.number["stop_lag"]
        return Shown(Light.RED if red else Light.AMBER, _short(lag))
    if course.ended and course.reached[course.ended - 1] is None:
        number = "一二三四"[course.ended - 1]
        zh, en = f"{number}季度结果未报", f"no result for quarter {course.ended}"
        return Shown(Light.AMBER, Sentence(zh, en))
    return Shown(Light.GREEN, Sentence("达到序时进度", "as planned"))


def _unreported(course: Course) -> Shown:
    if course.ended:
        return Shown(Light.AMBER, Sentence("还没有报过结果", "no result was reported"))
    return Shown(Light.GREY, Sentence("未到首次报告", "the first report is not due"))


def cells(course: Course) -> tuple[Quarter, ...]:
    """How each quarter is drawn: reached, late, the present one, without a plan."""
    return tuple(_cell(course, quarter) for quarter in range(4))


def _cell(course: Course, quarter: int) -> Quarter:
    planned, reached = course.planned[quarter], reached_at(course, quarter)
    if planned is None:
        return "plan"
    if reached is not None and _reaches(course.sort, reached, planned):
        return "done"
    if quarter < course.ended:
        return "late"
    return "now"


def _reaches(sort: Sort, reached: Decimal, planned: Decimal) -> bool:
    return reached <= planned if sort is Sort.DOWN else reached >= planned


def _lag(course: Course, latest: Decimal) -> int:
    """Points of the aim by which it falls short of the last plan that is due; 0 if it does not."""
    due = [one for one in course.planned[: course.ended] if one is not None]
    target = due[-1] if due else course.aim if course.sort is Sort.BINDING else None
    if target is None or _reaches(course.sort, latest, target):
        return 0
    short = abs(Fraction(target) - Fraction(latest))
    whole = Fraction(course.aim or target)
    return max(1, int(short * 100 / whole)) if whole else 100


def _short(lag: int) -> Sentence:
    return Sentence(f"比序时进度差 {lag} 个百分点", f"{lag} points short of the plan")
