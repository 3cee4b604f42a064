"""What one was told; marking it read; what could not be delivered. 通知页面."""

from __future__ import annotations

from itertools import groupby
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.notices import actions, queries
from zhongshu.office.notices.models import Notice
from zhongshu.office.people.models import Account
from zhongshu.office.people.queries import acting
from zhongshu.office.reading import reads
from zhongshu.office.ui import telling
from zhongshu.office.ui.parts import Chip


class Row(NamedTuple):
    """One notice on the page."""

    line: queries.Line
    text: str
    href: str
    more: str
    clock: str


class Day(NamedTuple):
    """The notices of one day."""

    name: str
    rows: tuple[Row, ...]


@require_safe
@reads
def page(request: HttpRequest) -> HttpResponse:
    """The notices of who is signed in, newest first, by day."""
    unread = request.GET.get("show") == "unread"
    actor = acting(request)
    found = queries.page(seen_by=actor, unread=unread, before=number(request.GET.get("before")))
    here = reverse("desk:notices")
    told = {
        "days": _days(found.lines),
        "after": found.after,
        "newest": found.lines[0].notice.pk if found.lines else 0,
        "unread": unread,
        "count": queries.unread_words(seen_by=actor),
        "chips": (
            Chip(_("全部"), here, current=not unread),
            Chip(_("未读"), f"{here}?show=unread", current=unread),
        ),
    }
    return render(request, "desk/notices.html", told)


@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """One is read: the pen goes round it."""
    actor = acting(request)
    line = _own(pk, actor)
    actions.mark_read(pk=pk, by=actor)
    if request.headers.get("HX-Request"):
        return render(request, "desk/notice_read.html", {"line": line})
    return redirect("desk:notices")


@require_POST
def read_all(request: HttpRequest) -> HttpResponseRedirect:
    """All are read, up to the newest that was shown."""
    actions.mark_all_read(up_to=number(request.POST.get("up_to")), by=acting(request))
    return redirect("desk:notices")


@require_POST
def seen(request: HttpRequest, key: str) -> HttpResponse:
    """The page of a matter has been before his eyes. Sent by the page itself, for a look alone
    changes nothing; of somebody else's matter it says the same."""
    actions.mark_matter_read(key=key, by=acting(request))
    return HttpResponse(status=204)


@require_safe
@reads
def outbox(request: HttpRequest) -> HttpResponse:
    """What could not be delivered, for the system administrator: ways and reasons, no matters."""
    user = request.user
    if not isinstance(user, Account) or user.office != Account.Office.SYSTEM:
        raise Http404
    told = {"rows": queries.given_up(), "waiting": queries.waiting()}
    return render(request, "desk/outbox.html", told)


def number(told: str | None) -> int:
    """A number out of an address or a form; 0 for anything that is none the tables can hold."""
    sound = told is not None and told.isascii() and told.isdecimal() and len(told) < 19
    return int(told) if told is not None and sound else 0


def _own(pk: int, actor: Actor) -> queries.Line:
    try:
        return queries.one(pk=pk, seen_by=actor)
    except (Notice.DoesNotExist, OverflowError) as no:
        raise Http404 from no


def _days(lines: tuple[queries.Line, ...]) -> tuple[Day, ...]:
    today = clock.local(clock.now()).date()
    days = groupby(lines, key=lambda line: clock.local(line.notice.at).date())
    return tuple(
        Day(_("今天") if day == today else telling.day(today, day), tuple(map(_row, rows)))
        for day, rows in days
    )


def _row(line: queries.Line) -> Row:
    matter = line.matter
    parts = [line.sentence, matter.number] if matter else []
    if line.undelivered:
        parts.append(_("{ways}未送达").format(ways="、".join(line.undelivered)))
    return Row(
        line,
        matter.title if matter else line.sentence,
        matter.address if matter else "",
        " · ".join(parts),
        f"{clock.local(line.notice.at):%H:%M}",
    )
