"""S21, S22: hostile text stays text on every page, and every page keeps the strict policy."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from django.utils.html import escape

from tests.office.matters.test_act import opened, submit
from tests.office.town import Town
from zhongshu.office.matters.models import Matter

from .conftest import Browser, routes
from .test_s01_default_deny import address

HOSTILE = (
    "<script>mark()</script>\"'><img src=x onerror=mark()>{{mark}}{% mark %}"
    + "javascript:mark() </style>"
)


class Marks(HTMLParser):
    """Collects what a browser would run: scripts, handlers, styles, dangerous addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            said = value or ""
            if name.startswith("on") or name == "style" or name.startswith("hx-on"):
                self.found.append(f"{tag} {name}={said}")
            if name in {"href", "src", "action"} and said.lower().startswith(
                ("javascript", "data")
            ):
                self.found.append(f"{tag} {name}={said}")
        if tag == "script" and not dict(attrs).get("src") and "json" not in str(dict(attrs)):
            self.found.append("a script of its own")
        if (
            tag in {"style", "img", "iframe", "object", "embed", "base"}
            and dict(attrs).get("src") == "x"
        ):
            self.found.append(tag)


@pytest.fixture
def hostile(town: Town) -> Matter:
    for person in town.people.values():
        person.unit.name = f"科{HOSTILE}"[:80]
        person.unit.save()
    matter = opened(town, title=HOSTILE)
    return submit(town, matter).matter


def pages(browser: Browser, matter: Matter) -> list[tuple[str, bytes, dict[str, str]]]:
    client = browser("张科")
    found = []
    for route in routes():
        path = address(route).replace("0" * 32, matter.key)
        if "logout" in path:
            continue
        answer = client.get(path + f"?q={HOSTILE}&kind={HOSTILE}")
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            found.append((path, answer.content, dict(answer.headers)))
    return found


def test_nothing_hostile_runs(browser: Browser, hostile: Matter) -> None:
    seen = pages(browser, hostile)
    shown = escape(HOSTILE).encode()
    assert any(shown in content for _, content, _ in seen)
    for path, content, _ in seen:
        marks = Marks()
        marks.feed(content.decode())
        assert marks.found == [], path


def test_every_page_keeps_the_policy(browser: Browser, hostile: Matter) -> None:
    for path, _, headers in pages(browser, hostile):
        policy = headers["Content-Security-Policy"]
        assert "unsafe" not in policy, path
        assert "script-src 'self'" in policy, path
        assert headers["X-Content-Type-Options"] == "nosniff", path
        assert headers["X-Frame-Options"] == "DENY", path
        assert headers["Referrer-Policy"] == "same-origin", path
        assert "charset" in headers["Content-Type"], path


def test_the_crawl_has_eyes() -> None:
    marks = Marks()
    marks.feed("<p onclick=x></p><a href='javascript:x'></a><script>x</script>")
    assert len(marks.found) == 3
