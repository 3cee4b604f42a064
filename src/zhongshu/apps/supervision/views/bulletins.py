"""督办简报与年度结果: figures with what they rest on; a page, on paper, or a spreadsheet."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhongshu.apps.supervision import actions, composing, papers, queries
from zhongshu.apps.supervision.composing import Told, YearTold
from zhongshu.apps.supervision.figures import GROUPS
from zhongshu.apps.supervision.powers import establishes
from zhongshu.office import clock
from zhongshu.office.handling.answering import tried
from zhongshu.office.people import queries as people
from zhongshu.office.people.powers import require_person
from zhongshu.office.reading import reads
from zhongshu.office.ui import spreadsheet
from zhongshu.office.ui.parts import Choice, Row


@require_safe
@require_person
@reads
def bulletins(request: HttpRequest) -> HttpResponse:
    """All that were issued."""
    by = people.acting(request)
    rows = queries.bulletins(seen_by=by).defer("standing")[:60]
    return render(request, "supervision/bulletins.html", {"rows": rows, "may": establishes(by)})


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
    return render(request, "supervision/bulletin.html", _shown(_bulletin(request, key)))


@require_safe
@require_person
@reads
def bulletin_printed(request: HttpRequest, key: str) -> HttpResponse:
    """The same from the browser's printer."""
    return render(
        request, "supervision/print_bulletin.html", _shown(_bulletin(request, key, composing.ALL))
    )


@require_safe
@require_person
@reads
def bulletin_pdf(request: HttpRequest, key: str) -> HttpResponse:
    """The same as PDF."""
    told = _bulletin(request, key, composing.ALL)
    return _pdf(papers.bulletin_pdf(told, **_whose(request)), f"bulletin-{told.bulletin.number}")


@require_safe
@require_person
@reads
def bulletin_exported(request: HttpRequest, key: str) -> HttpResponse:
    """The same as a spreadsheet."""
    told = _bulletin(request, key, composing.ALL)
    head, rows = papers.bulletin_rows(told)
    row = told.bulletin
    return spreadsheet.attached(f"督办简报{row.year}年第{row.number}期", head, rows)


def _bulletin(request: HttpRequest, key: str, most: int = composing.SHOWN) -> Told:
    by = people.acting(request)
    row = queries.bulletins(seen_by=by).filter(key=key).first()
    if row is None:
        raise Http404
    before = queries.bulletins(seen_by=by).filter(pk__lt=row.pk).first()
    return composing.bulletin(row, before, seen_by=by, most=most)


def _shown(told: Told) -> dict[str, Any]:
    return {
        "told": told,
        "bulletin": told.bulletin,
        "summary": papers.bulletin_sentence(told),
        "groups": [(_(word), lines) for word, lines in told.groups if lines],
    }


@require_safe
@require_person
@reads
def year(request: HttpRequest) -> HttpResponse:
    """The result of a year: what fell due and what became of it."""
    return render(request, "supervision/year.html", _of_year(_told(request)))


@require_safe
@require_person
@reads
def year_printed(request: HttpRequest) -> HttpResponse:
    """The same from the browser's printer."""
    return render(request, "supervision/print_year.html", _of_year(_told(request)))


@require_safe
@require_person
@reads
def year_pdf(request: HttpRequest) -> HttpResponse:
    """The same as PDF."""
    told = _told(request, composing.ALL)
    word = dict(GROUPS)[told.group]
    return _pdf(papers.year_pdf(told, by=word, **_whose(request)), f"year-{told.year}")


@require_safe
@require_person
@reads
def year_exported(request: HttpRequest) -> HttpResponse:
    """The same as a spreadsheet."""
    told = _told(request, composing.ALL)
    return spreadsheet.attached(f"{told.year}年督办结果", *papers.year_rows(told))


def _told(request: HttpRequest, most: int = composing.SHOWN) -> YearTold:
    by = people.acting(request)
    return composing.year(_year(request), _group(request), seen_by=by, most=most)


def _of_year(told: YearTold) -> dict[str, Any]:
    year_ = told.year
    return {
        "told": told,
        "year": year_,
        "group": told.group,
        "choices": [
            Choice(_(word), f"?year={year_}&by={code}", code == told.group) for code, word in GROUPS
        ],
        "rows": [
            Row(line.name, line.in_time, _("到期 {n}").format(n=line.due))
            for line in told.lines[:12]
        ],
        "before": year_ - 1,
        "after": year_ + 1 if year_ < clock.local(clock.now()).year else 0,
    }


def _whose(request: HttpRequest) -> dict[str, str]:
    """The house that issues, and who reads."""
    names = people.names()
    return {
        "organ": settings.BUREAU or _("中枢"),
        "reader": names.get(people.acting(request).person, ""),
    }


def _pdf(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _year(request: HttpRequest) -> int:
    now, said = clock.local(clock.now()).year, request.GET.get("year", "")
    return (
        int(said)
        if said.isascii() and said.isdecimal() and composing.FIRST <= int(said[:5]) <= now
        else now
    )


def _group(request: HttpRequest) -> str:
    said = request.GET.get("by", "")
    return said if said in {code for code, _ in GROUPS} else "section"
