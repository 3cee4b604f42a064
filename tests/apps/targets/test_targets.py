"""A tree imported, tracked through four quarters, scored as computed by hand; changed by two."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime
from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from tests.desk.conftest import Sit
from tests.office.files import good
from tests.office.town import Stopped, Town
from zhongshu.apps.targets import actions, looks, queries
from zhongshu.apps.targets.actions import Reached
from zhongshu.apps.targets.models import Indicator, Judgement, Node, Plan, Result
from zhongshu.kernel.supervision.targets import COLUMNS
from zhongshu.office.files import actions as files
from zhongshu.office.files import queries as kept
from zhongshu.office.refusal import Refusal

TREE = """
目标|1|供水安全|60|||||||||赵副|||
指标|1.1|管网漏损率|20|控制型|%||9.5|10.4|10.1|9.8|9.5||供水科|工程科|计量口径
措施|1.1.1|更新管网|||||||||||工程科||
指标|1.2|管网更新|25|发展型|公里|0|46|10|22|27|46||工程科||
指标|1.3|水质合格率|15|约束性|%||100|100|100|100|100||供水科||
目标|2|服务|40|||||||||钱副|||
指标|2.1|制度修订|40|定性|%|||25|50|75|100||水资源科||
"""
REACHED = {  # what each indicator had reached by the end of each quarter
    "1.1": ("10.4", "10.0", "9.8", "9.7"),
    "1.2": ("9", "20", "30", "43.7"),
    "1.3": ("100", "100", "100", "100"),
    "2.1": ("25", "50", "75", "90"),
}
LEADS = {"1.1": "供水科长", "1.2": "工程科长", "1.3": "供水科员", "2.1": "水资源科长"}


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> None:
    settings.FILES_ROOT, settings.FILES_SPARE = tmp_path / "files", 0


def rows(text: str = TREE) -> list[list[str]]:
    lines = [line.split("|") for line in text.strip().splitlines()]
    return [list(COLUMNS), *[[*line, *[""] * (len(COLUMNS) - len(line))] for line in lines]]


@pytest.fixture
def plan(town: Town) -> Plan:
    proposed = actions.propose(
        year=2026, rows=rows(), basis="局长办公会议定", by=town.actor("督办员")
    )
    return actions.decide(key=proposed.key, approved=True, words="", by=town.actor("李局"))


def key_of(code: str) -> str:
    return Indicator.objects.get(year=2026, code=code).key


def reported(town: Town, code: str, quarter: int, value: str, *, paper: bool = True) -> Result:
    by, key = town.actor(LEADS[code]), key_of(code)
    proof = ()
    if paper:
        stream = [good.pdf((f"{code} {value}",))]
        file = files.add(name="统计表.pdf", stream=stream, subject=f"indicator:{key}", by=by)
        proof = (file.key,)
    said = Reached(quarter=quarter, value=Decimal(value), files=proof)
    return actions.report(key=key, said=said, by=by)


def refused(call: object, code: str) -> None:
    with pytest.raises(Refusal) as no:
        call()  # type: ignore[operator]
    assert no.value.refused.codes == (code,)


def tree_of(plan: Plan, town: Town) -> looks.Tree:
    return looks.tree(
        plan, queries.nodes(plan=plan, seen_by=town.actor("李局")), town.actor("李局")
    )


def test_four_quarters_and_the_score_as_computed_by_hand(
    town: Town, time: Stopped, plan: Plan
) -> None:
    for quarter, at in enumerate(
        (datetime(2026, 4, 8, 1, tzinfo=UTC), datetime(2026, 7, 8, 1, tzinfo=UTC)), 1
    ):
        time.at = at
        for code, values in REACHED.items():
            reported(town, code, quarter, values[quarter - 1])
    found = {row.node.code: row for row in tree_of(plan, town).rows}
    assert found["1.1"].light == "green"
    assert (found["1.2"].light, found["1.2"].why) == ("amber", "比序时进度差 4 个百分点")
    assert [cell.state for cell in found["1.2"].cells] == ["late", "late", "now", "now"]
    time.at = datetime(2027, 1, 8, 1, tzinfo=UTC)
    for quarter in (3, 4):
        for code, values in REACHED.items():
            row = reported(town, code, quarter, values[quarter - 1])
            actions.verify(result=row.pk, accepted=True, words="", by=town.actor("督办员"))
    actions.adjust(year=2026, points=Decimal("1.5"), reason="省级表彰", by=town.actor("督办员"))
    year = tree_of(plan, town).year
    points = {one.code: str(one.points) for one in year.scores}
    # 20×(2−9.7÷9.5)=19.578…; 25×43.7÷46=23.75; kept: 15; 40×90%=36
    assert points == {"1.1": "19.58", "1.2": "23.75", "1.3": "15.00", "2.1": "36.00"}
    assert (year.base, year.total, year.grade.zh) == (Decimal("94.33"), Decimal("95.83"), "优秀")
    assert not year.provisional


def test_what_is_refused(town: Town, time: Stopped, plan: Plan) -> None:
    office, chief = town.actor("督办员"), town.actor("李局")
    bad = rows(TREE.replace("|20|控制型", "|19|控制型"))
    refused(lambda: actions.propose(year=2026, rows=bad, basis="x", by=office), "table_faulty")
    refused(lambda: actions.propose(year=2026, rows=rows(), basis=" ", by=office), "basis_needed")
    refused(
        lambda: actions.propose(year=2026, rows=rows(), basis="x", by=town.actor("外人")),
        "not_the_keeper",
    )
    refused(
        lambda: actions.decide(key=plan.key, approved=True, words="", by=office), "not_the_chief"
    )
    refused(lambda: actions.decide(key=plan.key, approved=True, words="", by=chief), "plan_decided")
    outsider = town.actor("水资源科员")
    said = Reached(quarter=1, value=Decimal(1))
    refused(lambda: actions.report(key=key_of("1.1"), said=said, by=outsider), "not_of_the_lead")
    refused(lambda: actions.report(key="0" * 32, said=said, by=outsider), "no_indicator_here")
    time.at = datetime(2026, 4, 8, 1, tzinfo=UTC)
    refused(lambda: reported(town, "1.1", 3, "9"), "quarter_ahead")
    bare = reported(town, "1.1", 1, "10", paper=False)
    refused(
        lambda: actions.verify(result=bare.pk, accepted=True, words="", by=office), "proof_needed"
    )
    refused(
        lambda: actions.verify(result=bare.pk, accepted=False, words="", by=office), "basis_needed"
    )
    actions.verify(result=bare.pk, accepted=False, words="没有统计表", by=office)
    refused(
        lambda: actions.verify(result=bare.pk, accepted=True, words="", by=office),
        "result_decided",
    )
    node = {row.node.code: row for row in tree_of(plan, town).rows}["1.1"]
    assert node.light == "amber"
    assert node.score is not None
    assert node.score.standing == "no_result"
    refused(
        lambda: actions.judge(key=key_of("1.1"), points=Decimal(21), reason="x", by=office),
        "amount_bad",
    )
    actions.judge(key=key_of("2.1"), points=Decimal("33.5"), reason="专家评定", by=office)
    assert Judgement.objects.get().points == Decimal("33.50")


def test_a_change_is_a_version_that_another_approves(town: Town, plan: Plan, time: Stopped) -> None:
    time.at = datetime(2026, 4, 8, 1, tzinfo=UTC)
    reported(town, "1.2", 1, "12")
    office = town.actor("督办员")
    changed = rows(TREE.replace("|0|46|10|22|27|46|", "|0|50|10|22|27|50|"))
    second = actions.propose(year=2026, rows=changed, basis="调整会议", by=office)
    assert queries.plan_of(year=2026, seen_by=office) == plan
    found = looks.changes(
        queries.nodes(plan=plan, seen_by=office), queries.nodes(plan=second, seen_by=office)
    )
    assert [(one.code, one.what, one.before, one.after) for one in found] == [
        ("1.2", "目标值", "46", "50"),
        ("1.2", "四季度", "46", "50"),
    ]
    actions.decide(key=second.key, approved=True, words="同意", by=town.actor("李局"))
    plan.refresh_from_db()
    assert plan.state == Plan.State.REPLACED
    assert Node.objects.get(plan=plan, code="1.2").aim == 46
    row = next(one for one in tree_of(second, town).rows if one.node.code == "1.2")
    assert row.now == "12 / 50 公里"


def test_the_table_taken_away_comes_back_the_same(town: Town, plan: Plan) -> None:
    office = town.actor("督办员")
    table = looks.table(queries.nodes(plan=plan, seen_by=office))
    again = actions.propose(year=2026, rows=table, basis="原样", by=office)
    assert (
        looks.changes(
            queries.nodes(plan=plan, seen_by=office), queries.nodes(plan=again, seen_by=office)
        )
        == []
    )


def proposed(client: Client, page: str) -> int:
    """The table that was looked at, sent again as the page has it."""
    hidden = re.findall(r'<input type="hidden" name="(year|basis|rows)" value="([^"]*)"', page)
    return client.post(
        "/targets/propose/", {name: unescape(value) for name, value in hidden if value}
    ).status_code


def sent(client: Client, table: list[list[str]], code: str = "utf-8") -> tuple[int, str]:
    out = io.StringIO()
    csv.writer(out).writerows(table)
    file = SimpleUploadedFile("目标.csv", out.getvalue().encode(code), "text/csv")
    answer = client.post("/targets/propose/", {"year": "2026", "basis": "会议", "table": file})
    return answer.status_code, answer.content.decode()


def test_imported_on_its_page_with_every_fault_told(sit: Sit, town: Town) -> None:
    office, chief = sit("督办员"), sit("李局")
    status, page = sent(office, rows(TREE.replace("供水科|工程科", "供水科、办公室|工程科")))
    assert status == 422
    assert "一行也没有写入" in page
    assert "只能有一个" in page
    assert not Plan.objects.exists()
    status, page = sent(office, rows(), "gb18030")
    assert status == 200
    assert "预览" in page
    assert not Plan.objects.exists()  # looked at, not put forward
    assert proposed(office, page.replace("管网漏损率", "=漏损率")) == 422
    assert proposed(office, page) == 302
    plan = Plan.objects.get()
    assert "管网漏损率" in office.get(f"/targets/version/{plan.key}/").content.decode()
    office.post(f"/targets/version/{plan.key}/decide/", {"yes": "1"})
    plan.refresh_from_db()
    assert plan.state == Plan.State.PROPOSED
    assert "等主要领导批准" in office.get("/targets/").content.decode()
    chief.post(f"/targets/version/{plan.key}/decide/", {"yes": "1"})
    changed = rows(TREE.replace("|0|46|10|22|27|46|", "|0|50|10|22|27|50|"))
    again = sent(office, changed)[1]
    assert "比执行的版本变更了什么" in again
    assert "<b>50</b>" in again
    for broken in ("[1]", "{", '["a"]', "[" * 3000, ""):
        typed = {"year": "2026", "basis": "x", "rows": broken}
        assert office.post("/targets/propose/", typed).status_code == 422, broken[:9]
    assert Plan.objects.count() == 1
    assert "管网漏损率" in sit("外人").get("/targets/").content.decode()


def test_nobody_sees_evidence_he_may_not(sit: Sit, town: Town, time: Stopped, plan: Plan) -> None:
    canary = "金丝雀五五八"
    key = key_of("1.1")
    by = town.actor("供水科长")
    file = files.add(
        name=f"{canary}.pdf", stream=[good.pdf((canary,))], subject=f"indicator:{key}", by=by
    )
    said = Reached(quarter=1, value=Decimal("10.2"), text=canary, files=(file.key,))
    actions.report(key=key, said=said, by=by)
    for name, sees in {
        "供水科员": True,
        "工程科长": True,  # assists
        "赵副": True,
        "李局": True,
        "督办员": True,
        "水资源科长": False,
        "档案员": False,
    }.items():
        client = sit(name)
        page = client.get(f"/targets/i/{key}/")
        assert page.status_code == 200
        assert (canary in page.content.decode()) is sees, name
        answer = client.get(f"/files/{file.key}/")
        assert (answer.status_code == 200) is sees, name
        if answer.streaming:
            assert b"".join(answer.streaming_content)
        assert kept.of(f"indicator:{key}", seen_by=town.actor(name)).exists() is sees, name
        for place in ("", "wall/", "score/", "section/supply/", "propose/"):
            assert canary not in client.get(f"/targets/{place}").content.decode()
    for office in ("system", "security", "audit"):
        assert sit(office).get(f"/targets/i/{key}/").status_code == 403


def test_every_page(sit: Sit, town: Town, time: Stopped, plan: Plan) -> None:
    for name in ("督办员", "李局", "供水科长", "外人"):
        client = sit(name)
        for english in ("zh-hans", "en"):
            client.cookies["django_language"] = english
            for place in (
                *("", "?year=2025", "?year=x", "wall/", "score/", "score/print/", "score/export/"),
                *("table/", "table/?year=2031", "propose/", "section/supply/"),
                *(f"version/{plan.key}/", f"i/{key_of('1.1')}/"),
            ):
                assert client.get(f"/targets/{place}").status_code == 200, (name, place)
    client = sit("供水科长")
    assert client.get("/targets/section/mars/").status_code == 404
    assert client.get("/targets/i/nothing/").status_code == 404
    assert client.get("/targets/version/nothing/").status_code == 404
    assert client.post(f"/targets/i/{key_of('1.1')}/", {"value": "x"}).status_code == 422
    assert client.post("/targets/result/1/verify/", {}).status_code == 404
    lead = client.post(f"/targets/i/{key_of('1.1')}/", {"quarter": "4", "value": "9.6"})
    assert lead.status_code == 302
    row = Result.objects.get()
    office = sit("督办员")
    office.post(f"/targets/result/{row.pk}/verify/", {"no": "1", "words": "没有佐证"})
    office.post(f"/targets/i/{key_of('2.1')}/judge/", {"points": "30", "reason": "评定"})
    office.post("/targets/score/2026/adjust/", {"points": "-2", "reason": "通报"})
    office.post("/targets/score/2026/adjust/", {"points": "x"})
    shown = office.get("/targets/score/").content.decode()
    assert "人工核定 30" in re.sub(r"\s+", " ", shown)
    assert "扣分 2" in shown


def test_the_tree_asks_as_much_of_many_rows_as_of_few(
    sit: Sit, town: Town, time: Stopped, plan: Plan
) -> None:
    office = sit("督办员")
    with CaptureQueriesContext(connection) as few:
        office.get("/targets/")
    more = (
        TREE.strip()
        + "\n"
        + "\n".join(f"措施|2.1.{n}|修订制度 {n}|||||||||||水资源科||" for n in range(1, 41))
    )
    second = actions.propose(year=2026, rows=rows(more), basis="x", by=town.actor("督办员"))
    actions.decide(key=second.key, approved=True, words="", by=town.actor("李局"))
    with CaptureQueriesContext(connection) as many:
        office.get("/targets/")
    assert len(many) <= len(few)  # the first one also reads who is who
