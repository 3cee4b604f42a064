"""Everybody's browser, and every address there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.office.conftest import _nothing_kept, time, town
from tests.office.town import Town
from zhongshu.office.people.models import Account

__all__ = ["_nothing_kept", "time", "town"]

Browser = Callable[[str], Client]


class Route(NamedTuple):
    """One address of the map: its name and its pattern."""

    name: str
    pattern: str


def routes() -> list[Route]:
    """Every address, walked from the root."""
    return sorted(set(_walk(get_resolver().url_patterns, "", "")))


def _walk(patterns: list[URLPattern | URLResolver], before: str, space: str) -> Iterator[Route]:
    for one in patterns:
        path = before + str(one.pattern)
        if isinstance(one, URLResolver):
            inside = f"{space}{one.namespace}:" if one.namespace else space
            yield from _walk(one.url_patterns, path, inside)
        else:
            yield Route(f"{space}{one.name}", path)


@pytest.fixture
def browser(town: Town) -> Browser:
    """A browser in which somebody is signed in, with the second factor behind him."""

    def open_(name: str) -> Client:
        client = Client()
        client.force_login(Account.objects.get(username=name))
        return client

    return open_
