"""收文统计: what came in, what was done in time, how long each step takes, what comes back.

Every figure is counted over an indexed range of months and through the one gate, and is made of
rows that the ledger can show to the same person. Rates carry what they rest on.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from zhongshu.apps.documents.models import Incoming, Pace, Passage, Return
from zhongshu.apps.documents.pacing import median
from zhongshu.kernel.flow.definition import HANDLED, Definition
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.matters.processes import definition, released
from zhongshu.office.matters.queries import everything, visible
from zhongshu.office.people.models import Unit
from zhongshu.office.refusal import Refusal

AGES = ((0, 3), (4, 7), (8, 15), (16, 30), (31, 0))  # calendar days since it came; 0: no end


class Span(NamedTuple):
    """A range of whole months, both included, as 202611."""

    low: int
    high: int

    @property
    def said(self) -> str:
        """As it stands in an address."""
        return f"{self.low}-{self.high}"

    @property
    def since(self) -> datetime:
        """Its first instant."""
        return _begins(self.low)

    @property
    def until(self) -> datetime:
        """The first instant after it."""
        return _begins(following(self.high))

    @property
    def days(self) -> tuple[date, date]:
        """Its first and its last day."""
        last = date.fromordinal(clock.local(self.until).date().toordinal() - 1)
        return clock.local(self.since).date(), last


class Total(NamedTuple):
    """What came in, and what became of it."""

    received: int
    closed: int
    on_time: int  # closed with a due time, and not after it
    timed: int  # closed with a due time
    open: int
    late: int  # open, and past due


class Figure(NamedTuple):
    """The median of the working minutes of one step, of one section or of all."""

    node: str
    name: str
    unit: str
    unit_code: str
    number: int
    median: int
    late: int


class Figures(NamedTuple):
    """All figures of a range of months."""

    span: Span
    total: Total
    stages: list[Figure]
    sections: list[Figure]
    returns: list[tuple[str, int]]
    ages: list[tuple[str, str, int]]


def following(month: int) -> int:
    """The month after: 202612 is followed by 202701."""
    return month + 1 if month % 100 < 12 else month + 89


def spans(today: date) -> list[tuple[str, Span]]:
    """The ranges one can choose from: this month, last month, this quarter, this year."""
    now = today.year * 100 + today.month
    before = now - 1 if now % 100 > 1 else now - 89
    quarter = today.year * 100 + (today.month - 1) // 3 * 3 + 1
    return [
        ("本月", Span(now, now)),
        ("上月", Span(before, before)),
        ("本季", Span(quarter, now)),
        ("今年", Span(today.year * 100 + 1, now)),
    ]


def figures(*, span: Span, seen_by: Actor) -> Figures:
    """The figures of these months, of the documents this person may see."""
    came = _seen(seen_by).filter(received_at__gte=span.since, received_at__lt=span.until)
    called = names()
    paces = list(_paces(span, seen_by))
    return Figures(
        span,
        _total(came, seen_by),
        _by_stage(paces, called),
        _by_section(paces, called),
        _returns(came),
        list(_ages(seen_by)),
    )


def _seen(seen_by: Actor) -> QuerySet[Incoming]:
    seen = visible(seen_by=seen_by, one_by_one=True).filter(pk=OuterRef("pk"))
    return Incoming.objects.filter(Exists(seen))


def _total(came: QuerySet[Incoming], seen_by: Actor) -> Total:
    timed = Q(open=False, matter__due_at__isnull=False)
    counted = came.aggregate(
        received=Count("pk"),
        closed=Count("pk", filter=Q(open=False)),
        timed=Count("pk", filter=timed),
        on_time=Count("pk", filter=timed & Q(matter__closed_at__lte=F("matter__due_at"))),
    )
    now = _seen(seen_by).filter(open=True)
    standing = now.aggregate(
        open=Count("pk"), late=Count("pk", filter=Q(matter__due_at__lt=clock.now()))
    )
    return Total(**counted, **standing)


class _Counted(NamedTuple):
    """So many steps of one node by one unit took so long."""

    node: str
    unit: int
    span: int
    n: int
    overdue: int


def _paces(span: Span, seen_by: Actor) -> Iterator[_Counted]:
    """The steps finished in these months. Who sees the whole bureau asks what was counted when
    they were taken; who sees part of it has his own counted now."""
    whole = everything(seen_by=seen_by)
    months = {"month__gte": span.low, "month__lte": span.high}
    if whole is None:
        seen = visible(seen_by=seen_by, one_by_one=True).filter(pk=OuterRef("matter"))
        rows = Passage.objects.filter(Exists(seen), **months).values("node", "unit", "span")
        told = rows.annotate(n=Count("pk"), overdue=Count("pk", filter=Q(late=True)))
        yield from (_Counted(**row) for row in told)
    else:
        counted = Pace.objects.filter(grade__lte=whole, **months).values("node", "unit", "span")
        kept = counted.annotate(n=Sum("number"), overdue=Sum("late")).filter(n__gt=0)
        yield from (_Counted(**row) for row in kept)


def _by_stage(rows: list[_Counted], called: dict[str, str]) -> list[Figure]:
    groups: dict[str, list[_Counted]] = {}
    for row in rows:
        groups.setdefault(row.node, []).append(row)
    order = list(called)
    found = [_figure(group, node, called.get(node, node)) for node, group in groups.items()]
    return sorted(found, key=lambda one: order.index(one.node) if one.node in called else 99)


def _by_section(rows: list[_Counted], called: dict[str, str]) -> list[Figure]:
    groups: dict[int, list[_Counted]] = {}
    for row in rows:
        if row.node in called:
            groups.setdefault(row.unit, []).append(row)
    units = Unit.objects.in_bulk(list(groups))
    found = [
        _figure(group, "", "")._replace(unit=units[pk].name, unit_code=units[pk].code)
        for pk, group in groups.items()
    ]
    return sorted(found, key=lambda one: (-one.median, one.unit))


def _figure(group: list[_Counted], node: str, name: str) -> Figure:
    return Figure(
        node,
        name,
        "",
        "",
        sum(row.n for row in group),
        median((row.span, row.n) for row in group),
        sum(row.overdue for row in group),
    )


def _returns(came: QuerySet[Incoming]) -> list[tuple[str, int]]:
    """How many of each source were returned, the most first."""
    back = came.filter(pk__in=Return.objects.values("matter"))
    counted = back.values_list("source").annotate(number=Count("pk")).order_by("-number", "source")
    return list(counted[:12])


def _ages(seen_by: Actor) -> Iterator[tuple[str, str, int]]:
    """How old the open ones are, in days since they came: label, range for the ledger, number."""
    today = clock.local(clock.now()).date()
    waiting = _seen(seen_by).filter(open=True).values_list("received_at", flat=True)
    days = [(today - clock.local(at).date()).days for at in waiting]
    for low, high in AGES:
        number = sum(low <= day and (not high or day <= high) for day in days)
        if low == 0:
            yield f"{high} 天以内", f"0-{high}", number
        elif high:
            yield f"{low} 至 {high} 天", f"{low}-{high}", number
        else:
            yield f"{low - 1} 天以上", str(low), number


def names() -> dict[str, str]:
    """The steps of the process that new documents use, in its order."""
    try:
        flow: Definition = definition(released("incoming").pk)
    except Refusal:
        return {}
    return {node.id: node.name for node in flow.nodes if node.kind in HANDLED}


def _begins(month: int) -> datetime:
    return datetime.combine(date(month // 100, month % 100, 1), time(), tzinfo=clock.ZONE)
