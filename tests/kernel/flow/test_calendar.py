"""Property 37: limits of a case over make-up days, holidays, nights and the turn of the year."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhongshu.kernel.flow import Actor, Facts
from zhongshu.kernel.flow import commands as c
from zhongshu.kernel.worktime import Calendar, Limit, mainland

from .world import Play, directory, node, process

pytestmark = pytest.mark.slow

BEIJING = timedelta(hours=8)
CALENDAR = Calendar(mainland())


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC) - BEIJING


def at(text: str) -> Facts:
    return Facts(local(text), CALENDAR, directory())


def due_of(limit: Limit, start: str) -> str:
    p = Play(process(node("n", "end", "li", limit=limit)), at(start))
    p.submit(a=1)
    due = p.slot("li").due
    assert due is not None
    return (CALENDAR.at(due) + BEIJING).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("limit", "start", "due"),
    [
        (Limit(3, "days"), "2026-09-30 10:00", "2026-10-10 17:30"),  # make-up Saturday counts
        (Limit(1, "days"), "2026-12-31 10:00", "2027-01-04 17:30"),  # the turn of the year
        (Limit(60), "2026-11-23 11:30", "2026-11-23 14:30"),  # over noon
        (Limit(60), "2026-11-20 17:00", "2026-11-23 09:00"),  # over a week-end
        (Limit(420), "2026-09-30 17:30", "2026-10-08 17:30"),  # over the holiday, to the minute
    ],
)
def test_p37_limits_over_the_odd_days(limit: Limit, start: str, due: str) -> None:
    assert due_of(limit, start) == due


@given(
    st.integers(0, 300 * 24 * 60),
    st.integers(1, 20_000),
    st.integers(1, 20_000),
    st.integers(1, 2_000),
)
def test_p37_stopped_time_moves_the_limit_by_working_time_only(
    start: int, wait: int, stop: int, limit: int
) -> None:
    def later(minutes: int) -> Facts:
        moment = local("2026-01-05 08:00") + timedelta(minutes=start + minutes)
        return Facts(moment, CALENDAR, directory())

    p = Play(process(node("n", "end", "li", limit=Limit(limit))), later(0))
    p.submit(a=1)
    due = p.slot("li").due
    p.facts = later(wait)
    p.do(c.Suspend(Actor("li"), "waits", p.facts.minute + 1))
    p.facts = later(wait + stop)
    p.do(c.Resume(Actor("li")))
    stood = later(wait + stop).minute - later(wait).minute
    assert p.slot("li").due == due + stood
    assert p.case.head.stopped == stood
    assert p.case.head.counted == later(wait).minute - later(0).minute
