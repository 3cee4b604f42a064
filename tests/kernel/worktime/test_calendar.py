"""The arithmetic of working minutes, against the slow way and against days known by heart."""

import random
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhongshu.kernel.worktime import (
    ZONE,
    Calendar,
    Day,
    Edition,
    Hours,
    Kind,
    Limit,
    Moment,
    Source,
    Span,
    Spell,
    mainland,
    spell,
)

from .naive import Naive, agree

SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

CN = Calendar(mainland())
NAIVE = Naive(mainland(last=2027))
OWN = Source("示例局通知", "示办〔2026〕1号")
ROUND_THE_CLOCK = (Hours(date(2026, 1, 1), (Spell(0, 1440),), OWN, frozenset(range(7))),)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def test_answers_are_in_utc_whatever_the_zone_of_the_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("TZ", "EST5")
        time.tzset()
        answer = Calendar(mainland()).at(1)
    time.tzset()
    assert answer.tzinfo is UTC


def test_the_zone_is_eight_hours_ahead() -> None:
    assert at("2026-11-24T08:00").astimezone(UTC) == datetime(2026, 11, 24, tzinfo=UTC)
    assert str(ZONE) == "Asia/Shanghai"


@settings(SLOW, max_examples=300)
@given(st.integers(), st.sampled_from([3, 60, 5000]))
def test_fast_and_naive_agree_on_the_mainland(seed: int, minutes: int) -> None:
    agree(CN, NAIVE, random.Random(seed), minutes)


