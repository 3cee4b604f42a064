"""Sign-in and one's own pages in a real browser: accessible, inside the window, with a passkey."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.office.people.conftest import GOOD
from tests.office.town import water_bureau
from zhongshu.office.journal import actions as journal
from zhongshu.office.people import queries
from zhongshu.office.people.models import Account

from .conftest import LOOKS, Open

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def _town(transactional_db: None) -> None:
    """The small bureau; 张科 has a password."""
    journal.forget_open()
    queries.forget()
    water_bureau()
    account = Account.objects.get(username="张科")
    account.set_password(GOOD)
    account.save()


def sign_in(page: Page, onward: str) -> None:
    page.goto(f"/account/login/?next={onward}")
    page.fill("#id_login", "张科")
    page.fill("#id_password", GOOD)
    page.click("main button[data-rank=main]")


PAGES = (
    "/people/",
    "/people/me/",
    "/people/me/leave/",
    "/people/me/stand-in/",
    "/account/password/",
)


@LOOKS
def test_the_pages_fit_and_are_accessible(visit: Open, _town: None, width: int, dark: bool) -> None:
    page = visit(width=width, dark=dark, signed_in=False).new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    page.goto("/account/login/")
    sign_in(page, "/people/")
    for where in PAGES:
        page.goto(where)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, where
    assert complaints == []
    for where in PAGES:  # the examiner's own styles are complained of, so it comes last
        page.goto(where)
        examine(page)
    page.context.clear_cookies()
    page.goto("/account/login/")
    examine(page)


def examine(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, (page.url, found.generate_report())


def test_a_passkey_is_added_and_signs_in(visit: Open, _town: None) -> None:
    context = visit(signed_in=False)
    page = context.new_page()
    keys = context.new_cdp_session(page)
    keys.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    keys.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    sign_in(page, "/account/factor/keys/add/")
    page.fill("input[type=password]", GOOD)
    page.click("main button[data-rank=main]")
    page.fill("#id_name", "办公电脑")
    page.check("#id_passwordless")
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/account/factor/codes/")
    page.goto("/people/me/")
    assert "办公电脑" in page.content()
    context.clear_cookies()
    page.goto("/account/login/?next=/people/me/")
    page.click("#passkey_login")
    page.wait_for_url(lambda url: "/account/" not in url)
    assert page.locator("h1").inner_text() == "张科"
