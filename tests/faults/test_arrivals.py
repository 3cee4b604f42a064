"""F06, F07 for the tray, on both databases: one matter for a paper, however many press at once."""

from __future__ import annotations

from pathlib import Path

from .test_race import database, run

__all__ = ["database"]


def test_one_paper_becomes_one_matter(database: str, tmp_path: Path) -> None:
    said = run(tmp_path / "tray", database, "", "4", module="tests.faults.arrivals")
    assert said["broken"] == []
    assert said["races"] == 16


def test_control_claimed_without_asking_is_noticed(database: str, tmp_path: Path) -> None:
    said = run(tmp_path / "naive", database, "naive", "2", module="tests.faults.arrivals")
    assert said["broken"] != []
