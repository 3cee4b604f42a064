"""The mainland calendar as data: 2024 to 2026 as announced, later years as a forecast.

Each year's schedule is announced by the State Council's general office, usually between late
October and December of the year before. The dates below were compared day by day with an
independent library ([R]); the numbers of the notices were not read and are therefore left empty.
An entry is corrected by shipping or laying over a new edition, never by changing an answer.

Statutory days since 2025: the Measures on Festivals and Memorial Days, article 2 ([V]): New Year
1 day, Spring Festival 4, Qingming 1, Labour Day 2, Dragon Boat 1, Mid-Autumn 1, National Day 3.
A forecast holds weekends and the statutory days that fall on fixed dates; for 2027 also those of
the solar and lunar calendars, as computed ([R]). It holds no compensation and no make-up days,
since nobody can know them: a deadline in a forecast year may move either way.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from .model import Day, Edition, Hours, Kind, Source, spell

OFFICE_HOURS = (
    Hours(
        since=date(2024, 1, 1),
        spells=(spell("08:30-12:00"), spell("14:00-17:30")),
        source=Source("常见作息，未核实，由各单位按本地通知改"),
    ),
)
"""A common pattern, unverified ([G]): each bureau replaces it by its local notice."""


class Block(NamedTuple):
    """One holiday of a notice: its name, its first day, its length in days, the make-up days."""

    name: str
    first: str
    length: int
    makeup: tuple[str, ...] = ()


ANNOUNCED: dict[int, tuple[Block, ...]] = {
    2024: (
        Block("元旦", "2024-01-01", 1),
        Block("春节", "2024-02-10", 8, ("2024-02-04", "2024-02-18")),
        Block("清明节", "2024-04-04", 3, ("2024-04-07",)),
        Block("劳动节", "2024-05-01", 5, ("2024-04-28", "2024-05-11")),
        Block("端午节", "2024-06-10", 1),
        Block("中秋节", "2024-09-15", 3, ("2024-09-14",)),
        Block("国庆节", "2024-10-01", 7, ("2024-09-29", "2024-10-12")),
    ),
    2025: (
        Block("元旦", "2025-01-01", 1),
        Block("春节", "2025-01-28", 8, ("2025-01-26", "2025-02-08")),
        Block("清明节", "2025-04-04", 3),
        Block("劳动节", "2025-05-01", 5, ("2025-04-27",)),
        Block("端午节", "2025-05-31", 3),
        Block("国庆节、中秋节", "2025-10-01", 8, ("2025-09-28", "2025-10-11")),
    ),
    2026: (
        Block("元旦", "2026-01-01", 3, ("2026-01-04",)),
        Block("春节", "2026-02-15", 9, ("2026-02-14", "2026-02-28")),
        Block("清明节", "2026-04-04", 3),
        Block("劳动节", "2026-05-01", 5, ("2026-05-09",)),
        Block("端午节", "2026-06-19", 3),
        Block("中秋节", "2026-09-25", 3),
        Block("国庆节", "2026-10-01", 7, ("2026-09-20", "2026-10-10")),
    ),
}

FIXED = (("元旦", 1, 1, 1), ("劳动节", 5, 1, 2), ("国庆节", 10, 1, 3))
"""Statutory days on fixed dates since 2025: name, month, first day, number of days."""

MOVABLE: dict[int, tuple[Block, ...]] = {
    2027: (
        Block("春节", "2027-02-05", 4),
        Block("清明节", "2027-04-05", 1),
        Block("端午节", "2027-06-09", 1),
        Block("中秋节", "2027-09-15", 1),
    ),
}
"""Statutory days of the solar and lunar calendars, computed, for years not yet announced."""


def mainland(
    version: str = "cn-2026",
    *,
    first: int = 2024,
    last: int = 2040,
    published: frozenset[int] = frozenset(ANNOUNCED),
    hours: tuple[Hours, ...] = OFFICE_HOURS,
) -> Edition:
    """The mainland edition for the years `first` to `last` with a bureau's `hours`.

    Years outside `published` are forecasts. `ValueError` when a year is said to be published and
    no schedule of it is held, or as in `Edition`.
    """
    if not published <= frozenset(ANNOUNCED):
        raise ValueError("no schedule is held for a year said to be published")
    days = [
        day
        for year in range(first, last + 1)
        for day in (_announced(year) if year in published else _forecast(year))
    ]
    return Edition(version, first, last, published, tuple(days), hours)


def _announced(year: int) -> list[Day]:
    source = Source(f"国务院办公厅{year}年节假日安排通知（文号未核实）", "", "R")
    days = [day for block in ANNOUNCED[year] for day in _block(block, source, official=True)]
    return sorted(days)


def _forecast(year: int) -> list[Day]:
    law = Source("全国年节及纪念日放假办法第二条（2024年修订），预计", "", "V")
    almanac = Source("按历法推算，未公布", "", "R")
    fixed = [
        day
        for name, month, first, length in FIXED
        for day in _block(Block(name, str(date(year, month, first)), length), law, official=False)
    ]
    movable = [
        day for block in MOVABLE.get(year, ()) for day in _block(block, almanac, official=False)
    ]
    return sorted(fixed + movable)


def _block(block: Block, source: Source, *, official: bool) -> list[Day]:
    first = date.fromisoformat(block.first)
    off = [
        Day(first + timedelta(days=n), Kind.HOLIDAY, block.name, source, official)
        for n in range(block.length)
    ]
    on = [
        Day(date.fromisoformat(day), Kind.MAKEUP, block.name, source, official)
        for day in block.makeup
    ]
    return off + on
