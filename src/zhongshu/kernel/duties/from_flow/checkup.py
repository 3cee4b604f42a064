"""The check-up of a process against the people who hold its posts. 流程体检.

For each kind of drafter: the fewest people who can finish a case, told as a story, with all such
groups; and for each route (what the form decides) the smallest absence that blocks it. On a route
it does not matter which seats of a count speak; it is blocked when no selection of them can. What
would cure it is said for one route of each absence, and for somebody who can finish alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from zhongshu.kernel.duties.coalition import Coalitions, Fewest, coalitions
from zhongshu.kernel.duties.model import Crowd, Label, Process, Undecided, Way
from zhongshu.kernel.duties.story import tell, tell_group
from zhongshu.kernel.flow.definition import Definition
from zhongshu.kernel.flow.people import Directory

from . import People, rights_of, ways_of
from .absences import Absences, Route
from .cures import Apart, Remedy, kept_apart, remedies
from .rights import Drafters


class Block(NamedTuple):
    """A smallest set of people without whom a route cannot be completed; empty: it never can.

    `stuck` names the nodes where nobody else could sit.
    """

    route: Route
    absent: tuple[str, ...]
    stuck: tuple[tuple[str, tuple[str, ...]], ...] = ()


class Cured(NamedTuple):
    """What would open the shortest route that this absence blocks; None: not decided."""

    absent: tuple[str, ...]
    route: Route
    remedies: tuple[Remedy, ...] | None


class Checkup(NamedTuple):
    """What was found for one kind of drafter. `people` 0: nobody can finish a case at all;
    `decided` False: the search was cut off somewhere, and nothing may be called safe. `apart`:
    the duties to keep apart where somebody can finish alone; None: not decided."""

    drafters: Drafters
    people: int
    story: tuple[str, str]
    groups: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]
    decided: bool
    cured: tuple[Cured, ...] = ()
    apart: tuple[Apart, ...] | None = ()


def check_up(
    definition: Definition,
    directory: Directory,
    names: Mapping[str, str] | None = None,
    absences: int = 1,
) -> tuple[Checkup, ...]:
    """The findings for every kind of drafter; TooManyWays if it was not looked at."""
    return tuple(one_up(away, absences) for away in each(definition, directory, names))


def each(
    definition: Definition, directory: Directory, names: Mapping[str, str] | None = None
) -> Iterator[Absences]:
    """The process of every kind of drafter, ready to be asked about absences."""
    ways = ways_of(definition)
    for rights in rights_of(definition, People(directory, names)):
        yield Absences(rights, ways)


def one_up(away: Absences, absences: int) -> Checkup:
    """The check-up for one kind of drafter."""
    process = away.whole
    least = away.fewest()
    some = coalitions(process, limit=12)
    decided = not isinstance(least, Undecided) and not isinstance(some, Undecided)
    blocks: list[Block] = []
    cured: dict[Crowd, Cured] = {}
    for route, ways in sorted(away.routes.items(), key=_by_length):
        found = away.blocking(ways, absences)
        decided = decided and not isinstance(found, Undecided)
        for absent in () if isinstance(found, Undecided) else found:
            people = tuple(one.key for one in process.staff.members(absent))
            blocks.append(Block(route, people, away.stuck(ways, absent)))
            if absent not in cured:
                cured[absent] = Cured(people, route, _remedies(away, ways, absent))
    told = Label("", "")
    apart: tuple[Apart, ...] | Undecided = ()
    if isinstance(least, Fewest) and least.plan:
        told = tell(process, least.plan)
        apart = kept_apart(away.definition, process, least) if least.alone else ()
    return Checkup(
        away.group,
        0 if isinstance(least, Undecided) else least.people,
        (told.zh, told.en),
        () if isinstance(some, Undecided) else _groups(process, some),
        tuple(blocks),
        decided,
        tuple(cured.values()),
        None if isinstance(apart, Undecided) else apart,
    )


def _groups(process: Process, some: Coalitions) -> tuple[tuple[str, str], ...]:
    told = (tell_group(process.staff, group) for group in some.groups)
    return tuple((one.zh, one.en) for one in told)


def _remedies(away: Absences, ways: tuple[Way, ...], absent: Crowd) -> tuple[Remedy, ...] | None:
    found = remedies(away.without(absent), ways, absent)
    return None if isinstance(found, Undecided) else found


def _by_length(item: tuple[Route, tuple[Way, ...]]) -> tuple[int, list[str]]:
    return len(item[0]), sorted(item[0])
