"""立项: a new task, by itself or out of a matter; tasks that come again. 立项的页面."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zhongshu.apps.supervision import actions, queries
from zhongshu.apps.supervision.forms import TaskForm
from zhongshu.apps.supervision.powers import establishes
from zhongshu.apps.supervision.sources import Source, chosen, first, source_of
from zhongshu.apps.supervision.standing import rules
from zhongshu.apps.supervision.working_forms import RecurringForm
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.handling.answering import told, tried
from zhongshu.office.matters import origins
from zhongshu.office.matters import queries as matters
from zhongshu.office.matters.models import Matter
from zhongshu.office.people import queries as people
from zhongshu.office.people.powers import require_person
from zhongshu.office.refusal import Refusal


@require_http_methods(["GET", "POST"])
@require_person
def new(request: HttpRequest) -> HttpResponse:
    """A task of its own, or out of something that is no matter."""
    subject = request.GET.get("of", "")[:80]
    came = origins.told(subject, seen_by=people.acting(request)) if subject else None
    if subject and came is None:
        raise Http404
    return _new(request, Source(origin=subject, came=came))


@require_http_methods(["GET", "POST"])
@require_person
def from_matter(request: HttpRequest, key: str) -> HttpResponse:
    """A task out of a matter that this person may see: 转督办."""
    try:
        found = matters.find(key=key, seen_by=people.acting(request))
    except Matter.DoesNotExist as no:
        raise Http404 from no
    return _new(request, source_of(found, request.GET.get("said", ""), people.acting(request)))


def _new(request: HttpRequest, source: Source) -> HttpResponse:
    by, refused = people.acting(request), ""
    form = TaskForm(request.POST or None, initial=first(source))
    if request.method == "POST" and form.is_valid():
        try:
            new_ = form.establishing(source.matter, source.origin)
            made = actions.establish(new=new_, by=by, submit="keep" not in request.POST)
        except Refusal as no:
            refused = told(no)
        else:
            return redirect(made.address)
    about = {
        "form": form,
        "born_of": source.matter,
        "came": source.came,
        "choices": chosen(source),
        "refused": refused,
        "may": establishes(by),
        "rhythms": rules().rhythms,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "supervision/new.html", about, status=status)


@require_http_methods(["GET", "POST"])
@require_person
def recurring(request: HttpRequest) -> HttpResponse:
    """What comes again, and one more of it."""
    by = people.acting(request)
    form = RecurringForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        new_ = form.recurring()
        if tried(request, lambda: actions.keep_recurring(new=new_, by=by)):
            return redirect("supervision:recurring")
    about = {
        "rows": queries.recurring(seen_by=by),
        "today": clock.local(clock.now()).date(),
        "form": form,
        "may": establishes(by),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "supervision/recurring.html", about, status=status)


@require_POST
@require_person
def open_recurring(request: HttpRequest, key: str) -> HttpResponse:
    """Establish it for this time."""
    by: Actor = people.acting(request)
    made = tried(request, lambda: actions.open_recurring(key=key, by=by))
    if made is None:
        return redirect("supervision:recurring")
    messages.success(request, _("已立项，送审批。"))
    return redirect(made.address)
