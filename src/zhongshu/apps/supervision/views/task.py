"""One task: its page, its reports, applications, chases, and the notice that is printed. 督办单."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhongshu.apps.supervision import actions, looks, queries
from zhongshu.apps.supervision.forms import SplitForm
from zhongshu.apps.supervision.models import Application, AssistMark, Phase, Task
from zhongshu.apps.supervision.powers import answers, establishes, is_chief, leads, reports
from zhongshu.apps.supervision.standing import rules
from zhongshu.apps.supervision.working_forms import ApplyForm, MarksForm, ReportForm, WordsForm
from zhongshu.kernel.supervision.rules import Rules
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.files import queries as files
from zhongshu.office.handling.answering import told, tried
from zhongshu.office.handling.sheet import Sheet, sheet
from zhongshu.office.matters import origins
from zhongshu.office.matters.models import Link
from zhongshu.office.matters.offers import Offer
from zhongshu.office.people import queries as people
from zhongshu.office.people.powers import require_person
from zhongshu.office.reading import reads
from zhongshu.office.refusal import Refusal

from .answering import kept, task_or_404

RUNNING = (Phase.DOING, Phase.CHECKING)


@require_safe
@require_person
@reads
def task(request: HttpRequest, key: str) -> HttpResponse:
    """The page of a task."""
    by = people.acting(request)
    found = task_or_404(key, by)
    return render(request, "supervision/task.html", _page(found, by, rules()))


def _page(found: Task, by: Actor, edition: Rules) -> dict[str, Any]:
    whole = sheet(matter=found.matter, seen_by=by)
    now = looks.row(found, edition)
    return {
        "task": found,
        "row": now,
        "sheet": whole,
        "offers": _offers(found, whole),
        "mains": ("approve", "done", "submit", "instruct"),
        "reports": found.reports.select_related("by").prefetch_related("evidence")[:50],
        "parts": looks.rows(
            queries.parts(of=found, seen_by=by).prefetch_related("milestones", "assists"), edition
        ),
        "changes": found.due_changes.select_related("by"),
        "applications": found.applications.select_related("asked_by", "consenter", "into__matter"),
        "chased": [(one, looks.rung(one.rung)) for one in found.chased.select_related("by")],
        "came": origins.told(found.origin, seen_by=by) if found.origin else None,
        "marked": _marked(found),
        "papers": files.of(f"matter:{found.matter.key}", seen_by=by),
        "rhythm": edition.rhythm[found.rhythm],
        "consent": found.applications.filter(consenter__key=by.person, granted=None).first(),
        "may": _may(found, by),
    }


def _marked(found: Task) -> list[tuple[str, AssistMark | None]]:
    """Each assisting section with its mark, once there is something to mark."""
    if not found.accepted_at:
        return []
    given = {one.unit_id: one for one in found.marks.select_related("by")}
    return [(unit.name, given.get(unit.pk)) for unit in found.assists.all()]


def _offers(found: Task, whole: Sheet) -> list[Offer]:
    """The verbs of the flow that the rules of supervision allow now; chasing has a ladder here."""
    hidden = {"urge", "circulate"}
    if found.assigned_at:
        yes = {one.what for one in found.applications.filter(granted=True, used=False)}
        hidden |= {"recall"}
        hidden |= set() if "pause" in yes else {"suspend"}
        hidden |= set() if yes & {"drop", "merge"} else {"cancel"}
    return [offer for offer in whole.offers if offer.verb not in hidden]


def _may(found: Task, by: Actor) -> dict[str, bool]:
    """Which buttons of the app stand at the foot of the page."""
    doing, office = found.phase == Phase.DOING, establishes(by)
    born = Link.objects.filter(later=found.pk, why=Link.Why.SUPERVISED)
    speaks = doing and reports(found, by)
    chases = office or is_chief(by) or leads(by, found.lead.code)
    return {
        "report": speaks,
        "apply": found.phase in RUNNING and (speaks or office),
        "chase": doing and chases,
        "mark": found.phase == Phase.CLOSED
        and not found.quality
        and (office or is_chief(by) or leads(by))
        and found.assists.exists(),
        "split": found.is_open and office and found.parent_id is None,
        "answer": found.is_open and answers(by) and born.exists(),
    }


@require_http_methods(["GET", "POST"])
@require_person
def report(request: HttpRequest, key: str) -> HttpResponse:
    """Report progress, with what proves it."""
    by = people.acting(request)
    found = task_or_404(key, by)
    form = ReportForm(found, request.POST or None, request.FILES or None)

    def act() -> None:
        """Keep the papers, then the report that rests on them."""
        said = form.said(kept(request, "evidence", key, by))
        actions.report(key=key, said=said, by=by)

    title = _("报告进展")
    return _asked(request, found, form, act, {"title": title, "done": _("已报告。")})


@require_http_methods(["GET", "POST"])
@require_person
def apply_for(request: HttpRequest, key: str) -> HttpResponse:
    """Ask for more time, a pause, that it be dropped or merged."""
    by = people.acting(request)
    found = task_or_404(key, by)
    form = ApplyForm(request.POST or None, initial={"what": "postpone"})

    def act() -> None:
        """Put it before the leader whom the rules name."""
        got = form.cleaned_data
        row = actions.apply_for(
            key=key,
            what=got["what"],
            reason=got["reason"],
            until=got["until"],
            into=got["into"].strip(),
            by=by,
        )
        messages.success(request, _("已送{name}批。").format(name=row.consenter.name))

    return _asked(request, found, form, act, {"title": _("提出申请"), "done": ""})


@require_http_methods(["GET", "POST"])
@require_person
def split(request: HttpRequest, key: str) -> HttpResponse:
    """Split a task by what is to be delivered."""
    by = people.acting(request)
    found = task_or_404(key, by)
    form = SplitForm(request.POST or None)

    def act() -> None:
        """Each part is a task of its own, on its way to be established."""
        actions.split(key=key, parts=form.establishing(found), by=by)

    return _asked(request, found, form, act, {"title": _("分解"), "done": _("已分解，送审批。")})


@require_http_methods(["GET", "POST"])
@require_person
def answer_for(request: HttpRequest, key: str) -> HttpResponse:
    """Put one's name to it that the paper is filed although the task is open."""
    by = people.acting(request)
    found = task_or_404(key, by)
    form = WordsForm(request.POST or None)

    def act() -> None:
        """Kept with name and reason."""
        actions.answer_for(key=key, reason=form.cleaned_data["words"], by=by)

    told_ = {
        "title": _("签字负责"),
        "done": _("已签字。"),
        "warning": _("签字以后，来文可以先归档；本事项没有办结的责任由您承担，并记入日志。"),
    }
    return _asked(request, found, form, act, told_)


