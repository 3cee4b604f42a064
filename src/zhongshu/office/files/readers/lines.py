"""From glyphs to lines: which letters of a page stand on one line, and in which order.

把散落的字归成行。Files tell where each letter stands and nothing else. Letters of one height are a
row; a row is cut where a gap is much wider than its own spacing, so that cells of a table, or a
number and the signer beside it, are lines of their own. Columns are read one after the other, and
a row of letters below one another is a vertical line.
"""

from __future__ import annotations

import math
import unicodedata
from bisect import bisect
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from zhongshu.kernel.papers.layout import Box, Line

from . import columns

POINT = 25.4 / 72  # millimetres
SPACE = 0.2  # a gap so much wider than usual is a space between Latin letters, in em
WIDE_SPACE = 0.45  # and between others
NARROW, WIDE = 1.2, 2.0  # gaps that may, and that do end a line, in em
RUN = 0.5  # letters of one word stand so near, in em
ENDLESS = 8.0  # a gap that ends a line whatever is usual there
STACK = 3  # so many letters below one another are a vertical line


class Glyph(NamedTuple):
    """A letter, or several that were never apart, and the box it takes; millimetres and points.

    `spaced`: a space was written before it.
    """

    text: str
    box: Box
    size: float
    red: bool = False
    bold: bool = False
    spaced: bool = False

    @property
    def em(self) -> float:
        """The size of its type in millimetres."""
        return self.size * POINT or self.box.bottom - self.box.top or 1.0

    @property
    def middle(self) -> float:
        """Half its height."""
        return (self.box.top + self.box.bottom) / 2


def sound(*numbers: float) -> bool:
    """Whether these are lengths a page can have: numbers at all, and below a hundred metres."""
    return min(numbers) > -1e5 and max(numbers) < 1e5 and not any(map(math.isnan, numbers))


def union(boxes: Iterable[Box]) -> Box:
    """The box around boxes."""
    left, top, right, bottom = zip(*boxes, strict=True)
    ends = min(left), min(top), max(right), max(bottom)
    return Box(*(round(end, 2) for end in ends))


def gathered(glyphs: Sequence[Glyph], bars: Sequence[Box] = ()) -> tuple[Line, ...]:
    """The lines of these letters, which come in the order of the file. A bar, an upright rule,
    parts what stands on both sides of it."""
    stacks, rest = _stacks(glyphs)
    pieces = [piece for at, row in enumerate(_rows(rest)) for piece in _pieces(at, row, bars)]
    ordered = [_line(parts) for parts in columns.in_order(pieces, _joined)]
    return tuple(_with_stacks(ordered, [_stacked(stack) for stack in stacks]))


def _stacks(glyphs: Sequence[Glyph]) -> tuple[list[list[Glyph]], list[Glyph]]:
    """Letters written one below the other, and all the others."""
    runs: list[list[Glyph]] = []
    for glyph in glyphs:
        if runs and _below(runs[-1][-1], glyph):
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    stacks = [run for run in runs if len(run) >= STACK]
    return stacks, [glyph for run in runs if len(run) < STACK for glyph in run]


def _below(one: Glyph, other: Glyph) -> bool:
    """Whether the other was written straight below, as in vertical text."""
    aside = abs(one.box.left + one.box.right - other.box.left - other.box.right) / 2
    em = one.em
    if aside > 0.2 * em or not 0.8 * em < other.middle - one.middle < 1.6 * em:
        return False
    return _wide(one.text[-1:]) and _wide(other.text[:1])


def _wide(letter: str) -> bool:
    """Whether a letter is as wide as it is high."""
    return bool(letter) and unicodedata.east_asian_width(letter) in "WF"


