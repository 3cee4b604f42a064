"""The library: what is in force, one version in words and as a drawing, its release."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zhongshu.apps.processes import actions, library, moved, queries, words
from zhongshu.apps.processes.models import Sketch
from zhongshu.apps.processes.seeing import reader, required
from zhongshu.kernel.flow.definition import Definition
from zhongshu.kernel.flow.drawing import bpmn
from zhongshu.kernel.flow.drawing.draw import describe, draw, is_drawable
from zhongshu.office.matters.models import Process
from zhongshu.office.matters.processes import definition
from zhongshu.office.people import powers
from zhongshu.office.people import queries as people
from zhongshu.office.people.sign_in_again import confirmed
from zhongshu.office.reading import reads
from zhongshu.office.refusal import Refusal

from .examined import version


@require_safe
@reads
def index(request: HttpRequest) -> HttpResponse:
    """What is in force, what waits for release, and one's own sketches."""
    reader(request)
    rows = library.entries(list(queries.library()))
    proposes = powers.has(request.user, "process.propose")
    sketches = list(queries.sketches(seen_by=people.acting(request))) if proposes else []
    about = {
        "waiting": [one for one in rows if one.process.state == Process.State.PROPOSED],
        "released": [one for one in rows if one.process.state == Process.State.RELEASED],
        "retired": list(queries.retired()),
        "counted": queries.counted_at(),
        "moves": list(queries.waiting_moves(seen_by=people.acting(request))),
        "proposes": proposes,
        "sketches": [one for one in sketches if one.state == Sketch.State.OPEN],
        "closed": [one for one in sketches if one.state != Sketch.State.OPEN],
    }
    return render(request, "processes/index.html", about)


@require_safe
@reads
def show(request: HttpRequest, code: str, number: int = 0) -> HttpResponse:
    """One version: drawing, numbers, words, and what is not as in another version."""
    who, process = reader(request), version(code, number)
    versions = list(queries.versions(code=code))
    against = _against(request, process, versions)
    flow = definition(process.pk)
    about = {
        "process": process,
        "entries": library.entries(versions),
        "spans": library.spans(process),
        "said": library.described(flow),
        "against": against,
        "compared": library.compared(definition(against.pk), flow) if against else (),
        "drawable": is_drawable(flow),
        "described": describe(flow),
        "counted": queries.counted_at(),
        "judged": library.judged(_text(process), who) if _waits(process) else None,
        "moves": list(queries.moves(code=code)[:20]),
        "moves_from": _moves_from(request, process, versions),
        "releases": _waits(process) and powers.has(request.user, "process.release"),
        "in_force": process.state == Process.State.RELEASED,
        "proposes": powers.has(request.user, "process.propose"),
        "confirms": powers.has(request.user, "process.release"),
        "hands": queries.hands(keys=[process.retire_asked_by, process.retired_by]),
    }
    return render(request, "processes/show.html", about)


@require_safe
@reads
def drawing(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The drawing of a version."""
    reader(request)
    return picture(definition(version(code, number).pk))


def picture(flow: Definition) -> HttpResponse:
    """A drawing as a picture, which brings its own colours for day and night."""
    if not is_drawable(flow):
        raise Http404
    return HttpResponse(draw(flow), content_type="image/svg+xml; charset=utf-8")


@require_safe
@reads
def text(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The version as a file in the documented format, with its explanations."""
    required(request)
    process = version(code, number)
    answer = HttpResponse(_text(process), content_type="application/toml; charset=utf-8")
    name = f"{process.code}-{process.version}.toml"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_safe
@reads
def diagram(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The version as BPMN 2.0 with its diagram, for other tools."""
    required(request)
    process = version(code, number)
    flow = definition(process.pk)
    if not is_drawable(flow):
        raise Http404
    answer = HttpResponse(bpmn.write(flow, people.names()), content_type="application/xml")
    name = f"{process.code}-{process.version}.bpmn"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_http_methods(["GET", "POST"])
@powers.require("process.release")
@confirmed
def release(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The second pair of eyes: look once more, say who you are, and let it be used."""
    process = version(code, number)
    told: list[str] = []
    if request.method == "POST":
        try:
            actions.release(process=process, by=people.acting(request))
        except Refusal as no:
            told = words.sentences(no.refused.reasons, people.names())
        else:
            messages.success(request, _("已发布，新办的件从现在起用这一版。"))
            return redirect("processes:show", code)
    about: dict[str, Any] = {"process": process, "told": told}
    about["judged"] = library.judged(_text(process), required(request))
    status = 409 if told else 200
    return render(request, "processes/release.html", about, status=status)


def _against(request: HttpRequest, process: Process, versions: list[Process]) -> Process | None:
    """The version to compare with: the one asked for, or the one in force, or the one before."""
    asked = request.GET.get("with", "")
    others = [one for one in versions if one.pk != process.pk]
    by_number = {str(one.version): one for one in others}
    if asked in by_number:
        return by_number[asked]
    in_force = [one for one in others if one.state == Process.State.RELEASED]
    older = [one for one in others if one.version < process.version]
    return next(iter([*in_force, *older]), None)


def _moves_from(request: HttpRequest, process: Process, versions: list[Process]) -> bool:
    """Whether matters of this version could move to another, and this is for whoever looks."""
    newer = any(one.state == Process.State.RELEASED for one in versions if one.pk != process.pk)
    waits = newer and queries.running_on(process=process)
    return bool(waits) and moved.may(request, process)


def _waits(process: Process) -> bool:
    return process.state == Process.State.PROPOSED


def _text(process: Process) -> str:
    return Process.objects.values_list("text", flat=True).get(pk=process.pk)
