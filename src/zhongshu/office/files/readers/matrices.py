"""Affine matrices, as PDF and OFD write them: x' = ax + cy + e, y' = bx + dy + f. 仿射变换。"""

from __future__ import annotations

import math

from zhongshu.kernel.papers.layout import Box

from .lines import sound

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
PLAIN: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def times(inner: Matrix, outer: Matrix) -> Matrix:
    """First the inner, then the outer."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (
        *(a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s),
        *(e * p + f * r + t, e * q + f * s + u),
    )


def moved(matrix: Matrix, x: float, y: float) -> Point:
    """Where a point goes."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def boxed(matrix: Matrix, box: Box) -> Box | None:
    """The box around a box that was moved; None when it is nowhere."""
    left, top, right, bottom = box
    corners = ((left, top), (right, top), (left, bottom), (right, bottom))
    across, along = zip(*(moved(matrix, x, y) for x, y in corners), strict=True)
    found = Box(min(across), min(along), max(across), max(along))
    return found if sound(*found) else None


def scale(matrix: Matrix) -> float:
    """By how much heights grow."""
    return math.hypot(matrix[2], matrix[3])


def inverse(matrix: Matrix) -> Matrix | None:
    """The way back; None where everything falls on one line."""
    a, b, c, d, e, f = matrix
    area = a * d - b * c
    if not abs(area) > 1e-9:
        return None
    p, q, r, s = d / area, -b / area, -c / area, a / area
    return p, q, r, s, -(e * p + f * r), -(e * q + f * s)
