"""How long steps take: rounded so that they can be counted, and the middle of what was counted.

用时：分档与中位数。Pure functions.
"""

from __future__ import annotations

from collections.abc import Iterable

DAY = 420  # working minutes


def rounded(minutes: int) -> int:
    """So many working minutes rounded up: to quarters of an hour within two hours, to halves
    within a day, to hours beyond."""
    step = 15 if minutes <= 120 else 30 if minutes <= DAY else 60
    return -(-minutes // step) * step


def median(counted: Iterable[tuple[int, int]]) -> int:
    """The middle of spans, each so many times; of two middles the mean, rounded up so as not to
    flatter. 0 of nothing."""
    spans = sorted(counted)
    whole = sum(number for _, number in spans)
    if not whole:
        return 0
    low, high = _at(spans, (whole - 1) // 2), _at(spans, whole // 2)
    return -(-(low + high) // 2)


def _at(spans: list[tuple[int, int]], place: int) -> int:
    """The span at a place, counted from nought."""
    for span, number in spans:
        if place < number:
            return span
        place -= number
    raise IndexError(place)
