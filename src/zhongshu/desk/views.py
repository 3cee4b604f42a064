"""Pages of the desk: what needs me now, what I wait for, any matter."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhongshu.office.handling.sheet import sheet
from zhongshu.office.matters import kinds, queries
from zhongshu.office.matters.models import Matter
from zhongshu.office.people import powers
from zhongshu.office.people import queries as people
from zhongshu.office.reading import reads
from zhongshu.office.search.grams import storable
from zhongshu.office.ui.parts import Chip, Choice

from . import rail
from .queue import desk

PAGE = 40


@require_safe
@reads
def home(request: HttpRequest) -> HttpResponse:
    """案头: what needs me now, in the order of triage, each with its reason."""
    by = people.acting(request)
    if not powers.in_business(request):
        return render(request, "desk/administrator.html", {"office": request.user})
    page = {
        "desk": desk(seen_by=by),
        "count": rail.to_do(request),
        "reading": queries.reading(seen_by=by)[:5],
        "reading_count": rail.to_read(request),
        "waiting": queries.waiting_for(seen_by=by)[:6],
        "watched": queries.watched(seen_by=by)[:5],
    }
    return render(request, "desk/home.html", page)


@require_safe
@reads
def reading(request: HttpRequest) -> HttpResponse:
    """待阅."""
    rows = queries.reading(seen_by=people.acting(request))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/reading.html", {"page": page})


@require_safe
@reads
def watched(request: HttpRequest) -> HttpResponse:
    """我关注的."""
    rows = queries.watched(seen_by=people.acting(request))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/watched.html", {"page": page})


@require_safe
@reads
def matters(request: HttpRequest) -> HttpResponse:
    """Everything this person may see, by kind and state."""
    kind, open_, tag = (storable(request.GET.get(name, "")) for name in ("kind", "open", "tag"))
    by = people.acting(request)
    rows = queries.listed(seen_by=by, kind=kind, tag=tag, only_open=bool(open_))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "desk/matters.html",
        {
            "page": page,
            "tag": tag,
            "chips": _chips(kind, open_, tag),
            "choices": _choices(kind, open_, tag),
        },
    )


@require_safe
@reads
def matter(request: HttpRequest, key: str) -> HttpResponse:
    """The page of one matter. One that does not exist and one that is not yours look the same."""
    by = people.acting(request)
    try:
        found = queries.find(key=key, seen_by=by)
    except Matter.DoesNotExist as no:
        raise Http404 from no
    return render(request, "desk/matter.html", {"sheet": sheet(matter=found, seen_by=by)})


def _chips(kind: str, open_: str, tag: str) -> list[Chip]:
    every = [("", _("全部")), *((one.code, one.name) for one in kinds.all_kinds())]
    return [Chip(label, _at(code, open_, tag), None, code == kind) for code, label in every]


def _choices(kind: str, open_: str, tag: str) -> list[Choice]:
    return [
        Choice(label, _at(kind, value, tag), value == open_)
        for value, label in (("", _("含已办完")), ("1", _("只看在办")))
    ]


def _at(kind: str, open_: str, tag: str) -> str:
    told = {"kind": kind, "open": open_, **({"tag": tag} if tag else {})}
    return f"?{urlencode(told)}"
