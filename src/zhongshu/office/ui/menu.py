"""The rail: which pages there are. Apps add theirs in `apps.py`; the shell shows them. 菜单.

An entry costs nothing unless it counts, and then at most one query; so the number of queries of
a page is fixed by what is registered, never by what is stored.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest


def everybody(_request: HttpRequest) -> bool:
    """Shown to whoever is signed in."""
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One page on the rail.

    `group` is the heading it stands under, "" for none; `label` Chinese, a key of the catalogue.
    Groups stand in the order of their first entry. `shown` must be cheap: no query. `count` is
    one query at most, a number or words such as 99+; None and nought show nothing. `phone` puts
    it on a phone's bottom bar; five fit, the others stand behind the edge.
    """

    group: str
    label: str
    url_name: str
    icon: str
    order: int
    count: Callable[[HttpRequest], int | str | None] | None = None
    shown: Callable[[HttpRequest], bool] = everybody
    phone: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Entries under one heading."""

    name: str
    entries: tuple[Entry, ...]


_entries: dict[str, Entry] = {}


def register(*entries: Entry) -> None:
    """Adds pages to the rail. `ValueError` where an address is there already."""
    for entry in entries:
        if _entries.get(entry.url_name, entry) != entry:
            raise ValueError(f"{entry.url_name} is on the rail already")
        _entries[entry.url_name] = entry


def groups(request: HttpRequest) -> tuple[Group, ...]:
    """What this request's user may go to, in order."""
    shown = [entry for entry in _entries.values() if entry.shown(request)]
    first: dict[str, int] = {}
    for entry in sorted(shown, key=_place):
        first.setdefault(entry.group, entry.order)
    shown.sort(key=lambda entry: (first[entry.group], entry.group, *_place(entry)))
    return tuple(
        Group(name, tuple(entries)) for name, entries in groupby(shown, key=lambda e: e.group)
    )


def _place(entry: Entry) -> tuple[int, str]:
    return entry.order, entry.url_name


def entries() -> tuple[Entry, ...]:
    """All that is registered, whoever may see it."""
    return tuple(_entries.values())
