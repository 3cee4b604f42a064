"""From a problem to a plan: join bound steps, try choosing rules, name people, check the plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .checks import Count
from .model import (
    AtLeast,
    AtMost,
    Bind,
    Crowd,
    Dependent,
    OneTeam,
    Plan,
    Process,
    Separate,
    Undecided,
    Way,
    places_of,
)
from .problem import START, Case, Choosing, Problem, pose
from .search import OverBudget, Puzzle, Search
from .verify import broken

BUDGET = 100_000  # guesses and dead ends of one question


@dataclass(frozen=True, slots=True)
class Outline:
    """A plan before people are named: for each step a class and which of its members."""

    seats: tuple[tuple[int, int], ...]

    def need(self, classes: int) -> tuple[int, ...]:
        """How many people of each class the plan takes."""
        need = [0] * classes
        for place, _ in set(self.seats):
            need[place] += 1
        return tuple(need)


class Budget:
    """What one question may still spend, over all its searches."""

    def __init__(self, nodes: int) -> None:
        self.left = nodes
        self.used = 0

    def spend(self, nodes: int) -> None:
        """Count what a search took."""
        self.left -= nodes
        self.used += nodes


@dataclass(frozen=True, slots=True)
class _Choice:
    """The masks and minimums of one branch of the choosing rules."""

    masks: tuple[int, ...]
    least: tuple[Count, ...]


class Solver:
    """Searches one problem, as often as needed, and remembers plain answers."""

    def __init__(self, problem: Problem, budget: Budget) -> None:
        self.problem = problem
        self.budget = budget
        self.known: dict[tuple[int, ...], Outline | None] = {}
        self.place = {step: number for number, step in enumerate(problem.steps)}
        self.slot = self._bound()
        self.choosing = [rule for rule in problem.rules if isinstance(rule, Choosing)]
        self.differ: list[tuple[int, int]] = []
        self.most: list[Count] = []
        least: list[Count] = []
        for rule in problem.rules:
            if isinstance(rule, Separate):
                self.differ += self._pairs(rule)
            elif isinstance(rule, AtMost):
                self.most.append(Count(rule.most, self._slots(rule.scope)))
            elif isinstance(rule, AtLeast):
                least.append(Count(rule.least, self._slots(rule.scope)))
        masks = [-1] * (max(self.slot, default=-1) + 1)
        for number, slot in enumerate(self.slot):
            masks[slot] &= problem.allowed[number]
        self.start = _Choice(tuple(masks), tuple(least))

    def _bound(self) -> list[int]:
        """Steps that one person must take share a slot."""
        head = list(range(len(self.problem.steps)))
        for rule in self.problem.rules:
            if isinstance(rule, Bind):
                together = {head[self.place[step]] for step in rule.scope & self.problem.way}
                head = [min(together) if old in together else old for old in head]
        slots = {old: number for number, old in enumerate(dict.fromkeys(head))}
        return [slots[old] for old in head]

    def _slots(self, scope: Way) -> tuple[int, ...]:
        return tuple(sorted({self.slot[self.place[step]] for step in scope & self.problem.way}))

    def _pairs(self, rule: Separate) -> Iterator[tuple[int, int]]:
        """Also a slot with itself, which nothing can satisfy: the rule contradicts a binding."""
        slots = sorted(self.slot[self.place[step]] for step in rule.scope & self.problem.way)
        for number, slot in enumerate(slots):
            for other in slots[number + 1 :]:
                yield slot, other

    def outline(self, sizes: Sequence[int] | None = None, people: int = 0) -> Outline | None:
        """A way to fill all steps, or None. `people` bounds how many different ones."""
        room = tuple(self.problem.sizes if sizes is None else sizes)
        if not people and room in self.known:
            return self.known[room]
        open_ = sum(1 << place for place, size in enumerate(room) if size)
        most = list(self.most)
        if people:
            most.append(Count(people, tuple(range(len(self.start.masks)))))
        masks = tuple(mask & open_ for mask in self.start.masks)
        found = self._branch(_Choice(masks, self.start.least), list(room), most)
        if not people:
            self.known[room] = found
        return found

    def _branch(self, choice: _Choice, sizes: list[int], most: list[Count]) -> Outline | None:
        """Settle one choosing rule after another, but only those that the plan found breaks."""
        found = self._search(choice, sizes, most)
        if found is None:
            return None
        bad = next((rule for rule in self.choosing if self._breaks(rule, found)), None)
        if bad is None:
            return found
        for option in self._options(bad, choice):
            better = self._branch(option, sizes, most)
            if better is not None:
                return better
        return None

    def _search(self, choice: _Choice, sizes: list[int], most: list[Count]) -> Outline | None:
        puzzle = Puzzle(list(choice.masks), sizes, self.differ, most, choice.least)
        search = Search(puzzle, self.budget.left)
        try:
            blocks = search.run()
        finally:
            self.budget.spend(search.nodes)
        if blocks is None:
            return None
        seats: dict[int, tuple[int, int]] = {}
        filled: dict[int, int] = {}
        for block in dict.fromkeys(blocks):
            place = search.seat[block]
            seats[block] = (place, filled.get(place, 0))
            filled[place] = filled.get(place, 0) + 1
        return Outline(tuple(seats[blocks[slot]] for slot in self.slot))

    def _breaks(self, rule: Choosing, found: Outline) -> bool:
        seats = [found.seats[self.place[step]] for step in sorted(rule.scope & self.problem.way)]
        groups = self.problem.groups
        if isinstance(rule, OneTeam):
            used = sum(1 << place for place in {place for place, _ in seats})
            return not any(groups[team] & used == used for team in rule.teams)
        if isinstance(rule, Dependent):
            first = found.seats[self.place[rule.first]][0]
            second = found.seats[self.place[rule.second]][0]
            return bool(groups[rule.if_by] >> first & 1 and not groups[rule.then_by] >> second & 1)
        return len(set(seats)) < rule.least and not all(
            groups[rule.supers] >> place & 1 for place, _ in seats
        )

    def _options(self, rule: Choosing, choice: _Choice) -> Iterator[_Choice]:
        """Restrictions that each satisfy the rule, and together lose no plan that does."""
        groups, scope = self.problem.groups, self._slots(rule.scope)
        if isinstance(rule, OneTeam):
            for team in rule.teams:
                yield _within(choice, scope, groups[team])
        elif isinstance(rule, Dependent):
            first, second = self._slots(Way((rule.first,))), self._slots(Way((rule.second,)))
            yield _within(choice, first, ~groups[rule.if_by])
            yield _within(choice, second, groups[rule.then_by])
        else:
            yield _Choice(choice.masks, (*choice.least, Count(rule.least, scope)))
            yield _within(choice, scope, groups[rule.supers])

    def without(self, absent: Crowd) -> Plan | Undecided | None:
        """Who could take which step while these people are away; to be checked by the caller."""
        sizes = [(members & ~absent).bit_count() for members in self.problem.classes]
        try:
            outline = self.outline(sizes)
        except OverBudget:
            return Undecided(self.budget.used)
        return None if outline is None else self.name(outline, absent)

    def name(self, outline: Outline, absent: Crowd = 0) -> Plan:
        """The first members of each class take its seats."""
        taken: dict[int, int] = {}
        for place, number in outline.seats:
            taken[place] = max(taken.get(place, 0), number + 1)
        members = {
            place: places_of(self.problem.classes[place] & ~absent, count)
            for place, count in taken.items()
        }
        acts = zip(self.problem.steps, outline.seats, strict=True)
        return Plan(tuple((step, members[place][number]) for step, (place, number) in acts))

    def crowded(self) -> int:
        """Some steps of which no two can share a person: so many people it takes at least."""
        masks = self.start.masks
        apart = [0] * len(masks)
        barred = {*self.differ, *self._disjoint()}
        for a, b in barred:
            apart[a] |= 1 << b
            apart[b] |= 1 << a
        chosen = count = 0
        for slot in sorted(range(len(masks)), key=lambda slot: -apart[slot].bit_count()):
            if apart[slot] & chosen == chosen:
                chosen |= 1 << slot
                count += 1
        return count

    def _disjoint(self) -> Iterator[tuple[int, int]]:
        masks = self.start.masks
        for b in range(len(masks)):
            for a in range(b):
                if not masks[a] & masks[b]:
                    yield a, b


def _within(choice: _Choice, slots: Sequence[int], group: int) -> _Choice:
    masks = list(choice.masks)
    for slot in slots:
        masks[slot] &= group
    return _Choice(tuple(masks), choice.least)


def checked(process: Process, way: Way, plan: Plan, case: Case = START) -> Plan:
    """The plan, after the independent checker has found nothing wrong with it."""
    wrong = broken(process, way, plan, case)
    if wrong:
        raise AssertionError(f"the search broke {wrong}")
    return plan


def solvers(process: Process, case: Case, budget: int) -> tuple[Solver, ...]:
    """One solver for each way, all on one budget."""
    shared = Budget(budget)
    return tuple(Solver(pose(process, way, case), shared) for way in process.ways)


def renew(by: tuple[Solver, ...], budget: int) -> None:
    """A new budget for the next question to the same solvers."""
    shared = Budget(budget)
    for solver in by:
        solver.budget = shared


def find_plan(
    process: Process, way: Way, case: Case = START, budget: int = BUDGET
) -> Plan | Undecided | None:
    """Who could take which step on this way, every rule kept; None if that is impossible."""
    solver = Solver(pose(process, way, case), Budget(budget))
    try:
        outline = solver.outline()
    except OverBudget:
        return Undecided(solver.budget.used)
    return None if outline is None else checked(process, way, solver.name(outline), case)
