"""Running matters move to another version: planned by one, rehearsed, carried out by the second."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.office.matters.test_act import approve, opened, submit, todo
from tests.office.people.conftest import GOOD
from tests.office.town import SINCE, Town
from zhongshu.apps.processes import moving, queries
from zhongshu.apps.processes.models import Move, MoveCase
from zhongshu.kernel.flow.codec import load_case
from zhongshu.office.actor import machine
from zhongshu.office.journal.models import Entry
from zhongshu.office.matters import processes
from zhongshu.office.matters.models import Event, Matter, Process, Todo
from zhongshu.office.matters.selfcheck import selfcheck
from zhongshu.office.notices.models import Notice
from zhongshu.office.people import revision
from zhongshu.office.people.models import Account, Appointment
from zhongshu.office.refusal import Refusal

from .conftest import Sit
from .test_checkup_pages import read
from .test_library_pages import TEXT

PLAN = "/processes/request/1/move/"


def second_version() -> Process:
    """The step of the section head has another id; the leader signs together with the director."""
    text = TEXT.replace("version = 1", "version = 2").replace('"section_head"', '"first_look"')
    text = text.replace(
        'seats = [{ relation = "unit_leader", name = "分管领导" }]',
        'seats = [{ relation = "unit_leader", name = "分管领导" }, { post = "director" }]',
    )
    row = processes.propose(text=text, by=machine("a"))
    return processes.release(process=row, by=machine("b"))


@pytest.fixture
def overseers(town: Town) -> Town:
    """Two who may move matters: the head of the office and the lawyer."""
    post = town.post("overseer", "office")
    for name in ("何主任", "吴法"):
        Appointment.objects.create(person=town.people[name], post=post, since=SINCE)
    revision.touch()
    return town


@pytest.fixture
def cases(overseers: Town) -> tuple[Matter, Matter, Matter, Matter]:
    """One at the section head, one at the leader, one still a draft, one of the planner's own."""
    town = overseers
    first, second, draft = (opened(town, title=f"第 {n} 件") for n in range(3))
    own = opened(town, by="何主任", title="自己的件")
    submit(town, first)
    submit(town, second)
    approve(town, second, "张科")
    submit(town, own, by="何主任")
    second_version()
    return first, second, draft, own


def planned(sit: Sit, town: Town) -> tuple[Client, Move]:
    client = sit("何主任")
    asked = {"to-section_head": "first_look", "second": town.people["吴法"].key, "why": "制度改了"}
    answer = client.post(PLAN, asked)
    move = Move.objects.get()
    assert answer.headers["Location"] == f"/processes/moves/{move.key}/"
    return client, move


def again_he_is(client: Client, name: str) -> None:
    account = Account.objects.get(username=name)
    account.set_password(GOOD)
    account.save()
    client.force_login(account)
    client.get("/processes/")
    assert client.post("/account/confirm/", {"password": GOOD}).status_code == 302


def test_planned_by_one_carried_out_by_the_other(
    sit: Sit, cases: tuple[Matter, Matter, Matter, Matter], overseers: Town
) -> None:
    town = overseers
    first, second, draft, own = cases
    client = sit("何主任")
    assert PLAN in client.get("/processes/request/1/").content.decode()
    asked = client.get(PLAN)
    assert '<option value="first_look" selected>' in asked.content.decode(), "proposed by its name"
    assert "在办 4 件" in read(asked)
    client, move = planned(sit, town)
    page = read(client.get(f"/processes/moves/{move.key}/"))
    assert "改版 2 件" in page
    assert "1 条意见不再算数" not in page
    assert "“科室负责人审核”同名对应" in page
    assert "科室负责人审核 科室负责人审核 — — —" in page, "nobody is asked anew for a name"
    assert "分管领导审批 分管领导审批 李局（分管领导审批）、赵副（分管领导审批）" in page.replace(
        "赵副（分管领导审批）、李局（分管领导审批）", "李局（分管领导审批）、赵副（分管领导审批）"
    )
    assert "张科（科室负责人审核）" in page, "what he said still counts"
    stays = read(client.get(f"/processes/moves/{move.key}/?show=stay"))
    assert f"{draft.number} 该事项现在的状态是" in stays
    assert "是本事项的拟稿人" in stays or "何主任" in stays
    assert Matter.objects.get(pk=first.pk).process.version == 1, "a rehearsal changes nothing"

    assert client.get(f"/processes/moves/{move.key}/carry/").status_code in {302, 403}
    other = sit("吴法")
    where = f"/processes/moves/{move.key}/carry/"
    assert "/account/confirm/" in other.post(where).headers["Location"], "he says who he is first"
    again_he_is(other, "吴法")
    assert "改版 2 件" in read(other.get(where))
    told, known = Notice.objects.count(), Notice.objects.filter(matter=first).count()
    assert other.post(where).headers["Location"] == f"/processes/moves/{move.key}/"
    first, second, draft, own = (Matter.objects.get(pk=one.pk) for one in cases)
    assert [one.process.version for one in (first, second, draft, own)] == [2, 2, 1, 1]
    assert todo(town, second) == {("赵副", "do"), ("李局", "do")}
    assert todo(town, first) == {("张科", "do")}
    assert Notice.objects.filter(person=town.people["李局"]).exists()
    assert Notice.objects.count() > told
    assert Notice.objects.filter(matter=first).count() == known, "it is only called otherwise"
    assert Todo.objects.get(matter=first).node == "first_look"
    approve(town, first, "张科")
    assert load_case(Matter.objects.get(pk=first.pk).case.text).head.definition == (
        Process.objects.get(version=2).digest
    )
    assert Event.objects.filter(verb="migrate").count() == 2
    lines = [bytes(entry.spelt).decode() for entry in Entry.objects.order_by("pk")]
    assert sum('"flow.migrate"' in line for line in lines) == 2
    assert any('"process.carry_move"' in line for line in lines)
    assert [*selfcheck()] == [], "the events explain the new version too"
    paper = read(sit("audit").get(f"/processes/moves/{move.key}/?print=1"))
    assert "改版 2 件，不改版 2 件" in paper
    assert "第 1 件" not in paper, "titles are not for an administrator"
    assert "已执行" in read(sit("audit").get("/processes/request/"))


