"""The facts about people and time that a step is decided on. 人员与时间.

The kernel asks nobody: whoever calls it hands over who holds which post, who is away, who stands
in for whom, and what time it is. Times inside the flow are working-minute ordinals (minutes of
working time since the calendar's zero), so a span is a subtraction and a stopped clock a sum.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Literal, NamedTuple, Protocol

from zhongshu.kernel.worktime import Limit


class Person(NamedTuple):
    """A person of the bureau. `gone`: has left for good; `away`: on leave, travelling, ill."""

    id: str
    unit: str = ""
    rank: int = 0
    clearance: int = 0
    away: bool = False
    gone: bool = False


class Unit(NamedTuple):
    """A section or grassroots unit: its head, the leader in charge of it, the unit above."""

    id: str
    head: str = ""
    leader: str = ""
    parent: str = ""


class StandIn(NamedTuple):
    """AB角: `deputy` acts for `principal` from `start` up to but not at `end`.

    `exclusive`: the deputy alone; `shared`: both see it and the first word counts; `when_away`:
    the deputy only while the principal is away. `kinds` empty: every kind of paper; `amount`: up
    to this amount, None without limit.
    """

    principal: str
    deputy: str
    start: datetime
    end: datetime
    mode: Literal["exclusive", "shared", "when_away"] = "when_away"
    kinds: frozenset[str] = frozenset()
    amount: int | None = None


@dataclass(frozen=True)
class Directory:
    """Who is who at one moment."""

    people: Mapping[str, Person]
    posts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    units: Mapping[str, Unit] = field(default_factory=dict)
    stand_ins: tuple[StandIn, ...] = ()

    @cached_property
    def members(self) -> Mapping[str, tuple[str, ...]]:
        """The people of each unit, in order of their ids."""
        found: dict[str, list[str]] = {}
        for person in sorted(self.people.values()):
            if not person.gone:
                found.setdefault(person.unit, []).append(person.id)
        return {unit: tuple(people) for unit, people in found.items()}

    @cached_property
    def deputies(self) -> Mapping[str, tuple[StandIn, ...]]:
        """The stand-ins of each principal."""
        found: dict[str, list[StandIn]] = {}
        for stand_in in self.stand_ins:
            found.setdefault(stand_in.principal, []).append(stand_in)
        return {principal: tuple(many) for principal, many in found.items()}

    def holds(self, person: str, post: str) -> bool:
        """Whether the person holds the post; an unnamed post is held by nobody."""
        return bool(post) and person in self.posts.get(post, ())

    def within(self, holder: str, person: str, range_: tuple[str, ...]) -> bool:
        """Whether a person lies inside a range: "any", "unit" (the holder's own), "post:x",
        "unit:x"."""
        found, own = self.people.get(person), self.people.get(holder)
        return any(
            word == "any"
            or bool(word == "unit" and found and own and found.unit == own.unit)
            or (word.startswith("post:") and self.holds(person, word[5:]))
            or bool(word.startswith("unit:") and found and found.unit == word[5:])
            for word in range_
        )

    def head_of(self, person: str) -> str:
        """The head of the person's unit, or ""."""
        found = self.people.get(person)
        unit = self.units.get(found.unit) if found else None
        return unit.head if unit else ""


class Calendar(Protocol):
    """Working time, as `kernel.worktime` computes it."""

    def minute(self, at: datetime) -> int:
        """The working-minute ordinal of an instant."""

    def due(self, at: datetime, limit: Limit) -> int:
        """The ordinal at which a limit that starts now ends."""


class Facts(NamedTuple):
    """What is true when the step is taken."""

    now: datetime
    calendar: Calendar
    people: Directory

    @property
    def minute(self) -> int:
        """Now, as a working-minute ordinal."""
        return self.calendar.minute(self.now)

    def due(self, limit: Limit | None) -> int | None:
        """When a limit that starts now ends."""
        return None if limit is None else self.calendar.due(self.now, limit)
