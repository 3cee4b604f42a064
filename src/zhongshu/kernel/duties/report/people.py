"""A process against the people who hold its posts, now and after a stand-in or an appointment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from zhongshu.kernel.duties.from_flow.change import changes, granting
from zhongshu.kernel.duties.from_flow.checkup import Checkup
from zhongshu.kernel.duties.from_flow.incompatible import Duties
from zhongshu.kernel.duties.matrix import Matrix, matrix_on
from zhongshu.kernel.duties.matrix_data import SHIPPED
from zhongshu.kernel.flow import Definition, Directory

from . import checkup, matrix, whatif
from .checkup import Language, Names
from .matrix import Incompatible, incompatible
from .whatif import Granted, Pairs


class Bureau(NamedTuple):
    """Who is who, what people are called, and who does which duties."""

    directory: Directory
    names: Names
    of_posts: Mapping[str, tuple[str, ...]]
    of_people: Mapping[str, tuple[str, ...]]


class Asked(NamedTuple):
    """How much absence to look at, the day of the matrix, and what to try out."""

    absences: int
    day: date
    stand_ins: Pairs = ()  # principal, deputy
    appointments: Pairs = ()  # person, post


class PeopleCheck(NamedTuple):
    """Everything found; `granted` where something was tried out."""

    definition: Definition
    names: Names
    matrix: Matrix
    found: tuple[Checkup, ...] | str
    incompatible: Incompatible
    granted: Granted | None

    @property
    def refused(self) -> bool:
        """Whether it may not be published: as things are, or as they would be."""
        if self.granted is None:
            return checkup.is_unsafe(self.found) or self.incompatible.refused
        after = tuple(one.after for one in self.granted.changes)
        return checkup.is_unsafe(after) or (self.incompatible.refused or self.granted.fresh.refused)

    def lines(self, lang: Language) -> list[str]:
        """The report."""
        told = matrix.lines(self.incompatible, self.matrix, self.names, lang)
        told += checkup.lines(self.found, self.definition, self.names, lang)
        if self.granted is not None:
            told += whatif.lines(self.granted, self.definition, self.matrix, self.names, lang)
        return told

    def as_json(self) -> dict[str, Any]:
        """The same for programs."""
        report: dict[str, Any] = {
            "duties": checkup.as_json(self.found),
            "incompatible": {
                "since": self.matrix.since.isoformat(),
                **matrix.as_json(self.incompatible),
            },
            "names": dict(self.names),
        }
        if self.granted is not None:
            report["granted"] = whatif.as_json(self.granted)
        return report


def check_people(definition: Definition, bureau: Bureau, asked: Asked) -> PeopleCheck:
    """The whole check; UnknownDuty if a duty is named that the matrix has not."""
    directory, names = bureau.directory, bureau.names
    valid = matrix_on(asked.day, SHIPPED)
    duties = Duties(valid, definition, bureau.of_posts, bureau.of_people)
    found = checkup.examine_people(definition, directory, names, asked.absences)
    now = incompatible(duties, directory, names)
    granted = None
    if (asked.stand_ins or asked.appointments) and not isinstance(found, str):
        other = granting(directory, asked.stand_ins, asked.appointments)
        granted = Granted(
            asked.stand_ins,
            asked.appointments,
            changes(definition, directory, other, names, asked.absences),
            incompatible(duties, other, names).since(now),
        )
    return PeopleCheck(definition, names, valid, found, now, granted)


def strangers(definition: Definition, bureau: Bureau, asked: Asked) -> list[str]:
    """People of `asked` who are not there, and posts that nobody knows."""
    people = [person for pair in asked.stand_ins for person in pair]
    people += [person for person, _ in asked.appointments]
    there = {one.id for one in bureau.directory.people.values() if not one.gone}
    seats = {seat.ref for node in definition.nodes for seat in node.seats}
    posts = seats | set(bureau.directory.posts)
    unknown = [person for person in people if person not in there]
    return unknown + [post for _, post in asked.appointments if post not in posts]
