"""Which colours a person calls red. 何为红色。"""

from __future__ import annotations

LEAST = 128  # of 255, in the red part
AHEAD = 0.55  # of the red part: so far is it before green and before blue


def is_red(red: int, green: int, blue: int) -> bool:
    """Whether a colour is the red of a letterhead or of a seal, and not pink, brown or orange."""
    return red >= LEAST and red - max(green, blue) >= AHEAD * red
