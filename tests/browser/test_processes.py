"""Processes in a real browser: refused with the story, cured, released by another; and every page
inside its window, accessible, obedient to the policy."""

from __future__ import annotations

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.apps.processes.test_checkup_pages import ALONE
from tests.apps.processes.test_moving_pages import second_version
from tests.office.matters.test_act import opened, submit
from tests.office.people.conftest import GOOD
from tests.office.town import SINCE, Town, flow, water_bureau
from zhongshu.apps.processes import actions, examining
from zhongshu.office import clock
from zhongshu.office.journal import actions as journal
from zhongshu.office.matters.models import Matter, Process
from zhongshu.office.people import queries, revision
from zhongshu.office.people.models import Account, Appointment, Person, Unit

from .conftest import Open

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = (
    "/processes/",
    "/processes/checkup/",
    "/processes/request/checkup/",
    "/processes/request/checkup/report/",
    "/processes/request/",
    "/processes/powers/?since=2025-01-01",
    "/processes/changes/",
)


@pytest.fixture
def _town(transactional_db: None) -> None:
    """The small bureau with one process in force, and the three administrators with passwords."""
    journal.forget_open()
    queries.forget()
    examining.forget()
    water_bureau()
    flow("request")
    actions.watch()
    for office in ("system", "security"):
        account = Account(username=office, office=office, is_active=True)
        account.set_password(GOOD)
        account.save()
    head = Account.objects.get(username="张科")
    head.set_password(GOOD)
    head.save()


def sign_in(page: Page, name: str, onward: str) -> None:
    page.goto(f"/account/login/?next={onward}")
    page.fill("#id_login", name)
    page.fill("#id_password", GOOD)
    page.click("main button[data-rank=main]")


@pytest.mark.parametrize("width", [1440, 390])
def test_the_pages_fit_and_are_accessible(visit: Open, _town: None, width: int) -> None:
    page = visit(width=width).new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    for where in PAGES:
        page.goto(where)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, where
        drawings = page.evaluate(
            "[...document.images].map(i => i.complete && i.naturalWidth > 0).every(Boolean)"
        )
        assert drawings, where
    assert complaints == []
    for where in PAGES:  # the examiner's own styles are complained of, so it comes last
        page.goto(where)
        found = Axe().run(page)
        assert found.violations_count == 0, (where, found.generate_report())


def test_a_change_is_answered_in_the_page(visit: Open, _town: None) -> None:
    page = visit().new_page()
    page.goto("/processes/request/checkup/")
    page.select_option("#id_principal", label="黄文")
    page.select_option("#id_deputy", label="吴法")
    page.get_by_role("button", name="看看会怎样").click()
    page.wait_for_selector("#tried h3")
    assert "吴法作黄文的 B 角" in page.locator("#tried").inner_text()
    assert "不再离不开一个人：交办归档" in page.locator("#tried").inner_text()
    assert page.url.endswith("/checkup/"), "only a part of the page has changed"


def test_refused_with_the_story_cured_and_released_by_another(visit: Open, _town: None) -> None:
    writer = visit(signed_in=False).new_page()
    sign_in(writer, "system", "/processes/")
    writer.get_by_role("button", name="新起一稿").click()
    writer.get_by_role("link", name="正文", exact=True).click()
    writer.wait_for_selector("#id_text")
    writer.fill("#id_text", ALONE)
    writer.wait_for_selector("#beside .banner[data-tone=stop]")
    told = writer.locator("#beside").inner_text()
    assert "一人就能办完，不能发布。" in told
    assert "黄文起草；黄文办理。" in told
    cured = ALONE.replace("min_deciders = 0", 'min_deciders = 0\nconflicts = [["draft", "do"]]')
    writer.fill("#id_text", cured)
    writer.locator("#beside").get_by_text("可以提出").wait_for()
    writer.get_by_role("button", name="提出", exact=True).click()
    writer.wait_for_url("**/processes/lone/1/")
    second = visit(signed_in=False).new_page()
    sign_in(second, "security", "/processes/lone/1/")
    second.get_by_role("link", name="发布", exact=True).click()
    if "/account/confirm/" in second.url:
        second.fill("input[type=password]", GOOD)
        second.click("main button[data-rank=main]")
    second.get_by_role("button", name="确认发布").click()
    second.wait_for_url("**/processes/lone/")
    assert "已发布" in second.locator("main").inner_text()
    assert Process.objects.get(code="lone").state == Process.State.RELEASED


def test_a_leave_that_would_stop_cases_is_seen_first(visit: Open, _town: None) -> None:
    account = Account.objects.get(username="黄文")
    account.set_password(GOOD)
    account.save()
    page = visit(signed_in=False, width=390).new_page()
    sign_in(page, "黄文", "/people/me/leave/")
    page.fill("#id_start", (tomorrow := clock.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M"))
    page.fill("#id_end", (tomorrow + timedelta(hours=8)).strftime("%Y-%m-%dT%H:%M"))
    page.click("main form.people-form button[data-rank=main]")
    assert "就办不下去" in page.locator("main").inner_text()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.get_by_role("button", name="我已看过，照办").click()
    page.wait_for_url("**/people/me/")


def test_running_cases_move_by_two_people(visit: Open, _town: None) -> None:
    """Planned with steps proposed by name, rehearsed, carried out by the second, nothing before."""
    town = Town(
        people={one.name: one for one in Person.objects.all()},
        units={one.code: one for one in Unit.objects.all()},
    )
    post = town.post("overseer", "office")
    for name in ("何主任", "张科"):
        Appointment.objects.create(person=town.people[name], post=post, since=SINCE)
        account = Account.objects.get(username=name)
        account.set_password(GOOD)
        account.save()
    revision.touch()
    matter = opened(town)
    submit(town, matter)
    second_version()
    first = visit(signed_in=False).new_page()
    sign_in(first, "何主任", "/processes/request/1/")
    first.get_by_role("link", name="在办件改版", exact=True).click()
    assert first.input_value("#id_to-section_head") == "first_look"
    first.select_option("#id_second", label="张科")
    first.fill("#id_why", "制度改了")
    first.get_by_role("button", name="拟订并演练").click()
    first.wait_for_url("**/processes/moves/*/")
    assert "改版 1 件" in first.locator("#rehearsal").inner_text()
    found = Axe().run(first)
    assert found.violations_count == 0, found.generate_report()
    second = visit(signed_in=False, width=390).new_page()
    sign_in(second, "张科", "/processes/")
    second.get_by_role("link", name="内部签报").first.click()
    second.wait_for_url("**/processes/moves/*/")
    assert second.evaluate("document.documentElement.scrollWidth") <= 390
    second.get_by_role("link", name="执行改版").click()
    if "/account/confirm/" in second.url:
        second.fill("input[type=password]", GOOD)
        second.click("main button[data-rank=main]")
    assert Matter.objects.get().process.version == 1
    second.get_by_role("button", name="确认执行").click()
    second.wait_for_url("**/processes/moves/*/")
    assert "已执行" in second.locator("main").inner_text()
    assert Matter.objects.get().process.version == 2
    found = Axe().run(second)
    assert found.violations_count == 0, found.generate_report()
