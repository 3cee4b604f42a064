"""All processes of a bureau at one glance: how few can finish each, and whose absence stops it.

A check-up (checkup.py) tells everything about one process. This answers the two questions that
decide, for forty processes and three hundred people, in less than a second: kinds of drafter that
are alike (shapes.py) are asked once, and the answer is told to each in its own people. 总览.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from zhongshu.kernel.duties.model import Plan, Undecided
from zhongshu.kernel.duties.story import ground_of
from zhongshu.kernel.flow.definition import Definition

from . import rights_of, ways_of
from .absences import Absences, Route
from .people import People
from .rights import Drafters
from .shapes import Shape, Shapes, Sign


class Act(NamedTuple):
    """Somebody takes a step ("draft" or "node.seat"), on what ground, and in whose place."""

    step: str
    person: str
    ground: str
    of: str


class Sort(NamedTuple):
    """Kinds of drafter that are alike but for who is who; `example` is the first of them.

    `people` are the fewest who can finish a case, 0 if nobody can, and `acts` how, for the
    example; `away` answers further questions about it. `decided` False: the search was cut off,
    and nothing may be called safe.
    """

    away: Absences
    kinds: tuple[Drafters, ...]
    people: int
    acts: tuple[Act, ...]
    decided: bool

    @property
    def example(self) -> Drafters:
        """The first of the kinds, which `acts` and `away` are about."""
        return self.away.group


class Stop(NamedTuple):
    """Without this person some cases cannot be finished; person "": they cannot with everybody.

    `stuck` are the nodes where nobody else may sit, none if it is the rules together; `drafts`
    are the units whose drafts it stops, each with the route on which. `seen` is a sort of drafter,
    by its number, and a route for which it is so of the example too; None: only of those alike.
    """

    person: str
    stuck: tuple[str, ...]
    drafts: frozenset[tuple[str, Route]]
    seen: tuple[int, Route] | None

    @property
    def routes(self) -> frozenset[Route]:
        """What the form leads through."""
        return frozenset(route for _, route in self.drafts)

    @property
    def units(self) -> tuple[str, ...]:
        """Whose drafts it stops."""
        return tuple(sorted({unit for unit, _ in self.drafts}))


class Survey(NamedTuple):
    """What was found for one process."""

    sorts: tuple[Sort, ...]
    stops: tuple[Stop, ...]
    routes: int

    @property
    def people(self) -> int:
        """The fewest who can finish a case, whoever drafts it; 0: nobody can."""
        return min((one.people for one in self.sorts if one.people), default=0)

    @property
    def weakest(self) -> Sort | None:
        """The sort of drafter with whom the fewest can finish."""
        able = [one for one in self.sorts if one.people]
        return min(able, key=lambda one: one.people, default=None)

    @property
    def decided(self) -> bool:
        """Whether every search came to its end."""
        return all(one.decided for one in self.sorts)

    @property
    def safe(self) -> bool:
        """Nobody can finish alone, somebody can finish, and no search was cut off."""
        return self.decided and self.people > 1


class _Answer(NamedTuple):
    """The answer for one shape; who stops it is a sign that people bear."""

    away: Absences
    people: int
    acts: tuple[Act, ...]
    stops: tuple[tuple[Sign | None, Route, tuple[str, ...]], ...]
    decided: bool


def survey(definition: Definition, people: People) -> Survey:
    """One process against everybody. TooManyWays if the ways are too many to look at."""
    ways, shapes = ways_of(definition), None
    known: dict[object, _Answer] = {}
    alike: dict[object, list[Drafters]] = {}
    stops = _Stops(people)
    for rights in rights_of(definition, people):
        shapes = shapes or Shapes(rights)
        shape = shapes.of(rights)
        if shape.key not in known:
            known[shape.key] = _answer(Absences(rights, ways), shape)
        alike.setdefault(shape.key, []).append(rights.drafters)
        stops.add(known[shape.key], shape, rights.drafters, [*known].index(shape.key))
    sorts = (
        Sort(one.away, tuple(alike[key]), one.people, one.acts, one.decided)
        for key, one in known.items()
    )
    routes = {route for answer in known.values() for route in answer.away.routes}
    return Survey(tuple(sorts), stops.told(), len(routes))


def _answer(away: Absences, shape: Shape) -> _Answer:
    least = away.fewest()
    decided = not isinstance(least, Undecided)
    stops: list[tuple[Sign | None, Route, tuple[str, ...]]] = []
    for route, ways in sorted(away.routes.items(), key=lambda item: -len(item[0])):
        found = away.blocking(ways, 1)
        if isinstance(found, Undecided):
            decided = False
            continue
        for absent in found:
            stuck = away.stuck_at(ways, absent)
            stops.append((shape.sign(absent) if absent else None, route, stuck))
    if isinstance(least, Undecided):
        return _Answer(away, 0, (), tuple(stops), decided)
    acts = () if least.plan is None else acts_of(away, least.plan)
    return _Answer(away, least.people, acts, tuple(dict.fromkeys(stops)), decided)


def acts_of(away: Absences, plan: Plan) -> tuple[Act, ...]:
    """A plan, act by act, with the ground of each."""
    people, told = away.whole.staff.people, []
    for step, place in plan.acts:
        ground = ground_of(away.whole, step, place)
        of = ground.of.zh if ground.of else ""
        told.append(Act(step, people[place].key, ground.kind, of))
    return tuple(told)


class _Stops:
    """Stops gathered by person and by where it is stuck."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.drafts: dict[tuple[str, tuple[str, ...]], set[tuple[str, Route]]] = {}
        self.seen: dict[tuple[str, tuple[str, ...]], tuple[int, Route]] = {}

    def add(self, answer: _Answer, shape: Shape, drafters: Drafters, sort: int) -> None:
        """What stops one kind of drafter, in its own people."""
        for sign, route, stuck in answer.stops:
            for person in self._bearing(sign, shape.classes):
                key = (person, stuck)
                self.drafts.setdefault(key, set()).add((drafters.unit, route))
                if drafters == answer.away.group:
                    self.seen.setdefault(key, (sort, route))

    def _bearing(self, sign: Sign | None, classes: Mapping[Sign, int]) -> list[str]:
        if sign is None:
            return [""]
        return [one.key for one in self.people.staff.members(classes[sign])]

    def told(self) -> tuple[Stop, ...]:
        """All of them: what stops most comes first."""
        found = [
            Stop(*key, frozenset(drafts), self.seen.get(key)) for key, drafts in self.drafts.items()
        ]
        return tuple(sorted(found, key=lambda one: (-len(one.drafts), one[:2])))
