"""Registering one paper: the page beside the fields, and what its buttons do."""

from __future__ import annotations

import re

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zhongshu.apps.documents import split
from zhongshu.apps.documents.actions import arriving, registering
from zhongshu.apps.documents.forms.registering import RegisterForm
from zhongshu.apps.documents.models import Arrival
from zhongshu.apps.documents.queries import tray
from zhongshu.apps.documents.refusal_words import say
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.matters import queries as matters
from zhongshu.office.people import queries as people
from zhongshu.office.refusal import Conflict, Refusal

from .arriving import clerk

KEY = re.compile(r"[0-9a-f]{32}")


def arrival_of(key: str, by: Actor) -> Arrival:
    """The arrival, or 404."""
    try:
        return tray.find(key=key, seen_by=by)
    except Arrival.DoesNotExist as no:
        raise Http404 from no


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, key: str) -> HttpResponse:
    """One arrival: look, enter, register; done with, it leads to what became of it."""
    by = clerk(request)
    arrival = arrival_of(key, by)
    if request.method == "GET" and not arrival.is_open:
        return _done(request, arrival, by)
    return _answer(request, arrival, by)


@require_http_methods(["GET", "POST"])
def paper(request: HttpRequest) -> HttpResponse:
    """A paper without file. Its key comes with the page, so that two presses make one."""
    by, once = clerk(request), request.POST.get("once", "")
    key = once if KEY.fullmatch(once) else clock.token()
    arrival = Arrival.objects.filter(key=key).first()
    person = people.bureau().pks[by.person]
    return _answer(
        request, arrival or Arrival(key=key, at=clock.now(), by_id=person, state="ready"), by
    )


def _answer(request: HttpRequest, arrival: Arrival, by: Actor) -> HttpResponse:
    form = split.form_of(arrival, by, request.POST or None)
    refused: list[str] = []
    status = 200
    if request.method == "POST":
        try:
            answer = _pressed(request, arrival, form, by)
        except Refusal as no:
            refused, status = say(no.refused), 409 if isinstance(no, Conflict) else 422
        else:
            if answer:
                return answer
            status = 422
    return _page(request, arrival, form, by, refused, status)


def _page(
    request: HttpRequest, arrival: Arrival, form: RegisterForm, by: Actor, refused: list[str],
    status: int,
) -> HttpResponse:  # fmt: skip
    start = request.GET.get("page", "")
    first = int(start) if start.isdecimal() and 0 < len(start) < 5 else 1
    shown = split.split(arrival, form, by, max(1, first))
    page = {"split": shown, "refused": refused}
    return render(request, "documents/register.html", page, status=status)


def _pressed(
    request: HttpRequest, arrival: Arrival, form: RegisterForm, by: Actor
) -> HttpResponse | None:
    """What the button does; None where the form has faults."""
    for name, where in (("keep", ""), ("before", "before"), ("after", "after"), ("return", "")):
        if name in request.POST:
            if form.has_changed() or arrival.pk is None:
                arriving.keep(key=arrival.key, typed=form.kept(), by=by)
            return _on(request, arrival, name, where, by)
    if not form.is_valid():
        return None
    matter = registering.register(key=arrival.key, entry=form.entry(), by=by)
    said = _("已登记为 {number}，送初审。").format(number=matter.number)
    messages.success(request, said)
    return redirect(_next(by) if "next" in request.POST else matter.address)


def _next(by: Actor) -> str:
    keys = tray.page(keys=tray.order(seen_by=by)[:1], seen_by=by)
    return reverse("documents:register", args=[keys[0].arrival.key]) if keys else "documents:tray"


def _on(request: HttpRequest, arrival: Arrival, name: str, where: str, by: Actor) -> HttpResponse:
    """Where one goes after something was kept."""
    if name == "return":
        return redirect("documents:send_back", arrival.key)
    if where:
        beside = tray.beside(arrival=arrival, seen_by=by)
        key = beside.before if where == "before" else beside.after
        return redirect("documents:register", key) if key else redirect("documents:tray")
    messages.info(request, _("已暂存，随时可以接着登记。"))
    return redirect("documents:register", arrival.key)


def _done(request: HttpRequest, arrival: Arrival, by: Actor) -> HttpResponse:
    """Somebody has dealt with it: who, and where it is now."""
    seen = matters.visible(seen_by=by).filter(arrivals=arrival).first()
    page = {"arrival": arrival, "seen": seen}
    return render(request, "documents/register_done.html", page)


@require_POST
def propose(request: HttpRequest, key: str) -> HttpResponse:
    """Weight and due time for what stands in the form now; nothing is kept."""
    by = clerk(request)
    arrival = Arrival.objects.filter(key=key).first() or Arrival(key=key, at=clock.now())
    form = split.form_of(arrival, by, request.POST)
    page = {"form": form, "proposal": split.proposal(form, arrival)}
    return render(request, "documents/_proposal.html", page)
