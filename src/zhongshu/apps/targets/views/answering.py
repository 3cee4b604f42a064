"""What the pages have in common: which year, a refusal in words. 应答."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.http import Http404, HttpRequest

from zhongshu.apps.targets import queries
from zhongshu.apps.targets.models import Node
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.matters.refusal_words import told as refusal
from zhongshu.office.people import queries as people
from zhongshu.office.refusal import Refusal

Made = TypeVar("Made")


def told(no: Refusal) -> str:
    """Why not, in the language of the page."""
    return refusal(no.refused, people.names())


def tried(request: HttpRequest, act: Callable[[], Made]) -> Made | None:
    """Do it; a refusal becomes a message, and nothing was kept."""
    try:
        return act()
    except Refusal as no:
        messages.error(request, told(no))
        return None


def year_of(request: HttpRequest) -> int:
    """The year of an address; this one where it names none that makes sense."""
    said, now = request.GET.get("year", ""), clock.local(clock.now()).year
    sound = said.isascii() and said.isdecimal() and len(said) == 4 and int(said) >= 2024
    return int(said) if sound else now


def node_or_404(key: str, by: Actor) -> Node:
    """The row of an indicator in force."""
    try:
        return queries.node_of(key=key, seen_by=by)
    except Node.DoesNotExist as no:
        raise Http404 from no
