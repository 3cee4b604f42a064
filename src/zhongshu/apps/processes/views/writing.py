"""Sketches: begun from nothing, a copy or a file; judged at every change; put forward."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhongshu.apps.processes import actions, library, queries, words
from zhongshu.apps.processes.models import Sketch
from zhongshu.apps.processes.seeing import required
from zhongshu.kernel.flow.definition import Definition
from zhongshu.kernel.flow.text.format import LARGEST, read
from zhongshu.office.matters.models import Process
from zhongshu.office.people import powers
from zhongshu.office.people import queries as people
from zhongshu.office.refusal import Refusal

from .library import picture

EMPTY = """format = 1
id = "new_process"
name = "新流程"
version = 1

[[nodes]]
id = "draft"
name = "拟稿"
kind = "draft"
next = "decide"

[[nodes]]
id = "decide"
name = "审批"
kind = "decide"
seats = [{ relation = "unit_head", name = "科室负责人" }]
limit = "1d"
next = "end"

[[nodes]]
id = "end"
name = "办结"
kind = "end"
"""


@require_POST
@powers.require("process.propose")
def begin(request: HttpRequest) -> HttpResponse:
    """A new sketch: from a version, from a file, or from the smallest process there is."""
    text = EMPTY
    file = request.FILES.get("file")
    if file is not None:
        text = file.read(LARGEST + 1).decode("utf-8-sig", "replace")
    elif request.POST.get("from"):
        found = queries.current(code=request.POST["from"][:40])
        if found is None:
            raise Http404
        text = Process.objects.values_list("text", flat=True).get(pk=found.pk)
    definition = read(text)
    name = definition.name if isinstance(definition, Definition) else _("没有名称")
    sketch = actions.begin_sketch(name=name, text=text, by=people.acting(request))
    return redirect("processes:sketch", sketch.key)


@require_http_methods(["GET", "POST"])
@powers.require("process.propose")
def sketch(request: HttpRequest, key: str) -> HttpResponse:
    """One sketch: whatever is typed is kept, and judged at once."""
    found, by = _own(request, key), people.acting(request)
    told: list[str] = []
    if request.method == "POST" and "text" in request.POST:
        text = request.POST["text"].replace("\r\n", "\n")
        found = actions.keep_sketch(sketch=found, text=text, by=by)
    if request.method == "POST" and "propose" in request.POST:
        try:
            row = actions.propose(sketch=found, by=by)
        except Refusal as no:
            told = words.sentences(no.refused.reasons, people.names())
        else:
            messages.success(request, _("已提出，等另一名管理员发布。"))
            return redirect("processes:version", row.code, row.version)
    judged = library.judged(found.text, required(request))
    about = {"sketch": found, "judged": judged, "told": told}
    if request.headers.get("HX-Target") == "judged":
        return render(request, "processes/_judged.html", about)
    return render(request, "processes/sketch.html", about, status=409 if told else 200)


@require_safe
@powers.require("process.propose")
def sketch_drawing(request: HttpRequest, key: str) -> HttpResponse:
    """The drawing of a sketch that can be read."""
    found = read(_own(request, key).text)
    if not isinstance(found, Definition):
        raise Http404
    return picture(found)


@require_POST
@powers.require("process.propose")
def drop(request: HttpRequest, key: str) -> HttpResponseRedirect:
    """A sketch is thrown away."""
    actions.drop_sketch(sketch=_own(request, key), by=people.acting(request))
    messages.success(request, _("草稿已删除。"))
    return redirect("processes:index")


def _own(request: HttpRequest, key: str) -> Sketch:
    found = queries.sketch(key=key, seen_by=people.acting(request))
    if found is None:
        raise Http404
    return found
