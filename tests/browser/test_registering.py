"""A paper is dropped on the page and registered without leaving the keyboard; narrow and wide."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django_tasks_db.management.commands.db_worker import Worker
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.apps.documents.conftest import LETTER
from tests.office.town import flow, water_bureau
from zhongshu.apps.documents.models import Incoming
from zhongshu.config.town.letters import pdf
from zhongshu.office.journal import actions as journal
from zhongshu.office.matters import processes
from zhongshu.office.people import queries as people
from zhongshu.office.people.models import Account

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

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

    def sit(width: int = 1440, *, script: bool = True) -> Page:
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


def test_dropped_and_registered_by_keyboard(desk: Desk, tmp_path: Path) -> None:
    page = desk()
    page.goto("/documents/tray/")
    dropped(page, paper(tmp_path))
    page.wait_for_url("**/documents/tray/*/")
    assert page.locator("#id_title").input_value() == LETTER.title
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/m/*/")
    record = Incoming.objects.get()
    assert (record.source, record.document_no) == (LETTER.source, LETTER.number)
    assert record.matter.state == "running"
