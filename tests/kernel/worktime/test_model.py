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
        ("spells lie within one day and there is at least one", ()),
        ("spells lie within one day and there is at least one", (Spell(-1, 60),)),
        ("spells lie within one day and there is at least one", (Spell(0, 1441),)),
        ("spells lie within one day and there is at least one", (Spell(0, 60), Spell(90, 1441))),
        ("a spell ends after it starts", (Spell(60, 60),)),
        ("a spell ends after it starts", (Spell(90, 60), Spell(100, 110))),
        ("spells follow each other without overlap", (Spell(60, 120), Spell(119, 180))),
        ("spells follow each other without overlap", (Spell(600, 660), Spell(60, 120))),
    ],
)
def test_spells_that_cannot_be(words: str, spells: tuple[Spell, ...]) -> None:
    with pytest.raises(ValueError, match=f"^{words}$"):
        Hours(NEW_YEAR, spells, OWN)


def test_spells_may_touch_and_fill_the_day() -> None:
    assert len(Hours(NEW_YEAR, (Spell(0, 720), Spell(720, 1440)), OWN).spells) == 2


@pytest.mark.parametrize("weekdays", [frozenset(), frozenset({7}), frozenset({-1, 2})])
def test_weekdays_that_cannot_be(weekdays: frozenset[int]) -> None:
    with pytest.raises(
        ValueError, match=r"^weekdays are numbers from 0, Monday, to 6, Sunday; at least one$"
    ):
        Hours(NEW_YEAR, (Spell(0, 60),), OWN, weekdays)


def test_weekdays_are_monday_to_friday_unless_said_otherwise() -> None:
    assert DAYTIME.weekdays == {0, 1, 2, 3, 4}
    assert Hours(NEW_YEAR, (Spell(0, 60),), OWN, frozenset({0, 6})).weekdays == {0, 6}


def test_editions_that_cannot_be() -> None:
    late = Hours(date(2026, 1, 2), (Spell(0, 60),), OWN)
    with pytest.raises(ValueError, match=r"^the first year comes before the last$"):
        edition(first=2027)
    for year in (2025, 2027):
        with pytest.raises(
            ValueError, match=r"^an exceptional day lies outside the years of the edition$"
        ):
            edition(days=(closed(date(year, 7, 1)),))
    with pytest.raises(ValueError, match=r"^a day stands twice in one edition$"):
        edition(days=(closed(NEW_YEAR), closed(NEW_YEAR)))
    with pytest.raises(ValueError, match=r"^hours must cover the first day of the edition$"):
        edition(hours=())
    with pytest.raises(ValueError, match=r"^hours must cover the first day of the edition$"):
        edition(hours=(late,))
    for hours in ((DAYTIME, DAYTIME), (DAYTIME, late, DAYTIME)):
        with pytest.raises(ValueError, match=r"^hours stand in the order of their dates$"):
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
        with pytest.raises(ValueError, match=r"^winter hours begin after summer hours$"):
            seasons(range(2026, 2028), *pair)
