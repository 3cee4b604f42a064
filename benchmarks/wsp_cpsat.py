"""The same question put to OR-Tools CP-SAT, in the best formulation published for it.

Pattern-based pseudo-boolean: a variable for each (step, person) and one for each two steps taken
by the same person, with transitivity between the latter. One worker, so that time is comparable.
"""

from __future__ import annotations

import time
from itertools import combinations
from typing import Any

from ortools.sat.python import cp_model

from zhongshu.kernel.duties.model import (
    AtLeast,
    AtMost,
    Bind,
    Dependent,
    OneTeam,
    Process,
    Rule,
    Separate,
    SuperAtLeast,
    Way,
    places_of,
)
from zhongshu.kernel.duties.problem import START, crowds


class Pattern:
    """The model of one way."""

    def __init__(self, process: Process, way: Way) -> None:
        self.model: Any = cp_model.CpModel()
        self.way = way
        may = crowds(process, process.rules, START)
        self.steps = [step.key for step in process.steps if step.key in way]
        self.by = {
            step: {place: self.model.NewBoolVar("") for place in places_of(may[step])}
            for step in self.steps
        }
        self.together: dict[frozenset[str], Any] = {
            frozenset(pair): self.model.NewBoolVar("") for pair in combinations(self.steps, 2)
        }
        for step in self.steps:
            self.model.AddExactlyOne(self.by[step].values())
        self._transitive()
        for a, b in combinations(self.steps, 2):
            self._channel(a, b)
        for rule in process.rules:
            self._rule(rule, sorted(rule.scope & way))

    def same(self, a: str, b: str) -> Any:
        """The variable "a and b are taken by one person"."""
        return self.together[frozenset((a, b))]

    def _transitive(self) -> None:
        for a, b, c in combinations(self.steps, 3):
            ab, bc, ac = self.same(a, b), self.same(b, c), self.same(a, c)
            self.model.AddBoolOr([ab.Not(), bc.Not(), ac])
            self.model.AddBoolOr([ab.Not(), ac.Not(), bc])
            self.model.AddBoolOr([bc.Not(), ac.Not(), ab])

    def _channel(self, a: str, b: str) -> None:
        same, left, right = self.same(a, b), self.by[a], self.by[b]
        for place, var in left.items():
            other = right.get(place)
            if other is None:
                self.model.AddImplication(same, var.Not())
            else:
                self.model.AddBoolOr([same.Not(), var.Not(), other])
                self.model.AddBoolOr([same.Not(), other.Not(), var])
                self.model.AddBoolOr([var.Not(), other.Not(), same])
        for place, var in right.items():
            if place not in left:
                self.model.AddImplication(same, var.Not())

    def _rule(self, rule: Rule, on: list[str]) -> None:
        if isinstance(rule, Separate | Bind):
            for a, b in combinations(on, 2):
                self.model.Add(self.same(a, b) == isinstance(rule, Bind))
        elif isinstance(rule, AtMost):
            for some in combinations(on, rule.most + 1):
                self.model.AddBoolOr([self.same(a, b) for a, b in combinations(some, 2)])
        elif on:
            self._who(rule, on)

    def _many(self, on: list[str], least: int) -> list[Any]:
        """One variable for each choice of `least` steps; it holds only if all of them differ."""
        chosen = []
        for some in combinations(on, least):
            var = self.model.NewBoolVar("")
            chosen.append(var)
            for a, b in combinations(some, 2):
                self.model.AddImplication(var, self.same(a, b).Not())
        return chosen

    def _inside(self, on: list[str], crowd: int) -> Any:
        """A variable that holds only if all these steps are taken by people of the crowd."""
        var = self.model.NewBoolVar("")
        for step in on:
            for place, by in self.by[step].items():
                if not crowd >> place & 1:
                    self.model.AddImplication(var, by.Not())
        return var

    def _who(self, rule: Rule, on: list[str]) -> None:
        if isinstance(rule, AtLeast):
            self.model.AddBoolOr(self._many(on, rule.least))
        elif isinstance(rule, OneTeam):
            self.model.AddBoolOr([self._inside(on, team) for team in rule.teams])
        elif isinstance(rule, SuperAtLeast):
            self.model.AddBoolOr([self._inside(on, rule.supers), *self._many(on, rule.least)])
        elif isinstance(rule, Dependent) and rule.scope <= self.way:
            then = [var for place, var in self.by[rule.second].items() if rule.then_by >> place & 1]
            for place, var in self.by[rule.first].items():
                if rule.if_by >> place & 1:
                    self.model.AddBoolOr([var.Not(), *then])


def ask(process: Process, way: Way, limit: float = 600) -> tuple[bool | None, float, float]:
    """The answer (None: not within the limit), and CPU seconds to build and to solve."""
    start = time.process_time()
    pattern = Pattern(process, way)
    built = time.process_time()
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = limit
    status = solver.Solve(pattern.model)
    done = time.process_time()
    known = {cp_model.OPTIMAL: True, cp_model.FEASIBLE: True, cp_model.INFEASIBLE: False}
    return known.get(status), built - start, done - built
