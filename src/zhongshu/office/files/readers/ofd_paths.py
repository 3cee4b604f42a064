"""Paths of an OFD: its commands as runs of points, curves flattened. 路径。"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from zhongshu.kernel.papers.layout import Box
from zhongshu.office.files import limits
from zhongshu.office.refusal import refuse

from .lines import sound
from .matrices import Point, moved
from .ofd_objects import Path

STEPS = 10  # a curve becomes so many straight pieces
TAKES = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}


class Run(NamedTuple):
    """Points one after the other, and whether the last is joined to the first."""

    points: tuple[Point, ...]
    closed: bool


class _Pen:
    """Collects runs."""

    def __init__(self) -> None:
        self.runs: list[Run] = []
        self.points: list[Point] = []

    def at(self) -> Point:
        """Where the pen is."""
        return self.points[-1] if self.points else (0.0, 0.0)

    def lift(self, *, closed: bool = False) -> None:
        """End the run."""
        if len(self.points) > 1:
            self.runs.append(Run(tuple(self.points), closed))
        self.points = self.points[:1] if closed else []


def runs(path: Path) -> list[Run]:
    """The runs of a path in millimetres of the page."""
    pen, left = _Pen(), limits.POINTS
    for command, values in _commands(path.data):
        if command in "SM":
            pen.lift()
            pen.points = [(values[0], values[1])]
        elif command == "C":
            pen.lift(closed=True)
        else:
            drawn = _drawn(command, values, pen.at())
            pen.points += drawn
            left -= len(drawn)
            if left < 0:
                raise refuse("too_hard")
    pen.lift()
    placed = [
        Run(tuple(moved(path.matrix, *point) for point in run.points), run.closed)
        for run in pen.runs
    ]
    if not all(sound(*point) for run in placed for point in run.points):
        raise refuse("damaged")
    return placed


def extent(path: Path) -> Box | None:
    """The box around a path; None for one of no points."""
    points = [point for run in runs(path) for point in run.points]
    if not points:
        return None
    across, down = zip(*points, strict=True)
    return Box(min(across), min(down), max(across), max(down))


def _commands(data: str) -> Iterator[tuple[str, list[float]]]:
    """Each command with its numbers; one that is cut short is left out, as readers elsewhere do."""
    parts = data.replace(",", " ").split()
    at = 0
    while at < len(parts):
        command = parts[at].upper()
        takes = TAKES.get(command)
        at += 1
        if takes is None:
            continue
        try:
            values = [float(part) for part in parts[at : at + takes]]
        except ValueError:
            raise refuse("damaged") from None
        at += takes
        if len(values) == takes and (not values or sound(*values)):
            yield command, values


def _drawn(command: str, values: list[float], start: Point) -> list[Point]:
    """The points of a straight or a curved piece, without the one it starts from."""
    if command == "L":
        return [(values[0], values[1])]
    if command == "A":
        return _arc(values, start)
    pairs = [start, *zip(values[::2], values[1::2], strict=True)]
    return [_curve(pairs, step / STEPS) for step in range(1, STEPS + 1)]


def _curve(points: list[Point], share: float) -> Point:
    """A point of a Bézier curve, by halving as de Casteljau did."""
    while len(points) > 1:
        points = [(x + (u - x) * share, y + (v - y) * share) for (x, y), (u, v) in pairwise(points)]
    return points[0]


def _arc(values: list[float], start: Point) -> list[Point]:
    """An elliptical arc from its ends: the centre as in the notes on SVG, appendix B.2.4."""
    wide, tall, turn, large, sweep, x, y = values
    wide, tall = abs(wide), abs(tall)
    if not wide or not tall or start == (x, y):
        return [(x, y)]
    cosine, sine = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    half_x, half_y = (start[0] - x) / 2, (start[1] - y) / 2
    u, v = cosine * half_x + sine * half_y, cosine * half_y - sine * half_x
    short = (u / wide) ** 2 + (v / tall) ** 2
    if short > 1:  # too small to reach: as large as it must be
        wide, tall, short = wide * math.sqrt(short), tall * math.sqrt(short), 1.0
    root = math.sqrt(max(0.0, 1 / short - 1)) * (1 if bool(large) != bool(sweep) else -1)
    center_u, center_v = root * wide * v / tall, -root * tall * u / wide
    center_x = cosine * center_u - sine * center_v + (start[0] + x) / 2
    center_y = sine * center_u + cosine * center_v + (start[1] + y) / 2
    begin = math.atan2((v - center_v) / tall, (u - center_u) / wide)
    angle = (math.atan2((-v - center_v) / tall, (-u - center_u) / wide) - begin) % math.tau
    if not sweep:
        angle -= math.tau
    count = max(2, round(abs(angle) / math.tau * 4 * STEPS))
    points = []
    for step in range(1, count + 1):
        here = begin + angle * step / count
        across, down = wide * math.cos(here), tall * math.sin(here)
        points.append(
            (cosine * across - sine * down + center_x, sine * across + cosine * down + center_y)
        )
    return [*points[:-1], (x, y)]
