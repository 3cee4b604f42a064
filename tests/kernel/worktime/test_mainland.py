"""The shipped days, against another library and against the law."""

from datetime import date, timedelta

import pytest

from zhongshu.kernel.worktime import OFFICE_HOURS, Calendar, Day, Kind, mainland
from zhongshu.kernel.worktime.mainland import ANNOUNCED

EDITION = mainland()
DAYS = {day.day: day for day in EDITION.days}


def test_day_by_day_as_the_independent_library_has_it() -> None:
    library = pytest.importorskip("chinese_calendar")
    calendar = Calendar(EDITION)
    day = date(2024, 1, 1)
    while day < date(2027, 1, 1):
        assert calendar.works(day) == library.is_workday(day), day
        day += timedelta(days=1)


def test_what_the_edition_says_of_itself() -> None:
    assert (EDITION.version, EDITION.first, EDITION.last) == ("cn-2026", 2024, 2040)
    assert EDITION.published == {2024, 2025, 2026}
    assert EDITION.hours is OFFICE_HOURS
    assert [source.strength for source in {hours.source for hours in EDITION.hours}] == ["G"]
    assert OFFICE_HOURS[0].spells == ((510, 720), (840, 1050))


def test_every_announced_day_names_its_notice_and_is_official() -> None:
    announced = [day for day in EDITION.days if day.day.year <= 2026]
    assert len(announced) == sum(
        block.length + len(block.makeup) for blocks in ANNOUNCED.values() for block in blocks
    )
    for day in announced:
        assert day.official
        assert str(day.day.year) in day.source.title
        assert (day.source.number, day.source.strength) == ("", "R")
    assert announced == sorted(announced)


def test_make_up_days_fall_on_weekends() -> None:
    makeup = [day for day in EDITION.days if day.kind is Kind.MAKEUP]
    assert len(makeup) == 8 + 5 + 7 - 1
    assert all(day.day.weekday() >= 5 for day in makeup)
    assert DAYS[date(2026, 10, 10)].kind is Kind.MAKEUP
    assert DAYS[date(2026, 10, 10)].name == "国庆节"


def forecast(year: int) -> list[Day]:
    return [day for day in EDITION.days if day.day.year == year]


def test_a_forecast_year_has_statutory_days_on_fixed_dates_only() -> None:
    days = forecast(2030)
    assert [(day.day.month, day.day.day, day.name) for day in days] == [
        (1, 1, "元旦"),
        (5, 1, "劳动节"),
        (5, 2, "劳动节"),
        (10, 1, "国庆节"),
        (10, 2, "国庆节"),
        (10, 3, "国庆节"),
    ]
    for day in days:
        assert not day.official
        assert day.kind is Kind.HOLIDAY
        assert (day.source.number, day.source.strength) == ("", "V")
        assert "第二条" in day.source.title


def test_the_year_after_the_announced_ones_has_the_computed_days_too() -> None:
    known = {(2, 5), (2, 6), (2, 7), (2, 8), (4, 5), (6, 9), (9, 15)}
    days = [day for day in forecast(2027) if (day.day.month, day.day.day) in known]
    assert len(days) == len(known)
    assert len(forecast(2027)) == 13
    assert forecast(2027) == sorted(forecast(2027))
    assert not any(day.official for day in days)
    assert {(day.source.number, day.source.strength) for day in days} == {("", "R")}
    assert {day.name for day in days} == {"春节", "清明节", "端午节", "中秋节"}


def test_a_year_may_be_taken_as_not_yet_announced() -> None:
    before = Calendar(mainland(published=frozenset({2024, 2025})))
    assert before.kind(date(2026, 10, 5)) is Kind.WORK
    assert before.kind(date(2026, 10, 10)) is Kind.REST
    assert before.kind(date(2026, 10, 2)) is Kind.HOLIDAY


def test_no_year_is_said_to_be_announced_without_its_schedule() -> None:
    with pytest.raises(ValueError, match="no schedule"):
        mainland(published=frozenset({2026, 2027}))


def test_fewer_years() -> None:
    edition = mainland("kurz", first=2026, last=2026, published=frozenset({2026}))
    assert {day.day.year for day in edition.days} == {2026}
    assert edition.version == "kurz"
