"""Reading a backup: every line is summed again before anything is believed. 读备份."""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from zhongshu.kernel.journal.verify import Head, Lie, check_head

from .making import FORMAT
from .rows import Sum, total

LONGEST = 64_000_000  # characters of a line: more than any paper, less than the memory


class Damaged(Exception):
    """The backup is not what it was when it was made; says where."""


@dataclass
class Contents:
    """What a backup says of itself, after it was read to its end and agreed with that."""

    at: str
    version: str
    migrations: list[tuple[str, str]]
    journals: list[Head]
    tables: dict[str, Sum] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """All rows of all tables."""
        return sum(total.rows for total in self.tables.values())


def examine(path: Path) -> Contents:
    """Read it whole; `Damaged` if a line, a count or a digest is not what it was."""
    found: Contents | None = None
    for kind, said in parts(path):
        if kind == "contents":
            found = said
        elif kind == "table" and found is not None:
            name, _, lines = said
            found.tables[name] = total(lines)
        elif kind == "file" and found is not None:
            found.files[said[0]] = said[1]
    if found is None:
        raise Damaged("没有内容")
    return found


def parts(path: Path) -> Iterator[tuple[str, Any]]:
    """Its parts in order: ("contents", Contents), ("table", (name, columns, lines)) for each
    table, whose lines must be used up before the next part, ("file", (digest, size))."""
    yield from _told(_Reader(path).parts())


def _told(items: Iterator[Any]) -> Iterator[Any]:
    """The same items; whatever goes wrong in reading one is damage of the backup."""
    try:
        yield from items
    except EOFError as why:
        raise Damaged("文件没有结尾：没有抄完，或被截断") from why
    except (OSError, zlib.error, ValueError, KeyError, TypeError, Lie) as why:
        raise Damaged(f"{type(why).__name__}: {why}") from why


class _Reader:
    def __init__(self, path: Path) -> None:
        self.path, self.digest, self.line = path, hashlib.sha256(), 0

    def parts(self) -> Iterator[tuple[str, Any]]:
        """The parts in order, each summed as it passes."""
        with gzip.open(self.path, "rb") as file:
            lines = self._lines(file)
            first, second = json.loads(next(lines, "{}")), json.loads(next(lines, "{}"))
            yield "contents", _contents(first, second)
            rows = files = 0
            for text in lines:
                said = json.loads(text)
                if "table" in said:
                    taken: list[int] = []
                    yield (
                        "table",
                        (said["table"], said["columns"], _told(self._table(lines, said, taken))),
                    )
                    if not taken:
                        raise Damaged(f"表 {said['table']} 没有读完")
                    rows += taken[0]
                elif "file" in said:
                    files += 1
                    yield "file", (said["file"], said["size"])
                else:
                    self._end(said, rows, files)
                    if next(lines, None) is not None:
                        raise Damaged("结尾之后还有内容")
                    return
            raise Damaged("没有结尾：备份没有做完，或被截断")

    def _lines(self, file: gzip.GzipFile) -> Iterator[str]:
        while raw := file.readline(LONGEST):
            self.line += 1
            if not raw.endswith(b"\n"):
                raise Damaged(f"第 {self.line} 行不完整")
            if not raw.startswith(b'{"end"'):
                self.digest.update(raw)
            yield raw.decode()[:-1]

    def _table(self, lines: Iterator[str], said: dict[str, Any], taken: list[int]) -> Iterator[str]:
        digest = hashlib.sha256()
        for count, line in enumerate(lines):
            if line.startswith("{"):
                end = json.loads(line)
                now = (said["table"], count, digest.hexdigest())
                if (end["end_of"], end["rows"], end["sha256"]) != now:
                    raise Damaged(f"表 {said['table']} 的行数或摘要不符")
                taken.append(count)
                return
            digest.update(line.encode() + b"\n")
            yield line

    def _end(self, said: dict[str, Any], rows: int, files: int) -> None:
        if (said["end"], said["rows"], said["files"]) != (self.digest.hexdigest(), rows, files):
            raise Damaged("总摘要、总行数或文件数不符")


def _contents(first: dict[str, Any], second: dict[str, Any]) -> Contents:
    if first["zhongshu"] != "backup" or first["format"] != FORMAT:
        raise Damaged("不是中枢的备份，或格式不认识")
    return Contents(
        first["at"],
        first["version"],
        [(app, name) for app, name in second["migrations"]],
        [check_head(head) for head in second["journals"]],
    )
