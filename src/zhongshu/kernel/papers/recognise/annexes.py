"""附件说明: the names of what is attached. GB/T 9704-2012, 7.3.4 [must].

"附件：1.名称", the next aligned under the first, no punctuation behind a name, a name that breaks
goes on under its first letter. Where the list is missing, the annexes themselves tell their names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from . import parts
from .rows import Row
from .shape import joined, plain

HEAD = re.compile(r"^附件?[\d一二三]?[:]")
ITEM = re.compile(
    r"^\(?(?P<no>\d{1,2}|[一二三四五六七八九十]{1,2})\)?(?:[、:)]|[.](?!\d)|[.](?=(?:19|20)\d\d年))"
)
NUMBERED = re.compile(r"^附件?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[:.]")
INSIDE = re.compile(r"(?<=[^\d.])(?=\d{1,2}[.、](?:[^\d]|(?:19|20)\d\d年))")
ENDING = re.compile(r"[。;;,.、]+$|\((?:另附|略|另发|附后|共\d+[页份])\)$")
TITLE_LINES = 4
ROOM = 5.0  # letters at the end of a line that still is full


def listed(rows: Sequence[Row]) -> tuple[str, ...]:
    """The names in a list of annexes; a name goes on only from a line that is full, so scraps of
    a seal do not become part of it."""
    items: list[list[str]] = []
    full = True
    if _unnumbered(rows):
        return tuple(name for row in rows[1:] if len(name := _name(row.text)) > 1)
    for row in rows:
        for piece in _pieces(row.text):
            shape = plain(piece)
            item = NUMBERED.match(shape) or ITEM.match(shape)
            if item or not items:
                items.append([piece[item.end() if item else 0 :]])
            elif full or not items[-1][0]:
                items[-1].append(piece)
        full = row.room < ROOM
    return tuple(name for name in (_name(joined(item)) for item in items) if len(name) > 1)


def _unnumbered(rows: Sequence[Row]) -> bool:
    """附件： alone, and below it paragraphs without numbers: a word processor writes those of a
    list itself, and its paragraphs are not broken."""
    if len(rows) < 2 or HEAD.sub("", rows[0].plain) or rows[0].place.box:
        return False
    return not any(NUMBERED.match(row.plain) or ITEM.match(row.plain) for row in rows[1:])


def _pieces(text: str) -> list[str]:
    """A line without the word 附件, cut where another number begins."""
    head = HEAD.match(plain(text))
    if head and not NUMBERED.match(plain(text)):
        text = text[head.end() :]
    return (
        [piece for piece in INSIDE.split(text) if piece.strip()]
        if ITEM.match(plain(text))
        else [text]
    )


def _name(text: str) -> str:
    """A name without what may stand behind it, and without marks around the whole."""
    while found := ENDING.search(plain(text)):
        text = text[: found.start()]
    if text.startswith("《") and text.endswith("》") and text.count("《") == 1:
        text = text[1:-1]
    return text.strip()


def titles(rows: Sequence[Row]) -> tuple[str, ...]:
    """The titles of the annexes themselves."""
    out = []
    for at, row in enumerate(rows):
        if not parts.ANNEX.fullmatch(row.plain):
            continue
        lines: list[str] = []
        for below in rows[at + 1 : at + 1 + TITLE_LINES]:
            if lines and (
                not below.centred or "。" in below.plain or below.size != rows[at + 1].size
            ):
                break
            lines.append(below.text)
        if lines:
            out.append(_name(joined(lines)))
    return tuple(name for name in out if 1 < len(name) < 100)
