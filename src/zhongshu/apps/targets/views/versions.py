"""目标任务书的版本: put forward as a table, previewed, compared, approved by another."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
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
from zhongshu.kernel.supervision.scores import SORTS
from zhongshu.kernel.supervision.targets import COLUMNS, read
from zhongshu.kernel.supervision.targets import Node as Read
from zhongshu.office import clock
from zhongshu.office.actor import Actor
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
    """Read a table: every fault is told with its row. Without one it is shown as it would be, with
    what it changes; only when that was looked at and sent again does it wait for approval."""
    by = people.acting(request)
    initial = {"year": clock.local(clock.now()).year}
    form = TableForm(request.POST or None, request.FILES or None, initial=initial)
    faults: list[tuple[int, str]] = []
    seen: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        rows = _rows(form)
        found = read(rows, actions.known()) if rows is not None else None
        if rows is not None and found is not None and not found.faults:
            got = form.cleaned_data
            if not got["rows"]:
                seen = _preview(got, rows, found.nodes, by)
            else:
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
        **seen,
    }
    status = 422 if request.method == "POST" and not seen else 200
    return render(request, "targets/propose.html", about, status=status)


def _preview(
    got: Mapping[str, Any], rows: Sequence[Sequence[str]], nodes: Sequence[Read], by: Actor
) -> dict[str, Any]:
    """What the table says, and what it changes against the version in force."""
    plan = queries.plan_of(year=got["year"], seen_by=by)
    table = [COLUMNS, *(tuple(looks.line_of(one)) for one in nodes)]
    before = looks.table(queries.nodes(plan=plan, seen_by=by)) if plan else None
    return {
        "preview": [(one, looks.said(SORTS[one.sort]) if one.sort else "") for one in nodes],
        "changes": looks.differences(before, table) if before else None,
        "kept": json.dumps(rows, ensure_ascii=False),
        "asked": got,
    }


def _rows(form: TableForm) -> list[list[str]] | None:
    """The rows of what was sent, or of what was looked at; the form says why there are none."""
    if form.cleaned_data["rows"]:
        return _again(form)
    sent = form.cleaned_data["table"]
    if sent.size > MOST_BYTES:
        form.add_error("table", _("文件超过 5 MB。"))
        return None
    try:
        return rows_of(sent.read())
    except ValueError:
        form.add_error("table", _("读不出表格：请用 UTF-8 或 GB18030 的 CSV，或者 xlsx。"))
        return None


def _again(form: TableForm) -> list[list[str]] | None:
    """The table that was looked at, as it came back; it is read and checked like any other."""
    try:
        rows = json.loads(form.cleaned_data["rows"])
    except (ValueError, RecursionError):
        rows = None
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        form.add_error("table", _("表格没有完整传回，请重新选文件。"))
        return None
    return [[str(cell) for cell in row] for row in rows]


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
