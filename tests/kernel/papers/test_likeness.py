"""Papers that are nearly the same are found, by keys alone; others are not."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhongshu.kernel.papers.likeness import (
    BITS,
    NEAR,
    PAIRS,
    SHORTEST,
    distance,
    keys,
    letters,
    near,
    sketch,
)

SKETCHES = st.integers(0, 2**BITS - 1)
TEXT = (
    "入冬以来，我区清溪路、望江里等6处低洼路段排水压力增大。现有移动泵车2台，其中1台已超过使用年限，"
    "抽排能力不足每小时400立方米，难以满足冬春季应急排水需要。为做好应急准备，恳请市局于12月10日前"
    "调配移动式应急泵车2台（单台流量不低于每小时500立方米），并安排操作培训1次。所需运行经费由我所"
    "自行解决。妥否，请批示。联系人何青禾，电话5550108。临溪区水务所二〇二六年十一月二十三日。"
)
OTHER = (
    "根据省水利厅统一部署，定于本周五上午九时在市政府三楼会议室召开全市农村供水工程建设调度会议，"
    "请各县区分管负责同志准时参加，并于会前一天将参会人员名单报送市水务局办公室，汇报材料不超过"
    "两千字，重点说明今年以来工程进度、资金到位情况以及存在的主要困难和下一步打算。"
)


def worn(text: str, share: float, seed: int) -> str:
    """The text as an optical reader might have read it, with this share of its letters wrong."""
    dice = Random(seed)
    return "".join(
        dice.choice("口日曰目田由甲申") if dice.random() < share else sign for sign in text
    )


@given(SKETCHES, st.sets(st.integers(0, BITS - 1), max_size=NEAR))
def test_whatever_is_near_shares_a_key(one: int, bits: set[int]) -> None:
    other = one ^ sum(1 << bit for bit in bits)
    assert distance(one, other) == len(bits)
    assert near(one, other)
    assert set(keys(one)) & set(keys(other))


@given(SKETCHES, SKETCHES)
def test_distance_is_one(one: int, other: int) -> None:
    assert distance(one, other) == distance(other, one) == bin(one ^ other).count("1")
    assert distance(one, one) == 0
    assert near(one, other) == (distance(one, other) <= 6)


@given(SKETCHES)
def test_every_key_says_which_pair_it_is_of(one: int) -> None:
    found = keys(one)
    assert len(found) == len(PAIRS) == 28
    assert [key >> 16 for key in found] == list(range(28))
    blocks = one.to_bytes(8, "big")
    assert [key & 0xFFFF for key in found] == [blocks[a] << 8 | blocks[b] for a, b in PAIRS]


@given(st.text(alphabet=" 　，。、；：（）\n\t-", max_size=5), st.integers(0, len(TEXT)))
def test_blanks_and_punctuation_count_for_nothing(noise: str, at: int) -> None:
    assert sketch(TEXT[:at] + noise + TEXT[at:]) == sketch(TEXT)


def test_width_and_case_count_for_nothing() -> None:
    assert letters("ＡＢｃ１２３〔二〕（三）") == "abc123二三"
    assert sketch("Ａ" * 40 + TEXT) == sketch("a" * 40 + TEXT)


def test_a_short_text_has_no_sketch() -> None:
    assert sketch("字" * (SHORTEST - 1)) is None
    assert sketch("字" * (SHORTEST - 1) + "，。") is None
    assert sketch("字" * SHORTEST) is not None


def test_one_piece_over_and_over_is_that_piece() -> None:
    assert sketch("字" * 40) == sketch("字" * 400)


@pytest.mark.parametrize("seed", range(40))
def test_a_second_scan_is_near(seed: int) -> None:
    first, second = sketch(TEXT), sketch(worn(TEXT, 0.005, seed))
    assert first is not None
    assert second is not None
    assert near(first, second)


def test_another_paper_is_far() -> None:
    one, other = sketch(TEXT), sketch(OTHER)
    assert one is not None
    assert other is not None
    assert distance(one, other) > 16


def test_the_sketch_is_the_vote_of_its_pieces() -> None:
    """Known once and for all: a stored sketch must mean the same next year."""
    assert sketch(TEXT) == EXPECTED


EXPECTED = 4407962417216920343
