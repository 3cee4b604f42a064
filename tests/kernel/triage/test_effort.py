"""Typical effort: a median that a few odd cases cannot move."""

from statistics import median_high

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhongshu.kernel.triage import Effort

SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def learned(*cases: int) -> Effort:
    effort = Effort(30)
    for minutes in cases:
        effort = effort.learn(minutes)
    return effort


def test_the_standard_holds_until_enough_was_seen() -> None:
    assert Effort(30).need == 30
    assert learned(1, 2, 3, 4).need == 30
    assert learned(1, 2, 3, 4, 5).need == 3


def test_of_an_even_number_the_higher_middle_one() -> None:
    assert learned(6, 5, 1, 4, 2, 3).need == 4


def test_one_forgotten_case_moves_it_no_more_than_a_long_one() -> None:
    usual = [10, 11, 12, 13, 14, 15]
    assert learned(*usual, 10_000_000).need == learned(*usual, 16).need


@SLOW
@given(st.lists(st.integers(1, 500), min_size=5, max_size=150))
def test_the_last_hundred_and_one_count(cases: list[int]) -> None:
    effort = learned(*cases)
    assert effort.seen == tuple(cases[-101:])
    assert effort.need == median_high(cases[-101:])


def test_effort_is_at_least_a_minute() -> None:
    for bad in (lambda: Effort(0), lambda: Effort(30, (5, 0)), lambda: Effort(30).learn(0)):
        with pytest.raises(ValueError, match=r"^effort is at least one minute$"):
            bad()
    assert Effort(1, (1,)).standard == 1
