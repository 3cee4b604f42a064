"""Lights of needs and shortages."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhongshu.kernel.supervision.ledgers import OUTCOMES, Need, Outcome, Way, got, need, shortage
from zhongshu.kernel.supervision.lights import Light

DAY = 420
Dec = Decimal
amounts = st.decimals(0, 1000, places=0, allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("one", "now", "light", "why"),
    [
        (Need(DAY), DAY, Light.GREY, "待答复"),
        (Need(DAY), DAY + 1, Light.RED, "1 个工作日没有回音"),
        (Need(DAY, answered=10), 99 * DAY, Light.GREEN, "已答复，办理中"),
        (Need(DAY, 9 * DAY, 10), 6 * DAY, Light.AMBER, "时限将近"),
        (Need(DAY, 9 * DAY, 10), 5 * DAY, Light.GREEN, "已答复，办理中"),
        (Need(DAY, 9 * DAY, 10, Outcome.PLANNED), 5 * DAY, Light.GREEN, "列入计划"),
        (Need(DAY, 9 * DAY, 10, Outcome.PLANNED), 11 * DAY, Light.RED, "逾期 2 个工作日"),
        (Need(DAY, 9 * DAY, 10, Outcome.SOLVED), 99 * DAY, Light.BLUE, "已解决"),
        (Need(DAY, 9 * DAY, 10, Outcome.NOT_FEASIBLE), 99 * DAY, Light.BLUE, "不具备条件"),
    ],
)
def test_needs(one: Need, now: int, light: Light, why: str) -> None:
    found = need(one, now, DAY)
    assert (found.light, found.why.zh) == (light, why)


@given(st.integers(0, 9999), st.none() | st.integers(0, 9999), st.integers(0, 9999))
def test_a_need_is_never_green_before_it_is_answered(a: int, due: int | None, now: int) -> None:
    assert need(Need(a, due), now, DAY).light in {Light.GREY, Light.RED}


ASKED = Way("云水请〔2026〕12号")
GRANTED = Way("云水请〔2026〕12号", Dec(1140), "云财〔2026〕8号", Dec(420), 100)


@pytest.mark.parametrize(
    ("ways", "now", "light", "why"),
    [
        ((), 0, Light.RED, "没有在走的门路"),
        ((Way(granted=Dec(5)),), 0, Light.RED, "没有在走的门路"),
        ((Way("1号", closed=True),), 0, Light.RED, "没有在走的门路"),
        ((ASKED,), 0, Light.AMBER, "已申报，待批复"),
        ((GRANTED,), 100, Light.GREEN, "已批复，到位 36%"),
        ((GRANTED,), 101, Light.RED, "过了预期还没有到"),
        ((GRANTED, ASKED), 101, Light.GREEN, "已批复，到位 36%"),
        ((Way("1号", Dec(2180), "2号", Dec(2180)),), 0, Light.BLUE, "已到位"),
    ],
)
def test_shortages(ways: tuple[Way, ...], now: int, light: Light, why: str) -> None:
    found = shortage(Dec(2180), Dec(0), ways, now)
    assert (found.light, found.why.zh) == (light, why)


def test_only_what_a_paper_says_is_counted_as_granted() -> None:
    have = got(Dec(100), Dec(10), (Way("1号", Dec(30), "批1号", Dec(20)), Way("2号", Dec(50))))
    assert have == (Dec(30), Dec(20), Dec(70), Dec(50))
    with pytest.raises(ValueError, match="not negative"):
        got(Dec(-1), Dec(0), ())


@given(amounts, amounts, st.lists(st.tuples(amounts, amounts), max_size=4))
def test_the_gap_is_what_is_required_less_what_is_here(
    required: Decimal, on_hand: Decimal, rows: list[tuple[Decimal, Decimal]]
) -> None:
    ways = tuple(Way("1号", granted, "2号", arrived) for granted, arrived in rows)
    have = got(required, on_hand, ways)
    assert have.gap == max(Dec(0), required - on_hand - sum(arrived for _, arrived in rows))
    assert (shortage(required, on_hand, ways, 0).light is Light.BLUE) is (have.gap == 0)


def test_every_outcome_has_words() -> None:
    assert set(OUTCOMES) | {Outcome.HANDLING} == set(Outcome)
