"""May this person take this step now? Safe means: no way that is open now gets lost by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .model import Crowd, Plan, Process, Undecided, Way, places_of
from .problem import Case, Problem, crowds, pose
from .search import OverBudget
from .solve import BUDGET, Budget, Solver, checked


@dataclass(frozen=True, slots=True)
class Safe:
    """The act keeps every open way possible; one plan for each is the proof."""

    plans: tuple[tuple[Way, Plan], ...]


@dataclass(frozen=True, slots=True)
class Unsafe:
    """The act is not granted, or it would lose these ways; none named: no way was open before."""

    lost: tuple[Way, ...]
    granted: bool = True


@dataclass(frozen=True, slots=True)
class Candidates:
    """Everybody who holds a right to the step, sorted by the answer for each of them."""

    safe: Crowd
    unsafe: Crowd
    undecided: Crowd


def open_ways(
    process: Process, step: str, done: Mapping[str, int], absent: Crowd = 0, budget: int = BUDGET
) -> tuple[Way, ...] | Undecided:
    """The ways through the done steps and this one that can still be completed."""
    by = _open(process, step, _case(process, step, done, absent), budget)
    return by if isinstance(by, Undecided) else tuple(solver.problem.way for solver in by)


def _case(process: Process, step: str, done: Mapping[str, int], absent: Crowd) -> Case:
    unknown = ({*done, step}) - {known.key for known in process.steps}
    if unknown or step in done:
        raise ValueError(f"unknown steps {sorted(unknown)}, or {step!r} is done already")
    return Case(tuple(sorted(done.items())), absent)


def _open(process: Process, step: str, case: Case, budget: int) -> tuple[Solver, ...] | Undecided:
    wanted = {key for key, _ in case.done} | {step}
    shared = Budget(budget)
    posed = [Solver(pose(process, way, case), shared) for way in process.ways if wanted <= way]
    try:
        return tuple(solver for solver in posed if solver.outline() is not None)
    except OverBudget:
        return Undecided(shared.used)


def may_act(
    process: Process,
    step: str,
    place: int,
    done: Mapping[str, int],
    absent: Crowd = 0,
    budget: int = BUDGET,
) -> Safe | Unsafe | Undecided:
    """May this person take this step, after those that are done, without a dead end ahead?"""
    case = _case(process, step, done, absent)
    if not crowds(process, process.rules, case)[step] >> place & 1:
        return Unsafe((), granted=False)
    by = _open(process, step, case, budget)
    if isinstance(by, Undecided):
        return by
    after = Case((*case.done, (step, place)), absent)
    shared = Budget(budget)
    plans, lost = [], []
    for way in (solver.problem.way for solver in by):
        solver = Solver(pose(process, way, after), shared)
        try:
            outline = solver.outline()
        except OverBudget:
            return Undecided(shared.used)
        if outline is None:
            lost.append(way)
        else:
            plans.append((way, checked(process, way, solver.name(outline), after)))
    return Unsafe(tuple(lost)) if lost or not plans else Safe(tuple(plans))


def who_may_act(
    process: Process,
    step: str,
    done: Mapping[str, int],
    absent: Crowd = 0,
    budget: int = BUDGET,
) -> Candidates | Undecided:
    """The answer of `may_act` for everybody at once: one search for each class of equals."""
    case = _case(process, step, done, absent)
    by = _open(process, step, case, budget)
    if isinstance(by, Undecided):
        return by
    able = crowds(process, process.rules, case)[step]
    if not by:
        return Candidates(0, able, 0)
    safe, undecided = able, 0
    for solver in by:
        fine, open_ = _fine(solver.problem, step, budget)
        safe &= fine | open_
        undecided |= open_
    # Whom one way leaves open and another one loses is not safe; the rest stays undecided.
    undecided &= safe
    return Candidates(safe & ~undecided, able & ~safe, undecided)


def _fine(problem: Problem, step: str, budget: int) -> tuple[Crowd, Crowd]:
    """Who keeps this way possible, and of whom that is not decided."""
    number = problem.steps.index(step)
    fine = open_ = 0
    for place in places_of(problem.allowed[number]):
        try:
            found = Solver(problem.taken_by(number, place), Budget(budget)).outline()
        except OverBudget:
            open_ |= problem.classes[place]
            continue
        fine |= problem.classes[place] if found is not None else 0
    return fine, open_


def dead_end(
    process: Process, step: str, place: int, done: Mapping[str, int], budget: int = BUDGET
) -> Way | Undecided | None:
    """The shortest way that is open now, where this act would lose every one of them.

    None where one stays open, where none was, and where the person holds no right to the step:
    then it is not this act that ends it. Quick where all is well: the first way that stays open
    is the answer.
    """
    case = _case(process, step, done, 0)
    if not crowds(process, process.rules, case)[step] >> place & 1:
        return None
    wanted = {key for key, _ in case.done} | {step}
    ways = [way for way in process.ways if wanted <= way]
    after, shared = Case((*case.done, (step, place)), 0), Budget(budget)
    try:
        if any(_possible(process, way, after, shared) for way in ways):
            return None
        return next((way for way in ways if _possible(process, way, case, shared)), None)
    except OverBudget:
        return Undecided(shared.used)


def _possible(process: Process, way: Way, case: Case, shared: Budget) -> bool:
    return Solver(pose(process, way, case), shared).outline() is not None
