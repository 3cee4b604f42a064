"""The ledger: asked, leafed through, printed, exported; and the questions people keep. 台账."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhongshu.apps.documents.actions import setting
from zhongshu.apps.documents.models import Incoming
from zhongshu.apps.documents.queries import ledger, statistics
from zhongshu.apps.documents.queries.ledger import MOST, Question, Row
from zhongshu.office import clock
from zhongshu.office.files.workbooks import TYPE, workbook
from zhongshu.office.people import queries as people
from zhongshu.office.people.models import Person, Unit
from zhongshu.office.reading import reads
from zhongshu.office.refusal import Refusal
from zhongshu.office.ui.parts import Chip

PRINTED = 400  # rows of one print


@require_safe
@reads
def page(request: HttpRequest) -> HttpResponse:
    """The rows that were asked for, newest first, and the form that asks."""
    by, asked = people.acting(request), ledger.question(request.GET.dict())
    before = _number(request.GET.get("before", ""))
    found = ledger.page(asked=asked, seen_by=by, before=before)
    context = {
        "found": found,
        "asked": asked,
        "narrowed": bool(asked.asked),
        "query": urlencode(asked.asked),
        "after": f"?{urlencode({**asked.asked, 'before': found.after})}" if found.after else "",
        "chips": _chips(asked),
        "registers": Incoming.Register.choices,
        "purposes": Incoming.Purpose.choices,
        "units": Unit.objects.filter(head__isnull=False).order_by("order", "code"),
        "sources": ledger.sources(seen_by=by),
        "filters": [
            (one, f"{reverse('documents:ledger')}?{one.query}")
            for one in ledger.filters(seen_by=by)
        ],
        "said": _said(asked),
    }
    return render(request, "documents/ledger.html", context)


@require_safe
@reads
def printed(request: HttpRequest) -> HttpResponse:
    """The same rows for A4 across."""
    by, asked = people.acting(request), ledger.question(request.GET.dict())
    found = ledger.page(asked=asked, seen_by=by, limit=PRINTED)
    reader = Person.objects.get(key=by.person) if by.person in people.bureau().pks else None
    context = {"found": found, "said": _said(asked), "most": PRINTED, "reader": reader}
    context["now"] = clock.now()
    return render(request, "documents/ledger_print.html", context)


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """The rows as a spreadsheet. That it was made stands in the journal."""
    by = people.acting(request)
    asked = ledger.question(dict(parse_qsl(request.POST.get("query", "")[:1000])))
    found = ledger.page(asked=asked, seen_by=by, limit=MOST)
    name = people.names().get(by.person, "")
    made = f"{name} {clock.local(clock.now()):%Y-%m-%d %H:%M} {_said(asked)}"
    if found.after:
        made += _(" 只含最新的 {most} 件").format(most=MOST)
    book = workbook(
        title=_("收文台账"), heads=HEADS, rows=(_cells(row) for row in found.rows), foot=made
    )
    setting.note_export(rows=len(found.rows), asked=urlencode(asked.asked), form="xlsx", by=by)
    answer = HttpResponse(book, content_type=TYPE)
    day = f"{clock.local(clock.now()):%Y%m%d}"
    answer["Content-Disposition"] = f'attachment; filename="ledger-{day}.xlsx"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep the question under a name."""
    name = request.POST.get("name", "").strip()[:40]
    asked = ledger.question(dict(parse_qsl(request.POST.get("query", "")[:1000])))
    query = urlencode(asked.asked)
    if not name or not query:
        messages.warning(request, _("先选好条件，再写个名称。"))
    else:
        try:
            setting.keep_filter(name=name, query=query, by=people.acting(request))
        except Refusal:
            messages.warning(request, _("常用查询已有 40 个，先删掉不用的。"))
    return redirect(f"{reverse('documents:ledger')}?{query}")


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Give up a kept question."""
    setting.drop_filter(pk=pk, by=people.acting(request))
    return redirect("documents:ledger")


HEADS = (
    *("编号", "登记簿", "收到时间", "来文单位", "来文字号", "标题", "文种", "成文日期", "紧急程度"),
    *(
        "办理类别",
        "主办部门",
        "在谁处",
        "环节",
        "办结时限",
        "办结时间",
        "答复文号",
        "保管期限",
        "档号",
    ),
)


def _cells(row: Row) -> tuple[str, ...]:
    one, matter = row.incoming, row.incoming.matter
    return (
        *(matter.number, one.get_register_display(), _at(one.received_at), one.source),
        *(one.document_no, matter.title, one.sort, one.dated.isoformat() if one.dated else ""),
        *(matter.get_urgency_display(), one.get_purpose_display()),
        *(one.lead.name if one.lead else "", row.holders, "" if matter.closed_at else matter.step),
        *(_at(matter.due_at), _at(matter.closed_at), one.answered_no, one.retention),
        one.archive_no,
    )


def _at(at: datetime | None) -> str:
    return f"{clock.local(at):%Y-%m-%d %H:%M}" if at else ""


def _chips(asked: Question) -> list[Chip]:
    every = [("", _("全部")), *((code, _(name)) for code, name in ledger.STATES.items())]
    return [
        Chip(
            name,
            f"?{urlencode(asked._replace(state=code).asked)}",
            current=asked.state == code,
        )
        for code, name in every
    ]


def _said(asked: Question) -> str:
    """The question in words, for the head of a page and of a print."""
    parts = [
        *(asked.q, asked.source, dict(Incoming.Register.choices).get(asked.register, "")),
        *(
            dict(Incoming.Purpose.choices).get(asked.purpose, ""),
            ledger.STATES.get(asked.state, ""),
        ),
        asked.holder and _("在{name}处").format(name=asked.holder),
        (asked.since or asked.until) and f"{asked.since}—{asked.until}",
        people.names().get(asked.lead, ""),
        people.names().get(asked.unit, ""),
        statistics.names().get(asked.node, ""),
        asked.month,
        asked.age and _("收文 {days} 天").format(days=asked.age),
    ]
    return " · ".join(str(part) for part in parts if part)


def _number(told: str) -> int:
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 19 else 0
