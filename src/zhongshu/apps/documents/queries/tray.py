"""What lies in the tray, in the order in which it should be registered. 收文筐."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet

from zhongshu.apps.documents import reading, recordsoffice
from zhongshu.apps.documents.models import OPEN, Arrival
from zhongshu.kernel.triage import Matter as Weighed
from zhongshu.kernel.triage import rank
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.files import queries as files
from zhongshu.office.files.models import File

MOST = 1_000  # of one tray that are put in order; what is more comes after, oldest first
LATER = 1 << 40
NEED = 30  # working minutes, before anybody has looked


class Row(NamedTuple):
    """One arrival as the tray shows it."""

    arrival: Arrival
    title: str
    source: str
    number: str
    due: int | None
    like: Arrival | None = None


class Progress(NamedTuple):
    """How far the reading of a batch has come."""

    whole: int
    read: int
    failed: int

    @property
    def waits(self) -> bool:
        """Whether something is still to be read."""
        return self.read < self.whole


def _open(seen_by: Actor) -> QuerySet[Arrival]:
    rows = Arrival.objects.filter(state__in=OPEN)
    return rows if recordsoffice.keeps(seen_by) else rows.none()


def count(*, seen_by: Actor) -> int:
    """How many papers lie in the tray."""
    return _open(seen_by).count()


def order(*, seen_by: Actor) -> list[int]:
    """The keys of all that lies there, most pressing first, as triage ranks it."""
    now = clock.calendar().minute(clock.now())
    rows = _open(seen_by).order_by("id").values_list("id", "weight", "due")[:MOST]
    weighed = (Weighed(pk, weight, NEED, due or LATER, 0) for pk, weight, due in rows)
    return [one.id for one in sorted(weighed, key=lambda one: rank(one, now))]


def page(*, keys: list[int], seen_by: Actor) -> list[Row]:
    """Some of them, in the order given, with what each is like."""
    found = {one.pk: one for one in _open(seen_by).filter(pk__in=keys).select_related("by")}
    arrivals = [found[pk] for pk in keys if pk in found]
    twins = _twins(arrivals)
    return [_row(one, twins.get(one.pk)) for one in arrivals]


def _row(arrival: Arrival, like: Arrival | None) -> Row:
    said = {name: value(arrival, name) for name in ("title", "source", "document_no")}
    return Row(arrival, said["title"], said["source"], said["document_no"], arrival.due, like)


def value(arrival: Arrival, name: str) -> str:
    """What a clerk has typed for a field, or else what was read."""
    typed: Any = arrival.typed.get(name)
    return str(typed) if typed else reading.shown(arrival.reading, name).value


def _twins(arrivals: list[Arrival]) -> dict[int, Arrival]:
    """For each the newest that is the same by number or by file, asked of each index once."""
    twins: dict[int, Arrival] = {}
    for column in ("document_key", "digest"):
        values = {getattr(one, column) for one in arrivals} - {""}
        others = Arrival.objects.filter(**{f"{column}__in": values}).order_by()
        alike = others.exclude(state=Arrival.State.DISMISSED)[: 4 * len(arrivals) + 40]
        for other in sorted(alike, key=lambda one: one.pk):
            for one in arrivals:
                same = getattr(one, column) == getattr(other, column)
                earlier = other.pk < one.pk or (other.pk != one.pk and not other.is_open)
                if same and earlier and other.key not in one.apart:
                    twins[one.pk] = other
    return twins


def find(*, key: str, seen_by: Actor) -> Arrival:
    """One arrival, done with or not; `Arrival.DoesNotExist` where it is not for him."""
    if not recordsoffice.keeps(seen_by):
        raise Arrival.DoesNotExist
    return Arrival.objects.select_related("by", "done_by", "matter", "same_as").get(key=key)


def papers(*, arrival: Arrival, seen_by: Actor) -> list[File]:
    """Its files, while they lie with it."""
    return list(files.of(f"arrival:{arrival.key}", seen_by=seen_by))


def progress(*, batch: str, seen_by: Actor) -> Progress:
    """How far the reading of what came together has come."""
    if not recordsoffice.keeps(seen_by):
        return Progress(0, 0, 0)
    waiting, failed = Arrival.State.WAITING, Arrival.State.UNREADABLE
    found = Arrival.objects.filter(batch=batch).aggregate(
        whole=Count("id"),
        left=Count("id", filter=Q(state=waiting)),
        failed=Count("id", filter=Q(state=failed)),
    )
    return Progress(found["whole"], found["whole"] - found["left"], found["failed"])


class Beside(NamedTuple):
    """Where one stands in the tray: its place, of how many, and its neighbours."""

    place: int
    whole: int
    before: str
    after: str


def beside(*, arrival: Arrival, seen_by: Actor) -> Beside:
    """The one before and the one after, in the order of the tray."""
    keys = order(seen_by=seen_by)
    if arrival.pk not in keys:
        return Beside(0, len(keys), "", "")
    place = keys.index(arrival.pk)
    wanted = keys[max(0, place - 1) : place + 2]
    named = dict(Arrival.objects.filter(pk__in=wanted).values_list("pk", "key"))
    before = named[keys[place - 1]] if place else ""
    after = named[keys[place + 1]] if place + 1 < len(keys) else ""
    return Beside(place + 1, len(keys), before, after)
