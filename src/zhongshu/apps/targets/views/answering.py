"""What the pages have in common: which year, which indicator. 应答."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from zhongshu.apps.targets import queries
from zhongshu.apps.targets.models import Node
from zhongshu.office import clock
from zhongshu.office.actor import Actor


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
