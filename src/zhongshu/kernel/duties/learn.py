"""Clauses over pairs of steps: follow them, guess, and learn one from every dead end.

The known scheme of clause learning: two watched literals, the first point that alone explains
the dead end, going back over several guesses, weights that favour what clashed lately, new
starts, and forgetting long clauses that did not help.
"""

from __future__ import annotations

from .checks import Count, at_least
from .pairs import Clause, Pairs

FADE = 0.95  # what is left of a weight after each dead end
RESORT = 8  # dead ends between two sortings of the guesses
KEPT = 2000  # learned clauses before the first forgetting
MORE = 1000  # and how many more each time
HUGE = 1e100

Snapshot = tuple[list[int], list[int], list[int], list[int], int]


class Learner(Pairs):
    """Pairs with clauses."""

    def __init__(self, masks: list[int]) -> None:
        super().__init__(masks)
        count = len(self.ends)
        self.weight = [0.0] * count
        self.step = 1.0
        self.order = list(range(count))
        self.at = 0  # pairs before this place of the order are settled
        self.marks: list[int] = []  # length of the trail at each guess
        self.saved: list[Snapshot] = []
        self.learned: list[tuple[int, int, Clause]] = []
        self.kept = KEPT
        self.dead_ends = 0
        self.least: list[tuple[int, Count]] = []  # each with its scope as bits

    def attach(self, clause: Clause) -> None:
        """Watch the first two literals."""
        self.watching[clause[0]].append(clause)
        self.watching[clause[1]].append(clause)

    def propagate(self) -> bool:
        """Follow up everything on the agenda; False (and `clash`) at a dead end."""
        ends, watching = self.ends, self.watching
        for literal in self.agenda:  # which grows meanwhile
            a, b = ends[literal >> 1]
            left = self.block[a]
            if literal & 1:
                if not self.apart[left] >> b & 1 and not self.part(a, b, literal):
                    return False
            elif left != self.block[b] and not self._join(a, b, literal):
                return False
            if watching[literal ^ 1] and not self._visit(literal ^ 1):
                return False
        self.agenda.clear()
        return True

    def _join(self, a: int, b: int, literal: int) -> bool:
        """Join two blocks, then look at the minimums over scopes that both of them touch."""
        rows, columns = self.members[self.block[a]], self.members[self.block[b]]
        return self.join(a, b, literal) and all(
            at_least(self, count) for mask, count in self.least if mask & rows and mask & columns
        )

    def _visit(self, false: int) -> bool:
        """A watched literal became false: watch another, or let the last one hold."""
        value, watching = self.value, self.watching
        clauses = watching[false]
        stay: list[Clause] = []
        watching[false] = stay
        for place, clause in enumerate(clauses):
            other = clause[0]
            if other == false:
                other = clause[0] = clause[1]
                clause[1] = false
            if value[other] > 0:
                stay.append(clause)
                continue
            for spot in range(2, len(clause)):
                literal = clause[spot]
                if value[literal] >= 0:
                    clause[1], clause[spot] = literal, false
                    watching[literal].append(clause)
                    break
            else:
                stay.append(clause)
                if not self.put(other, clause):
                    stay.extend(clauses[place + 1 :])
                    return False
        return True

    def guess(self) -> bool:
        """Guess that one person takes the heaviest open pair; False if all are settled.

        Always "the same": that settles most, so its dead ends come early and teach most.
        """
        order, value = self.order, self.value
        at, count = self.at, len(order)
        while at < count and value[2 * order[at]]:
            at += 1
        self.at = at
        if at == count:
            return False
        self.saved.append((self.block[:], self.members[:], self.apart[:], self.classes[:], at))
        self.marks.append(len(self.trail))
        self.depth += 1
        return self.put(2 * order[at], None)

    def back(self, depth: int) -> None:
        """Take back every guess beyond this depth."""
        if self.depth == depth:
            return
        mark = self.marks[depth]
        value = self.value
        for literal in self.trail[mark:]:
            value[literal] = value[literal ^ 1] = 0
        del self.trail[mark:]
        self.agenda.clear()
        self.block, self.members, self.apart, self.classes, self.at = self.saved[depth]
        del self.saved[depth:], self.marks[depth:]
        self.depth = depth

    def learn(self) -> bool:
        """Turn the clash into a clause and go back to where it speaks; False: impossible."""
        top = max((self.level[literal >> 1] for literal in self.clash), default=0)
        if not top:
            return False
        self.back(top)
        self.dead_ends += 1
        clause = self._trace(top)
        levels = {self.level[literal >> 1] for literal in clause}
        self.back(max((self.level[literal >> 1] for literal in clause[1:]), default=0))
        if len(clause) > 1:
            self.attach(clause)
            self.learned.append((len(levels), len(clause), clause))
            self.put(clause[0], clause)
        else:
            self.put(clause[0], None)
        self._fade()
        return True

    def _trace(self, top: int) -> Clause:
        """From the clash back to the first literal that alone explains the last guess."""
        level, seen = self.level, set[int]()
        clause: Clause = []
        place, open_, causes = len(self.trail), 0, self.clash
        literal = 0
        while True:
            for cause in causes:
                pair = cause >> 1
                if pair in seen or not level[pair]:
                    continue
                seen.add(pair)
                self.weight[pair] += self.step
                if level[pair] == top:
                    open_ += 1
                else:
                    clause.append(cause ^ 1)
            place, literal = self._previous(place, seen)
            open_ -= 1
            if not open_:
                break
            causes = list(self.causes(literal, self.why[literal >> 1]))
        levels = {level[other >> 1] for other in clause}
        said = dict.fromkeys((other >> 1 for other in clause), True)
        rest = [other for other in clause if not self._implied(other, said, levels)]
        rest.sort(key=lambda other: -level[other >> 1])
        return [literal ^ 1, *rest]

    def _previous(self, place: int, seen: set[int]) -> tuple[int, int]:
        while True:
            place -= 1
            if self.trail[place] >> 1 in seen:
                return place, self.trail[place]

    def _implied(self, literal: int, said: dict[int, bool], levels: set[int]) -> bool:
        """The other literals of the clause say this one as well, if need be in several steps.

        `said` remembers for each pair whether they do.
        """
        why = self.why[literal >> 1]
        if why is None:
            return False
        for cause in self.causes(literal ^ 1, why):
            pair = cause >> 1
            if not self.level[pair]:
                continue
            known = said.get(pair)
            if known is None:
                known = self.level[pair] in levels and self._implied(cause ^ 1, said, levels)
                said[pair] = known
            if not known:
                return False
        return True

    def _fade(self) -> None:
        self.step /= FADE
        if self.step > HUGE:
            self.weight = [weight / HUGE for weight in self.weight]
            self.step /= HUGE
        if self.dead_ends % RESORT == 0:
            self.sort()

    def sort(self) -> None:
        """The heaviest pairs are guessed first."""
        weight = self.weight
        self.order.sort(key=weight.__getitem__, reverse=True)
        self.at = 0
        self.saved = [(*saved[:4], 0) for saved in self.saved]

    def restart(self) -> None:
        """Begin again with all that was learned, less what did not help."""
        self.back(0)
        self.sort()
        if len(self.learned) > self.kept:
            self._forget()
            self.kept += MORE

    def _forget(self) -> None:
        """Drop the half with the most levels and literals; at depth 0 no reason needs them."""
        self.learned.sort(key=lambda entry: entry[:2])
        half = len(self.learned) // 2
        gone = {id(clause) for levels, _, clause in self.learned[half:] if levels > 2}
        self.learned = [entry for entry in self.learned if id(entry[2]) not in gone]
        for clauses in self.watching:
            clauses[:] = [clause for clause in clauses if id(clause) not in gone]
