"""Where the texts of a matter stand in the index: its key in the upper digits, a place below.

Places follow from what is kept there, so that a step needs to ask nothing before it writes; only
what apps bring (remarks, files) takes the next place that is free.
"""

from __future__ import annotations

SHIFT = 24
TITLE = 0
NUMBER = 1
FORM = range(2, 1 << 12)
OPINIONS = range(1 << 12, 1 << 23)  # eight for each step
BROUGHT = range(1 << 23, 1 << SHIFT)
A_STEP = 8


def key(matter: int, place: int) -> int:
    """The key of a place of a matter."""
    return (matter << SHIFT) | place


def matter(document: int) -> int:
    """Whose text this is."""
    return document >> SHIFT


def opinion(step: int, number: int) -> int:
    """The place of what was said in a step. `IndexError` beyond a million steps."""
    return OPINIONS[step * A_STEP + number]
