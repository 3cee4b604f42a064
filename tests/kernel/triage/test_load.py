"""Does the work fit the time, and from when does it not."""

from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhongshu.kernel.triage import Matter, Overload, overload

SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

NOW = 1000


def matter(need: int, due: int) -> Matter:
    return Matter(1, 1, need, NOW + due, 0)


def test_work_that_just_fits() -> None:
    assert overload([matter(60, 120), matter(60, 60)], NOW) is None
    assert overload([], NOW) is None


def test_by_how_much_and_from_when() -> None:
    desk = [matter(60, 60), matter(61, 120), matter(100, 150), matter(10, 900)]
    assert overload(desk, NOW) == Overload(71, NOW + 120)
    assert overload(desk[::-1], NOW) == Overload(71, NOW + 120)


def test_what_is_overdue_counts_from_now() -> None:
    assert overload([matter(30, -500)], NOW) == Overload(30, NOW)


def test_several_people_share_the_work() -> None:
    desk = [matter(100, 60), matter(21, 60)]
    assert overload(desk, NOW, people=2) == Overload(1, NOW + 60)
    assert overload([matter(120, 60)], NOW, people=2) is None
    with pytest.raises(ValueError, match=r"^a desk has at least one person$"):
        overload(desk, NOW, people=0)


@SLOW
@given(st.lists(st.tuples(st.integers(1, 5), st.integers(-3, 12)), max_size=5))
def test_no_overload_means_that_some_order_is_in_time(jobs: list[tuple[int, int]]) -> None:
    desk = [matter(need, due) for need, due in jobs]

    def worst(order: tuple[Matter, ...]) -> int:
        now, late = NOW, 0
        for one in order:
            now += one.need
            late = max(late, now - one.due)
        return late

    best = min(worst(order) for order in permutations(desk))
    assert (overload(desk, NOW) is None) == (best == 0)
