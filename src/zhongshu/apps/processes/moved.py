"""A move between versions in words: what each case becomes, what speaks against it. 改版报告."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.db.models import Count, Q, Sum
from django.http import HttpRequest

from zhongshu.kernel.errors import Reason, Refused
from zhongshu.office.actor import Actor
from zhongshu.office.matters import refusal_words
from zhongshu.office.matters.models import Matter, Process
from zhongshu.office.matters.processes import definition
from zhongshu.office.people import queries as people
from zhongshu.office.people.models import Account

from . import queries
from .models import Move, MoveCase


class Step(NamedTuple):
    """A step of the old version under its name in the new one."""

    before: str
    after: str


class Line(NamedTuple):
    """One case: `matter` only for whoever may see it; `why` says why it keeps its version."""

    number: str
    matter: Matter | None
    before: str
    after: str
    asked: tuple[str, ...]
    kept: tuple[str, ...]
    lost: tuple[str, ...]
    why: tuple[str, ...]


class Sums(NamedTuple):
    """What the rehearsal came to, in numbers."""

    fine: int
    stay: int
    asked: int
    lost: int
    whole: int

    @property
    def done(self) -> int:
        """Rehearsed so far."""
        return self.fine + self.stay


def may(request: HttpRequest, process: Process) -> bool:
    """Whether whoever is at the keyboard holds the post that may move running matters."""
    account = request.user
    if not isinstance(account, Account) or account.person is None:
        return False
    return people.directory().holds(account.person.key, definition(process.pk).override)


def seconds(process: Process, but: str) -> dict[str, str]:
    """Who else holds that post, with names."""
    called = people.names()
    holders = people.directory().posts.get(definition(process.pk).override, ())
    return {who: called.get(who, who) for who in holders if who != but}


def steps(move: Move) -> list[Step]:
    """The plan in the names of steps."""
    old, new = definition(move.old_id).by_id, definition(move.new_id).by_id
    return [Step(old[a].name, new[b].name) for a, b in move.plan.items() if a in old and b in new]


def sums(move: Move) -> Sums:
    """Counted by the database."""
    found = move.cases.aggregate(
        moves=Count("pk", filter=Q(fine=True)),
        stays=Count("pk", filter=Q(fine=False)),
        people=Sum("asked", default=0),
        words=Sum("lost", default=0),
    )
    whole = found["moves"] + found["stays"]
    if move.state == Move.State.REHEARSING:
        whole = max(whole, queries.running_on(process=move.old))
    return Sums(found["moves"], found["stays"], found["people"], found["words"], whole)


def lines(cases: Sequence[MoveCase], move: Move, seen_by: Actor) -> list[Line]:
    """Cases in words; two queries for any number."""
    titles = queries.titles(cases=cases, seen_by=seen_by)
    called = {
        **people.names(),
        **{node.id: node.name for node in definition(move.old_id).nodes},
        **{node.id: node.name for node in definition(move.new_id).nodes},
    }
    return [_line(one, titles.get(one.matter_id), called) for one in cases]


def _line(one: MoveCase, matter: Matter | None, called: Mapping[str, str]) -> Line:
    told = one.told
    return Line(
        one.matter.number,
        matter,
        "、".join(told.get("before", ())),
        "、".join(told.get("after", ())),
        _said(told.get("asked", ()), called),
        _said(told.get("kept", ()), called),
        _said(told.get("lost", ()), called),
        _why(told.get("why", ()), called),
    )


def _said(pairs: Sequence[Sequence[str]], called: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(f"{called.get(person, person)}（{node}）" for node, person in pairs)


def _why(told: Sequence[Sequence[object]], called: Mapping[str, str]) -> tuple[str, ...]:
    if not told:
        return ()
    reasons = tuple(
        Reason(str(code), tuple((str(name), str(value)) for name, value in about))  # type: ignore[attr-defined]
        for code, about in told
    )
    return tuple(refusal_words.told(Refused(reasons), called).split("\n"))
