"""Everything a page says about one process: single points, what cures them, stand-ins that do not
help, duties that do not go together. The survey found what is wrong; this asks why. 体检详情.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from zhongshu.kernel.duties.coalition import Fewest
from zhongshu.kernel.duties.conflict import Conflict, why_impossible
from zhongshu.kernel.duties.model import Undecided
from zhongshu.kernel.duties.problem import Case
from zhongshu.kernel.duties.told import tell_conflict
from zhongshu.kernel.flow.definition import NodeKind

from .absences import Absences, Route
from .cures import Apart, Remedy, Told, kept_apart, remedies
from .incompatible import Combined, Duties, Meeting
from .people import People
from .survey import Sort, Stop, Survey, survey

EXPLAINED = 12  # stand-ins of one process whose failure is explained


class Useless(NamedTuple):
    """A stand-in who does not keep the process going, and why; no reason: it is not decided."""

    principal: str
    deputy: str
    why: Told | None


class Point(NamedTuple):
    """Where it stops for want of somebody: at these nodes (none: the rules together stop it),
    without any one of these people, each with the units whose drafts he stops.

    `remedies` None: not decided. `always`: whatever the form says, and whoever drafts.
    """

    stuck: tuple[str, ...]
    people: tuple[tuple[str, tuple[str, ...]], ...]
    routes: frozenset[Route]
    always: bool
    remedies: tuple[Remedy, ...] | None
    useless: tuple[Useless, ...]


class Exam(NamedTuple):
    """One process, examined. `apart` None: not decided; `both` can draft and decide, though
    nobody does both in one case."""

    survey: Survey
    points: tuple[Point, ...]
    apart: tuple[Apart, ...] | None
    combined: tuple[Combined, ...]
    meetings: tuple[Meeting, ...]
    both: int


def examine(duties: Duties, people: People) -> Exam:
    """The whole examination. TooManyWays if the ways are too many to look at."""
    found = survey(duties.definition, people)
    return Exam(
        found,
        tuple(_points(found, people)),
        _apart(found.weakest),
        duties.combined(people.directory),
        _meetings(duties, found),
        _both(found),
    )


def _points(found: Survey, people: People) -> Iterator[Point]:
    by_stuck: dict[tuple[str, ...], list[Stop]] = {}
    for stop in found.stops:
        by_stuck.setdefault(stop.stuck, []).append(stop)
    units = {kind.unit for sort in found.sorts for kind in sort.kinds}
    for stuck, stops in by_stuck.items():
        routes = frozenset().union(*(stop.routes for stop in stops))
        yield Point(
            stuck,
            tuple((stop.person, stop.units) for stop in stops),
            routes,
            len(routes) == found.routes and {u for s in stops for u in s.units} == units,
            _remedies(found, stops),
            tuple(_useless(found, stops, people)),
        )


def _remedies(found: Survey, stops: list[Stop]) -> tuple[Remedy, ...] | None:
    """What cures the shortest of the routes that are stopped, for an example of a sort of drafter:
    whatever stops a sort stops its example."""
    seen = [(len(stop.seen[1]), number) for number, stop in enumerate(stops) if stop.seen]
    stop = stops[min(seen)[1]]
    sort, route = stop.seen or (0, frozenset())
    away = found.sorts[sort].away
    absent = away.whole.staff.crowd([stop.person] if stop.person else [])
    some = remedies(away.without(absent), away.routes[route], absent)
    return None if isinstance(some, Undecided) else some


def _useless(found: Survey, stops: list[Stop], people: People) -> Iterator[Useless]:
    """Stand-ins of those without whom it stops: each is there, and it stops all the same."""
    pairs = [
        (stop, found.sorts[stop.seen[0]].away, stop.seen[1], deputy)
        for stop in stops
        if stop.seen is not None and stop.person
        for deputy in found.sorts[stop.seen[0]].away.rights.stand_ins(stop.person)
        if deputy in people.names
    ]
    for stop, away, route, deputy in pairs[:EXPLAINED]:
        yield Useless(stop.person, deputy, _why(away, route, stop))


def _why(away: Absences, route: Route, stop: Stop) -> Told | None:
    nodes = away.definition.by_id
    bound = [nodes[node].name for node in stop.stuck if not nodes[node].delegable]
    if bound:
        return f"“{bound[0]}”不由 B 角代办", f"{bound[0]} is not for a stand-in"
    absent = away.whole.staff.crowd([stop.person])
    process = away.without(absent)
    why = why_impossible(process, away.routes[route][0], Case(absent=absent))
    told = tell_conflict(process, why) if isinstance(why, Conflict) else None
    return (told.zh, told.en) if told else None


def _apart(sort: Sort | None) -> tuple[Apart, ...] | None:
    """For somebody who can finish alone, the duties to keep apart."""
    if sort is None or sort.people != 1:
        return ()
    least = sort.away.fewest()
    if not isinstance(least, Fewest):
        return None
    some = kept_apart(sort.away.definition, sort.away.whole, least)
    return None if isinstance(some, Undecided) else some


def _meetings(duties: Duties, found: Survey) -> tuple[Meeting, ...]:
    if not duties.of_steps():
        return ()
    return duties.meetings([sort.away.whole for sort in found.sorts])


def _both(found: Survey) -> int:
    """How many can draft and decide."""
    crowd = 0
    for sort in found.sorts:
        decide = {
            place.key for place in sort.away.rights.places if place.node.kind is NodeKind.DECIDE
        }
        may = sort.away.left(0).may
        for step in decide:
            crowd |= may["draft"] & may[step]
    return crowd.bit_count()
