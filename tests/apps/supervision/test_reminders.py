"""Reminders before the due time: by the published rhythm, once each, in working time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.office.town import Stopped, Town
from zhongshu.apps.supervision import actions
from zhongshu.apps.supervision.actions import Reporting
from zhongshu.apps.supervision.models import Task
from zhongshu.config.ticks import TICKS
from zhongshu.office import clock
from zhongshu.office.actor import machine
from zhongshu.office.journal.models import Entry
from zhongshu.office.matters.models import Matter
from zhongshu.office.notices import actions as notices
from zhongshu.office.notices import queries
from zhongshu.office.notices.models import Delivery, Notice

from .conftest import task
from .hands import deliver, press

CLOCK = machine("clock")


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> None:
    settings.FILES_ROOT, settings.FILES_SPARE = tmp_path / "files", 0


@pytest.fixture
def assigned(town: Town) -> Matter:
    """For 供水科 with 水资源科, from 23 November to 18 December."""
    matter = actions.establish(new=task(assists=("water",)), by=town.actor("督办员"))
    return press(town, "何主任", matter, "approve")


def told(town: Town, name: str) -> list[str]:
    rows = Notice.objects.filter(person=town.people[name], words__startswith="supervision.")
    return [row.words.removeprefix("supervision.") for row in rows.order_by("pk")]


def days_of(time: Stopped, until: datetime) -> None:
    """Every half hour up to then the clock of the house looks once."""
    while time.at < until:
        time.at += timedelta(minutes=30)
        actions.remind(by=CLOCK)


def test_each_once_by_the_published_rhythm(town: Town, time: Stopped, assigned: Matter) -> None:
    days_of(time, datetime(2026, 12, 18, 9, 0, tzinfo=UTC))
    # a day before the first report; half, four fifths, three days, one day before the end
    assert told(town, "供水科长") == ["report", "first", "second", "early", "last"]
    assert told(town, "水资源科长") == ["first", "second", "early", "last"]
    assert Entry.objects.filter(verb="supervision.remind").count() == 5
    days_of(time, datetime(2026, 12, 22, 9, 0, tzinfo=UTC))
    assert len(told(town, "供水科长")) == 5
    assert told(town, "外人") == told(town, "李局") == []


def test_the_minutes_are_those_the_rules_name(town: Town, time: Stopped, assigned: Matter) -> None:
    calendar = clock.calendar()
    row = Task.objects.get(pk=assigned.pk)
    days_of(time, datetime(2026, 12, 18, 9, 0, tzinfo=UTC))
    rows = Notice.objects.filter(person=town.people["水资源科长"], words__startswith="supervision.")
    left = [row.due - calendar.minute(one.at) for one in rows.order_by("pk")]
    whole = row.due - row.start
    aims = [whole - whole // 2, 3 * 420, whole - whole * 4 // 5, 420]
    assert all(0 <= aim - real <= 30 for real, aim in zip(left, sorted(aims)[::-1], strict=True))


def test_never_outside_working_time(town: Town, time: Stopped, assigned: Matter) -> None:
    time.at = datetime(2026, 11, 27, 9, 29, tzinfo=UTC)  # a minute before the day is over
    assert actions.remind(by=CLOCK) == 0
    for when in (datetime(2026, 11, 27, 14, tzinfo=UTC), datetime(2026, 11, 28, 3, tzinfo=UTC)):
        time.at = when  # its minute has come, but it is night, and then Saturday
        assert Task.objects.filter(remind_at__lte=clock.calendar().minute(when)).exists()
        assert actions.remind(by=CLOCK) == 0
    assert told(town, "供水科长") == []
    time.at = datetime(2026, 11, 30, 1, tzinfo=UTC)  # nine on Monday
    assert [actions.remind(by=CLOCK) for _ in range(3)] == [1, 0, 0]
    assert told(town, "供水科长") == ["report"]


def test_what_was_missed_is_told_once_and_what_is_over_not_at_all(
    town: Town, time: Stopped, assigned: Matter
) -> None:
    time.at = datetime(2026, 12, 7, 1, tzinfo=UTC)  # nothing ran for two weeks; the report is late
    assert actions.remind(by=CLOCK) == 0
    assert told(town, "供水科长") == []
    time.at = datetime(2026, 12, 16, 1, tzinfo=UTC)  # half, four fifths and three days went by
    assert [actions.remind(by=CLOCK) for _ in range(3)] == [1, 0, 0]
    assert len(told(town, "供水科长")) == 1


def test_a_report_moves_the_next_reminder(town: Town, time: Stopped, assigned: Matter) -> None:
    time.at += timedelta(days=2)
    said = Reporting(progress=40, text="51 处")
    actions.report(key=assigned.key, said=said, by=town.actor("供水科长"))
    row = Task.objects.get(pk=assigned.pk)
    assert row.remind_what == "report"
    assert row.next_report is not None
    assert row.remind_at == row.next_report - 420


def test_nothing_is_reminded_of_once_it_is_handed_in(
    town: Town, time: Stopped, assigned: Matter
) -> None:
    press(town, "水资源科长", assigned, "done")
    deliver(town, "供水科长", assigned)
    assert Task.objects.get(pk=assigned.pk).remind_at is None
    days_of(time, datetime(2026, 12, 18, 9, 0, tzinfo=UTC))
    assert told(town, "供水科长") == []


def test_it_says_how_long_is_left_in_both_languages_and_leaves_by_the_outbox(
    town: Town, time: Stopped, assigned: Matter, settings: Settings
) -> None:
    settings.NOTICES_QUIET, settings.NOTICES_MAIL = "12:00-14:00", "smtp://mail.example"
    person = town.people["水资源科长"]
    person.email = "a@example.org"
    person.save()
    days_of(time, datetime(2026, 12, 18, 2, 0, tzinfo=UTC))
    by = town.actor("水资源科长")
    line = queries.page(seen_by=by).lines[0]
    assert line.sentence.startswith("督办时限将到，1 个工作日内到期")
    last = Notice.objects.get(pk=line.notice.pk)
    assert last.level == Notice.Level.PRESSING
    assert last.outbound
    notices.spread(now=datetime(2026, 12, 18, 4, 30, tzinfo=UTC))  # half past noon: quiet
    assert Delivery.objects.get(notice=last).next_at == datetime(2026, 12, 18, 6, 0, tzinfo=UTC)


def test_the_house_looks_by_itself() -> None:
    assert "remind" in [tick.name for tick in TICKS]


def test_the_ladder_tells_higher_up_with_each_rung(
    town: Town, time: Stopped, assigned: Matter
) -> None:
    heard = {}
    for rung in ("phone", "written", "visit", "notify"):
        row = actions.chase(key=assigned.key, words="", by=town.actor("督办员"))
        assert row.rung == rung
        heard[rung] = [name for name in ("供水科长", "赵副", "李局") if told(town, name)]
        Notice.objects.all().delete()
        time.at += timedelta(days=1)
        if time.at.weekday() > 4:
            time.at += timedelta(days=2)
    assert heard == {
        "phone": [],
        "written": ["供水科长"],
        "visit": ["供水科长", "赵副"],
        "notify": ["供水科长", "赵副", "李局"],
    }
