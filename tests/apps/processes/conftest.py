"""The small bureau with processes in force, and somebody at the keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.desk.conftest import Sit, sit
from tests.office.conftest import _nothing_kept, time, town
from zhongshu.apps.processes import examining

__all__ = ["Sit", "_nothing_kept", "sit", "time", "town"]


@pytest.fixture(autouse=True)
def _nothing_examined() -> Iterator[None]:
    """Examinations kept in memory would outlive the rows of a test."""
    yield
    examining.forget()
