"""Sending a paper back, and the slip that goes with it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zhongshu.apps.documents import split
from zhongshu.apps.documents.actions import returning
from zhongshu.apps.documents.forms.registering import typed
from zhongshu.apps.documents.forms.returning import ReturnForm
from zhongshu.apps.documents.models import Return
from zhongshu.apps.documents.queries import returns
from zhongshu.apps.documents.reasons import REASONS
from zhongshu.apps.documents.refusal_words import say
from zhongshu.office.matters import queries as matters
from zhongshu.office.matters.models import Matter
from zhongshu.office.people import queries as people
from zhongshu.office.reading import reads
from zhongshu.office.refusal import Refusal

from .arriving import clerk
from .registering import arrival_of


@require_http_methods(["GET", "POST"])
def send_back(request: HttpRequest, key: str) -> HttpResponse:
    """Return what lies in the tray: it is entered with what was kept, and given up at once."""
    by = clerk(request)
    arrival = arrival_of(key, by)
    form = split.form_of(arrival, by, typed(dict(split.filled(arrival, by))))
    if not form.is_valid():
        messages.error(request, _("退文也要登记：请先补齐登记项。"))
        return redirect("documents:register", key)
    title = form.cleaned_data["title"]

    def act(back: returning.Back) -> Return:
        """The return."""
        return returning.at_registration(key=key, entry=form.entry(), back=back, by=by)

    return _ask(request, title, act)


@require_http_methods(["GET", "POST"])
def at_review(request: HttpRequest, key: str) -> HttpResponse:
    """Return what is at its initial review."""
    by = people.acting(request)
    try:
        matter = matters.find(key=key, seen_by=by)
    except Matter.DoesNotExist as no:
        raise Http404 from no

    def act(back: returning.Back) -> Return:
        """The return."""
        return returning.at_review(key=key, back=back, by=by)

    return _ask(request, matter.title, act)


def _ask(request: HttpRequest, title: str, act: Callable[[returning.Back], Return]) -> HttpResponse:
    """The reasons; given, the return."""
    form, refused = ReturnForm(request.POST or None), []
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("documents:return_slip", act(form.back()).key)
        except Refusal as no:
            refused = say(no.refused)
    page = {"form": form, "title": title, "refused": refused}
    status = 422 if request.method == "POST" else 200
    return render(request, "documents/register_return.html", page, status=status)


@require_safe
@reads
def slip(request: HttpRequest, key: str) -> HttpResponse:
    """The slip that goes with the paper, on A4 or A5."""
    try:
        back = returns.find(key=key, seen_by=people.acting(request))
    except Return.DoesNotExist as no:
        raise Http404 from no
    size = "a5" if request.GET.get("size") == "a5" else "a4"
    reasons = [(code, REASONS[code][0]) for code in back.reasons]
    page = {"back": back, "reasons": reasons, "size": size, "record": back.matter.incoming}
    return render(request, "documents/register_slip.html", page)
