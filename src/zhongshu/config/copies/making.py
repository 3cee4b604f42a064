"""Making a backup of a living house: one moment, whole, found again or not there at all. 备份.

    TARGET/files/ab/cd/abcd…                        bytes by digest, shared by all backups in it
    TARGET/20261124-200433-000000008123.zhongshu    the tables of one moment, compressed lines

The tables are read in one snapshot, so that pages go on being served and written meanwhile. The
file gets its name when it is complete and on the disk; an interrupted backup leaves no file, and
the next one finds the bytes that were copied already.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from django.conf import settings
from django.db import connections, transaction
from django.db.migrations.recorder import MigrationRecorder

from zhongshu.config import home, outside, sql
from zhongshu.kernel.journal.export import spelt
from zhongshu.office import clock
from zhongshu.office.files.models import Blob
from zhongshu.office.journal.models import Journal
from zhongshu.office.journal.queries import front_of

from . import rows

SNAPSHOT = "snapshot"
SUFFIX = ".zhongshu"
FORMAT = 1
Say = Callable[[str], None]


class Made(NamedTuple):
    """A finished backup."""

    path: Path
    rows: int
    files: int
    copied: int
    missing: tuple[str, ...]  # digests of files that were not there or not sound
    size: int  # entries of the journal


def make(target: Path, say: Say) -> Made:
    """Back up into a folder."""
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    kept = outside.publish()  # sealed and published first: a restore can be told from older ones
    at = clock.now()
    with snapshot() as using:
        size = kept.head.size if kept else 0
        path = target / f"{clock.local(at):%Y%m%d-%H%M%S}-{size:012}{SUFFIX}"
        beside = target / f".{path.name}.{os.getpid()}"
        try:
            count, blobs = _write(beside, using, at.isoformat(), say)
            copied, missing = _copy_all(blobs, target / "files", say)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    home.sync_folder(target)
    told = {"at": at.isoformat(), "where": str(path), "size": size}
    home.write_whole(settings.HOME / "run" / "backup.json", json.dumps(told))
    return Made(path, count, len(blobs), copied, tuple(missing), size)


@contextmanager
def snapshot() -> Iterator[str]:
    """A connection of its own that sees one moment and keeps nobody from writing."""
    told: dict[str, Any] = dict(connections["default"].settings_dict)
    options = dict(told["OPTIONS"])
    if sql.is_sqlite():
        options["transaction_mode"] = "DEFERRED"
    else:
        options["isolation_level"] = 3  # REPEATABLE READ, as psycopg counts them
    with borrowed(SNAPSHOT, told | {"OPTIONS": options}), transaction.atomic(using=SNAPSHOT):
        yield SNAPSHOT


@contextmanager
def borrowed(name: str, told: dict[str, Any]) -> Iterator[None]:
    """Another database under this name, until the block ends."""
    connections.databases[name] = told
    try:
        yield
    finally:
        connections[name].close()
        delattr(connections._connections, name)  # type: ignore[attr-defined]
        del connections.databases[name]


class Out:
    """The lines of a backup: compressed, and summed as they go."""

    def __init__(self, file: BinaryIO) -> None:
        self.digest = hashlib.sha256()
        self.file = gzip.GzipFile(fileobj=file, mode="wb", compresslevel=6, filename="", mtime=0)

    def line(self, text: str) -> None:
        """One line."""
        spelt_ = text.encode() + b"\n"
        self.digest.update(spelt_)
        self.file.write(spelt_)

    def said(self, **about: object) -> None:
        """One line that is an object."""
        self.line(json.dumps(about, ensure_ascii=False, sort_keys=True))


def _write(path: Path, using: str, at: str, say: Say) -> tuple[int, list[tuple[str, int]]]:
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(file, "wb") as raw:
        out = Out(raw)
        out.said(zhongshu="backup", format=FORMAT, version=version("zhongshu"), at=at)
        out.said(migrations=_migrations(using), journals=_journals(using))
        count = sum(_table(out, model, using, say) for model in rows.tables())
        blobs = list(Blob.objects.using(using).order_by("digest").values_list("digest", "size"))
        for digest, size in blobs:
            out.said(file=digest, size=size)
        whole = out.digest.hexdigest()
        out.said(end=whole, rows=count, files=len(blobs))
        out.file.close()
        raw.flush()
        os.fsync(raw.fileno())
    return count, blobs


def _table(out: Out, model: Any, using: str, say: Say) -> int:
    name = model._meta.db_table
    out.said(table=name, columns=[field.attname for field in rows.columns(model)])

    def _written() -> Iterator[str]:
        for line in rows.read(model, using):
            out.line(line)
            yield line

    total = rows.total(_written())
    out.said(end_of=name, rows=total.rows, sha256=total.digest)
    if total.rows:
        say(f"  {name} {total.rows} 行")
    return total.rows


def _migrations(using: str) -> list[list[str]]:
    applied = MigrationRecorder(connections[using]).applied_migrations()
    return sorted([app, name] for app, name in applied)


def _journals(using: str) -> list[dict[str, str]]:
    heads = [front_of(one).head for one in Journal.objects.using(using).order_by("pk")]
    return [spelt(head) for head in heads if head is not None]


def path_of(folder: Path, digest: str) -> Path:
    """Where the bytes of a digest lie in a folder."""
    return folder / digest[:2] / digest[2:4] / digest


def digest_of(path: Path) -> str:
    """The digest of the bytes that lie there."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _copy_all(blobs: list[tuple[str, int]], folder: Path, say: Say) -> tuple[int, list[str]]:
    """Copy what is not there yet; how many, and which are missing or not what they should be."""
    copied, missing = 0, []
    for digest, size in blobs:
        there = path_of(folder, digest)
        if there.exists() and there.stat().st_size == size:
            continue
        here = path_of(settings.FILES_ROOT, digest)
        if not here.exists() or not copy(here, there, digest):
            missing.append(digest)
            say(f"  文件缺失或损坏：{digest[:12]}")
            continue
        copied += 1
    return copied, missing


def copy(here: Path, there: Path, digest: str) -> bool:
    """Copy bytes whole or not at all; False if they are not what their name says."""
    there.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = there.with_name(f".{there.name}.{os.getpid()}")
    try:
        shutil.copyfile(here, beside)
        if digest_of(beside) != digest:
            return False
        with beside.open("rb") as file:
            os.fsync(file.fileno())
        beside.replace(there)
    finally:
        beside.unlink(missing_ok=True)
    return True


__all__ = ["Made", "borrowed", "copy", "digest_of", "make", "path_of", "snapshot"]
