"""S08: whatever is typed anywhere reaches the database as a value, never as a statement, and is
never a fault of the server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection

from tests.office.matters.test_act import opened, submit
from tests.office.town import Town
from zhongshu.office.people.models import Account

from .conftest import Browser, Route, routes
from .test_s01_default_deny import address

MARK = "m7a3r5k"
TYPED = (f"{MARK}' OR '1'='1", f'{MARK}"; DROP TABLE x; --', f"{MARK}%_\\'/**/")
# What a page says back of the question, and what is different each time.
ECHO = re.compile(r"[A-Za-z0-9]{64}|1&#x27;=&#x27;\d|1%27%3D%27\d|1%2527%253D%2527\d")
# Every name that any page reads out of an address, and what forms of the house are sent.
ASKED = (
    "q", "kind", "state", "mine", "from", "open", "tag", "page", "before", "after", "show", "as",
    "matter", "who", "verb", "day", "next", "batch", "of", "sort", "order",
)  # fmt: skip
SENT = (
    "once", "text", "name", "other", "title", "opinion", "to", "receipt", "up_to", "login",
    "password", "code", "why", "start", "end", "urgency", "f_subject", "word", "slot", "rev",
    "seen",
)  # fmt: skip


@contextmanager
def watched(statements: list[str]) -> Iterator[None]:
    def keep(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        statements.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        yield


def paths(route: Route, typed: str) -> list[str]:
    """The address as it is, and with the words in its holes of text."""
    plain = address(route)
    odd = re.sub(r"[\"'\\/;%]", "_", typed)
    return list(dict.fromkeys((plain, plain.replace("0" * 32, odd))))


@pytest.mark.parametrize("name", ["张科", "黄文", "audit"])
def test_words_are_values_and_never_statements(browser: Browser, town: Town, name: str) -> None:
    submit(town, opened(town))
    Account.objects.get_or_create(username="audit", office="audit", defaults={"is_active": True})
    client, statements = browser(name), list[str]()
    with watched(statements):
        for route in routes():
            if "logout" in route.name:
                continue
            for typed in TYPED:
                for path in paths(route, typed):
                    got = client.get(path, dict.fromkeys(ASKED, typed))
                    assert got.status_code < 500, (path, typed)
                    sent = client.post(path, dict.fromkeys(SENT, typed))
                    assert sent.status_code < 500, (path, typed)
    assert statements
    assert [sql for sql in statements if MARK in sql] == []


def test_true_and_false_find_the_same(browser: Browser, town: Town) -> None:
    """What would be a condition, were it let into the statement, changes no answer."""
    submit(town, opened(town))
    client = browser("张科")
    for route in ("/search/", "/matters/", "/journal/", "/people/"):
        for name in ("q", "kind", "tag", "matter", "who"):
            pages = [
                client.get(route, {name: f"x' AND '1'='{number}"}).content.decode()
                for number in (1, 2)
            ]
            bodies = [
                re.sub(
                    r"[A-Za-z0-9]{64}|1&#x27;=&#x27;\d|1%27%3D%27\d|1%2527%253D%2527\d", "", page
                )
                for page in pages
            ]
            assert bodies[0] == bodies[1], (route, name)


def test_control_a_word_in_a_statement_is_seen(db: None) -> None:
    statements: list[str] = []
    with watched(statements), connection.cursor() as cursor:
        cursor.execute(f"SELECT '{MARK}'")
    assert [sql for sql in statements if MARK in sql]
