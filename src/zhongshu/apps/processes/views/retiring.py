"""A process is retired without a successor: one asks for it, another confirms."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zhongshu.apps.processes import actions, queries, words
from zhongshu.office.people import powers
from zhongshu.office.people import queries as people
from zhongshu.office.people.sign_in_again import confirmed
from zhongshu.office.refusal import Refusal

from .examined import version


@require_POST
@powers.require("process.propose")
def ask(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Ask for it, or take that back."""
    process, by = version(code, number), people.acting(request)
    act = actions.keep_in_force if "keep" in request.POST else actions.ask_to_retire
    try:
        act(process=process, by=by)
    except Refusal as no:
        for one in words.sentences(no.refused.reasons, people.names()):
            messages.error(request, one)
    return redirect("processes:version", code, number)


@require_http_methods(["GET", "POST"])
@powers.require("process.release")
@confirmed
def confirm(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The second pair of eyes."""
    process, told = version(code, number), list[str]()
    if request.method == "POST":
        try:
            actions.retire(process=process, by=people.acting(request))
        except Refusal as no:
            told = words.sentences(no.refused.reasons, people.names())
        else:
            messages.success(request, _("已停用，新办的件不能再用这个流程。"))
            return redirect("processes:version", code, number)
    about = {
        "process": process,
        "told": told,
        "running": queries.running_on(process=process),
        "asker": queries.hands(keys=[process.retire_asked_by])[process.retire_asked_by],
    }
    return render(request, "processes/retire.html", about, status=409 if told else 200)
