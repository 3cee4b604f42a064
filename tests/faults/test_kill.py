"""F01, F02 in short; the long form is `make torture`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.postgres import binaries

from .kill import kill_server
from .killpg import kill_postgres


def test_f01_nothing_acknowledged_is_lost_when_the_server_is_killed(tmp_path: Path) -> None:
    figures = kill_server(tmp_path, "", kills=2)
    assert figures.broken == []
    assert figures.acknowledged > 0


def test_f01_control_a_server_that_answers_too_early_is_caught(tmp_path: Path) -> None:
    figures = kill_server(tmp_path, "", kills=2, control="early")
    assert any(fault.startswith("lost") for fault in figures.broken)


@pytest.mark.skipif(binaries() is None, reason="PostgreSQL is not installed")
def test_f02_nothing_acknowledged_is_lost_when_the_database_is_killed(tmp_path: Path) -> None:
    figures = kill_postgres(tmp_path, kills=2)
    assert figures.broken == []
    assert figures.acknowledged > 0


@pytest.mark.skipif(binaries() is None, reason="PostgreSQL is not installed")
def test_f02_control_a_database_that_commits_later_is_caught(tmp_path: Path) -> None:
    figures = kill_postgres(tmp_path, kills=2, control="async")
    assert any(fault.startswith("lost") for fault in figures.broken)
