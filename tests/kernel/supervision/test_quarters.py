"""Lights of indicators: against the plan of the last quarter that has ended."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhongshu.kernel.supervision.lights import Light
from zhongshu.kernel.supervision.quarters import Course, cells, shown
from zhongshu.kernel.supervision.rules import SHIPPED
from zhongshu.kernel.supervision.scores import Sort

NONE = (None, None, None, None)
amounts = st.none() | st.decimals(0, 10**4, places=1, allow_nan=False, allow_infinity=False)


def course(
    sort: Sort, ended: int, planned: tuple[str, ...], *reached: str, aim: str = "46"
) -> Course:
    def read(said: tuple[str, ...]) -> list[Decimal | None]:
        full = [*said, *[""] * (4 - len(said))]
        return [Decimal(one) if one else None for one in full]

    return Course(sort, Decimal(aim) if aim else None, read(planned), read(reached), ended)


UP = ("10", "22", "27", "46")


@pytest.mark.parametrize(
    ("given_", "light", "why"),
    [
        (course(Sort.UP, 0, UP), Light.GREY, "未到首次报告"),
        (course(Sort.UP, 1, UP), Light.AMBER, "还没有报过结果"),
        (course(Sort.UP, 0, UP, "3"), Light.GREEN, "达到序时进度"),
        (course(Sort.UP, 3, UP, "10", "22", "28.5"), Light.GREEN, "达到序时进度"),
        (course(Sort.UP, 3, UP, "10", "22", "26"), Light.AMBER, "比序时进度差 2 个百分点"),
        (course(Sort.UP, 3, UP, "10", "22", "26.99"), Light.AMBER, "比序时进度差 1 个百分点"),
        (course(Sort.UP, 3, UP, "5", "8"), Light.RED, "比序时进度差 41 个百分点"),
        (course(Sort.UP, 3, UP, "10", "27"), Light.AMBER, "三季度结果未报"),
        (
            course(Sort.DOWN, 3, ("10.4", "10.1", "9.8", "9.5"), "10.4", "10", "9.7", aim="9.5"),
            Light.GREEN,
            "达到序时进度",
        ),
        (
            course(Sort.DOWN, 3, ("10.4", "10.1", "9.8", "9.5"), "10.4", "10", "9.9", aim="9.5"),
            Light.AMBER,
            "比序时进度差 1 个百分点",
        ),
        (course(Sort.BINDING, 0, (), "99", aim="100"), Light.RED, "约束性指标未守住"),
        (course(Sort.BINDING, 1, ("100",), "100", aim="100"), Light.GREEN, "达到序时进度"),
        (course(Sort.QUALITY, 1, ("25",), "20", aim=""), Light.AMBER, "比序时进度差 20 个百分点"),
        (course(Sort.DOWN, 1, ("0",), "1", aim="0"), Light.RED, "比序时进度差 100 个百分点"),
        (course(Sort.UP, 2, (), "1"), Light.AMBER, "二季度结果未报"),
    ],
)
def test_in_words(given_: Course, light: Light, why: str) -> None:
    found = shown(given_, SHIPPED)
    assert (found.light, found.why.zh) == (light, why)


def test_how_quarters_are_drawn() -> None:
    assert cells(course(Sort.UP, 3, UP, "10", "22", "26")) == ("done", "done", "late", "now")
    assert cells(course(Sort.UP, 3, ("1", "3", "6", ""), "1", "3", "6")) == (
        *("done", "done", "done"),
        "plan",
    )


@given(
    st.sampled_from(Sort),
    amounts,
    st.lists(amounts, min_size=4, max_size=4),
    st.lists(amounts, min_size=4, max_size=4),
    st.integers(0, 4),
)
def test_never_green_without_a_result(
    sort: Sort,
    aim: Decimal | None,
    planned: list[Decimal | None],
    reached: list[Decimal | None],
    ended: int,
) -> None:
    found = shown(Course(sort, aim, planned, reached, ended), SHIPPED)
    assert found.why.zh and found.why.en
    if all(one is None for one in reached):
        assert found.light in {Light.GREY, Light.AMBER}
