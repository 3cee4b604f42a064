"""The grid of people and steps, laid out as a drawing: whole numbers in and out. 作图."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from zhongshu.kernel.duties.report.grid import Column, Grid, Line
from zhongshu.kernel.flow.drawing.node_words import EFFECTS, width, wrap

LEFT, STEP, TOP, ROW = 168, 92, 118, 34  # of the first column, of a column, of the rows, of a row
SIDE = 62  # beyond the last column
FLOW = 50  # where the line of steps stands
SHOWN = 24  # rows; what is less is put together


class Station(NamedTuple):
    """A step at the head."""

    x: int
    lines: tuple[tuple[int, str], ...]
    alone: bool


class Dot(NamedTuple):
    """Somebody may."""

    x: int
    y: int
    own: bool


class Row(NamedTuple):
    """People with the same rights: where their line is, what they are called, and their dots."""

    y: int
    name: str
    post: str
    dots: tuple[Dot, ...]
    cells: tuple[str, ...]
    weak: bool


class Bar(NamedTuple):
    """After this step something has left the house."""

    x: int
    word: str


class Drawn(NamedTuple):
    """Everything that is drawn; `weak` are the points of the weakest coalition."""

    width: int
    height: int
    stations: tuple[Station, ...]
    rows: tuple[Row, ...]
    bars: tuple[Bar, ...]
    weak: tuple[Dot, ...]
    points: str
    more: int
    columns: tuple[str, ...]

    @property
    def by_step(self) -> list[tuple[str, str, str]]:
        """Each step with those who may take it themselves, and those who may for others."""
        return [
            (name, self._marked(n, "A"), self._marked(n, "B"))
            for n, name in enumerate(self.columns)
        ]

    def _marked(self, column: int, mark: str) -> str:
        return "、".join(row.name for row in self.rows if row.cells[column] == mark)

    @property
    def end(self) -> int:
        """Where the line of steps ends."""
        return self.stations[-1].x

    @property
    def foot(self) -> int:
        """Where the rows end."""
        return self.height - 10


def drawn(grid: Grid, names: Mapping[str, str], posts: Mapping[str, tuple[str, ...]]) -> Drawn:
    """The grid with places; the weakest always keep their rows."""
    kept = [*range(len(grid.lines))]
    if len(kept) > SHOWN:
        by_worth = sorted(kept, key=lambda n: (not grid.lines[n].weak, len(grid.lines[n].people)))
        kept = sorted(by_worth[:SHOWN])
    place = {line: TOP + ROW * row for row, line in enumerate(kept)}
    rows = tuple(_row(grid.lines[n], place[n], len(grid.columns), names, posts) for n in kept)
    weak = tuple(Dot(_x(column), place[line] - 4, own=False) for column, line in grid.path)
    return Drawn(
        _x(len(grid.columns) - 1) + SIDE,
        TOP + ROW * len(rows) - 12,
        tuple(_station(column, n) for n, column in enumerate(grid.columns)),
        rows,
        tuple(
            Bar(_x(n) + STEP // 2, EFFECTS[column.effect])
            for n, column in enumerate(grid.columns)
            if column.effect
        ),
        weak,
        " ".join(f"{dot.x},{dot.y}" for dot in weak),
        len(grid.lines) - len(kept),
        tuple(column.name for column in grid.columns),
    )


def _x(column: int) -> int:
    return LEFT + 38 + STEP * column


def _station(column: Column, number: int) -> Station:
    lines = _halves(column.name)
    start = FLOW - 14 - 16 * (len(lines) - 1)
    told = tuple((start + 16 * n, text) for n, text in enumerate(lines))
    return Station(_x(number), told, column.alone)


def _halves(name: str) -> list[str]:
    """A name on one line, or on two of about the same length."""
    if width(name, 13) <= STEP - 10:
        return [name]
    middle = (len(name) + 1) // 2
    return [line for half in (name[:middle], name[middle:]) for line in wrap(half, 13, STEP - 4, 1)]


def _row(
    line: Line,
    y: int,
    columns: int,
    names: Mapping[str, str],
    posts: Mapping[str, tuple[str, ...]],
) -> Row:
    may = dict(line.may)
    dots = tuple(Dot(_x(column), y - 4, kind == "own") for column, kind in line.may)
    words = {"own": "A", "other": "B", None: ""}
    cells = tuple(words[may.get(column)] for column in range(columns))
    first = line.people[0]
    held = posts.get(first, ())
    post = names.get(held[0], held[0]) if held else ""
    name = names.get(first, first)
    if len(line.people) > 1:
        name, post = f"{name}等 {len(line.people)} 人", ""
    return Row(y, wrap(name, 13, 150, 1)[0], _beside(name, post), dots, cells, line.weak)


def _beside(name: str, post: str) -> str:
    """What still fits beside the name."""
    room = LEFT - 22 - 13 * len(name)
    return wrap(post, 11, room, 1)[0] if post and post != name and room > 24 else ""
