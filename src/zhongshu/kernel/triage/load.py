"""Whether the work of a desk fits its time. When it does not, no order saves the day: say so."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from .order import Ranked


class Overload(NamedTuple):
    """More work than time: by how many working minutes at the worst, and from which ordinal on.

    `since` is the first due time by which the work due cannot all be done; for matters already
    overdue it is the present.
    """

    minutes: int
    since: int


def overload(matters: Iterable[Ranked], now: int, people: int = 1) -> Overload | None:
    """The overload of a desk served by so many people, or None when everything can be in time.

    For one person this is exact: work can be done in time if and only if it can in order of due
    times. For several it is a lower bound, as if any matter could be shared. `ValueError` when
    there is nobody.
    """
    if people < 1:
        raise ValueError("a desk has at least one person")
    work, worst, since = 0, 0, None
    for matter in sorted(matters, key=lambda matter: matter.due):
        work += matter.need
        end = max(matter.due, now)
        over = -(-work // people) - (end - now)
        if over > 0 and since is None:
            since = end
        worst = max(worst, over)
    return None if since is None else Overload(worst, since)
