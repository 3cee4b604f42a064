"""Stories through the pages: from registration to the files, whatever happens on the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from tests.office.town import Stopped, Town, clock
from zhongshu.apps.documents.models import ArchiveScheme, Incoming, Passage
from zhongshu.office.matters import actions, waking
from zhongshu.office.matters.models import Event, Matter, Todo
from zhongshu.office.people import revision
from zhongshu.office.people.models import Leave

from .bureau import paper, seated, stand_in
from .pressing import act, forms, hidden, proposal, seen, verb

Sit = Callable[[str], Client]


@pytest.fixture
def sit(works: Town) -> Sit:
    return lambda name: seated(works, name)


def away(works: Town, name: str) -> None:
    now = clock.now()
    Leave.objects.create(
        person=works.people[name], start=now - timedelta(hours=1), end=now + timedelta(days=3)
    )
    revision.touch()


def reviewed(sit: Sit, matter: Matter) -> None:
    assert act(sit("方以宁"), matter, "approve", opinion="予以受理。") == 302


def scheme(works: Town) -> None:
    ArchiveScheme.objects.create(
        since=clock.local(clock.now()).date(),
        fonds="J001",
        units={"office": "BGS", "supply": "GSK"},
        periods=[{"register": "superior", "purpose": "", "period": "永久", "why": "表第3条"}],
        set_by=works.people["邵立言"],
        set_at=clock.now(),
    )


def holding(matter: Matter) -> set[str]:
    rows = Todo.objects.filter(matter=matter).exclude(what="read")
    return set(rows.values_list("person__name", flat=True))


def test_from_registration_to_the_files(works: Town, sit: Sit, time: Stopped) -> None:
    scheme(works)
    matter = paper(works, urgency="urgent", weight=5)
    reviewed(sit, matter)
    time.at += timedelta(hours=1)
    typed = proposal(f_lead_unit="supply", f_assist_units=["drain"], f_needs_reply="on")
    assert act(sit("许怀瑾"), matter, "done", **typed) == 302
    page = seen(sit("沈砚秋"), matter)
    assert "建议由供水科牵头，排水科配合" in page
    assert act(sit("沈砚秋"), matter, "instruct", opinion="同意，请供水科牵头。") == 302
    assert holding(matter) == {"程远帆", "苏青禾"}
    time.at += timedelta(hours=2)
    assert act(sit("苏青禾"), matter, "done", opinion="已配合。") == 302
    assert act(sit("程远帆"), matter, "done", opinion="已按要求巡查 12 座泵站。") == 302
    assert act(sit("贺清川"), matter, "approve", opinion="办理到位。") == 302
    answer = {"f_reply_no": "云水函〔2026〕9号", "f_answer_to": "云泽市人民政府办公室"}
    assert act(sit("林知夏"), matter, "done", **answer) == 302
    page = seen(sit("邵立言"), matter)
    assert "J001-WS·2026-Y-GSK-0001" in page
    assert act(sit("邵立言"), matter, "done", f_retention="永久") == 302
    matter.refresh_from_db()
    incoming = Incoming.objects.get(matter=matter)
    assert (matter.state, incoming.open) == ("approved", False)
    assert incoming.archive_no == "J001-WS·2026-Y-GSK-0001"
    assert incoming.answered_no == "云水函〔2026〕9号"
    minutes = {one.node: one.minutes for one in Passage.objects.filter(matter=matter)}
    assert minutes["propose"] == 60
    assert minutes["lead"] == 120
    assert "已按要求巡查 12 座泵站。" in seen(sit("沈砚秋"), matter)


def test_a_return_for_another_round(works: Town, sit: Sit) -> None:
    matter = paper(works)
    reviewed(sit, matter)
    assert act(sit("许怀瑾"), matter, "done", **proposal(f_lead_unit="supply")) == 302
    assert act(sit("沈砚秋"), matter, "instruct", opinion="请办。") == 302
    assert act(sit("程远帆"), matter, "done", opinion="已办。") == 302
    deputy = sit("贺清川")
    assert verb(deputy, matter, "send_back", to="lead", opinion="缺照片和清单。") == 302
    page = seen(sit("程远帆"), matter)
    assert "缺照片和清单。" in page
    assert holding(matter) == {"程远帆"}
    assert act(sit("程远帆"), matter, "done", opinion="已补照片和清单。") == 302
    assert act(deputy, matter, "approve", opinion="办理到位。") == 302
    page = seen(deputy, matter)
    assert page.count("已办。") >= 1  # what was said before the return stays


def test_a_paper_that_breaks_the_rules_goes_no_further(works: Town, sit: Sit) -> None:
    matter = paper(works)
    assert act(sit("方以宁"), matter, "disapprove") == 422  # a no needs its reason
    assert act(sit("方以宁"), matter, "disapprove", opinion="越级行文，未抄送。") == 302
    matter.refresh_from_db()
    assert matter.state == "rejected"
    assert not Incoming.objects.get(matter=matter).open


def test_a_stand_in_signs_for_who_is_away(works: Town, sit: Sit) -> None:
    stand_in(works, "程远帆", "秦望舒")
    away(works, "程远帆")
    matter = paper(works)
    reviewed(sit, matter)
    assert act(sit("许怀瑾"), matter, "done", **proposal(f_lead_unit="supply")) == 302
    assert act(sit("沈砚秋"), matter, "instruct", opinion="请办。") == 302
    assert holding(matter) == {"秦望舒"}
    page = seen(sit("秦望舒"), matter)
    assert "代 程远帆" in page
    assert act(sit("秦望舒"), matter, "done", opinion="代为办结。") == 302
    assert "代 程远帆" in seen(sit("许怀瑾"), matter)


def test_a_joint_opinion_with_one_away(works: Town, sit: Sit) -> None:
    stand_in(works, "李慎行", "周明朗")
    away(works, "李慎行")
    matter = paper(works)
    reviewed(sit, matter)
    typed = proposal(f_lead_unit="supply", f_cosign_units=["drain", "finance"])
    assert act(sit("许怀瑾"), matter, "done", **typed) == 302
    assert holding(matter) == {"苏青禾", "周明朗"}  # both at once, one in another's place
    assert act(sit("周明朗"), matter, "disapprove", opinion="预算已用完。") == 302
    assert holding(matter) == {"苏青禾"}  # a no does not cut off who has not spoken
    assert act(sit("苏青禾"), matter, "approve", opinion="同意。") == 302
    director = seen(sit("沈砚秋"), matter)
    assert "预算已用完。" in director
    assert "同意。" in director


def test_instructions_that_differ_go_to_the_principal(works: Town, sit: Sit) -> None:
    matter = paper(works)
    reviewed(sit, matter)
    deputy = works.people["顾之衡"].key
    typed = proposal(f_lead_unit="supply", f_instructors=[deputy])
    assert act(sit("许怀瑾"), matter, "done", **typed) == 302
    assert act(sit("沈砚秋"), matter, "instruct", opinion="另列经费。") == 302
    assert act(sit("顾之衡"), matter, "instruct", opinion="不另列经费。") == 302
    head = sit("许怀瑾")
    page = seen(head, matter)
    beside = page[page.index('class="beside"') :]
    assert "<p>另列经费。</p>" in beside  # each whole, side by side
    assert "<p>不另列经费。</p>" in beside
    assert act(head, matter, "done") == 422  # whether they differ is for a person to say
    assert act(head, matter, "done", f_differ="1") == 302
    assert holding(matter) == {"沈砚秋"}
    assert act(sit("沈砚秋"), matter, "instruct", opinion="按之衡意见办。") == 302
    assert holding(matter) == {"程远帆"}


def test_chased_until_it_is_overdue(works: Town, sit: Sit, time: Stopped) -> None:
    matter = paper(works)
    reviewed(sit, matter)
    assert act(sit("许怀瑾"), matter, "done", **proposal(f_lead_unit="supply")) == 302
    assert act(sit("沈砚秋"), matter, "instruct", opinion="请办。") == 302
    clerk = sit("林知夏")
    assert act(clerk, matter, "urge") == 302
    assert Event.objects.filter(matter=matter, verb="urge").count() == 1
    act(clerk, matter, "urge")  # again at once: the engine says it is too soon
    assert Event.objects.filter(matter=matter, verb="urge").count() == 1
    time.at += timedelta(days=21)
    for key in waking.due(minute=clock.calendar().minute(clock.now()), limit=9):
        actions.tick(key=key)
    clerk = sit("林知夏")  # three weeks later one signs in again
    late = clerk.get("/documents/ledger/?state=late").content.decode()
    assert matter.number in late
    assert "逾期" in seen(clerk, matter)
    assert act(sit("程远帆"), matter, "done", opinion="已办。") == 302
    assert Passage.objects.get(matter=matter, node="lead").late


def test_two_at_once_the_second_keeps_his_words(works: Town, sit: Sit) -> None:
    matter = paper(works)
    reviewed(sit, matter)
    head = sit("许怀瑾")
    form = next(one for one in forms(seen(head, matter), "/act/") if 'value="done"' in one)
    here = f"/documents/incoming/{matter.key}/act/"
    sent = {**hidden(form), "verb": "done", **proposal(f_lead_unit="supply")}
    first = {**sent, "once": "1" * 32}
    assert head.post(here, first).status_code == 302
    assert head.post(here, first).status_code == 302  # the same press again is the same act
    second = head.post(here, {**sent, "once": "2" * 32, "opinion": "另一种拟办。"})
    assert second.status_code == 409
    assert "另一种拟办。" in second.content.decode()
    assert Event.objects.filter(matter=matter).count() == 3


def test_for_information_in_one_press(works: Town, sit: Sit) -> None:
    reader = works.people["苏青禾"].key
    first = paper(works, purpose="information", title="关于表彰的通报")
    reviewed(sit, first)
    typed = proposal(f_handling="阅知", f_readers=[reader], f_more_readers="顾之衡")
    assert act(sit("许怀瑾"), first, "done", **typed) == 302
    assert holding(first) == {"顾之衡", "苏青禾"}
    second = paper(works, purpose="information", title="关于再次表彰的通报")
    reviewed(sit, second)
    head = sit("许怀瑾")
    form = forms(seen(head, second), "/circulate/")[0]
    assert "送 顾之衡、苏青禾 传阅" in form  # proposed from the last similar, highest first
    where = f"/documents/incoming/{second.key}/circulate/"
    assert head.post(where, hidden(form)).status_code == 302
    assert holding(second) == {"顾之衡", "苏青禾"}
    assert act(sit("苏青禾"), second, "done") == 302
    assert "1 / 2" in seen(head, second)


@pytest.mark.parametrize("written", [None, date(2026, 11, 27)])
def test_the_day_proposed_is_the_due_day_unless_the_paper_names_one(
    works: Town, sit: Sit, written: date | None
) -> None:
    matter = paper(works)
    Incoming.objects.filter(pk=matter.pk).update(wanted_by=written)
    reviewed(sit, matter)
    day = date(2026, 12, 8)
    typed = proposal(f_lead_unit="supply", f_handle_by=day.isoformat())
    assert act(sit("许怀瑾"), matter, "done", **typed) == 302
    due = Matter.objects.get(pk=matter.pk).due_at
    assert due
    assert (clock.local(due).date() == day) is (written is None)
