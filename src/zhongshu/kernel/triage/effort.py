"""How long such a matter usually takes: the median of what it took before.

Kept per kind and section. The median of the last `WINDOW` cases: one forgotten for a month moves it
no more than any other long one, memory is bounded, and it follows a change of practice. Until there
are `FEW` cases, the standard time set by the bureau holds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

WINDOW = 101
FEW = 5


@dataclass(frozen=True, slots=True)
class Effort:
    """What is known of one kind in one section; all in working minutes, latest case last.

    `ValueError` when the standard or a case is less than a minute.
    """

    standard: int
    seen: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if self.standard < 1 or any(minutes < 1 for minutes in self.seen):
            raise ValueError("effort is at least one minute")

    def learn(self, minutes: int) -> Self:
        """One more case; the oldest beyond `WINDOW` is forgotten."""
        return replace(self, seen=(*self.seen, minutes)[-WINDOW:])

    @property
    def need(self) -> int:
        """The typical effort: of an even number of cases, the higher middle one."""
        if len(self.seen) < FEW:
            return self.standard
        return sorted(self.seen)[len(self.seen) // 2]
