"""Bytes on disk, under their SHA-256 and nothing else. 按摘要存放。

    FILES_ROOT/ab/cd/abcd…     the bytes, readable by the server only
    FILES_ROOT/coming/…        what is still arriving; emptied on any failure, and by the scrub
    FILES_ROOT/cache/…         page images, which can be drawn again

No text of a person ever becomes part of a path. A file is in its place only when it is whole and
on the disk: written, synced, renamed, the folder synced.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, BinaryIO, NamedTuple

from django.conf import settings

from zhongshu.office.refusal import refuse

DIGEST = re.compile(r"[0-9a-f]{64}")
CHUNK = 1 << 20


class Arrived(NamedTuple):
    """Bytes that have arrived whole and are not kept yet."""

    file: BinaryIO
    path: Path
    digest: str
    size: int


def root() -> Path:
    """The folder of all files; made when first asked for."""
    place = Path(settings.FILES_ROOT)
    (place / "coming").mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def path_of(digest: str) -> Path:
    """Where bytes with this digest lie. `ValueError` for anything that is not a digest."""
    if not DIGEST.fullmatch(digest):
        raise ValueError("not a SHA-256 in small hexadecimal digits")
    return Path(settings.FILES_ROOT) / digest[:2] / digest[2:4] / digest


@contextmanager
def arriving(chunks: Iterable[bytes], *, most: int) -> Iterator[Arrived]:
    """Write what comes to a file of no name yet, counting; it is gone when the block ends.

    Refused as soon as more than `most` bytes have come, or the disk is nearly full.
    """
    handle, place = tempfile.mkstemp(dir=root() / "coming")
    path = Path(place)
    try:
        with os.fdopen(handle, "w+b") as file:
            os.fchmod(handle, 0o400)
            digest, size = hashlib.sha256(), 0
            try:
                for chunk in chunks:
                    size += len(chunk)
                    _check_room(size, most)
                    digest.update(chunk)
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            except OSError as error:
                raise refuse("disk_full") from error
            yield Arrived(file, path, digest.hexdigest(), size)
    finally:
        path.unlink(missing_ok=True)


def _check_room(size: int, most: int) -> None:
    """Refuse before the next bytes are written."""
    if size > most:
        raise refuse("too_large", most=most // (1024 * 1024))
    if shutil.disk_usage(settings.FILES_ROOT).free < settings.FILES_SPARE:
        raise refuse("disk_full")


def keep(arrived: Arrived) -> None:
    """Put what has arrived in its place for good; takes the place of a damaged copy."""
    path = path_of(arrived.digest)
    try:
        for folder in (path.parent.parent, path.parent):
            folder.mkdir(mode=0o700, exist_ok=True)
            _sync(folder.parent)
        arrived.path.replace(path)
        _sync(path.parent)
    except OSError as error:
        raise refuse("disk_full") from error


def _sync(folder: Path) -> None:
    """Bring the names in a folder to the disk."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def opened(digest: str) -> BinaryIO:
    """The bytes, unchecked, for the jail. A link in their place is not followed."""
    try:
        return os.fdopen(os.open(path_of(digest), os.O_RDONLY | os.O_NOFOLLOW), "rb")
    except OSError:
        raise refuse("bytes_missing") from None


def genuine(digest: str) -> BinaryIO:
    """The bytes, after they were read once and found to be those that were stored.

    A hundred megabytes take about a tenth of a second, and then lie in memory for the sending.
    """
    file = opened(digest)
    try:
        found = digest_of(file)
    except OSError:  # the disk cannot be read there
        found = ""
    if found != digest:
        file.close()
        raise refuse("bytes_damaged")
    file.seek(0)
    return file


def digest_of(file: IO[bytes]) -> str:
    """The SHA-256 of a file from its beginning."""
    return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]


def destroy(digest: str) -> None:
    """Take bytes and their page images away for good."""
    path_of(digest).unlink(missing_ok=True)
    for image in root().glob(f"cache/{digest[:2]}/{digest}-*"):
        image.unlink(missing_ok=True)


@contextmanager
def shared() -> Iterator[None]:
    """Held from keeping bytes until their row is committed, so that no sweep comes between."""
    with _locked(fcntl.LOCK_SH):
        yield


@contextmanager
def _locked(how: int) -> Iterator[None]:
    """The lock of the store, between all processes of the office."""
    with (root() / "lock").open("ab") as lock:
        fcntl.flock(lock, how)
        yield


def sweep(known: Iterable[str], *, before: float) -> int:
    """Remove bytes that no row knows, and what arrived before an instant and never finished.

    `known` is asked for only while nobody can keep anything. How many were removed.
    """
    removed = 0
    with _locked(fcntl.LOCK_EX):
        stay = frozenset(known)
        for path in root().glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*"):
            if path.name not in stay:
                path.unlink()
                removed += 1
    for path in root().glob("coming/*"):
        removed += _forget(path, before)
    return removed


def sweep_pages(*, before: float) -> int:
    """Remove page images drawn before an instant; they can be drawn again."""
    return sum(_forget(path, before) for path in root().glob("cache/*/*"))


def _forget(path: Path, before: float) -> bool:
    """Remove a file that was last written before an instant."""
    with suppress(FileNotFoundError):
        if path.stat().st_mtime < before:
            path.unlink()
            return True
    return False
