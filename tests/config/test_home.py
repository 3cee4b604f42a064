"""The folder of all data is closed, its secret is made once, and one runs in it at a time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from zhongshu.config import home


def test_what_is_made_is_closed_to_others(tmp_path: Path) -> None:
    where = tmp_path / "a" / "home"
    assert home.make(where) == ["home", "secret"]
    assert (where.stat().st_mode & 0o777, (where / home.SECRET).stat().st_mode & 0o777) == (
        0o700,
        0o600,
    )


def test_a_second_time_changes_nothing_but_loose_modes(tmp_path: Path) -> None:
    home.make(tmp_path / "home")
    secret = (tmp_path / "home" / home.SECRET).read_text()
    assert home.make(tmp_path / "home") == []
    (tmp_path / "home").chmod(0o755)
    assert home.make(tmp_path / "home") == ["closed"]
    assert (tmp_path / "home" / home.SECRET).read_text() == secret
    assert len(secret) > 80


def test_a_folder_whose_parents_allow_all_is_still_closed(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        home.make(tmp_path / "home")
    finally:
        os.umask(before)
    assert (tmp_path / "home" / "files").stat().st_mode & 0o777 == 0o700


def test_only_one_at_a_time_and_who_it_is(tmp_path: Path) -> None:
    with home.alone(tmp_path, "work"):
        with pytest.raises(home.Busy, match=str(os.getpid())), home.alone(tmp_path, "work"):
            pass
        with home.alone(tmp_path, "serve"):
            pass
    with home.alone(tmp_path, "work"):
        pass


def test_the_lock_of_one_who_was_killed_is_free(tmp_path: Path) -> None:
    code = (
        "import os, sys, pathlib\nfrom zhongshu.config import home\n"
        "with home.alone(pathlib.Path(sys.argv[1]), 'work'): os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    assert (tmp_path / "run" / "work.pid").read_text()
    with home.alone(tmp_path, "work"):
        pass


def test_a_small_file_is_replaced_whole(tmp_path: Path) -> None:
    home.write_whole(tmp_path / "x", "old")
    home.write_whole(tmp_path / "x", "new")
    assert (tmp_path / "x").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["x"]
