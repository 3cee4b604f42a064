"""Pages of processes: the overview, one check-up, what was tried, the report on paper."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhongshu.apps.processes import checkup, queries, trying
from zhongshu.apps.processes.forms import TryForm
from zhongshu.apps.processes.seeing import Seer, required
from zhongshu.office.matters.models import Process
from zhongshu.office.matters.processes import definition
from zhongshu.office.people import queries as people
from zhongshu.office.reading import reads


@require_safe
@reads
def overview(request: HttpRequest) -> HttpResponse:
    """Every process that new matters use, at one glance."""
    lines = checkup.overview(seen_by=required(request), rows=list(queries.in_force()))
    about = {
        "lines": lines,
        "alone": sum(line.people == 1 for line in lines),
        "stops": sum(bool(line.points) for line in lines),
        "points": sum(line.points for line in lines),
    }
    return render(request, "processes/overview.html", about)


@require_safe
@reads
def check(request: HttpRequest, code: str, number: int = 0) -> HttpResponse:
    """The check-up of one process, and what a change would come to."""
    who, process = required(request), version(code, number)
    about = {
        "process": process,
        "page": checkup.page(process, who),
        **_asked(request, process, who),
    }
    if request.headers.get("HX-Target") == "tried":
        return render(request, "processes/_tried.html", about)
    return render(request, "processes/check.html", about)


@require_safe
@reads
def report(request: HttpRequest, code: str, number: int = 0) -> HttpResponse:
    """The check-up on paper."""
    process = version(code, number)
    about = {"process": process, "page": checkup.page(process, required(request))}
    return render(request, "processes/report.html", about)


def _asked(request: HttpRequest, process: Process, who: Seer) -> dict[str, Any]:
    """The form for a change, and what it would come to if one was asked about."""
    bureau, flow = people.bureau(), definition(process.pk)
    wanted = request.GET if "try" in request.GET else None
    form = TryForm(wanted, flow=flow, bureau=bureau, who=who)
    answer = trying.answer(form.change(), flow, who) if form.is_valid() else None
    return {"form": form, "answer": answer}


def version(code: str, number: int) -> Process:
    """The version asked for, or the one in force."""
    found = queries.version(code=code, number=number) if number else queries.current(code=code)
    if found is None:
        raise Http404
    return found
