"""What every test of the office starts from."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from zhongshu.office import clock
from zhongshu.office.journal import actions as journal
from zhongshu.office.matters import processes, safety
from zhongshu.office.people import queries as people

from .town import Stopped, Town, flow, water_bureau


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    """What the server keeps between requests would outlive the rows of a test."""
    yield
    people.forget()
    journal.forget_open()
    processes.definition.cache_clear()
    safety.forget()


@pytest.fixture
def time() -> Iterator[Stopped]:
    """A clock that stands still on a Monday at nine."""
    stopped = Stopped()
    with clock.using(stopped):
        yield stopped


@pytest.fixture
def town(db: None, time: Stopped) -> Town:
    """Nine people, the journal open, 签报 released."""
    made = water_bureau()
    flow("request")
    return made
