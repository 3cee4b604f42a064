"""What the machine looks at: which matters time or a change of people may move. Keys only. 定时.

The machine reads no paper and decides nothing; it knocks, and the engine says what happens.
"""

from __future__ import annotations

from collections.abc import Collection

from zhongshu.kernel.flow import commands as c
from zhongshu.kernel.flow.case import Outcome
from zhongshu.office.actor import machine

from . import actions
from .models import Matter
from .offers import trial_of

ALIVE = ("running", "draft", "returned")


def due(*, minute: int, limit: int, without: Collection[str] = ()) -> list[str]:
    """Keys of the matters whose hour has come, the oldest hour first."""
    waiting = Matter.objects.filter(wake__lte=minute).exclude(key__in=without)
    return list(waiting.order_by("wake").values_list("key", flat=True)[:limit])


def alive_after(*, pk: int, limit: int) -> list[tuple[int, str]]:
    """The next matters that are not closed, by their order of opening."""
    rows = Matter.objects.filter(pk__gt=pk, state__in=ALIVE).order_by("pk")
    return list(rows.values_list("pk", "key")[:limit])


def reseat(*, key: str) -> bool:
    """Look again who sits where in one matter; writes, and locks, only where somebody moves."""
    matter = Matter.objects.select_related("case").get(key=key)
    tried = trial_of(matter, machine("people")).tries(c.Reseat)
    if not isinstance(tried, Outcome) or tried.event is None:
        return False
    actions.reseat(key=key)
    return True
