"""A suggestion for the day: an order with less weighted lateness than the rule's own.

The desk's order is the rule; this is the button beside it. It starts from the rule's order, moves
and exchanges matters as long as that helps, then shakes a stretch of the order, settles again and
keeps what is no worse, until its effort is spent. The effort is counted in steps and not in time,
and the shaking comes from a fixed sequence, so the same desk always gets the same plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .descent import Row
from .order import Matter, dispatch

EFFORT = 100_000  # elementary steps, each well below a microsecond on a current machine
KICKS = 4  # exchanges of one shake
REACH = 20  # how far apart they are, at most
MARGIN = 4  # how many neighbours of a shaken stretch are looked at again


class Slot(NamedTuple):
    """One matter of a plan: when it begins and ends, and by how much it is late; ordinals."""

    matter: Matter
    start: int
    end: int

    @property
    def late(self) -> int:
        """Working minutes late, nought when in time."""
        return max(0, self.end - self.matter.due)


class Plan(NamedTuple):
    """A suggested order; weighted lateness by the rule and by the plan, in weight times minutes."""

    slots: tuple[Slot, ...]
    by_rule: int
    by_plan: int


def plan(matters: Sequence[Matter], now: int, effort: int = EFFORT) -> Plan:
    """The suggested order for one person who does them all, never worse than the rule's."""
    ruled = dispatch(matters, now)
    row = Row([(m.need, m.weight, m.due - now, index) for index, m in enumerate(ruled)])
    by_rule = row.late
    row.settle(0, len(ruled))
    best = _shaken(row, effort) if len(ruled) > 1 else row
    return Plan(_slots([ruled[index] for index in best.ids], now), by_rule, best.late)


def _slots(matters: Sequence[Matter], now: int) -> tuple[Slot, ...]:
    slots = []
    for matter in matters:
        slots.append(Slot(matter, now, now + matter.need))
        now += matter.need
    return tuple(slots)


def _shaken(row: Row, effort: int) -> Row:
    state = 1
    while row.late and row.steps < effort:
        other = row.copy()
        state = _shake(other, state)
        row.steps = other.steps
        if other.late <= row.late:
            row = other
    return row


def _shake(row: Row, state: int) -> int:
    """Exchange a few neighbours of one stretch and settle; the next state of the sequence."""
    size = len(row.ids)
    state, at = _next(state, size)
    low, high = size, 0
    for _ in range(KICKS):
        state, step = _next(state, REACH)
        state, jump = _next(state, REACH)
        left = min(size - 2, at + step)
        right = min(size - 1, left + 1 + jump)
        row.exchange(left, right)
        low, high = min(low, left), max(high, right)
    row.settle(max(0, low - MARGIN), min(size, high + 1 + MARGIN))
    return state


def _next(state: int, below: int) -> tuple[int, int]:
    """A fixed sequence (linear congruential, modulus 2**31) and a number below `below` from it."""
    state = (state * 1103515245 + 12345) % 2147483648
    return state, (state >> 8) % below
