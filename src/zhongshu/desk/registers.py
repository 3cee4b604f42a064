"""One of the three ledgers whole: each row from its source over its evidence to its result. 账簿.

The rows are the apps'; here they only stand in one shape.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhongshu.apps.needs import queries as needs
from zhongshu.apps.supervision import looks
from zhongshu.apps.supervision import queries as supervision
from zhongshu.kernel.supervision.ledgers import Shown
from zhongshu.office.actor import Actor
from zhongshu.office.files import queries as files
from zhongshu.office.matters.ruling import rules
from zhongshu.office.people import queries as people
from zhongshu.office.people.powers import require_person
from zhongshu.office.reading import reads

from .ledgers import ASSIGNED

PAGE = 20


class Entry(NamedTuple):
    """One row: its light, what it is, where from, who answers for it, what proves it, what came."""

    light: str
    word: str
    late: bool
    what: str
    number: str
    href: str
    source: str
    owner: str
    evidence: int
    paper: str
    result: str


class Register(NamedTuple):
    """A ledger: its name, its question, a page of its rows, and where its app keeps it."""

    title: str
    question: str
    page: Page[Any]
    entries: list[Entry]
    home: str


@require_safe
@require_person
@reads
def page(request: HttpRequest, book: str) -> HttpResponse:
    """One ledger, as far as this person may see what stands in it."""
    if book not in BOOKS:
        raise Http404
    found = BOOKS[book](people.acting(request), request.GET.get("page", ""))
    about = {"register": found, "pages": found.page}
    return render(request, "desk/register.html", about)


def _assigned(by: Actor, number: str) -> Register:
    asked = supervision.Filter(state="all", sources=ASSIGNED)
    order = supervision.ledger(seen_by=by, asked=asked).values_list("pk", flat=True)
    chosen = Paginator(order, PAGE).get_page(number)
    rows = looks.rows(supervision.whole(list(chosen.object_list), seen_by=by), rules())
    papers = _papers((f"matter:{row.task.matter.key}" for row in rows), by)
    entries = [
        Entry(
            row.light,
            row.word,
            row.late,
            row.task.matter.title,
            row.task.matter.number,
            row.task.matter.address,
            f"{row.task.get_source_display()} {row.task.source_ref}".strip(),
            row.task.lead.name,
            *papers.get(f"matter:{row.task.matter.key}", (0, "")),
            _came_of(row),
        )
        for row in rows
    ]
    home = reverse("supervision:ledger")
    return Register(_("上级部署"), _("交了什么，落实得怎样"), chosen, entries, home)


def _came_of(row: looks.Row) -> str:
    """What came of a task: its result, and until there is one how far it is."""
    task = row.task
    if task.accepted_at or not task.is_open:
        done = f"{task.get_phase_display()}：{task.latest}" if task.latest else ""
        return done or task.get_phase_display()
    return f"{task.progress}% {task.latest}".strip()


def _needed(by: Actor, number: str) -> Register:
    chosen = Paginator(needs.needs(seen_by=by), PAGE).get_page(number)
    rows, day = list(chosen.object_list), needs.a_day()
    papers = _papers((f"need:{one.key}" for one in rows), by)
    entries = [
        Entry(
            *_lamp(needs.need_light(one, day)),
            one.what,
            one.number,
            reverse("needs:need", args=[one.key]),
            f"{one.unit.name}，{one.get_channel_display()}",
            one.lead.name,
            *papers.get(f"need:{one.key}", (0, "")),
            "，".join(
                part
                for part in (one.get_outcome_display(), one.answer, one.get_rating_display())
                if part
            ),
        )
        for one in rows
    ]
    home = reverse("needs:needs")
    return Register(_("基层需求"), _("要什么，供给得怎样"), chosen, entries, home)


def _lacking(by: Actor, number: str) -> Register:
    chosen = Paginator(needs.shortages(seen_by=by), PAGE).get_page(number)
    rows = list(chosen.object_list)
    papers = _papers((f"shortage:{one.key}" for one in rows), by)
    entries = []
    for one in rows:
        got, ways = needs.got(one), list(one.ways.all())
        asked = "、".join(way.paper for way in ways)
        count, name = papers.get(f"shortage:{one.key}", (0, ""))
        entries.append(
            Entry(
                *_lamp(needs.shortage_light(one)),
                one.what,
                one.number,
                reverse("needs:shortage", args=[one.key]),
                one.why or one.sort,
                one.owner.name,
                count,
                "，".join(part for part in (asked, name) if part),
                _("批 {granted}，到 {arrived}，还缺 {gap} {measure}").format(
                    granted=needs.plain(got.granted),
                    arrived=needs.plain(got.arrived),
                    gap=needs.plain(got.gap),
                    measure=one.measure,
                ),
            )
        )
    home = reverse("needs:shortages")
    return Register(_("全局缺口"), _("缺什么，争取到哪一步"), chosen, entries, home)


def _papers(subjects: Iterable[str], by: Actor) -> dict[str, tuple[int, str]]:
    """How many papers each has that this person may see, and the name of the latest."""
    found = files.of_many(subjects, seen_by=by)
    return {subject: (len(rows), rows[-1].name) for subject, rows in found.items()}


def _lamp(shown: Shown) -> tuple[str, str, bool]:
    english = (get_language() or "").startswith("en")
    return str(shown.light), shown.why.en if english else shown.why.zh, False


BOOKS: dict[str, Callable[[Actor, str], Register]] = {
    "assigned": _assigned,
    "needed": _needed,
    "lacking": _lacking,
}
