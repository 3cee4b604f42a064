"""What a task is born from when that is no matter: a measure of a target, a need from below.

Whoever keeps such things registers how one is told of, and whoever keeps tasks how to begin one and
which were begun; neither knows of the other, and the link runs both ways. A subject is a code and a
key, "need:…". 由来.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from zhongshu.office.actor import Actor

from .models import Matter


class Told(NamedTuple):
    """What something is called, where its page is, and what a task out of it begins with."""

    title: str
    number: str
    href: str
    first: Mapping[str, object]


class Begun(NamedTuple):
    """A task that was born from something: its light and word, how far it is, who leads it."""

    matter: Matter
    light: str
    word: str
    late: bool
    progress: int
    lead: str


Teller = Callable[[str, Actor], Told | None]


@dataclass(frozen=True)
class Keeper:
    """Who keeps the tasks: the page that begins one, for whom, and which were begun."""

    address: Callable[[str], str]
    shown: Callable[[Actor], bool]
    begun: Callable[[Iterable[str], Actor], Mapping[str, list[Begun]]]


@dataclass
class _Known:
    tellers: dict[str, Teller] = field(default_factory=dict)
    keeper: Keeper | None = None


_known = _Known()


def register(code: str, teller: Teller) -> None:
    """Things of this code may be what a task is born from; the teller answers None for whoever may
    not see one, as for one that is not there."""
    _known.tellers[code] = teller


def keep_tasks(keeper: Keeper) -> None:
    """The tasks are kept there from now on."""
    _known.keeper = keeper


def told(subject: str, *, seen_by: Actor) -> Told | None:
    """What a subject is, for who may see it."""
    code, _, key = subject.partition(":")
    teller = _known.tellers.get(code)
    return teller(key, seen_by) if teller and key else None


def begin(subject: str, *, seen_by: Actor) -> str:
    """Where a task out of it is begun; "" for whoever may not begin one."""
    keeper = _known.keeper
    return keeper.address(subject) if keeper and keeper.shown(seen_by) else ""


def begun(subjects: Iterable[str], *, seen_by: Actor) -> Mapping[str, list[Begun]]:
    """The tasks that were born from these, by subject, as far as this person may see them."""
    return _known.keeper.begun(subjects, seen_by) if _known.keeper else {}
