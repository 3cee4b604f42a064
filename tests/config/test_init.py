"""`zhongshu init` makes what is missing, once, and says so."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from zhongshu.config import beginning
from zhongshu.office.journal.models import Entry, Journal
from zhongshu.office.matters.models import Process

CALLED = {"system": "甲", "security": "乙", "audit": "丙"}


def test_everything_is_made_once(db: None) -> None:
    first = "\n".join(beginning.begin("sha256", CALLED, "https://oa.example/"))
    assert "已开立" in first
    assert "提出 8 个" in first
    again = "\n".join(beginning.begin("sha256", CALLED, "https://oa.example/"))
    assert "流程：已有，未改动" in again
    assert first.count("https://oa.example/people/first/") == 3
    assert "https://oa.example" not in again
    assert Journal.objects.count() == 1
    assert set(Process.objects.values_list("state", flat=True)) == {"proposed"}
    assert Entry.objects.filter(verb="process.propose").count() == 8


def test_an_existing_journal_keeps_its_algorithm(db: None) -> None:
    list(beginning.begin("sm3", CALLED, "https://oa.example"))
    said = "\n".join(beginning.begin("sha256", CALLED, "https://oa.example/"))
    assert "未改为 sha256" in said
    assert Journal.objects.get().alg == "sm3"


def test_pending_migrations_are_counted_and_applied(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    monkeypatch.setattr(beginning, "pending", lambda: 3)
    monkeypatch.setattr(beginning, "call_command", lambda name, **_: calls.append(name))
    assert "  已执行 3 个迁移" in list(beginning.tables())
    assert calls == ["migrate", "createcachetable"]


def test_a_bare_folder_becomes_a_house_from_the_command_line(tmp_path: Path) -> None:
    told = os.environ | {"ZHONGSHU_HOME": str(tmp_path / "home"), "ZHONGSHU_DATABASE": ""}
    told |= {"DJANGO_SETTINGS_MODULE": "zhongshu.config.settings"}

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "zhongshu.config", *words]
        return subprocess.run(command, env=told, capture_output=True, text=True, check=False)

    before = run("check")
    assert before.returncode == 1
    assert "先运行 zhongshu init" in before.stdout
    first = run("init", "--alg", "sm3")
    assert first.returncode == 0, first.stderr
    assert "已建立数据目录" in first.stdout
    second = run("init")
    assert "已有，未改动" in second.stdout
    assert (tmp_path / "home" / "zhongshu.sqlite3").stat().st_mode & 0o777 == 0o600
    checked = run("check")
    assert checked.returncode == 0, checked.stdout
    assert "可以运行" in checked.stdout
