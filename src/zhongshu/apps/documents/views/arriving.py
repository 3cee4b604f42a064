"""The tray: what came in, and putting more into it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhongshu.apps.documents import recordsoffice
from zhongshu.apps.documents.actions import arriving
from zhongshu.apps.documents.forms.arriving import DropForm
from zhongshu.apps.documents.models import Arrival
from zhongshu.apps.documents.queries import tray as trays
from zhongshu.apps.documents.refusal_words import say
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.people import queries as people
from zhongshu.office.reading import reads
from zhongshu.office.refusal import Refusal

PAGE = 50
BIG = 5  # a weight from which on a paper is said to be a big thing


class Dropped(NamedTuple):
    """What became of one file: what it was called, and why it was refused."""

    name: str
    arrival: Arrival | None
    why: list[str]


class Line(NamedTuple):
    """One row of the tray in words: what it is called, how it stands, what is odd about it."""

    row: trays.Row
    title: str
    why: str
    more: str
    mark: str = ""
    mark_text: str = ""


def _line(row: trays.Row) -> Line:
    """A row as people read it."""
    states = {
        Arrival.State.WAITING: _("正在读取"),
        Arrival.State.UNREADABLE: _("没读出文字"),
        Arrival.State.READY: _("已读出") if row.arrival.digest else _("纸质件"),
    }
    why = states[Arrival.State(row.arrival.state)]
    more = _("已暂存") if row.arrival.typed else ""
    title = row.title or row.arrival.name or _("纸质件")
    if row.like:
        return Line(row, title, "", more or why, "late", _("可能重复"))
    if row.arrival.weight >= BIG:
        return Line(row, title, "", more or why, "major", _("大事"))
    return Line(row, title, why, more)


def clerk(request: HttpRequest) -> Actor:
    """Who keeps the registers; for anybody else the page is not there."""
    by = people.acting(request)
    if not recordsoffice.keeps(by):
        raise PermissionDenied
    return by


@require_safe
@reads
def tray(request: HttpRequest) -> HttpResponse:
    """What lies in the tray, most pressing first."""
    return _tray(request, clerk(request))


def _tray(
    request: HttpRequest,
    by: Actor,
    dropped: Sequence[Dropped] = (),
    form: DropForm | None = None,
) -> HttpResponse:
    batch = request.GET.get("batch", "")
    keys = trays.order(seen_by=by)
    start = _start(request, len(keys))
    page = {
        "form": form or DropForm(initial={"batch": clock.token()}),
        "rows": [_line(row) for row in trays.page(keys=keys[start : start + PAGE], seen_by=by)],
        "total": len(keys),
        "first": start + 1,
        "last": min(start + PAGE, len(keys)),
        "before": f"?from={max(0, start - PAGE)}" if start else "",
        "after": f"?from={start + PAGE}" if start + PAGE < len(keys) else "",
        "batch": batch,
        "progress": trays.progress(batch=batch, seen_by=by) if batch else None,
        "dropped": dropped,
    }
    status = 422 if dropped or (form and form.errors) else 200
    return render(request, "documents/register_tray.html", page, status=status)


def _start(request: HttpRequest, whole: int) -> int:
    asked = request.GET.get("from", "")
    return int(asked) if asked.isdecimal() and len(asked) < 6 and int(asked) < whole else 0


@require_safe
@reads
def progress(request: HttpRequest, batch: str) -> HttpResponse:
    """How far the reading has come; asked for again and again, until all is read."""
    found = trays.progress(batch=batch, seen_by=clerk(request))
    page = {"batch": batch, "progress": found}
    answer = render(request, "documents/_progress.html", page)
    if not found.waits:
        answer["HX-Refresh"] = "true"
    return answer


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Files for the tray, one or many; each is kept or refused by itself."""
    by, form = clerk(request), DropForm(request.POST, request.FILES)
    if not form.is_valid():
        return _tray(request, by, form=form)
    got = form.cleaned_data
    came: list[UploadedFile[Any]] = got["papers"]
    alone = len(came) == 1 and "part" not in request.POST
    dropped = [_take(one, got["batch"], got["vouched"], alone, by) for one in came]
    if "part" in request.POST:
        return render(request, "documents/_dropped.html", {"dropped": dropped})
    if any(one.arrival is None for one in dropped):
        return _tray(request, by, dropped)
    (first, *more) = [one.arrival for one in dropped if one.arrival]
    if not more:
        return redirect("documents:register", first.key)
    return redirect(f"{request.path.removesuffix('add/')}?batch={got['batch']}")


def _take(file: UploadedFile[Any], batch: str, vouched: bool, alone: bool, by: Actor) -> Dropped:
    """Keep one file and, when it came alone and is soon read, read it at once."""
    came = arriving.Came(file.name or "", file.chunks(), vouched)
    try:
        arrival = arriving.receive(came=came, batch=batch, by=by, soon=alone)
        return Dropped(arrival.name, arrival, [])
    except Refusal as no:
        return Dropped(file.name or "", None, say(no.refused))


@require_POST
def apart(request: HttpRequest, key: str) -> HttpResponse:
    """不是同一件."""
    of, why = request.POST.get("of", ""), request.POST.get("why", "")
    try:
        arriving.apart(key=key, of=of, why=why, by=clerk(request))
    except Refusal as no:
        messages.error(request, " ".join(say(no.refused)))
    return redirect("documents:register", key)


@require_POST
def same(request: HttpRequest, key: str) -> HttpResponse:
    """是同一件: set aside, and on with the next."""
    by = clerk(request)
    try:
        earlier = arriving.same(key=key, of=request.POST.get("of", ""), by=by)
    except Refusal as no:
        messages.error(request, " ".join(say(no.refused)))
        return redirect("documents:register", key)
    number = earlier.matter.number if earlier.matter else earlier.name
    messages.success(request, _("已并到 {number}，不再登记。").format(number=number))
    return redirect("documents:tray")


@require_POST
def destroy(request: HttpRequest, key: str) -> HttpResponse:
    """It is a state secret after all."""
    try:
        arriving.destroy(key=key, by=clerk(request))
        said = _("已销毁，没有保存任何内容。请把载体交机要人员，并报告保密干部。")
        messages.warning(request, said)
    except Refusal as no:
        messages.error(request, " ".join(say(no.refused)))
    return redirect("documents:tray")
