"""Where a task comes from: a target, a need, a leader's words; the link runs both ways."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from tests.apps.targets.test_targets import key_of, rows
from tests.desk.conftest import Sit
from tests.desk.test_stories import form_of
from tests.office.town import Stopped, Town
from zhongshu.apps.needs import actions as needs
from zhongshu.apps.supervision import actions
from zhongshu.apps.supervision.models import Task
from zhongshu.apps.targets import actions as targets
from zhongshu.office.matters import origins
from zhongshu.office.matters.models import Matter
from zhongshu.office.refusal import Refusal

from .conftest import task
from .hands import press as by_hand
from .test_story import paper


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> None:
    settings.FILES_ROOT, settings.FILES_SPARE = tmp_path / "files", 0


def begun(client: Client, address: str) -> Matter:
    """The form as it begins, sent as it stands: one step."""
    page = client.get(address).content.decode()
    typed = dict(re.findall(r'<input[^>]*name="(\w+)"[^>]*value="([^"]*)"', page))
    typed |= dict(re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>\s*([^<]*)</textarea>', page))
    for name, inside in re.findall(r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', page, re.S):
        chosen = re.search(r'value="([^"]*)" selected', inside)
        typed[name] = chosen[1] if chosen else ""
    typed |= form_of(page)
    typed.pop("assists", None)
    answer = client.post(address, {k: v for k, v in typed.items() if not k.startswith("point")})
    assert answer.status_code == 302, re.findall(
        r"data-fault[^>]*>([^<]*)", answer.content.decode()
    )
    return Matter.objects.get(key=answer.headers["Location"].split("/")[-2])


@pytest.fixture
def tree(town: Town) -> None:
    plan = targets.propose(year=2026, rows=rows(), basis="议定", by=town.actor("督办员"))
    targets.decide(key=plan.key, approved=True, words="", by=town.actor("李局"))


def test_a_measure_becomes_a_task_and_each_shows_the_other(
    sit: Sit, town: Town, time: Stopped, tree: None
) -> None:
    office, page = sit("督办员"), f"/targets/i/{key_of('1.1')}/"
    assert "立督办" in office.get(page).content.decode()
    assert "立督办" not in sit("供水科长").get(page).content.decode()
    matter = begun(office, "/supervision/new/?of=target%3A2026%3A1.1.1")
    row = Task.objects.select_related("lead").get(pk=matter.pk)
    assert (row.source, row.origin) == ("annual_target", "target:2026:1.1.1")
    assert (matter.title, row.lead.name, row.rhythm) == ("更新管网", "工程科", "target")
    assert by_hand(town, "何主任", matter, "approve").state == "running"
    actions.report(
        key=matter.key,
        said=actions.Reporting(progress=30, text="已开工"),
        by=town.actor("工程科长"),
    )
    shown = sit("工程科长").get(page).content.decode()
    assert matter.address in shown
    assert re.search(r'data-light="green".{0,400}更新管网', shown, re.S)
    assert matter.number in sit("李局").get("/targets/?year=2026").content.decode()
    own = office.get(matter.address).content.decode()
    assert page in own
    assert "1.1.1 更新管网" in own
    outsider = sit("外人").get(page).content.decode()
    assert matter.address not in outsider


def test_a_new_version_of_the_tree_keeps_its_tasks(town: Town, tree: None) -> None:
    by = town.actor("督办员")
    made = actions.establish(new=task(origin="target:2026:1.1"), by=by)
    again = targets.propose(year=2026, rows=rows(), basis="再议", by=by)
    targets.decide(key=again.key, approved=True, words="", by=town.actor("李局"))
    told = origins.told("target:2026:1.1", seen_by=by)
    assert told is not None
    assert told.title == "1.1 管网漏损率"
    found = origins.begun(["target:2026:1.1"], seen_by=by)
    assert [one.matter for one in found["target:2026:1.1"]] == [made]


def test_a_need_becomes_a_task_and_each_shows_the_other(
    sit: Sit, town: Town, time: Stopped
) -> None:
    asking_ = needs.Asking(
        unit="works", what="泵站取暖", sort="维修", channel="visit", lead="supply", urgent=True
    )
    need = needs.register(new=asking_, by=town.actor("工程科长"))
    office, page = sit("督办员"), f"/needs/n/{need.key}/"
    address = re.search(r'href="(/supervision/new/\?of=[^"]+)"', office.get(page).content.decode())
    assert address is not None
    matter = begun(office, address[1].replace("&amp;", "&"))
    row = Task.objects.get(pk=matter.pk)
    assert (row.source, row.source_words, row.origin) == ("need", "泵站取暖", f"need:{need.key}")
    assert matter.urgency == "urgent"
    assert matter.address in office.get(page).content.decode()
    assert page in office.get(matter.address).content.decode()


def test_what_is_not_there_or_not_his_is_no_origin(sit: Sit, town: Town, tree: None) -> None:
    office = sit("督办员")
    for subject in ("need:nothing", "target:2026:9.9", "target:x:1", "mars:1", "target", ":"):
        assert office.get(f"/supervision/new/?of={subject}").status_code == 404, subject
    with pytest.raises(Refusal) as no:
        actions.establish(new=task(origin="need:nothing"), by=town.actor("督办员"))
    assert no.value.refused.codes == ("no_origin",)
    asking_ = needs.Asking(unit="works", what="x", sort="维修", channel="visit", lead="works")
    need = needs.register(new=asking_, by=town.actor("工程科长"))
    assert origins.told(f"need:{need.key}", seen_by=town.actor("水资源科长")) is None
    assert origins.begin(f"need:{need.key}", seen_by=town.actor("水资源科长")) == ""


def test_an_instruction_on_a_paper_is_its_words_and_its_leader(
    sit: Sit, town: Town, time: Stopped
) -> None:
    matter = paper(town)
    by_hand(town, "副主任", matter, "approve")
    by_hand(
        town,
        "何主任",
        matter,
        "done",
        changes={"handling": "批办"},
    )
    leader = next(
        name
        for name in ("李局", "赵副", "钱副")
        if matter.todos.filter(person=town.people[name], node__contains="instruct").exists()
    )
    by_hand(town, leader, matter, "instruct", opinion="请供水科本周摸清底数。")
    address = f"/supervision/new/{matter.key}/"
    page = sit("督办员").get(address).content.decode()
    assert "请供水科本周摸清底数。" in page
    assert f"{leader}批示" in page
    assert '"own_leader_instruction" selected' in page
    assert f'value="{town.people[leader].key}" selected' in page
    plain = sit("督办员").get(f"{address}?said=paper").content.decode()
    assert '"superior_document" selected' in plain
    assert "请供水科本周摸清底数。" not in plain
