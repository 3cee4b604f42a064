"""Days as papers write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhongshu.kernel.papers.recognise import dates
from zhongshu.kernel.papers.recognise.shape import plain

HAN = "〇一二三四五六七八九"


@pytest.mark.parametrize(
    "spelt",
    [
        "2026年3月5日",
        "２０２６年３月５日",
        "2026年03月05日",
        "二〇二六年三月五日",
        "二○二六年三月五日",
        "二零二六年三月五日",
        "二二六年三月五日",
        "二〇六年三月五日",
        "2O26年3月5曰",
        "2026-03-05",
        "2026.3.5",
        "2026/3/5",
        "（2026年3月5日）",
        "成文日期：2026年3月5日",
        "2026年3月5日9:30",
        "2026年3月5号",
    ],
)
def test_one_day_in_many_forms(spelt: str) -> None:
    assert dates.whole(plain(spelt)) == date(2026, 3, 5)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "3月5日",
        "2026年2月30日",
        "2026年13月1日",
        "2026年3月5日前",
        "2026.3.55",
        "2026年百月1日",
    ],
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert dates.whole(plain(text)) is None


def test_only_real_days_are_found_within_a_text() -> None:
    text = plain("自2026年2月30日起，2026年3月1日止，2026-03-02。")
    assert [day for day, _, _ in dates.all_in(text)] == [date(2026, 3, 1), date(2026, 3, 2)]


@pytest.mark.parametrize(
    ("spelt", "value"),
    [
        ("十", 10),
        ("二十", 20),
        ("廿一", 21),
        ("三十一", 31),
        ("一百零五", 105),
        ("元", 1),
        ("", None),
        ("甲", None),
    ],
)
def test_chinese_numerals(spelt: str, value: int | None) -> None:
    assert dates.counted(spelt) == value


def test_a_number_that_is_none() -> None:
    assert dates.number("甲") is None
    assert dates.number("l2") == 12


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_back(day: date) -> None:
    def small(value: int) -> str:
        tens, ones = divmod(value, 10)
        return ("" if tens == 0 else "十" if tens == 1 else HAN[tens] + "十") + (
            HAN[ones] if ones else ""
        )

    han = "".join(HAN[int(sign)] for sign in str(day.year))
    assert dates.whole(plain(f"{han}年{small(day.month)}月{small(day.day)}日")) == day
    assert dates.whole(f"{day.year}年{day.month}月{day.day}日") == day
