"""What is known of whoever sent a paper: its register, who led such papers, what was returned."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, QuerySet

from zhongshu.apps.documents import weighing
from zhongshu.apps.documents.models import Incoming, Return
from zhongshu.kernel.triage import signs
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.matters import queries as matters
from zhongshu.office.matters.models import Link, Matter
from zhongshu.office.people.models import Unit

YEAR = timedelta(days=365)
RECENT = 150  # papers of a source that are asked about, newest first


class Register(NamedTuple):
    """The register a source belongs to, and how sure that is: by its last paper, by being a unit of
    ours, by the table, or not at all."""

    code: str
    sure: str


class Lead(NamedTuple):
    """The unit that led most papers of this source and kind within a year, and how many they were.

    `of` is how many were looked at.
    """

    unit: str
    name: str
    papers: int
    of: int


def _recent(source: str) -> list[int]:
    """The newest papers of a source, by their index: no gate, whoever asks applies it."""
    rows = Incoming.objects.filter(source=source).order_by("-matter")
    return list(rows.values_list("matter", flat=True)[:RECENT])


def _seen(source: str, seen_by: Actor) -> QuerySet[Incoming]:
    """Those of them that a person may see, newest first."""
    seen = matters.visible(seen_by=seen_by, one_by_one=True).filter(pk__in=_recent(source))
    return Incoming.objects.filter(pk__in=list(seen.values_list("pk", flat=True))).order_by(
        "-matter"
    )


def register(*, source: str, seen_by: Actor) -> Register:
    """Where papers of this source are entered."""
    if not source:
        return Register("", "low")
    last = _seen(source, seen_by).values_list("register", flat=True).first()
    if last:
        return Register(last, "high")
    if Unit.objects.filter(name=source).exists():
        return Register(Incoming.Register.LOWER, "high")
    known = signs.sender(weighing.table(), source)
    return Register(known.register, "mid") if known else Register(Incoming.Register.OTHER, "low")


def lead(*, source: str, sort: str, seen_by: Actor) -> Lead | None:
    """Who led similar papers before; None where nobody did."""
    since = clock.now() - YEAR
    rows = _seen(source, seen_by).filter(received_at__gte=since)
    rows = rows.filter(sort=sort) if sort else rows
    led = rows.exclude(lead=None).values_list("lead__code", "lead__name")
    told = Counter(led)
    if not told:
        return None
    ((code, name), papers), *_ = told.most_common(1)
    return Lead(code, name, papers, told.total())


def returned(*, source: str, seen_by: Actor) -> QuerySet[Matter]:
    """What was lately returned to this source and has not come again, newest first."""
    again = Link.objects.filter(why=Link.Why.RESUBMITTED, earlier=OuterRef("pk"))
    back = Return.objects.filter(matter=OuterRef("pk"))
    seen = matters.visible(seen_by=seen_by, one_by_one=True).filter(pk__in=_recent(source))
    return seen.filter(Exists(back), ~Exists(again)).order_by("-pk")


class Counted(NamedTuple):
    """How many papers of a source were returned."""

    source: str
    papers: int


def returns(*, since: datetime, until: datetime, seen_by: Actor) -> list[Counted]:
    """Returns by source in a span of time, most first: for the notice of each quarter."""
    seen = matters.visible(seen_by=seen_by)
    rows = Return.objects.filter(at__gte=since, at__lt=until, matter__in=seen)
    grouped = rows.values_list("matter__incoming__source").annotate(n=Count("id"))
    return [Counted(source, n) for source, n in grouped.order_by("-n", "matter__incoming__source")]
