"""Rules that clauses would say too long: counts over wide scopes, and enough different people.

Each check looks at the blocks as they stand. It returns False after writing a clash, and it may
put literals that follow. Every literal it gives as a reason holds at that moment.
"""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

from .pairs import Pairs


class Count(NamedTuple):
    """A bound on the number of different people over a scope."""

    bound: int
    scope: tuple[int, ...]


def at_least(state: Pairs, count: Count) -> bool:
    """As soon as no spare block is left, those left must differ.

    A join takes one block away, so the bound is met on the way and never jumped over.
    """
    first: dict[int, int] = {}
    same = []
    for step in count.scope:
        block = state.block[step]
        if block in first:
            same.append(state.same[first[block]][step])
        else:
            first[block] = step
    if len(first) > count.bound:
        return True
    why = tuple(same)
    pairs = combinations(first.values(), 2)
    return all(state.put(state.same[a][b] | 1, why) for a, b in pairs)


def at_most(state: Pairs, count: Count) -> bool:
    """With `bound` different people found, everything else must be theirs."""
    crowded = sorted(count.scope, key=lambda step: -state.apart[state.block[step]].bit_count())
    chosen = state.clique(crowded)
    if len(chosen) < count.bound:
        return True
    if len(chosen) > count.bound:
        chosen = chosen[: count.bound + 1]
        state.clash = [state.same[a][b] | 1 for a, b in combinations(chosen, 2)]
        return False
    mask = sum(1 << step for step in chosen)
    differ = tuple(state.same[a][b] | 1 for a, b in combinations(chosen, 2))
    return all(_only_one(state, step, mask, differ) for step in count.scope)


def _only_one(state: Pairs, step: int, chosen: int, differ: tuple[int, ...]) -> bool:
    """A step that differs from all but one of the chosen is the same as that one."""
    block = state.block[step]
    open_ = chosen & ~state.apart[block]
    if state.members[block] & chosen or open_ & (open_ - 1):
        return True
    left = open_.bit_length() - 1
    others = state.bits(chosen & ~open_)
    why = differ + tuple(state.same[step][other] | 1 for other in others)
    return state.put(state.same[step][left], why)


def scarce(state: Pairs) -> list[int]:
    """Blocks that could lack people, those with the fewest first, all known to differ."""
    total = len(state.masks)
    blocks = [
        step
        for step in range(total)
        if state.block[step] == step and state.classes[step].bit_count() < total
    ]
    return state.clique(sorted(blocks, key=lambda step: state.classes[step].bit_count()))


def whole(state: Pairs) -> list[int]:
    """Every block."""
    return [step for step in range(len(state.masks)) if state.block[step] == step]


class Seating:
    """Gives each block a class of its own, as long as classes have members (augmenting paths)."""

    def __init__(self, state: Pairs, sizes: list[int]) -> None:
        self.state = state
        self.sizes = sizes
        self.seat: dict[int, int] = {}  # block -> class
        self.taken: dict[int, list[int]] = {}  # class -> blocks

    def all_seated(self, blocks: list[int]) -> bool:
        """True if everybody finds a seat; else the clash names a group with too few people."""
        return all(self._seat(block) for block in blocks)

    def _seat(self, block: int) -> bool:
        queue, seen, came = [block], 0, {}
        for asking in queue:
            fresh = self.state.classes[asking] & ~seen
            seen |= fresh
            for place in self.state.bits(fresh):
                came[place] = asking
                sitting = self.taken.setdefault(place, [])
                if len(sitting) < self.sizes[place]:
                    self._shift(place, came)
                    return True
                queue.extend(other for other in sitting if other not in queue)
        self._too_few(queue, seen)
        return False

    def _shift(self, place: int, came: dict[int, int]) -> None:
        """Everybody on the path moves up by one seat."""
        while True:
            mover = came[place]
            self.taken[place].append(mover)
            left = self.seat.get(mover)
            self.seat[mover] = place
            if left is None:
                return
            self.taken[left].remove(mover)
            place = left

    def _too_few(self, blocks: list[int], people: int) -> None:
        """These different blocks share too few people: few equalities that make it so."""
        state = self.state
        clash, heads = [], []
        for block in blocks:
            steps = list(state.bits(state.members[block]))
            head = min(steps, key=lambda step: (state.masks[step] & ~people).bit_count())
            steps.remove(head)
            chosen = state.few(steps, state.masks[head], people)
            clash += [state.same[head][step] for step in chosen]
            heads.append(head)
        clash += [state.same[a][b] | 1 for a, b in combinations(heads, 2)]
        state.clash = clash
