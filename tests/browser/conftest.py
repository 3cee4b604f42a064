"""A real browser: the Chromium of the machine, against a server of this process."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from pytest_django.live_server_helper import LiveServer

from zhongshu.office.people.models import Account

Open = Callable[..., BrowserContext]

# Each width and each of day and night once; the sizes of a page do not hang on its colours.
LOOKS = pytest.mark.parametrize(
    ("width", "dark"), [(1440, False), (390, True)], ids=["desk-day", "phone-night"]
)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests. Skips where there is none."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("chrome")
    if found is None:
        pytest.skip("no Chromium on this machine")
    # The driver keeps a loop running in this thread; nothing of ours runs in it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def visit(chromium: Browser, live_server: LiveServer) -> Iterator[Open]:
    """A window of somebody signed in: `visit(width=390, dark=True, who="张科")`."""
    Account.objects.create(username="audit", office="audit", is_active=True)
    opened: list[BrowserContext] = []

    def window(
        *,
        width: int = 1440,
        dark: bool = False,
        signed_in: bool = True,
        script: bool = True,
        who: str = "audit",
    ) -> BrowserContext:
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            locale="zh-CN",
            base_url=live_server.url,
            java_script_enabled=script,
        )
        if signed_in:
            client = Client()
            client.force_login(Account.objects.get(username=who))
            key = client.cookies[settings.SESSION_COOKIE_NAME].value
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}
            context.add_cookies([cookie])  # type: ignore[list-item]
        opened.append(context)
        return context

    yield window
    for context in opened:
        context.close()
