"""Where things stand in a drawing. Pure arithmetic; numbers in, numbers out. 作图的算术."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

HAN = 12.0  # width of a Chinese character in a chart, in units of the drawing
LATIN = 6.6
ROOM = 72  # for the number at the end of a bar


class Line(NamedTuple):
    """One bar with its label before and its number after."""

    base: int
    top: int
    left: int
    width: float
    after: float


class Course(NamedTuple):
    """A line of points, and how high the limit stands."""

    points: list[tuple[float, float]]
    limit: float | None


def label_width(labels: Sequence[str]) -> int:
    """Room for the longest label and a gap, between 48 and 160."""
    widest = max(
        (sum(HAN if ord(c) > 0x2E7F else LATIN for c in label) for label in labels), default=0
    )
    return int(min(160, max(48, widest + 14)))


def bars(rows: Sequence[tuple[str, float]], width: int) -> list[Line]:
    """Bars from nought, the longest as long as there is room."""
    left = label_width([label for label, _ in rows])
    most = max((value for _, value in rows), default=0) or 1
    lines = []
    for n, (_, value) in enumerate(rows):
        length = round(max(0.0, value) / most * (width - left - ROOM), 1)
        lines.append(Line(24 * n + 16, 24 * n + 7, left, length, round(left + length + 8, 1)))
    return lines


def course(values: Sequence[float], limit: float | None, width: int, height: int) -> Course:
    """Values from left to right; the range holds the limit too, and some air."""
    every = [*values, *([] if limit is None else [limit])]
    low, high = min(every), max(every)
    air = (high - low) * 0.15 or 1.0
    low, high = low - air, high + air
    step = (width - 8) / max(1, len(values) - 1)

    def down(value: float) -> float:
        """How far below the top a value stands."""
        return round(height - (value - low) / (high - low) * height, 1)

    points = [(round(4 + step * n, 1), down(value)) for n, value in enumerate(values)]
    return Course(points, None if limit is None else down(limit))


def beside(y: float, limit: float | None) -> float:
    """How high a number stands beside its point: above it, or below where the limit would cross."""
    above = y - 8
    if above < 12 or (limit is not None and abs(limit - above + 4) < 12):
        return round(y + 18, 1)
    return round(above, 1)


def portions(counts: Sequence[int], width: int, gap: int) -> list[tuple[float, float]]:
    """Start and width of each part of one bar, a gap between; a part of nought has no width."""
    filled = sum(1 for count in counts if count)
    room = width - gap * max(0, filled - 1)
    total = sum(counts) or 1
    at, places = 0.0, []
    for count in counts:
        share = count / total * room
        places.append((round(at, 1), round(share, 1)))
        at += share + (gap if count else 0)
    return places


def scattered(
    places: Sequence[tuple[float, float]], width: int, height: int
) -> list[tuple[float, float]]:
    """Places from 0 to 1 in a field, pushed apart so that no number hides another."""
    margin, near = 11.0, 21.0
    put: list[tuple[float, float]] = []
    for across, up in places:
        x = margin + min(1.0, max(0.0, across)) * (width - 2 * margin)
        y = height - margin - min(1.0, max(0.0, up)) * (height - 2 * margin)
        for _ in range(12):
            clash = next((p for p in put if (p[0] - x) ** 2 + (p[1] - y) ** 2 < near**2), None)
            if clash is None:
                break
            x = clash[0] - near if clash[0] - near > margin else clash[0] + near
        put.append((round(min(width - margin, max(margin, x)), 1), round(y, 1)))
    return put
