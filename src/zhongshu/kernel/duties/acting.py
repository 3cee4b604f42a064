"""May this person take this step now? Safe means: no way that is open now gets lost by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .model import Crowd, Plan, Process, Undecided, Way, places_of
from .problem import Case, crowds, pose
from .search import OverBudget
from .solve import BUDGET, Solver, checked


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
    wanted = set(done) | {step}
    case = Case(tuple(sorted(done.items())), absent)
    still, left, used = [], budget, 0
    for way in process.ways:
        if wanted <= way:
            solver = Solver(pose(process, way, case), left)
            try:
                if solver.outline() is not None:
                    still.append(way)
            except OverBudget:
                return Undecided(used + solver.used)
            left, used = solver.left, used + solver.used
    return tuple(still)


def may_act(
    process: Process,
    step: str,
    place: int,
    done: Mapping[str, int],
    absent: Crowd = 0,
    budget: int = BUDGET,
) -> Safe | Unsafe | Undecided:
    """May this person take this step, after those that are done, without a dead end ahead?"""
    ways = open_ways(process, step, done, absent, budget)
    if isinstance(ways, Undecided):
        return ways
    return _judge(process, (step, place), Case(tuple(sorted(done.items())), absent), ways, budget)


def _judge(
    process: Process, act: tuple[str, int], case: Case, ways: tuple[Way, ...], budget: int
) -> Safe | Unsafe | Undecided:
    step, place = act
    if not crowds(process, process.rules, case)[step] >> place & 1:
        return Unsafe((), granted=False)
    after = Case((*case.done, act), case.absent)
    plans, lost = [], []
    for way in ways:
        solver = Solver(pose(process, way, after), budget)
        try:
            outline = solver.outline()
        except OverBudget:
            return Undecided(solver.used)
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
    ways = open_ways(process, step, done, absent, budget)
    if isinstance(ways, Undecided):
        return ways
    case = Case(tuple(sorted(done.items())), absent)
    able = crowds(process, process.rules, case)[step]
    safe = unsafe = undecided = 0
    for crowd in _equals(process, able, case, ways):
        (place,) = places_of(crowd, 1)
        answer = _judge(process, (step, place), case, ways, budget)
        if isinstance(answer, Safe):
            safe |= crowd
        elif isinstance(answer, Unsafe):
            unsafe |= crowd
        else:
            undecided |= crowd
    return Candidates(safe, unsafe, undecided)


def _equals(process: Process, able: Crowd, case: Case, ways: tuple[Way, ...]) -> list[Crowd]:
    """The able people, divided wherever some open way tells them apart."""
    parts = [able] if able else []
    for way in ways:
        classes = pose(process, way, case).classes
        parts = [part & crowd for part in parts for crowd in classes if part & crowd]
    return parts
