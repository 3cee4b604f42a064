"""S01: nobody who is not signed in gets anything but the few pages that are for him."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from .conftest import Route, routes

# A hand-kept list. A new address that is open to everybody has to be written here, and argued for.
OPEN = {
    "account_login": "signing in",
    "account_logout": "says that one is out",
    "account_reset_password": "help with a password, where mail is set up",
    "account_reset_password_done": "the same",
    "mfa_authenticate": "second step of signing in; sends back whoever has not done the first",
    "mfa_login_webauthn": "signing in with a passkey",
    "people:first_use": "the one-time link of a new account",
    "people:first_password": "where that link leads; without it, it says that it is spent",
    "ui:night": "day or night colours, a cookie",
    "ui:language": "the language, a cookie",
    "set_language": "the language, a cookie",
}
SAMPLE = {"int": "1", "str": "0" * 32, "key": "0" * 32, "slug": "x", "path": "x", "uuid": "0" * 32}


def address(route: Route) -> str:
    """The pattern with something in its holes."""
    path = re.sub(r"<(?:(\w+):)?\w+>", lambda m: SAMPLE.get(m[1] or "str", "x"), route.pattern)
    path = re.sub(r"\(\?P<\w+>[^)]*\)", "x", path)
    return "/" + re.sub(r"[\^$\\]|\(\?:|\)\??", "", path)


@pytest.mark.parametrize("route", routes(), ids=lambda one: one.name)
@pytest.mark.parametrize("method", ["get", "post", "put", "delete", "options", "patch"])
def test_a_stranger_is_sent_to_sign_in(route: Route, method: str, db: None) -> None:
    if route.name in OPEN:
        pytest.skip(f"open to everybody: {OPEN[route.name]}")
    answer = getattr(Client(), method)(address(route))
    away = answer.status_code in {301, 302} and "/account/login/" in answer.headers["Location"]
    assert away or answer.status_code in {401, 403, 404, 405}, (route, answer.status_code)


@pytest.mark.parametrize("shape", ["//", ";x", "%2e%2e/", ".json", "%2f"])
def test_odd_shapes_of_an_address_open_nothing(shape: str, db: None) -> None:
    for route in routes():
        if route.name in OPEN:
            continue
        answer = Client().get(address(route).rstrip("/") + shape)
        assert answer.status_code in {301, 302, 400, 404}, (route, shape)
