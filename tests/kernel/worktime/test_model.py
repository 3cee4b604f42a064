"""Calendars as data: what an edition refuses, and how days are laid over it."""

from datetime import date

import pytest

from zhongshu.kernel.worktime import (
    Calendar,
    Day,
    Edition,
    Hours,
    Kind,
    Source,
    Spell,
    mainland,
    seasons,
    spell,
)

OWN = Source("示例局通知")
NEW_YEAR = date(2026, 1, 1)
DAYTIME = Hours(NEW_YEAR, (Spell(540, 1020),), OWN)


def edition(
    first: int = 2026,
    days: tuple[Day, ...] = (),
    hours: tuple[Hours, ...] = (DAYTIME,),
) -> Edition:
    return Edition("x", first, 2026, frozenset({2026}), days, hours)


def closed(day: date) -> Day:
    return Day(day, Kind.CLOSED, "停办", OWN)


def test_a_source_is_unverified_until_somebody_read_it() -> None:
    assert OWN == ("示例局通知", "", "G")
    assert closed(NEW_YEAR).official


def test_spells_are_read_from_text() -> None:
    assert spell("08:30-12:05") == Spell(510, 725)
    assert spell("00:00-24:00") == Spell(0, 1440)
    for text in ("0830-1200", "08:30", "08:30-12:00-13:00"):
        with pytest.raises(ValueError, match="unpack"):
            spell(text)


@pytest.mark.parametrize(
    ("words", "spells"),
    [
        ("within one day", ()),
        ("within one day", (Spell(-1, 60),)),
        ("within one day", (Spell(0, 1441),)),
        ("after it starts", (Spell(60, 60),)),
        ("after it starts", (Spell(90, 60), Spell(100, 110))),
        ("without overlap", (Spell(60, 120), Spell(119, 180))),
        ("without overlap", (Spell(600, 660), Spell(60, 120))),
    ],
)
def test_spells_that_cannot_be(words: str, spells: tuple[Spell, ...]) -> None:
    with pytest.raises(ValueError, match=words):
        Hours(NEW_YEAR, spells, OWN)


def test_spells_may_touch_and_fill_the_day() -> None:
    assert len(Hours(NEW_YEAR, (Spell(0, 720), Spell(720, 1440)), OWN).spells) == 2


@pytest.mark.parametrize("weekdays", [frozenset(), frozenset({7}), frozenset({-1, 2})])
def test_weekdays_that_cannot_be(weekdays: frozenset[int]) -> None:
    with pytest.raises(ValueError, match="weekdays"):
        Hours(NEW_YEAR, (Spell(0, 60),), OWN, weekdays)


def test_weekdays_are_monday_to_friday_unless_said_otherwise() -> None:
    assert DAYTIME.weekdays == {0, 1, 2, 3, 4}
    assert Hours(NEW_YEAR, (Spell(0, 60),), OWN, frozenset({0, 6})).weekdays == {0, 6}


def test_editions_that_cannot_be() -> None:
    late = Hours(date(2026, 1, 2), (Spell(0, 60),), OWN)
    with pytest.raises(ValueError, match="first year"):
        edition(first=2027)
    for year in (2025, 2027):
        with pytest.raises(ValueError, match="outside"):
            edition(days=(closed(date(year, 7, 1)),))
    with pytest.raises(ValueError, match="twice"):
        edition(days=(closed(NEW_YEAR), closed(NEW_YEAR)))
    with pytest.raises(ValueError, match="first day"):
        edition(hours=())
    with pytest.raises(ValueError, match="first day"):
        edition(hours=(late,))
    for hours in ((DAYTIME, DAYTIME), (DAYTIME, late, DAYTIME)):
        with pytest.raises(ValueError, match="order"):
            edition(hours=hours)
    assert edition(days=(closed(NEW_YEAR), closed(date(2026, 12, 31)))).first == 2026


def test_a_bureau_lays_its_own_days_over_the_nation() -> None:
    national = mainland()
    own = national.overlay("示例局-1", (closed(date(2026, 10, 10)), closed(date(2026, 11, 24))))
    assert own.version == "示例局-1"
    assert len(own.days) == len(national.days) + 1
    calendar = Calendar(own)
    assert calendar.kind(date(2026, 10, 10)) is Kind.CLOSED
    assert calendar.kind(date(2026, 11, 24)) is Kind.CLOSED
    assert calendar.kind(date(2026, 10, 1)) is Kind.HOLIDAY
    assert Calendar(national).kind(date(2026, 10, 10)) is Kind.MAKEUP


def test_hours_change_on_their_day_and_a_hall_may_work_on_saturday() -> None:
    later = Hours(date(2026, 6, 1), (spell("09:00-10:00"),), OWN, frozenset({0, 5}))
    calendar = Calendar(edition(hours=(DAYTIME, later)))
    assert calendar.works(date(2026, 5, 29))
    assert not calendar.works(date(2026, 5, 30))
    assert calendar.close(date(2026, 6, 1)) - calendar.close(date(2026, 5, 31)) == 60
    assert calendar.works(date(2026, 6, 6))
    assert not calendar.works(date(2026, 6, 2))


def test_seasons() -> None:
    summer = Hours(date(2024, 6, 1), (spell("08:30-12:00"), spell("15:00-18:00")), OWN)
    winter = Hours(date(2024, 10, 1), (spell("08:30-12:00"), spell("14:00-17:30")), OWN)
    turns = seasons(range(2026, 2028), summer, winter)
    assert [(hours.since, hours.spells == summer.spells) for hours in turns] == [
        (date(2026, 1, 1), False),
        (date(2026, 6, 1), True),
        (date(2026, 10, 1), False),
        (date(2027, 6, 1), True),
        (date(2027, 10, 1), False),
    ]
    for pair in ((winter, summer), (summer, summer)):
        with pytest.raises(ValueError, match="winter"):
            seasons(range(2026, 2028), *pair)
