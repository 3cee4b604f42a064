"""Pages of the desk in a real browser: accessible, inside the window, day and night, on paper."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.office.matters.test_act import approve, opened, submit
from tests.office.town import flow, water_bureau
from zhongshu.office import clock
from zhongshu.office.journal import actions as journal
from zhongshu.office.journal.models import Entry
from zhongshu.office.matters import accompany, processes
from zhongshu.office.matters.models import Matter
from zhongshu.office.people import queries

from .conftest import LOOKS, Open

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SHOTS = os.environ.get("ZHONGSHU_SHOTS", "")  # a folder, to look at what was examined

# Who looks at which page; {matter} and {entry} are keys.
PAGES = (
    ("audit", "/journal/"),
    ("audit", "/journal/heads/"),
    ("audit", "/journal/heads/?as=paper"),
    ("张科", "/journal/check/"),
    ("张科", "/journal/{entry}/"),
    ("张科", "/m/{matter}/"),
    ("张科", "/watched/"),
    ("张科", "/matters/?tag=汛前检查"),
)


@pytest.fixture
def holes(transactional_db: None) -> dict[str, str]:
    """The small bureau with a matter under way, sealed."""
    journal.forget_open()
    queries.forget()
    processes.definition.cache_clear()
    town = water_bureau()
    flow("request")
    matter = submit(town, opened(town)).matter
    approve(town, matter, "张科")
    head = town.actor("张科")
    other = opened(town, by="张科", title="关于汛前检查安排的签报")
    accompany.comment(key=matter.key, text="型号见附表，报价三家，下午补上。", by=head)
    accompany.tag(key=matter.key, name="汛前检查", by=head)
    accompany.link(key=matter.key, other=other.number, by=head)
    accompany.watch(key=matter.key, by=head)
    journal.seal()
    journal.publish_head(at=clock.now())
    matter = Matter.objects.get(pk=matter.pk)
    entry = Entry.objects.get(subject=f"matter:{matter.key}", verb="flow.submit")
    return {"matter": matter.key, "entry": entry.key}


@LOOKS
def test_pages_fit_and_are_accessible(
    visit: Open, holes: dict[str, str], width: int, dark: bool
) -> None:
    windows = {who: visit(width=width, dark=dark, who=who) for who, _ in PAGES}
    for who, where in PAGES:
        page = windows[who].new_page()
        complaints: list[str] = []
        page.on("console", lambda said, into=complaints: into.append(said.text))
        answer = page.goto(where.format(**holes))
        assert answer is not None
        assert answer.ok, (who, where, answer.status)
        assert complaints == [], where
        for summary in page.locator("main summary").all():
            summary.click()
        shot(page, f"{where.strip('/').replace('/', '-')[:40]}-{width}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, where
        found = Axe().run(page)
        assert found.violations_count == 0, (where, found.generate_report())
        page.close()


def shot(page: Page, name: str) -> None:
    """A picture of the whole page, where somebody asked for pictures."""
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)
