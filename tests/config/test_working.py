"""What the house does by itself: at its time, again after a failure, and stopped cleanly."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from tests.office.matters.test_act import opened, submit
from tests.office.town import MONDAY, Stopped, Town
from zhongshu.config import retries, scrubbing, seating, ticks, working
from zhongshu.config.ticks import TICKS, Tick
from zhongshu.config.working import House, Lane
from zhongshu.office import clock
from zhongshu.office.files.models import Blob
from zhongshu.office.matters import actions, waking
from zhongshu.office.matters.models import Event, Matter
from zhongshu.office.notices import actions as notices
from zhongshu.office.people import queries as people
from zhongshu.office.people import revision
from zhongshu.office.refusal import refuse


class Hand:
    """A clock for lanes that is put forward by hand."""

    def __init__(self) -> None:
        self.at = 0.0

    def now(self) -> float:
        return self.at


def failing(times: int, why: Exception) -> tuple[Callable[[], object], list[float]]:
    done: list[float] = []

    def run() -> None:
        done.append(0)
        if len(done) <= times:
            raise why

    return run, done


def test_each_tick_at_its_own_time() -> None:
    hand, done = Hand(), []
    lane = Lane(
        "quick",
        [
            Tick("a", 1, "quick", lambda: done.append("a")),
            Tick("b", 3, "quick", lambda: done.append("b")),
        ],
        hand.now,
    )
    for second in range(4):
        hand.at = float(second)
        lane.turn()
    assert done == ["a", "b", "a", "a", "a", "b"]
    hand.at = 3.5
    assert lane.turn() == 0.5


@pytest.mark.parametrize("why", [ValueError("x"), DatabaseError("gone"), DatabaseError("")])
def test_a_tick_that_fails_waits_longer_each_time_and_keeps_no_other(
    why: Exception, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working.connections, "close_all", lambda: None)
    hand = Hand()
    run, tried = failing(3, why)
    other: list[int] = []
    lane = Lane(
        "quick",
        [Tick("bad", 1, "quick", run), Tick("good", 1, "quick", lambda: other.append(1))],
        hand.now,
    )
    times = []
    for second in range(30):
        hand.at, before = float(second), len(tried)
        lane.turn()
        if len(tried) > before:
            times.append(second)
    assert times[:6] == [0, 2, 6, 14, 15, 16]
    assert len(other) == 30
    assert len(caplog.records) == 3


def test_no_wait_is_longer_than_five_minutes_but_for_rare_ticks() -> None:
    hand = Hand()
    run, _ = failing(99, ValueError("x"))
    lane = Lane("slow", [Tick("bad", 1, "slow", run), Tick("rare", 3600, "slow", run)], hand.now)
    for _ in range(20):
        lane.turn()
        hand.at += 10_000
    assert lane.due["bad"] - (hand.at - 10_000) == 300
    assert lane.due["rare"] - (hand.at - 10_000) == 3600


def test_every_tick_has_a_name_of_its_own_and_a_lane() -> None:
    assert len({tick.name for tick in TICKS}) == len(TICKS)
    assert {tick.lane for tick in TICKS} == {"quick", "slow"}


class Queue:
    """A queue that fails once."""

    def __init__(self) -> None:
        self.running = True
        self.runs = 0

    def run(self) -> None:
        self.runs += 1
        raise DatabaseError("gone")


def test_a_house_stops_when_what_is_at_work_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working.connections, "close_all", lambda: None)
    begun, may_end, ended = threading.Event(), threading.Event(), threading.Event()

    def slow() -> None:
        begun.set()
        may_end.wait()
        ended.set()

    queue = Queue()
    monkeypatch.setattr(working, "_queue", lambda: queue)
    house = House([Tick("slow", 1, "slow", slow), Tick("quick", 1, "quick", lambda: None)])
    house.start()
    begun.wait()
    threading.Timer(0.05, may_end.set).start()
    assert house.stop()
    assert ended.is_set()
    assert not queue.running


def test_what_does_not_end_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working.connections, "close_all", lambda: None)
    monkeypatch.setattr(working, "GRACE", 0.01)
    monkeypatch.setattr(working, "_queue", Queue)
    begun, may_end = threading.Event(), threading.Event()

    def forever() -> None:
        begun.set()
        may_end.wait()

    house = House([Tick("slow", 1, "slow", forever)])
    house.start()
    begun.wait()
    assert not house.stop()
    may_end.set()


def test_the_queue_goes_on_when_the_database_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working.connections, "close_all", lambda: None)
    queue = Queue()
    monkeypatch.setattr(working, "_queue", lambda: queue)
    house = House([])
    waits: list[float] = []

    class Told:
        def wait(self, seconds: float) -> bool:
            waits.append(seconds)
            return len(waits) > 2

    house.stopped = Told()  # type: ignore[assignment]
    house._tasks()
    assert waits == [1.0, 10.0, 10.0]
    assert queue.runs == 2


# What the ticks do


def test_a_matter_is_woken_when_its_hour_has_come(town: Town, time: Stopped) -> None:
    matter = opened(town)
    hour = submit(town, matter).matter.wake
    assert hour is not None
    assert ticks.wake() == 0
    time.at = clock.calendar().add(time.at, hour - clock.calendar().minute(time.at)).at
    assert ticks.wake() == 1
    assert Event.objects.filter(matter=matter, verb="tick").count() == 1
    assert ticks.wake() == 0


def test_one_that_is_refused_rests_and_keeps_no_other(
    town: Town, time: Stopped, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = [opened(town).key for _ in range(2)]
    Matter.objects.update(wake=1)
    tried: list[str] = []

    def tick(*, key: str) -> None:
        tried.append(key)
        if key == keys[0]:
            raise refuse("moved_on")
        Matter.objects.filter(key=key).update(wake=None)

    monkeypatch.setattr(actions, "tick", tick)
    assert ticks.wake() == 1
    assert ticks.wake() == 0
    assert sorted(tried) == sorted(keys)
    time.at += ticks.REST
    ticks.wake()
    assert tried.count(keys[0]) == 2
    ticks._refused.clear()


def test_every_open_matter_is_asked_once_after_a_change(
    home: Path, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(5):
        submit(town, opened(town))
    monkeypatch.setattr(seating, "BATCH", 2)
    asked: list[str] = []
    monkeypatch.setattr(waking, "reseat", lambda *, key: asked.append(key))
    assert [seating.reseat_some() for _ in range(4)] == [2, 2, 1, 0]
    assert len(set(asked)) == 5
    revision.touch()
    people.forget()
    assert [seating.reseat_some() for _ in range(4)] == [2, 2, 1, 0]


def test_a_change_in_the_middle_begins_anew_and_a_restart_does_not(
    home: Path, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(4):
        opened(town)
    monkeypatch.setattr(seating, "BATCH", 2)
    monkeypatch.setattr(waking, "reseat", lambda *, key: None)
    seating.reseat_some()
    kept = json.loads((home / "run" / "seated.json").read_text())
    assert kept["reached"] is not None
    revision.touch()
    people.forget()
    assert [seating.reseat_some() for _ in range(3)] == [2, 2, 0]


def test_reseating_writes_only_where_somebody_moves(town: Town) -> None:
    matter = opened(town)
    submit(town, matter)
    assert not waking.reseat(key=matter.key)
    town.people["张科"].left_on = MONDAY.date()
    town.people["张科"].save()
    revision.touch()
    people.forget()
    assert waking.reseat(key=matter.key)
    assert Event.objects.filter(matter=matter).last().verb == "stand_in"  # type: ignore[union-attr]


def test_a_refused_reseating_is_told_and_passed_over(
    home: Path, town: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    opened(town)

    def no(*, key: str) -> None:
        raise refuse("moved_on")

    monkeypatch.setattr(waking, "reseat", no)
    assert seating.reseat_some() == 1
    assert "moved_on" in caplog.text


# Tasks


def task(status: str, tries: int, ended: Stopped) -> DBTaskResult:
    return DBTaskResult.objects.create(
        status=status,
        args_kwargs={"args": [], "kwargs": {}},
        task_path="tests.none",
        backend_name="default",
        run_after=get_date_max(),
        worker_ids=["w"] * tries,
        finished_at=ended.at,
        traceback="x",
        exception_class_path="y",
    )


def test_a_failed_task_is_tried_again_later_and_later(db: None, time: Stopped) -> None:
    first, third = task("FAILED", 1, time), task("FAILED", 3, time)
    time.at += timedelta(seconds=29)
    assert retries.again() == 0
    time.at += timedelta(seconds=1)
    assert retries.again() == 1
    first.refresh_from_db()
    assert (first.status, first.traceback) == (TaskResultStatus.READY, "")
    time.at += timedelta(seconds=89)
    assert retries.again() == 0
    time.at += timedelta(seconds=1)
    assert retries.again() == 1
    third.refresh_from_db()
    assert third.status == TaskResultStatus.READY


def test_after_six_tries_it_stays_failed(db: None, time: Stopped) -> None:
    task("FAILED", retries.MOST_TRIES, time)
    time.at += timedelta(minutes=20)
    assert retries.again() == 0


def test_what_a_dead_worker_was_at_is_taken_up(db: None, time: Stopped) -> None:
    task("RUNNING", 1, time)
    task("SUCCESSFUL", 1, time)
    assert retries.orphans() == 1
    assert DBTaskResult.objects.filter(status=TaskResultStatus.READY).count() == 1


def test_files_are_read_once_a_week(home: Path, town: Town, time: Stopped) -> None:
    digest = hashlib.sha256(b"x").hexdigest()
    Blob.objects.create(digest=digest, size=1, kind="txt", checked_at=time.at)
    assert scrubbing.scrub_weekly() == 0
    time.at += timedelta(days=7, seconds=1)
    assert scrubbing.scrub_weekly() == 1
    assert Blob.objects.get().state == Blob.State.MISSING
    assert scrubbing.scrub_weekly() == 0


def test_what_is_due_goes_out(town: Town, time: Stopped) -> None:
    assert ticks.deliver() == notices.Delivered()
