"""The score of an indicator and of a year, to the hundredth, every point traceable. 目标计分.

    up        weight × actual ÷ aim, at most the weight; below the base nought
    down      weight × (2 − actual ÷ aim), at most the weight; from twice the aim on nought
    quality   weight × what share is done
    binding   the weight if it is kept; broken it is nought, and the grade is not passed

The formulas are those of one real city ([V~]); a bureau may publish others as a new version. A
result without evidence counts nought until there is some; an aim of nought cannot be divided by
and is scored by hand. Exact fractions until the last step, then half up to the hundredth.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Literal, NamedTuple

from .rules import Rules
from .words import Sentence

VERSION = "2026.1"
"""Of the formulas: kept with every published score."""
CENT = Decimal("0.01")
ZERO = Decimal(0)


class Sort(StrEnum):
    """What kind of aim it is."""

    UP = "up"
    DOWN = "down"
    QUALITY = "quality"
    BINDING = "binding"


SORTS = {
    Sort.UP: Sentence("发展型", "the more the better"),
    Sort.DOWN: Sentence("控制型", "the less the better"),
    Sort.QUALITY: Sentence("定性", "qualitative"),
    Sort.BINDING: Sentence("约束性", "binding"),
}

Standing = Literal["final", "provisional", "no_evidence", "no_result", "by_hand"]


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is scored. For quality `actual` is the share done, in percent; for binding it is
    compared with the aim. `ValueError` for a weight or an amount below nought."""

    code: str
    sort: Sort
    weight: Decimal
    aim: Decimal | None = None
    actual: Decimal | None = None
    base: Decimal | None = None
    evidence: bool = False
    final: bool = True
    by_hand: Decimal | None = None

    def __post_init__(self) -> None:
        amounts = (self.weight, self.aim, self.actual, self.base, self.by_hand)
        if any(one is not None and one < 0 for one in amounts):
            raise ValueError("weights and amounts are not negative")
        if self.by_hand is not None and self.by_hand > self.weight:
            raise ValueError("points given by hand lie within the weight")


class Score(NamedTuple):
    """Points out of the weight, on what standing, and how they were computed in one sentence."""

    code: str
    points: Decimal
    weight: Decimal
    standing: Standing
    how: Sentence
    broken: bool = False


class Adjustment(NamedTuple):
    """Points added or taken away apart from the indicators, with the reason."""

    points: Decimal
    reason: str


class Year(NamedTuple):
    """The result of a year: points of the indicators, what was added and taken, sum and grade."""

    scores: tuple[Score, ...]
    base: Decimal
    bonus: Decimal
    deduction: Decimal
    total: Decimal
    grade: Sentence
    broken: tuple[str, ...]
    provisional: bool


def score(one: Indicator) -> Score:
    """The points of one indicator."""
    if one.by_hand is not None:
        return _given(one, one.by_hand, "final", f"人工核定 {_n(one.by_hand)}", "given by hand")
    if one.actual is None:
        return _given(one, ZERO, "no_result", "还没有结果，暂计 0", "no result yet: 0")
    if not one.evidence:
        return _given(one, ZERO, "no_evidence", "没有佐证，暂计 0", "no evidence: 0")
    if not one.aim and one.sort is not Sort.QUALITY:
        zh, en = "目标值为 0 或未定，须人工核定", "the aim is nought: score by hand"
        return _given(one, ZERO, "by_hand", zh, en)
    standing: Standing = "final" if one.final else "provisional"
    return FORMULAS[one.sort](one, one.actual, one.aim or ZERO, standing)


def year(indicators: Sequence[Indicator], adjustments: Sequence[Adjustment], rules: Rules) -> Year:
    """All of it: each indicator to the hundredth, then the sum of these, so that it adds up."""
    scores = tuple(score(one) for one in indicators)
    base = sum((one.points for one in scores), ZERO)
    plus = sum((a.points for a in adjustments if a.points > 0), ZERO)
    minus = -sum((a.points for a in adjustments if a.points < 0), ZERO)
    bonus = min(plus, Decimal(rules.number["bonus_most"]))
    deduction = min(minus, Decimal(rules.number["deduction_most"]))
    total = max(ZERO, base + bonus - deduction)
    broken = tuple(one.code for one in scores if one.broken)
    provisional = any(one.standing != "final" for one in scores)
    return Year(
        scores, base, bonus, deduction, total, _grade(total, broken, rules), broken, provisional
    )


