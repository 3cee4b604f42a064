"""Who keeps the registers: the posts that the released process names for it. 文电岗位.

The clerk who registers, and whoever sits at the first step after registration, because what is
found wanting there goes back through the same book. A stand-in of a holder has the same view for
as long as he stands in.
"""

from __future__ import annotations

from collections.abc import Iterator

from zhongshu.kernel.flow.definition import SeatKind
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.files import subjects
from zhongshu.office.matters import processes
from zhongshu.office.matters.models import Matter
from zhongshu.office.people import queries as people
from zhongshu.office.refusal import Refusal, refuse

from .apps import INCOMING


def posts() -> frozenset[str]:
    """The posts of the records office; none while no process is released."""
    try:
        flow = processes.definition(processes.released(INCOMING.process).pk)
    except Refusal:
        return frozenset()
    first = [flow.by_id[name] for name in flow.draft.ways]
    seated = [s.ref for node in first for s in node.seats if s.kind is SeatKind.POST]
    return frozenset(filter(None, (flow.clerk, *seated)))


def _holders() -> Iterator[str]:
    """Whoever holds such a post now, and who stands in for him."""
    found, now = people.directory(), clock.now()
    for post in posts():
        for person in found.posts.get(post, ()):
            yield person
            for cover in found.deputies.get(person, ()):
                away = cover.mode != "when_away" or found.people[person].away
                if away and cover.start <= now < cover.end:
                    yield cover.deputy


def keeps(actor: Actor) -> bool:
    """Whether this person keeps the registers now."""
    return actor.person in frozenset(_holders())


def require(actor: Actor) -> int:
    """The row of a person who keeps the registers; anybody else is refused."""
    person = people.bureau().pks.get(actor.person)
    if person is None or not keeps(actor):
        raise refuse("not_records")
    return person


def _grade(_key: str) -> str:
    """What has not been registered is internal until somebody says otherwise."""
    return str(Matter.Grade.INTERNAL.label)


subjects.register(
    "arrival",
    may_see=lambda actor, _: keeps(actor),
    may_change=lambda actor, _: keeps(actor),
    grade=_grade,
)