@require_http_methods(["GET", "POST"])
@require_person
def marks(request: HttpRequest, key: str) -> HttpResponse:
    """How each section assisted, apart from how the lead did."""
    by = people.acting(request)
    found = task_or_404(key, by)
    form = MarksForm(found, request.POST or None)

    def act() -> None:
        """Kept with who gave it and when."""
        actions.mark_assistants(key=key, said=form.said(), by=by)

    return _asked(request, found, form, act, {"title": _("评价配合"), "done": _("已评价。")})


def _asked(
    request: HttpRequest, found: Task, form: Form, act: Callable[[], None], words: dict[str, str]
) -> HttpResponse:
    """A form, and the act; refused, what was typed stays where it is."""
    refused = ""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except Refusal as no:
            refused = told(no)
        else:
            if words["done"]:
                messages.success(request, words["done"])
            return redirect(found.matter.address)
    about = {"task": found, "form": form, "refused": refused, **words}
    status = 422 if request.method == "POST" else 200
    return render(request, "supervision/ask.html", about, status=status)


@require_POST
@require_person
def chase(request: HttpRequest, key: str) -> HttpResponse:
    """Chase this one."""
    by = people.acting(request)
    found = task_or_404(key, by)
    words = request.POST.get("words", "")
    row = tried(request, lambda: actions.chase(key=key, words=words, by=by))
    if row is not None:
        messages.success(request, _("已催办：{how}。").format(how=looks.rung(row.rung)))
    return redirect(found.matter.address)


@require_POST
@require_person
def decide(request: HttpRequest, application: str) -> HttpResponse:
    """Yes or no to an application."""
    by = people.acting(request)
    row = queries.to_consent(seen_by=by).filter(key=application).first()
    if row is None:
        raise Http404
    granted, words = "yes" in request.POST, request.POST.get("words", "")
    done = tried(
        request,
        lambda: actions.decide(application=application, granted=granted, words=words, by=by),
    )
    if done is not None:
        messages.success(request, _("已批复。"))
    return redirect(row.task.matter.address)


@require_safe
@require_person
@reads
def notice(request: HttpRequest, key: str) -> HttpResponse:
    """督办通知单, on paper."""
    by = people.acting(request)
    found = task_or_404(key, by)
    about = {
        "task": found,
        "row": looks.row(found, rules()),
        "rhythm": rules().rhythm[found.rhythm],
        "within": rules().number["object_within"],
        "today": _day(clock.local(clock.now()).date()),
        "reader": people.names().get(by.person, ""),
        "last": Application.objects.filter(task=found, granted=True, what="postpone").first(),
    }
    return render(request, "supervision/print_notice.html", about)


def _day(day: date) -> str:
    return _("{year} 年 {month} 月 {day} 日").format(year=day.year, month=day.month, day=day.day)
