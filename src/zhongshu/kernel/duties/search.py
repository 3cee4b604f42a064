"""Search with learning: guess, follow, and from each dead end learn a clause that outlaws it.

The pairs of steps are the variables, so people never multiply the work and equal people never
multiply the dead ends. Deterministic: the budget counts guesses and dead ends, not seconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import comb
from typing import NamedTuple

from .checks import Count, Seating, at_most, scarce, whole
from .learn import Learner
from .pairs import Clause

SHORT = 60  # a bound with more clauses than this is checked by counting
PATIENCE = 50  # dead ends before the first new start


class Puzzle(NamedTuple):
    """Steps with their classes, the sizes of the classes, and what must hold."""

    masks: list[int]
    sizes: list[int]
    differ: Sequence[tuple[int, int]] = ()
    most: Sequence[Count] = ()
    least: Sequence[Count] = ()


class OverBudget(Exception):
    """The search is stopped undecided."""


def luby(turn: int) -> int:
    """1 1 2 1 1 2 4 ...: how patient to be at each new start."""
    size = turn.bit_length()
    while turn != (1 << size) - 1:
        turn -= (1 << (size - 1)) - 1
        size = turn.bit_length()
    return 1 << (size - 1)


class Search(Learner):
    """One run over one puzzle."""

    def __init__(self, puzzle: Puzzle, budget: int) -> None:
        super().__init__(list(puzzle.masks))
        self.sizes = puzzle.sizes
        self.budget = budget
        self.nodes = 0
        self.hopeless = not all(puzzle.masks)
        self.wide: list[Count] = []
        self.seat: dict[int, int] = {}
        for a, b in self.ends:
            if not puzzle.masks[a] & puzzle.masks[b]:
                self._fact(self.same[a][b] | 1)
        for a, b in puzzle.differ:
            self._fact(self.same[a][b] | 1)
        for count in puzzle.least:
            self._take_least(count)
        for count in puzzle.most:
            self._take_most(count)
        self.sort()

    def _fact(self, literal: int) -> None:
        self.hopeless = not self.put(literal, None) or self.hopeless

    def _take_least(self, count: Count) -> None:
        if len(count.scope) < count.bound:
            self.hopeless = True
        elif len(count.scope) == count.bound:
            for a, b in combinations(count.scope, 2):
                self._fact(self.same[a][b] | 1)
        else:
            self.least.append((sum(1 << step for step in count.scope), count))

    def _take_most(self, count: Count) -> None:
        if count.bound < 1:
            self.hopeless = self.hopeless or bool(count.scope)
        elif count.bound == 1:
            for a, b in combinations(count.scope, 2):
                self._fact(self.same[a][b])
        elif comb(len(count.scope), count.bound + 1) > SHORT:
            self.wide.append(count)
        else:
            for some in combinations(count.scope, count.bound + 1):
                self._take_clause([self.same[a][b] for a, b in combinations(some, 2)])

    def _take_clause(self, clause: Clause) -> None:
        """A clause of the puzzle, before the first guess."""
        for literal in clause:
            self.weight[literal >> 1] += 1 / len(clause)
        if any(self.value[literal] > 0 for literal in clause):
            return
        rest = [literal for literal in clause if not self.value[literal]]
        if not rest:
            self.hopeless = True
        elif len(rest) == 1:
            self._fact(rest[0])
        else:
            self.attach(rest)

    def run(self) -> list[int] | None:
        """The block of each step, with `seat` telling the class of each block; None: impossible."""
        if self.hopeless:
            return None
        turn = 1
        patience = PATIENCE
        while True:
            if not self._settle():
                patience -= 1
                self._count()
                if not self.learn():
                    return None
            elif patience <= 0 and self.depth:
                turn += 1
                patience = PATIENCE * luby(turn)
                self.restart()
            elif self.guess():
                self._count()
            else:
                return list(self.block)

    def _count(self) -> None:
        self.nodes += 1
        if self.nodes > self.budget:
            raise OverBudget

    def _settle(self) -> bool:
        """Follow everything that follows; False at a dead end."""
        while True:
            if not self.propagate():
                return False
            if not all(at_most(self, count) for count in self.wide):
                return False
            if not self.agenda:
                break
        done = len(self.trail) == len(self.ends)
        seating = Seating(self, self.sizes)
        self.seat = seating.seat
        return seating.all_seated(whole(self) if done else scarce(self))
