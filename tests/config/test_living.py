"""`zhongshu journal` on the living journal, and `doctor`, as they are typed."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pytest_django import Settings

from tests.office.matters.test_act import opened, submit
from tests.office.town import Stopped, Town
from zhongshu.config import doctor, sql
from zhongshu.config.cli import main
from zhongshu.office.journal.models import Entry
from zhongshu.office.matters.models import Matter


def run(*words: str, typed: bytes = b"") -> Result:
    return CliRunner().invoke(main, list(words), input=typed)


def test_the_head_says_how_far_it_is_sealed(town: Town) -> None:
    opened(town)
    assert "未封存 4 条" in run("journal", "head").output
    run("journal", "export")
    shown = run("journal", "head").output
    assert shown.startswith("4:")
    assert "未封存 0 条" in shown


def test_what_is_exported_is_verified_by_the_same_command(town: Town, tmp_path: Path) -> None:
    submit(town, opened(town))
    out = tmp_path / "export"
    assert run("journal", "export", "--out", str(out)).exit_code == 0
    verified = run("journal", "verify", str(out))
    assert verified.exit_code == 0, verified.output
    assert "5 条" in verified.output


def test_heads_and_page_of_the_living_journal_need_no_file(town: Town) -> None:
    opened(town)
    shown = run("journal", "heads").output.strip().splitlines()
    assert run("journal", "head").output.startswith(shown[-1])
    assert "<td>中枢</td>" in run("journal", "page").output


@pytest.mark.parametrize("by", ["place", "key"])
def test_a_receipt_of_one_entry(town: Town, tmp_path: Path, by: str) -> None:
    opened(town)
    entry = Entry.objects.get(verb="matter.open")
    named = "3" if by == "place" else entry.key
    out = tmp_path / "receipt"
    assert run("journal", "receipt", named, "--out", str(out)).exit_code == 0
    assert entry.key in run("journal", "receipt-check", str(out)).output


def test_no_such_entry_and_no_such_journal(town: Town) -> None:
    assert "没有这一条" in run("journal", "receipt", "99").output
    assert run("journal", "export", "--journal", "0" * 32).exit_code == 1


def test_a_house_without_journal_says_so(db: None) -> None:
    assert run("journal", "page").exit_code != 0


def test_the_page_of_the_living_journal(town: Town) -> None:
    opened(town)
    assert "<html" in run("journal", "page", "--office", "云泽市水务局").output


def test_the_recount_says_where(town: Town) -> None:
    matter = opened(town)
    agreed = run("journal", "check")
    assert agreed.exit_code == 0, agreed.output
    Matter.objects.filter(pk=matter.pk).update(state="closed", step="x")
    shown = run("journal", "check", "--limit", "1")
    assert shown.exit_code == 1
    assert f"matters_matter:{matter.pk}" in shown.output
    assert "不符 2 处" in shown.output
    assert run("journal", "check", "--matter", matter.number).exit_code == 1


# doctor


def codes() -> dict[str, str]:
    return {one.code: one.level for one in doctor.examine()}


def test_doctor_explains_in_both_languages(home: Path, town: Town) -> None:
    shown = run("doctor")
    assert shown.exit_code == 0
    assert "从未备份" in shown.output
    assert "never backed up" in run("doctor", "--lang", "en").output
    assert {"no_backup"} <= {row["code"] for row in json.loads(run("doctor", "--json").output)}


def test_a_duty_channel_without_its_library_is_told(
    home: Path, town: Town, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert codes()["no_duty"] == "good"
    settings.NOTICES_APPRISE = "json://127.0.0.1/"
    monkeypatch.setattr(doctor.duty, "find_spec", lambda _name: None)
    assert codes()["duty_speechless"] == "warning"
    assert "requirements/apprise.txt" in run("doctor").output
    monkeypatch.setattr(doctor.duty, "find_spec", lambda _name: doctor)
    assert codes()["duty"] == "good"


def test_mail_without_an_address_is_told(home: Path, town: Town, settings: Settings) -> None:
    settings.EMAIL_HOST, settings.NOTICES_ADDRESS = "mail.example", ""
    assert codes()["no_address"] == "warning"
    settings.NOTICES_ADDRESS = "https://office.example"
    assert "no_address" not in codes()


def test_an_old_backup_is_told(home: Path, town: Town, time: Stopped) -> None:
    told = home / "run" / "backup.json"
    told.write_text(json.dumps({"at": time.at.isoformat()}))
    assert codes()["backup"] == "good"
    time.at += timedelta(days=3)
    assert codes()["backup_old"] == "warning"


def test_a_network_disk_is_no_place_for_sqlite(
    home: Path, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "file_system", lambda *_: "nfs4")
    monkeypatch.setattr(sql, "is_sqlite", lambda: True)
    monkeypatch.setattr(sql, "has_full_text", lambda: False)
    assert codes()["network_disk"] == "error"
    assert codes()["sqlite_no_fts"] == "error"


def test_the_file_system_is_the_innermost_that_holds_the_folder(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text("a / ext4 rw\nb /srv nfs4 rw\nc /srv/data xfs rw\nd /srvx tmpfs rw\n")
    assert doctor.file_system(Path("/srv/data/home"), mounts) == "xfs"
    assert doctor.file_system(Path("/srv/other"), mounts) == "nfs4"
    assert doctor.file_system(Path("/srvy"), mounts) == "ext4"
    assert doctor.file_system(Path("/srv"), tmp_path / "none") == ""


def test_fonts_by_role(home: Path, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor.shutil, "which", lambda name: None)
    found = codes()
    assert found["no_fc_list"] == found["no_ocr"] == "warning"
    lister = home / "fc-list"
    lister.write_text("#!/bin/sh\necho 'FangSong,仿宋'\necho SimHei\n")
    lister.chmod(0o700)
    monkeypatch.setattr(doctor.shutil, "which", lambda name: str(lister))
    fonts = [one for one in doctor.examine() if one.code in {"font", "no_font"}]
    assert [one.level for one in fonts] == ["good", "warning", "good", "warning", "warning"]
