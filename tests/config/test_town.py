"""The year of the demo: when its matters begin, and whose desks are full at its end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from types import SimpleNamespace

import pytest

from zhongshu.config.town import year
from zhongshu.config.town.year import LATELY, RUSH, Lived, Year
from zhongshu.office import clock
from zhongshu.office.actor import Actor

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
DAY = 420


@pytest.fixture
def lived() -> Year:
    return Year(Random(1), Lived(MONDAY, Random(2)), MONDAY)


def ago(lived: Year, share: float) -> float:
    calendar = clock.calendar()
    return (calendar.minute(MONDAY) - calendar.minute(lived._working(share))) / DAY


def test_a_good_part_begins_in_the_last_days_and_all_within_the_year(lived: Year) -> None:
    days = [ago(lived, share / 100) for share in range(101)]
    assert days == sorted(days)
    assert (days[0], days[100]) == (0, 240)
    assert sum(day <= LATELY for day in days) == pytest.approx(100 * RUSH, abs=2)


def test_only_busy_desks_are_full_and_only_at_the_end(
    lived: Year, monkeypatch: pytest.MonkeyPatch
) -> None:
    bureau = SimpleNamespace(posts={"boss": ("director",), "clerk": ("works_clerk",)})
    monkeypatch.setattr(year.people, "lately", lambda: bureau)

    def lies(who: str, days: int) -> int:
        lived.clock.at = MONDAY - timedelta(days=days)
        return sum(lived._lies(Actor(who)) for _ in range(400))

    assert 250 < lies("boss", 1) < 350
    assert lies("boss", 30) == lies("clerk", 1) == lies("nobody", 1) == 0
