"""What gets worse for a process when people change, and what stops while somebody is away. 变差.

Only what is worse is told: fewer people than before can finish a case; a node hangs on one person
that did not; cases cannot be finished any more. Rights that nobody loses and nobody gains are not
looked at again.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from zhongshu.kernel.duties.coalition import Fewest
from zhongshu.kernel.duties.model import Crowd, Undecided
from zhongshu.kernel.flow.definition import Definition

from . import TooManyWays, rights_in, rights_of, ways_of
from .absences import Absences, Route
from .people import People
from .survey import Act, Survey, acts_of, survey


class Worse(NamedTuple):
    """One process that stands worse. `undecided`: nothing may be called safe.

    `fewer`: how few people were needed and will do for some kind of drafter, and how they do it;
    `single`: nodes that hang on one person only now, with that person; `blocked`: nodes at which
    cases cannot go on at all ("" where it is the rules together), with the units that draft them.
    """

    undecided: bool = False
    fewer: tuple[int, int, tuple[Act, ...]] | None = None
    single: tuple[tuple[str, str], ...] = ()
    blocked: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def __bool__(self) -> bool:
        return self.undecided or bool(self.fewer or self.single or self.blocked)


def after_change(definition: Definition, before: People, after: People) -> Worse:
    """What another bureau makes worse."""
    if rights_in(definition, before) == rights_in(definition, after):
        return Worse()
    try:
        old = survey(definition, before)
        new = survey(definition, after)
    except TooManyWays:
        return Worse(undecided=True)
    return Worse(
        undecided=not new.decided,
        fewer=_fewer(definition, old, new, after),
        single=tuple(sorted(_single(new) - _single(old, anybody=True) - _singles(old, new))),
        blocked=tuple(_gathered(_blocked(new, _dead(old)))),
    )


def _fewer(
    definition: Definition, old: Survey, new: Survey, after: People
) -> tuple[int, int, tuple[Act, ...]] | None:
    """The kind of drafter for whom the fewest will do who could not do before."""
    before = {(kind.unit, kind.rank): sort.people for sort in old.sorts for kind in sort.kinds}
    found = [
        (sort.people, (kind.unit, kind.rank))
        for sort in new.sorts
        for kind in sort.kinds
        if sort.people
        and (kind.unit, kind.rank) in before
        and not 0 < before[kind.unit, kind.rank] <= sort.people
    ]
    if not found:
        return None
    people, kind = min(found)
    rights = next(
        one
        for one in rights_of(definition, after)
        if (one.drafters.unit, one.drafters.rank) == kind
    )
    away = Absences(rights, ways_of(definition))
    least = away.fewest()
    plan = least.plan if isinstance(least, Fewest) else None
    return before[kind], people, () if plan is None else acts_of(away, plan)


def _single(found: Survey, *, anybody: bool = False) -> set[tuple[str, str]]:
    return {
        (node, stop.person)
        for stop in found.stops
        if stop.person or anybody
        for node in stop.stuck or ("",)
    }


def _singles(old: Survey, new: Survey) -> set[tuple[str, str]]:
    """What hung on one person before and hangs on another now is no worse."""
    known = {node for node, _ in _single(old)}
    return {(node, person) for node, person in _single(new) if node in known}


def _dead(found: Survey) -> frozenset[tuple[str, Route]]:
    """Drafts that cannot be finished although everybody is there."""
    return frozenset().union(*(stop.drafts for stop in found.stops if not stop.person))


def _blocked(found: Survey, known: frozenset[tuple[str, Route]]) -> set[tuple[str, str]]:
    """The nodes at which the drafts of a unit stop that did not stop before."""
    return {
        (node, unit)
        for stop in found.stops
        if not stop.person
        for node in stop.stuck or ("",)
        for unit, _ in stop.drafts - known
    }


def _gathered(pairs: set[tuple[str, str]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    units: dict[str, list[str]] = {}
    for node, unit in sorted(pairs):
        units.setdefault(node, []).append(unit)
    return ((node, tuple(many)) for node, many in units.items())


def while_away(
    definition: Definition, people: People, others: frozenset[str], person: str
) -> Worse:
    """What stops while somebody is away, beside those who are away anyhow."""
    try:
        ways = ways_of(definition)
    except TooManyWays:
        return Worse(undecided=True)
    known, one = people.crowd(others), people.crowd([person])
    stopped: set[tuple[str, str]] = set()
    undecided = False
    for rights in rights_of(definition, people):
        if not any(rights.reach(p) & one or rights.hands(p) & one for p in rights.places):
            continue
        away = Absences(rights, ways)
        for route, some in away.routes.items():
            now = _stops(away, some, known | one)
            if now is None or not now:
                undecided = undecided or now is None
                continue
            if _stops(away, some, known):
                continue
            nodes = [node for node, _ in away.stuck(away.routes[route], known | one)]
            stopped |= {(node, rights.drafters.unit) for node in nodes or [""]}
    return Worse(undecided=undecided, blocked=tuple(_gathered(stopped)))


def _stops(away: Absences, ways: tuple[frozenset[str], ...], absent: Crowd) -> bool | None:
    """Whether none of these ways is left without these people; None: not decided."""
    plan = away.plan(ways, absent)
    return None if isinstance(plan, Undecided) else plan is None
