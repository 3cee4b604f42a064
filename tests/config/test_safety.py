"""What `check` refuses: each danger by itself, and nothing when there is none."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import DatabaseError, connection
from pytest_django import Settings

from tests.office.town import Stopped, Town
from zhongshu.config import beginning, findings, outside, restored, safety, sql
from zhongshu.config.commands.check import check as command
from zhongshu.config.findings import WORDS, Finding, sentence


@pytest.fixture(autouse=True)
def _as_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The databases of tests are quick, not durable: what they say of themselves is put right."""
    monkeypatch.setattr(sql, "pragmas", lambda: {n: v[0] for n, v in safety.PRAGMAS.items()})
    monkeypatch.setattr(sql, "server_settings", lambda: {n: v[0] for n, v in safety.SERVER.items()})


def codes(level: str = "error") -> list[str]:
    return [finding.code for finding in safety.check() if finding.level == level]


def test_a_sound_house_may_run(home: Path, town: Town) -> None:
    assert codes() == []
    result = CliRunner().invoke(command, [])
    assert result.exit_code == 0
    assert "可以运行" in result.output


@pytest.mark.parametrize(
    ("name", "value"),
    [("journal_mode", "delete"), ("synchronous", "1"), ("synchronous", "0"), ("foreign_keys", "0")],
)
def test_sqlite_that_could_lose_acts_is_refused(
    home: Path, town: Town, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    sound = {n: v[0] for n, v in safety.PRAGMAS.items()}
    monkeypatch.setattr(sql, "is_sqlite", lambda: True)
    monkeypatch.setattr(sql, "pragmas", lambda: sound | {name: value})
    assert codes() == ["unsafe_setting"]
    assert CliRunner().invoke(command, []).exit_code == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("fsync", "off"),
        ("full_page_writes", "off"),
        ("synchronous_commit", "off"),
        ("synchronous_commit", "local"),
        ("server_encoding", "SQL_ASCII"),
    ],
)
def test_postgres_that_could_lose_acts_is_refused(
    home: Path, town: Town, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    sound = {n: v[0] for n, v in safety.SERVER.items()}
    monkeypatch.setattr(sql, "is_sqlite", lambda: False)
    monkeypatch.setattr(sql, "server_settings", lambda: sound | {name: value})
    assert codes() == ["unsafe_setting"]


def loosen(home: Path, settings: Settings) -> None:
    home.chmod(0o750)


def publish_secret(home: Path, settings: Settings) -> None:
    (home / "secret.key").chmod(0o644)


def shorten_secret(home: Path, settings: Settings) -> None:
    (home / "secret.key").write_text("short")


def lose_secret(home: Path, settings: Settings) -> None:
    (home / "secret.key").unlink()


def debug(home: Path, settings: Settings) -> None:
    settings.DEBUG = True


def plain(home: Path, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["localhost", "oa.example"]


def anybody(home: Path, settings: Settings) -> None:
    settings.ALLOWED_HOSTS, settings.HTTPS = ["*"], True


def out_of_a_backup(home: Path, settings: Settings) -> None:
    restored.mark(home)


@pytest.mark.parametrize(
    ("do", "code"),
    [
        (loosen, "home_open"),
        (publish_secret, "secret_open"),
        (shorten_secret, "secret_short"),
        (lose_secret, "secret_missing"),
        (debug, "debug"),
        (plain, "plain_http"),
        (anybody, "any_host"),
        (out_of_a_backup, "restored"),
    ],
)
def test_each_danger_by_itself(
    home: Path,
    town: Town,
    settings: Settings,
    do: Callable[[Path, Settings], None],
    code: str,
) -> None:
    do(home, settings)
    assert codes() == [code]


def test_no_folder_is_told_and_nothing_else(home: Path, settings: Settings) -> None:
    settings.HOME = home / "nowhere"
    assert codes() == ["home_missing"]


def test_a_database_that_does_not_answer_is_told(
    home: Path, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise DatabaseError("no route\nmore")

    with monkeypatch.context() as broken:
        broken.setattr(connection, "cursor", refuse)
        assert codes() == ["no_database"]


def test_migrations_that_wait_are_refused(
    home: Path, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beginning, "pending", lambda: 2)
    assert codes() == ["not_migrated"]


def test_a_house_without_journal_is_refused(home: Path, db: None) -> None:
    assert codes() == ["no_journal"]


def test_a_clock_before_the_last_entry_is_refused(home: Path, town: Town, time: Stopped) -> None:
    time.at -= timedelta(seconds=1)
    assert codes() == ["clock_back"]


@pytest.mark.parametrize(
    ("free", "code", "level"), [(99, "disk_full", "error"), (999, "disk_low", "warning")]
)
def test_little_room_is_told(
    home: Path, town: Town, monkeypatch: pytest.MonkeyPatch, free: int, code: str, level: str
) -> None:
    class Usage:
        pass

    Usage.free = free * 1_000_000  # type: ignore[attr-defined]
    monkeypatch.setattr(safety.shutil, "disk_usage", lambda path: Usage)
    assert code in codes(level)


def test_an_older_database_than_the_heads_outside_is_refused(
    home: Path, town: Town, tmp_path: Path
) -> None:
    outside.publish()
    path = next((tmp_path / "heads").glob("*.jsonl"))
    said = json.loads(path.read_text())
    said["head"]["size"] = "99"
    path.write_text(json.dumps(said, sort_keys=True) + "\n")
    assert codes() == ["older_state"]


def test_every_finding_has_words_in_both_languages() -> None:
    for code, both in WORDS.items():
        about = tuple((name, "x") for name in _names(both[0]))
        said = Finding(code, "error", about)
        assert sentence(said, "zh") and sentence(said, "en")
        assert _names(both[0]) == _names(both[1]), code


def _names(text: str) -> set[str]:
    return {part.split("}")[0] for part in text.split("{")[1:]}


def test_for_programs(home: Path, town: Town) -> None:
    restored.mark(home)
    result = CliRunner().invoke(command, ["--json", "--lang", "en"])
    assert result.exit_code == 1
    rows = json.loads(result.output)
    assert {"restored"} == {row["code"] for row in rows if row["level"] == "error"}
    assert rows[0]["text"].startswith("these data were restored")


def test_the_password_of_the_database_is_not_told() -> None:
    assert "@" not in safety.where_database()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite")
def test_what_sqlite_says_of_itself(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert set(sql.pragmas()) >= set(safety.PRAGMAS)
    assert sql.is_sound()
    assert sql.has_full_text()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL")
def test_what_postgres_says_of_itself(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert set(sql.server_settings()) == set(safety.SERVER)
    assert sql.server_version() > 100_000


def test_errors_alone_refuse() -> None:
    assert not findings.is_refused([findings.warning("heads_unset"), findings.good("safe")])
    assert findings.is_refused([findings.error("debug")])
