"""The rule, its stability, and the guard."""

from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhongshu.kernel.triage import (
    GUARD,
    SCALE,
    Guard,
    Line,
    Mark,
    Matter,
    dispatch,
    guarded,
    key,
    line,
    rank,
)
from zhongshu.kernel.triage.facts import PLAIN

SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

NOW = 10_000


@st.composite
def desks(draw: st.DrawFn, least: int = 0) -> list[Matter]:
    small = st.integers(0, 6)
    count = draw(st.integers(least, 7))
    return [
        Matter(
            number,
            draw(st.integers(1, 10)),
            draw(st.integers(1, 6)) * 30,
            NOW + (draw(small) - 2) * 60,
            NOW - draw(small) * 300,
        )
        for number in draw(st.permutations(range(count)))
    ]


def test_the_key_is_the_time_left_by_weight() -> None:
    assert key(Matter(1, 3, 60, NOW + 2520, 0), NOW) == 2520 * SCALE // 3
    assert key(Matter(1, 5, 60, NOW + 60, 0), NOW) == 60 * SCALE // 5
    assert key(Matter(1, 5, 60, NOW + 61, 0), NOW) == 61 * SCALE // 5
    assert key(Matter(1, 5, 60, NOW + 59, 0), NOW) == 60 * SCALE // 5
    assert key(Matter(1, 8, 60, NOW - 900, 0), NOW) == 60 * SCALE // 8


@pytest.mark.parametrize("weight", range(1, 11))
def test_keys_are_exact_for_every_weight(weight: int) -> None:
    matter = Matter(1, weight, 1, NOW + 7, 0)
    assert Fraction(key(matter, NOW), SCALE) == Fraction(7, weight)


def test_ties_go_to_the_earlier_due_then_to_the_smaller_number() -> None:
    early = Matter(9, 1, 600, NOW - 5, 0)
    late = Matter(1, 1, 600, NOW + 5, 0)
    same = Matter(2, 1, 600, NOW + 5, 0)
    for order in permutations([early, late, same]):
        assert line(order, NOW).matters == (early, late, same)
    assert rank(late, NOW) == (600 * SCALE, NOW + 5, 1)


@SLOW
@given(desks())
def test_the_line_is_the_smallest_key_first(desk: list[Matter]) -> None:
    order = line(desk, NOW).matters
    assert sorted(m.id for m in order) == sorted(m.id for m in desk)
    ranks = [(Fraction(max(m.need, m.due - NOW), m.weight), m.due, m.id) for m in order]
    assert ranks == sorted(ranks)


@SLOW
@given(desks(least=1))
def test_a_new_arrival_never_reorders_the_others(desk: list[Matter]) -> None:
    arrival, rest = desk[0], desk[1:]
    without = line(rest, NOW).matters
    with_it = [m for m in line(desk, NOW).matters if m is not arrival]
    assert tuple(with_it) == without


def test_what_cannot_be_a_matter() -> None:
    for weight in (0, 11):
        with pytest.raises(ValueError, match=r"^a weight is from 1 to 10$"):
            Matter(1, weight, 1, 0, 0)
    with pytest.raises(ValueError, match=r"^a matter needs at least one minute$"):
        Matter(1, 1, 0, 0, 0)
    plain = Matter(1, 10, 1, 100, 0)
    assert (plain.mark, plain.row, plain.start_by) == (Mark.NORMAL, PLAIN, 99)


def big(number: int, idle: int, weight: int = 8, due: int = NOW + 9000) -> Matter:
    return Matter(number, weight, 60, due, NOW - idle)


def test_the_guard_holds_up_the_big_matter_longest_untouched() -> None:
    longest = big(3, 2000)
    desk = [big(1, 1500), longest, big(2, 1900), big(4, 5000, weight=5), Matter(5, 1, 5, NOW, 0)]
    assert guarded(desk, NOW) is longest
    assert line(desk, NOW).guarded is longest
    assert longest in line(desk, NOW).matters


def test_the_guard_waits_for_more_than_its_days() -> None:
    assert guarded([big(1, 3 * 420)], NOW) is None
    assert guarded([big(1, 3 * 420 + 1)], NOW) is not None
    assert Guard(weight=8, after=1260, a_day=1) == GUARD


def test_the_guard_has_so_many_sessions_a_day() -> None:
    desk = [big(1, 2000)]
    assert guarded(desk, NOW, used=1) is None
    twice = Guard(weight=8, after=1000, a_day=2)
    assert guarded(desk, NOW, twice, used=1) is desk[0]
    assert guarded(desk, NOW, twice, used=2) is None
    assert line(desk, NOW, twice, used=1).guarded is desk[0]
    assert line(desk, NOW, twice, used=2) == Line(None, (desk[0],))


def test_the_guard_is_the_bureaus_to_set() -> None:
    desk = [big(1, 200, weight=5)]
    assert guarded(desk, NOW, Guard(weight=5, after=100)) is desk[0]
    assert line(desk, NOW, Guard(weight=5, after=100)).guarded is desk[0]
    assert guarded([], NOW) is None


def test_equally_neglected_the_earlier_due_then_the_smaller_number() -> None:
    one, two, three = big(1, 2000), big(2, 2000), big(3, 2000, due=NOW + 100)
    assert guarded([two, one, three], NOW) is three
    assert guarded([two, one], NOW) is one


@SLOW
@given(desks(), desks())
def test_a_new_arrival_is_never_guarded(desk: list[Matter], more: list[Matter]) -> None:
    fresh = [Matter(100 + m.id, m.weight, m.need, m.due, NOW) for m in more]
    rule = Guard(weight=5, after=600)
    assert guarded(desk + fresh, NOW, rule) == guarded(desk, NOW, rule)


@SLOW
@given(desks())
def test_dispatch_chooses_anew_after_each(desk: list[Matter]) -> None:
    now, left = NOW, list(desk)
    for matter in dispatch(desk, NOW):
        assert rank(matter, now) == min(rank(other, now) for other in left)
        left.remove(matter)
        now += matter.need
    assert left == []
