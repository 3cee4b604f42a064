"""Supervision in a real browser: from an instruction to its result, chased by key; axe on all."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.apps.supervision.conftest import bureau
from tests.apps.supervision.hands import press
from tests.apps.targets.test_targets import key_of, rows
from tests.office.files import good
from tests.office.town import Town
from zhongshu.apps.supervision import actions
from zhongshu.apps.supervision.founding import Establishing
from zhongshu.apps.supervision.models import Task
from zhongshu.apps.targets import actions as targets
from zhongshu.office.journal import actions as journal
from zhongshu.office.matters.models import Matter
from zhongshu.office.people import queries

from .conftest import Open
from .test_documents import Desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LATER = date.today() + timedelta(days=40)  # noqa: DTZ011 - the browser's own day


@pytest.fixture
def house(transactional_db: None, settings: Settings, tmp_path: Path) -> Town:
    settings.FILES_ROOT, settings.FILES_SPARE = tmp_path / "files", 0
    journal.forget_open()
    queries.forget()
    return bureau()


@pytest.fixture
def desk(visit: Open, live_server: LiveServer, house: Town) -> Desk:
    return Desk(visit(signed_in=False), live_server, house)


def sound(page: Page, width: int = 1440) -> None:
    """Accessible, and inside its window."""
    page.set_viewport_size({"width": width, "height": 900})
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def assigned(house: Town) -> Matter:
    """A task that 工程科 has in hand."""
    new = Establishing(
        title="积水点整治 12 处",
        source="own_leader_instruction",
        rhythm="instruction",
        requirement="整治 12 处，附验收单",
        lead="works",
        due_on=LATER,
    )
    matter = actions.establish(new=new, by=house.actor("督办员"))
    return press(house, "何主任", matter, "approve", opinion="同意立项。")


def test_an_instruction_is_established_reported_and_chased_by_key(
    desk: Desk, house: Town, tmp_path: Path
) -> None:
    page = desk.sit("督办员", "/supervision/new/")
    page.get_by_label("事项", exact=True).fill("积水点整治 12 处")
    page.get_by_label("来源", exact=True).select_option("own_leader_instruction")
    page.get_by_label("任务要求").fill("整治 12 处，附验收单")
    page.get_by_label("牵头部门").select_option("works")
    page.get_by_label("办结时限").fill(LATER.isoformat())
    page.get_by_role("button", name="立项，送审批").click()
    expect(page.get_by_role("heading", name="积水点整治 12 处")).to_be_visible()
    key = page.url.rstrip("/").split("/")[-1]
    page = desk.sit("何主任", f"/supervision/t/{key}/")
    page.get_by_role("link", name="同意", exact=True).click()
    page.get_by_role("button", name="同意").click()
    expect(page.get_by_role("group", name="现在可做")).to_contain_text("工程科长")
    page = desk.sit("工程科长", f"/supervision/t/{key}/")
    page.keyboard.press("b")
    page.get_by_label("进度 %").fill("40")
    page.get_by_label("进展", exact=False).first.fill("已完成 5 处")
    paper = tmp_path / "照片.pdf"
    paper.write_bytes(good.pdf(("现场照片",)))
    page.get_by_label("佐证材料").set_input_files(paper)
    page.get_by_role("button", name="报告进展").click()
    expect(page.get_by_role("link", name="照片.pdf").first).to_be_visible()
    page = desk.sit("督办员", "/supervision/")
    page.get_by_role("checkbox").first.check()
    page.keyboard.press("c")
    expect(page.get_by_text("已催办 1 件")).to_be_visible()
    assert Task.objects.get().chases == 1
    assert desk.complaints == []


def test_postponed_with_the_leaders_word(desk: Desk, house: Town) -> None:
    matter = assigned(house)
    page = desk.sit("工程科长", matter.address)
    page.get_by_role("link", name="申请延期等").click()
    page.get_by_label("理由").fill("雨天停工")
    page.get_by_label("延至").fill((LATER - timedelta(days=5)).isoformat())
    page.get_by_role("button", name="提出申请").click()
    expect(page.get_by_role("alert").first).to_contain_text("晚于")
    expect(page.get_by_label("理由")).to_have_value("雨天停工")
    page.get_by_label("延至").fill((LATER + timedelta(days=7)).isoformat())
    page.get_by_role("button", name="提出申请").click()
    page = desk.sit("钱副", "/supervision/")
    page.get_by_role("link", name="积水点整治 12 处").first.click()
    page.get_by_role("button", name="同意", exact=True).click()
    expect(page.get_by_text("第 1 次延期：雨天停工")).to_be_visible()
    assert Task.objects.get().postponed == 1


@pytest.mark.parametrize("width", [1440, 390])
def test_its_pages_are_accessible_and_fit(desk: Desk, house: Town, width: int) -> None:
    matter = assigned(house)
    plan = targets.propose(year=2026, rows=rows(), basis="议定", by=house.actor("督办员"))
    targets.decide(key=plan.key, approved=True, words="", by=house.actor("李局"))
    issued = actions.issue(by=house.actor("督办员"))
    bulletin = f"/supervision/bulletins/{issued.key}/"
    own = matter.address
    for path in (
        *("/supervision/", own, f"{own}apply/", f"{own}split/", f"{own}notice/"),
        *("/supervision/new/", "/supervision/rules/", "/supervision/recurring/"),
        *("/supervision/new/?of=target:2026:1.1.1", f"{bulletin}", f"{own}marks/"),
        *("/ledgers/assigned/", "/ledgers/needed/", "/ledgers/lacking/"),
        *("/supervision/bulletins/", "/supervision/year/", "/supervision/print/"),
        *("/targets/?year=2026", f"/targets/i/{key_of('1.1')}/", "/targets/score/?year=2026"),
        *("/targets/wall/?year=2026", "/targets/section/supply/?year=2026", "/targets/propose/"),
        *("/ledgers/", "/needs/", "/needs/new/", "/needs/shortages/", "/needs/shortages/new/"),
    ):
        page = desk.sit("督办员", path)
        sound(page, width)
    assert desk.complaints == []