@st.composite
def editions(draw: st.DrawFn) -> Edition:
    def hours(since: date) -> Hours:
        edges = sorted(draw(st.sets(st.integers(0, 1440), min_size=2, max_size=6)))
        edges = edges[: len(edges) // 2 * 2]
        spells = tuple(Spell(*edges[n : n + 2]) for n in range(0, len(edges), 2))
        return Hours(since, spells, OWN, draw(st.frozensets(st.integers(0, 6), min_size=1)))

    dates = st.dates(date(2026, 1, 1), date(2026, 12, 31))
    days = tuple(
        Day(day, kind, "示例", OWN)
        for day, kind in draw(st.dictionaries(dates, st.sampled_from(Kind), max_size=60)).items()
    )
    since = (date(2025, 7, 1), *sorted(draw(st.sets(dates, max_size=3))))
    return Edition("x", 2026, 2026, frozenset({2026}), days, tuple(map(hours, since)))


@settings(SLOW, max_examples=60)
@given(editions(), st.data())
def test_fast_and_naive_agree_on_any_edition(edition: Edition, data: st.DataObject) -> None:
    calendar, naive = Calendar(edition), Naive(edition)
    assert calendar.total == naive.count(0, len(naive.flags))
    for _ in range(5):
        index = data.draw(st.integers(0, len(naive.flags) - 1))
        ordinal = naive.count(0, index)
        assert calendar.minute(naive.instant(index)) == ordinal
        if ordinal:
            assert calendar.at(ordinal) == naive.instant(naive.after(0, ordinal))
        if ordinal < calendar.total:
            later = naive.after(0, ordinal + 1) - 1
            assert calendar.latest(ordinal) == naive.instant(later)


def test_a_day_of_work_minute_by_minute() -> None:
    start = CN.minute(at("2026-11-24T00:00"))
    known = {"08:30": 0, "08:31": 1, "12:00": 210, "13:00": 210, "14:01": 211, "17:30": 420}
    for clock, minutes in known.items():
        assert CN.minute(at(f"2026-11-24T{clock}")) - start == minutes
    assert CN.minute(at("2026-11-24T08:31:59")) - start == 1


def test_the_first_and_the_last_ordinal() -> None:
    assert CN.minute(at("2024-01-01T00:00")) == 0
    assert CN.at(0) == at("2024-01-01T00:00")
    assert CN.latest(0) == at("2024-01-02T08:30")
    assert CN.at(CN.total) == at("2040-12-31T17:30")
    assert CN.minute(at("2040-12-31T23:59")) == CN.total
    assert CN.latest(CN.total - 1) == at("2040-12-31T17:29")


def test_answers_are_in_utc_whatever_zone_was_asked_in() -> None:
    tokyo = datetime(2026, 11, 24, 9, 30, tzinfo=timezone(timedelta(hours=9)))
    answer = CN.add(tokyo, 60)
    assert answer.at == datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
    assert answer.at.tzinfo is UTC
    end = CN.ends(tokyo, date(2026, 11, 24), close=False)
    assert end.at == datetime(2026, 11, 24, 16, tzinfo=UTC)
    assert end.at.tzinfo is UTC


def test_adding_stops_at_close_and_subtracting_at_opening() -> None:
    friday, monday = at("2026-11-20T16:30"), at("2026-11-23T09:30")
    assert CN.add(friday, 60).at == at("2026-11-20T17:30")
    assert CN.subtract(monday, 60).at == at("2026-11-23T08:30")
    assert CN.add(friday, 61).at == at("2026-11-23T08:31")
    assert CN.subtract(monday, 61).at == at("2026-11-20T17:29")


def test_nothing_added_or_subtracted_is_the_same_minute() -> None:
    night = at("2026-11-24T22:15:40")
    minute = CN.minute(night)
    assert CN.add(night, 0) == Moment(at("2026-11-24T22:15"), minute, False)
    assert CN.subtract(night, 0) == Moment(at("2026-11-24T22:15"), minute, False)


def test_between_has_a_sign() -> None:
    early, late = at("2026-11-24T09:00"), at("2026-11-25T09:00")
    assert CN.between(early, late) == Span(420, False)
    assert CN.between(late, early) == Span(-420, False)


@pytest.mark.parametrize(
    ("start", "days", "day"),
    [
        ("2026-02-13", 5, "2026-02-27"),
        ("2026-02-12", 3, "2026-02-24"),
        ("2026-04-30", 5, "2026-05-11"),
        ("2026-09-24", 5, "2026-10-09"),
        ("2026-09-30", 3, "2026-10-10"),
        ("2026-10-08", 1, "2026-10-09"),
    ],
)
def test_golden_working_days(start: str, days: int, day: str) -> None:
    for clock in ("00:00", "09:00", "23:59"):
        answer = CN.deadline(at(f"{start}T{clock}"), Limit(days, "days"))
        assert answer.at == at(f"{day}T17:30")
        assert answer.minute == CN.due(at(f"{start}T{clock}"), Limit(days, "days"))
        assert answer.minute == CN.minute(at(f"{day}T17:30"))


def test_a_limit_in_minutes_counts_from_the_next_opening() -> None:
    evening = at("2026-11-20T20:00")
    assert CN.deadline(evening, Limit(120, "minutes")) == CN.add(evening, 120)
    assert CN.deadline(evening, Limit(120, "minutes")).at == at("2026-11-23T10:30")
    assert CN.due(evening, (120, "minutes")) == CN.minute(evening) + 120
    assert CN.due(evening, (0, "minutes")) == CN.minute(evening)


def test_days_by_month_are_those_of_the_handbook() -> None:
    every = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    worked = [sum(CN.works(day) for day in every if day.month == month) for month in range(1, 13)]
    assert worked == [21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23]


@pytest.mark.parametrize(("year", "days"), [(2024, 251), (2025, 248), (2026, 248)])
def test_working_days_of_a_year(year: int, days: int) -> None:
    first = CN.close(date(year, 1, 1))
    assert CN.close(date(year, 12, 31)) - first == days * 420


def test_a_year_not_yet_announced_says_so() -> None:
    last, first = at("2026-12-31T16:30"), at("2027-01-04T08:30")
    assert not CN.add(last, 60).forecast
    assert CN.add(last, 61).forecast
    assert CN.subtract(first, 10).forecast
    assert CN.subtract(at("2026-12-31T17:30"), 60).forecast is False
    assert CN.between(last, first).forecast
    assert CN.between(first, last).forecast
    assert CN.forecast(first, first)
    assert not CN.forecast(last, last)
    assert CN.deadline(last, Limit(1, "days")).forecast
    assert not CN.deadline(at("2026-12-30T12:00"), Limit(1, "days")).forecast


def test_midnight_belongs_to_the_day_it_ends() -> None:
    edition = Edition("x", 2026, 2026, frozenset({2026}), (), ROUND_THE_CLOCK)
    calendar = Calendar(edition)
    answer = calendar.deadline(at("2026-12-30T12:00"), Limit(1, "days"))
    assert answer == Moment(at("2027-01-01T00:00"), calendar.total, False)
    assert calendar.total == 365 * 1440
    one = calendar.subtract(at("2026-12-31T23:59"), 1)
    assert one.at == at("2026-12-31T23:58")
    assert calendar.add(at("2026-12-31T23:59"), 1).at == at("2027-01-01T00:00")


def test_one_expected_day_makes_its_answers_a_forecast() -> None:
    closed = Day(date(2026, 11, 25), Kind.CLOSED, "预计停办", OWN, official=False)
    calendar = Calendar(mainland().overlay("x", (closed,)))
    before = at("2026-11-24T09:00")
    assert not calendar.add(before, 420 - 30).forecast
    assert calendar.add(before, 420).forecast
    assert calendar.add(before, 420).at == at("2026-11-26T09:00")
    assert calendar.forecast(at("2026-11-25T10:00"), at("2026-11-25T11:00"))
    assert not calendar.forecast(at("2026-11-26T10:00"), at("2026-11-27T11:00"))


def test_half_days_and_closed_days() -> None:
    hours = (Hours(date(2026, 1, 1), (spell("09:00-13:00"), spell("13:30-18:00")), OWN),)
    own = (
        Day(date(2026, 11, 24), Kind.MORNING, "半天", OWN),
        Day(date(2026, 11, 25), Kind.AFTERNOON, "半天", OWN),
        Day(date(2026, 11, 26), Kind.CLOSED, "停办", OWN),
        Day(date(2026, 11, 28), Kind.MAKEUP, "补班", OWN),
    )
    calendar = Calendar(Edition("x", 2026, 2026, frozenset({2026}), own, hours))
    minutes = [
        calendar.close(date(2026, 11, day)) - calendar.close(date(2026, 11, day - 1))
        for day in (23, 24, 25, 26, 27, 28, 29)
    ]
    assert minutes == [510, 180, 330, 0, 510, 510, 0]
    monday = at("2026-11-23T09:00")
    assert calendar.ends(monday, date(2026, 11, 24), close=True).at == at("2026-11-24T12:00")
    assert calendar.ends(monday, date(2026, 11, 26), close=True).at == at("2026-11-27T00:00")
    assert calendar.latest(calendar.close(date(2026, 11, 24))) == at("2026-11-25T12:00")
    assert calendar.workday(date(2026, 11, 23), 3) == date(2026, 11, 27)
    assert [calendar.kind(day.day) for day in own] == [day.kind for day in own]


def test_a_half_day_wholly_in_one_half() -> None:
    night = (Hours(date(2026, 1, 1), (spell("12:00-20:00"),), OWN),)
    own = (
        Day(date(2026, 11, 24), Kind.MORNING, "半天", OWN),
        Day(date(2026, 11, 25), Kind.AFTERNOON, "半天", OWN),
    )
    calendar = Calendar(Edition("x", 2026, 2026, frozenset({2026}), own, night))
    assert not calendar.works(date(2026, 11, 24))
    assert calendar.works(date(2026, 11, 25))
    early = (Hours(date(2026, 1, 1), (spell("06:00-12:00"),), OWN),)
    calendar = Calendar(Edition("x", 2026, 2026, frozenset({2026}), own, early))
    assert calendar.works(date(2026, 11, 24))
    assert not calendar.works(date(2026, 11, 25))


def test_civil_days() -> None:
    assert CN.day(datetime(2026, 11, 24, 15, 59, tzinfo=UTC)) == date(2026, 11, 24)
    assert CN.day(datetime(2026, 11, 24, 16, 0, tzinfo=UTC)) == date(2026, 11, 25)
    assert CN.kind(date(2026, 11, 21)) is Kind.REST
    assert CN.kind(date(2026, 11, 24)) is Kind.WORK


OUTSIDE = "outside the years of the calendar"
NOON = at("2026-11-24T12:00")
HOURS = cast(Limit, (2, "hours"))
BAD: list[tuple[str, Callable[[], object]]] = [
    ("an instant needs a time zone", lambda: CN.minute(datetime(2026, 11, 24, 9))),  # noqa: DTZ001
    (OUTSIDE, lambda: CN.minute(at("2023-12-31T23:59"))),
    (OUTSIDE, lambda: CN.minute(at("2041-01-01T00:00"))),
    (OUTSIDE, lambda: CN.close(date(2023, 12, 31))),
    (OUTSIDE, lambda: CN.close(date(2041, 1, 1))),
    (OUTSIDE, lambda: CN.at(-1)),
    (OUTSIDE, lambda: CN.at(CN.total + 1)),
    (OUTSIDE, lambda: CN.latest(-1)),
    (OUTSIDE, lambda: CN.latest(CN.total)),
    ("minutes to add are not negative; use subtract", lambda: CN.add(NOON, -1)),
    ("minutes to subtract are not negative; use add", lambda: CN.subtract(NOON, -1)),
    ("a limit in working minutes is not negative", lambda: CN.due(NOON, (-1, "minutes"))),
    ("at least one working day is counted", lambda: CN.due(NOON, (0, "days"))),
    ("a limit is in working minutes or working days", lambda: CN.due(NOON, HOURS)),
    ("a limit is in working minutes or working days", lambda: CN.deadline(NOON, HOURS)),
    (OUTSIDE, lambda: CN.workday(date(2040, 12, 31), 1)),
]


@pytest.mark.parametrize(("words", "call"), BAD)
def test_the_caller_is_told(words: str, call: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=f"^{words}$"):
        call()


def test_the_last_working_day_can_be_reached() -> None:
    assert CN.workday(date(2040, 12, 30), 1) == date(2040, 12, 31)
