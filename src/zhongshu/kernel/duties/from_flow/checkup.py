"""The check-up of a process against the people who hold its posts. 流程体检.

For each kind of drafter: the fewest people who can finish a case, told as a story, with all such
groups; and for each route (what the form decides) the smallest absence that blocks it. On a route
it does not matter which seats of a count speak; it is blocked when no selection of them can. What
would cure it is said for one route of each absence, and for somebody who can finish alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from zhongshu.kernel.duties.coalition import Coalitions, Fewest, coalitions, fewest
from zhongshu.kernel.duties.model import Crowd, Label, Plan, Process, Undecided, Way, places_of
from zhongshu.kernel.duties.problem import Case
from zhongshu.kernel.duties.solve import find_plan
from zhongshu.kernel.duties.story import ground_of, tell, tell_group
from zhongshu.kernel.flow.definition import Definition
from zhongshu.kernel.flow.people import Directory

from . import processes_of
from .cures import Apart, Remedy, kept_apart, remedies
from .rights import Drafters, Rights

Route = frozenset[str]  # the nodes that are passed


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
    for group, process in processes_of(definition, directory, names):
        yield Absences(definition, directory, group, process, names or {})


class Absences:
    """A process while people are away: they act nowhere, and hand nothing on."""

    def __init__(
        self,
        definition: Definition,
        directory: Directory,
        group: Drafters,
        process: Process,
        names: Mapping[str, str],
    ) -> None:
        self.whole = process
        self.group = group
        self.definition = definition
        self._facts = (definition, directory, group, names)
        self._known: dict[Crowd, Process] = {0: process}

    def plan(self, ways: tuple[Way, ...], absent: Crowd) -> Plan | Undecided | None:
        """A plan for any of these ways without these people."""
        process, doubt = self.without(absent), None
        for way in ways:
            found = find_plan(process, way, Case(absent=absent))
            if isinstance(found, Plan):
                return found
            doubt = found if isinstance(found, Undecided) else doubt
        return doubt

    def needed(self, plan: Plan) -> tuple[int, ...]:
        """The people of a plan, and whoever hands them what is not theirs."""
        crowd = plan.people
        for step, place in plan.acts:
            if ground_of(self.whole, step, place).kind == "transfer":
                for grant in self.whole.grants:
                    handed = grant.ground.kind == "transfer"
                    crowd |= grant.people if grant.step == step and not handed else 0
        return places_of(crowd)

    def without(self, absent: Crowd) -> Process:
        """The process with the rights that are left."""
        if absent not in self._known:
            away = frozenset(one.key for one in self.whole.staff.members(absent))
            rights = Rights(*self._facts, away)
            self._known[absent] = replace(self.whole, grants=rights.all_grants())
        return self._known[absent]


def one_up(away: Absences, absences: int) -> Checkup:
    """The check-up for one kind of drafter."""
    process = away.whole
    least = fewest(process)
    some = coalitions(process, limit=12)
    decided = not isinstance(least, Undecided) and not isinstance(some, Undecided)
    blocks: list[Block] = []
    cured: dict[Crowd, Cured] = {}
    for route, ways in sorted(routes_of(process).items(), key=_by_length):
        found = blocking(away, ways, absences)
        decided = decided and not isinstance(found, Undecided)
        for absent in () if isinstance(found, Undecided) else found:
            people = tuple(one.key for one in process.staff.members(absent))
            blocks.append(Block(route, people, _stuck(process, ways, absent)))
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


def blocking(away: Absences, ways: tuple[Way, ...], most: int) -> tuple[Crowd, ...] | Undecided:
    """What blocks a route: nobody's absence if it is impossible as it is; else every single
    person without whom it is; else one smallest set of at most so many people; else nothing."""
    plan = away.plan(ways, 0)
    if isinstance(plan, Undecided):
        return plan
    if plan is None:
        return (0,)
    single = []
    for place in away.needed(plan) if most else ():
        without = away.plan(ways, 1 << place)
        if isinstance(without, Undecided):
            return without
        single += [1 << place] if without is None else []
    if single or most < 2:
        return tuple(single)
    found = smallest_block(away, ways, most)
    return found if isinstance(found, Undecided) else () if found is None else (found,)


def _stuck(
    process: Process, ways: tuple[Way, ...], absent: Crowd
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The nodes of these ways where only absent people may sit, and who they are."""
    rights: dict[str, Crowd] = {}
    for grant in process.grants:
        rights[grant.step] = rights.get(grant.step, 0) | grant.people
    found: dict[str, tuple[str, ...]] = {}
    for step in sorted({step for way in ways for step in way}):
        node, may = step.rpartition(".")[0], rights.get(step, 0)
        if node and not may & ~absent:
            found[node] = tuple(one.key for one in process.staff.members(may))
    return tuple(found.items())


def routes_of(process: Process) -> dict[Route, tuple[Way, ...]]:
    """The ways of a process, put together by the nodes they pass."""
    found: dict[Route, list[Way]] = {}
    for way in process.ways:
        nodes = frozenset(step.rpartition(".")[0] for step in way) - {""}
        found.setdefault(nodes, []).append(way)
    return {route: tuple(ways) for route, ways in found.items()}


def smallest_block(away: Absences, ways: tuple[Way, ...], most: int) -> Crowd | Undecided | None:
    """The smallest absence of at most so many people that leaves none of these ways; None if
    there is none. Every plan must be hit: one of its people, or somebody who hands on to them,
    must be away."""
    for size in range(most + 1):
        found = _hit(away, ways, 0, size)
        if found is not None:
            return found
    return None


def _hit(
    away: Absences, ways: tuple[Way, ...], absent: Crowd, left: int
) -> Crowd | Undecided | None:
    plan = away.plan(ways, absent)
    if plan is None:
        return absent
    if isinstance(plan, Undecided) or not left:
        return plan if isinstance(plan, Undecided) else None
    for place in away.needed(plan):
        found = _hit(away, ways, absent | 1 << place, left - 1)
        if found is not None:
            return found
    return None
