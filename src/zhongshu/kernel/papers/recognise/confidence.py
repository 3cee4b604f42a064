"""How sure each rule is, from counting how often it was right. 把握.

`COUNTS` is written by `benchmarks/reading.py --count` from papers that were not used to write the
rules: how often a rule found what stands on the paper, and how often not. With `(right + 1) /
(right + wrong + 2)` (Laplace's rule of succession) a rule seen seldom claims little. What an
optical reader was unsure of counts less by as much.
"""

from __future__ import annotations

from collections.abc import Mapping

COUNTS: Mapping[str, tuple[int, int]] = {}


def of(field: str, rule: str, seen: float = 1.0) -> float:
    """How sure a rule is of a field, 0 to 1; `seen` is how sure the reader was of the words."""
    right, wrong = COUNTS.get(f"{field}: {rule}", (0, 0))
    return round((right + 1) / (right + wrong + 2) * max(0.0, min(1.0, seen)), 3)
