"""A process in numbers: one way, its people gathered in classes of equal rights.

People who may take the same steps, and whom no rule tells apart, are one class with a size. This
is what keeps the cost apart from the number of people.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from .model import (
    Bar,
    Bind,
    Crowd,
    Dependent,
    OneTeam,
    Process,
    Rule,
    Separate,
    SuperAtLeast,
    Way,
    crowds_of,
)

Choosing = OneTeam | SuperAtLeast | Dependent  # rules that look at who, not only at "the same"


@dataclass(frozen=True, slots=True)
class Case:
    """What is known at the moment of asking: who has acted, and who is away."""

    done: tuple[tuple[str, int], ...] = ()
    absent: Crowd = 0


START = Case()


@dataclass(frozen=True, slots=True)
class Problem:
    """One way of a process, ready to be searched. `allowed` and groups count classes as bits."""

    way: Way
    steps: tuple[str, ...]
    classes: tuple[Crowd, ...]
    allowed: tuple[int, ...]
    rules: tuple[Rule, ...]
    groups: Mapping[Crowd, int]

    def taken_by(self, number: int, place: int) -> Problem:
        """The problem after somebody of a class took the step of this number.

        It does not matter who: the people of a class are equals in every right and group.
        """
        allowed = (*self.allowed[:number], 1 << place, *self.allowed[number + 1 :])
        return replace(self, allowed=allowed)

    @property
    def sizes(self) -> list[int]:
        """How many people each class has."""
        return [crowd.bit_count() for crowd in self.classes]


def crowds(process: Process, rules: Iterable[Rule], case: Case) -> dict[str, Crowd]:
    """Who may take each step: granted, not barred, not away. A done step is its doer's."""
    may: dict[str, Crowd] = {step.key: 0 for step in process.steps}
    for grant in process.grants:
        may[grant.step] |= grant.people
    for rule in rules:
        if isinstance(rule, Bar):
            for step in rule.scope:
                may[step] &= ~rule.people
    for step in may:
        may[step] &= ~case.absent
    for step, place in case.done:
        may[step] = 1 << place
    return may


def pose(
    process: Process, way: Way, case: Case = START, rules: tuple[Rule, ...] | None = None
) -> Problem:
    """The problem of one way; `rules` stands in for the rules of the process."""
    chosen = process.rules if rules is None else rules
    may = crowds(process, chosen, case)
    steps = tuple(step.key for step in process.steps if step.key in way)
    if len(steps) != len(way):
        raise ValueError(f"unknown steps {sorted(way - set(steps))}")
    kept = tuple(rule for rule in chosen if not isinstance(rule, Bar) and _speaks(rule, way))
    splits = dict.fromkeys(crowd for rule in kept for crowd in crowds_of(rule))
    everybody = 0
    for step in steps:
        everybody |= may[step]
    classes = _refine(everybody, [*(may[step] for step in steps), *splits])
    return Problem(
        way=way,
        steps=steps,
        classes=classes,
        allowed=tuple(_in_classes(may[step], classes) for step in steps),
        rules=kept,
        groups={crowd: _in_classes(crowd, classes) for crowd in splits},
    )


class Posed:
    """The problems of all ways of a process, each made when it is asked for. Their classes are the
    same for all, so finer than one way needs; every answer is the same."""

    def __init__(self, process: Process) -> None:
        self.steps = tuple(step.key for step in process.steps)
        self.rules = tuple(rule for rule in process.rules if not isinstance(rule, Bar))
        may = crowds(process, process.rules, START)
        splits = dict.fromkeys(crowd for rule in self.rules for crowd in crowds_of(rule))
        everybody = 0
        for crowd in may.values():
            everybody |= crowd
        self.classes = _refine(everybody, [*may.values(), *splits])
        self.allowed = {step: _in_classes(crowd, self.classes) for step, crowd in may.items()}
        self.groups = {crowd: _in_classes(crowd, self.classes) for crowd in splits}

    def of(self, way: Way) -> Problem:
        """The problem of one way."""
        steps = tuple(step for step in self.steps if step in way)
        return Problem(
            way=way,
            steps=steps,
            classes=self.classes,
            allowed=tuple(self.allowed[step] for step in steps),
            rules=tuple(rule for rule in self.rules if _speaks(rule, way)),
            groups=self.groups,
        )


def _speaks(rule: Rule, way: Way) -> bool:
    """Does the rule say anything about this way?"""
    if isinstance(rule, Dependent):
        return rule.first in way and rule.second in way
    on_way = len(rule.scope & way)
    return on_way > 1 if isinstance(rule, Separate | Bind) else on_way > 0


def _refine(everybody: Crowd, splits: Iterable[Crowd]) -> tuple[Crowd, ...]:
    """The coarsest classes that no split divides."""
    classes = [everybody] if everybody else []
    for split in dict.fromkeys(splits):
        finer = []
        for crowd in classes:
            inside = crowd & split
            if inside and inside != crowd:
                finer += [inside, crowd ^ inside]
            else:
                finer.append(crowd)
        classes = finer
    return tuple(sorted(classes, key=lambda crowd: crowd & -crowd))


def _in_classes(crowd: Crowd, classes: tuple[Crowd, ...]) -> int:
    """A crowd that no class is divided by, as bits of classes."""
    found = 0
    for number, members in enumerate(classes):
        if members & crowd:
            found |= 1 << number
    return found
