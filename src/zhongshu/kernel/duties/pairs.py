"""The state of the search: for every two steps, are they taken by the same person?

A literal is a whole number: `2 * pair` says "the same", `2 * pair + 1` says "different". Steps
known to be the same form a block. Joining or parting two blocks settles every pair between them
at once, and each settled pair remembers the literals it follows from, so that a dead end can be
traced to its causes (`learn.py`).
"""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations

from .model import places_of

Clause = list[int]  # at least one of these literals holds
Why = Clause | tuple[int, ...] | None  # a clause; or literals that imply; or nothing (a guess)
# Two kinds of tuple postpone the work, since most reasons are never asked for:
# (NOBODY, left, right, a, b): the blocks `left` with a and `right` with b have no person in common;
# (LINKED, row, link, trigger, b, known): the row is linked to one end of the trigger, and the other
# end, b, is known to be the same as (0) or different from (1) the column.
NOBODY, LINKED = -1, -2


@lru_cache(maxsize=128)
def _numbered(count: int) -> tuple[tuple[tuple[int, int], ...], tuple[tuple[int, ...], ...]]:
    """The two steps of each pair, and the literal "the same" of each two steps."""
    ends = tuple(combinations(range(count), 2))
    same = [[2 * len(ends)] * count for _ in range(count)]
    for pair, (a, b) in enumerate(ends):
        same[a][b] = same[b][a] = 2 * pair
    return ends, tuple(tuple(row) for row in same)


class _Bits(dict[int, tuple[int, ...]]):
    """The places of the bits that are set; remembered, since the same sets return all the time."""

    def __missing__(self, mask: int) -> tuple[int, ...]:
        found = self[mask] = places_of(mask)
        return found


