"""The text as sentences, each with the line it begins on. 句."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .rows import Row
from .shape import plain

END = re.compile(r"[。!?;](?:[\"”』」)]*)")
PARAGRAPH = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、](?!\d)|[①-⑳])"
)
LONGEST = 60  # lines of a paragraph, so that no sentence takes long
SHORT = 0.8  # of the width: a line that ends earlier ends a paragraph


class Sentence(NamedTuple):
    """`text` for people, `plain` for matching, `row` where it begins."""

    text: str
    plain: str
    row: Row


def sentences(rows: Sequence[Row]) -> Iterator[Sentence]:
    """Every sentence of the text, in order."""
    for paragraph in _paragraphs(rows):
        text = "".join(row.text for row in paragraph)
        yield from _cut(text, paragraph)


def _paragraphs(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Lines that run on."""
    open_: list[Row] = []
    for row in rows:
        if open_ and (len(open_) >= LONGEST or _new(open_[-1], row)):
            yield open_
            open_ = []
        open_.append(row)
    if open_:
        yield open_


def _new(before: Row, row: Row) -> bool:
    """Whether a row begins a paragraph."""
    if PARAGRAPH.match(row.plain) or _heading(before):
        return True
    if row.place.box is None or before.place.box is None:
        return before.plain.endswith(("。", ":", "!", "?"))
    return before.fill < SHORT and before.indent < 3 and row.indent > 1


def _heading(row: Row) -> bool:
    """A short numbered line is a heading, nothing runs on from it."""
    return bool(PARAGRAPH.match(row.plain)) and len(row.plain) < 20 and row.fill < SHORT


def _cut(text: str, paragraph: Sequence[Row]) -> Iterator[Sentence]:
    """The sentences of one paragraph."""
    shape = plain(text)
    starts = [0]
    for row in paragraph:
        starts.append(starts[-1] + len(row.text))
    at, line = 0, 0
    for end in [found.end() for found in END.finditer(shape)] + [len(shape)]:
        while starts[line + 1] <= at and line + 1 < len(paragraph):
            line += 1
        if shape[at:end].strip():
            yield Sentence(text[at:end].strip(), shape[at:end].strip(), paragraph[line])
        at = end
