"""Pages of needs and shortages: two registers, one row each, and what may be done about it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhongshu.kernel.supervision.ledgers import Shown
from zhongshu.kernel.supervision.lights import Light
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.files import actions as keeping
from zhongshu.office.files import queries as files
from zhongshu.office.handling.answering import told, tried
from zhongshu.office.matters import origins
from zhongshu.office.people import queries as people
from zhongshu.office.people.powers import require_person
from zhongshu.office.reading import reads
from zhongshu.office.refusal import Refusal

from . import actions, queries
from .forms import AnswerForm, GrantForm, NeedForm, ShortageForm, WayForm
from .models import Need, Shortage, Way
from .origin import subject
from .powers import keeps, of_unit

PAGE = 40
WORDS = {
    Light.RED: "告急",
    Light.AMBER: "留意",
    Light.GREEN: "在办",
    Light.GREY: "待答",
    Light.BLUE: "办结",
}


def lamp(shown: Shown) -> tuple[str, str, str]:
    """A light, a word for it, and why."""
    english = (get_language() or "").startswith("en")
    return shown.light, _(WORDS[shown.light]), shown.why.en if english else shown.why.zh


@require_safe
@require_person
@reads
def needs(request: HttpRequest) -> HttpResponse:
    """基层需求."""
    by = people.acting(request)
    rows = queries.needs(seen_by=by)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    day = queries.a_day()
    listed = [(one, *lamp(queries.need_light(one, day))) for one in page.object_list]
    about = {"page": page, "rows": listed, "rates": queries.rates(seen_by=by)}
    return render(request, "needs/needs.html", about)


@require_safe
@require_person
@reads
def shortages(request: HttpRequest) -> HttpResponse:
    """全局缺口."""
    by = people.acting(request)
    rows = queries.shortages(seen_by=by)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    listed = [
        (one, queries.got(one), *lamp(queries.shortage_light(one))) for one in page.object_list
    ]
    return render(request, "needs/shortages.html", {"page": page, "rows": listed})


@require_http_methods(["GET", "POST"])
@require_person
def new_need(request: HttpRequest) -> HttpResponse:
    """Enter a need."""
    by = people.acting(request)
    mine = people.directory().people[by.person].unit
    form = NeedForm(request.POST or None, initial={"unit": mine})

    def act() -> str:
        """Its page."""
        row = actions.register(new=form.asking(), by=by)
        return reverse("needs:need", args=[row.key])

    return _asked(request, form, act, {"title": _("登记需求"), "sentence": ""})


@require_http_methods(["GET", "POST"])
@require_person
def new_shortage(request: HttpRequest) -> HttpResponse:
    """Enter a shortage, out of needs or by itself."""
    by = people.acting(request)
    waiting = queries.needs(seen_by=by).filter(shortage=None, closed_at=None)[:60]
    choices = [(one.key, f"{one.unit.name}：{one.what}") for one in waiting]
    form = ShortageForm(choices, request.POST or None)

    def act() -> str:
        """Its page."""
        row = actions.lack(new=form.lacking(), by=by)
        return reverse("needs:shortage", args=[row.key])

    return _asked(request, form, act, {"title": _("登记缺口"), "sentence": ""})


@require_http_methods(["GET", "POST"])
@require_person
def need(request: HttpRequest, key: str) -> HttpResponse:
    """One need; posted, the answer to it."""
    by = people.acting(request)
    row = queries.needs(seen_by=by).filter(key=key).first()
    if row is None:
        raise Http404
    initial = {"outcome": row.outcome, "text": row.answer, "planned_on": row.planned_on}
    form = AnswerForm(request.POST or None, request.FILES or None, initial=initial)
    refused = ""
    if request.method == "POST" and form.is_valid():
        try:
            said = form.cleaned_data
            _keep_papers(request, f"need:{key}", by)
            actions.answer(
                key=key,
                outcome=said["outcome"],
                text=said["text"],
                planned_on=said["planned_on"],
                by=by,
            )
        except Refusal as no:
            refused = told(no)
        else:
            messages.success(request, _("已答复。"))
            return redirect("needs:need", key)
    about = {
        "need": row,
        "lamp": lamp(queries.need_light(row)),
        "form": form,
        "refused": refused,
        "answers": row.closed_at is None and (keeps(by) or of_unit(by, row.lead.code)),
        "calls": row.answered_at is not None
        and row.rating in {"", Need.Rating.UNREACHED}
        and keeps(by)
        and not of_unit(by, row.lead.code),
        "ratings": Need.Rating.choices,
        "papers": files.of(f"need:{key}", seen_by=by),
        "begun": origins.begun([subject(row)], seen_by=by).get(subject(row), []),
        "begin": origins.begin(subject(row), seen_by=by),
    }
    return render(request, "needs/need.html", about, status=422 if refused or form.errors else 200)


@require_POST
@require_person
def call_back(request: HttpRequest, key: str) -> HttpResponse:
    """Whether the answer satisfied."""
    rating = request.POST.get("rating", "")
    if rating not in Need.Rating.values:
        raise Http404
    by = people.acting(request)
    tried(request, lambda: actions.call_back(key=key, rating=rating, by=by))
    return redirect("needs:need", key)


@require_safe
@require_person
@reads
def shortage(request: HttpRequest, key: str) -> HttpResponse:
    """One shortage, with its ways and the needs it comes from."""
    by = people.acting(request)
    row = _shortage(key, by)
    about = {
        "shortage": row,
        "lamp": lamp(queries.shortage_light(row)),
        "got": queries.got(row),
        "needs": queries.needs(seen_by=by).filter(shortage=row),
        "papers": files.of(f"shortage:{key}", seen_by=by),
        "may": keeps(by) or of_unit(by, row.owner.code),
    }
    return render(request, "needs/shortage.html", about)


@require_http_methods(["GET", "POST"])
@require_person
def ask(request: HttpRequest, key: str) -> HttpResponse:
    """One more way of obtaining it."""
    by = people.acting(request)
    row = _shortage(key, by)
    today = clock.local(clock.now()).date().isoformat()
    form = WayForm(request.POST or None, request.FILES or None, initial={"asked_on": today})

    def act() -> str:
        """Back to the shortage."""
        _keep_papers(request, f"shortage:{key}", by)
        actions.ask(key=key, new=form.trying(), by=by)
        return reverse("needs:shortage", args=[key])

    return _asked(request, form, act, {"title": _("申报"), "sentence": row.what})


@require_http_methods(["GET", "POST"])
@require_person
def grant(request: HttpRequest, way: int) -> HttpResponse:
    """What was granted and what arrived."""
    by = people.acting(request)
    found = Way.objects.select_related("shortage").filter(pk=way).first()
    row = _shortage(found.shortage.key if found else "", by)
    if found is None:
        raise Http404
    initial = {
        "granted": found.granted,
        "granted_paper": found.granted_paper,
        "arrived": found.arrived,
        "expected_on": found.expected_on,
        "on": clock.local(clock.now()).date().isoformat(),
    }
    form = GrantForm(request.POST or None, request.FILES or None, initial=initial)

    def act() -> str:
        """Back to the shortage."""
        _keep_papers(request, f"shortage:{row.key}", by)
        actions.grant(way=way, said=form.coming(), by=by)
        return reverse("needs:shortage", args=[row.key])

    return _asked(request, form, act, {"title": _("批复与到位"), "sentence": row.what})


def _keep_papers(request: HttpRequest, of: str, by: Actor) -> None:
    """Keep what came with a form as papers of the row."""
    for one in request.FILES.getlist("evidence"):
        keeping.add(name=one.name or "", stream=one.chunks(), subject=of, by=by)


def _shortage(key: str, by: Actor) -> Shortage:
    row = queries.shortages(seen_by=by).filter(key=key).first()
    if row is None:
        raise Http404
    return row


def _asked(
    request: HttpRequest, form: Form, act: Callable[[], str], words: dict[str, str]
) -> HttpResponse:
    """A form and its act; refused, what was typed stays."""
    refused = ""
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(act())
        except Refusal as no:
            refused = told(no)
    status = 422 if request.method == "POST" else 200
    about = {"form": form, "refused": refused, **words}
    return render(request, "needs/ask.html", about, status=status)
