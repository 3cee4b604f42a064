"""F06, F07 in short, on both databases; the long form is `make torture`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.postgres import binaries, cluster
from zhongshu.config import home

from .kill import ROOT, environment


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> object:
    """An address of a database: a file, or a cluster of its own."""
    if request.param == "sqlite":
        yield ""
        return
    programs = binaries()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    with cluster(programs, "fsync=off") as port:
        yield f"postgresql://zhongshu@127.0.0.1:{port}/"


def run(
    folder: Path, database: str, control: str, *words: str, module: str = "tests.faults.race"
) -> dict[str, object]:
    """A race in a process of its own, on an empty database."""
    home.make(folder)
    address = database
    if database:
        name = f"race_{folder.name.lower().replace('-', '_')}"[:60]
        subprocess.run(
            ["psql", "-q", f"{database}postgres", "-c", f'CREATE DATABASE "{name}"'], check=True
        )
        address = f"{database}{name}"
    told = environment(folder, address, control)
    command = [sys.executable, "-m", module, *words]
    done = subprocess.run(command, env=told, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


def test_f07_two_at_once_end_as_one_after_the_other(database: str, tmp_path: Path) -> None:
    said = run(tmp_path / "pairs", database, "", "pairs", "40", "1")
    assert said["broken"] == []
    assert said["one"]


def test_f07_control_read_decide_write_decides_twice(database: str, tmp_path: Path) -> None:
    said = run(tmp_path / "naive", database, "naive", "pairs", "40", "1")
    assert said["broken"] != []


def test_f06_the_same_act_again_gets_the_first_answer(database: str, tmp_path: Path) -> None:
    said = run(tmp_path / "doubles", database, "", "doubles", "10", "1")
    assert said["broken"] == []


def test_f06_control_without_a_key_the_second_is_noticed(database: str, tmp_path: Path) -> None:
    said = run(tmp_path / "keyless", database, "keyless", "doubles", "10", "1")
    assert said["broken"] != []
