"""A paper is dropped on the page and registered without leaving the keyboard; narrow and wide."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.test import Client
from django_tasks_db.management.commands.db_worker import Worker
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.apps.documents.conftest import LETTER
from tests.office.town import flow, water_bureau
from zhongshu.apps.documents.models import Arrival, Incoming
from zhongshu.config.town.letters import pdf
from zhongshu.office.journal import actions as journal
from zhongshu.office.matters import processes
from zhongshu.office.people import queries as people
from zhongshu.office.people.models import Account

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ARRIVAL = re.compile(r"/documents/tray/[0-9a-f]{32}/$")
Desk = Callable[..., Page]


@pytest.fixture
def desk(
    chromium: Browser, live_server: LiveServer, settings: Any, tmp_path: Path
) -> Iterator[Desk]:
    """The records clerk at a screen of some width; the page must not complain nor overflow."""
    settings.FILES_ROOT, settings.FILES_SPARE = tmp_path / "files", 0
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    people.forget()
    journal.forget_open()
    processes.definition.cache_clear()
    town = water_bureau()
    town.person("许初", "office", "records_head", clearance=2)
    town.person("方副", "office", "office_deputy", clearance=2)
    flow("incoming")
    client = Client()
    client.force_login(Account.objects.get(username="黄文"))
    key = client.cookies[django_settings.SESSION_COOKIE_NAME].value
    opened, faults = [], []

    def sit(width: int = 1440, *, script: bool = True, examined: bool = False) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            locale="zh-CN",
            base_url=live_server.url,
            java_script_enabled=script,
        )
        context.add_cookies(
            [{"name": django_settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}]
        )
        opened.append(context)
        page = context.new_page()
        if not examined:  # the examiner asks for style sheets by names that are none
            page.on("console", lambda said: faults.append(said.text))
            page.on("pageerror", lambda error: faults.append(str(error)))
        return page

    yield sit
    assert faults == []
    for context in opened:
        context.close()
    people.forget()
    journal.forget_open()
    processes.definition.cache_clear()


def worker() -> None:
    """What the process behind the pages does: the tasks that wait."""
    Worker(
        queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False,
        max_tasks=None, worker_id="test", excluded_queue_names=[],
    ).run()  # fmt: skip


def paper(folder: Path, name: str = "来文.pdf", **changed: Any) -> Path:
    """A paper on the clerk's own disk."""
    path = folder / name
    path.write_bytes(pdf(LETTER._replace(**changed)))
    return path


def dropped(page: Page, path: Path) -> None:
    """Drag a file from the desktop onto the page."""
    handed = page.evaluate_handle(
        """([name, bytes]) => {
          const carried = new DataTransfer();
          carried.items.add(new File([new Uint8Array(bytes)], name, { type: "application/pdf" }));
          return carried;
        }""",
        [path.name, list(path.read_bytes())],
    )
    page.dispatch_event("[data-drop]", "drop", {"dataTransfer": handed})


def registered(page: Page) -> Incoming:
    """The page of the matter has come."""
    page.wait_for_url(re.compile(r"/(m|documents/incoming)/[0-9a-f]{32}/"))
    return Incoming.objects.get()


def test_dropped_and_registered_by_keyboard(desk: Desk, tmp_path: Path) -> None:
    page = desk()
    page.goto("/documents/tray/")
    dropped(page, paper(tmp_path))
    page.wait_for_url(ARRIVAL)
    assert page.locator("#id_title").input_value() == LETTER.title
    page.keyboard.press("Control+Enter")
    record = registered(page)
    assert (record.source, record.document_no) == (LETTER.source, LETTER.number)
    assert record.matter.state == "running"


def opened(page: Page, path: Path) -> Arrival:
    """A paper chosen by the button, as without a mouse; its page."""
    page.goto("/documents/tray/")
    page.set_input_files("#id_papers", [path])
    page.locator("form.drop button").press("Enter")
    page.wait_for_url(ARRIVAL)
    return Arrival.objects.latest("pk")


def doubt(arrival: Arrival, *low: str) -> None:
    """The reader is sure of everything but these."""
    told = arrival.reading
    for name, field in told["fields"].items():
        field["sure"] = 0.2 if name in low else 0.99
    Arrival.objects.filter(pk=arrival.pk).update(reading=told)


