"""Periods as the law counts them, with the golden cases of the handbook."""

from datetime import UTC, date, datetime, timedelta

import pytest

from zhongshu.kernel.worktime import (
    ZONE,
    Calendar,
    Day,
    Kind,
    Limit,
    Moment,
    Period,
    Rule,
    Source,
    Until,
    mainland,
    resolve,
)
from zhongshu.kernel.worktime.legal import Measure, Roll

CN = Calendar(mainland())
BASIS = "示例局服务承诺 [G]"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def ends(start: str, rule: Rule) -> datetime:
    return resolve(CN, at(start), rule).at


@pytest.mark.parametrize(
    ("start", "day"),
    [
        ("2026-02-02", "2026-02-24"),
        ("2026-04-20", "2026-05-06"),
        ("2026-09-20", "2026-10-08"),
    ],
)
def test_golden_calendar_days(start: str, day: str) -> None:
    close = resolve(CN, at(f"{start}T10:00"), Period(15, "days", BASIS, end="close"))
    assert close == Moment(at(f"{day}T17:30"), CN.minute(at(f"{day}T17:30")), False)
    assert close.at.tzinfo is UTC
    midnight = resolve(CN, at(f"{start}T10:00"), Period(15, "days", BASIS))
    assert midnight.at - close.at == timedelta(hours=6, minutes=30)
    assert midnight.minute == close.minute


def test_golden_working_days() -> None:
    for rule in (Limit(3, "days"), Period(3, "working_days", BASIS)):
        assert ends("2026-09-30T09:00", rule) == at("2026-10-10T17:30")


def test_hours_run_on_and_working_minutes_do_not() -> None:
    assert ends("2026-11-20T17:00", Period(48, "hours", BASIS)) == at("2026-11-22T17:00")
    assert ends("2026-11-20T17:00", Period(60, "working_minutes", BASIS)) == at("2026-11-23T09:00")
    answer = resolve(CN, at("2026-11-20T17:00"), Period(48, "hours", BASIS))
    assert answer == Moment(answer.at, CN.minute(answer.at), False)
    assert answer.at.tzinfo is UTC


@pytest.mark.parametrize(
    ("start", "amount", "measure", "day"),
    [
        ("2026-01-31", 1, "months", "2026-02-28"),
        ("2024-01-31", 1, "months", "2024-02-29"),
        ("2026-10-15", 3, "months", "2027-01-15"),
        ("2026-11-30", 1, "months", "2026-12-30"),
        ("2026-12-31", 12, "months", "2027-12-31"),
        ("2024-02-29", 1, "years", "2025-02-28"),
        ("2026-03-02", 2, "years", "2028-03-02"),
    ],
)
def test_months_end_on_the_corresponding_day(
    start: str, amount: int, measure: Measure, day: str
) -> None:
    rule = Period(amount, measure, BASIS, roll="none", end="close")
    answer = resolve(CN, at(f"{start}T09:00"), rule)
    assert answer == CN.ends(at(f"{start}T09:00"), date.fromisoformat(day), close=True)
    assert CN.day(answer.at - timedelta(minutes=1)) == date.fromisoformat(day)


def test_the_first_day_counts_only_where_a_law_says_so() -> None:
    days = Period(3, "days", BASIS, counts_first=True, end="close")
    assert ends("2026-11-23T09:00", days) == at("2026-11-25T17:30")
    months = Period(1, "months", BASIS, counts_first=True, end="close")
    assert ends("2026-10-24T09:00", months) == at("2026-11-23T17:30")
    assert ends("2026-11-23T09:00", Period(2, "days", BASIS, end="close")) == at("2026-11-25T17:30")


@pytest.mark.parametrize(
    ("roll", "weekends", "close"),
    [
        ("forward", True, "2026-11-23T17:30"),
        ("backward", True, "2026-11-20T17:30"),
        ("none", True, "2026-11-22T00:00"),
        ("forward", False, "2026-11-22T00:00"),
    ],
)
def test_a_period_ending_on_a_saturday(roll: Roll, weekends: bool, close: str) -> None:
    rule = Period(1, "days", BASIS, roll=roll, end="close", weekends=weekends)
    assert ends("2026-11-20T09:00", rule) == at(close)


def test_a_holiday_rolls_even_where_weekends_do_not() -> None:
    rule = Period(1, "days", BASIS, end="close", weekends=False)
    assert ends("2026-09-30T09:00", rule) == at("2026-10-08T17:30")


def test_nothing_rolls_over_a_make_up_saturday_or_a_closed_day() -> None:
    assert ends("2026-10-09T09:00", Period(1, "days", BASIS, end="close")) == at("2026-10-10T17:30")
    closed = Day(date(2026, 11, 24), Kind.CLOSED, "停办", Source("示例局通知"))
    calendar = Calendar(mainland().overlay("x", (closed,)))
    answer = resolve(calendar, at("2026-11-23T09:00"), Period(1, "days", BASIS, end="close"))
    assert answer.at == at("2026-11-25T00:00")


def test_a_written_date_stands_as_written() -> None:
    start = at("2026-11-20T09:00")
    sunday = resolve(CN, start, Until(date(2026, 11, 22), "来文第二段"))
    assert sunday == Moment(at("2026-11-23T00:00"), CN.close(date(2026, 11, 22)), False)
    assert resolve(CN, start, Until(date(2026, 11, 24), "来文")).at == at("2026-11-24T17:30")
    late = Until(date(2026, 11, 24), "来文", end="midnight")
    assert resolve(CN, start, late).at == at("2026-11-25T00:00")
    rolled = Until(date(2026, 11, 22), "来文", roll="forward")
    assert resolve(CN, start, rolled).at == at("2026-11-23T17:30")


def test_a_period_into_a_year_not_announced_says_so() -> None:
    start = at("2026-12-01T09:00")
    assert not resolve(CN, start, Period(30, "days", BASIS)).forecast
    assert resolve(CN, start, Period(31, "days", BASIS)).forecast
    assert resolve(CN, start, Period(24 * 31, "hours", BASIS)).forecast
    assert resolve(CN, start, Until(date(2027, 1, 4), "来文")).forecast
    assert not resolve(CN, start, Until(date(2026, 12, 31), "来文", end="midnight")).forecast
    assert resolve(CN, at("2027-03-01T09:00"), Until(date(2026, 12, 1), "来文")).forecast
    assert resolve(CN, start, Period(200, "working_days", BASIS)).forecast


def test_a_period_has_a_length() -> None:
    with pytest.raises(ValueError, match=r"^a period is at least one long$"):
        Period(0, "days", BASIS)
    assert Period(1, "days", BASIS).amount == 1