class Pairs:
    """Values, trail and blocks over the pairs of `len(masks)` steps.

    `masks[i]` holds the classes of people who may take step i, as bits.
    """

    def __init__(self, masks: list[int]) -> None:
        count = len(masks)
        self.masks = masks
        self.ends, self.same = _numbered(count)
        # The last literal says that a step is the same as itself: true before all else.
        self.value = [0] * (2 * len(self.ends)) + [1, -1]
        self.level = [0] * (len(self.ends) + 1)
        self.why: list[Why] = [None] * (len(self.ends) + 1)
        self.trail: list[int] = []
        # Literals to follow up: those put from outside, and derived ones that a clause watches.
        self.agenda: list[int] = []
        self.watching: list[list[Clause]] = [[] for _ in self.value]
        self.depth = 0
        self.block = list(range(count))  # of a step: the step that stands for its block
        self.members = [1 << step for step in range(count)]  # of a block, as bits
        self.apart = [0] * count  # of a block: the steps known to be different, as bits
        self.classes = list(masks)  # of a block: who may take all its steps
        self.clash: list[int] = []  # literals that hold and cannot hold together
        self.bits = _Bits().__getitem__  # the bits of a number that are set

    def put(self, literal: int, why: Why) -> bool:
        """Let a literal hold; False (and `clash`) if its opposite holds already."""
        value = self.value[literal]
        if value:
            if value < 0:
                self.clash = [*self.causes(literal, why), literal ^ 1]
            return value > 0
        self.value[literal], self.value[literal ^ 1] = 1, -1
        pair = literal >> 1
        self.level[pair], self.why[pair] = self.depth, why
        self.trail.append(literal)
        self.agenda.append(literal)
        return True

    def causes(self, literal: int, why: Why) -> list[int] | tuple[int, ...]:
        """The literals that make this one hold."""
        if isinstance(why, list):
            return [other ^ 1 for other in why if other != literal]
        if why is None:
            return ()
        if why and why[0] == NOBODY:
            _, left, right, a, b = why
            return self.nobody(left, right, a, b)
        if why and why[0] == LINKED:
            _, row, link, trigger, b, known = why
            first, second = self.ends[literal >> 1]
            return link, trigger, self.same[b][second if row == first else first] | known
        return why

    def few(self, steps: list[int], start: int, within: int) -> list[int]:
        """Few of the steps, such that the classes of `start` who may take all lie `within`."""
        chosen, left = [], list(steps)
        while start & ~within:
            best = min(left, key=lambda step: (start & self.masks[step] & ~within).bit_count())
            start &= self.masks[best]
            left.remove(best)
            chosen.append(best)
        return chosen

    def nobody(self, left: int, right: int, a: int, b: int) -> list[int]:
        """Why nobody can hold a block with a and a block with b together: few equalities."""
        steps = self.bits((left | right) & ~(1 << a | 1 << b))
        chosen = self.few(list(steps), self.masks[a] & self.masks[b], 0)
        return [self.same[a if left >> step & 1 else b][step] for step in chosen]

    def spread(self, trigger: int, a: int, rows: int, columns: int, known: int) -> bool:
        """Settle row x column pairs: row = a, a ? b (the trigger), b ? column (`known`)."""
        first, second = self.ends[trigger >> 1]
        b = second if a == first else first
        near, sign = self.same[a], (trigger ^ known) & 1
        value, level, why, trail, depth = self.value, self.level, self.why, self.trail, self.depth
        watching, agenda, places = self.watching, self.agenda, self.bits(columns)
        for row in self.bits(rows):
            line = self.same[row]
            causes = (LINKED, row, near[row], trigger, b, known)  # one for all the row
            for column in places:
                literal = line[column] | sign
                if value[literal]:
                    if value[literal] < 0:
                        self.clash = [*self.causes(literal, causes), literal ^ 1]
                        return False
                    continue
                # What `put` does, written out: this is the busiest line of the search.
                value[literal] = 1
                value[literal ^ 1] = -1
                pair = literal >> 1
                level[pair] = depth
                why[pair] = causes
                trail.append(literal)
                if watching[literal ^ 1]:
                    agenda.append(literal)
        return True

    def part(self, a: int, b: int, trigger: int) -> bool:
        """Two blocks become different."""
        left, right = self.block[a], self.block[b]
        rows, columns = self.members[left], self.members[right]
        self.apart[left] |= columns
        self.apart[right] |= rows
        if rows | columns == 1 << a | 1 << b:
            return True
        return self.spread(trigger, a, rows, columns, 0)

    def join(self, a: int, b: int, trigger: int) -> bool:
        """Two blocks become one; what differs from either differs from both.

        Somebody may take all steps of the new block, or `_shun` had parted the two before.
        """
        left, right = self.block[a], self.block[b]
        rows, columns = self.members[left], self.members[right]
        fresh_left = self.apart[right] & ~self.apart[left]
        fresh_right = self.apart[left] & ~self.apart[right]
        if not (
            self.spread(trigger, a, rows, columns, 0)
            and self.spread(trigger, a, rows, fresh_left, 1)
            and self.spread(trigger, b, columns, fresh_right, 1)
        ):
            return False
        for step in self.bits(fresh_left):
            self.apart[self.block[step]] |= rows
        for step in self.bits(fresh_right):
            self.apart[self.block[step]] |= columns
        for step in self.bits(columns):
            self.block[step] = left
        self.members[left], self.members[right] = rows | columns, 0
        self.apart[left] |= fresh_left
        self.classes[left] &= self.classes[right]
        return self._shun(left)

    def _shun(self, left: int) -> bool:
        """Other blocks with nobody in common with this one are different from it."""
        classes, members = self.classes[left], self.members[left]
        everything = (1 << len(self.masks)) - 1
        for step in self.bits(everything & ~members & ~self.apart[left]):
            if self.block[step] == step and not self.classes[step] & classes:
                near = self._tightest(members, self.classes[step])
                others = self.members[step]
                far = step if others == 1 << step else self._tightest(others, self.masks[near])
                why = (NOBODY, members, others, near, far)
                if not self.put(self.same[near][far] | 1, why):
                    return False
        return True

    def _tightest(self, members: int, among: int) -> int:
        """The step that fewest of these classes may take: named first, it needs few others."""
        masks = self.masks
        return min(self.bits(members), key=lambda step: (masks[step] & among).bit_count())

    def clique(self, steps: list[int]) -> list[int]:
        """Some of the steps, all known to be taken by different people (first come first)."""
        chosen, mask = [], 0
        for step in steps:
            if self.apart[self.block[step]] & mask == mask:
                chosen.append(step)
                mask |= 1 << step
        return chosen
