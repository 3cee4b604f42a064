"""Whether the house may run: what `zhongshu check` asks before every start. 运行前检查.

An error here means that an act could be lost, read by others, or told wrongly. Nothing is repaired
silently; every finding says what to do.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, connection

from zhongshu.office import clock
from zhongshu.office.journal import queries as journals
from zhongshu.office.journal.models import Entry
from zhongshu.office.people.models import Account

from . import beginning, outside, restored, sql
from .findings import Finding, error, is_refused, warning
from .home import SECRET

LEAST_FREE, LITTLE_FREE = 100, 1_000  # megabytes: refused below the first, told below the second
LOCAL = {"localhost", "127.0.0.1", "[::1]", "::1", "testserver"}
PRAGMAS = {"journal_mode": ("wal",), "synchronous": ("2", "3"), "foreign_keys": ("1",)}
SERVER = {
    "fsync": ("on",),
    "full_page_writes": ("on",),
    "synchronous_commit": ("on", "remote_write", "remote_apply"),
    "server_encoding": ("UTF8",),
}


def check() -> list[Finding]:
    """Everything that is not as it should be; what needs the database only if that answers."""
    found = [*_folder(settings.HOME), *_web()]
    if any(finding.code == "home_missing" for finding in found):
        return found
    try:
        with connection.cursor():
            pass
        found += _durable()
        waiting = beginning.pending()
        found += [error("not_migrated", count=waiting)] if waiting else _contents()
    except DatabaseError as why:
        found.append(error("no_database", why=str(why).strip().splitlines()[0]))
    return found


def refuses(found: list[Finding]) -> bool:
    """Whether the house may not run."""
    return is_refused(found)


def _folder(home: Path) -> Iterator[Finding]:
    if not home.is_dir():
        yield error("home_missing", path=home)
        return
    mode = home.stat().st_mode & 0o777
    if mode & 0o077:
        yield error("home_open", path=home, mode=f"{mode:o}")
    yield from _secret(home / SECRET)
    free = shutil.disk_usage(home).free // 1_000_000
    if free < LEAST_FREE:
        yield error("disk_full", path=home, free=free, want=LEAST_FREE)
    elif free < LITTLE_FREE:
        yield warning("disk_low", path=home, free=free)
    if restored.waiting(home):
        yield error("restored")


def _secret(path: Path) -> Iterator[Finding]:
    if not path.is_file():
        yield error("secret_missing")
        return
    mode, length = path.stat().st_mode & 0o777, path.stat().st_size
    if mode & 0o077:
        yield error("secret_open", mode=f"{mode:o}")
    if length < 50:
        yield error("secret_short", length=length)


def _web() -> Iterator[Finding]:
    if settings.DEBUG:
        yield error("debug")
    strangers = sorted(set(settings.ALLOWED_HOSTS) - LOCAL)
    if "*" in strangers:
        yield error("any_host")
    if strangers and not settings.HTTPS:
        yield error("plain_http", hosts=", ".join(strangers))


def _durable() -> Iterator[Finding]:
    """Whether what was acknowledged outlives a power cut."""
    actual, wanted = (
        (sql.pragmas(), PRAGMAS) if sql.is_sqlite() else (sql.server_settings(), SERVER)
    )
    for name, allowed in wanted.items():
        if actual[name] not in allowed:
            yield error("unsafe_setting", name=name, value=actual[name], want=allowed[0])


def _contents() -> Iterator[Finding]:
    try:
        journals.current()
    except journals.NoJournal:
        yield error("no_journal")
        return
    yield from _clock()
    yield from outside.compare()
    if not Account.objects.exclude(office=Account.Office.NONE).exists():
        yield warning("no_administrators")


def _clock() -> Iterator[Finding]:
    last, now = Entry.objects.order_by("-pk").values_list("at", flat=True).first(), clock.now()
    if last is not None and now < last:
        yield error(
            "clock_back", now=f"{clock.local(now):%F %T}", last=f"{clock.local(last):%F %T}"
        )


def where_database() -> str:
    """Where the database is, without its password."""
    if sql.is_sqlite():
        return str(connection.settings_dict["NAME"])
    parts = urlsplit(f"//{connection.settings_dict['HOST']}:{connection.settings_dict['PORT']}")
    return f"postgresql:{parts.netloc}/{connection.settings_dict['NAME']}"