def _grade(total: Decimal, broken: tuple[str, ...], rules: Rules) -> Sentence:
    if broken:
        return Sentence("不合格（约束性指标未守住）", "failed: a binding aim was broken")
    for code, words in (
        ("excellent", Sentence("优秀", "excellent")),
        ("good", Sentence("良好", "good")),
        ("pass", Sentence("合格", "passed")),
    ):
        if total >= rules.number[code]:
            return words
    return Sentence("不合格", "failed")


def _up(one: Indicator, actual: Decimal, aim: Decimal, standing: Standing) -> Score:
    if one.base is not None and actual < one.base:
        zh = f"实绩 {_n(actual)} 低于基数 {_n(one.base)}，计 0"
        return _given(one, ZERO, standing, zh, "below the base: 0")
    ratio = Fraction(actual) / Fraction(aim)
    points = _cents(Fraction(one.weight) * min(ratio, Fraction(1)))
    if ratio > 1:
        return _given(one, points, standing, f"超过目标，计满 {points}", "more than the aim: full")
    how = f"{_n(one.weight)} × {_n(actual)} ÷ {_n(aim)} = {points}"
    return _given(one, points, standing, how, how)


def _down(one: Indicator, actual: Decimal, aim: Decimal, standing: Standing) -> Score:
    ratio = Fraction(actual) / Fraction(aim)
    if ratio >= 2:
        zh = f"实绩 {_n(actual)} 达到目标值的两倍，计 0"
        return _given(one, ZERO, standing, zh, "twice the aim or more: 0")
    points = _cents(Fraction(one.weight) * min(2 - ratio, Fraction(1)))
    if ratio <= 1:
        return _given(one, points, standing, f"控制在目标内，计满 {points}", "within the aim: full")
    how = f"{_n(one.weight)} × (2 − {_n(actual)} ÷ {_n(aim)}) = {points}"
    return _given(one, points, standing, how, how)


def _quality(one: Indicator, actual: Decimal, _aim: Decimal, standing: Standing) -> Score:
    share = min(actual, Decimal(100))
    points = _cents(Fraction(one.weight) * Fraction(share) / 100)
    how = f"{_n(one.weight)} × {_n(share)}% = {points}"
    return _given(one, points, standing, how, how)


def _binding(one: Indicator, actual: Decimal, aim: Decimal, standing: Standing) -> Score:
    if actual >= aim:
        full = _cents(Fraction(one.weight))
        zh = f"{_n(actual)} 不低于 {_n(aim)}，守住，计满 {full}"
        return _given(one, full, standing, zh, "kept: full")
    zh = f"{_n(actual)} 低于 {_n(aim)}，未守住，计 0"
    return _given(one, ZERO, standing, zh, "broken: 0")._replace(broken=True)


FORMULAS: Mapping[Sort, Callable[[Indicator, Decimal, Decimal, Standing], Score]] = {
    Sort.UP: _up,
    Sort.DOWN: _down,
    Sort.QUALITY: _quality,
    Sort.BINDING: _binding,
}


def _given(one: Indicator, points: Decimal, standing: Standing, zh: str, en: str) -> Score:
    exact = points.quantize(CENT, ROUND_HALF_UP)
    return Score(one.code, exact, one.weight, standing, Sentence(zh, en))


def _cents(value: Fraction) -> Decimal:
    """Half up to the hundredth, from an exact fraction."""
    hundredths = (value * 200 + 1) // 2
    return (Decimal(hundredths) / 100).quantize(CENT)


def _n(value: Decimal) -> str:
    """A number without zeros behind the point."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
