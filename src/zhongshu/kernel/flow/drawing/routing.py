"""The lines of a drawing: upright and level pieces only, each level piece on a track of its own.
连线.

Between two rows lies a channel. A line that changes its column does so there; lines that would
lie on one another get different tracks, and the channel grows with their number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from .columns import columns
from .layout import Cell, Grid

TRACK = 11.0  # between level pieces
PAD = 13.0  # above the first and below the last
LANE = 16.0  # between the lines that run back up at the right
STRAIGHT = 1.0  # less than this aside is no bend
Point = tuple[float, float]


class Piece(NamedTuple):
    """A level piece: its line, its channel, from where to where, and whom it may lie on."""

    link: int
    channel: int
    start: float
    end: float
    group: Cell

    @property
    def span(self) -> tuple[float, float]:
        """From left to right."""
        return (min(self.start, self.end), max(self.start, self.end))


class Plan(NamedTuple):
    """Middles of cells, tops of rows, the whole size, and the corners of each line."""

    x: Mapping[Cell, float]
    tops: tuple[float, ...]
    width: float
    height: float
    lines: tuple[tuple[Point, ...], ...]


def route(grid: Grid) -> Plan:
    """Place every cell of a grid and draw every line."""
    x = columns(grid.rows, grid.sizes, grid.steps)
    width = max(at + grid.sizes[cell].width / 2 for cell, at in x.items())
    lanes = {link: width + LANE * (i + 1) for i, link in enumerate(sorted(grid.back))}
    pieces = [piece for link in range(len(grid.chains)) for piece in _pieces(grid, x, link, lanes)]
    tracks: dict[Piece, int] = {}
    sizes = []
    for channel in range(len(grid.rows) + 1):
        here = [piece for piece in pieces if piece.channel == channel]
        tracks.update(_tracks(here))
        sizes.append(_channel(channel, len(grid.rows), [tracks[piece] for piece in here]))
    tops, y = [], 0.0
    for size, height in zip(sizes, (*grid.heights, 0.0), strict=True):
        y += size
        tops.append(y)
        y += height
    level = {
        (piece.link, piece.channel): tops[piece.channel] - sizes[piece.channel] + PAD + TRACK * at
        for piece, at in tracks.items()
    }
    lines = tuple(_line(grid, link, level, tops, x, lanes) for link in range(len(grid.chains)))
    return Plan(x, tuple(tops[:-1]), width + LANE * len(lanes), tops[-1], lines)


def _channel(channel: int, rows: int, tracks: Sequence[int]) -> float:
    """The height of a channel; the outermost are empty unless a line runs through them."""
    if not tracks and channel in {0, rows}:
        return 0.0
    return 2 * PAD + TRACK * max(tracks, default=0)


def _pieces(
    grid: Grid, x: Mapping[Cell, float], link: int, lanes: Mapping[int, float]
) -> list[Piece]:
    chain = grid.chains[link]
    if link in lanes:
        last, end = chain[-2], chain[-1]
        found = [
            Piece(link, grid.row[last] + 1, x[last], lanes[link], last),
            Piece(link, grid.row[end], lanes[link], x[end], Cell("", link)),
        ]
        pairs = list(pairwise(chain[:-1]))
    else:
        found, pairs = [], list(pairwise(chain))
    for one, other in pairs:
        if abs(x[one] - x[other]) >= STRAIGHT:
            group = one if _fans_out(grid, one) else other
            found.append(Piece(link, grid.row[other], x[one], x[other], group))
    return found


def _fans_out(grid: Grid, cell: Cell) -> bool:
    return bool(cell.node) and sum(chain[0] == cell for chain in grid.chains) > 1


def _tracks(pieces: Sequence[Piece]) -> dict[Piece, int]:
    """A track for each piece of one channel: pieces of a group share one, others never touch.

    A piece that comes down in the column where another sets out must lie below that one's track,
    or the two would share a stretch of the column.
    """
    groups: dict[Cell, list[Piece]] = {}
    for piece in pieces:
        groups.setdefault(piece.group, []).append(piece)
    found: dict[Cell, int] = {}
    waiting = sorted(groups, key=lambda group: _span(groups[group]))
    while waiting:
        free = [one for one in waiting if not _waits(one, waiting, groups)] or waiting
        group = free[0]
        waiting.remove(group)
        taken = {
            found[other] for other in found if _touch(_span(groups[group]), _span(groups[other]))
        }
        above = [found[other] + 1 for other in found if _is_above(groups[other], groups[group])]
        track = max(above, default=0)
        while track in taken:
            track += 1
        found[group] = track
    return {piece: found[group] for group, many in groups.items() for piece in many}


def _waits(group: Cell, waiting: Sequence[Cell], groups: Mapping[Cell, list[Piece]]) -> bool:
    return any(other != group and _is_above(groups[other], groups[group]) for other in waiting)


def _is_above(upper: Sequence[Piece], lower: Sequence[Piece]) -> bool:
    """Whether a piece of the first sets out in a column where one of the second comes down."""
    return any(abs(one.start - two.end) < TRACK for one in upper for two in lower)


def _span(pieces: Sequence[Piece]) -> tuple[float, float]:
    return (min(one.span[0] for one in pieces), max(one.span[1] for one in pieces))


def _touch(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] - TRACK < other[1] and other[0] - TRACK < one[1]


def _line(
    grid: Grid,
    link: int,
    level: Mapping[tuple[int, int], float],
    tops: Sequence[float],
    x: Mapping[Cell, float],
    lanes: Mapping[int, float],
) -> tuple[Point, ...]:
    chain = grid.chains[link]
    at_x = [x[cell] for cell in chain]
    points: list[Point] = [(at_x[0], tops[grid.row[chain[0]]] + grid.sizes[chain[0]].height)]
    for at, cell in enumerate(chain[1:], start=1):
        if link in lanes and at == len(chain) - 1:
            points += _up(link, level, lanes[link], points[-1][0], grid.row[chain[-2]] + 1)
        here = points[-1][0]
        y = level.get((link, grid.row[cell]))
        if y is not None and abs(here - at_x[at]) >= STRAIGHT:
            points += [(here, y), (at_x[at], y)]
        elif abs(here - at_x[at]) > 0:
            points.append((at_x[at], points[-1][1]))
    points.append((points[-1][0], tops[grid.row[chain[-1]]]))
    return tuple(points)


def _up(
    link: int, level: Mapping[tuple[int, int], float], lane: float, x: float, channel: int
) -> list[Point]:
    y = level[link, channel]
    return [(x, y), (lane, y)]
