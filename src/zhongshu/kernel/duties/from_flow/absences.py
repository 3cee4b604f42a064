"""A process while people are away: they act nowhere, and hand nothing on. 有人不在时."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from zhongshu.kernel.duties.coalition import Fewest, fewer
from zhongshu.kernel.duties.model import Crowd, Plan, Process, Undecided, Way, places_of
from zhongshu.kernel.duties.problem import Case
from zhongshu.kernel.duties.solve import BUDGET, Budget, checked

from . import process_of
from .left import Left
from .rights import Rights

Route = frozenset[str]  # the nodes that are passed


class Absences:
    """One process for one kind of drafter, to be asked what is possible without whom."""

    def __init__(self, rights: Rights, ways: tuple[Way, ...]) -> None:
        self.rights = rights
        self.group = rights.drafters
        self.definition = rights.definition
        self.whole = process_of(rights, ways)
        self.routes = routes_of(self.whole)
        self._place = {place.key: place for place in rights.places}
        self._left: dict[Crowd, Left] = {}
        self._plans: dict[Way, list[tuple[Crowd, Plan]]] = {}
        self._on: dict[tuple[Way, ...], tuple[tuple[str, str], ...]] = {}

    def fewest(self) -> Fewest | Undecided:
        """The fewest people who can finish a case when everybody is there."""
        left, best, budget = self.left(0), Fewest(0), Budget(BUDGET)
        for way in self.whole.ways:
            if best.people and left.at_least(way) >= best.people:
                continue
            solver = left.solver(way)
            solver.budget = budget
            found = fewer(self.whole, solver, best)
            if isinstance(found, Undecided):
                return found
            best = found
        return best

    def plan(self, ways: tuple[Way, ...], absent: Crowd) -> Plan | Undecided | None:
        """A plan for any of these ways without these people."""
        doubt = None
        for way in ways:
            found = self._plan(way, absent)
            if isinstance(found, Plan):
                return found
            doubt = found if isinstance(found, Undecided) else doubt
        return doubt

    def _plan(self, way: Way, absent: Crowd) -> Plan | Undecided | None:
        """A plan that is known and needs nobody of the absent, or else one that is searched for."""
        left = self.left(absent)
        if not all(may & ~absent for may, _ in left.road(way).scarce):
            return None
        for needed, plan in self._plans.get(way, ()):
            if not needed & absent:
                return plan
        found = left.at_hand(way, absent) or find(left, way, absent)
        if isinstance(found, Plan):
            self._plans.setdefault(way, []).append((self._needed(found), found))
        return found

    def needed(self, plan: Plan) -> tuple[int, ...]:
        """The people of a plan, and whoever hands them what is not theirs."""
        return places_of(self._needed(plan))

    def _needed(self, plan: Plan) -> Crowd:
        crowd = plan.people
        for step, place in plan.acts:
            if step in self._handed and self._handed[step][0] >> place & 1:
                crowd |= self._handed[step][1]
        return crowd

    @cached_property
    def _handed(self) -> dict[str, tuple[Crowd, Crowd]]:
        """Of each step that can be handed on: those who come to it by that alone, and whoever can
        be the one that hands it on."""
        first: dict[str, Crowd] = {}
        found: dict[str, Crowd] = {}
        for grant in self.whole.grants:
            fresh = grant.people & ~first.get(grant.step, 0)
            first[grant.step] = first.get(grant.step, 0) | fresh
            if grant.ground.kind == "transfer":
                found[grant.step] = found.get(grant.step, 0) | fresh
        return {
            step: (crowd, self.rights.hands(self._place[step]))
            for step, crowd in found.items()
            if crowd
        }

    def without(self, absent: Crowd) -> Process:
        """The process with the rights that are left."""
        return self.left(absent).process

    def left(self, absent: Crowd) -> Left:
        """What is left without these people; those who hand nothing on take no right with them."""
        hands = absent & self.rights.all_hands
        if hands not in self._left:
            process = self.whole
            if hands:
                process = replace(process, grants=self.rights.without(hands).all_grants())
            self._left[hands] = Left(process)
        return self._left[hands]

    def blocking(self, ways: tuple[Way, ...], most: int) -> tuple[Crowd, ...] | Undecided:
        """What blocks a route: nobody's absence if it is impossible as it is; else every single
        person without whom it is; else one smallest set of at most so many people; else nothing."""
        plan = self.plan(ways, 0)
        if isinstance(plan, Undecided):
            return plan
        if plan is None:
            return (0,)
        single = self._singles(ways, self._needed(plan)) if most else 0
        if isinstance(single, Undecided):
            return single
        if single or most < 2:
            return tuple(1 << place for place in places_of(single))
        found = self._smallest(ways, most)
        return found if isinstance(found, Undecided) else () if found is None else (found,)

    def _singles(self, ways: tuple[Way, ...], crowd: Crowd) -> Crowd | Undecided:
        """Those of a crowd without whom there is no plan: first those who alone may take some step
        of every way, then whoever the search finds."""
        plain, left = -1, self.left(0)
        for way in ways:
            plain &= left.road(way).alone
        rest = self._pillars(ways, crowd & ~plain)
        return rest if isinstance(rest, Undecided) else rest | crowd & plain

    def _pillars(self, ways: tuple[Way, ...], crowd: Crowd) -> Crowd | Undecided:
        """Those of a crowd without whom alone there is no plan.

        A plan without several shows that none of them is one; only where there is none is the
        crowd divided.
        """
        if not crowd:
            return 0
        found = self.plan(ways, crowd)
        if isinstance(found, Plan):
            return 0
        places = places_of(crowd)
        if len(places) == 1:
            return found if isinstance(found, Undecided) else crowd
        half = sum(1 << place for place in places[: len(places) // 2])
        first, second = self._pillars(ways, half), self._pillars(ways, crowd ^ half)
        if isinstance(first, Undecided):
            return first
        return second if isinstance(second, Undecided) else first | second

    def _smallest(self, ways: tuple[Way, ...], most: int) -> Crowd | Undecided | None:
        """The smallest absence of at most so many people that leaves none of these ways; None if
        there is none. Every plan must be hit: one of its people, or somebody who hands on to them,
        must be away."""
        for size in range(most + 1):
            found = self._hit(ways, 0, size)
            if found is not None:
                return found
        return None

    def _hit(self, ways: tuple[Way, ...], absent: Crowd, left: int) -> Crowd | Undecided | None:
        plan = self.plan(ways, absent)
        if plan is None:
            return absent
        if isinstance(plan, Undecided) or not left:
            return plan if isinstance(plan, Undecided) else None
        for place in self.needed(plan):
            found = self._hit(ways, absent | 1 << place, left - 1)
            if found is not None:
                return found
        return None

    def stuck(
        self, ways: tuple[Way, ...], absent: Crowd
    ) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The nodes of these ways where only absent people may sit, and who they are."""
        rights, members = self.left(0).may, self.whole.staff.members
        found = {
            node: tuple(one.key for one in members(rights[step]))
            for node, step in self._seats(ways)
            if not rights[step] & ~absent
        }
        return tuple(found.items())

    def stuck_at(self, ways: tuple[Way, ...], absent: Crowd) -> tuple[str, ...]:
        """Those nodes alone."""
        rights = self.left(0).may
        seats = self._seats(ways)
        return tuple(dict.fromkeys(node for node, step in seats if not rights[step] & ~absent))

    def _seats(self, ways: tuple[Way, ...]) -> tuple[tuple[str, str], ...]:
        """The seats on these ways, each with its node."""
        if ways not in self._on:
            steps = sorted(frozenset().union(*ways))
            nodes = ((step.rpartition(".")[0], step) for step in steps)
            self._on[ways] = tuple((node, step) for node, step in nodes if node)
        return self._on[ways]


def find(left: Left, way: Way, absent: Crowd) -> Plan | Undecided | None:
    """A plan for one way without these people, passed by the independent checker."""
    solver = left.solver(way)
    solver.budget = Budget(BUDGET)
    plan = solver.without(absent)
    if isinstance(plan, Plan):
        return checked(left.process, way, plan, Case(absent=absent))
    return plan


def routes_of(process: Process) -> dict[Route, tuple[Way, ...]]:
    """The ways of a process, put together by the nodes they pass."""
    found: dict[Route, list[Way]] = {}
    for way in process.ways:
        nodes = frozenset(step.rpartition(".")[0] for step in way) - {""}
        found.setdefault(nodes, []).append(way)
    return {route: tuple(ways) for route, ways in found.items()}
