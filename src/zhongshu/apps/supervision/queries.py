"""Reading supervised tasks. Only those whose matter a person may see are in any answer here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Case, CharField, Count, IntegerField, Q, QuerySet, Value, When

from zhongshu.kernel.supervision.lights import Light
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.matters.models import Todo
from zhongshu.office.matters.queries import visible
from zhongshu.office.people import queries as people

from .models import OPEN, Application, Bulletin, Phase, Recurrence, Task

Tasks = QuerySet[Any]
"""Tasks with their light as `lamp`, of which the types of Django know nothing."""
MOVING = (Phase.DOING, Phase.CHECKING)
DONE = (Phase.CLOSED, Phase.FILED)
RANKS = (Light.RED, Light.AMBER, Light.GREY, Light.GREEN, Light.BLUE)


@dataclass(frozen=True, slots=True)
class Filter:
    """What a ledger shows: which state, and narrowed by what."""

    state: str = "open"  # open, closed, ended, all
    light: str = ""
    source: str = ""
    lead: str = ""
    whose: str = ""  # lead: of my section; charge: of the sections I am in charge of; mine: my turn
    due: str = ""  # week: due within five working days
    sources: Sequence[str] = ()  # any of these


def tasks(*, seen_by: Actor) -> Tasks:
    """All tasks this person may see, with their lights as `lamp`."""
    return _lit(Task.objects.filter(matter__in=visible(seen_by=seen_by)), _minute())


def find(*, key: str, seen_by: Actor) -> Task:
    """One task; `Task.DoesNotExist` when there is none or it is not for him."""
    rows = tasks(seen_by=seen_by).select_related(
        *("matter__case", "matter__series", "lead", "leader", "parent__matter", "into__matter")
    )
    found: Task = rows.prefetch_related("milestones", "assists").get(matter__key=key)
    return found


def ledger(*, seen_by: Actor, asked: Filter) -> Tasks:
    """The ledger, what is most at risk first; what ended, latest first."""
    rows = narrowed(tasks(seen_by=seen_by), seen_by, asked)
    if asked.state in {"closed", "ended"}:
        return rows.order_by("-accepted_at", "-pk")
    ranks = [When(lamp=light, then=Value(rank)) for rank, light in enumerate(RANKS)]
    order = Case(*ranks, default=Value(9), output_field=IntegerField())
    ranked: Tasks = rows.annotate(rank=order)
    return ranked.order_by("rank", "due", "pk")


def whole(order: Sequence[int], *, seen_by: Actor) -> list[Task]:
    """These rows of a ledger with all that a list shows, in this order. What a ledger is sorted
    by is narrow; the wide rows are read for one page only."""
    rows = tasks(seen_by=seen_by).filter(pk__in=order).select_related("matter", "lead")
    found = {row.pk: row for row in rows.prefetch_related("milestones", "assists")}
    return [found[pk] for pk in order if pk in found]


def narrowed(rows: Tasks, seen_by: Actor, asked: Filter) -> Tasks:
    """Only what a filter asks for."""
    states: Mapping[str, tuple[str, ...]] = {
        "open": OPEN,
        "closed": DONE,
        "ended": (Phase.DROPPED, Phase.MERGED, Phase.REFUSED),
    }
    if asked.state in states:
        rows = rows.filter(phase__in=states[asked.state])
    if asked.light:
        rows = rows.filter(lamp=asked.light)
    if asked.source:
        rows = rows.filter(source=asked.source)
    if asked.sources:
        rows = rows.filter(source__in=asked.sources)
    if asked.lead:
        rows = rows.filter(lead__code=asked.lead)
    if asked.due == "week":
        rows = rows.filter(due__lte=_minute() + 5 * 420)
    return _whose(rows, seen_by, asked.whose)


def _whose(rows: Tasks, seen_by: Actor, whose: str) -> Tasks:
    bureau = people.bureau()
    if whose == "lead":
        return rows.filter(lead=bureau.units.get(seen_by.person))
    if whose == "charge":
        units = bureau.directory.units.values()
        return rows.filter(lead__code__in=[u.id for u in units if u.leader == seen_by.person])
    if whose == "mine":
        mine = Todo.objects.filter(person__key=seen_by.person).exclude(what=Todo.What.READ)
        return rows.filter(matter__in=mine.values("matter"))
    if whose == "consent":
        mine_to_decide = Application.objects.filter(consenter__key=seen_by.person, granted=None)
        return rows.filter(pk__in=mine_to_decide.values("task"))
    return rows


class Tally(NamedTuple):
    """How many open tasks there are by light, source and lead section: counted once."""

    rows: tuple[tuple[str, str, str, int], ...]

    def lights(self, *, source: str = "", lead: str = "") -> dict[str, int]:
        """How many show each light, of a source, of a section, or of all."""
        found: dict[str, int] = {}
        for lamp, from_, section, count in self.rows:
            if source in {"", from_} and lead in {"", section}:
                found[lamp] = found.get(lamp, 0) + count
        return found

    def sources(self) -> dict[str, int]:
        """How many came from each kind of source."""
        found: dict[str, int] = {}
        for _, source, _, count in self.rows:
            found[source] = found.get(source, 0) + count
        return found


def tally(*, seen_by: Actor) -> Tally:
    """The open tasks this person may see, counted."""
    rows = tasks(seen_by=seen_by).filter(phase__in=OPEN).order_by()
    grouped = rows.values_list("lamp", "source", "lead__code").annotate(Count("pk"))
    return Tally(tuple(grouped))


def by_phase(*, seen_by: Actor, sources: Sequence[str]) -> dict[str, int]:
    """How many tasks of these sources stand in each phase, without those that ended for nothing."""
    ended = (Phase.DROPPED, Phase.MERGED, Phase.REFUSED)
    rows = tasks(seen_by=seen_by).filter(source__in=sources).exclude(phase__in=ended).order_by()
    return dict(rows.values_list("phase").annotate(Count("pk")))


def closed_since(*, seen_by: Actor, since: datetime) -> int:
    """How many were accepted since then."""
    return tasks(seen_by=seen_by).filter(phase__in=DONE, accepted_at__gte=since).count()


def to_consent(*, seen_by: Actor) -> QuerySet[Application]:
    """Applications that wait for this person's word; each lies before him already."""
    rows = Application.objects.filter(consenter__key=seen_by.person, granted=None)
    rows = rows.filter(task__matter__in=visible(seen_by=seen_by))
    return rows.select_related("task__matter", "task__lead", "asked_by").order_by("pk")


