"""督办简报与年度结果: figures with what they rest on; a page, on paper, or a spreadsheet."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhongshu.apps.supervision import actions, figures, looks, queries
from zhongshu.apps.supervision.models import Phase, Task
from zhongshu.apps.supervision.powers import establishes
from zhongshu.apps.supervision.standing import rules
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.handling.answering import tried
from zhongshu.office.people import queries as people
from zhongshu.office.people.powers import require_person
from zhongshu.office.reading import reads
from zhongshu.office.ui import spreadsheet
from zhongshu.office.ui.parts import Choice, Point, Row

GROUPS = (("section", "按科室"), ("leader", "按分管领导"), ("source", "按来源"))


@require_safe
@require_person
@reads
def bulletins(request: HttpRequest) -> HttpResponse:
    """All that were issued."""
    by = people.acting(request)
    about = {"rows": queries.bulletins(seen_by=by)[:60], "may": establishes(by)}
    return render(request, "supervision/bulletins.html", about)


@require_POST
@require_person
def issue(request: HttpRequest) -> HttpResponse:
    """Issue the next one."""
    by = people.acting(request)
    made = tried(request, lambda: actions.issue(by=by))
    if made is None:
        return redirect("supervision:bulletins")
    messages.success(request, _("已印发。"))
    return redirect("supervision:bulletin", made.key)


@require_safe
@require_person
@reads
def bulletin(request: HttpRequest, key: str) -> HttpResponse:
    """One bulletin, as far as this reader may see what it tells of."""
    by = people.acting(request)
    return render(request, "supervision/bulletin.html", _bulletin(key, by))


@require_safe
@require_person
@reads
def bulletin_printed(request: HttpRequest, key: str) -> HttpResponse:
    """The same on paper."""
    by = people.acting(request)
    return render(request, "supervision/print_bulletin.html", _bulletin(key, by))


def _bulletin(key: str, by: Actor) -> dict[str, Any]:
    row = queries.bulletins(seen_by=by).filter(key=key).first()
    if row is None:
        raise Http404
    before = queries.bulletins(seen_by=by).filter(pk__lt=row.pk).first()
    tasks = list(queries.told_of(row, seen_by=by))
    closed = [t for t in tasks if t.accepted_at and row.since < t.accepted_at <= row.until]
    started = [t for t in tasks if t.assigned_at and row.since < t.assigned_at <= row.until]
    red = [t for t in tasks if row.standing.get(t.matter.key, [""])[0] == "red"]
    weeks = figures.weekly(until=row.until, seen_by=by)
    return {
        "bulletin": row,
        "before": before,
        "changes": figures.changes(row, before, seen_by=by),
        "closed": closed,
        "late": [task for task in closed if task.late],
        "started": started,
        "open": sum(1 for t in tasks if t.matter.key in row.standing),
        "red": [(row.standing[t.matter.key][1], looks.row(t, rules())) for t in red],
        "named": [t for t in red if t.chases > 3],
        "points": [
            Point(f"{clock.local(end):%m-%d}", round(in_time * 100 / due, 1) if due else 0.0)
            for end, due, in_time in weeks
        ],
        "weeks": sum(due for _, due, _ in weeks),
        "lines": figures.lines(red, lambda t: t.lead.name, row.until),
    }


@require_safe
@require_person
@reads
def year(request: HttpRequest) -> HttpResponse:
    """The result of a year: what fell due and what became of it."""
    by, chosen, group = people.acting(request), _year(request), _group(request)
    return render(request, "supervision/year.html", _of_year(by, chosen, group))


@require_safe
@require_person
@reads
def year_printed(request: HttpRequest) -> HttpResponse:
    """The same on paper."""
    by, chosen, group = people.acting(request), _year(request), _group(request)
    return render(request, "supervision/print_year.html", _of_year(by, chosen, group))


@require_safe
@require_person
@reads
def year_exported(request: HttpRequest) -> HttpResponse:
    """The same as a spreadsheet."""
    by, chosen, group = people.acting(request), _year(request), _group(request)
    about = _of_year(by, chosen, group)
    head = ("名称", "到期", "按期", "逾期办结", "经批准延缓撤并", "超期未办", "曾退回", "好和较好")
    every = [*about["lines"], about["total"]]
    return spreadsheet.attached(f"{chosen}年督办结果", head, [tuple(line) for line in every])


def _of_year(by: Actor, chosen: int, group: str) -> dict[str, Any]:
    now = clock.now()
    start = datetime(chosen, 1, 1, tzinfo=clock.ZONE)
    until = min(now, datetime(chosen + 1, 1, 1, tzinfo=clock.ZONE) - timedelta(seconds=1))
    tasks = figures.due_between(since=start, until=until, seen_by=by) if start < now else []
    leaders = {
        unit.id: people.names().get(unit.leader, "") for unit in people.directory().units.values()
    }
    names = {
        "section": lambda task: task.lead.name,
        "leader": lambda task: leaders.get(task.lead.code, "") or _("没有分管领导"),
        "source": lambda task: str(task.get_source_display()),
    }
    lines = figures.lines(tasks, names[group], now)
    return {
        "year": chosen,
        "group": group,
        "lines": lines,
        "total": figures.total(tasks, now, _("合计")),
        "choices": [
            Choice(_(word), f"?year={chosen}&by={code}", code == group) for code, word in GROUPS
        ],
        "rows": [
            Row(line.name, line.in_time, _("到期 {n}").format(n=line.due)) for line in lines[:12]
        ],
        "open_late": [task for task in tasks if _open_late(task)],
        "before": chosen - 1,
        "after": chosen + 1 if chosen < clock.local(now).year else 0,
    }


def _open_late(task: Task) -> bool:
    over = clock.calendar().minute(clock.now()) > task.due
    return over and task.phase in {Phase.DOING, Phase.CHECKING}


def _year(request: HttpRequest) -> int:
    now, said = clock.local(clock.now()).year, request.GET.get("year", "")
    return (
        int(said) if said.isascii() and said.isdecimal() and 2024 <= int(said[:5]) <= now else now
    )


def _group(request: HttpRequest) -> str:
    said = request.GET.get("by", "")
    return said if said in {code for code, _ in GROUPS} else "section"
