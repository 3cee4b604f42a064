"""A house of its own for each test: folder, secret, and the rows of a small bureau."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from pytest_django import Settings

from tests.office.conftest import _nothing_kept, time
from tests.office.town import Stopped, Town, flow, water_bureau
from zhongshu.config import home as place


@pytest.fixture
def home(tmp_path: Path, settings: Settings) -> Path:
    """A folder as `zhongshu init` makes it, with a second place for heads."""
    settings.HOME = tmp_path / "home"
    settings.FILES_ROOT = settings.HOME / "files"
    settings.STATIC_ROOT = settings.HOME / "static"
    settings.HEADS = str(tmp_path / "heads")
    place.make(settings.HOME)
    return settings.HOME


@pytest.fixture
def lasting(transactional_db: None, time: Stopped) -> Town:
    """The small bureau, kept: other connections see it."""
    made = water_bureau()
    flow("request")
    return made


@pytest.fixture
def town(db: None, time: Stopped) -> Town:
    """The small bureau, taken back after the test."""
    made = water_bureau()
    flow("request")
    return made


BORROWED = {"snapshot", "restored", "look"}


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the product open databases of its own; Django's tests know only those of settings."""
    guarded = BaseDatabaseWrapper.ensure_connection

    def ensure(self: BaseDatabaseWrapper) -> None:
        if self.alias not in BORROWED:
            guarded(self)
        elif self.connection is None:
            self.connect()

    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", ensure)


__all__ = ["_nothing_kept", "elsewhere", "home", "lasting", "time", "town"]
