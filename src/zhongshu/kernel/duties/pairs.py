"""The state of the search: for every two steps, are they taken by the same person?

A literal is a whole number: `2 * pair` says "the same", `2 * pair + 1` says "different". Steps
known to be the same form a block. Joining or parting two blocks settles every pair between them
at once, and each settled pair remembers the literals it follows from, so that a dead end can be
traced to its causes (`learn.py`).
"""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations

Clause = list[int]  # at least one of these literals holds
Why = Clause | tuple[int, ...] | None  # a clause; or literals that imply; or nothing (a guess)
# A tuple (-1, left, right, a, b) postpones the work: blocks `left` and `right`, held by steps a
# and b, have no person in common. Most reasons are never asked for.


@lru_cache(maxsize=128)
def _numbered(count: int) -> tuple[tuple[tuple[int, int], ...], tuple[tuple[int, ...], ...]]:
    """The two steps of each pair, and the literal "the same" of each two steps."""
    ends = tuple(combinations(range(count), 2))
    same = [[2 * len(ends)] * count for _ in range(count)]
    for pair, (a, b) in enumerate(ends):
        same[a][b] = same[b][a] = 2 * pair
    return ends, tuple(tuple(row) for row in same)


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
        self._listed: dict[int, tuple[int, ...]] = {}

    def bits(self, mask: int) -> tuple[int, ...]:
        """The bits that are set; remembered, since the same sets return all the time."""
        found = self._listed.get(mask)
        if found is None:
            places, rest = [], mask
            while rest:
                low = rest & -rest
                places.append(low.bit_length() - 1)
                rest ^= low
            found = self._listed[mask] = tuple(places)
        return found

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
        if why and why[0] < 0:
            _, left, right, a, b = why
            return self.nobody(left, right, a, b)
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
        near, far = self.same[a], self.same[second if a == first else first]
        sign, places = (trigger ^ known) & 1, self.bits(columns)
        value, level, why, trail, depth = self.value, self.level, self.why, self.trail, self.depth
        watching, agenda = self.watching, self.agenda
        for row in self.bits(rows):
            line, link = self.same[row], near[row]
            for column in places:
                literal = line[column] | sign
                settled = value[literal]
                if settled > 0:
                    continue
                causes = (link, trigger, far[column] | known)
                if settled < 0:
                    self.clash = [*causes, literal ^ 1]
                    return False
                # What `put` does, written out: this is the busiest line of the search.
                value[literal], value[literal ^ 1] = 1, -1
                pair = literal >> 1
                level[pair], why[pair] = depth, causes
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
                why = (-1, members, self.members[step], left, step)
                if not self.put(self.same[left][step] | 1, why):
                    return False
        return True

    def clique(self, steps: list[int]) -> list[int]:
        """Some of the steps, all known to be taken by different people (first come first)."""
        chosen, mask = [], 0
        for step in steps:
            if self.apart[self.block[step]] & mask == mask:
                chosen.append(step)
                mask |= 1 << step
        return chosen
