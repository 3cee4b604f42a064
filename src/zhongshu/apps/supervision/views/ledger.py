"""督办台账: what is most at risk first, chased together, printed, taken away as a spreadsheet."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from zhongshu.apps.supervision import actions, looks, queries
from zhongshu.apps.supervision.models import Task
from zhongshu.apps.supervision.powers import establishes, is_chief, leads
from zhongshu.apps.supervision.queries import Filter
from zhongshu.apps.supervision.standing import rules
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.handling.answering import told
from zhongshu.office.people import queries as people
from zhongshu.office.people.powers import require_person
from zhongshu.office.reading import reads
from zhongshu.office.refusal import Refusal
from zhongshu.office.ui import spreadsheet
from zhongshu.office.ui.parts import Chip, Choice, Share

PAGE = 20
MOST = 200  # tasks chased with one press
NAMES = ("state", "light", "source", "lead", "whose", "due")


@require_safe
@require_person
@reads
def ledger(request: HttpRequest) -> HttpResponse:
    """The ledger."""
    by, asked = people.acting(request), _asked(request)
    order = queries.ledger(seen_by=by, asked=asked).values_list("pk", flat=True)
    tally = queries.tally(seen_by=by)
    counted = tally.lights(lead=asked.lead, source=asked.source)
    pages = Paginator(order, PAGE)
    if asked == Filter(lead=asked.lead, source=asked.source):
        pages.__dict__["count"] = sum(counted.values())  # the same rows, counted already
    page = pages.get_page(request.GET.get("page"))
    about = {
        "page": page,
        "rows": looks.rows(queries.whole(list(page.object_list), seen_by=by), rules()),
        "asked": asked,
        "shares": _shares(counted, by),
        "open": sum(counted.values()),
        "red": counted.get("red", 0),
        "chips": _chips(asked, tally.sources()),
        "choices": _choices(asked),
        "consents": queries.to_consent(seen_by=by)[:10],
        "may_establish": establishes(by),
        "may_chase": asked.state == "open" and (establishes(by) or is_chief(by) or leads(by)),
        "query": urlencode(_said(asked)),
    }
    return render(request, "supervision/ledger.html", about)


@require_POST
@require_person
def chase(request: HttpRequest) -> HttpResponse:
    """Chase every task that was ticked; each by itself, so that one refusal stops no other."""
    by, keys = people.acting(request), request.POST.getlist("key")[:MOST]
    seen = queries.tasks(seen_by=by).filter(matter__key__in=keys)
    done, refused = 0, []
    for key in seen.values_list("matter__key", flat=True).order_by("pk"):
        try:
            actions.chase(key=key, words=request.POST.get("words", ""), by=by)
            done += 1
        except Refusal as no:
            refused.append(told(no))
    if done:
        messages.success(
            request, ngettext("已催办 {n} 件。", "已催办 {n} 件。", done).format(n=done)
        )
    for line in dict.fromkeys(refused):
        messages.warning(request, line)
    if not done and not refused:
        messages.warning(request, _("没有选中任何事项。"))
    return redirect(f"{request.path.removesuffix('chase/')}?{request.POST.get('query', '')}"[:500])


@require_safe
@require_person
@reads
def printed(request: HttpRequest) -> HttpResponse:
    """The ledger on paper."""
    by, asked = people.acting(request), _asked(request)
    rows = _rows(by, asked, 500)
    about = {"rows": rows, "now": clock.now(), "reader": people.names().get(by.person, "")}
    return render(request, "supervision/print_ledger.html", about)


@require_safe
@require_person
@reads
def exported(request: HttpRequest) -> HttpResponse:
    """The ledger as a spreadsheet: what this person may see, and nothing else."""
    by, asked = people.acting(request), _asked(request)
    rows = _rows(by, asked, 5000)
    head = (
        *("编号", "事项", "来源", "出处", "任务要求", "牵头", "配合", "时限", "原定时限"),
        *("灯", "原因", "进度", "应到", "最近进展", "催办", "延期", "退回"),
    )
    return spreadsheet.attached("督办台账", head, [_cells(row) for row in rows])


def _rows(by: Actor, asked: Filter, most: int) -> list[looks.Row]:
    order = queries.ledger(seen_by=by, asked=asked).values_list("pk", flat=True)[:most]
    return looks.rows(queries.whole(list(order), seen_by=by), rules())


def _cells(row: looks.Row) -> tuple[str | int, ...]:
    task = row.task
    return (
        task.matter.number,
        task.matter.title,
        task.get_source_display(),
        task.source_ref,
        task.requirement,
        task.lead.name,
        row.assists,
        _day(task.matter.due_at),
        _day(task.first_due_at),
        row.word,
        row.why,
        task.progress,
        row.expected,
        task.latest,
        task.chases,
        task.postponed,
        task.returns,
    )


def _day(at: datetime | None) -> str:
    return f"{clock.local(at):%Y-%m-%d}" if at else ""


def _asked(request: HttpRequest) -> Filter:
    """The filter of an address; what it does not know is left out."""
    got = {name: request.GET.get(name, "")[:40] for name in NAMES}
    if got["state"] not in {"open", "closed", "ended", "all"}:
        got["state"] = "open"
    return Filter(**got)


def _said(asked: Filter) -> dict[str, str]:
    return {name: getattr(asked, name) for name in NAMES if getattr(asked, name)}


def _at(asked: Filter, **more: str) -> str:
    return "?" + urlencode({**_said(asked), **more})


def _shares(counted: dict[str, int], by: Actor) -> list[Share]:
    month = clock.local(clock.now()).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    shares = [
        Share(_(name), counted.get(light, 0), "grey" if light == "grey" else light)  # type: ignore[arg-type]
        for light, name in looks.LAMPS
    ]
    return [*shares, Share(_("本月办结"), queries.closed_since(seen_by=by, since=month), "blue")]


def _chips(asked: Filter, came: dict[str, int]) -> list[Chip]:
    whose = (
        ("", _("全部")),
        ("mine", _("轮到我")),
        ("lead", _("我科牵头")),
        ("charge", _("我分管")),
    )
    chips = [
        Chip(word, _at(asked, whose=code), current=asked.whose == code) for code, word in whose
    ]
    lights = [
        Chip(
            _(name),
            _at(asked, light="" if asked.light == light else light),
            current=asked.light == light,
        )
        for light, name in looks.LAMPS
    ]
    week = Chip(
        _("五日内到期"), _at(asked, due="" if asked.due else "week"), current=bool(asked.due)
    )
    sources = [
        Chip(
            str(Task.Source(code).label),
            _at(asked, source="" if asked.source == code else code),
            count,
            current=asked.source == code,
        )
        for code, count in sorted(came.items(), key=lambda one: -one[1])
    ]
    return [*chips, *(lights if asked.state == "open" else []), week, *sources]


def _choices(asked: Filter) -> list[Choice]:
    states = (("open", _("在办")), ("closed", _("办结")), ("ended", _("撤并")), ("all", _("全部")))
    return [Choice(word, _at(asked, state=code), asked.state == code) for code, word in states]
