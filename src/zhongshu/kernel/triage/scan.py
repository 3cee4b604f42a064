"""The order of a whole bureau out of a database, by range scans merged exactly.

The rule changes with the clock, so no column can hold it. But within one weight, matters with time
to spare (start_by > now) stand in order of due time, and the others in order of need; both are
columns. So the first k of all are among the first k of each of these two ranges per weight, and
merging the ranges is exact. `start_by` and `due` are working-minute ordinals of one edition.

For the ranges that must begin now there are two ways in. When they are few, all are fetched through
the index on start_by and sorted; when they are many, the index on need meets the first k soon. Each
is slow where the other is fast, so at most `FEW` are tried first.

The statements below are portable between SQLite and PostgreSQL; `:name` are their parameters.
They expect a table `matter(id, desk, weight, need, due, start_by, closed)`; all times are integers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import merge
from itertools import islice
from typing import NamedTuple

from .facts import CLASSES
from .order import Ranked, rank

FEW = 2000

INDEXES = (
    "CREATE INDEX matter_slack ON matter (weight, due, id, need) WHERE closed = 0",
    "CREATE INDEX matter_tight ON matter (weight, start_by, id, need, due) WHERE closed = 0",
    "CREATE INDEX matter_need ON matter (weight, need, due, id) WHERE closed = 0",
    "CREATE INDEX matter_desk ON matter (desk) WHERE closed = 0",
)
"""Partial indexes: closed matters cost nothing here, however many there are."""

SLACK = (
    "SELECT id, weight, need, due FROM matter WHERE closed = 0 AND weight = :weight"
    " AND due > :now AND due - need > :now ORDER BY due, id LIMIT :limit"
)
"""Those with time to spare, by due time."""

TIGHT = (
    "SELECT id, weight, need, due FROM matter WHERE closed = 0 AND weight = :weight"
    " AND start_by <= :now LIMIT :limit"
)
"""Those that must begin now, in any order: asked with limit `FEW` + 1."""

NEED = (
    "SELECT id, weight, need, due FROM matter WHERE closed = 0 AND weight = :weight"
    " AND due - need <= :now ORDER BY need, due, id LIMIT :limit"
)
"""Those that must begin now, by need: asked when there are more than `FEW`."""

DESK = "SELECT id, weight, need, due FROM matter WHERE closed = 0 AND desk = :desk"
"""One desk: a few hundred rows, sorted by `rank`; no trick is needed."""


class Found(NamedTuple):
    """A row of the table as the rule needs it."""

    id: int
    weight: int
    need: int
    due: int


Fetch = Callable[[str, dict[str, int]], Iterable[Found]]
"""Runs one of the statements with its parameters."""


def first(
    fetch: Fetch, now: int, limit: int, classes: Sequence[int] = CLASSES
) -> tuple[Found, ...]:
    """The first `limit` open matters of the whole bureau, in exactly the order of `rank`.

    The rows of a weight that is not among `classes` would be missed: pass every weight in use.
    """
    scans = [
        scan
        for weight in classes
        for scan in (_slack(fetch, weight, now, limit), _tight(fetch, weight, now, limit))
    ]
    return tuple(islice(merged(scans, now), limit))


def merged(scans: Iterable[Iterable[Found]], now: int) -> Iterator[Found]:
    """Several ranges, each in the order of `rank`, as one."""

    def of(row: Ranked) -> tuple[int, int, int]:
        return rank(row, now)

    return merge(*scans, key=of)


def _slack(fetch: Fetch, weight: int, now: int, limit: int) -> Iterable[Found]:
    return fetch(SLACK, {"weight": weight, "now": now, "limit": limit})


def _tight(fetch: Fetch, weight: int, now: int, limit: int) -> Iterable[Found]:
    few = list(fetch(TIGHT, {"weight": weight, "now": now, "limit": FEW + 1}))
    if len(few) <= FEW:
        return sorted(few, key=lambda row: rank(row, now))
    return fetch(NEED, {"weight": weight, "now": now, "limit": limit})
