"""The only place that knows the time, rolls dice or makes up names. 时钟.

Everything else is told. `using` puts another source in its place, for the demo, which lives
through a year in a minute, and for tests.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import cache
from typing import Protocol
from zoneinfo import ZoneInfo

from zhongshu.kernel.worktime import Calendar, mainland

ZONE = ZoneInfo("Asia/Shanghai")


class Source(Protocol):
    """Where time and randomness come from."""

    def now(self) -> datetime:
        """The present instant, in UTC."""

    def random(self, count: int) -> bytes:
        """So many bytes nobody can guess."""


class System:
    """The machine's own clock and random numbers."""

    def now(self) -> datetime:
        """The present instant, in UTC."""
        return datetime.now(UTC)

    def random(self, count: int) -> bytes:
        """So many bytes nobody can guess."""
        return secrets.token_bytes(count)


_source: ContextVar[Source] = ContextVar("source", default=System())  # noqa: B039 - has no state


def now() -> datetime:
    """The present instant, in UTC."""
    return _source.get().now()


def local(at: datetime) -> datetime:
    """An instant as the clock on the wall shows it."""
    return at.astimezone(ZONE)


def random(count: int) -> bytes:
    """So many bytes nobody can guess."""
    return _source.get().random(count)


def token() -> str:
    """A new name that nobody can guess: 32 hexadecimal digits, never used twice."""
    return random(16).hex()


@contextmanager
def using(source: Source) -> Iterator[None]:
    """Another source of time and randomness, until the block ends."""
    before = _source.set(source)
    try:
        yield
    finally:
        _source.reset(before)


@cache
def calendar() -> Calendar:
    """Working time, by the edition in force."""
    return Calendar(mainland())
