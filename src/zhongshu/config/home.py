"""The folder of all data: made closed to everybody else, its secret, and who runs in it. 数据目录.

Knows nothing of Django: the secret has to be there before the settings are read.
"""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SECRET = "secret.key"
FOLDERS = ("files", "static", "run")


class Busy(Exception):
    """Somebody runs here already; carries the number of the process, if it is known."""


def place() -> Path:
    """Where the environment says that the data is."""
    return Path(os.environ.get("ZHONGSHU_HOME", "zhongshu-data")).absolute()


def make(home: Path) -> list[str]:
    """Make the folder and its secret, or put right who may read them; what was done."""
    made = []
    if not home.is_dir():
        home.mkdir(parents=True, mode=0o700)
        made.append("home")
    for path in (home, *(home / name for name in FOLDERS)):
        path.mkdir(exist_ok=True, mode=0o700)
        if path.stat().st_mode & 0o077:
            path.chmod(0o700)
            made.append("closed")
    if make_secret(home / SECRET):
        made.append("secret")
    return made


def make_secret(path: Path) -> bool:
    """Write a new secret unless there is one. Two at once: the first one's stays."""
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(file, "w", encoding="ascii") as out:
        out.write(secrets.token_urlsafe(64))
        out.flush()
        os.fsync(out.fileno())
    return True


@contextmanager
def alone(home: Path, what: str) -> Iterator[None]:
    """Be the only one who does `what` in this folder; `Busy` if there is another.

    The lock is the operating system's and ends with the process, however it ends. The number in
    the file is only for people.
    """
    folder = home / "run"
    folder.mkdir(exist_ok=True, mode=0o700)
    with (folder / f"{what}.pid").open("a+", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise Busy(file.read().strip()) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
        file.truncate(0)


def write_whole(path: Path, text: str) -> None:
    """Replace a small file so that a reader, or a power cut, sees the old one or the new one."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with beside.open("w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    beside.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make names in a folder as durable as what they name."""
    file = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
