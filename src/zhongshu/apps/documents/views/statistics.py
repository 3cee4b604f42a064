"""The page of figures. Each leads to its rows. 统计."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhongshu.apps.documents.queries import statistics
from zhongshu.apps.documents.queries.statistics import Figure, Figures, Span
from zhongshu.office import clock
from zhongshu.office.people import queries as people
from zhongshu.office.reading import reads
from zhongshu.office.ui import telling
from zhongshu.office.ui.parts import Chip, Row

FEW = 10  # a median of fewer is told with its number and not drawn as a bar


class Linked(NamedTuple):
    """A line of a table, and where its rows are."""

    label: str
    href: str
    number: int
    hours: str
    late: int


@require_safe
@reads
def page(request: HttpRequest) -> HttpResponse:
    """The figures of a range of months."""
    today = clock.local(clock.now()).date()
    offered = statistics.spans(today)
    wanted = request.GET.get("months", "")
    span = next((one for _, one in offered if one.said == wanted), offered[0][1])
    found = statistics.figures(span=span, seen_by=people.acting(request))
    since, until = (day.isoformat() for day in span.days)
    came = {"since": since, "until": until}
    context = {
        "found": found,
        "chips": [
            Chip(_(name), f"?months={one.said}", current=one == span) for name, one in offered
        ],
        "since": since,
        "until": until,
        "came": _ledger(came),
        "closed": _ledger({**came, "state": "closed"}),
        "open": _ledger({"state": "open"}),
        "late": _ledger({"state": "late"}),
        "stages": [_linked(one, found.span, node=one.node) for one in found.stages],
        "sections": [_linked(one, found.span, unit=one.unit_code) for one in found.sections],
        "returns": [
            (source, number, _ledger({**came, "state": "returned", "source": source}))
            for source, number in found.returns
        ],
        "ages": [(label, number, _ledger({"age": age})) for label, age, number in found.ages],
        "stage_rows": _bars(found.stages),
        "section_rows": _bars(found.sections),
        "age_rows": [
            Row(label, number, bad=age == "31" and number > 0) for label, age, number in found.ages
        ],
        "sentence": _sentence(found),
    }
    return render(request, "documents/statistics.html", context)


def _ledger(asked: dict[str, str]) -> str:
    return f"{reverse('documents:ledger')}?{urlencode(asked)}"


def _linked(pace: Figure, span: Span, **asked: str) -> Linked:
    label = pace.name or pace.unit
    href = _ledger({**asked, "month": span.said})
    return Linked(label, href, pace.number, telling.span(pace.median), pace.late)


def _bars(paces: Iterable[Figure]) -> list[Row]:
    """Hours as bars; those of a few steps only say that they are few."""
    return [
        Row(one.name or one.unit, round(one.median / 60, 1), f"n={one.number}")
        for one in paces
        if one.number >= FEW
    ]


def _sentence(found: Figures) -> str:
    total = found.total
    return _(
        "收文 {received} 件，已办结 {closed} 件；现在在办 {open} 件，其中超期 {late} 件。"
    ).format(received=total.received, closed=total.closed, open=total.open, late=total.late)
