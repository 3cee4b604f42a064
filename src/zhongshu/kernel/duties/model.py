"""What a process is, seen by separation of duties: steps, people, rights, rules, ways.

A set of people is a `Crowd`: the bits of one whole number, counted by place in `Staff`. Fifty
thousand people cost one number, and a thousand processes may share one staff.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

GroundKind = Literal["own", "stand_in", "fallback", "transfer", "added", "override"]
Crowd = int


class Label(NamedTuple):
    """What a thing is called, in both languages."""

    zh: str
    en: str


class Step(NamedTuple):
    """One act of the process; its label is a verb, as in 审核 and "reviews"."""

    key: str
    label: Label


class Person(NamedTuple):
    """One member of the staff."""

    key: str
    label: Label


class Ground(NamedTuple):
    """Why somebody may take a step: by the own post, or for `of`, or by a rule for exceptions."""

    kind: GroundKind = "own"
    of: Label | None = None


OWN = Ground()


class Grant(NamedTuple):
    """These people may take this step on this ground. Earlier grants are told first."""

    step: str
    people: Crowd
    ground: Ground = OWN


@dataclass(frozen=True)
class Staff:
    """Everybody, in a fixed order. Person number i is bit i of a crowd."""

    people: tuple[Person, ...]
    places: Mapping[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        places = {person.key: place for place, person in enumerate(self.people)}
        if len(places) != len(self.people):
            raise ValueError("two people have one key")
        object.__setattr__(self, "places", places)

    def crowd(self, keys: Iterable[str]) -> Crowd:
        """The people with these keys."""
        crowd = 0
        for key in keys:
            if key not in self.places:
                raise ValueError(f"unknown person {key!r}")
            crowd |= 1 << self.places[key]
        return crowd

    def members(self, crowd: Crowd) -> tuple[Person, ...]:
        """The people of a crowd, in the order of the staff."""
        return tuple(self.people[place] for place in places_of(crowd))


def places_of(crowd: Crowd, most: int | None = None) -> tuple[int, ...]:
    """The places of a crowd, lowest first; only the first `most` if that is given."""
    found: list[int] = []
    while crowd and len(found) != most:
        low = crowd & -crowd
        found.append(low.bit_length() - 1)
        crowd ^= low
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Separate:
    """Every two steps of the scope are taken by different people."""

    name: str
    scope: frozenset[str]


@dataclass(frozen=True, slots=True)
class Bind:
    """All steps of the scope are taken by one person."""

    name: str
    scope: frozenset[str]


@dataclass(frozen=True, slots=True)
class AtMost:
    """No more than `most` people over the scope."""

    name: str
    most: int
    scope: frozenset[str]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """No fewer than `least` people over the scope; a way with too few of its steps fails."""

    name: str
    least: int
    scope: frozenset[str]


@dataclass(frozen=True, slots=True)
class OneTeam:
    """All steps of the scope are taken by people of one of these teams."""

    name: str
    scope: frozenset[str]
    teams: tuple[Crowd, ...]


@dataclass(frozen=True, slots=True)
class SuperAtLeast:
    """Fewer than `least` people over the scope only if all of them are among the `supers`."""

    name: str
    least: int
    scope: frozenset[str]
    supers: Crowd


@dataclass(frozen=True, slots=True)
class Dependent:
    """If one of `if_by` takes the first step, one of `then_by` must take the second."""

    name: str
    first: str
    second: str
    if_by: Crowd
    then_by: Crowd

    def __post_init__(self) -> None:
        if self.first == self.second:
            raise ValueError("a step cannot depend on itself")

    @property
    def scope(self) -> frozenset[str]:
        """Both steps."""
        return frozenset((self.first, self.second))


@dataclass(frozen=True, slots=True)
class Bar:
    """In this case these people may not take these steps: the applicant, relatives, a section."""

    name: str
    scope: frozenset[str]
    people: Crowd


Rule = Separate | Bind | AtMost | AtLeast | OneTeam | SuperAtLeast | Dependent | Bar
Way = frozenset[str]


def crowds_of(rule: Rule) -> tuple[Crowd, ...]:
    """The people whom a rule tells apart from others."""
    if isinstance(rule, OneTeam):
        return rule.teams
    if isinstance(rule, SuperAtLeast):
        return (rule.supers,)
    if isinstance(rule, Dependent):
        return (rule.if_by, rule.then_by)
    return (rule.people,) if isinstance(rule, Bar) else ()


@dataclass(frozen=True)
class Process:
    """A process against the people who hold its posts.

    `ways` are the sets of steps that a case can go through, one for each way; none given means
    one way with every step. A rule speaks about those steps of its scope that lie on the way.
    """

    staff: Staff
    steps: tuple[Step, ...]
    grants: tuple[Grant, ...]
    rules: tuple[Rule, ...] = ()
    ways: tuple[Way, ...] = ()

    def __post_init__(self) -> None:
        keys = {step.key for step in self.steps}
        if len(keys) != len(self.steps):
            raise ValueError("two steps have one key")
        named = {grant.step for grant in self.grants}.union(
            *self.ways, *(rule.scope for rule in self.rules)
        )
        if named - keys:
            raise ValueError(f"unknown steps {sorted(named - keys)}")
        if len({rule.name for rule in self.rules}) != len(self.rules):
            raise ValueError("two rules have one name")
        crowds = [grant.people for grant in self.grants]
        crowds += [crowd for rule in self.rules for crowd in crowds_of(rule)]
        if any(crowd < 0 or crowd >> len(self.staff.people) for crowd in crowds):
            raise ValueError("people who are not on the staff")
        if not all(self.ways):
            raise ValueError("a way without steps")
        if not self.ways:
            object.__setattr__(self, "ways", (frozenset(keys),))

    def granting(self, *grants: Grant) -> Process:
        """The same process with more rights: a stand-in, an appointment."""
        return replace(self, grants=self.grants + grants)


@dataclass(frozen=True, slots=True)
class Plan:
    """Who takes which step, in the order of the process: (step, place in the staff)."""

    acts: tuple[tuple[str, int], ...]

    @property
    def people(self) -> Crowd:
        """Everybody who acts."""
        crowd = 0
        for _, place in self.acts:
            crowd |= 1 << place
        return crowd


@dataclass(frozen=True, slots=True)
class Undecided:
    """The search used up its budget. Never to be read as "safe"."""

    nodes: int
