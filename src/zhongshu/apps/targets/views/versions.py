"""目标任务书的版本: put forward as a table, previewed, compared, approved by another."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhongshu.apps.targets import actions, looks, queries
from zhongshu.apps.targets.forms import PointsForm, TableForm
from zhongshu.apps.targets.models import Plan
from zhongshu.apps.targets.powers import approves, keeps
from zhongshu.kernel.supervision.targets import read
from zhongshu.office import clock
from zhongshu.office.handling.answering import tried
from zhongshu.office.people import queries as people
from zhongshu.office.people.powers import require_person
from zhongshu.office.people.tables import rows_of
from zhongshu.office.reading import reads

MOST_BYTES = 5 << 20
SHOWN = 200


@require_http_methods(["GET", "POST"])
@require_person
def propose(request: HttpRequest) -> HttpResponse:
    """Read a table: every fault is told with its row; without one it waits for approval."""
    by = people.acting(request)
    initial = {"year": clock.local(clock.now()).year}
    form = TableForm(request.POST or None, request.FILES or None, initial=initial)
    faults: list[tuple[int, str]] = []
    if request.method == "POST" and form.is_valid():
        rows = _rows(form)
        found = read(rows, actions.known()) if rows is not None else None
        if rows is not None and found is not None and not found.faults:
            got = form.cleaned_data
            plan = tried(
                request,
                lambda: actions.propose(year=got["year"], rows=rows, basis=got["basis"], by=by),
            )
            if plan is not None:
                messages.success(request, _("没有错误，等主要领导批准。"))
                return redirect("targets:version", plan.key)
        faults = [(one.row, looks.said(one.told)) for one in found.faults] if found else []
    about = {
        "form": form,
        "faults": faults[:SHOWN],
        "more": max(0, len(faults) - SHOWN),
        "keeps": keeps(by),
        "versions": queries.plans(seen_by=by)[:30],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "targets/propose.html", about, status=status)


def _rows(form: TableForm) -> list[list[str]] | None:
    """The rows of what was sent; the form says why there are none."""
    sent = form.cleaned_data["table"]
    if sent.size > MOST_BYTES:
        form.add_error("table", _("文件超过 5 MB。"))
        return None
    try:
        return rows_of(sent.read())
    except ValueError:
        form.add_error("table", _("读不出表格：请用 UTF-8 或 GB18030 的 CSV，或者 xlsx。"))
        return None


@require_safe
@require_person
@reads
def version(request: HttpRequest, key: str) -> HttpResponse:
    """One version, and what it changes against the one in force."""
    by = people.acting(request)
    plan = queries.plans(seen_by=by).filter(key=key).first()
    if plan is None:
        raise Http404
    nodes = list(queries.nodes(plan=plan, seen_by=by))
    about: dict[str, Any] = {
        "plan": plan,
        "tree": looks.tree(plan, nodes, by),
        "changes": None,
        "may_decide": plan.state == Plan.State.PROPOSED
        and approves(by)
        and plan.proposed_by.key != by.person,
    }
    before = queries.plans(seen_by=by).filter(year=plan.year, version__lt=plan.version)
    last = before.exclude(state__in=(Plan.State.REFUSED, Plan.State.PROPOSED)).first()
    if last is not None:
        about["last"] = last
        about["changes"] = looks.changes(queries.nodes(plan=last, seen_by=by), nodes)
    return render(request, "targets/version.html", about)


@require_POST
@require_person
def decide(request: HttpRequest, key: str) -> HttpResponse:
    """Let it come into force, or not."""
    by, approved = people.acting(request), "yes" in request.POST
    words = request.POST.get("words", "")
    done = tried(request, lambda: actions.decide(key=key, approved=approved, words=words, by=by))
    if done is not None:
        messages.success(request, _("已批准执行。") if approved else _("未批准。"))
    return redirect("targets:version", key)


@require_POST
@require_person
def adjust(request: HttpRequest, year: int) -> HttpResponse:
    """Add points to a year or take some away."""
    by, form = people.acting(request), PointsForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请写明分数和理由。"))
    else:
        got = form.cleaned_data
        tried(
            request,
            lambda: actions.adjust(year=year, points=got["points"], reason=got["reason"], by=by),
        )
    return redirect("targets:score")
