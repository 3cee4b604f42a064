"""Lights: the two minutes say the same as looking at every minute; never green without a report."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhongshu.kernel.supervision.lights import (
    FOREVER,
    Light,
    Milestone,
    Task,
    Turns,
    at,
    expected,
    light,
    turns,
)
from zhongshu.kernel.supervision.rules import SHIPPED, Rules

DAY = 420
SEVERITY = [Light.GREEN, Light.GREY, Light.AMBER, Light.RED]


@st.composite
def tasks(draw: st.DrawFn, *, open_only: bool = False) -> Task:
    start = draw(st.integers(0, 3000))
    due = start + draw(st.integers(1, 6000))
    moments = sorted(draw(st.sets(st.integers(start + 1, due), max_size=4)))
    percents = sorted(draw(st.lists(st.integers(0, 100), min_size=len(moments), max_size=4)))
    marks = tuple(
        Milestone(moment, percent, draw(st.booleans()))
        for moment, percent in zip(moments, percents, strict=False)
    )
    maybe = st.none() | st.integers(start, due + 3000)
    return Task(
        start,
        due,
        draw(st.integers(0, 100)),
        draw(maybe),
        draw(maybe),
        marks,
        None if open_only else draw(maybe),
        False if open_only else draw(st.booleans()),
        False if open_only else draw(st.booleans()),
    )


def by_the_letter(task: Task, now: int, rules: Rules) -> Light:
    """The published rule, read sentence by sentence, without counting ahead."""
    number = rules.number
    grace = number["milestone_grace"] * number["day"]
    missed = [m.due for m in task.milestones if not m.met]
    lag = expected(task, now) - task.progress
    if task.accepted:
        return Light.BLUE
    if task.paused:
        return Light.GREY
    if task.delivered is not None:
        late = task.delivered > task.due and now > task.due
        return Light.RED if late else Light.GREEN if task.reported is not None else Light.GREY
    if now > task.due or lag >= number["stop_lag"] or any(now > m + grace for m in missed):
        return Light.RED
    little = (task.due - now) * 100 <= number["warn_left"] * (task.due - task.start)
    if (
        lag >= number["warn_lag"]
        or any(now > m for m in missed)
        or (little and task.progress < 100)
        or (task.next_report is not None and now > task.next_report)
    ):
        return Light.AMBER
    return Light.GREEN if task.reported is not None else Light.GREY


@given(tasks(), st.integers(0, 12_000))
def test_the_light_is_the_published_rule(task: Task, after: int) -> None:
    now = task.start + after
    assert light(task, now, SHIPPED).light is by_the_letter(task, now, SHIPPED)


@given(tasks(), st.integers(0, 12_000))
def test_never_green_without_a_report(task: Task, after: int) -> None:
    shown = light(task, task.start + after, SHIPPED)
    assert shown.light is not Light.GREEN or task.reported is not None


@given(tasks(open_only=True), st.integers(0, 9_000), st.integers(0, 3_000))
def test_time_alone_never_improves_a_light(task: Task, after: int, later: int) -> None:
    first = light(task, task.start + after, SHIPPED).light
    second = light(task, task.start + after + later, SHIPPED).light
    assert SEVERITY.index(second) >= SEVERITY.index(first)


@given(tasks(), st.integers(0, 12_000))
def test_every_light_has_a_reason(task: Task, after: int) -> None:
    shown = light(task, task.start + after, SHIPPED)
    assert shown.why
    assert all(sentence.zh and sentence.en for sentence in shown.why)


@given(tasks(open_only=True), st.integers(0, 9_000))
def test_more_progress_never_makes_it_worse(task: Task, after: int) -> None:
    now = task.start + after
    better = Task(task.start, task.due, 100, task.reported, task.next_report, task.milestones)
    before, then = light(task, now, SHIPPED).light, light(better, now, SHIPPED).light
    assert SEVERITY.index(then) <= SEVERITY.index(before)


def ten_days(**more: object) -> Task:
    """Ten working days, from minute nought."""
    return Task(0, 10 * DAY, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("task", "now", "shown", "why"),
    [
        (ten_days(), 100, Light.GREY, ["还没有报过进展"]),
        (ten_days(progress=30, reported=100), 3 * DAY, Light.GREEN, ["按计划推进"]),
        (
            ten_days(progress=25, reported=100),
            4 * DAY,
            Light.AMBER,
            ["进度落后 15 个百分点"],
        ),
        (ten_days(progress=20, reported=100), 6 * DAY, Light.RED, ["进度落后 40 个百分点"]),
        (
            ten_days(progress=90, reported=100),
            8 * DAY,
            Light.AMBER,
            ["时限将近，余 2 个工作日"],
        ),
        (ten_days(progress=100, reported=100), 9 * DAY, Light.GREEN, ["按计划推进"]),
        (ten_days(progress=100, reported=100), 10 * DAY + 1, Light.RED, ["逾期 1 个工作日"]),
        (
            ten_days(progress=50, reported=100, next_report=2 * DAY),
            3 * DAY,
            Light.AMBER,
            ["进展该报未报，迟 1 个工作日"],
        ),
        (
            ten_days(next_report=420),
            421,
            Light.AMBER,
            ["首次进展迟报 1 个工作日"],
        ),
        (
            ten_days(progress=50, reported=1, milestones=(Milestone(2 * DAY, 20),)),
            4 * DAY,
            Light.AMBER,
            ["节点迟 2 个工作日"],
        ),
        (
            ten_days(progress=70, reported=1, milestones=(Milestone(2 * DAY, 20),)),
            5 * DAY + 1,
            Light.RED,
            ["节点迟 4 个工作日"],
        ),
        (ten_days(paused=True), 99 * DAY, Light.GREY, ["暂缓"]),
        (
            ten_days(reported=1, delivered=10 * DAY, progress=100),
            12 * DAY,
            Light.GREEN,
            ["已报结，待核查"],
        ),
        (
            ten_days(reported=1, delivered=11 * DAY, progress=100),
            12 * DAY,
            Light.RED,
            ["报结已迟 1 个工作日"],
        ),
        (ten_days(delivered=10 * DAY, accepted=True), 12 * DAY, Light.BLUE, ["按期办结"]),
    ],
)
def test_in_words(task: Task, now: int, shown: Light, why: list[str]) -> None:
    found = light(task, now, SHIPPED)
    assert (found.light, [sentence.zh for sentence in found.why]) == (shown, why)


def test_closed_late_keeps_its_corner() -> None:
    shown = light(ten_days(delivered=11 * DAY, accepted=True), 12 * DAY, SHIPPED)
    assert (shown.light, shown.late) == (Light.BLUE, True)
    assert shown.why[0].zh == "逾期办结"
    assert not light(ten_days(delivered=1, accepted=True), 12 * DAY, SHIPPED).late


def test_what_nothing_can_turn_never_turns() -> None:
    assert turns(ten_days(paused=True), SHIPPED) == Turns()
    assert turns(ten_days(delivered=1), SHIPPED) == Turns(FOREVER, FOREVER)
    assert at(Turns(), 1 << 39, reported=True) is Light.GREEN


def test_a_plan_goes_along_its_milestones() -> None:
    task = ten_days(milestones=(Milestone(2 * DAY, 60), Milestone(10 * DAY, 90)))
    assert [expected(task, day * DAY) for day in (0, 1, 2, 6, 10)] == [0, 30, 60, 75, 90]
    assert expected(task, 10 * DAY + 1) == 100
    assert expected(ten_days(), 10 * DAY + 1) == 100
    assert expected(task, -5) == 0


def test_a_plan_that_ends_below_a_hundred_lags_after_its_end() -> None:
    task = ten_days(progress=80, reported=1, milestones=(Milestone(10 * DAY, 90, met=True),))
    assert turns(task, SHIPPED).amber == 8 * DAY  # little time left comes first
    done = ten_days(progress=85, reported=1, milestones=(Milestone(10 * DAY, 90, met=True),))
    assert light(done, 10 * DAY + 1, SHIPPED).why[1].zh == "进度落后 15 个百分点"


def test_where_any_lag_counts_it_is_amber_at_once() -> None:
    strict = SHIPPED.amended({"warn_lag": 0}, since=SHIPPED.since, source="示例")
    assert turns(ten_days(), strict).amber == 0


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"due": 0}, "after it starts"),
        ({"progress": 101}, "percentage"),
        ({"milestones": (Milestone(0, 1),)}, "go up"),
        ({"milestones": (Milestone(5, 9), Milestone(6, 8))}, "go up"),
        ({"milestones": (Milestone(5, 101),)}, "go up"),
    ],
)
def test_what_cannot_be_is_an_error_of_the_caller(wrong: dict[str, object], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        Task(**{"start": 0, "due": 100, **wrong})  # type: ignore[arg-type]
