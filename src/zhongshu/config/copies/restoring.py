"""Restoring a backup, and proving that it can be restored. 恢复.

The tables are made as they were when the backup was made, filled, read out again and compared line
by line; only then are they brought to the present version. A backup that cannot be proved is not
restored, and a house that lives is never written over.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor

from zhongshu.config import home, restored, sql
from zhongshu.config.database import FILE, database
from zhongshu.kernel.journal import verify as verifier
from zhongshu.kernel.journal.verify import Head
from zhongshu.office.journal.models import Journal
from zhongshu.office.journal.queries import export

from . import rows
from .making import borrowed, copy, digest_of, path_of
from .reading import Contents, Damaged, examine, parts

RESTORED = "restored"
Say = Callable[[str], None]


class Proof(NamedTuple):
    """What was proved of a backup, and how old it is against the heads kept outside."""

    contents: Contents
    missing: tuple[str, ...]  # files that are not beside it, or damaged
    gap: list[str]
    older: bool


def prove(path: Path, say: Say) -> Proof:
    """Restore into a database that is thrown away, and compare everything."""
    with tempfile.TemporaryDirectory(prefix="zhongshu-restore-") as folder:
        return _restore(path, _quick(database("", Path(folder))), say)


def restore(path: Path, into: Path, address: str, say: Say) -> Proof:
    """Restore into a new folder, and into an empty PostgreSQL if an address is given.

    The folder has its name only when everything in it is proved.
    """
    if into.exists() and any(into.iterdir()):
        raise FileExistsError(into)
    beside = into.with_name(f".{into.name}.{os.getpid()}")
    home.make(beside)
    try:
        restored.mark(beside)
        proof = _restore(path, _quick(database(address, beside)), say)
        if not address:
            _sync(beside / FILE)
        lost = [digest for digest in proof.contents.files if digest not in proof.missing]
        for digest in lost:
            copy(path_of(path.parent / "files", digest), path_of(beside / "files", digest), digest)
        if into.exists():
            into.rmdir()
        beside.rename(into)
        home.sync_folder(into.parent)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return proof


def _restore(path: Path, told: dict[str, Any], say: Say) -> Proof:
    contents = examine(path)
    say(f"备份完整：{contents.at}，{contents.rows} 行，{len(contents.files)} 个文件")
    missing = tuple(_missing(path.parent / "files", contents))
    with borrowed(RESTORED, _defaults() | told):
        if connections[RESTORED].introspection.table_names():
            raise FileExistsError("数据库不是空的")
        _load(path, contents, say)
        _bring_up(say)
        _sound()
        heads = list(_journals(contents))
        for head in heads:
            say(f"日志 {head.journal} 完好：{head.size} 条，头码 {verifier.head_code(head)}")
        gap = _gap(heads)
    return Proof(contents, missing, gap.lines() if gap else [], bool(gap and _is_older(gap)))


def _defaults() -> dict[str, Any]:
    """What Django fills in for a database that stands in the settings."""
    nowhere = dict.fromkeys(("NAME", "USER", "PASSWORD", "HOST", "PORT"), "")
    return dict(connections["default"].settings_dict) | nowhere


def _quick(told: dict[str, Any]) -> dict[str, Any]:
    """SQLite without waiting for the disk at each step: nobody relies on it before the end."""
    options = dict(told["OPTIONS"])
    if "init_command" in options:
        options["init_command"] = options["init_command"].replace("=FULL", "=OFF")
    return told | {"OPTIONS": options}


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _missing(folder: Path, contents: Contents) -> Iterator[str]:
    for digest in contents.files:
        there = path_of(folder, digest)
        if not there.exists() or digest_of(there) != digest:
            yield digest


def _load(path: Path, contents: Contents, say: Say) -> None:
    """Make the tables as they were, fill them, and compare what they hold now."""
    executor = MigrationExecutor(connections[RESTORED])
    known = set(executor.loader.graph.nodes)
    if unknown := sorted(set(contents.migrations) - known):
        raise Damaged(f"备份来自更新的版本 {contents.version}，此版本不认识 {unknown[0]}")
    targets = [node for node in contents.migrations if _is_last(executor, node, contents)]
    state = executor.migrate(targets)
    models = {model._meta.db_table: model for model in rows.tables(state.apps)}
    with transaction.atomic(using=RESTORED):
        for model in models.values():
            model._base_manager.using(RESTORED).all()._raw_delete(RESTORED)
        for kind, said in parts(path):
            if kind == "table":
                name, columns, lines = said
                rows.write(models[name], columns, lines, RESTORED)
        sql.run(
            connections[RESTORED].ops.sequence_reset_sql(no_style(), list(models.values())),
            RESTORED,
        )
    for name, said in contents.tables.items():
        if rows.total(rows.read(models[name], RESTORED)) != said:
            raise Damaged(f"表 {name} 恢复后与备份不同")
    say(f"{len(contents.tables)} 个表逐行相同")


def _is_last(executor: MigrationExecutor, node: tuple[str, str], contents: Contents) -> bool:
    """Whether no later migration of its app was applied."""
    graph, applied = executor.loader.graph, set(contents.migrations)
    later = graph.node_map[node].children
    return not any(child.key in applied and child.key[0] == node[0] for child in later)


def _bring_up(say: Say) -> None:
    executor = MigrationExecutor(connections[RESTORED])
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        call_command("migrate", database=RESTORED, interactive=False, verbosity=0)
        say(f"已升到现在的版本：{len(waiting)} 个迁移")
    call_command("createcachetable", database=RESTORED, verbosity=0)


def _sound() -> None:
    """The database's own checks: foreign keys everywhere, pages on SQLite."""
    connections[RESTORED].check_constraints()
    if sql.is_sqlite(RESTORED) and not sql.is_sound(RESTORED):
        raise Damaged("SQLite 自检不通过")


def _journals(contents: Contents) -> Iterator[Head]:
    """Every journal, checked by the code that outsiders run, at the head the backup names."""
    for head in contents.journals:
        found = Journal.objects.using(RESTORED).get(key=head.journal)
        try:
            verdict = verifier.check(export(journal=found), [(head.size, head.root)])
        except verifier.Lie as lie:
            raise Damaged(verifier.tell_lie(lie)) from lie
        yield verdict.heads[-1]


def _gap(heads: list[Head]) -> restored.Gap | None:
    """What the backup lacks, by the heads that are kept outside."""
    if not heads:
        return None
    return restored.gap(heads[-1], using=RESTORED)


def _is_older(gap: restored.Gap) -> bool:
    return gap.there is not None and gap.there.size > gap.here.size
