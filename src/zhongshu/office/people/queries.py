"""Who is who at a moment.

The bureau is read once and kept until its revision moves or its time is over: one small query
tells whether it still holds.
"""

from __future__ import annotations

from collections.abc import Mapping
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


def bureau(*, at: datetime | None = None) -> Bureau:
    """The bureau at a moment, now if none is given. Asks the database one number."""
    at = at or clock.now()
    number = revision.current()
    for kept in _kept:
        if kept.revision == number and kept.since <= at < kept.until:
            return kept
    fresh = read(number, at)
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
