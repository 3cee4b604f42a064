"""Search offers while one types, a notice is read by one press; narrow or wide, without a fault."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.office.matters.test_act import opened, submit
from tests.office.town import flow, water_bureau
from zhongshu.office.matters import processes
from zhongshu.office.notices.models import Notice
from zhongshu.office.people import queries as people
from zhongshu.office.people.models import Account


@pytest.fixture(params=(1440, 390))
def page(
    chromium: Browser, live_server: LiveServer, request: pytest.FixtureRequest
) -> Iterator[Page]:
    """张科 at a large screen and at a telephone, with something to do."""
    people.forget()
    processes.definition.cache_clear()
    town = water_bureau()
    flow("request")
    submit(town, opened(town))
    client = Client()
    client.force_login(Account.objects.get(username="张科"))
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    context = chromium.new_context(
        viewport={"width": request.param, "height": 900},
        locale="zh-CN",
        base_url=live_server.url,
    )
    context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}]
    )
    faults: list[str] = []
    shown = context.new_page()
    shown.on("console", lambda message: faults.append(message.text))
    yield shown
    assert faults == []
    assert shown.evaluate("document.documentElement.scrollWidth") == request.param
    context.close()
    people.forget()
    processes.definition.cache_clear()


def test_what_may_be_meant_is_offered_while_one_types(page: Page) -> None:
    page.goto("/search/")
    page.keyboard.press("/")
    page.keyboard.type("流量")
    page.locator("#offers mark").wait_for()
    assert page.locator("#offers li").count() == 1
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#offers') !== null")
    page.goto("/search/?q=流量")
    assert page.locator(".found mark").inner_text() == "流量"


def test_a_notice_is_read_by_one_press(page: Page) -> None:
    page.goto("/notices/")
    page.locator("button.tick").click()
    page.locator("span.tick[data-read]").wait_for()
    assert Notice.objects.get().read_at is not None
    page.reload()
    assert page.locator("button.tick").count() == 0
