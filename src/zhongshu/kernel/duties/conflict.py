"""Why is it impossible? A set of rules in conflict, from which none can be taken away."""

from __future__ import annotations

from dataclasses import dataclass

from .model import Process, Rule, Undecided, Way
from .problem import START, Case, crowds, pose
from .search import OverBudget
from .solve import BUDGET, Budget, Solver


@dataclass(frozen=True, slots=True)
class Conflict:
    """These rules cannot all be kept by the people there are; without any one of them they can.

    `unstaffed` are steps that nobody may take at all once the rules named are applied. `minimal`
    is False if the budget ran out and some rules could not be taken away for certain.
    """

    rules: tuple[str, ...]
    unstaffed: tuple[str, ...]
    minimal: bool


@dataclass(frozen=True, slots=True)
class Possible:
    """There is nothing to explain."""


def why_impossible(
    process: Process, way: Way, case: Case = START, budget: int = BUDGET
) -> Conflict | Possible | Undecided:
    """A minimal conflict of a way that nobody can complete (one of possibly several)."""
    first = _possible(process, way, case, process.rules, budget)
    if first is None:
        return Undecided(budget)
    if first:
        return Possible()
    kept, minimal = process.rules, True
    for rule in process.rules:
        fewer = tuple(other for other in kept if other is not rule)
        answer = _possible(process, way, case, fewer, budget)
        if answer is None:
            minimal = False
        elif not answer:
            kept = fewer
    may = crowds(process, kept, case)
    empty = tuple(step.key for step in process.steps if step.key in way and not may[step.key])
    return Conflict(tuple(rule.name for rule in kept), empty, minimal)


def _possible(
    process: Process, way: Way, case: Case, rules: tuple[Rule, ...], budget: int
) -> bool | None:
    """None: not decided."""
    try:
        return Solver(pose(process, way, case, rules), Budget(budget)).outline() is not None
    except OverBudget:
        return None
