"""Who could do it alone? The fewest people who can take every step, and all such groups."""

from __future__ import annotations

from dataclasses import dataclass

from .model import Crowd, Plan, Process, Undecided, Way
from .problem import START, Case
from .search import OverBudget
from .solve import BUDGET, Outline, Solver, checked, solvers


@dataclass(frozen=True, slots=True)
class Fewest:
    """The least number of people, and how they would do it; 0 and nothing if nobody can."""

    people: int
    way: Way | None = None
    plan: Plan | None = None

    @property
    def alone(self) -> bool:
        """One person can bring a case from the first step to the last."""
        return self.people == 1


Group = tuple[tuple[Crowd, int], ...]  # any `count` of a crowd, for each pair


@dataclass(frozen=True, slots=True)
class Coalitions:
    """All smallest groups, as "any 1 of these three with that one"; `complete` unless cut off."""

    people: int
    groups: tuple[Group, ...]
    complete: bool


def fewest(process: Process, case: Case = START, budget: int = BUDGET) -> Fewest | Undecided:
    """The fewest people who can take all steps of some way."""
    return fewest_by(process, solvers(process, case, budget), case)


def fewest_by(process: Process, by: tuple[Solver, ...], case: Case = START) -> Fewest | Undecided:
    """The same with solvers at hand."""
    best = Fewest(0)
    for solver in by:
        found = fewer(process, solver, best, case)
        if isinstance(found, Undecided):
            return found
        best = found
    return best


def fewer(process: Process, solver: Solver, best: Fewest, case: Case = START) -> Fewest | Undecided:
    """What one more way makes of the fewest people so far."""
    way = solver.problem.way
    try:
        found = _least(solver, best.people or len(way) + 1)
    except OverBudget:
        return Undecided(solver.budget.used)
    if found is None:
        return best
    plan = checked(process, way, solver.name(found), case)
    return Fewest(plan.people.bit_count(), way, plan)


def _least(solver: Solver, below: int) -> Outline | None:
    """The outline with the fewest people, if they are fewer than `below`."""
    least = solver.crowded()
    whole = solver.outline() if least < below else None
    if whole is None:
        return None
    most = min(len(set(whole.seats)), below)
    for people in range(least, most):
        found = solver.outline(people=people)
        if found is not None:
            return found
    return whole if len(set(whole.seats)) < below else None


def coalitions(
    process: Process, limit: int = 100, case: Case = START, budget: int = BUDGET
) -> Coalitions | Undecided:
    """Every smallest group on every way, up to `limit` of them."""
    by = solvers(process, case, budget)
    smallest = fewest_by(process, by, case)
    if isinstance(smallest, Undecided):
        return smallest
    if not smallest.people:
        return Coalitions(0, (), complete=True)
    groups: dict[Group, None] = {}
    for solver in by:
        try:
            found = _all_needs(solver, smallest.people, limit + 1)
        except OverBudget:
            return Undecided(solver.budget.used)
        groups.update((_group(solver.problem.classes, need), None) for need in found)
    told = [group for group in groups if not any(_within(group, other) for other in groups)]
    kept = tuple(told)[:limit]
    return Coalitions(smallest.people, kept, complete=len(groups) <= limit)


def _all_needs(solver: Solver, people: int, limit: int) -> list[tuple[int, ...]]:
    """All class counts of plans with so many people.

    Any other such plan takes fewer of some class than the plan at hand, so it is found again
    when that class is cut down to one less than the plan at hand takes.
    """
    found: list[tuple[int, ...]] = []
    todo = [tuple(solver.problem.sizes)]
    seen = set(todo)
    while todo and len(found) < limit:
        sizes = todo.pop()
        need = next((known for known in found if fits(known, sizes)), None)
        if need is None:
            outline = solver.outline(sizes, people)
            if outline is None:
                continue
            need = outline.need(len(sizes))
            found.append(need)
        for place, count in enumerate(need):
            less = (*sizes[:place], count - 1, *sizes[place + 1 :])
            if count and less not in seen:
                seen.add(less)
                todo.append(less)
    return found


def fits(need: tuple[int, ...], sizes: tuple[int, ...]) -> bool:
    """Are there enough people of each class for this plan?"""
    return all(count <= size for count, size in zip(need, sizes, strict=True))


def _group(classes: tuple[Crowd, ...], need: tuple[int, ...]) -> Group:
    return tuple((crowd, count) for crowd, count in zip(classes, need, strict=True) if count)


def _within(group: Group, other: Group) -> bool:
    """Everything that the group says, another group (from another way) says as well."""
    if group == other:
        return False
    inside = [
        sum(count for crowd, count in group if not crowd & ~wide) == needed
        for wide, needed in other
    ]
    return all(inside)
