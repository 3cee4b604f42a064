"""Scores: as computed by hand, within the weight, adding up, every point with its sum."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhongshu.kernel.supervision.rules import SHIPPED
from zhongshu.kernel.supervision.scores import (
    Adjustment,
    Indicator,
    Sort,
    score,
    year,
)

D = Decimal
amounts = st.decimals(0, 10**6, places=2, allow_nan=False, allow_infinity=False)
weights = st.decimals(0, 100, places=2, allow_nan=False, allow_infinity=False)


def one(sort: Sort, weight: str, aim: str, actual: str, **more: object) -> Indicator:
    return Indicator("1.1", sort, D(weight), D(aim), D(actual), evidence=True, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("indicator", "points"),
    [
        (one(Sort.UP, "10", "100", "95"), "9.50"),
        (one(Sort.UP, "10", "100", "120"), "10.00"),
        (one(Sort.DOWN, "10", "100", "110"), "9.00"),
        (one(Sort.DOWN, "10", "100", "250"), "0.00"),
        (one(Sort.DOWN, "10", "100", "200"), "0.00"),
        (one(Sort.DOWN, "12", "9.5", "9.7"), "11.75"),
        (one(Sort.DOWN, "12", "9.5", "9.4"), "12.00"),
        (one(Sort.UP, "7", "3", "1"), "2.33"),
        (one(Sort.UP, "7", "3", "2"), "4.67"),
        (one(Sort.UP, "1", "200", "1"), "0.01"),  # 0.005 goes up
        (one(Sort.UP, "10", "46", "28.5", base=D(30)), "0.00"),
        (one(Sort.UP, "10", "46", "30", base=D(30)), "6.52"),
        (one(Sort.QUALITY, "8", "0", "75"), "6.00"),
        (one(Sort.QUALITY, "8", "0", "140"), "8.00"),
        (one(Sort.BINDING, "10", "100", "100"), "10.00"),
        (one(Sort.BINDING, "10", "100", "99.9"), "0.00"),
    ],
)
def test_as_computed_by_hand(indicator: Indicator, points: str) -> None:
    found = score(indicator)
    assert str(found.points) == points
    assert found.standing == "final"


@pytest.mark.parametrize(
    ("indicator", "standing"),
    [
        (Indicator("1", Sort.UP, D(10), D(5)), "no_result"),
        (Indicator("1", Sort.UP, D(10), D(5), D(5)), "no_evidence"),
        (Indicator("1", Sort.UP, D(10), D(0), D(5), evidence=True), "by_hand"),
        (Indicator("1", Sort.BINDING, D(10), None, D(5), evidence=True), "by_hand"),
        (one(Sort.UP, "10", "5", "5", final=False), "provisional"),
    ],
)
def test_what_is_not_final_says_so(indicator: Indicator, standing: str) -> None:
    found = score(indicator)
    assert found.standing == standing
    assert found.points == (D(10) if standing == "provisional" else D(0))


def test_points_by_hand_stand_above_the_formula() -> None:
    found = score(Indicator("1", Sort.UP, D(10), D(0), D(5), by_hand=D("7.5")))
    assert (found.points, found.standing, found.how.zh) == (D("7.50"), "final", "人工核定 7.5")


def test_the_sum_can_be_read() -> None:
    assert score(one(Sort.UP, "10", "1500", "1140")).how.zh == "10 × 1,140 ÷ 1,500 = 7.60"
    assert score(one(Sort.DOWN, "12", "9.5", "9.7")).how.zh == "12 × (2 − 9.7 ÷ 9.5) = 11.75"
    assert score(one(Sort.QUALITY, "8", "0", "75")).how.zh == "8 × 75% = 6.00"


@given(st.sampled_from(Sort), weights, amounts, amounts, st.none() | amounts)
def test_between_nought_and_the_weight_and_right_to_half_a_hundredth(
    sort: Sort, weight: D, aim: D, actual: D, base: D | None
) -> None:
    found = score(Indicator("1", sort, weight, aim, actual, base, evidence=True))
    assert 0 <= found.points <= weight
    assert found.points == found.points.quantize(D("0.01"))
    if sort is Sort.DOWN and aim:
        exact = Fraction(weight) * max(0, min(1, 2 - Fraction(actual) / Fraction(aim)))
        assert abs(Fraction(found.points) - exact) <= Fraction(1, 200)


@given(weights, amounts.filter(bool), amounts, amounts)
def test_more_of_what_is_good_is_never_worth_less(weight: D, aim: D, low: D, more: D) -> None:
    less, much = (
        score(Indicator("1", Sort.UP, weight, aim, actual, evidence=True)).points
        for actual in (low, low + more)
    )
    assert less <= much
    less, much = (
        score(Indicator("1", Sort.DOWN, weight, aim, actual, evidence=True)).points
        for actual in (low, low + more)
    )
    assert less >= much


def test_a_year_adds_up_and_adjustments_stand_apart() -> None:
    found = year(
        [one(Sort.UP, "60", "100", "95"), one(Sort.DOWN, "40", "100", "110")],
        [
            Adjustment(D(4), "省级表彰"),
            Adjustment(D(3), "经验推广"),
            Adjustment(D("-1.5"), "通报一次"),
        ],
        SHIPPED,
    )
    assert (found.base, found.bonus, found.deduction) == (D("93.00"), D(5), D("1.5"))
    assert (found.total, found.grade.zh) == (D("96.50"), "优秀")
    assert not found.provisional


@pytest.mark.parametrize(
    ("actual", "grade"), [("90", "优秀"), ("85", "良好"), ("60", "合格"), ("59.99", "不合格")]
)
def test_grades(actual: str, grade: str) -> None:
    assert year([one(Sort.UP, "100", "100", actual)], (), SHIPPED).grade.zh == grade


def test_a_broken_binding_aim_fails_the_grade_and_not_the_points() -> None:
    found = year(
        [one(Sort.UP, "90", "100", "100"), one(Sort.BINDING, "10", "100", "99")], (), SHIPPED
    )
    assert (found.total, found.broken) == (D("90.00"), ("1.1",))
    assert found.grade.zh.startswith("不合格")


def test_the_total_is_not_below_nought() -> None:
    assert year([], [Adjustment(D(-9), "通报")], SHIPPED).total == 0


@given(st.lists(st.tuples(weights, amounts), max_size=8))
def test_the_total_is_the_sum_of_what_is_shown(rows: list[tuple[Decimal, Decimal]]) -> None:
    every = [Indicator("1", Sort.UP, w, D(100), a, evidence=True) for w, a in rows]
    found = year(every, (), SHIPPED)
    assert found.total == sum((one.points for one in found.scores), D(0))


@pytest.mark.parametrize(
    "wrong", [{"weight": D(-1)}, {"actual": D(-1)}, {"by_hand": D(11)}, {"base": D(-1)}]
)
def test_impossible_amounts_are_errors_of_the_caller(wrong: dict[str, Decimal]) -> None:
    with pytest.raises(ValueError, match=r"not negative|within"):
        Indicator(**{"code": "1", "sort": Sort.UP, "weight": D(10), **wrong})  # type: ignore[arg-type]
