"""Finding matters: the page and what it offers while somebody types. 检索页面."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhongshu.office.matters import kinds
from zhongshu.office.people.queries import acting
from zhongshu.office.reading import reads
from zhongshu.office.search import queries
from zhongshu.office.search.grams import storable
from zhongshu.office.ui.parts import Chip

from .notices import number

SHOWN = 20


class Asked(NamedTuple):
    """A question, as it stands in an address."""

    q: str
    kind: str
    state: str
    mine: str

    def at(self, **other: str) -> str:
        """The address of this question with something else in it."""
        told = {name: value for name, value in self._replace(**other)._asdict().items() if value}
        return f"{reverse('desk:search')}?{urlencode(told)}"


@require_safe
@reads
def page(request: HttpRequest) -> HttpResponse:
    """What was found, the surest first; filters are links."""
    asked = _asked(request)
    offset = min(number(request.GET.get("from")), queries.DEEPEST)
    found = queries.search(
        text=asked.q,
        seen_by=acting(request),
        kind=asked.kind,
        state=asked.state,
        mine=asked.mine == "1",
        limit=SHOWN,
        offset=offset,
    )
    told = {
        "q": asked.q,
        "found": found,
        "rows": list(enumerate(found.hits, offset + 1)),
        "chips": _chips(asked),
        "narrowed": bool(asked.kind or asked.state or asked.mine),
        "anywhere": asked.at(kind="", state="", mine=""),
        "before": f"{asked.at()}&from={max(0, offset - SHOWN)}" if offset else "",
        "after": f"{asked.at()}&from={offset + SHOWN}" if found.total > offset + SHOWN else "",
    }
    return render(request, "desk/search.html", told)


@require_safe
@reads
def suggest(request: HttpRequest) -> HttpResponse:
    """A few matters by what has been typed so far."""
    hits = queries.suggest(text=_asked(request).q, seen_by=acting(request))
    return render(request, "desk/suggest.html", {"hits": hits})


def _asked(request: HttpRequest) -> Asked:
    told = {name: storable(request.GET.get(name, "")) for name in Asked._fields}
    return Asked(**told)._replace(q=told["q"].strip()[: queries.TYPED])


def _chips(asked: Asked) -> list[Chip]:
    states = (("", _("全部")), ("open", _("在办")), ("closed", _("已办结")))
    chips = [Chip(label, asked.at(state=one), current=asked.state == one) for one, label in states]
    mine = asked.mine == "1"
    chips.append(Chip(_("经我手的"), asked.at(mine="" if mine else "1"), current=mine))
    chips += [
        Chip(
            kind.name,
            asked.at(kind="" if asked.kind == kind.code else kind.code),
            current=asked.kind == kind.code,
        )
        for kind in kinds.all_kinds()
    ]
    return chips
