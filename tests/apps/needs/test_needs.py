"""A need from its unit to the answer that satisfied; a shortage from its need to what arrived."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.desk.conftest import Sit
from tests.office.town import Stopped, Town
from zhongshu.apps.needs import actions, queries
from zhongshu.apps.needs.actions import Asking, Coming, Lacking, Trying
from zhongshu.apps.needs.models import Need, Shortage, Way
from zhongshu.desk import ledgers
from zhongshu.kernel.supervision.lights import Light
from zhongshu.office.refusal import Refusal

WATER = Asking(unit="water", what="移动泵车 2 台", sort="设备", channel="visit", lead="supply")


def refused(call: object, code: str) -> None:
    with pytest.raises(Refusal) as no:
        call()  # type: ignore[operator]
    assert no.value.refused.codes == (code,)


def test_a_need_is_answered_called_back_and_rated(town: Town, time: Stopped) -> None:
    office, lead = town.actor("督办员"), town.actor("供水科长")
    row = actions.register(new=WATER, by=town.actor("水资源科员"))
    assert row.number == "需〔2026〕1号"
    assert queries.need_light(row).light is Light.GREY
    time.at += timedelta(days=3)
    assert queries.need_light(row).why.zh == "2 个工作日没有回音"
    early = "need_not_answered"
    refused(lambda: actions.call_back(key=row.key, rating="satisfied", by=office), early)
    other = town.actor("外人")
    refused(lambda: actions.answer(key=row.key, outcome="", text="x", by=other), "need_gone")
    asker = town.actor("水资源科长")
    refused(lambda: actions.answer(key=row.key, outcome="", text="x", by=asker), "need_not_yours")
    refused(
        lambda: actions.answer(key=row.key, outcome="planned", text="x", by=lead),
        "need_planned_when",
    )
    refused(lambda: actions.answer(key=row.key, outcome="", text=" ", by=lead), "need_words")
    actions.answer(key=row.key, outcome="", text="正在调剂", by=lead)
    done = actions.answer(key=row.key, outcome="solved", text="已调配 2 台", by=lead)
    assert queries.need_light(done).light is Light.BLUE
    refused(lambda: actions.answer(key=row.key, outcome="", text="x", by=lead), "need_closed")
    refused(lambda: actions.call_back(key=row.key, rating="satisfied", by=lead), "need_office")
    actions.call_back(key=row.key, rating="unreached", by=office)
    actions.call_back(key=row.key, rating="satisfied", by=office)
    refused(lambda: actions.call_back(key=row.key, rating="not", by=office), "need_rated")
    assert queries.rates(seen_by=office) == (0, 1, 1, 1, 1, 1)


def test_the_section_that_answered_does_not_call_back(town: Town, time: Stopped) -> None:
    mine = Asking(unit="water", what="对账", sort="信息化", channel="call", lead="office")
    row = actions.register(new=mine, by=town.actor("督办员"))
    actions.answer(key=row.key, outcome="solved", text="已改", by=town.actor("督办员"))
    refused(
        lambda: actions.call_back(key=row.key, rating="satisfied", by=town.actor("何主任")),
        "need_own_call",
    )


def test_a_shortage_from_its_need_to_what_arrived(town: Town, time: Stopped) -> None:
    office, owner = town.actor("督办员"), town.actor("供水科长")
    asked = actions.register(new=WATER, by=town.actor("水资源科员"))
    lacking = Lacking(
        what="应急泵车",
        sort="设备",
        measure="万元",
        required=Decimal(2180),
        owner="supply",
        needs=(asked.key,),
    )
    refused(lambda: actions.lack(new=lacking, by=town.actor("工程科长")), "need_not_yours")
    row = actions.lack(new=lacking, by=office)
    asked.refresh_from_db()
    assert asked.shortage == row
    assert queries.shortage_light(row).why.zh == "没有在走的门路"
    today = date(2026, 11, 23)
    trying = Trying(sort="superior", asked_of="市财政局", paper="水请〔2026〕12号", asked_on=today)
    way = actions.ask(key=row.key, new=trying, by=owner)

    def come(granted: int, paper: str, arrived: int) -> Way:
        said = Coming(
            granted=Decimal(granted), granted_paper=paper, arrived=Decimal(arrived), on=today
        )
        return actions.grant(way=way.pk, said=said, by=owner)

    refused(lambda: come(1140, "", 420), "short_paper")
    refused(lambda: come(100, "财1号", 420), "short_more")
    come(1140, "", 0)
    fresh = Shortage.objects.get()
    assert (queries.got(fresh).granted, queries.got(fresh).told) == (0, 1140)
    come(2180, "财1号", 420)
    assert queries.shortage_light(Shortage.objects.get()).why.zh == "已批复，到位 19%"
    thread = ledgers.threads(office)[0]
    assert [step.state for step in thread.steps] == [*["done"] * 4, "now", "next"]
    come(2180, "财1号", 2180)
    closed = Shortage.objects.get()
    assert closed.closed_at is not None
    assert queries.shortage_light(closed).light is Light.BLUE
    none = Coming(granted=Decimal(0), granted_paper="", arrived=Decimal(0), on=today)
    refused(lambda: actions.grant(way=10**9, said=none, by=owner), "need_gone")


def test_who_sees_what(town: Town, time: Stopped) -> None:
    actions.register(new=WATER, by=town.actor("水资源科员"))
    for name, sees in {
        "水资源科员": True,
        "供水科长": True,
        "赵副": True,
        "李局": True,
        "督办员": True,
        "外人": False,
        "钱副": False,
    }.items():
        assert queries.needs(seen_by=town.actor(name)).exists() is sees, name


def test_through_the_pages(sit: Sit, town: Town, time: Stopped) -> None:
    section, office, lead = sit("水资源科员"), sit("督办员"), sit("供水科长")
    typed = {
        **{"unit": "water", "channel": "visit", "what": "金丝雀泵车", "sort": "设备"},
        **{"lead": "supply", "text": "", "impact": "900", "needed_on": "2026-12-20"},
    }
    assert section.post("/needs/new/", {**typed, "lead": ""}).status_code == 422
    assert section.post("/needs/new/", typed).status_code == 302
    key = Need.objects.get().key
    assert "金丝雀泵车" in lead.get("/needs/").content.decode()
    assert "金丝雀" not in sit("外人").get("/needs/").content.decode()
    assert "金丝雀" not in sit("外人").get("/ledgers/").content.decode()
    assert sit("外人").get(f"/needs/n/{key}/").status_code == 404
    assert lead.post(f"/needs/n/{key}/", {"outcome": "planned", "text": "x"}).status_code == 422
    assert lead.post(f"/needs/n/{key}/", {"outcome": "", "text": "在办"}).status_code == 302
    short = {
        **{"what": "泵车", "sort": "设备", "measure": "台", "required": "2", "on_hand": "0"},
        **{"why": "", "owner": "supply", "needs": [key]},
    }
    assert office.post("/needs/shortages/new/", {**short, "required": "0"}).status_code == 422
    assert office.post("/needs/shortages/new/", short).status_code == 302
    lacking = Shortage.objects.get().key
    way = {
        **{"sort": "superior", "asked_of": "市财政局", "paper": "水请1号"},
        **{"asked_on": "2026-11-23", "expected_on": ""},
    }
    assert lead.post(f"/needs/shortages/{lacking}/ask/", way).status_code == 302
    number = Way.objects.get().pk
    come = {"granted": "2", "granted_paper": "财1号", "arrived": "1", "on": "2026-11-23"}
    assert lead.post(f"/needs/ways/{number}/", come).status_code == 302
    for name in ("督办员", "李局", "供水科长", "水资源科员"):
        client = sit(name)
        for english in ("zh-hans", "en"):
            client.cookies["django_language"] = english
            for place in (
                *("/needs/", "/needs/new/", "/needs/shortages/", "/needs/shortages/new/"),
                *(f"/needs/n/{key}/", f"/needs/shortages/{lacking}/", "/ledgers/"),
            ):
                assert client.get(place).status_code == 200, (name, place)
    assert office.post(f"/needs/n/{key}/call-back/", {"rating": "satisfied"}).status_code == 302
    assert office.post(f"/needs/n/{key}/call-back/", {"rating": "five stars"}).status_code == 404
    assert sit("外人").get(f"/needs/shortages/{lacking}/").status_code == 404
    assert sit("audit").get("/ledgers/").status_code == 403
    shown = office.get("/ledgers/").content.decode()
    assert "一件事走三本账" in shown
    assert "金丝雀泵车" in shown
