"""When reports are due, when to remind, how to chase."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhongshu.kernel.supervision.rhythm import (
    chases_since,
    default_due,
    next_reminder,
    next_report,
    reminders,
    rung,
)
from zhongshu.kernel.supervision.rules import ALSO_TOLD, LADDER, SHIPPED
from zhongshu.kernel.worktime import ZONE, Calendar, mainland

CN = Calendar(mainland())
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)
MEETING = SHIPPED.rhythm["meeting"]
FAR = CN.close(date(2026, 12, 31))


def test_the_first_report_is_sooner_than_the_others() -> None:
    assert next_report(CN, MEETING, MONDAY, None, FAR) == CN.close(date(2026, 11, 30))
    assert next_report(CN, MEETING, MONDAY, MONDAY, FAR) == CN.close(date(2026, 12, 7))


def test_no_report_is_due_after_the_task() -> None:
    due = CN.close(date(2026, 11, 25))
    assert next_report(CN, MEETING, MONDAY, None, due) == due


def test_a_class_has_its_limit_in_working_days() -> None:
    assert default_due(CN, SHIPPED.rhythm["urgent"], MONDAY) == date(2026, 11, 30)


@given(st.integers(0, 10_000), st.integers(1, 60_000))
def test_reminders_lie_between_start_and_due(start: int, span: int) -> None:
    points = [one.at for one in reminders(start, start + span, SHIPPED)]
    assert points == sorted(set(points))
    assert all(start < point < start + span for point in points)


def test_reminders_of_ten_days() -> None:
    assert reminders(0, 4200, SHIPPED) == (
        *((2100, "first"), (2940, "early"), (3360, "second"), (3780, "last")),
    )


def test_of_two_reminders_at_once_the_more_pressing_is_kept() -> None:
    assert reminders(0, 2100, SHIPPED) == ((840, "early"), (1050, "first"), (1680, "last"))
    assert reminders(0, 840, SHIPPED) == ((420, "last"), (672, "second"))
    assert reminders(0, 420, SHIPPED) == ((210, "first"), (336, "second"))


def test_the_next_reminder_comes_after_and_only_once() -> None:
    told, at = [], 0
    while (one := next_reminder(0, 4200, None, at, SHIPPED)) is not None:
        told.append(one)
        at = one.at
    assert tuple(told) == reminders(0, 4200, SHIPPED)


def test_a_report_is_reminded_of_a_day_before() -> None:
    assert next_reminder(0, 8400, 2100, 0, SHIPPED) == (1680, "report")
    assert next_reminder(0, 8400, 2100, 1679, SHIPPED) == (1680, "report")
    assert next_reminder(0, 8400, 2100, 1680, SHIPPED) == (4200, "first")
    assert next_reminder(0, 8400, 420, 0, SHIPPED) == (4200, "first")  # no day before it
    assert next_reminder(0, 8400, 421, 0, SHIPPED) == (1, "report")
    assert next_reminder(1000, 9400, 1300, -5, SHIPPED) == (5200, "first")
    assert next_reminder(0, 4200, 4200, 3400, SHIPPED) == (3780, "last")
    assert next_reminder(0, 4200, 4200, 3780, SHIPPED) is None


def test_the_numbers_of_the_reminders_are_figures_of_an_edition() -> None:
    own = SHIPPED.amended(
        {
            **{"remind_first": 10, "remind_second": 20, "remind_early": 2, "remind_last": 0},
            "remind_report": 0,
        },
        since=SHIPPED.since,
        source="水督",
    )
    assert [one.at for one in reminders(0, 4200, own)] == [420, 840, 3360]
    assert next_reminder(0, 4200, 300, 0, own) == (300, "report")


def test_the_higher_the_rung_the_higher_who_hears_of_it() -> None:
    told = [ALSO_TOLD[code] for code, _, _ in LADDER]
    assert told == [(), ("head",), ("head", "leader"), ("head", "leader", "chief")]


def test_the_ladder_goes_up_and_stays_at_its_top() -> None:
    assert [rung(count)[0] for count in range(6)] == [
        *("phone", "written", "visit", "notify"),
        *("notify", "notify"),
    ]
    assert rung(9) == LADDER[-1]
    with pytest.raises(ValueError, match="not negative"):
        rung(-1)


def test_a_report_starts_the_ladder_anew() -> None:
    assert chases_since((1, 5, 9), None) == 3
    assert chases_since((1, 5, 9), 5) == 1
