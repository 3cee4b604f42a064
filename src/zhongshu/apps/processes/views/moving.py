"""Moving running matters to another version: plan, rehearsal, report, carrying out."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhongshu.apps.processes import moved, moving, queries, words
from zhongshu.apps.processes.forms import MoveForm
from zhongshu.apps.processes.models import Move
from zhongshu.apps.processes.seeing import reader
from zhongshu.office.matters.models import Process
from zhongshu.office.matters.processes import definition
from zhongshu.office.people import queries as people
from zhongshu.office.people.sign_in_again import confirmed
from zhongshu.office.reading import reads
from zhongshu.office.refusal import Refusal

from .examined import version

ON_PAGE, ON_PAPER = 50, 500


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Say what the steps of an old version become, and who carries it out."""
    process = version(code, number)
    if not moved.may(request, process):
        raise PermissionDenied
    target, by = queries.current(code=code), people.acting(request)
    if target is None or target.pk == process.pk or target.state != Process.State.RELEASED:
        raise Http404
    form = MoveForm(
        request.POST if request.method == "POST" else None,
        old=definition(process.pk),
        new=definition(target.pk),
        seconds=moved.seconds(process, by.person),
    )
    told: list[str] = []
    if form.is_valid():
        got = form.cleaned_data
        try:
            asked = {"names": form.plan(), "second": got["second"], "why": got["why"]}
            move = moving.plan(process=process, by=by, **asked)
            moving.rehearse_some(move=move)
        except Refusal as no:
            told = words.sentences(no.refused.reasons, people.names())
        else:
            return redirect("processes:move", move.key)
    running = queries.running_on(process=process)
    about = {"process": process, "target": target, "form": form, "told": told, "running": running}
    return render(request, "processes/move_plan.html", about, status=409 if told else 200)


@require_safe
@reads
def move(request: HttpRequest, key: str) -> HttpResponse:
    """What a rehearsal came to, case by case; with `print`, on paper."""
    found = _found(request, key)
    about = {**_about(request, found), "told": []}
    if request.headers.get("HX-Target") == "rehearsal":
        return render(request, "processes/_rehearsal.html", about)
    page = "processes/move_print.html" if "print" in request.GET else "processes/move.html"
    return render(request, page, about)


@require_http_methods(["GET", "POST"])
@confirmed
def carry(request: HttpRequest, key: str) -> HttpResponse:
    """The second person, who has just said who he is, carries it out: all of it or nothing."""
    found, by = _found(request, key), people.acting(request)
    if by.person != found.second:
        raise PermissionDenied
    told: list[str] = []
    if request.method == "POST":
        try:
            moving.carry_out(move=found, by=by)
        except Refusal as no:
            told = words.sentences(no.refused.reasons, people.names())
        else:
            messages.success(request, _("已执行，这些件从现在起按新版办理。"))
            return redirect("processes:move", key)
    about = {"move": found, "sums": moved.sums(found), "steps": moved.steps(found), "told": told}
    return render(request, "processes/move_carry.html", about, status=409 if told else 200)


@require_POST
def again(request: HttpRequest, key: str) -> HttpResponse:
    """Rehearse once more."""
    return _done(request, key, moving.again)


@require_POST
def drop(request: HttpRequest, key: str) -> HttpResponse:
    """Give it up."""
    return _done(request, key, moving.drop)


def _done(request: HttpRequest, key: str, act: object) -> HttpResponse:
    found = _found(request, key)
    try:
        act(move=found, by=people.acting(request))  # type: ignore[operator]
        if act is moving.again:
            moving.rehearse_some(move=found)
    except Refusal as no:
        found.refresh_from_db()
        told = words.sentences(no.refused.reasons, people.names())
        about = {**_about(request, found), "told": told}
        return render(request, "processes/move.html", about, status=409)
    return redirect("processes:move", key)


def _found(request: HttpRequest, key: str) -> Move:
    """The move, for whoever may look at processes or is one of those who may move matters."""
    found = queries.move(key=key)
    if found is None:
        raise Http404
    reader(request)
    return found


def _about(request: HttpRequest, found: Move) -> dict[str, object]:
    """Everything the report shows, one page of cases at a time."""
    by, stays = people.acting(request), request.GET.get("show") == "stay"
    most = ON_PAPER if "print" in request.GET else ON_PAGE
    sums = moved.sums(found)
    whole = sums.stay if stays else sums.fine
    at = _at(request.GET.get("from"), whole)
    cases = list(queries.moved(move=found, fine=not stays)[at : at + most])
    hands = queries.hands(keys=(found.planned_by, found.second))
    more = "&show=stay" if stays else ""
    return {
        "move": found,
        "sums": sums,
        "steps": moved.steps(found),
        "lines": moved.lines(cases, found, by),
        "stays": stays,
        "first": at + 1,
        "last": at + len(cases),
        "total": whole,
        "before": f"?from={max(0, at - most)}{more}" if at else "",
        "after": f"?from={at + most}{more}" if at + most < whole else "",
        "planner": hands[found.planned_by],
        "executor": hands[found.second],
        "open": found.state in {Move.State.REHEARSING, Move.State.READY},
        "mine": by.person in {found.planned_by, found.second},
        "carries": by.person == found.second and found.state == Move.State.READY and sums.fine,
    }


def _at(text: str | None, whole: int) -> int:
    """A place in the list; the beginning for anything else."""
    at = int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0
    return at if at < whole else 0