def test_enter_goes_from_doubt_to_doubt(desk: Desk, tmp_path: Path) -> None:
    page = desk()
    doubt(opened(page, paper(tmp_path)), "dated", "signer")
    page.reload()
    here = "document.activeElement.id"
    assert page.evaluate(here) == "id_signer"
    page.keyboard.press("Enter")
    assert page.evaluate(here) == "id_dated"
    page.keyboard.press("Control+A")
    page.keyboard.type("2026-11-21")
    page.keyboard.press("Control+Enter")
    assert registered(page).dated == date(2026, 11, 21)


def test_a_clean_paper_waits_on_the_button(desk: Desk, tmp_path: Path) -> None:
    page = desk()
    doubt(opened(page, paper(tmp_path)))
    page.reload()
    assert page.evaluate("document.activeElement.name") == "register"
    page.keyboard.press("Control+Enter")
    registered(page)


def test_a_field_and_its_place_light_up_together(desk: Desk, tmp_path: Path) -> None:
    page = desk()
    opened(page, paper(tmp_path))
    lit = page.locator(".zones [data-on]")
    page.focus("#id_title")
    assert lit.count() == 1
    assert lit.get_attribute("data-zone") == "title"
    page.locator(".zones [data-zone=document_no] rect").click()
    assert page.evaluate("document.activeElement.id") == "id_document_no"
    assert lit.get_attribute("data-zone") == "document_no"
    image, zone = (
        page.locator(f".scan {part}").first.bounding_box()
        for part in ("img", "[data-zone=document_no] rect")
    )
    assert image
    assert zone
    assert 0.25 < (zone["y"] - image["y"]) / image["height"] < 0.33


def test_the_scan_grows_and_turns(desk: Desk, tmp_path: Path) -> None:
    page = desk()
    opened(page, paper(tmp_path))
    width = "document.querySelector('.scan').offsetWidth"
    before = page.evaluate(width)
    page.click("[data-scan=in]")
    assert page.evaluate(width) > before
    page.click("[data-scan=out]")
    assert page.evaluate(width) == before
    page.click("[data-scan=turn]")
    assert page.evaluate("getComputedStyle(document.querySelector('.scan')).rotate") == "90deg"


def test_the_proposal_follows_the_keys(desk: Desk, tmp_path: Path) -> None:
    page = desk()
    opened(page, paper(tmp_path))
    page.fill("#id_title", "关于取水口险情的请示")
    page.keyboard.press("Tab")
    page.locator("#proposal", has_text="涉及安全（险情）").wait_for()


def test_a_batch_goes_file_by_file(desk: Desk, tmp_path: Path) -> None:
    page = desk()
    page.goto("/documents/tray/")
    files = [paper(tmp_path, f"{n}.pdf", number=f"水〔2026〕{n}号") for n in (1, 2, 3)]
    bad = tmp_path / "旧.doc"
    bad.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600)
    page.set_input_files("#id_papers", [*files, bad])
    page.click("form.drop button")
    page.locator(".drop-list > li").nth(3).wait_for()
    assert page.locator(".drop-list [data-refused]").inner_text().count("另存为 .docx") == 1
    assert Arrival.objects.filter(state=Arrival.State.WAITING).count() == 3
    assert len(set(Arrival.objects.values_list("batch", flat=True))) == 1
    worker()
    page.goto("/documents/tray/")
    assert page.locator(".queue-row").count() == 3
    assert page.locator(".queue-row", has_text=LETTER.title).count() == 3


def test_without_a_script(desk: Desk, tmp_path: Path) -> None:
    page = desk(script=False)
    opened(page, paper(tmp_path))
    assert page.locator("[data-scans]").is_hidden()
    page.click("[name=enter]")
    assert registered(page).document_no == LETTER.number


@pytest.mark.parametrize("width", [1440, 390])
def test_the_pages_fit_and_are_accessible(desk: Desk, tmp_path: Path, width: int) -> None:
    page = desk(width)
    first = opened(page, paper(tmp_path))
    second = opened(page, paper(tmp_path, "又来.pdf"))
    pages = (
        "/documents/tray/",
        f"/documents/tray/{first.key}/",
        f"/documents/tray/{second.key}/",
        "/documents/tray/paper/",
        f"/documents/tray/{first.key}/return/",
    )
    for where in pages:
        page.goto(where)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, where
    faults: list[str] = []
    page = desk(width, examined=True)
    for where in pages:
        page.goto(where)
        page.wait_for_load_state("networkidle")
        found = Axe().run(page)
        faults += [found.generate_report()] if found.violations_count else []
    assert faults == []
