"""A backup of a living house restores to the same rows, says so, and says when it is older."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.db import connections
from pytest_django import Settings

from tests.office.matters.test_act import approve, opened, submit
from tests.office.town import Stopped, Town
from zhongshu.config import outside, restored, safety
from zhongshu.config.commands.backup import backup
from zhongshu.config.commands.restore import restore
from zhongshu.config.copies import making, reading, restoring, rows
from zhongshu.config.copies.reading import Damaged
from zhongshu.office.files.models import Blob
from zhongshu.office.journal import actions as journal
from zhongshu.office.journal.models import Entry, Journal
from zhongshu.office.matters.models import Matter, Series
from zhongshu.office.people.models import Account


def quiet(_: str) -> None:
    """Say nothing."""


def file(home: Path, text: bytes) -> str:
    digest = hashlib.sha256(text).hexdigest()
    path = making.path_of(home / "files", digest)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text)
    Blob.objects.create(digest=digest, size=len(text), kind="txt")
    return digest


@pytest.fixture
def busy(lasting: Town, home: Path, elsewhere: None) -> Town:
    """A bureau that has done something, with a file."""
    matter = opened(lasting)
    submit(lasting, matter, once="k")
    approve(lasting, matter, "张科")
    file(home, "购置流量计的说明".encode())
    return lasting


def made(target: Path) -> Path:
    return making.make(target, quiet).path


def run(*words: str | Path, typed: str = "") -> Result:
    return CliRunner().invoke(restore, [str(word) for word in words], input=typed)


def test_what_is_backed_up_restores_to_the_same_rows(
    busy: Town, home: Path, tmp_path: Path
) -> None:
    done = making.make(tmp_path / "b", quiet)
    assert (done.files, done.copied, done.missing) == (1, 1, ())
    assert done.path.stat().st_mode & 0o777 == 0o600
    said: list[str] = []
    proof = restoring.prove(done.path, said.append)
    assert not proof.missing
    assert not proof.older
    assert proof.contents.rows == done.rows
    assert any("逐行相同" in line for line in said)
    assert any(f"完好：{done.size} 条" in line for line in said)
    assert json.loads((home / "run" / "backup.json").read_text())["size"] == done.size


def test_a_second_backup_copies_only_what_is_new(busy: Town, home: Path, tmp_path: Path) -> None:
    made(tmp_path / "b")
    file(home, b"new")
    done = making.make(tmp_path / "b", quiet)
    assert (done.files, done.copied) == (2, 1)


def test_a_file_that_is_gone_or_changed_is_said_and_never_copied(
    busy: Town, home: Path, tmp_path: Path
) -> None:
    good = Blob.objects.get().digest
    making.path_of(home / "files", good).write_bytes(b"changed")
    result = CliRunner().invoke(backup, [str(tmp_path / "b")])
    assert result.exit_code == 1
    assert "1 个文件缺失或损坏" in result.output
    assert not making.path_of(tmp_path / "b" / "files", good).exists()
    path = next((tmp_path / "b").glob("*.zhongshu"))
    assert run("verify", path).exit_code == 1
    assert good in run("--verify", path).output


def test_the_command_says_what_it_did(busy: Town, home: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(backup, [str(tmp_path / "b"), "--quiet"])
    assert result.exit_code == 0, result.output
    assert "1 个文件（新抄 1 个）" in result.output
    path = next((tmp_path / "b").glob("*.zhongshu"))
    shown = run("verify", path)
    assert shown.exit_code == 0, shown.output
    assert "这份备份恢复得出来" in shown.output


def test_an_interrupted_backup_leaves_no_file(
    busy: Town, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(making, "_copy_all", cut)
    with pytest.raises(KeyboardInterrupt):
        making.make(tmp_path / "b", quiet)
    assert list((tmp_path / "b").iterdir()) == []


def damage(path: Path) -> Iterator[tuple[str, bytes]]:
    whole = gzip.decompress(path.read_bytes())
    lines = whole.splitlines(keepends=True)
    row = next(n for n, line in enumerate(lines) if b"matter.open" in line)
    yield "changed", whole.replace(b"matter.open", b"matter.opem", 1)
    yield "row gone", b"".join(lines[:row] + lines[row + 1 :])
    yield "row twice", b"".join(lines[: row + 1] + lines[row:])
    yield "cut", b"".join(lines[:-1])
    yield "cut in a line", whole[:-9]
    yield "cut in a table", b"".join(lines[:row])
    yield "more after the end", whole + lines[-1]
    yield "not a backup", b'{"zhongshu":"other","format":1}\n{}\n'
    yield "nothing", b""
    yield "no text", b"\xff\n"
    file_ = next(n for n, line in enumerate(lines) if line.startswith(b'{"file"'))
    yield "file gone", b"".join(lines[:file_] + lines[file_ + 1 :])
    yield "contents changed", whole.replace(b'"format": 1', b'"format": 1 ', 1)


def test_every_kind_of_damage_is_found(busy: Town, home: Path, tmp_path: Path) -> None:
    path = made(tmp_path / "b")
    reading.examine(path)
    for kind, whole in damage(path):
        bad = tmp_path / "b" / "bad.zhongshu"
        bad.write_bytes(gzip.compress(whole))
        with pytest.raises(Damaged):
            print(kind, reading.examine(bad))
        assert run("verify", bad).exit_code == 1


def test_every_flipped_bit_of_the_file_is_found_or_does_not_matter(
    busy: Town, home: Path, tmp_path: Path
) -> None:
    path = made(tmp_path / "b")
    whole, before = path.read_bytes(), reading.examine(path)
    for place in range(0, len(whole), max(1, len(whole) // 60)):
        bad = tmp_path / "b" / "bad.zhongshu"
        bad.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        try:
            assert reading.examine(bad) == before
        except Damaged:
            continue


def test_rows_that_a_lying_database_keeps_otherwise_are_noticed(
    busy: Town, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made(tmp_path / "b")
    monkeypatch.setattr(rows, "_insert", lambda *_: None)
    with pytest.raises(Damaged, match="恢复后与备份不同"):
        restoring.prove(path, quiet)


def test_a_journal_that_lies_is_not_restored(busy: Town, home: Path, tmp_path: Path) -> None:
    journal.seal()
    entry = Entry.objects.get(verb="matter.open")
    Entry.objects.filter(pk=entry.pk).update(
        spelt=bytes(entry.spelt).replace(b"request", b"expense")
    )
    path = made(tmp_path / "b")
    with pytest.raises(Damaged, match="不可信"):
        restoring.prove(path, quiet)


def test_a_backup_of_a_newer_version_is_refused(
    busy: Town, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "_migrations", lambda _: [["matters", "9999_later"]])
    path = made(tmp_path / "b")
    with pytest.raises(Damaged, match="更新的版本"):
        restoring.prove(path, quiet)


def test_a_restored_house_waits_for_two_administrators(
    busy: Town, home: Path, tmp_path: Path, settings: Settings, time: Stopped
) -> None:
    path = made(tmp_path / "b")
    result = run("into", tmp_path / "new", path)
    assert result.exit_code == 0, result.output
    assert "两名管理员" in result.output
    new = tmp_path / "new"
    assert making.path_of(new / "files", Blob.objects.get().digest).exists()
    assert new.stat().st_mode & 0o777 == 0o700
    assert restored.waiting(new)
    settings.HOME = new
    assert "restored" in [one.code for one in safety.check()]


def test_nothing_that_holds_something_is_written_over(
    busy: Town, home: Path, tmp_path: Path
) -> None:
    path = made(tmp_path / "b")
    before = sorted(home.rglob("*"))
    result = run("into", home, path)
    assert result.exit_code == 1
    assert "不覆盖" in result.output
    assert sorted(home.rglob("*")) == before
    (tmp_path / "empty").mkdir()
    assert run("into", tmp_path / "empty", path).exit_code == 0


def test_a_restore_that_fails_leaves_no_folder(
    busy: Town, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made(tmp_path / "b")
    monkeypatch.setattr(rows, "_insert", lambda *_: None)
    assert run("into", tmp_path / "new", path).exit_code == 1
    assert sorted(one.name for one in tmp_path.iterdir()) == ["b", "heads", "home"]


def administrators() -> None:
    for office in ("system", "security", "audit"):
        account = Account(username=office, office=office, name=office, is_active=True)
        account.set_password("Rain-on-9-roofs")
        account.save()


def test_an_older_state_is_told_from_head_to_head_with_its_numbers(
    busy: Town, home: Path, tmp_path: Path
) -> None:
    path = made(tmp_path / "b")
    here = Entry.objects.count()
    opened(busy)
    opened(busy)
    outside.publish()
    there = Entry.objects.count()
    result = run("verify", path)
    assert result.exit_code == 0
    assert f"恢复到第 {here} 条" in result.output
    assert f"缺第 {here} 至 {there - 1} 条" in result.output
    assert "编号 request/2026：2 至 3 已经用过" in result.output


def test_two_administrators_confirm_and_no_used_number_is_given_again(
    busy: Town, home: Path, tmp_path: Path, time: Stopped
) -> None:
    administrators()
    kept = outside.publish()
    assert kept is not None
    later = kept.head._replace(size=kept.head.size + 7, root="0" * 64)
    outside._append(
        tmp_path / "heads",
        kept.head.journal,
        outside._line(outside.Kept(later, time.at.isoformat(), {"request/2026": 5})),
    )
    restored.mark(home)
    password = "Rain-on-9-roofs\n"
    assert run("confirm", typed="system\nwrong\n").exit_code == 1
    assert run("confirm", typed=f"王小满\n{password}").exit_code == 1
    first = run("confirm", typed=f"system\n{password}")
    assert "还要另一名管理员确认" in first.output
    again = run("confirm", typed=f"system\n{password}")
    assert again.exit_code == 1
    assert "要由另一名" in again.output
    assert restored.waiting(home)
    second = run("confirm", typed=f"audit\n{password}")
    assert "可以运行" in second.output, second.output
    assert not restored.waiting(home)
    assert Journal.objects.count() == 2
    assert Entry.objects.filter(verb="restore.confirm").count() == 2
    assert Entry.objects.filter(verb="numbers.skip").count() == 1
    assert opened(busy).number == "签报〔2026〕6号"
    assert {one.code for one in safety.check() if one.level == "error"} <= {"unsafe_setting"}
    assert "没有待确认" in run("confirm").output


def test_a_house_without_heads_outside_cannot_know(
    busy: Town, home: Path, tmp_path: Path, settings: Settings
) -> None:
    settings.HEADS = ""
    path = made(tmp_path / "b")
    assert "没有外存头码可比" in run("verify", path).output


def test_a_backup_of_another_history_is_told(busy: Town, home: Path, tmp_path: Path) -> None:
    path = made(tmp_path / "b")
    for heads in (tmp_path / "heads").glob("*.jsonl"):
        text = heads.read_text()
        said = json.loads(text.splitlines()[0])
        heads.write_text(text.replace(said["head"]["root"], "0" * 64))
    assert "不是同一本日志" in run("verify", path).output


def test_help_without_a_word() -> None:
    assert "confirm" in run().output


@pytest.mark.skipif(connections["default"].vendor != "postgresql", reason="PostgreSQL")
def test_from_postgres_into_an_empty_postgres(busy: Town, home: Path, tmp_path: Path) -> None:
    path = made(tmp_path / "b")
    told = connections["default"].settings_dict
    address = f"postgresql://{told['USER']}@{told['HOST']}:{told['PORT']}/restored_here"
    with connections["default"].cursor() as cursor:
        cursor.execute("DROP DATABASE IF EXISTS restored_here")
        cursor.execute("CREATE DATABASE restored_here")
    result = run("into", tmp_path / "new", path, "--database", address)
    assert result.exit_code == 0, result.output
    again = run("into", tmp_path / "newer", path, "--database", address)
    assert again.exit_code == 1
    assert "不覆盖" in again.output
    with connections["default"].cursor() as cursor:
        cursor.execute("DROP DATABASE restored_here")


def test_new_rows_after_a_restore_get_new_keys(busy: Town, home: Path, tmp_path: Path) -> None:
    path = made(tmp_path / "b")
    told = restoring.database("", tmp_path)
    restoring.prove(path, quiet)
    restoring.restore(path, tmp_path / "new", "", quiet)
    told["NAME"] = tmp_path / "new" / "zhongshu.sqlite3"
    with making.borrowed("look", restoring._defaults() | told):
        kept = Matter.objects.using("look").get()
        assert kept.number == "签报〔2026〕1号"
        fresh = Series.objects.using("look").create(code="x", year=2026)
        assert fresh.pk > Series.objects.using("look").get(code="request").pk
