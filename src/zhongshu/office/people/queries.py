"""Who is who at a moment.

The bureau is read once and kept until its revision moves or its time is over: one small query
tells whether it still holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from threading import Lock

from django.http import HttpRequest

from zhongshu.kernel.flow.people import Directory
from zhongshu.office import clock
from zhongshu.office.actor import Actor

from . import revision
from .bureau import Bureau, read
from .models import Account

_kept: list[Bureau] = []
_lock = Lock()
_pinned: ContextVar[list[Bureau] | None] = ContextVar("pinned", default=None)


def bureau(*, at: datetime | None = None) -> Bureau:
    """The bureau at a moment, now if none is given. Asks the database one number."""
    at = at or clock.now()
    pinned = _pinned.get()
    if pinned and pinned[0].since <= at < pinned[0].until:
        return pinned[0]
    found = _current(at)
    if pinned is not None:
        pinned.append(found)
    return found


@contextmanager
def steady() -> Iterator[None]:
    """Who is who stands still until the block ends, so that it is asked once: for a page that only
    looks. An action never runs inside."""
    before = _pinned.set([])
    try:
        yield
    finally:
        _pinned.reset(before)


def _current(at: datetime) -> Bureau:
    mark = revision.mark()
    for kept in _kept:
        if kept.revision == mark and kept.since <= at < kept.until:
            return kept
    fresh = read(mark, at)
    with _lock:
        _kept[:] = [fresh]
    return fresh


def lately() -> Bureau:
    """The bureau as it was read last, without asking whether it still holds: good for what never
    changes of a person, such as his key."""
    return _kept[0] if _kept else bureau()


def forget() -> None:
    """Read everything anew next time; for tests, whose rows are rolled back."""
    _kept.clear()


def directory(*, at: datetime | None = None) -> Directory:
    """Persons, posts, units and stand-ins as the flow engine wants them."""
    return bureau(at=at).directory


def names() -> Mapping[str, str]:
    """What people, posts and units are called, by what the flow calls them."""
    return bureau().names


def acting(request: HttpRequest) -> Actor:
    """Who is at the keyboard, in the highest of his posts. An administrator holds none of them
    and acts as himself."""
    account = request.user
    if not isinstance(account, Account):
        raise TypeError("only a signed-in account acts")
    if account.person is None:
        return Actor(f"account:{account.pk}", account.office)
    held = bureau().posts.get(account.person.key, ())
    return Actor(account.person.key, held[0] if held else "")
