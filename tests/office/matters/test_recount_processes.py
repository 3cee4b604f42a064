"""Whatever becomes of a process, the journal tells its columns; a change by hand shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from importlib.resources import files

import pytest

from tests.office.town import Town
from zhongshu.office.actor import Actor
from zhongshu.office.journal.faults import Fault
from zhongshu.office.matters import processes
from zhongshu.office.matters.models import Process
from zhongshu.office.matters.selfcheck import selfcheck

ONE, TWO = Actor("account:1", "system"), Actor("account:2", "security")
FLOW = files("zhongshu.config").joinpath("flows", "request.toml").read_text("utf-8")


def proposed(version: int) -> Process:
    before = processes.definition(Process.objects.get(code="request", version=1).pk).version
    text = FLOW.replace(f"version = {before}", f"version = {version}", 1)
    assert text != FLOW
    return processes.propose(text=text, by=ONE)


def in_force(version: int) -> Process:
    row = proposed(version)
    return processes.release(process=row, by=TWO)


def wanted() -> Process:
    row = in_force(2)
    return processes.ask_to_retire(process=row, by=ONE)


def kept() -> Process:
    row = wanted()
    return processes.keep_in_force(process=row, by=ONE)


def retired() -> Process:
    row = wanted()
    return processes.retire(process=row, by=TWO)


def followed() -> Process:
    row = wanted()
    in_force(3)
    return row


LIVES: tuple[Callable[[], Process], ...] = (
    lambda: proposed(2),
    lambda: in_force(2),
    wanted,
    kept,
    retired,
    followed,
)


@pytest.mark.parametrize(
    "live", LIVES, ids=["proposed", "released", "wanted", "kept", "retired", "followed"]
)
def test_every_life_agrees_with_the_journal_and_every_column_is_looked_at(
    town: Town, live: Callable[[], Process]
) -> None:
    row = live()
    row.refresh_from_db()
    assert list(selfcheck()) == []
    where = f"matters_process:{row.pk}"
    for name in ("proposed", "released", "retire_asked", "retired"):
        at = getattr(row, f"{name}_at")
        for column, other in (
            (f"{name}_by", getattr(row, f"{name}_by") + "x"),
            (f"{name}_at", (at or row.proposed_at) + timedelta(hours=1)),
        ):
            assert column_fault(row, column, other) == [Fault("process_column", where, column)]
    state = next(one for one in Process.State if one not in (row.state, Process.State.RELEASED))
    assert column_fault(row, "state", state) == [Fault("process_column", where, "state")]


def column_fault(row: Process, column: str, other: object) -> list[Fault]:
    """What is found while a column says something else."""
    here = Process.objects.filter(pk=row.pk)
    before = getattr(row, column)
    here.update(**{column: other})
    found = list(selfcheck())
    here.update(**{column: before})
    return found


def test_a_text_changed_and_a_process_gone_are_found(town: Town) -> None:
    row = proposed(2)
    where = f"matters_process:{row.pk}"
    renamed = row.text.replace('name = "', 'name = "新', 1)
    assert column_fault(row, "text", renamed) == [Fault("process_text", where)]
    remark = row.text.replace("# ", "# 上限十万。", 1)
    assert column_fault(row, "text", remark) == [Fault("process_column", where, "text")]
    assert column_fault(row, "name", "别的名字") == [Fault("process_column", where, "name")]
    row.delete()
    assert list(selfcheck()) == [Fault("process_gone", "process:request", row.digest[:12])]


def test_a_process_nobody_proposed_is_found(town: Town) -> None:
    row = Process.objects.get(code="request")
    slipped = processes.propose(text=FLOW.replace("version = ", "version = 4", 1), by=ONE)
    assert list(selfcheck()) == []
    text, digest = slipped.text, slipped.digest
    slipped.delete()
    Process.objects.create(
        code="request",
        version=int(text.split("version = ", 1)[1].split("\n", 1)[0]),
        name=row.name,
        digest=digest[::-1],
        text=text,
        proposed_by="account:1",
        proposed_at=row.proposed_at,
    )
    codes = {fault.code for fault in selfcheck()}
    assert codes == {"process_text", "process_gone"}
