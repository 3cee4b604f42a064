"""Documents in a real browser: by keyboard from the desk to the next hand, told before pressed."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.apps.documents.bureau import paper, seated, water_works
from tests.office.town import Town
from zhongshu.office.journal import actions as journal
from zhongshu.office.matters.models import Matter
from zhongshu.office.people import queries

from .conftest import LOOKS, Open

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Desk:
    """One window in which people sit down one after the other."""

    def __init__(self, context: BrowserContext, server: LiveServer, town: Town) -> None:
        self.context, self.server, self.town = context, server, town
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        # All sign in first: a test that writes while the server reads would find the table locked.
        name = settings.SESSION_COOKIE_NAME
        self.keys = {who: seated(town, who).cookies[name].value for who in town.people}

    def sit(self, name: str, path: str) -> Page:
        """Somebody signs in and goes there."""
        self.context.clear_cookies()
        said = {"name": settings.SESSION_COOKIE_NAME, "url": self.server.url}
        cookie = said | {"value": self.keys[name]}
        self.context.add_cookies([cookie])  # type: ignore[list-item]
        self.page.goto(path, wait_until="networkidle")
        return self.page


@pytest.fixture
def works(transactional_db: None) -> Town:
    journal.forget_open()
    queries.forget()
    return water_works()


@pytest.fixture
def desk(visit: Open, live_server: LiveServer, works: Town) -> Desk:
    return Desk(visit(signed_in=False), live_server, works)


def where(matter: Matter) -> str:
    return f"/documents/incoming/{matter.key}/"


def write(page: Page, words: str) -> None:
    """Write, leave the field, and let the page say what would happen."""
    page.fill("#id_opinion", words)
    with page.expect_response("**/told/"):
        page.locator("#id_opinion").blur()
    page.wait_for_load_state("networkidle")


def test_by_keyboard_from_the_desk_to_the_next_hand(desk: Desk, works: Town) -> None:
    matter = paper(works)
    page = desk.sit("方以宁", "/")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{where(matter)}")
    page.keyboard.press("p")  # to where one writes
    expect(page.locator("#id_opinion")).to_be_focused()
    page.keyboard.type("内容齐全，予以受理。")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("同意，已记下。下一步：许怀瑾")).to_be_visible()
    expect(page.locator(".opinion blockquote")).to_contain_text("内容齐全，予以受理。")
    assert Matter.objects.get(pk=matter.pk).step == "拟办"
    assert desk.complaints == []


def test_what_would_happen_is_told_while_one_chooses(desk: Desk, works: Town) -> None:
    matter = paper(works)
    page = desk.sit("方以宁", where(matter))
    page.get_by_role("button", name="不同意").click()  # without a word: refused by the page
    expect(page.get_by_role("alert")).to_be_visible()
    write(page, "予以受理。")
    page.locator(".compose").get_by_role("button", name="同意", exact=True).click()
    page = desk.sit("许怀瑾", where(matter))
    expect(page.locator("#told")).to_contain_text("下一步：沈砚秋")
    page.select_option("[name=f_lead_unit]", label="供水科")
    page.get_by_role("group", name="先请会签").get_by_label("财务科").check()
    expect(page.locator("#told")).to_contain_text("下一步：李慎行")
    page.get_by_role("button", name="呈主要领导阅示。").click()  # a ready phrase
    expect(page.locator("#id_opinion")).to_have_value("呈主要领导阅示。")
    page.wait_for_timeout(400)
    page.wait_for_load_state("networkidle")
    page.locator(".compose").get_by_role("button", name="办毕").click()
    expect(page.locator(".path [aria-current=step]")).to_contain_text("部门会签")
    page = desk.sit("李慎行", where(matter))
    expect(page.locator(".compose")).to_be_visible()
    assert desk.complaints == []


PAGES = ("/documents/ledger/", "/documents/statistics/", "/documents/phrases/", "/section/")


@LOOKS
def test_pages_are_accessible_and_fit(
    visit: Open, live_server: LiveServer, works: Town, width: int, dark: bool
) -> None:
    desk = Desk(visit(width=width, dark=dark, signed_in=False), live_server, works)
    matter = paper(works, urgency="urgent", weight=5)
    for name, path in (("方以宁", where(matter)), *(("许怀瑾", path) for path in PAGES)):
        examine(desk.sit(name, path), width)
    page = desk.sit("方以宁", where(matter))
    write(page, "予以受理。")
    page.locator(".compose").get_by_role("button", name="同意", exact=True).click()
    page.wait_for_load_state("networkidle")
    examine(desk.sit("许怀瑾", where(matter)), width)  # the longest form there is
    examine(desk.sit("邵立言", "/documents/archive/"), width)


def examine(page: Page, width: int) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, (page.url, found.generate_report())
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


def test_it_works_without_a_script(visit: Open, live_server: LiveServer, works: Town) -> None:
    matter = paper(works)
    desk = Desk(visit(signed_in=False, script=False), live_server, works)
    page = desk.sit("方以宁", where(matter))
    assert "下一步：许怀瑾" in page.content()
    page.fill("#id_opinion", "予以受理。")
    page.click(".compose button[value=approve]")
    page.wait_for_load_state()
    assert Matter.objects.get(pk=matter.pk).step == "拟办"
