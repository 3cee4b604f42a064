"""The arithmetic of drawings."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from zhongshu.office.ui import plot


@given(st.lists(st.tuples(st.text("水a", max_size=30), st.floats(0, 1e9)), max_size=8))
def test_bars_stay_inside(rows: list[tuple[str, float]]) -> None:
    lines = plot.bars(rows, 344)
    assert len(lines) == len(rows)
    assert all(
        line.width >= 0 and line.left + line.width <= 344 - plot.ROOM + 0.1 for line in lines
    )


def test_the_longest_bar_is_as_long_as_there_is_room() -> None:
    line = plot.bars([("水", 2), ("水", 4)], 344)
    assert (line[1].width, line[0].width) == (344 - 48 - 72, (344 - 48 - 72) / 2)


def test_labels_have_room() -> None:
    assert plot.label_width([]) == 48
    assert plot.label_width(["附件与清单不符"]) == 98
    assert plot.label_width(["水" * 40]) == 160


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=30), st.none() | st.floats(-1e6, 1e6))
def test_a_course_stays_inside(values: list[float], limit: float | None) -> None:
    course = plot.course(values, limit, 344, 96)
    assert all(0 <= x <= 344 and 0 <= y <= 96 for x, y in course.points)
    assert (course.limit is None) == (limit is None)
    assert course.limit is None or 0 <= course.limit <= 96


def test_more_stands_higher() -> None:
    low, high = plot.course([1, 2], None, 344, 96).points
    assert high[1] < low[1]


def test_a_number_stands_clear() -> None:
    assert plot.beside(50, None) == 42
    assert plot.beside(50, 38) == 68
    assert plot.beside(50, 90) == 42
    assert plot.beside(10, None) == 28


@given(st.lists(st.integers(0, 500), max_size=8))
def test_portions_fill_the_whole(counts: list[int]) -> None:
    places = plot.portions(counts, 1280, 2)
    assert [width > 0 for _, width in places] == [count > 0 for count in counts]
    shown = [(x, width) for (x, width), count in zip(places, counts, strict=True) if count]
    assert all(a + wide <= b for (a, wide), (b, _) in pairwise(shown))
    if shown:
        assert abs(shown[-1][0] + shown[-1][1] - 1280) < 1


@given(st.lists(st.tuples(st.floats(-1, 2), st.floats(-1, 2)), max_size=10))
def test_places_stay_in_the_field(places: list[tuple[float, float]]) -> None:
    assert all(11 <= x <= 293 and 11 <= y <= 129 for x, y in plot.scattered(places, 304, 140))


def test_no_number_hides_another() -> None:
    put = plot.scattered([(0.5, 0.5)] * 5 + [(0, 0)] * 3, 304, 140)
    assert len(set(put)) == len(put)
