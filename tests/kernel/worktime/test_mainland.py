"""The shipped days, against another library and against the law."""

from datetime import date, timedelta

import pytest

from zhongshu.kernel.worktime import OFFICE_HOURS, Calendar, Day, Edition, Kind, mainland
from zhongshu.kernel.worktime.mainland import ANNOUNCED


@pytest.fixture(name="edition")
def shipped() -> Edition:
    return mainland()


def test_day_by_day_as_the_independent_library_has_it(edition: Edition) -> None:
    library = pytest.importorskip("chinese_calendar")
    calendar = Calendar(edition)
    day = date(2024, 1, 1)
    while day < date(2027, 1, 1):
        assert calendar.works(day) == library.is_workday(day), day
        day += timedelta(days=1)


def test_what_the_edition_says_of_itself(edition: Edition) -> None:
    assert (edition.version, edition.first, edition.last) == ("cn-2026", 2024, 2040)
    assert edition.published == {2024, 2025, 2026}
    assert edition.hours is OFFICE_HOURS
    assert [source.strength for source in {hours.source for hours in edition.hours}] == ["G"]
    assert OFFICE_HOURS[0].spells == ((510, 720), (840, 1050))


def test_every_announced_day_names_its_notice_and_is_official(edition: Edition) -> None:
    announced = [day for day in edition.days if day.day.year <= 2026]
    assert len(announced) == sum(
        block.length + len(block.makeup) for blocks in ANNOUNCED.values() for block in blocks
    )
    for day in announced:
        assert day.official
        title = f"国务院办公厅{day.day.year}年节假日安排通知（文号未核实）"
        assert day.source == (title, "", "R")
    assert announced == sorted(announced)


def test_make_up_days_fall_on_weekends(edition: Edition) -> None:
    makeup = [day for day in edition.days if day.kind is Kind.MAKEUP]
    assert len(makeup) == 8 + 5 + 7 - 1
    assert all(day.day.weekday() >= 5 for day in makeup)
    assert [(day.name, day.kind) for day in makeup if day.day == date(2026, 10, 10)] == [
        ("国庆节", Kind.MAKEUP)
    ]


def forecast(year: int) -> list[Day]:
    return [day for day in mainland().days if day.day.year == year]


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
        assert day.official is False
        assert day.kind is Kind.HOLIDAY
        assert day.source == ("全国年节及纪念日放假办法第二条（2024年修订），预计", "", "V")


def test_the_year_after_the_announced_ones_has_the_computed_days_too() -> None:
    known = {(2, 5), (2, 6), (2, 7), (2, 8), (4, 5), (6, 9), (9, 15)}
    days = [day for day in forecast(2027) if (day.day.month, day.day.day) in known]
    assert len(days) == len(known)
    assert len(forecast(2027)) == 13
    assert forecast(2027) == sorted(forecast(2027))
    assert {day.official for day in days} == {False}
    assert {day.source for day in days} == {("按历法推算，未公布", "", "R")}
    assert {day.name for day in days} == {"春节", "清明节", "端午节", "中秋节"}


def test_a_year_may_be_taken_as_not_yet_announced() -> None:
    before = Calendar(mainland(published=frozenset({2024, 2025})))
    assert before.kind(date(2026, 10, 5)) is Kind.WORK
    assert before.kind(date(2026, 10, 10)) is Kind.REST
    assert before.kind(date(2026, 10, 2)) is Kind.HOLIDAY


def test_no_year_is_said_to_be_announced_without_its_schedule() -> None:
    with pytest.raises(ValueError, match=r"^no schedule is held for a year said to be published$"):
        mainland(published=frozenset({2026, 2027}))


def test_fewer_years() -> None:
    edition = mainland("kurz", first=2026, last=2026, published=frozenset({2026}))
    assert {day.day.year for day in edition.days} == {2026}
    assert edition.version == "kurz"
