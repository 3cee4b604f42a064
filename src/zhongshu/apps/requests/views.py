"""Pages of requests: which kinds there are, and a new one."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.handling.route import road
from zhongshu.office.handling.sheet import names_of
from zhongshu.office.handling.views import attach
from zhongshu.office.matters import actions as matters
from zhongshu.office.matters import asking, processes, queries
from zhongshu.office.matters.kinds import kind_of
from zhongshu.office.matters.models import Matter
from zhongshu.office.matters.refusal_words import told
from zhongshu.office.people import queries as people
from zhongshu.office.people.powers import require_person
from zhongshu.office.reading import reads
from zhongshu.office.refusal import Refusal

from . import actions
from .apps import KINDS
from .forms import Blank, RequestForm


@require_safe
@reads
@require_person
def index(request: HttpRequest) -> HttpResponse:
    """Which requests can be made."""
    return render(request, "requests/index.html", {"kinds": KINDS})


@require_http_methods(["GET", "POST"])
@require_person
def new(request: HttpRequest, code: str) -> HttpResponse:
    """A new request of one kind: kept as a draft, or submitted at once."""
    if code not in {kind.code for kind in KINDS}:
        raise Http404
    kind, by, bureau = kind_of(code), people.acting(request), people.bureau()
    flow = processes.definition(processes.released(kind.process).pk)
    blank = Blank(flow, bureau, clock.token())
    form = RequestForm(blank, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        before = queries.opened_with(by=by, once=form.cleaned_data["once"])
        if before is not None and before.state != "draft":
            return redirect(before.address)
        try:
            matter = actions.begin(begun=form.begun(code), form=form.filled(), by=by)
            return _go_on(request, matter, form, by)
        except Refusal as no:
            messages.error(request, told(no.refused, names_of(flow, bureau)))
    status = 422 if request.method == "POST" else 200
    page = {"kind": kind, "form": form, "steps": road(flow)}
    return render(request, "requests/new.html", page, status=status)


def _go_on(request: HttpRequest, matter: Matter, form: RequestForm, by: Actor) -> HttpResponse:
    """Send the draft that was just kept, if he pressed that; refused, it stays a draft."""
    papers = attach(request, matter, form.flow, by)
    filled = {**form.filled(), **papers}
    if papers:
        matters.save_draft(key=matter.key, form=filled, by=by)
    if "submit" in request.POST:
        said = asking.Said(changes=filled)
        try:
            matters.act(key=matter.key, command=asking.command("submit", said), by=by)
        except Refusal as no:
            messages.error(request, told(no.refused, names_of(form.flow, people.bureau())))
            return redirect("handling:act", matter.key, "submit", 0)
    return redirect(matter.address)
