"""Sketches: begun from nothing, a copy or a file; filled in part by part; put forward."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhongshu.apps.processes import actions, queries, words
from zhongshu.apps.processes.editing.salvage import salvaged
from zhongshu.apps.processes.editing.verbs import STEP
from zhongshu.apps.processes.editor import earlier
from zhongshu.apps.processes.editor.filling import BEGINNING, anew, fill
from zhongshu.apps.processes.editor.page import Editor
from zhongshu.apps.processes.models import Sketch
from zhongshu.apps.processes.seeing import required
from zhongshu.kernel.flow.definition import Definition
from zhongshu.kernel.flow.drawing import bpmn
from zhongshu.kernel.flow.drawing.draw import is_drawable
from zhongshu.kernel.flow.text.document import load
from zhongshu.kernel.flow.text.format import LARGEST, read
from zhongshu.office.matters.models import Process
from zhongshu.office.people import powers
from zhongshu.office.people import queries as people
from zhongshu.office.refusal import Refusal

from .library import picture

WRITES = powers.require("process.propose")


@require_POST
@WRITES
def begin(request: HttpRequest) -> HttpResponse:
    """A new sketch: from a version, a sketch, a file, or the smallest process there is. With a name
    it is a process of its own; without, the next version of the one it is copied from."""
    text, name = _source(request), request.POST.get("name", "").strip()[:80]
    if name or text == BEGINNING:
        text = anew(text, name or _("新流程"), [*queries.codes()])
    definition = read(text)
    called = definition.name if isinstance(definition, Definition) else name
    sketch = actions.begin_sketch(
        name=called or _("没有名称"), text=text, by=people.acting(request)
    )
    return redirect("processes:sketch", sketch.key)


@require_http_methods(["GET", "POST"])
@WRITES
def sketch(request: HttpRequest, key: str, part: str = "basics") -> HttpResponse:
    """One part of a sketch: whatever is filled in is kept, and judged at once."""
    found = _own(request, key)
    if part not in {"basics", "fields", "conflicts"} and not STEP.match(part):
        raise Http404
    if request.method == "GET":
        return _shown(request, Editor(found, part, required(request)))
    try:
        found, edited = fill(found, part, dict(request.POST.lists()), people.acting(request))
    except Refusal as no:
        return _shown(request, Editor(found, part, required(request)), no)
    target = request.headers.get("HX-Target", "")
    editor = Editor(found, edited.part, required(request), edited.refused)
    if target in {"beside", "editor"}:
        editor.focus_on(request.POST.get("do", ""))
        about = {"page": editor, "sketch": found, "aside": target == "beside"}
        return render(request, f"processes/sketch/_{target}.html", about)
    if edited.refused:
        return _shown(request, editor, status=409)
    return redirect("processes:part", key, edited.part)


@require_http_methods(["GET", "POST"])
@WRITES
def sketch_text(request: HttpRequest, key: str) -> HttpResponse:
    """The text of a sketch, for whoever would rather write it; right or wrong, it is kept."""
    found = _own(request, key)
    if request.method == "POST":
        typed = request.POST.get("text", "").replace("\r\n", "\n").replace("\x00", "\ufffd")
        found = actions.keep_sketch(
            sketch=found, change=lambda _text: typed, part="text", by=people.acting(request)
        )
    editor = Editor(found, "text", required(request))
    if request.headers.get("HX-Target") == "beside":
        about = {"page": editor, "sketch": found, "aside": True}
        return render(request, "processes/sketch/_beside.html", about)
    return _shown(request, editor)


@require_http_methods(["GET", "POST"])
@WRITES
def sketch_history(request: HttpRequest, key: str) -> HttpResponse:
    """How the sketch once stood, each time with what was changed; back to any of them."""
    found, by = _own(request, key), people.acting(request)
    if request.method == "POST":
        number = request.POST.get("number", "")
        try:
            if number.isdecimal() and len(number) < 9:
                actions.return_to(sketch=found, number=int(number), by=by)
            else:
                actions.undo(sketch=found, by=by)
        except Refusal as no:
            messages.error(request, words.sentences(no.refused.reasons, people.names())[0])
        return _back(request, key)
    editor = Editor(found, "history", required(request))
    return _shown(request, editor, more=earlier.listed(found, request.GET.get("until", "")))


@require_safe
@WRITES
def sketch_compare(request: HttpRequest, key: str) -> HttpResponse:
    """Two states side by side in words: of the sketch, or of versions of its process."""
    found = _own(request, key)
    editor = Editor(found, "compare", required(request))
    asked = (request.GET.get("old", ""), request.GET.get("new", ""))
    return _shown(request, editor, more=earlier.compared(found, *asked))


@require_POST
@WRITES
def propose(request: HttpRequest, key: str) -> HttpResponse:
    """The sketch becomes the next version, and waits for another administrator."""
    found = _own(request, key)
    try:
        row = actions.propose(sketch=found, by=people.acting(request))
    except Refusal as no:
        return _shown(request, Editor(found, "basics", required(request)), no)
    messages.success(request, _("已提出，等另一名管理员发布。"))
    return redirect("processes:version", row.code, row.version)


@require_safe
@WRITES
def sketch_drawing(request: HttpRequest, key: str) -> HttpResponse:
    """The drawing of a sketch, as far as it can be read."""
    text = _own(request, key).text
    found = read(text)
    if not isinstance(found, Definition):
        document = load(text)
        found = (salvaged(document) if document is not None else None) or ()
    if not isinstance(found, Definition):
        raise Http404
    return picture(found)


@require_safe
@WRITES
def sketch_file(request: HttpRequest, key: str, form: str) -> HttpResponse:
    """The sketch as a file: its text, or BPMN 2.0 if it can be drawn."""
    text = _own(request, key).text
    if form not in {"toml", "bpmn"}:
        raise Http404
    if form == "toml":
        answer = HttpResponse(text, content_type="application/toml; charset=utf-8")
    else:
        flow = read(text)
        if not isinstance(flow, Definition) or not is_drawable(flow):
            raise Http404
        answer = HttpResponse(bpmn.write(flow, people.names()), content_type="application/xml")
    answer["Content-Disposition"] = f'attachment; filename="sketch.{form}"'
    return answer


@require_POST
@WRITES
def drop(request: HttpRequest, key: str) -> HttpResponseRedirect:
    """A sketch is put away, or taken up again."""
    found, by = _own(request, key), people.acting(request)
    if found.state == Sketch.State.OPEN:
        actions.drop_sketch(sketch=found, by=by)
        messages.success(request, _("草稿已放下，随时可以拿回来接着写。"))
        return redirect("processes:index")
    actions.take_up(sketch=found, by=by)
    return redirect("processes:sketch", key)


def _source(request: HttpRequest) -> str:
    """The text that a sketch begins with."""
    file, code = request.FILES.get("file"), request.POST.get("from", "")[:60]
    if file is not None:
        read_in: bytes = file.read(LARGEST + 1)
        return read_in.decode("utf-8-sig", "replace").replace("\x00", "\ufffd")
    if request.POST.get("sketch"):
        return _own(request, request.POST["sketch"][:32]).text
    if not code:
        return BEGINNING
    number = request.POST.get("version", "")
    exact = int(number) if number.isdecimal() and len(number) < 8 else 0
    found = queries.version(code=code, number=exact) if exact else queries.current(code=code)
    if found is None:
        raise Http404
    return str(Process.objects.values_list("text", flat=True).get(pk=found.pk))


def _shown(
    request: HttpRequest,
    editor: Editor,
    no: Refusal | None = None,
    status: int = 200,
    more: dict[str, object] | None = None,
) -> HttpResponse:
    told = words.sentences(no.refused.reasons, people.names()) if no else []
    about = {"page": editor, "sketch": editor.sketch, "told": told, **(more or {})}
    if editor.sketch.state == Sketch.State.OPEN:
        about["base"] = queries.current(code=str(editor.document.get("id", ""))[:60])
    status = 409 if told else status
    return render(request, "processes/sketch.html", about, status=status)


def _back(request: HttpRequest, key: str) -> HttpResponseRedirect:
    """To the part from which it was asked for."""
    part = request.POST.get("part", "")
    if part == "history" or not part.replace("-", "").isalnum():
        return redirect("processes:sketch_history", key)
    if part in {"text", "compare"}:
        return redirect(f"processes:sketch_{part}", key)
    return redirect("processes:part", key, part)


def _own(request: HttpRequest, key: str) -> Sketch:
    found = queries.sketch(key=key, seen_by=people.acting(request))
    if found is None:
        raise Http404
    return found
