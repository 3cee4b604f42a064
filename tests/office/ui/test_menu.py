"""The rail: apps add their pages, in order, and each for whom it is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import RequestFactory

from zhongshu.office.ui import menu
from zhongshu.office.ui.menu import Entry, Group


@pytest.fixture(autouse=True)
def _own_rail(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(menu, "_entries", {})
    yield


def entry(url_name: str, order: int, group: str = "", **more: object) -> Entry:
    return Entry(group=group, label=url_name, url_name=url_name, icon="desk", order=order, **more)  # type: ignore[arg-type]


def test_groups_stand_in_the_order_of_their_first_entry() -> None:
    last, first, second = entry("c", 30, "办文"), entry("a", 10), entry("b", 20, "督办")
    third, fourth = entry("d", 25, "督办"), entry("e", 15, "督办", shown=lambda _: False)
    menu.register(last, first, second, third, fourth)
    assert menu.groups(RequestFactory().get("/")) == (
        Group("", (first,)),
        Group("督办", (second, third)),
        Group("办文", (last,)),
    )
    assert menu.entries() == (last, first, second, third, fourth)


def test_an_address_is_on_the_rail_once() -> None:
    one = entry("a", 10)
    menu.register(one)
    menu.register(one)
    with pytest.raises(ValueError, match="already"):
        menu.register(entry("a", 11))
