"""目标任务: the tree, the wall chart, the responsibility sheet, the result of the year."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhongshu.apps.targets import looks, papers, queries
from zhongshu.apps.targets.models import Plan
from zhongshu.apps.targets.powers import keeps
from zhongshu.office import clock
from zhongshu.office.people import queries as people
from zhongshu.office.people.models import Unit
from zhongshu.office.people.powers import require_person
from zhongshu.office.reading import reads
from zhongshu.office.ui import spreadsheet

from .answering import year_of


@require_safe
@require_person
@reads
def tree(request: HttpRequest) -> HttpResponse:
    """The tree of a year."""
    return render(request, "targets/tree.html", _tree(request))


@require_safe
@require_person
@reads
def wall(request: HttpRequest) -> HttpResponse:
    """挂图, on paper."""
    about = _tree(request)
    found = about["tree"]
    about["bars"] = looks.bars(found.rows) if found else []
    return render(request, "targets/print_wall.html", about)


@require_safe
@require_person
@reads
def score(request: HttpRequest) -> HttpResponse:
    """The result of a year, each point with its sum."""
    return render(request, "targets/score.html", _tree(request))


@require_safe
@require_person
@reads
def score_printed(request: HttpRequest) -> HttpResponse:
    """The same on paper."""
    return render(request, "targets/print_score.html", _tree(request))


@require_safe
@require_person
@reads
def score_pdf(request: HttpRequest) -> HttpResponse:
    """The same as PDF."""
    about = _tree(request)
    if about["tree"] is None:
        raise Http404
    organ = settings.BUREAU or _("中枢")
    content = papers.score_pdf(about["plan"], about["tree"], organ=organ, reader=about["reader"])
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="score-{about["year"]}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_safe
@require_person
@reads
def score_exported(request: HttpRequest) -> HttpResponse:
    """The same as a spreadsheet."""
    about = _tree(request)
    head = ("编号", "指标", "牵头", "类型", "权重", "得分", "算式", "状态")
    rows = [
        (
            one.node.code,
            one.node.name,
            one.node.lead.name if one.node.lead else "",
            one.kind,
            one.score.weight,
            one.score.points,
            one.score.how.zh,
            one.score.standing,
        )
        for one in (about["tree"].rows if about["tree"] else [])
        if one.score
    ]
    return spreadsheet.attached(f"{about['year']}年目标得分", head, rows)


@require_safe
@require_person
@reads
def taken_away(request: HttpRequest) -> HttpResponse:
    """The tree as the table it is imported from; without a tree, the empty table."""
    about = _tree(request)
    nodes = [one.node for one in about["tree"].rows] if about["tree"] else []
    head, *rows = looks.table(nodes)
    return spreadsheet.attached(f"{about['year']}年目标任务书", head, rows)


@require_safe
@require_person
@reads
def responsibility(request: HttpRequest, unit: str) -> HttpResponse:
    """目标责任书 of one section, on paper: what it leads and what it assists."""
    found = Unit.objects.filter(code=unit).first()
    about = _tree(request)
    if found is None or about["tree"] is None:
        raise Http404
    rows = about["tree"].rows
    about["unit"] = found
    about["leads"] = [one for one in rows if one.node.level == 2 and one.node.lead == found]
    about["assists"] = [
        one for one in rows if one.node.level == 2 and found in one.node.assists.all()
    ]
    about["measures"] = [one for one in rows if one.node.level == 3 and one.node.lead == found]
    about["leader"] = people.names().get(people.directory().units[found.code].leader, "")
    return render(request, "targets/print_sheet.html", about)


def _tree(request: HttpRequest) -> dict[str, Any]:
    by, year = people.acting(request), year_of(request)
    plan = queries.plan_of(year=year, seen_by=by)
    found = looks.tree(plan, queries.nodes(plan=plan, seen_by=by), by) if plan else None
    rows = found.rows if found else []
    return {
        "year": year,
        "before": year - 1,
        "after": year + 1 if year <= clock.local(clock.now()).year else 0,
        "plan": plan,
        "tree": found,
        "units": sorted(
            {(one.node.lead.code, one.node.lead.name) for one in rows if one.node.lead}
        ),
        "levels": [sum(1 for one in rows if one.node.level == level) for level in (1, 2, 3)],
        "keeps": keeps(by),
        "waiting": queries.plans(seen_by=by).filter(year=year, state=Plan.State.PROPOSED),
        "reader": people.names().get(by.person, ""),
    }
