"""S05 for what has not been registered yet: nobody outside the records office sees an arrival, its
files, its words or that there is one; nor, once it is registered, more than his share of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.apps.documents.conftest import LETTER, drop, entry
from tests.office.town import Town, flow
from zhongshu.apps.documents.actions import registering, returning
from zhongshu.apps.documents.models import Arrival
from zhongshu.office.files.models import File

from .conftest import Browser, routes
from .test_s01_default_deny import address

CANARY = "金丝雀七三二"
SECRET = LETTER._replace(
    title=f"关于{CANARY}的请示", number="丝雀所请〔2026〕732号", text=(f"{CANARY}的内情。",)
)


@pytest.fixture
def arrival(town: Town, settings: Any, tmp_path: Path) -> Iterator[Arrival]:
    settings.FILES_ROOT, settings.FILES_SPARE = tmp_path / "files", 0
    town.person("许初", "office", "records_head", clearance=2)
    flow("incoming")
    return drop(town.actor("黄文"), SECRET, f"{CANARY}.pdf")


def everything(client: Client, *keys: str) -> bytes:
    """Every byte of every address, with these keys in it."""
    seen = b""
    paths = {address(route).replace("0" * 32, key): None for route in routes() for key in keys}
    for path in paths:
        if "logout" in path:
            continue
        for asked in (path, f"{path}?q={CANARY}"):
            answer = client.get(asked)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            seen += body + repr(sorted(answer.headers.items())).encode()
    return seen


def keys(arrival: Arrival) -> tuple[str, ...]:
    return arrival.key, File.objects.get().key


def leaks(seen: bytes) -> bool:
    """Whether anything of it but the question itself is there."""
    return any(word.encode() in seen for word in (SECRET.title, SECRET.number, f"{CANARY}.pdf"))


@pytest.mark.parametrize("name", ["何主任", "李局", "张科", "外人", "吴法"])
def test_nobody_outside_gets_a_byte_of_it(browser: Browser, arrival: Arrival, name: str) -> None:
    assert not leaks(everything(browser(name), *keys(arrival)))


def test_the_crawl_would_have_seen_it(browser: Browser, arrival: Arrival) -> None:
    assert leaks(everything(browser("黄文"), *keys(arrival)))


@pytest.mark.parametrize("how", ["registered", "returned"])
def test_nor_once_it_stands_in_the_register(
    browser: Browser, arrival: Arrival, town: Town, how: str
) -> None:
    by, told = town.actor("黄文"), entry(title=SECRET.title, document_no=SECRET.number)
    if how == "registered":
        registering.register(key=arrival.key, entry=told, by=by)
    else:
        back = returning.Back(("R01",))
        returning.at_registration(key=arrival.key, entry=told, back=back, by=by)
    arrival.refresh_from_db()
    assert arrival.matter is not None
    found = (*keys(arrival), arrival.matter.key)
    assert not leaks(everything(browser("外人"), *found))
    assert leaks(everything(browser("黄文"), *found))


def test_what_is_posted_from_outside_is_refused(browser: Browser, arrival: Arrival) -> None:
    client = browser("外人")
    for verb in ("", "propose/", "apart/", "same/", "destroy/", "return/"):
        answer = client.post(f"/documents/tray/{arrival.key}/{verb}", {"of": arrival.key})
        assert answer.status_code in {302, 403, 405}, verb
        assert not leaks(answer.content)
    arrival.refresh_from_db()
    assert arrival.state == Arrival.State.READY