def test_a_case_that_has_moved_since_stops_the_whole(
    sit: Sit, cases: tuple[Matter, Matter, Matter, Matter], overseers: Town
) -> None:
    client, move = planned(sit, overseers)
    first, second, *_ = cases
    approve(overseers, second, "赵副")
    other = sit("吴法")
    again_he_is(other, "吴法")
    events = Event.objects.count()
    answer = other.post(f"/processes/moves/{move.key}/carry/")
    assert answer.status_code == 409
    assert f"{second.number}在演练之后又办过" in read(answer)
    assert Matter.objects.get(pk=first.pk).process.version == 1
    assert Event.objects.count() == events
    assert client.post(f"/processes/moves/{move.key}/again/").status_code == 302
    assert other.post(f"/processes/moves/{move.key}/carry/").status_code == 302
    assert Matter.objects.get(pk=second.pk).process.version == 2


def test_people_who_changed_since_stop_it_too(
    sit: Sit, cases: tuple[Matter, Matter, Matter, Matter], overseers: Town
) -> None:
    _, move = planned(sit, overseers)
    Appointment.objects.filter(post__code="director").update(person=overseers.people["陈立"])
    revision.touch()
    with pytest.raises(Refusal, match="case_otherwise"):
        moving.carry_out(move=move, by=overseers.actor("吴法"))
    assert Matter.objects.get(pk=cases[0].pk).process.version == 1


def test_two_people_of_the_post_and_no_others(
    sit: Sit, cases: tuple[Matter, Matter, Matter, Matter], overseers: Town
) -> None:
    town = overseers
    for who in ("李局", "张科", "王小满", "system", "security", "audit"):
        assert sit(who).get(PLAN).status_code == 403
    one = Process.objects.get(version=1)
    asked: dict[str, Any] = {"process": one, "names": {}, "why": "x"}
    for by, second, code in (
        ("何主任", "何主任", "move_two"),
        ("何主任", "李局", "move_right"),
        ("李局", "何主任", "move_right"),
    ):
        with pytest.raises(Refusal, match=code):
            moving.plan(second=town.people[second].key, by=town.actor(by), **asked)
    newest = Process.objects.get(version=2)
    with pytest.raises(Refusal, match="no_newer"):
        moving.plan(
            second=town.people["吴法"].key, by=town.actor("何主任"), **{**asked, "process": newest}
        )
    client, move = planned(sit, town)
    with pytest.raises(Refusal, match="move_not_yours"):
        moving.carry_out(move=move, by=town.actor("何主任"))
    with pytest.raises(Refusal, match="move_not_yours"):
        moving.drop(move=move, by=town.actor("李局"))
    again = client.post(PLAN, {"second": town.people["吴法"].key, "why": "再来"})
    assert again.status_code == 409
    assert "已有一个改版方案" in read(again)
    assert "再来" in read(again)
    client.post(f"/processes/moves/{move.key}/drop/")
    assert Move.objects.get().state == Move.State.DROPPED
    assert client.post(f"/processes/moves/{move.key}/again/").status_code == 409
    with pytest.raises(Refusal, match="move_not_ready"):
        moving.carry_out(move=move, by=town.actor("吴法"))
    for odd in ("", "x", "-1", "99999999999", "7"):
        assert client.get(f"/processes/moves/{move.key}/", {"from": odd}).status_code == 200
    assert client.get("/processes/moves/nothing/").status_code == 404
    assert sit("王小满").get(f"/processes/moves/{move.key}/").status_code == 403


def test_many_are_rehearsed_and_moved_in_batches(
    sit: Sit,
    cases: tuple[Matter, Matter, Matter, Matter],
    overseers: Town,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(moving, "BATCH", 1)
    client, move = planned(sit, overseers)
    page = client.get(f"/processes/moves/{move.key}/", headers={"HX-Target": "rehearsal"})
    assert "已演练 1 / 4 件" in read(page)
    assert "every 1s" in page.content.decode()
    assert "<html" not in page.content.decode()
    with pytest.raises(Refusal, match="move_not_ready"):
        moving.carry_out(move=move, by=overseers.actor("吴法"))
    moving.rehearse_all()
    move.refresh_from_db()
    assert move.state == Move.State.READY
    assert MoveCase.objects.filter(move=move).count() == 4
    moving.carry_out(move=move, by=overseers.actor("吴法"))
    assert Matter.objects.filter(process__version=2).count() == 2
    assert queries.running_on(process=move.old) == 2
