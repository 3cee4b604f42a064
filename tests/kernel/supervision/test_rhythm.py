"""When reports are due, when to remind, how to chase."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhongshu.kernel.supervision.rhythm import (
    chases_since,
    default_due,
    next_report,
    reminders,
    rung,
)
from zhongshu.kernel.supervision.rules import LADDER, SHIPPED
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
    points = reminders(start, start + span, SHIPPED)
    assert list(points) == sorted(set(points))
    assert all(start < point < start + span for point in points)


def test_reminders_of_ten_days() -> None:
    assert reminders(0, 4200, SHIPPED) == (2100, 2940, 3360, 3780)


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
