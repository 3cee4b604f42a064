"""F03, F04, F05 in short; the long forms are `make torture`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from zhongshu.config import home

from .kill import ROOT, environment
from .power import replay
from .shim import build, compiler

pytestmark = pytest.mark.skipif(
    compiler() is None or sys.platform != "linux",
    reason="the shim needs a C compiler and Linux",
)


def run(folder: Path, shim: Path | None, control: str, *words: str) -> dict[str, object]:
    """A step of tests.faults.disk in a process of its own; its answer, if it gives one."""
    told = environment(folder, "", control)
    if shim is not None:
        told["LD_PRELOAD"] = str(shim)
    command = [sys.executable, "-m", "tests.faults.disk", *words]
    done = subprocess.run(command, env=told, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    answer: dict[str, object] = json.loads(done.stdout or "{}")
    return answer


@pytest.fixture
def prepared(tmp_path: Path) -> tuple[Path, Path]:
    """A house with drafts, and the shim."""
    folder = tmp_path / "home"
    home.make(folder)
    run(folder, None, "", "prepare", "12")
    return folder, build(tmp_path)


def recorded(prepared: tuple[Path, Path], control: str, tmp_path: Path) -> tuple[int, int, int]:
    folder, shim = prepared
    run(folder, shim, control, "record", "25", "1")
    (tmp_path / "scratch").mkdir()
    figures = replay(folder, tmp_path / "scratch", every=9, variants=4)
    print(figures)
    return figures.states, figures.corrupt, figures.lost


def test_f03_no_power_cut_loses_what_was_acknowledged(
    prepared: tuple[Path, Path], tmp_path: Path
) -> None:
    states, corrupt, lost = recorded(prepared, "", tmp_path)
    assert states > 50
    assert (corrupt, lost) == (0, 0)


def test_f03_control_sqlite_that_does_not_sync_is_caught(
    prepared: tuple[Path, Path], tmp_path: Path
) -> None:
    _, _, lost = recorded(prepared, "NORMAL", tmp_path)
    assert lost > 0


def test_f04_a_full_disk_refuses_reads_on_and_recovers(prepared: tuple[Path, Path]) -> None:
    said = run(*prepared, "", "full")
    assert said["broken"] == []
    assert said["read"] is True
    assert set(said["during"]) == {"error"}  # type: ignore[call-overload]
    assert "ok" in said["before"]  # type: ignore[operator]
    assert "ok" in said["after"]  # type: ignore[operator]
    assert "error" not in said["after"]  # type: ignore[operator]


def test_f05_no_failing_operation_leaves_half_an_act(prepared: tuple[Path, Path]) -> None:
    said = run(*prepared, "", "errors", "2", "11", "4")
    assert said["broken"] == []
    assert said["runs"] == 16
    assert int(str(said["failed"])) > 0


def test_f05_control_an_act_that_swallows_errors_is_caught(prepared: tuple[Path, Path]) -> None:
    said = run(*prepared, "swallow", "errors", "2", "11", "4")
    assert said["broken"] != []
