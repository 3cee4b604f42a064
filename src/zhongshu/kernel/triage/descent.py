"""Local search on one row of work: total weighted lateness, by insertion and near exchange.

Positions from 0. `ends` holds the time at which each place begins and the last one ends; `costs`
the weighted lateness of each place. A move is tried by walking outwards from its place and adding
up what changes, and the walk stops when no further place can help: towards the front when what the
others lose exceeds what is to be gained, towards the back when the mover alone costs more than
everything there is to gain. Only places near a change are looked at again.
"""

from __future__ import annotations

from typing import Self

SPAN = 4  # how far apart two places may be to be exchanged

Job = tuple[int, int, int, int]
"""Minutes needed, weight, due time from the start of the row, and an index of the caller's."""

Move = tuple[int, int]
"""What a move changes (negative is better) and the place it leads to."""


class Row:
    """A row of work being improved. `steps` counts the elementary steps taken so far."""

    __slots__ = ("costs", "dues", "ends", "ids", "late", "needs", "steps", "weights")

    def __init__(self, jobs: list[Job]) -> None:
        self.needs = [need for need, _, _, _ in jobs]
        self.weights = [weight for _, weight, _, _ in jobs]
        self.dues = [due for _, _, due, _ in jobs]
        self.ids = [index for _, _, _, index in jobs]
        self.ends = [0] * (len(jobs) + 1)
        self.costs = [0] * len(jobs)
        self.late = 0
        self.steps = 0
        self._fill(0, len(jobs))

    def copy(self) -> Self:
        """A second row with the same state."""
        other = type(self).__new__(type(self))
        other.needs, other.weights, other.dues = self.needs[:], self.weights[:], self.dues[:]
        other.ids, other.ends, other.costs = self.ids[:], self.ends[:], self.costs[:]
        other.late, other.steps = self.late, self.steps
        return other

    def exchange(self, left: int, right: int) -> None:
        """Let two places change their work; `left` is not after `right`."""
        for column in (self.needs, self.weights, self.dues, self.ids):
            column[left], column[right] = column[right], column[left]
        self._fill(left, right + 1)

    def insert(self, place: int, to: int) -> None:
        """Take the work of a place out and put it in at another."""
        for column in (self.needs, self.weights, self.dues, self.ids):
            column.insert(to, column.pop(place))
        self._fill(min(place, to), max(place, to) + 1)

    def settle(self, low: int, high: int) -> None:
        """Improve from the places `low` to `high` (not included) until none of them can move."""
        size = len(self.ids)
        waiting = bytearray(size)
        waiting[low:high] = b"\x01" * (high - low)
        place = waiting.find(1)
        while self.late and place >= 0:
            waiting[place] = 0
            changed = self._improve(place)
            if changed:
                low, high = max(0, changed[0] - 2), min(size, changed[1] + 3)
                waiting[low:high] = b"\x01" * (high - low)
            place = waiting.find(1)

    def _improve(self, place: int) -> tuple[int, int] | None:
        """Make the best move of one place; the first and last place changed, or None."""
        front, back, pair = self._forward(place), self._backward(place), self._pair(place)
        gain, to = min(front, back)
        if pair[0] < gain:
            self.exchange(place, pair[1])
            return place, pair[1]
        if gain >= 0:
            return None
        self.insert(place, to)
        return min(place, to), max(place, to)

    def _forward(self, place: int) -> Move:
        """The best place nearer the front: the others wait longer, only the mover can gain."""
        need, weight, due = self.needs[place], self.weights[place], self.dues[place]
        change, best, to, at = -self.costs[place], 0, place, place
        while at > 0 and change < best:
            at -= 1
            late = self.ends[at + 1] + need - self.dues[at]
            if late > 0:
                change += self.weights[at] * late - self.costs[at]
            own = self.ends[at] + need - due
            value = change + weight * own if own > 0 else change
            if value < best:
                best, to = value, at
        self.steps += place - at
        return best, to

    def _backward(self, place: int) -> Move:
        """The best place nearer the back: the others come sooner, the mover later."""
        need, weight, due = self.needs[place], self.weights[place], self.dues[place]
        costs, ends, weights, dues = self.costs, self.ends, self.weights, self.dues
        gain, best, to, at = costs[place], 0, place, place
        for at in range(place + 1, len(costs)):
            cost = costs[at]
            if cost:
                late = ends[at + 1] - need - dues[at]
                gain += cost - weights[at] * late if late > 0 else cost
            own = ends[at + 1] - due
            value = weight * own - gain if own > 0 else -gain
            if value < best:
                best, to = value, at
            elif value >= self.late:
                break
        self.steps += at - place
        return best, to

    def _pair(self, place: int) -> Move:
        """The best near place behind to exchange work with."""
        best, to = 0, place
        for other in range(place + 1, min(len(self.ids), place + 1 + SPAN)):
            value = self._exchanged(place, other)
            if value < best:
                best, to = value, other
        self.steps += SPAN * SPAN // 2
        return best, to

    def _exchanged(self, left: int, right: int) -> int:
        needs, weights, dues, ends = self.needs, self.weights, self.dues, self.ends
        first = ends[left] + needs[right] - dues[right]
        last = ends[right + 1] - dues[left]
        value = (weights[right] * first if first > 0 else 0) - self.costs[left]
        value += (weights[left] * last if last > 0 else 0) - self.costs[right]
        shift = needs[right] - needs[left]
        for at in range(left + 1, right):
            late = ends[at + 1] + shift - dues[at]
            value += (weights[at] * late if late > 0 else 0) - self.costs[at]
        return value

    def _fill(self, low: int, high: int) -> None:
        """Reckon the places `low` to `high` (not included) anew."""
        ends, costs = self.ends, self.costs
        time = ends[low]
        for at in range(low, high):
            time += self.needs[at]
            ends[at + 1] = time
            late = time - self.dues[at]
            self.late -= costs[at]
            costs[at] = self.weights[at] * late if late > 0 else 0
            self.late += costs[at]
        self.steps += high - low
