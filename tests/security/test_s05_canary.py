"""S05, S06: a matter that is one person's appears to nobody else: on no page, in no count, search,
suggestion, notice or error; and an address that is not yours answers as one that does not exist."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.office.matters.test_act import opened, submit
from tests.office.town import Town
from zhongshu.office.matters.models import Matter, Todo

from .conftest import Browser, routes
from .test_s01_default_deny import address

CANARY = "金丝雀七三一"


@pytest.fixture
def canary(town: Town) -> Matter:
    matter = opened(town, title=f"关于{CANARY}的签报")
    return submit(town, matter).matter


def everything(client: Client, matter: Matter) -> bytes:
    """Every byte that this person gets from every address, with the matter's own key in it."""
    seen = b""
    for route in routes():
        path = address(route).replace("0" * 32, matter.key)
        if "logout" in path:
            continue
        for asked in (path, f"{path}?q={CANARY}", f"{path}?q=金丝&page=1"):
            answer = client.get(asked)
            seen += answer.content if not answer.streaming else b"".join(answer.streaming_content)
            seen += repr(sorted(answer.headers.items())).encode()
    return seen


def leaks(seen: bytes, matter: Matter) -> bool:
    """Whether anything of it but what the person typed himself is there."""
    title = matter.title.encode()
    return title in seen or matter.number.encode() in seen


@pytest.mark.parametrize("name", ["黄文", "何主任", "陈立", "吴法", "外人"])
def test_nobody_else_gets_a_byte_of_it(browser: Browser, canary: Matter, name: str) -> None:
    if Todo.objects.filter(matter=canary, person__name=name).exists():
        pytest.skip("it came to him")
    assert not leaks(everything(browser(name), canary), canary)


def test_the_crawl_would_have_seen_it(browser: Browser, canary: Matter) -> None:
    assert leaks(everything(browser("张科"), canary), canary)


def test_not_yours_and_not_there_look_the_same(browser: Browser, canary: Matter) -> None:
    client = browser("外人")
    not_his = client.get(f"/m/{canary.key}/")
    no_such = client.get(f"/m/{'f' * 32}/")
    assert not_his.status_code == no_such.status_code == 404
    assert len(not_his.content) == len(no_such.content)
    act = client.post(f"/act/{canary.key}/approve/2/", {"opinion": "同意"})
    assert act.status_code == 404
