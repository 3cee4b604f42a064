"""A new edition of the calendar: what moves, what shortens, what must be written anew."""

from datetime import date, datetime

from zhongshu.kernel.worktime import (
    ZONE,
    Calendar,
    Day,
    Kind,
    Limit,
    Promise,
    Source,
    Until,
    compare,
    mainland,
)

OLD = Calendar(mainland("cn-2025", published=frozenset({2024, 2025})))
NEW = Calendar(mainland())


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def test_every_deadline_is_listed_in_order_with_old_and_new() -> None:
    promises = [
        Promise("longer", at("2026-09-30T09:00"), Limit(3, "days")),
        Promise("same", at("2025-11-03T09:00"), Limit(3, "days")),
        Promise("written", at("2026-09-28T09:00"), Until(date(2026, 10, 9), "来文")),
        Promise("sooner", at("2026-10-09T09:00"), Limit(1, "days")),
    ]
    longer, same, written, sooner = compare(OLD, NEW, iter(promises))

    assert longer.id == "longer"
    assert longer.old.at == at("2026-10-07T17:30")
    assert longer.old.forecast
    assert longer.new.at == at("2026-10-10T17:30")
    assert not longer.new.forecast
    assert (longer.moved, longer.shortened, longer.reindexed, longer.lost) == (True, False, True, 0)

    assert (same.moved, same.shortened, same.reindexed, same.lost) == (False, False, False, 0)

    assert written.old.at == written.new.at
    assert (written.moved, written.shortened, written.lost) == (False, True, 3 * 420)

    assert sooner.old.at == at("2026-10-12T17:30")
    assert sooner.new.at == at("2026-10-10T17:30")
    assert (sooner.moved, sooner.shortened, sooner.lost) == (True, True, 0)


def test_gained_time_is_negative_loss() -> None:
    extra = Day(date(2026, 11, 28), Kind.MAKEUP, "加班", Source("示例局通知"))
    more = Calendar(mainland().overlay("x", (extra,)))
    promise = Promise("p", at("2026-11-24T09:00"), Until(date(2026, 11, 30), "来文"))
    (change,) = compare(NEW, more, [promise])
    assert (change.moved, change.shortened, change.reindexed, change.lost) == (
        False,
        False,
        True,
        -420,
    )


def test_nothing_to_compare() -> None:
    assert compare(OLD, NEW, []) == ()
