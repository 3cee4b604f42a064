"""Writing a process in a real browser: kept while it is filled in, judged beside it, by keyboard;
accessible at every width, by day and by night."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.office.town import flow, water_bureau
from zhongshu.apps.processes import examining
from zhongshu.apps.processes.models import Sketch
from zhongshu.office.journal import actions as journal
from zhongshu.office.people import queries
from zhongshu.office.people.models import Account

from .conftest import Open

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PARTS = ("basics", "fields", "conflicts", "step-2", "step-3", "text", "history", "compare")


@pytest.fixture
def _town(transactional_db: None) -> None:
    """The small bureau with one process in force, and whoever may write another."""
    journal.forget_open()
    queries.forget()
    examining.forget()
    water_bureau()
    flow("request")
    Account.objects.create(username="system", office="system", is_active=True)


def begin(page: Page) -> str:
    """A copy of the process in force; its address."""
    page.goto("/processes/")
    page.select_option("#id_from", label="内部签报")
    page.get_by_role("button", name="新起一稿").click()
    page.wait_for_url("**/sketches/*/")
    return page.url


@pytest.mark.parametrize(
    ("width", "dark"), [(1440, False), (1440, True), (390, False), (390, True)]
)
def test_the_editor_fits_and_is_accessible(
    visit: Open, _town: None, width: int, dark: bool
) -> None:
    page = visit(width=width, dark=dark, who="system").new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    base = begin(page)
    page.goto(f"{base}step-1/")
    page.fill("#id_limit", "三")
    page.press("#id_limit", "Tab")
    expect(page.locator("#fault_limit")).to_contain_text("时限要填")
    for part in PARTS:
        page.goto(f"{base}{part}/")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, part
    assert complaints == []
    for part in (*PARTS, "step-1"):
        page.goto(f"{base}{part}/")
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        found = Axe().run(page)
        assert found.violations_count == 0, (part, found.generate_report())


def test_what_is_filled_in_is_kept_and_judged_at_once(visit: Open, _town: None) -> None:
    page = visit(who="system").new_page()
    base = begin(page)
    page.goto(f"{base}step-1/")
    page.fill("#id_name", "初审")
    page.keyboard.press("Tab")
    expect(page.locator("#outline [aria-current=page]")).to_contain_text("初审")
    expect(page.locator("#beside")).to_contain_text("第 2 次")
    assert 'name = "初审"' in Sketch.objects.get().text
    assert page.url.endswith("/step-1/"), "only parts of the page have changed"
    page.locator("#do_seats").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#id_seats-1-kind")).to_be_focused()
    expect(page.locator("#fault_seats-1-ref")).to_contain_text("还没有选")
    page.select_option("#id_seats-1-kind", label="与申请人的关系")
    expect(page.locator("#id_seats-1-ref option", has_text="分管领导")).to_have_count(1)
    page.select_option("#id_seats-1-ref", label="申请人的分管领导")
    expect(page.locator("#fault_seats-1-ref")).to_be_hidden()
    page.get_by_role("button", name="加一条路").first.click()
    expect(page.locator("#id_next-0-to")).to_be_focused()
    page.locator("#beside .sketch-told a").first.click()
    assert "#" in page.url
    page.get_by_role("button", name="撤销上一步").click()
    expect(page.locator("#beside")).to_contain_text("第 7 次")
    assert 'to = ""' not in Sketch.objects.get().text


def test_without_scripts_a_form_is_kept_by_its_button(visit: Open, _town: None) -> None:
    page = visit(who="system", script=False).new_page()
    base = begin(page)
    page.goto(f"{base}step-1/")
    page.fill("#id_name", "初审")
    page.press("#id_name", "Enter")
    assert 'name = "初审"' in Sketch.objects.get().text
    page.get_by_role("button", name="加一个席位").click()
    assert page.locator("#id_seats-1-kind").count() == 1
