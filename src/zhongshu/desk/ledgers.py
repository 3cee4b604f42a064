"""三本账: what superiors assigned, what the grassroots need, what the house lacks. Each answers one
question, its unanswered part first; then single things that run through several of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhongshu.apps.needs import queries as needs
from zhongshu.apps.needs.models import Need, Shortage
from zhongshu.apps.supervision import looks
from zhongshu.apps.supervision import queries as supervision
from zhongshu.apps.supervision.models import Task
from zhongshu.kernel.supervision.ledgers import Shown
from zhongshu.kernel.supervision.lights import Light
from zhongshu.office.actor import Actor
from zhongshu.office.matters.ruling import rules
from zhongshu.office.people import queries as people
from zhongshu.office.people.powers import require_person
from zhongshu.office.reading import reads
from zhongshu.office.ui import telling
from zhongshu.office.ui.parts import Share, Step

ASSIGNED = (
    Task.Source.SUPERIOR_DOCUMENT,
    Task.Source.SUPERIOR_INSTRUCTION,
    Task.Source.OWN_INSTRUCTION,
    Task.Source.MEETING,
    Task.Source.TARGET,
)
SHOWN = 6  # rows of one ledger on this page; the rest is one click away
MOST = 2000  # rows of one ledger that are counted


class Line(NamedTuple):
    """One row of a ledger: what, where it leads, how it stands, and from whom."""

    text: str
    href: str
    light: str
    word: str
    more: str


class Book(NamedTuple):
    """One ledger: its question, what is unanswered now, its stages, its worst rows."""

    title: str
    number: int
    question: str
    red: int
    unanswered: str
    stages: list[Share]
    lines: list[Line]
    href: str


class Thread(NamedTuple):
    """One thing that runs through the ledgers."""

    title: str
    href: str
    more: str
    steps: list[Step]


@require_safe
@require_person
@reads
def page(request: HttpRequest) -> HttpResponse:
    """The three ledgers, as far as this person may see what stands in them."""
    by = people.acting(request)
    books = [assigned(by), needed(by), lacking(by)]
    about = {"books": books, "threads": threads(by), "rates": rates(by)}
    return render(request, "desk/ledgers.html", about)


def rates(by: Actor) -> list[tuple[str, str, str]]:
    """三率, each with what it rests on."""
    found = needs.rates(seen_by=by)
    pairs = (
        (_("按时答复"), found.answered, found.due),
        (_("解决"), found.solved, found.called),
        (_("满意"), found.satisfied, found.rated),
    )
    return [(word, *telling.rate(part, whole)) for word, part, whole in pairs]


def assigned(by: Actor) -> Book:
    """上级部署: what was assigned, and how it is carried out."""
    counted = supervision.by_phase(seen_by=by, sources=ASSIGNED)
    unassigned = counted.get("draft", 0) + counted.get("establishing", 0)
    stages = [
        Share(_("还没交办"), unassigned, "red"),
        Share(_("在办"), counted.get("doing", 0), "plot"),
        Share(_("待核查"), counted.get("checking", 0), "ink"),
        Share(_("暂缓"), counted.get("paused", 0), "soft"),
        Share(_("办结"), counted.get("closed", 0) + counted.get("filed", 0), "grey"),
    ]
    order = supervision.ledger(seen_by=by, asked=supervision.Filter(sources=ASSIGNED))
    worst = supervision.whole(list(order.values_list("pk", flat=True)[:SHOWN]), seen_by=by)
    lines = [
        Line(
            one.task.matter.title,
            one.task.matter.address,
            one.light,
            one.word,
            f"{one.task.source_ref or one.task.get_source_display()}，{one.task.lead.name}",
        )
        for one in looks.rows(worst, rules())
    ]
    told = _("项还没有交办到牵头科室")
    total = sum(counted.values())
    where = reverse("desk:register", args=["assigned"])
    return Book(
        _("上级部署"), total, _("交了什么，落实得怎样"), unassigned, told, stages, lines, where
    )


def needed(by: Actor) -> Book:
    """基层需求: what is needed, and how it is supplied."""
    rows = list(needs.needs(seen_by=by)[:MOST])
    day = needs.a_day()
    lit = [(one, needs.need_light(one, day)) for one in rows]
    silent = [one for one, shown in lit if not one.answered_at and shown.light is Light.RED]
    stages = [
        Share(_("没有回音"), len(silent), "red"),
        Share(_("待答复"), sum(1 for one in rows if not one.answered_at) - len(silent), "soft"),
        Share(_("办理中"), _of(rows, "", "partly"), "plot"),
        Share(_("列入计划"), _of(rows, "planned"), "ink"),
        Share(_("已解决"), _of(rows, "solved"), "green"),
        Share(_("已解释"), _of(rows, "explained", "not_feasible", "not_ours"), "grey"),
    ]
    lines = [
        Line(one.what, reverse("needs:need", args=[one.key]), *_lamp(shown), one.unit.name)
        for one, shown in sorted(lit, key=lambda pair: _rank(pair[1]))[:SHOWN]
    ]
    told = _("条过了时限还没有回音")
    where = reverse("desk:register", args=["needed"])
    return Book(
        _("基层需求"), len(rows), _("要什么，供给得怎样"), len(silent), told, stages, lines, where
    )


def lacking(by: Actor) -> Book:
    """全局缺口: what is lacking, and how far it was obtained."""
    rows = list(needs.shortages(seen_by=by)[:MOST])
    lit = [(one, needs.shortage_light(one)) for one in rows]
    pathless = [one for one, shown in lit if shown.why.zh == "没有在走的门路"]
    counted = _counted(_stage(one) for one in rows)
    stages = [
        Share(_("没有门路"), counted.get("none", 0), "red"),
        Share(_("申请中"), counted.get("asked", 0), "plot"),
        Share(_("已批复"), counted.get("granted", 0), "ink"),
        Share(_("已到位"), counted.get("here", 0), "grey"),
    ]
    lines = [
        Line(one.what, reverse("needs:shortage", args=[one.key]), *_lamp(shown), _gap(one))
        for one, shown in sorted(lit, key=lambda pair: _rank(pair[1]))[:SHOWN]
    ]
    where = reverse("desk:register", args=["lacking"])
    told = _("项没有在走的门路")
    return Book(
        _("全局缺口"),
        len(rows),
        _("缺什么，争取到哪一步"),
        len(pathless),
        told,
        stages,
        lines,
        where,
    )


def threads(by: Actor) -> list[Thread]:
    """From a need over a shortage and a paper to what arrived, and back to who asked."""
    rows = needs.shortages(seen_by=by).filter(needs__isnull=False).distinct()[:6]
    asked = needs.needs(seen_by=by)
    return [_thread(one, list(asked.filter(shortage=one))) for one in rows]


def _thread(one: Shortage, asked: list[Need]) -> Thread:
    got, ways = needs.got(one), list(one.ways.all())
    paper = ways[0].paper if ways else ""
    told = all(need.answered_at for need in asked)
    passed = [True, True, bool(ways), bool(got.granted), not got.gap, not got.gap and told]
    units = "、".join(dict.fromkeys(need.unit.name for need in asked))
    notes = [
        _("{n} 条").format(n=len(asked)),
        one.number,
        paper,
        f"{needs.plain(got.granted)} {one.measure}" if got.granted else "",
        f"{needs.plain(got.arrived)} {one.measure}" if got.arrived else "",
        units,
    ]
    names = (_("需求"), _("缺口"), _("申报"), _("批复"), _("到位"), _("告知"))
    here = passed.index(False) if False in passed else len(passed)
    steps = [
        Step(name, "done" if n < here else "now" if n == here else "next", note)
        for n, (name, note) in enumerate(zip(names, notes, strict=True))
    ]
    return Thread(one.what, reverse("needs:shortage", args=[one.key]), units, steps)


def _stage(one: Shortage) -> str:
    got = needs.got(one)
    if not got.gap:
        return "here"
    if got.granted:
        return "granted"
    return "asked" if any(not way.closed for way in one.ways.all()) else "none"


def _gap(one: Shortage) -> str:
    got = needs.got(one)
    return _("还缺 {gap} {measure}，{owner}").format(
        gap=needs.plain(got.gap), measure=one.measure, owner=one.owner.name
    )


def _lamp(shown: Shown) -> tuple[str, str]:
    english = (get_language() or "").startswith("en")
    return str(shown.light), shown.why.en if english else shown.why.zh


def _rank(shown: Shown) -> int:
    return list(Light).index(shown.light)


def _of(rows: Iterable[Need], *outcomes: str) -> int:
    return sum(1 for one in rows if one.answered_at and one.outcome in outcomes)


def _counted(values: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for value in values:
        found[value] = found.get(value, 0) + 1
    return found
