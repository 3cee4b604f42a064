"""Going back through the journal, latest first, at a cost that never grows with it. 查日志.

Each question goes down one index. What the index cannot answer is looked at row by row, and after
so many rows the walk stops and says where to go on: so a rare answer takes several presses, never a
long wait.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from heapq import merge
from itertools import islice
from typing import NamedTuple

from django.db.models import Q, QuerySet

from zhongshu.office import clock

from .models import Entry

PAGE = 40
CHUNK = 400
FAR = 2_000  # rows looked at for one page


class Asked(NamedTuple):
    """What is looked for; what is left empty is not asked."""

    subject: str = ""
    persons: tuple[str, ...] = ()
    verb: str = ""
    day: date | None = None


class Found(NamedTuple):
    """Some entries, latest first, and the entry after which to go on; 0 at the end."""

    entries: tuple[Entry, ...]
    after: int


Gate = Callable[[list[Entry]], Iterable[Entry]]


def found(*, asked: Asked, gate: Gate, after: int = 0) -> Found:
    """The entries that were asked for, older than `after` if one is given.

    `gate` gets some rows at a time and leaves out what the reader may not see.
    """
    rows = _asked(asked)
    mark = Entry.objects.filter(pk=after).values_list("at", "pk").first() if after else None
    kept: list[Entry] = []
    looked = 0
    while looked < FAR:
        chunk = _next(rows, mark)
        for row in gate([row for row in chunk if _fits(row, asked)]):
            kept.append(row)
            if len(kept) > PAGE:
                return Found(tuple(kept[:PAGE]), kept[PAGE - 1].pk)
        if len(chunk) < CHUNK:
            return Found(tuple(kept), 0)
        looked, mark = looked + len(chunk), (chunk[-1].at, chunk[-1].pk)
    return Found(tuple(kept), chunk[-1].pk)


def _asked(asked: Asked) -> list[QuerySet[Entry]]:
    """The rows of the most telling index, one walk for each person; `at` is the second column of
    each, so that none is sorted."""
    rows = Entry.objects.order_by("-at", "-pk").defer("spelt")
    if asked.day:
        start = datetime.combine(asked.day, time(), clock.ZONE)
        rows = rows.filter(at__gte=start, at__lt=start + timedelta(days=1))
    if asked.subject:
        return [rows.filter(subject=asked.subject)]
    if asked.persons:
        return [rows.filter(person=one) for one in asked.persons]
    return [rows.filter(verb=asked.verb) if asked.verb else rows]


def _next(walks: list[QuerySet[Entry]], mark: tuple[datetime, int] | None) -> list[Entry]:
    """The next rows of all walks together."""
    came = [list(_before(rows, mark)[:CHUNK]) for rows in walks]
    return list(islice(merge(*came, key=lambda row: (row.at, row.pk), reverse=True), CHUNK))


def _before(rows: QuerySet[Entry], mark: tuple[datetime, int] | None) -> QuerySet[Entry]:
    """The rows older than one; those of the same instant in the order they were written."""
    if mark is None:
        return rows
    at, pk = mark
    return rows.filter(Q(at__lte=at) & (Q(at__lt=at) | Q(pk__lt=pk)))


def _fits(row: Entry, asked: Asked) -> bool:
    return (not asked.persons or row.person in asked.persons) and asked.verb in {"", row.verb}
