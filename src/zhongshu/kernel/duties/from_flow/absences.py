"""A process while people are away: they act nowhere, and hand nothing on. 有人不在时."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from zhongshu.kernel.duties.coalition import Fewest, fewest_by
from zhongshu.kernel.duties.model import Crowd, Plan, Process, Separate, Undecided, Way, places_of
from zhongshu.kernel.duties.problem import START, Case, crowds, pose_all
from zhongshu.kernel.duties.solve import BUDGET, Budget, Solver, checked, renew
from zhongshu.kernel.duties.story import ground_of
from zhongshu.kernel.duties.verify import keeps

from . import process_of
from .rights import Rights

Route = frozenset[str]  # the nodes that are passed


class Left:
    """What is left while some are away: the process, who may take each step, who several of them,
    and, once there is something to search for, the solvers of the ways."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.may = crowds(process, process.rules, START)
        # Different people for every step keep every separation; the other rules have to be asked.
        self.choosy = tuple(rule for rule in process.rules if not isinstance(rule, Separate))
        once = self.busy = 0
        for crowd in self.may.values():
            once, self.busy = once | crowd, self.busy | once & crowd

    @cached_property
    def by(self) -> dict[Way, Solver]:
        """A solver for each way."""
        problems = pose_all(self.process)
        return {problem.way: Solver(problem, Budget(BUDGET)) for problem in problems}


class Absences:
    """One process for one kind of drafter, to be asked what is possible without whom."""

    def __init__(self, rights: Rights, ways: tuple[Way, ...]) -> None:
        self.rights = rights
        self.group = rights.drafters
        self.definition = rights.definition
        self.whole = process_of(rights, ways)
        self.routes = routes_of(self.whole)
        self._order = [step.key for step in self.whole.steps]
        self._place = {place.key: place for place in rights.places}
        self._left: dict[Crowd, Left] = {}
        self._plans: dict[Way, list[tuple[Crowd, Plan]]] = {}

    def fewest(self) -> Fewest | Undecided:
        """The fewest people who can finish a case when everybody is there."""
        by = tuple(self.left(0).by.values())
        renew(by, BUDGET)
        return fewest_by(self.whole, by)

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
        if not all(left.may[step] & ~absent for step in way):
            return None
        for needed, plan in self._plans.get(way, ()):
            if not needed & absent:
                return plan
        found = self._at_hand(left, way, absent) or find(left, way, absent)
        if isinstance(found, Plan):
            self._plans.setdefault(way, []).append((self._needed(found), found))
        return found

    def _at_hand(self, left: Left, way: Way, absent: Crowd) -> Plan | None:
        """The plan that is seen without searching: the scarcest step first, somebody fresh for
        each, of those who have nothing else to do here if there is one. The rules then say."""
        acts, used = {}, 0
        for step in sorted(way, key=lambda one: (left.may[one].bit_count(), one)):
            able = left.may[step] & ~absent
            chosen = able & ~used & ~left.busy or able & ~used or able
            used |= chosen & -chosen
            acts[step] = (chosen & -chosen).bit_length() - 1
        apart = used.bit_count() == len(way)
        for rule in left.choosy if apart else left.process.rules:
            if not keeps(rule, {step: acts[step] for step in rule.scope & way}):
                return None
        return Plan(tuple((key, acts[key]) for key in self._order if key in acts))

    def needed(self, plan: Plan) -> tuple[int, ...]:
        """The people of a plan, and whoever hands them what is not theirs."""
        return places_of(self._needed(plan))

    def _needed(self, plan: Plan) -> Crowd:
        crowd = plan.people
        for step, place in plan.acts:
            if ground_of(self.whole, step, place).kind == "transfer":
                crowd |= self.rights.hands(self._place[step])
        return crowd

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
        plain = -1
        for way in ways:
            plain &= self._alone(way)
        rest = self._pillars(ways, crowd & ~plain)
        return rest if isinstance(rest, Undecided) else rest | crowd & plain

    def _alone(self, way: Way) -> Crowd:
        """Whoever is the only one for a step of this way."""
        may, crowd = self.left(0).may, 0
        for step in way:
            one = may[step]
            crowd |= one if not one & (one - 1) else 0
        return crowd

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
        rights, found = self.left(0).may, {}
        for step in sorted({step for way in ways for step in way}):
            node, may = step.rpartition(".")[0], rights[step]
            if node and not may & ~absent:
                found[node] = tuple(one.key for one in self.whole.staff.members(may))
        return tuple(found.items())


def find(left: Left, way: Way, absent: Crowd) -> Plan | Undecided | None:
    """A plan for one way without these people, passed by the independent checker."""
    solver = left.by[way]
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
