"""`zhongshu people import` as it is typed: every fault told, nothing made until it is released."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.office.town import Town
from zhongshu.config.cli import main
from zhongshu.office.actor import Actor
from zhongshu.office.journal.models import Entry
from zhongshu.office.people import actions
from zhongshu.office.people.models import Account, Import, Person
from zhongshu.office.people.views.importing import TEMPLATE, _as_csv, _as_xlsx


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["people", "import", *words])


def table(folder: Path, name: str, body: bytes) -> str:
    path = folder / name
    path.write_bytes(body)
    return str(path)


def renamed(body: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The example of the house, with codes and numbers that the town does not have."""
    head, *rows = body
    return [head, *[("newoffice", *row[1:4], f"new_{row[4]}", *row[5:]) for row in rows]]


@pytest.mark.parametrize("make", [_as_csv, _as_xlsx])
def test_a_sound_table_waits_for_the_security_administrator(
    town: Town, tmp_path: Path, make: object
) -> None:
    body = make(renamed(TEMPLATE))  # type: ignore[operator]
    told = run(table(tmp_path, "机构.xlsx" if body.startswith(b"PK") else "机构.csv", body))
    assert told.exit_code == 0, told.output
    row = Import.objects.get()
    assert row.key in told.output
    assert not Person.objects.filter(number="A001").exists()
    assert Entry.objects.latest("pk").person == "system:import"
    account = Account.objects.create(username="sec", office="security", is_active=True)
    actions.release_import(proposed=row, by=Actor(f"account:{account.pk}", "security"))
    assert Person.objects.filter(number="A001").exists()


def test_only_looking_proposes_nothing(town: Town, tmp_path: Path) -> None:
    told = run(table(tmp_path, "机构.csv", _as_csv(renamed(TEMPLATE))), "--check")
    assert told.exit_code == 0, told.output
    assert "人员 2" in told.output
    assert not Import.objects.exists()


def test_every_fault_is_told_with_its_row(town: Town, tmp_path: Path) -> None:
    rows = renamed(TEMPLATE)
    broken = [rows[0], rows[1], (*rows[2][:7], rows[1][7], *rows[2][8:])]
    told = run(table(tmp_path, "机构.csv", _as_csv(broken)))
    assert told.exit_code == 1
    assert "第 3 行" in told.output
    assert not Import.objects.exists()


@pytest.mark.parametrize("body", [b"", b"\xff\xff\xff", b"PK\x03\x04broken"])
def test_what_is_no_table_is_told_and_is_no_error(town: Town, tmp_path: Path, body: bytes) -> None:
    told = run(table(tmp_path, "x.csv", body))
    assert told.exit_code == 1
    assert "Traceback" not in told.output
    assert not Import.objects.exists()
