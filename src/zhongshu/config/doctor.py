"""What this machine has and lacks for the house, in words. 体检."""

from __future__ import annotations

import json
import platform
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import DatabaseError, connection

from zhongshu.office import clock
from zhongshu.office.notices.ways import duty

from . import outside, sql
from .findings import Finding, error, good, warning

OLDEST_POSTGRES = 130_000
NETWORK_DISKS = {"nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "ceph", "glusterfs"}
BACKUP_DAYS = 2


class Role(NamedTuple):
    """What a font is for, and which ones will do, the best first."""

    name: str
    wanted: tuple[str, ...]


# Layout of official papers: GB/T 9704-2012 asks for 小标宋 in titles, 仿宋 in text, 黑体 and 楷体
# in headings.
ROLES = (
    Role("正文仿宋 body", ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "STFangsong")),
    Role("标题小标宋 title", ("FZXiaoBiaoSong-B05S", "方正小标宋简体", "方正小标宋_GBK")),
    Role(
        "黑体 heading",
        ("SimHei", "黑体", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Zen Hei"),
    ),
    Role("楷体 subheading", ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "AR PL UKai CN")),
    Role(
        "宋体 tables",
        ("SimSun", "宋体", "Noto Serif CJK SC", "Source Han Serif SC", "AR PL UMing CN"),
    ),
)


def examine() -> list[Finding]:
    """Look at everything that helps the house or keeps it from its best."""
    return [
        *_python(),
        *_database(),
        *_disk(settings.HOME),
        *_fonts(),
        *_extras(),
        *_mail(),
        *_duty(),
        *_heads(),
        *_backup(settings.HOME),
    ]


def _python() -> Iterator[Finding]:
    version = platform.python_version()
    yield (good if sys.version_info >= (3, 11) else error)(
        "python" if sys.version_info >= (3, 11) else "python_old", version=version
    )


def _database() -> Iterator[Finding]:
    try:
        with connection.cursor():
            pass
        yield from _sqlite() if sql.is_sqlite() else _postgres()
    except DatabaseError as why:
        yield error("no_database", why=str(why).strip().splitlines()[0])


def _sqlite() -> Iterator[Finding]:
    full = sql.has_full_text()
    version = sqlite3.sqlite_version
    yield good("sqlite", version=version) if full else error("sqlite_no_fts", version=version)


def _postgres() -> Iterator[Finding]:
    number = sql.server_version()
    version = f"{number // 10_000}.{number % 10_000}"
    yield (good if number >= OLDEST_POSTGRES else error)(
        "postgres" if number >= OLDEST_POSTGRES else "postgres_old", version=version
    )


def _disk(home: Path) -> Iterator[Finding]:
    kind = file_system(home, Path("/proc/mounts"))
    if kind in NETWORK_DISKS and sql.is_sqlite():
        yield error("network_disk", kind=kind)


def file_system(folder: Path, mounts: Path) -> str:
    """The kind of file system a folder lies on; empty where the machine does not tell."""
    if not mounts.exists():
        return ""
    best, kind = "", ""
    for line in mounts.read_text("utf-8", "replace").splitlines():
        point, found = line.split()[1:3]
        inside = folder == Path(point) or Path(point) in folder.parents
        if inside and len(point) >= len(best):
            best, kind = point, found
    return kind


def _fonts() -> Iterator[Finding]:
    lister = shutil.which("fc-list")
    if lister is None:
        yield warning("no_fc_list")
        return
    told = subprocess.run(  # noqa: S603 - a fixed program with fixed arguments
        [lister, ":", "family"], capture_output=True, check=False, timeout=60
    )
    families = {
        name.strip()
        for line in told.stdout.decode("utf-8", "replace").splitlines()
        for name in line.split(",")
    }
    for role in ROLES:
        found = next((name for name in role.wanted if name in families), "")
        if found:
            yield good("font", role=role.name, name=found)
        else:
            yield warning("no_font", role=role.name, wanted="、".join(role.wanted[:3]))


def _extras() -> Iterator[Finding]:
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    yield good("chromium", path=browser) if browser else good("no_chromium")
    reader = next((n for n in ("rapidocr", "rapidocr_onnxruntime") if find_spec(n)), "")
    reader = reader or shutil.which("tesseract") or ""
    yield good("ocr", name=reader) if reader else warning("no_ocr")


def _mail() -> Iterator[Finding]:
    host = settings.EMAIL_HOST
    yield warning("no_mail") if host in {"", "localhost"} else good("mail", host=host)
    if host and not settings.NOTICES_ADDRESS:
        yield warning("no_address")


def _duty() -> Iterator[Finding]:
    """The duty channel: set and speechless is worse than not set."""
    if not settings.NOTICES_APPRISE:
        yield good("no_duty")
    elif duty.installed():
        yield good("duty")
    else:
        yield warning("duty_speechless")


def _heads() -> Iterator[Finding]:
    where = outside.place()
    yield warning("heads_unset") if where is None else good("heads", path=where)


def _backup(home: Path) -> Iterator[Finding]:
    told = home / "run" / "backup.json"
    if not told.exists():
        yield warning("no_backup")
        return
    at = datetime.fromisoformat(json.loads(told.read_text("utf-8"))["at"])
    days = (clock.now() - at).days
    if days > BACKUP_DAYS:
        yield warning("backup_old", days=days)
    else:
        yield good("backup", when=f"{clock.local(at):%F %T}", days=days)
