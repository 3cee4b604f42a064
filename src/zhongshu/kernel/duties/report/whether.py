"""A change tried out before it is made: what the numbers were and would be. 若这样改."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from zhongshu.kernel.duties.from_flow.change import granting
from zhongshu.kernel.duties.from_flow.exam import Exam, examine
from zhongshu.kernel.duties.from_flow.incompatible import Duties
from zhongshu.kernel.duties.from_flow.people import People
from zhongshu.kernel.duties.matrix import Matrix
from zhongshu.kernel.flow import Definition, Directory

from .checkup import Names

TRIED = 4  # cures that are tried out unasked


class Change(NamedTuple):
    """What to try: somebody in a post, a stand-in for somebody (principal, deputy), two duties
    kept apart, the fewest who must decide."""

    appointments: tuple[tuple[str, str], ...] = ()
    stand_ins: tuple[tuple[str, str], ...] = ()
    conflicts: tuple[tuple[str, str], ...] = ()
    min_deciders: int = 0

    @property
    def nothing(self) -> bool:
        """Nothing is to be tried."""
        return self == Change()

    def definition(self, definition: Definition) -> Definition:
        """The process with these rules."""
        more = tuple(pair for pair in self.conflicts if pair not in definition.conflicts)
        least = self.min_deciders or definition.min_deciders
        return replace(definition, conflicts=definition.conflicts + more, min_deciders=least)

    def directory(self, directory: Directory) -> Directory:
        """The bureau with these people in place."""
        return granting(directory, self.stand_ins, self.appointments)


class Trial(NamedTuple):
    """A change and what it would come to. `nodes` that hang on one person, before and after."""

    change: Change
    before: Exam
    after: Exam

    @property
    def freed(self) -> tuple[str, ...]:
        """Nodes that no longer hang on one person."""
        return tuple(sorted(points_of(self.before) - points_of(self.after)))

    @property
    def fresh(self) -> tuple[str, ...]:
        """Nodes that now do."""
        return tuple(sorted(points_of(self.after) - points_of(self.before)))


def points_of(exam: Exam) -> frozenset[str]:
    """The nodes that hang on one person."""
    return frozenset(
        node for point in exam.points if any(p for p, _ in point.people) for node in point.stuck
    )


def tried(
    definition: Definition,
    directory: Directory,
    names: Names,
    matrix: Matrix,
    change: Change,
) -> Exam:
    """The examination after a change."""
    duties = Duties(matrix, change.definition(definition), {}, {})
    return examine(duties, People(change.directory(directory), names))


def suggestions(exam: Exam, directory: Directory) -> tuple[Change, ...]:
    """Cures worth trying, one on top of the other: for somebody who can finish alone the first pair
    of duties to keep apart; for each single point a stand-in from his own unit."""
    found: list[Change] = []
    if exam.apart:
        found.append(Change(conflicts=(exam.apart[0].duties,)))
    pairs = (_deputy(point.people, point.remedies, directory) for point in exam.points)
    found += [Change(stand_ins=(pair,)) for pair in pairs if pair]
    return tuple(_added(found[:TRIED]))


def _deputy(
    people: tuple[tuple[str, tuple[str, ...]], ...],
    remedies: object,
    directory: Directory,
) -> tuple[str, str] | None:
    """A colleague who can take the step of the only one who may."""
    person = next((person for person, _ in people if person), "")
    known = remedies if isinstance(remedies, tuple) and person and len(people) == 1 else ()
    near = (
        one
        for remedy in known
        for one in remedy.people
        if directory.people[one].unit == directory.people[person].unit
    )
    return next(((person, one) for one in near), None)


def _added(changes: list[Change]) -> list[Change]:
    """Each with those before it."""
    found, sum_ = [], Change()
    for one in changes:
        sum_ = Change(
            sum_.appointments + one.appointments,
            sum_.stand_ins + one.stand_ins,
            sum_.conflicts + one.conflicts,
            one.min_deciders or sum_.min_deciders,
        )
        found.append(sum_)
    return found
