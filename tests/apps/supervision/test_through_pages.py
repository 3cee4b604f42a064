"""The stories through the pages alone: nothing is done here that a person could not press."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from tests.apps.targets.test_targets import REACHED, TREE, key_of, proposed, rows, sent
from tests.desk.conftest import Sit
from tests.desk.test_stories import press
from tests.office.files import good
from tests.office.town import Stopped, Town
from zhongshu.apps.supervision.models import Phase, Task
from zhongshu.apps.targets.models import Plan, Result
from zhongshu.office.matters.models import Matter

from .test_pages import made, page


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> None:
    settings.FILES_ROOT, settings.FILES_SPARE = tmp_path / "files", 0


def paper(name: str = "验收单.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, good.pdf((name, "验收合格")), "application/pdf")


def light(text: str) -> str:
    """The light that the page of a task shows of it: the first on the page, and its word."""
    found = re.search(r'data-light="(\w+)"[^>]*>.*?</svg>([^<]*)', text, re.S)
    assert found is not None
    return f"{found[1]} {found[2].strip()}"


def test_split_over_three_one_late_chased_postponed_returned_once_closed(
    sit: Sit, town: Town, time: Stopped
) -> None:
    office, head = sit("督办员"), sit("何主任")
    whole = made(office, title="积水点整治", lead="supply", assists=[], point1="")
    assert press(head, whole, "approve", opinion="同意立项。") == 302
    parts = {
        **{"title1": "勘察报告", "lead1": "water", "due1": "2026-12-10"},
        **{"title2": "改线 300 米", "lead2": "supply", "due2": "2026-12-04"},
        **{"title3": "验收记录", "lead3": "works", "due3": "2026-12-14"},
    }
    assert office.post(f"/supervision/t/{whole.key}/split/", parts).status_code == 302
    found = Matter.objects.filter(task__parent=whole.pk).order_by("pk")
    for part in found:
        assert press(head, part, "approve") == 302
    survey, pipes, record = found
    assert [one.title in page(office, whole) for one in found] == [True] * 3
    assert whole.number in page(sit("供水科长"), pipes)
    lead = sit("供水科长")
    early = press(lead, whole, "done", f_result="全部整治并验收", f_evidence=paper())
    assert early == 422  # the parts are open

    assert light(page(lead, pipes)) == "grey 未报"
    time.at = datetime(2026, 12, 2, 2, 0, tzinfo=UTC)
    assert light(page(sit("供水科长"), pipes)) in {"amber 预警", "red 滞后"}
    answer = sit("督办员").post(
        "/supervision/chase/", {"key": [pipes.key], "words": "请报进展"}, follow=True
    )
    assert "已催办 1 件" in answer.content.decode()
    lead = sit("供水科长")
    assert "催办" in lead.get("/notices/").content.decode()
    said = {"progress": "70", "text": "管材到货，已改线 210 米", "evidence": paper("照片.pdf")}
    assert lead.post(f"/supervision/t/{pipes.key}/report/", said).status_code == 302
    asked = {"what": "postpone", "reason": "设备 12 月 8 日到货", "until": "2026-12-11"}
    assert lead.post(f"/supervision/t/{pipes.key}/apply/", asked).status_code == 302
    leader = sit("赵副")
    assert "等你批的申请" in leader.get("/supervision/").content.decode()
    decide = re.search(r'action="(/supervision/applications/\w+/)"', page(leader, pipes))
    assert decide is not None
    assert leader.post(decide[1], {"yes": "1", "words": "抓紧。"}).status_code == 302
    shown = page(leader, pipes)
    assert "第 1 次延期：设备 12 月 8 日到货" in shown
    assert "立项时限" in shown
    assert "原定 2026-12-04" in page(sit("督办员"), pipes, "notice/")

    assert press(lead, pipes, "done", f_result="正在推进扫尾", f_evidence=paper()) == 422
    assert press(lead, pipes, "done", f_result="改线 300 米") == 422  # no evidence
    assert press(lead, pipes, "done", f_result="改线 300 米", f_evidence=paper()) == 302
    assert press(sit("副主任"), pipes, "disapprove", opinion="没有验收单。") == 302
    assert "没有验收单。" in page(lead, pipes)
    for part, who in ((survey, "水资源科长"), (pipes, "供水科长"), (record, "工程科长")):
        result = f"{part.title}已交付并验收"
        assert press(sit(who), part, "done", f_result=result, f_evidence=paper()) == 302
        assert press(sit("副主任"), part, "approve") == 302
        assert light(page(sit(who), part)) == "blue 办结"
    assert press(lead, whole, "done", f_result="全部整治并验收", f_evidence=paper()) == 302
    assert press(sit("副主任"), whole, "approve") == 302
    assert Task.objects.get(pk=whole.pk).phase == Phase.CLOSED
    kept = re.findall(r'data-light="(\w+)"', page(lead, pipes).split("进展报告", 1)[1])
    assert "amber" in kept or "green" in kept  # the lights of its reports as they were then
    assert Task.objects.get(pk=pipes.pk).returns == 1


def test_a_light_is_never_green_without_a_report(sit: Sit, town: Town, time: Stopped) -> None:
    matter = made(sit("督办员"), assists=[])
    assert press(sit("何主任"), matter, "approve") == 302
    for day in (24, 27, 30):
        time.at = datetime(2026, 11, day, 2, 0, tzinfo=UTC)
        assert not light(page(sit("工程科长"), matter)).startswith("green")
    lead = sit("工程科长")
    told = {"progress": "45", "text": "完成 5 处"}
    assert lead.post(f"/supervision/t/{matter.key}/report/", told).status_code == 302
    assert light(page(lead, matter)) == "green 正常"


def test_a_tree_imported_tracked_through_four_quarters_and_scored(
    sit: Sit, town: Town, time: Stopped
) -> None:
    time.at = datetime(2026, 2, 9, 2, 0, tzinfo=UTC)
    assert sent(sit("督办员"), rows(TREE.replace("|15|约束性", "|14|约束性")))[0] == 422
    status, shown = sent(sit("督办员"), rows())
    assert (status, "预览" in shown) == (200, True)
    assert proposed(sit("督办员"), shown) == 302
    plan = Plan.objects.get()
    sit("李局").post(f"/targets/version/{plan.key}/decide/", {"yes": "1"})
    leads = {"1.1": "供水科长", "1.2": "工程科长", "1.3": "供水科员", "2.1": "水资源科长"}
    days = [(2026, 4, 8), (2026, 7, 8), (2026, 10, 12), (2027, 1, 8)]
    for quarter, day in enumerate(days, 1):
        time.at = datetime(*day, 2, 0, tzinfo=UTC)
        for code, who in leads.items():
            typed = {
                "quarter": str(quarter),
                "value": REACHED[code][quarter - 1],
                "text": "见统计表",
                "evidence": paper("统计表.pdf"),
            }
            assert sit(who).post(f"/targets/i/{key_of(code)}/", typed).status_code == 302
        for row in Result.objects.filter(accepted=None):
            sit("督办员").post(f"/targets/result/{row.pk}/verify/", {"yes": "1", "words": "相符"})
        if quarter == 2:
            tree = sit("外人").get("/targets/?year=2026").content.decode()
            assert "比序时进度差 4 个百分点" in tree
    assert not Result.objects.exclude(accepted=True).exists()
    adjust = {"points": "1.5", "reason": "省级表彰"}
    sit("督办员").post("/targets/score/2026/adjust/", adjust)
    shown = " ".join(sit("李局").get("/targets/score/?year=2026").content.decode().split())
    # by hand: 20×(2−9.7÷9.5)=19.578…; 25×43.7÷46=23.75; kept: 15; 40×90%=36
    for points in ("19.58", "23.75", "15.00", "36.00"):
        assert f"<b>{points}</b>" in shown
    assert "指标 94.33 分，加分 1.5" in shown.replace("1.50", "1.5")
    assert "<b>95.83</b>" in shown
    assert "优秀" in shown
    assert "20 × (2 − 9.7 ÷ 9.5) = 19.58" in shown
