"""Columns: pieces of rows in the order in which a person reads them. 分栏。

A gutter is a strip that stays empty over several rows with long pieces on both sides. Cells of a
table are short, so a table is read row by row.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Generic, NamedTuple, TypeVar

from zhongshu.kernel.papers.layout import Box

T = TypeVar("T")

ROWS = 4  # rows that are long on both sides
GUTTER = 3.0  # millimetres
COLUMN = 10  # em that a column is wide, at least
APART = 3  # em between rows that belong to one column
DEEP = 3  # columns within columns


class Piece(NamedTuple, Generic[T]):
    """A part of the row with this number, in the cell with this number; `em` and `usual`, the gap
    between its letters, are millimetres."""

    row: int
    cell: int
    box: Box
    em: float
    usual: float
    what: tuple[T, ...]


class Gutter(NamedTuple):
    """An empty strip from one row to another, both included."""

    left: float
    right: float
    first: int
    last: int


Row = list[Piece[T]]
Joined = Callable[[Piece[T], Piece[T]], bool]


def in_order(pieces: Sequence[Piece[T]], joined: Joined[T], depth: int = 0) -> list[Row[T]]:
    """Pieces, given row by row, as lines in reading order."""
    rows = _rows(pieces)
    gutter = _gutter(rows) if depth < DEEP else None
    if gutter is None:
        return [line for row in rows for line in _lines(row, joined)]
    within = [piece for row in rows[gutter.first : gutter.last + 1] for piece in row]
    halves = (
        [piece for piece in within if piece.box.right <= gutter.left],
        [piece for piece in within if piece.box.right > gutter.left],
    )
    before = [piece for row in rows[: gutter.first] for piece in row]
    after = [piece for row in rows[gutter.last + 1 :] for piece in row]
    parts = ((before, depth), *((half, depth + 1) for half in halves), (after, depth))
    return [line for part, deep in parts for line in in_order(part, joined, deep)]


def _rows(pieces: Sequence[Piece[T]]) -> list[Row[T]]:
    """Pieces of one number are a row."""
    rows: list[Row[T]] = []
    for piece in pieces:
        if rows and piece.row == rows[-1][-1].row:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return rows


def _lines(row: Row[T], joined: Joined[T]) -> list[Row[T]]:
    """The lines of one row."""
    lines = [row[:1]]
    for piece in row[1:]:
        if joined(lines[-1][-1], piece):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return lines


def _gutter(rows: Sequence[Row[T]]) -> Gutter | None:
    """The first strip that parts two columns."""
    open_ones: list[Gutter] = []
    for at, row in enumerate([*rows, []]):
        kept: list[Gutter] = []
        ended: list[Gutter] = []
        for gutter in open_ones:
            narrowed = _narrowed(gutter, row, at) if row else None
            (kept if narrowed else ended).append(narrowed or gutter)
        for gutter in ended:
            column = _column(rows, gutter)
            if column:
                return column
        known = {(gutter.left, gutter.right) for gutter in kept}
        fresh = [Gutter(one.box.right, other.box.left, at, at) for one, other in pairwise(row)]
        open_ones = [*kept, *(gutter for gutter in fresh if gutter[:2] not in known)][:20]
    return None


def _narrowed(gutter: Gutter, row: Row[T], at: int) -> Gutter | None:
    """What is left of a strip beside one more row; None when the row lies across it."""
    rights = [piece.box.right for piece in row if piece.box.left < gutter.left]
    lefts = [piece.box.left for piece in row if piece.box.right > gutter.right]
    left, right = max([gutter.left, *rights]), min([gutter.right, *lefts])
    inside = any(p.box.left >= gutter.left and p.box.right <= gutter.right for p in row)
    return None if inside or right - left < GUTTER else Gutter(left, right, gutter.first, at)


def _column(rows: Sequence[Row[T]], gutter: Gutter) -> Gutter | None:
    """The part of a strip that lies between two columns, if enough rows are long on both sides."""
    long, both = [], []
    for at in range(gutter.first, gutter.last + 1):
        lefts = [piece for piece in rows[at] if piece.box.right <= gutter.left]
        rights = [piece for piece in rows[at] if piece.box.right > gutter.left]
        if lefts and rights:
            both.append(at)
            least = COLUMN * max(piece.em for piece in rows[at])
            wide = min(
                lefts[-1].box.right - lefts[0].box.left, rights[-1].box.right - rights[0].box.left
            )
            ruled = lefts[-1].cell != rights[0].cell  # a table, however long its cells are
            long += [at] if wide >= least and not ruled else []
    if len(long) < ROWS:
        return None
    last = long[-1]
    while last < gutter.last and last + 1 not in both and _follows(rows[last], rows[last + 1]):
        last += 1
    return gutter._replace(first=long[0], last=last)


def _follows(row: Row[T], after: Row[T]) -> bool:
    """Whether a row stands near below another."""
    return after[0].box.top - row[0].box.bottom < APART * row[0].em