def parts(*, of: Task, seen_by: Actor) -> Tasks:
    """The parts of a task, as far as this person may see them."""
    return tasks(seen_by=seen_by).filter(parent=of).select_related("matter", "lead").order_by("pk")


def born_of(*, subjects: Iterable[str], seen_by: Actor) -> Tasks:
    """The tasks that were born from these things which are no matters."""
    rows = tasks(seen_by=seen_by).filter(origin__in=list(subjects)).select_related("matter", "lead")
    born: Tasks = rows.prefetch_related("milestones", "assists").order_by("pk")
    return born


def standing(*, seen_by: Actor) -> dict[str, Any]:
    """What stands now, by key of the task: light and progress of each that is open."""
    rows = tasks(seen_by=seen_by).filter(phase__in=OPEN).order_by("pk")
    return {
        key: [lamp, progress]
        for key, lamp, progress in rows.values_list("matter__key", "lamp", "progress")
    }


def recurring(*, seen_by: Actor) -> QuerySet[Recurrence]:
    """What comes again; an administrator sees none."""
    if seen_by.person not in people.bureau().pks:
        return Recurrence.objects.none()
    return Recurrence.objects.select_related("lead", "by")


def bulletins(*, seen_by: Actor) -> QuerySet[Bulletin]:
    """The bulletins that were issued. Their pages show each reader only what he may see."""
    if seen_by.person not in people.bureau().pks:
        return Bulletin.objects.none()
    return Bulletin.objects.select_related("by")


def told_of(bulletin: Bulletin, *, seen_by: Actor) -> Tasks:
    """The tasks a bulletin tells of: open then, or begun or ended in its time."""
    period = (bulletin.since, bulletin.until)
    rows = tasks(seen_by=seen_by).filter(
        Q(matter__key__in=list(bulletin.standing))
        | Q(accepted_at__range=period)
        | Q(assigned_at__range=period)
    )
    told: Tasks = rows.select_related("matter", "lead")
    return told.prefetch_related("milestones", "assists").order_by("due", "pk")


def _minute() -> int:
    return clock.calendar().minute(clock.now())


def _lit(rows: Tasks, now: int) -> Tasks:
    """The light of each by the two minutes that the kernel counted."""
    lit: Tasks = rows.annotate(
        lamp=Case(
            When(phase__in=DONE, then=Value("blue")),
            When(~Q(phase__in=MOVING), then=Value("grey")),
            When(red__lte=now, then=Value("red")),
            When(amber__lte=now, then=Value("amber")),
            When(reported_at__isnull=False, then=Value("green")),
            default=Value("grey"),
            output_field=CharField(),
        )
    )
    return lit
