"""What is left of a process while some people are away, way by way. 余下的人.

What the rules say of a way, whoever acts, is worked out once; asked again and again, a way then
costs a look at each step. Solvers are made only for the ways that have to be searched.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

from zhongshu.kernel.duties.model import (
    AtLeast,
    AtMost,
    Bar,
    Bind,
    Crowd,
    Dependent,
    OneTeam,
    Plan,
    Process,
    Rule,
    Separate,
    SuperAtLeast,
    Way,
)
from zhongshu.kernel.duties.problem import START, Posed, crowds
from zhongshu.kernel.duties.solve import BUDGET, Budget, Solver
from zhongshu.kernel.duties.verify import keeps

Acts = dict[str, int]


class Bond(NamedTuple):
    """A dependent rule that somebody here could break: both steps, as bits and by name."""

    both: int
    first: str
    second: str
    if_by: Crowd
    then_by: Crowd


class Road(NamedTuple):
    """One way: its steps, the scarcest first; who alone may take some step of it; and what is to
    be asked of those who act when all of them are different people (`bonds`, `others`), unless
    that breaks a rule whoever they are (`sound` False)."""

    steps: tuple[str, ...]
    scarce: tuple[tuple[Crowd, str], ...]
    alone: Crowd
    sound: bool
    bonds: tuple[Bond, ...]
    others: tuple[Rule, ...]


class Left:
    """A process that some may be away from: who may take each step, and what each way asks."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.may = crowds(process, process.rules, START)
        once = self.busy = 0
        for crowd in self.may.values():
            once, self.busy = once | crowd, self.busy | once & crowd
        self._roads: dict[Way, Road] = {}
        self._solvers: dict[Way, Solver] = {}

    @cached_property
    def _posed(self) -> Posed:
        return Posed(self.process)

    def solver(self, way: Way) -> Solver:
        """The solver of a way, which remembers what it was asked."""
        if way not in self._solvers:
            self._solvers[way] = Solver(self._posed.of(way), Budget(BUDGET))
        return self._solvers[way]

    def at_least(self, way: Way) -> int:
        """So many people this way takes at least: some steps of which no two can share a person."""
        apart, chosen, count = self._different, 0, 0
        bits = self._bits
        on_way = sum(bits[step] for step in way)
        for step in sorted(way, key=lambda one: (-(apart[one] & on_way).bit_count(), one)):
            if apart[step] & chosen == chosen:
                chosen |= bits[step]
                count += 1
        return count

    @cached_property
    def _bits(self) -> dict[str, int]:
        return {step: 1 << number for number, step in enumerate(self.may)}

    @cached_property
    def _apart(self) -> dict[str, int]:
        """For each step those that a rule keeps from being taken by the same person."""
        found = dict.fromkeys(self.may, 0)
        for rule in self.process.rules:
            if isinstance(rule, Separate):
                scope = sum(self._bits[step] for step in rule.scope)
                for step in rule.scope:
                    found[step] |= scope & ~self._bits[step]
        return found

    @cached_property
    def _different(self) -> dict[str, int]:
        """For each step those that nobody can take besides: by a rule, or for want of people."""
        bits, steps, found = self._bits, list(self.may), dict(self._apart)
        for number, one in enumerate(steps):
            for other in steps[:number]:
                if not self.may[one] & self.may[other]:
                    found[one] |= bits[other]
                    found[other] |= bits[one]
        return found

    def road(self, way: Way) -> Road:
        """What there is to know of a way before anybody is away."""
        if way not in self._roads:
            self._roads[way] = self._look(way)
        return self._roads[way]

    def _look(self, way: Way) -> Road:
        may, alone, bits = self.may, 0, self._bits
        steps = tuple([step for step in may if step in way])
        on_way = 0
        for step in steps:
            crowd = may[step]
            alone |= crowd if not crowd & (crowd - 1) else 0
            on_way |= bits[step]
        scarce = sorted([(may[step].bit_count(), step) for step in steps])
        return Road(
            steps,
            tuple([(may[step], step) for _, step in scarce]),
            alone,
            all(_enough(rule.least, scope & on_way) for rule, scope in self._counts),
            tuple([bond for bond in self._bonds if bond.both & on_way == bond.both]),
            tuple([rule for rule, scope in self._others if scope & on_way]),
        )

    @cached_property
    def _counts(self) -> tuple[tuple[AtLeast, int], ...]:
        """The rules that different people keep whenever there are enough of them."""
        return tuple(self._with_scope(AtLeast))

    @cached_property
    def _others(self) -> tuple[tuple[Rule, int], ...]:
        return tuple(self._with_scope(AtMost | Bind | OneTeam | SuperAtLeast | Bar))

    def _with_scope(self, kinds: Any) -> Iterator[tuple[Any, int]]:
        for rule in self.process.rules:
            if isinstance(rule, kinds):
                yield rule, sum(self._bits[step] for step in rule.scope)

    @cached_property
    def _bonds(self) -> tuple[Bond, ...]:
        """The dependent rules, but for those that nobody who may take both steps could break."""
        bits, may = self._bits, self.may
        return tuple(
            Bond(bits[rule.first] | bits[rule.second], rule.first, rule.second, *crowds)
            for rule in self.process.rules
            if isinstance(rule, Dependent)
            and rule.if_by & may[rule.first]
            and may[rule.second] & ~rule.then_by
            for crowds in ((rule.if_by, rule.then_by),)
        )

    def at_hand(self, way: Way, absent: Crowd) -> Plan | None:
        """The plan that is seen without searching: the scarcest step first, somebody fresh for
        each, of those who have nothing else to do here if there is one. The rules then say."""
        road = self.road(way)
        acts: Acts = {}
        used, busy, bits = 0, self.busy, self._bits
        held: dict[Crowd, int] = {}
        for may, step in road.scarce:
            able = may & ~absent
            fresh = able & ~used
            chosen = fresh & ~busy or fresh or able
            one = chosen & -chosen
            if used & one and self._apart[step] & held[one]:
                return None
            held[one] = held.get(one, 0) | bits[step]
            used |= one
            acts[step] = one
        if len(held) < len(acts):
            rules = [rule for rule, _ in (*self._counts, *self._others) if rule.scope & way]
        elif road.sound:
            rules = list(road.others)
        else:
            return None
        for bond in road.bonds:
            if acts[bond.first] & bond.if_by and not acts[bond.second] & bond.then_by:
                return None
        found = {step: acts[step].bit_length() - 1 for step in road.steps}
        if not all(keeps(rule, {step: found[step] for step in rule.scope & way}) for rule in rules):
            return None
        return Plan(tuple(found.items()))


def _enough(least: int, steps: int) -> bool:
    """Whether these steps of the scope of a rule, each by somebody else, are at least so many."""
    return not steps or steps.bit_count() >= least
