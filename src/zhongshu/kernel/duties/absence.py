"""Whose absence blocks it? Smallest sets of absent people that leave a way impossible.

Every plan must be hit by the absent: so take a plan, and for one of its classes let so many be
away that the plan fails. Big classes cost too many absences and are never tried.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from .coalition import Group, fits
from .model import Bar, Crowd, Process, Undecided, Way, places_of
from .problem import START, Case, Problem, pose
from .search import OverBudget
from .solve import BUDGET, Budget, Solver, solvers

Counts = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Blocking:
    """A smallest absence that blocks a way: any so many of each crowd, and one example."""

    way: Way
    groups: Group
    example: Crowd

    @property
    def people(self) -> int:
        """How many absences it takes; 0 means that the way is impossible as it is."""
        return sum(count for _, count in self.groups)


@dataclass(frozen=True, slots=True)
class Resilient:
    """Every way can still be completed with any `absences` people away."""

    absences: int


@dataclass(frozen=True, slots=True)
class Pillar:
    """One person without whom these ways are blocked."""

    place: int
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Cure:
    """If one of the crowd (or anybody else, where `anybody`) might take the step, it would go."""

    step: str
    crowd: Crowd
    anybody: bool


def resilience(
    process: Process, absences: int, budget: int = BUDGET
) -> Resilient | Blocking | Undecided:
    """The smallest absence of at most so many people that blocks some way, or that none does."""
    return resilience_by(solvers(process, START, budget), absences)


def resilience_by(by: tuple[Solver, ...], absences: int) -> Resilient | Blocking | Undecided:
    """The same with solvers at hand."""
    worst: Blocking | None = None
    most = absences
    for solver in by:
        try:
            away = _smallest(solver, most)
        except OverBudget:
            return Undecided(solver.budget.used)
        if away is not None:
            worst = _blocking(solver.problem, away)
            most = worst.people - 1
    return Resilient(absences) if worst is None else worst


def _smallest(solver: Solver, most: int) -> Counts | None:
    pool: list[Counts] = []
    sizes = tuple(solver.problem.sizes)
    for bound in range(most + 1):
        left = _hit(solver, sizes, bound, pool)
        if left is not None:
            return tuple(size - rest for size, rest in zip(sizes, left, strict=True))
    return None


def _hit(solver: Solver, sizes: Counts, bound: int, pool: list[Counts]) -> Counts | None:
    """Sizes that block, reached by at most `bound` further absences."""
    need = next((known for known in pool if fits(known, sizes)), None)
    if need is None:
        outline = solver.outline(sizes)
        if outline is None:
            return sizes
        need = outline.need(len(sizes))
        pool.append(need)
    for place, count in enumerate(need):
        cost = sizes[place] - count + 1
        if count and cost <= bound:
            fewer = (*sizes[:place], count - 1, *sizes[place + 1 :])
            left = _hit(solver, fewer, bound - cost, pool)
            if left is not None:
                return left
    return None


def _blocking(problem: Problem, away: Counts) -> Blocking:
    groups = tuple(
        (crowd, count) for crowd, count in zip(problem.classes, away, strict=True) if count
    )
    example = 0
    for crowd, count in groups:
        for place in places_of(crowd, count):
            example |= 1 << place
    return Blocking(problem.way, groups, example)


def pillars(process: Process, budget: int = BUDGET) -> tuple[Pillar, ...] | Undecided:
    """Each single person whose absence blocks a way that is possible when all are there."""
    return pillars_by(solvers(process, START, budget))


def pillars_by(by: tuple[Solver, ...]) -> tuple[Pillar, ...] | Undecided:
    """The same with solvers at hand."""
    blocked: dict[int, list[Way]] = {}
    for solver in by:
        try:
            crowd = _critical(solver)
        except OverBudget:
            return Undecided(solver.budget.used)
        for place in places_of(crowd):
            blocked.setdefault(place, []).append(solver.problem.way)
    return tuple(Pillar(place, tuple(ways)) for place, ways in sorted(blocked.items()))


def _critical(solver: Solver) -> Crowd:
    """Only a class that some plan takes whole can hold such a person; then all its members are."""
    outline = solver.outline()
    if outline is None:
        return 0
    crowd, sizes = 0, solver.problem.sizes
    for place, count in enumerate(outline.need(len(sizes))):
        if count and count == sizes[place]:
            fewer = (*sizes[:place], count - 1, *sizes[place + 1 :])
            if solver.outline(fewer) is None:
                crowd |= solver.problem.classes[place]
    return crowd


def cures(
    process: Process, way: Way, absent: Crowd = 0, budget: int = BUDGET
) -> tuple[Cure, ...] | Undecided:
    """Each single step that, given to somebody more, makes a blocked way possible again."""
    trial = _Trial(pose(process, way, Case(absent=absent)), budget)
    try:
        if trial.works(0, 0):
            return ()
        found = [trial.cure(number, _barred(process, step)) for number, step in trial.worth()]
    except OverBudget:
        return Undecided(trial.budget.used)
    return tuple(cure for cure in found if cure is not None)


def _barred(process: Process, step: str) -> Crowd:
    """A right would not help these people on this step."""
    barred = 0
    for rule in process.rules:
        if isinstance(rule, Bar) and step in rule.scope:
            barred |= rule.people
    return barred


class _Trial:
    """Steps given to one class after another, and to a newcomer: one more class, of size 1."""

    def __init__(self, problem: Problem, budget: int) -> None:
        self.problem = replace(problem, classes=(*problem.classes, 1))
        self.numbered = list(enumerate(problem.steps))
        self.budget = Budget(budget)

    def worth(self) -> list[tuple[int, str]]:
        """The steps that could cure it: where nobody is left at one, that one; at two, none."""
        empty = [pair for pair in self.numbered if not self.problem.allowed[pair[0]]]
        if not empty:
            return self.numbered
        return empty if len(empty) == 1 else []

    def works(self, number: int, more: int) -> bool:
        """Is the way possible with these further classes on the step of this number?"""
        allowed = list(self.problem.allowed)
        allowed[number] |= more
        changed = replace(self.problem, allowed=tuple(allowed))
        return Solver(changed, self.budget).outline() is not None

    def cure(self, number: int, barred: Crowd) -> Cure | None:
        """Who would help on this step, if anybody would. One person acts, so one class will do."""
        newcomer = len(self.problem.classes) - 1
        if not self.works(number, (1 << newcomer + 1) - 1):
            return None
        crowd = 0
        for place, members in enumerate(self.problem.classes[:newcomer]):
            known = self.problem.allowed[number] >> place & 1
            if not known and members & ~barred and self.works(number, 1 << place):
                crowd |= members & ~barred
        anybody = self.works(number, 1 << newcomer)
        return Cure(self.problem.steps[number], crowd, anybody) if crowd or anybody else None
