"""One indicator: its quarters, results with evidence, points; reported, checked, judged. 指标."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zhongshu.apps.targets import actions, looks, queries
from zhongshu.apps.targets.forms import PointsForm, ResultForm
from zhongshu.apps.targets.models import Node, Result
from zhongshu.apps.targets.origin import subject
from zhongshu.apps.targets.powers import keeps, reports
from zhongshu.kernel.supervision import scores
from zhongshu.office.actor import Actor
from zhongshu.office.files import actions as files
from zhongshu.office.handling.answering import told, tried
from zhongshu.office.matters import origins
from zhongshu.office.matters.ruling import rules
from zhongshu.office.people import queries as people
from zhongshu.office.people.powers import require_person
from zhongshu.office.refusal import Refusal

from .answering import node_or_404


@require_http_methods(["GET", "POST"])
@require_person
def indicator(request: HttpRequest, key: str) -> HttpResponse:
    """An indicator in force; posted, the result of a quarter with what proves it."""
    by, refused = people.acting(request), ""
    node = node_or_404(key, by)
    quarter = min(4, queries.ended(node.plan.year) + 1)
    initial = {"quarter": quarter}
    form = ResultForm(node, request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            kept = tuple(
                files.add(
                    name=one.name or "", stream=one.chunks(), subject=f"indicator:{key}", by=by
                ).key
                for one in request.FILES.getlist("evidence")
            )
            actions.report(key=key, said=form.said(kept), by=by)
        except Refusal as no:
            refused = told(no)
        else:
            messages.success(request, _("已报。"))
            return redirect("targets:indicator", key)
    got = queries.reached([node])
    points = scores.score(queries.scored([node], got)[0])
    about = {
        "node": node,
        "row": looks.row(node, got[node.indicator_id or 0], points, rules()),
        "how": looks.said(points.how),
        "results": queries.results(indicator=node.indicator, seen_by=by),  # type: ignore[arg-type]
        **_tasks(node, by),
        "form": form,
        "points": PointsForm(),
        "refused": refused,
        "reports": reports(by, node),
        "keeps": keeps(by),
        "concerns": queries.concerns(indicator=node.indicator, seen_by=by),  # type: ignore[arg-type]
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "targets/indicator.html", about, status=status)


def _tasks(node: Node, by: Actor) -> dict[str, Any]:
    """The measures, each with the tasks that carry it out; those of the indicator as a whole."""
    measures = list(node.children.select_related("lead", "plan"))
    rows = [node, *measures]
    begun = origins.begun([subject(one) for one in rows], seen_by=by)
    told = [
        (one, begun.get(subject(one), []), origins.begin(subject(one), seen_by=by)) for one in rows
    ]
    return {"measures": told[1:], "begun": told[0][1], "begin": told[0][2]}


@require_POST
@require_person
def verify(request: HttpRequest, result: int) -> HttpResponse:
    """Check a result."""
    by = people.acting(request)
    row = Result.objects.select_related("indicator").filter(pk=result).first()
    if row is None or not queries.concerns(indicator=row.indicator, seen_by=by):
        raise Http404
    accepted, words = "yes" in request.POST, request.POST.get("words", "")
    act = lambda: actions.verify(result=result, accepted=accepted, words=words, by=by)  # noqa: E731
    if tried(request, act) is not None:
        messages.success(request, _("已核验。"))
    return redirect("targets:indicator", row.indicator.key)


@require_POST
@require_person
def judge(request: HttpRequest, key: str) -> HttpResponse:
    """Give points by hand."""
    by, form = people.acting(request), PointsForm(request.POST)
    node_or_404(key, by)
    if not form.is_valid():
        messages.error(request, _("请写明分数和理由。"))
    else:
        got = form.cleaned_data
        tried(
            request,
            lambda: actions.judge(key=key, points=got["points"], reason=got["reason"], by=by),
        )
    return redirect("targets:indicator", key)
