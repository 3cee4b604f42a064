"""S28: wherever a stranger may try a secret, he may not try it for ever, and is told nothing by it.

The pages are taken from the map: every address that is open to strangers and takes something from
them has to be here, limited or with the reason why there is nothing to guess."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from tests.office.town import Town

from .conftest import routes
from .test_s01_default_deny import OPEN, address

TRIES = 60  # more than any of them allows
LIMITED = {
    "account_login": {"login": "张科", "password": "wrong"},
    "account_reset_password": {"login": "张科"},
}
NOTHING_TO_GUESS = {
    "account_logout": "ends one's own session",
    "account_reset_password_done": "says so",
    "mfa_authenticate": "only after the first step, which is limited",
    "mfa_login_webauthn": "a signature of a key over a challenge made for this once",
    "people:first_use": "128 random bits, of which only a digest is kept",
    "people:first_password": "only with the link",
    "ui:night": "a cookie",
    "ui:language": "a cookie",
    "set_language": "a cookie",
}


def test_every_open_address_is_limited_or_has_nothing_to_guess() -> None:
    assert OPEN.keys() == LIMITED.keys() | NOTHING_TO_GUESS.keys()


@pytest.mark.parametrize("name", LIMITED)
def test_a_stranger_may_not_try_for_ever(name: str, town: Town) -> None:
    route = next((one for one in routes() if one.name == name), None)
    if route is None:
        pytest.skip("not offered by this installation")
    cache.clear()
    client = Client()
    answers = [client.post(address(route), LIMITED[name]) for _ in range(TRIES)]
    codes = [answer.status_code for answer in answers]
    refused = [a for a in answers if a.status_code == 429 or "太多" in a.content.decode()]
    assert refused, codes
    cache.clear()


@pytest.mark.parametrize("known", ["张科", "没有这个人"])
def test_being_locked_out_tells_nobody_whether_there_is_such_a_name(known: str, town: Town) -> None:
    cache.clear()
    client = Client()
    typed = {"login": known, "password": "wrong"}
    pages = [client.post("/account/login/", typed) for _ in range(TRIES)]
    last = pages[-1].content.decode().replace(known, "")
    cache.clear()
    other = Client()
    typed = {"login": "又一个不存在的人", "password": "wrong"}
    for _ in range(TRIES - 1):
        other.post("/account/login/", typed)
    again = other.post("/account/login/", typed)
    assert again.status_code == pages[-1].status_code
    assert len(again.content.decode().replace("又一个不存在的人", "")) == len(last)
    cache.clear()