def _rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Letters at one height, each row from left to right."""
    return [_once(_across(glyphs, sorted(row))) for row in _bands(glyphs)]


def ranked(glyphs: Sequence[Glyph]) -> list[list[int]]:
    """The numbers of letters or words at one height, each row from left to right."""
    return [sorted(row, key=lambda at: glyphs[at].box.left) for row in _bands(glyphs)]


def _bands(glyphs: Sequence[Glyph]) -> list[list[int]]:
    """The numbers of letters at one height, from the top row to the last."""
    rows: list[list[int]] = []
    top = bottom = -math.inf
    for at in sorted(range(len(glyphs)), key=lambda at: glyphs[at].middle):
        box = glyphs[at].box
        shared = min(bottom, box.bottom) - max(top, box.top)
        if rows and shared >= min(bottom - top, box.bottom - box.top) / 2:
            rows[-1].append(at)
            count = len(rows[-1])  # the band follows the row, which may be slightly askew
            top += (box.top - top) / count
            bottom += (box.bottom - bottom) / count
        else:
            rows.append([at])
            top, bottom = box.top, box.bottom
    return rows


def _across(glyphs: Sequence[Glyph], row: list[int]) -> list[Glyph]:
    """A row from left to right; what was written in one go stays together, so that words printed
    over others do not mix with them."""
    runs: list[list[Glyph]] = []
    before = -2
    for at in row:
        glyph = glyphs[at]
        gap = glyph.box.left - runs[-1][-1].box.right if runs else 0.0
        if at == before + 1 and abs(gap) < RUN * glyph.em:
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
        before = at
    runs.sort(key=lambda run: run[0].box.left)
    return [glyph for run in runs for glyph in run]


def _once(row: list[Glyph]) -> list[Glyph]:
    """Letters drawn twice, a hair apart, are one bold letter."""
    kept: list[Glyph] = []
    for glyph in row:
        for at in range(len(kept) - 1, max(-1, len(kept) - 4), -1):
            near = abs(kept[at].box.left - glyph.box.left) < 0.2 * glyph.em
            if near and kept[at].text == glyph.text and abs(kept[at].size - glyph.size) < 1:
                kept[at] = kept[at]._replace(bold=True)
                break
        else:
            kept.append(glyph)
    return kept


def _pieces(number: int, row: list[Glyph], bars: Sequence[Box]) -> list[columns.Piece[Glyph]]:
    """A row, cut wherever a column or a cell may end."""
    gaps = [after.box.left - before.box.right for before, after in pairwise(row)]
    usual = max(0.0, median(gaps)) if gaps else 0.0
    middle = median(glyph.middle for glyph in row)
    walls = sorted((bar.left + bar.right) / 2 for bar in bars if bar.top < middle < bar.bottom)
    pieces, start, cell = [], 0, 0
    for at, gap in enumerate(gaps, 1):
        em = max(row[at - 1].em, row[at].em)
        wall = bisect(walls, row[at].box.left) > bisect(walls, row[at - 1].box.right)
        if wall or gap - usual > NARROW * em or gap > ENDLESS * em:
            pieces.append(_piece((number, cell), row[start:at], usual))
            start, cell = at, cell + wall
    return [*pieces, _piece((number, cell), row[start:], usual)]


def _piece(row: tuple[int, int], glyphs: list[Glyph], usual: float) -> columns.Piece[Glyph]:
    """Letters that belong together whatever happens."""
    em = median(glyph.em for glyph in glyphs)
    return columns.Piece(*row, union(glyph.box for glyph in glyphs), em, usual, tuple(glyphs))


def _joined(left: columns.Piece[Glyph], right: columns.Piece[Glyph]) -> bool:
    """Whether two neighbours of a row are one line after all."""
    gap, em = right.box.left - left.box.right, max(left.em, right.em)
    return left.cell == right.cell and gap - left.usual <= WIDE * em and gap <= ENDLESS * em


def _line(pieces: Sequence[columns.Piece[Glyph]]) -> Line:
    """Pieces of one row as a line."""
    said: list[str] = []
    before: Glyph | None = None
    for piece in pieces:
        for glyph in piece.what:
            if before and _apart(before, glyph, piece.usual):
                said.append(" ")
            said.append(glyph.text)
            before = glyph
    return _said("".join(said), [glyph for piece in pieces for glyph in piece.what])


def _apart(one: Glyph, other: Glyph, usual: float) -> bool:
    """Whether there is a space between two neighbours."""
    gap, em = other.box.left - one.box.right, max(one.em, other.em)
    latin = not (_wide(one.text[-1:]) or _wide(other.text[:1]))
    if other.spaced and (latin or gap > SPACE * em):
        return True
    return gap - usual > (SPACE if latin else WIDE_SPACE) * em


def _said(text: str, glyphs: Sequence[Glyph]) -> Line:
    """These words, and what most of their letters look like."""
    half = len(glyphs) / 2
    return Line(
        text,
        union(glyph.box for glyph in glyphs),
        round(median(glyph.size for glyph in glyphs), 1),
        red=sum(glyph.red for glyph in glyphs) > half,
        bold=sum(glyph.bold for glyph in glyphs) > half,
    )


def _stacked(stack: list[Glyph]) -> Line:
    """A vertical line."""
    return _said("".join(glyph.text for glyph in stack), stack)


def _with_stacks(lines: list[Line], stacks: list[Line]) -> list[Line]:
    """Vertical lines, from right to left, before the first line that begins below them."""
    stacks.sort(key=lambda line: (line.box or (0.0, 0.0))[0], reverse=True)
    if not stacks:
        return lines
    top = min(stack.box.top for stack in stacks if stack.box)
    at = next((n for n, line in enumerate(lines) if line.box and line.box.top > top), len(lines))
    return [*lines[:at], *stacks, *lines[at:]]
