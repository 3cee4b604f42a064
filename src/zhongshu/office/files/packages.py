"""Packages: zip files that are OFD, DOCX or XLSX, opened only after everything was counted.

The list of entries is looked at before `zipfile` builds it, because two hundred thousand entries
cost more memory than the jail has. What is unpacked is counted as it comes, never believed.
Names are told as other programs meant them: a backslash is a slash, and what is not marked as
UTF-8 may be GB18030.
"""

from __future__ import annotations

import posixpath
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO

from zhongshu.office.refusal import refuse

from . import limits

END = struct.Struct("<4s4H2LH")
COMMENT = 32  # bytes behind the end record, of which nothing but a word can be made
HARMLESS = re.compile(rb"[A-Za-z0-9 ._-]*")
LOCAL = 30  # bytes of a local header, without name and extras
CHUNK = 1 << 16
BAD_NAME = re.compile(r"[\x00-\x1f\x7f:*?\"<>|]")
UTF_8 = 0x800  # the flag of an entry whose name is UTF-8


class Package:
    """A package whose walls stand: names, sizes and places of all entries have been checked."""

    def __init__(self, source: BinaryIO) -> None:
        _check_end(source)
        try:
            self._zip = zipfile.ZipFile(source)
        except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error):
            raise refuse("damaged") from None
        self._entries = {_meant(entry): entry for entry in _checked(self._zip)}
        self._left = limits.UNPACKED

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def names(self) -> tuple[str, ...]:
        """The names of all entries."""
        return tuple(self._entries)

    def chunks(self, name: str, most: int = limits.PART) -> Iterator[bytes]:
        """The content of an entry, counted as it is unpacked."""
        if name not in self._entries:
            raise refuse("damaged")
        try:
            with self._zip.open(self._entries[name]) as part:
                while chunk := part.read(CHUNK):
                    most -= len(chunk)
                    self._left -= len(chunk)
                    if most < 0 or self._left < 0:
                        raise refuse("too_big_unpacked")
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError):
            raise refuse("damaged") from None

    def unpack_all(self) -> None:
        """Unpack everything once and throw it away: proves sizes and check sums."""
        for name in self._entries:
            for _ in self.chunks(name, limits.UNPACKED):
                pass
        self._left = limits.UNPACKED


def resolve(folder: str, target: str) -> str:
    """The name of an entry that another one points to, from its folder or from the root."""
    joined = target if target.startswith("/") else posixpath.join("/", folder, target)
    return posixpath.normpath(joined).lstrip("/")


def _check_end(source: BinaryIO) -> None:
    """The record at the very end: few entries, a short list, nothing before, between or behind but
    a word or two of the program that packed it."""
    size = source.seek(0, 2)
    source.seek(max(0, size - END.size - COMMENT))
    tail = source.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + END.size:
        source.seek(max(0, size - 0xFFFF - END.size))
        raise refuse("hidden_data" if b"PK\x05\x06" in source.read() else "damaged")
    _, disk, start, here, entries, length, offset, comment = END.unpack_from(tail, at)
    said = tail[at + END.size :]
    if entries > limits.ENTRIES or length > limits.DIRECTORY:
        raise refuse("too_many_parts")
    if disk or start or here != entries or offset + length + END.size + len(said) != size:
        raise refuse("hidden_data")
    if comment != len(said) or not HARMLESS.fullmatch(said):
        raise refuse("hidden_data")
    source.seek(0)


def _meant(entry: zipfile.ZipInfo) -> str:
    """The name of an entry as whoever packed it meant it."""
    name = entry.filename.replace("\\", "/")
    if name.isascii() or entry.flag_bits & UTF_8:
        return name
    for coding in ("utf-8", "gb18030"):
        with suppress(UnicodeError):
            return name.encode("cp437").decode(coding)
    return name


def _checked(package: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """All entries, after the checks that need no unpacking."""
    entries = package.infolist()
    if len(entries) > limits.ENTRIES:
        raise refuse("too_many_parts")
    seen: set[str] = set()
    for entry in entries:
        _check_entry(entry)
        folded = unicodedata.normalize("NFC", _meant(entry)).casefold()
        if folded in seen:
            raise refuse("bad_part_names")
        seen.add(folded)
    _check_sizes(entries)
    _check_places(entries, package.start_dir)
    return entries


def _check_entry(entry: zipfile.ZipInfo) -> None:
    """One entry: its name stays inside, it is a plain file, and no password hides it."""
    name = _meant(entry)
    parts = name.rstrip("/").split("/")
    inside = not BAD_NAME.search(name) and not {"", ".", ".."} & set(parts)
    # zipfile cuts names at a NUL; what the list says is in orig_filename
    if not inside or entry.orig_filename != entry.filename or len(name) > limits.NAME:
        raise refuse("bad_part_names")
    if len(parts) > limits.FOLDERS:
        raise refuse("too_many_parts")
    if entry.flag_bits & 0x41:
        raise refuse("encrypted")
    mode = entry.external_attr >> 16
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise refuse("bad_part_names")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise refuse("damaged")


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    """What the list claims; what it hides is counted while unpacking."""
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    if unpacked > limits.UNPACKED:
        raise refuse("too_big_unpacked")
    if unpacked > limits.RATIO_FROM and unpacked / packed > limits.RATIO:
        raise refuse("too_big_unpacked")


def _check_places(entries: list[zipfile.ZipInfo], end: int) -> None:
    """No entry lies inside another, and the first begins where the file begins."""
    reached = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < reached or (reached == 0 and entry.header_offset != 0):
            raise refuse("hidden_data")
        reached = entry.header_offset + LOCAL + entry.compress_size
    if reached > end:
        raise refuse("hidden_data")
