"""Reading processes. What the register of processes says is no secret of the house."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext

from zhongshu.office.actor import Actor
from zhongshu.office.matters import queries as matters
from zhongshu.office.matters.models import Matter, Process
from zhongshu.office.matters.processes import definition
from zhongshu.office.people import queries as people
from zhongshu.office.people.models import Account

from .models import Kept, Move, MoveCase, Reached, Sketch, Stage, Watched


def in_force() -> QuerySet[Process]:
    """The versions that new matters use."""
    return Process.objects.filter(state=Process.State.RELEASED).order_by("code").defer("text")


def version(*, code: str, number: int) -> Process | None:
    """One version of a process."""
    return Process.objects.filter(code=code, version=number).first()


def current(*, code: str) -> Process | None:
    """The version in force; the newest one if none is."""
    versions = Process.objects.filter(code=code).order_by("-version")
    return versions.filter(state=Process.State.RELEASED).first() or versions.first()


def versions(*, code: str) -> QuerySet[Process]:
    """All versions of a process, newest first, with how many matters run on each."""
    return (
        Process.objects.filter(code=code)
        .select_related("running")
        .order_by("-version")
        .defer("text")
    )


def library() -> QuerySet[Process]:
    """What is in force or waits for release: by name, the waiting ones first."""
    there = Process.objects.exclude(state=Process.State.RETIRED).select_related("running")
    return there.order_by("-state", "name", "version").defer("text")


def retired() -> QuerySet[Process]:
    """What was retired and has nothing in its place, the latest first."""
    gone = Process.objects.filter(state=Process.State.RETIRED).exclude(retired_by="")
    there = Process.objects.filter(state=Process.State.RELEASED, code=OuterRef("code"))
    return gone.exclude(Exists(there)).order_by("-retired_at").defer("text")


def stages(*, process: Process) -> dict[str, Stage]:
    """What happened at each node of a version."""
    return {stage.node: stage for stage in Stage.objects.filter(process=process)}


def counted_at() -> datetime | None:
    """When the worker last counted."""
    return Reached.objects.values_list("at", flat=True).first()


def sketches(*, seen_by: Actor) -> QuerySet[Sketch]:
    """One's own sketches, the latest first; nobody else's."""
    return Sketch.objects.filter(by=seen_by.person).defer("text")


def sketch(*, key: str, seen_by: Actor) -> Sketch | None:
    """A sketch of one's own."""
    return Sketch.objects.filter(by=seen_by.person, key=key).first()


def kept(*, sketch: Sketch) -> QuerySet[Kept]:
    """How a sketch once stood, the latest first."""
    return Kept.objects.filter(sketch=sketch)


def newest(*, code: str) -> int:
    """The highest version of a process that was ever proposed; 0 if none was."""
    found = Process.objects.filter(code=code).order_by("-version")
    return found.values_list("version", flat=True).first() or 0


def codes() -> dict[str, str]:
    """The processes by code, each with its latest name."""
    return dict(Process.objects.order_by("version").values_list("code", "name"))


def hands(*, keys: Iterable[str]) -> dict[str, str]:
    """What those who proposed and released are called, administrators among them."""
    called = dict(people.names())
    accounts = {key: key.partition(":")[2] for key in keys if key.startswith("account:")}
    known = {
        f"account:{account.pk}": account.name or account.get_office_display()
        for account in Account.objects.filter(pk__in=[*accounts.values()])
    }
    return {
        key: known.get(key) or called.get(key) or gettext("随系统提供")
        for key in dict.fromkeys(keys)
    }


def changes(*, since: datetime, until: datetime) -> list[tuple[Watched, Watched]]:
    """How processes came to stand otherwise in a time, newest first, each with how it stood before;
    the first look at a process is no change. At most two hundred; two queries."""
    older = Watched.objects.filter(code=OuterRef("code"), pk__lt=OuterRef("pk")).order_by("-pk")
    rows = Watched.objects.filter(at__gte=since, at__lt=until).annotate(
        before=Subquery(older.values("pk")[:1])
    )
    found = [row for row in rows[:200] if row.before]
    known = Watched.objects.in_bulk([row.before for row in found])
    return [(row, known[row.before]) for row in found]


def running_on(*, process: Process) -> int:
    """How many matters run on a version now."""
    return Matter.objects.filter(process=process, closed_at__isnull=True).count()


def moves_somewhere(*, user: object) -> bool:
    """Whether somebody holds the post that may move the running matters of some process."""
    if not isinstance(user, Account) or user.person is None:
        return False
    posts = {definition(pk).override for pk in in_force().values_list("pk", flat=True)}
    directory = people.directory()
    return any(directory.holds(user.person.key, post) for post in posts)


def waiting_moves(*, seen_by: Actor) -> QuerySet[Move]:
    """The moves that wait for this person to carry them out."""
    waiting = Move.objects.filter(second=seen_by.person, state=Move.State.READY)
    return waiting.select_related("old", "new")


def moves(*, code: str) -> QuerySet[Move]:
    """The moves between versions of a process, newest first."""
    return Move.objects.filter(old__code=code).select_related("old", "new")


def move(*, key: str) -> Move | None:
    """One move."""
    return Move.objects.select_related("old", "new").filter(key=key).first()


def moved(*, move: Move, fine: bool) -> QuerySet[MoveCase]:
    """The cases of a move as rehearsed, those that move or those that stay."""
    return move.cases.filter(fine=fine).select_related("matter").defer("matter__step")


def titles(*, cases: Iterable[MoveCase], seen_by: Actor) -> dict[int, Matter]:
    """Those of their matters whose titles this reader may see."""
    there = matters.visible(seen_by=seen_by, one_by_one=True)
    return there.in_bulk([one.matter_id for one in cases])
