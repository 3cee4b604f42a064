"""Times and numbers as a person says them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from zhongshu.kernel.worktime import ZONE
from zhongshu.office import clock
from zhongshu.office.ui import telling

CALENDAR = clock.calendar()


def at(text: str) -> datetime:
    """An instant on the wall clock."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("now", "due", "words", "pressing"),
    [
        ("2026-11-24 14:05", "2026-11-24 17:00", "剩 2 小时 55 分", "today"),
        ("2026-11-24 14:05", "2026-11-25 10:00", "剩 4 小时 55 分", "soon"),
        ("2026-11-24 14:05", "2026-11-24 14:35", "剩 30 分钟", "today"),
        ("2026-11-24 11:00", "2026-11-24 15:00", "剩 2 小时", "today"),
        ("2026-11-24 14:05", "2026-11-27 17:30", "剩 3 个工作日", "later"),
        ("2026-11-24 14:05", "2026-11-27 12:00", "剩 2 个工作日", "soon"),
        ("2026-11-27 17:30", "2026-11-30 17:30", "剩 1 个工作日", "soon"),
        ("2026-11-24 14:05", "2026-11-24 14:05", "逾期 1 分钟", "over"),
        ("2026-11-24 18:00", "2026-11-24 17:30", "逾期 1 分钟", "over"),
        ("2026-11-24 14:05", "2026-11-24 09:00", "逾期 3 小时 5 分", "over"),
        ("2026-11-24 14:05", "2026-11-23 14:05", "逾期 1 个工作日", "over"),
        ("2026-11-24 14:05", "2026-11-23 14:04", "逾期 2 个工作日", "over"),
    ],
)
def test_what_is_left(now: str, due: str, words: str, pressing: str) -> None:
    assert telling.left(CALENDAR, at(now), at(due)) == (words, pressing)


def test_an_ordinal_says_the_same_as_its_instant() -> None:
    now, due = at("2026-11-24 14:05"), at("2026-11-26 10:00")
    ordinal = CALENDAR.minute(due)
    assert telling.left(CALENDAR, now, ordinal) == telling.left(CALENDAR, now, due)
    assert telling.instant(CALENDAR, ordinal) == due
    assert telling.used(CALENDAR, now, now, ordinal) == 0


@given(st.integers(-4000, 4000))
def test_what_is_left_is_never_said_longer_nor_lateness_shorter(minutes: int) -> None:
    now = at("2026-11-24 10:00")
    told = telling.left(CALENDAR, now, CALENDAR.minute(now) + minutes)
    digits = [int(part) for part in told.words.split() if part.isdigit()]
    if "工作日" in told.words:
        said = digits[0] * telling.DAY
    elif "小时" in told.words:
        said = digits[0] * 60 + sum(digits[1:])
    else:
        said = digits[0]
    assert (said <= minutes) if minutes > 0 else (said >= -minutes)
    assert ("逾期" in told.words) == (told.pressing == "over") == (minutes <= 0)


@pytest.mark.parametrize(
    ("now", "state"),
    [
        ("2026-11-24 14:05", "11 月 24 日 周二 14:05，离下班 3 小时 25 分"),
        ("2026-11-24 11:00", "11 月 24 日 周二 11:00，离下班 6 小时 30 分"),
        ("2026-11-24 12:30", "11 月 24 日 周二 12:30，离下班 5 小时"),
        ("2026-11-24 08:05", "11 月 24 日 周二 08:05，离上班 25 分钟"),
        ("2026-11-24 08:30", "11 月 24 日 周二 08:30，离下班 9 小时"),
        ("2026-11-24 17:30", "11 月 24 日 周二 17:30，已下班"),
        ("2026-11-28 10:00", "11 月 28 日 周六 10:00，今天休息"),
    ],
)
def test_the_clock_of_the_day(now: str, state: str) -> None:
    assert telling.working_day(CALENDAR, at(now)) == state


@pytest.mark.parametrize(
    ("instant", "told"),
    [
        ("2026-11-24 17:00", "今天 17:00"),
        ("2026-11-25 00:00", "明天 00:00"),
        ("2026-11-23 23:59", "昨天 23:59"),
        ("2026-11-27 17:00", "11 月 27 日"),
        ("2025-03-02 09:00", "2025 年 3 月 2 日"),
    ],
)
def test_an_instant_as_said(instant: str, told: str) -> None:
    assert telling.when(at("2026-11-24 14:05"), at(instant).astimezone(UTC)) == told


def test_how_much_of_the_time_is_used() -> None:
    start, due = at("2026-11-24 08:30"), at("2026-11-24 17:30")
    assert telling.used(CALENDAR, start, at("2026-11-24 08:30"), due) == 0
    assert telling.used(CALENDAR, start, at("2026-11-24 12:00"), due) == 50
    assert telling.used(CALENDAR, start, at("2026-11-24 17:29"), due) == 99
    assert telling.used(CALENDAR, start, at("2026-11-25 17:29"), due) == 100
    assert telling.used(CALENDAR, start, start - timedelta(days=1), due) == 0


def test_numbers_carry_what_they_rest_on() -> None:
    assert telling.rate(197, 209) == ("94.3%", "n=209")
    assert telling.rate(1, 9) == ("1 / 9", "")
    assert telling.rate(1000, 2000) == ("50.0%", "n=2,000")
    assert telling.count(18204) == "18,204"


def test_english_says_one_and_many() -> None:
    now = at("2026-11-24 09:00")
    with translation.override("en"):
        assert telling.left(CALENDAR, now, at("2026-11-25 10:00")).words == "1 working day left"
        assert telling.left(CALENDAR, now, at("2026-11-26 10:00")).words == "2 working days left"
        assert telling.day(date(2026, 1, 1), date(2026, 3, 2)) == "03-02"
        assert telling.day(date(2025, 1, 1), date(2026, 3, 2)) == "2026-03-02"
        assert telling.working_day(CALENDAR, now).startswith("11-24 Tue 09:00, 8 h 30 min")
