"""The list of powers, and how processes came to stand otherwise."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhongshu.apps.processes import powerlist, queries
from zhongshu.apps.processes.history import told
from zhongshu.apps.processes.seeing import required
from zhongshu.office import clock
from zhongshu.office.reading import reads
from zhongshu.office.ui.spreadsheet import attached


@require_safe
@reads
def powers(request: HttpRequest) -> HttpResponse:
    """Which post may do what, today or on another day; with `since`, what changed up to then."""
    day = _day(request.GET.get("on")) or clock.local(clock.now()).date()
    since = _day(request.GET.get("since"))
    lines = powerlist.on(day=day)
    about = {
        "day_text": day.isoformat(),
        "since": since,
        "since_text": since.isoformat() if since else "",
        "count": len(lines),
        "groups": powerlist.grouped(lines),
        "changed": powerlist.difference(before=since, after=day) if since else (),
    }
    page = "processes/powers_print.html" if "print" in request.GET else "processes/powers.html"
    return render(request, page, about)


@require_safe
@reads
def powers_sheet(request: HttpRequest) -> HttpResponse:
    """The list of powers as a spreadsheet."""
    day = _day(request.GET.get("on")) or clock.local(clock.now()).date()
    name = _("权力清单，{day} 在用的流程").format(day=day.isoformat())
    return attached(name, powerlist.heads(), powerlist.on(day=day))


@require_safe
@reads
def history(request: HttpRequest) -> HttpResponse:
    """How processes came to stand otherwise in the seven days up to a day: the weekly report."""
    required(request)
    until = _day(request.GET.get("until")) or clock.local(clock.now()).date()
    end = datetime.combine(until + timedelta(days=1), time(), tzinfo=clock.ZONE)
    rows = told(queries.changes(since=end - timedelta(days=7), until=end))
    about = {
        "rows": rows,
        "worse": sum(row.worse for row in rows),
        "first": until - timedelta(days=6),
        "last": until,
        "last_text": until.isoformat(),
        "before_text": (until - timedelta(days=7)).isoformat(),
    }
    page = "processes/history_print.html" if "print" in request.GET else "processes/history.html"
    return render(request, page, about)


def _day(text: str | None) -> date | None:
    try:
        found = date.fromisoformat(text or "")
    except ValueError:
        return None
    return found if 2000 <= found.year < 2200 else None
