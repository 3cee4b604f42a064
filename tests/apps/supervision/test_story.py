"""An instruction becomes a task and is carried to its end; what the rules forbid is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.office.town import Stopped, Town
from zhongshu.apps.supervision import actions, queries
from zhongshu.apps.supervision.actions import Reporting
from zhongshu.apps.supervision.founding import Point
from zhongshu.apps.supervision.models import (
    Application,
    DueChange,
    Milestone,
    Phase,
    Report,
    Surety,
    Task,
)
from zhongshu.apps.supervision.standing import rules, shown
from zhongshu.office.matters import actions as matters
from zhongshu.office.matters import asking, processes
from zhongshu.office.matters.models import Matter, Todo
from zhongshu.office.matters.queries import related
from zhongshu.office.notices.models import Notice
from zhongshu.office.refusal import Refusal

from .conftest import task
from .hands import attach, deliver, press, unsound

WEEK = timedelta(days=7)


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> None:
    settings.FILES_ROOT, settings.FILES_SPARE = tmp_path / "files", 0


@pytest.fixture
def assigned(town: Town) -> Matter:
    """A task that 供水科 has in hand."""
    matter = actions.establish(new=task(), by=town.actor("督办员"))
    return press(town, "何主任", matter, "approve", opinion="同意立项。")


def row(matter: Matter) -> Task:
    return Task.objects.select_related("matter", "lead").get(pk=matter.pk)


def light(matter: Matter) -> str:
    return queries.Task.objects.get(pk=matter.pk) and str(shown(row(matter), rules()).light)


def refused(call: object, *codes: str) -> None:
    with pytest.raises(Refusal) as no:
        call()  # type: ignore[operator]
    assert no.value.refused.codes == codes


def test_established_assigned_reported_checked_judged_filed(
    town: Town, time: Stopped, assigned: Matter
) -> None:
    assert row(assigned).phase == Phase.DOING
    assert light(assigned) == "grey"
    key, _ = attach(town, "供水科长", assigned, "现场照片.pdf")
    time.at += timedelta(days=3)
    said = Reporting(progress=40, text="已包裹 51 处", files=(key,))
    first = actions.report(key=assigned.key, said=said, by=town.actor("供水科长"))
    assert (first.light, first.why) == ("green", ["按计划推进"])
    assert [file.name for file in first.evidence.all()] == ["现场照片.pdf"]
    deliver(town, "供水科长", assigned)
    assert row(assigned).phase == Phase.CHECKING
    press(town, "副主任", assigned, "approve", opinion="核查通过。")
    assert (row(assigned).phase, light(assigned)) == (Phase.CLOSED, "blue")
    press(town, "督办员", assigned, "done", changes={"quality": "好", "quality_note": "回看 3 处"})
    done = press(town, "档案员", assigned, "done")
    assert done.state == "approved"
    assert (row(assigned).phase, row(assigned).quality) == (Phase.FILED, "好")
    assert unsound() == []


def test_split_over_three_one_late_chased_postponed_returned_closed(
    town: Town, time: Stopped, assigned: Matter
) -> None:
    parts = [
        task(title=f"{what}部分", lead=lead, requirement=f"完成{what}", due_on=day)
        for what, lead, day in (
            ("包裹", "water", date(2026, 12, 10)),
            ("改线", "supply", date(2026, 12, 4)),
            ("验收", "works", date(2026, 12, 14)),
        )
    ]
    made = actions.split(key=assigned.key, parts=parts, by=town.actor("督办员"))
    for part in made:
        press(town, "何主任", part, "approve", opinion="同意。")
    assert [one.matter.key for one in queries.parts(of=row(assigned), seen_by=town.actor("李局"))]
    water, supply, works = made
    refused(lambda: deliver(town, "供水科长", assigned), "children_open")

    time.at = datetime(2026, 12, 2, 2, 0, tzinfo=UTC)  # nothing was reported in five days
    assert light(supply) in {"amber", "red"}
    chased = actions.chase(key=supply.key, words="请今天报进展", by=town.actor("督办员"))
    assert chased.rung == "phone"
    head = town.people["供水科长"]
    assert Notice.objects.filter(person=head, matter=supply, words="urged").exists()
    refused(lambda: actions.chase(key=supply.key, words="", by=town.actor("督办员")), "chased_now")

    asked = actions.apply_for(
        key=supply.key,
        what="postpone",
        reason="设备 12 月 8 日到货",
        until=date(2026, 12, 11),
        by=town.actor("供水科长"),
    )
    assert asked.consenter.name == "赵副"
    leader = Todo.objects.filter(person=town.people["赵副"], matter=supply)
    assert [todo.what for todo in leader] == ["read"]
    refused(
        lambda: actions.decide(
            application=asked.key, granted=True, words="", by=town.actor("李局")
        ),
        "not_the_consenter",
    )
    actions.decide(application=asked.key, granted=True, words="抓紧。", by=town.actor("赵副"))
    assert not leader.all().exists()
    moved = row(supply)
    assert (moved.matter.due_at, moved.postponed) == (datetime(2026, 12, 11, 9, 30, tzinfo=UTC), 1)
    assert moved.first_due_at == datetime(2026, 12, 4, 9, 30, tzinfo=UTC)
    held = Todo.objects.get(matter=supply, person=head)
    assert held.due == moved.due
    assert [change.why for change in DueChange.objects.filter(task=moved)] == [
        "立项时限",
        "第 1 次延期：设备 12 月 8 日到货",
    ]

    deliver(town, "供水科长", supply, "改线 300 米")
    press(town, "副主任", supply, "disapprove", opinion="没有验收单。")
    back = row(supply)
    assert (back.phase, back.returns, back.progress) == (Phase.DOING, 1, 0)
    deliver(town, "供水科长", supply, "改线 300 米，已验收")
    press(town, "副主任", supply, "approve")
    for part, who in ((water, "水资源科长"), (works, "工程科长")):
        deliver(town, who, part)
        press(town, "副主任", part, "approve")
    deliver(town, "供水科长", assigned)
    press(town, "副主任", assigned, "approve")
    assert row(assigned).phase == Phase.CLOSED
    assert unsound() == []


def test_a_light_never_turns_green_without_a_report(
    town: Town, time: Stopped, assigned: Matter
) -> None:
    for _ in range(40):
        assert light(assigned) != "green"
        time.at += timedelta(days=1)


def test_the_list_says_the_same_as_the_kernel(town: Town, time: Stopped, assigned: Matter) -> None:
    by = town.actor("供水科长")
    actions.report(key=assigned.key, said=Reporting(progress=20, text="20 处"), by=by)
    for _ in range(40):
        lamp = queries.tasks(seen_by=by).get(pk=assigned.pk).lamp
        assert lamp == light(assigned)
        time.at += timedelta(hours=20)


def test_the_light_of_a_report_is_not_painted_anew(
    town: Town, time: Stopped, assigned: Matter
) -> None:
    by = town.actor("供水科长")
    time.at = datetime(2026, 12, 16, 2, 0, tzinfo=UTC)
    actions.report(key=assigned.key, said=Reporting(progress=30, text="30 处"), by=by)
    actions.report(key=assigned.key, said=Reporting(progress=95, text="120 处"), by=by)
    assert [one.light for one in Report.objects.order_by("pk")] == ["red", "amber"]
    assert Report.objects.order_by("pk")[0].why[0].startswith("进度落后")


def test_what_is_no_report_and_no_result(town: Town, assigned: Matter) -> None:
    by = town.actor("供水科长")
    empty = Reporting(progress=100, text="")
    refused(
        lambda: actions.report(key=assigned.key, said=empty, by=by),
        "text_needed",
        "hundred_is_result",
    )
    refused(
        lambda: actions.report(
            key=assigned.key, said=Reporting(progress=1, text="x"), by=town.actor("外人")
        ),
        "not_the_lead",
    )
    refused(
        lambda: deliver(town, "供水科长", assigned, "基本完成，正在推进扫尾"),
        "unfinished",
        "unfinished",
    )
    assert row(assigned).phase == Phase.DOING


def test_evidence_of_another_matter_is_none(town: Town, assigned: Matter) -> None:
    other = actions.establish(new=task(title="另一件"), by=town.actor("督办员"))
    press(town, "何主任", other, "approve")
    key, _ = attach(town, "供水科长", other)
    said = Reporting(progress=100, text="全部完成", files=(key,))
    refused(
        lambda: actions.report(key=assigned.key, said=said, by=town.actor("供水科长")),
        "hundred_is_result",
    )


def test_the_lead_is_disputed_in_time_and_the_office_decides(
    town: Town, time: Stopped, assigned: Matter
) -> None:
    press(town, "供水科长", assigned, "send_back", to=("draft",), opinion="应由水资源科牵头。")
    assert row(assigned).phase == Phase.DRAFT
    form = {"lead_unit": "water", "due_on": "2026-12-18"}
    press(town, "督办员", assigned, "submit", changes=form)
    press(town, "何主任", assigned, "approve", opinion="改由水资源科牵头。")
    assert row(assigned).lead.name == "水资源科"
    time.at += WEEK
    refused(
        lambda: press(town, "水资源科长", assigned, "send_back", to=("draft",), opinion="不是我们"),
        "object_too_late",
    )


def test_a_postponement_in_time_each_one_level_higher(
    town: Town, time: Stopped, assigned: Matter
) -> None:
    by = town.actor("供水科长")

    def ask(day: date) -> Application:
        return actions.apply_for(
            key=assigned.key, what="postpone", reason="雨天停工", until=day, by=by
        )

    refused(lambda: ask(date(2026, 12, 18)), "not_later")
    first = ask(date(2026, 12, 22))
    refused(lambda: ask(date(2026, 12, 23)), "asked_already")
    refused(
        lambda: actions.decide(
            application=first.key, granted=False, words="", by=town.actor("赵副")
        ),
        "reason_needed",
    )
    actions.decide(application=first.key, granted=True, words="", by=town.actor("赵副"))
    refused(
        lambda: actions.decide(
            application=first.key, granted=True, words="", by=town.actor("赵副")
        ),
        "already_decided",
    )
    second = ask(date(2026, 12, 25))
    assert second.consenter.name == "李局"
    actions.decide(application=second.key, granted=True, words="", by=town.actor("李局"))
    refused(lambda: ask(date(2026, 12, 30)), "postponed_often")
    time.at = datetime(2026, 12, 28, 2, 0, tzinfo=UTC)
    refused(lambda: ask(date(2026, 12, 31)), "too_late", "postponed_often")
    assert row(assigned).first_due_at == datetime(2026, 12, 18, 9, 30, tzinfo=UTC)


def test_a_pause_needs_consent_and_gives_the_time_back(
    town: Town, time: Stopped, assigned: Matter
) -> None:
    until = time.at + timedelta(days=30)
    minute = processes.clock.calendar().minute(until)

    def pause() -> Matter:
        return press(town, "督办员", assigned, "suspend", opinion="等土地批复", until=minute)

    refused(pause, "consent_needed")
    asked = actions.apply_for(
        key=assigned.key, what="pause", reason="等土地批复", by=town.actor("供水科长")
    )
    actions.decide(application=asked.key, granted=True, words="", by=town.actor("赵副"))
    pause()
    assert (row(assigned).phase, light(assigned)) == (Phase.PAUSED, "grey")
    time.at += WEEK
    press(town, "督办员", assigned, "resume")
    assert row(assigned).matter.due_at == datetime(2026, 12, 25, 9, 30, tzinfo=UTC)
    refused(pause, "consent_needed")
    assert unsound() == []


def test_merged_into_another_with_consent(town: Town, assigned: Matter) -> None:
    other = actions.establish(new=task(title="防冻总任务"), by=town.actor("督办员"))
    press(town, "何主任", other, "approve")
    refused(
        lambda: press(town, "督办员", assigned, "cancel", opinion="并入总任务"), "consent_needed"
    )
    asked = actions.apply_for(
        key=assigned.key,
        what="merge",
        reason="同一件事",
        into=other.number,
        by=town.actor("督办员"),
    )
    assert asked.consenter.name == "李局"
    actions.decide(application=asked.key, granted=True, words="", by=town.actor("李局"))
    press(town, "督办员", assigned, "cancel", opinion="并入总任务")
    merged = row(assigned)
    assert (merged.phase, merged.into_id) == (Phase.MERGED, other.pk)
    seen = related(matter=assigned, seen_by=town.actor("李局"))
    assert [(one.matter.pk, one.why) for one in seen] == [(other.pk, "并项")]


def paper(town: Town) -> Matter:
    """A paper on its way to the files."""
    by = town.actor("黄文")
    opening = matters.Opening(kind="incoming", title="关于防冻保供的通知", register="superior")
    form = {"title": "关于防冻保供的通知", "source": "市政府办公室"}
    matter = matters.open_matter(opening=opening, by=by, form=form)
    said = asking.Said(changes=form)
    return matters.act(key=matter.key, command=asking.command("submit", said), by=by).matter


def test_a_paper_is_not_filed_while_its_task_is_open(town: Town) -> None:
    matter = paper(town)
    press(town, "副主任", matter, "approve")  # 文电负责人自己登记的
    press(
        town,
        "何主任",
        matter,
        "done",
        changes={"handling": "阅知", "readers": (town.people["赵副"].key,)},
    )
    born = actions.establish(new=task(born_of=matter), by=town.actor("督办员"))
    press(town, "何主任", born, "approve")
    seen = related(matter=born, seen_by=town.actor("督办员"))
    assert [one.matter.pk for one in seen] == [matter.pk]
    press(town, "赵副", matter, "done")
    refused(lambda: press(town, "档案员", matter, "done"), "task_open")
    refused(
        lambda: actions.answer_for(key=born.key, reason="x", by=town.actor("督办员")),
        "not_answerable",
    )
    refused(
        lambda: actions.answer_for(key=born.key, reason=" ", by=town.actor("赵副")),
        "reason_needed",
    )
    actions.answer_for(key=born.key, reason="原件先归档，督办继续", by=town.actor("赵副"))
    assert press(town, "档案员", matter, "done").state == "approved"
    assert Surety.objects.get().by.name == "赵副"


def test_pressed_twice_it_is_one_task(town: Town) -> None:
    by = town.actor("督办员")
    first, second = (actions.establish(new=task(once="a"), by=by) for _ in range(2))
    assert first == second
    assert Task.objects.count() == 1


def test_milestones_and_lead_and_due_in_order(town: Town) -> None:
    by = town.actor("督办员")
    for wrong, code in (
        (
            {"points": (Point("后", date(2026, 12, 10), 50), Point("前", date(2026, 12, 1), 60))},
            "milestones",
        ),
        ({"points": (Point("晚", date(2026, 12, 20), 50),)}, "milestones"),
        ({"lead": "supply", "assists": ("supply",)}, "one_lead"),
        ({"lead": "mars"}, "one_lead"),
        ({"due_on": date(2026, 11, 20)}, "due_needed"),
    ):
        refused(lambda more=wrong: actions.establish(new=task(**more), by=by), code)
    refused(lambda: actions.establish(new=task(), by=town.actor("外人")), "not_the_office")
    assert not Matter.objects.exists()


def test_a_milestone_is_met_by_a_report(town: Town, time: Stopped) -> None:
    points = (Point("材料到齐", date(2026, 11, 30), 30), Point("包裹过半", date(2026, 12, 8), 60))
    matter = actions.establish(new=task(points=points), by=town.actor("督办员"))
    press(town, "何主任", matter, "approve")
    time.at = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)
    assert light(matter) == "amber"
    first = Milestone.objects.first()
    assert first is not None
    actions.report(
        key=matter.key,
        said=Reporting(progress=35, text="材料到齐", met=(first.pk,)),
        by=town.actor("供水科长"),
    )
    assert light(matter) == "green"


def test_only_who_may_see_is_told(town: Town, assigned: Matter) -> None:
    for name, sees in {
        "李局": True,
        "督办员": True,
        "供水科长": True,
        "赵副": True,
        "工程科长": False,
        "外人": False,
        "档案员": False,
    }.items():
        found = queries.tasks(seen_by=town.actor(name)).filter(pk=assigned.pk).exists()
        assert found is sees, name
