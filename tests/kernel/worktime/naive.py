"""The slow way to know working time: look at every single minute. An oracle, nothing more."""

import random
import sys
from datetime import UTC, date, datetime, timedelta
from functools import cache

from zhongshu.kernel.worktime import Calendar, Edition, Hours, Kind, mainland
from zhongshu.kernel.worktime.mainland import OFFICE_HOURS

SHANGHAI = timedelta(hours=8)


class Naive:
    """One flag for each minute of the edition: is it worked."""

    def __init__(self, edition: Edition) -> None:
        self.start = datetime(edition.first, 1, 1, tzinfo=UTC) - SHANGHAI
        self.flags = bytearray()
        special = {day.day: day.kind for day in edition.days}
        day = date(edition.first, 1, 1)
        while day.year <= edition.last:
            hours = [hours for hours in edition.hours if hours.since <= day][-1]
            usual = Kind.WORK if day.weekday() in hours.weekdays else Kind.REST
            kind = special.get(day, usual)
            self.flags += _flags(kind, hours)
            day += timedelta(days=1)

    def instant(self, index: int) -> datetime:
        return self.start + timedelta(minutes=index)

    def count(self, start: int, end: int) -> int:
        return self.flags.count(1, start, end)

    def after(self, index: int, minutes: int) -> int:
        """Walk forward until so many minutes have been worked."""
        while minutes:
            minutes -= self.flags[index]
            index += 1
        return index

    def before(self, index: int, minutes: int) -> int:
        """Walk back until so many minutes lie between."""
        while minutes:
            index -= 1
            minutes -= self.flags[index]
        return index


@cache
def _flags(kind: Kind, hours: Hours) -> bytes:
    return bytes(_worked(kind, hours, minute) for minute in range(1440))


def _worked(kind: Kind, hours: Hours, minute: int) -> bool:
    if kind in {Kind.REST, Kind.HOLIDAY, Kind.CLOSED}:
        return False
    if kind is Kind.MORNING and minute >= 720:
        return False
    if kind is Kind.AFTERNOON and minute < 720:
        return False
    return any(start <= minute < end for start, end in hours.spells)


def agree(calendar: Calendar, naive: Naive, chance: random.Random, minutes: int) -> None:
    """Check one random interval of up to `minutes` worked minutes, there and back."""
    start = chance.randrange(len(naive.flags) // 4, len(naive.flags) // 2)
    worked = chance.randint(1, minutes)
    end = naive.after(start, worked)
    at, then = naive.instant(start), naive.instant(end)
    assert calendar.add(at, worked).at == then
    assert calendar.between(at, then).minutes == worked
    assert calendar.at(calendar.minute(then)) == then
    begin = naive.instant(naive.before(end, worked))
    assert calendar.subtract(then, worked).at == begin
    assert calendar.latest(calendar.minute(at)) == begin


def main(rounds: int) -> None:
    """Compare so many random intervals; any difference is an `AssertionError`."""
    edition = mainland(first=2024, last=2028, hours=OFFICE_HOURS)
    calendar, naive, chance = Calendar(edition), Naive(edition), random.Random(rounds)
    for _ in range(rounds):
        agree(calendar, naive, chance, 120)
        start = chance.randrange(len(naive.flags))
        end = min(start + int(2 ** (chance.random() * 21)), len(naive.flags) - 1)
        between = calendar.between(naive.instant(start), naive.instant(end)).minutes
        assert between == naive.count(start, end)
    print(f"{rounds} random intervals, fast and naive agree")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
