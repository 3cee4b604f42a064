"""The order of a whole bureau out of a database, by range scans merged exactly.

The rule changes with the clock, so no column can hold it. But within one weight, matters with time
to spare (start_by > now) stand in order of due time, and the others in order of need; both are
columns. So the first k of all are among the first k of each of these two ranges per weight, and
merging the ranges is exact. `start_by` and `due` are working-minute ordinals of one edition.

For the ranges that must begin now there are two ways in. Where they are few, all are found through
the index on start_by and sorted; where they are many, the index on need meets the first k soon.
Each is slow where the other is fast, so one statement first counts, up to `FEW`, and the second
fetches: two statements for any office.

The statements are portable between SQLite and PostgreSQL; `:name` are their parameters. They expect
a table `matter(id, desk, weight, need, due, start_by, closed)` of integers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from .facts import CLASSES

FEW = 1000

INDEXES = (
    "CREATE INDEX matter_slack ON matter (weight, due, id, need) WHERE closed = 0",
    "CREATE INDEX matter_tight ON matter (weight, start_by, id, need, due) WHERE closed = 0",
    "CREATE INDEX matter_need ON matter (weight, need, due, id) WHERE closed = 0",
    "CREATE INDEX matter_desk ON matter (desk) WHERE closed = 0",
)
"""Partial indexes: closed matters cost nothing here, however many there are."""

COUNT = (
    "SELECT CAST(:weight AS INTEGER) AS weight, count(*) AS tight FROM"
    " (SELECT 1 FROM matter WHERE closed = 0 AND weight = :weight AND start_by <= :now"
    " LIMIT :few) AS tight_of_weight"
)
"""How many of a weight must begin now, up to :few."""

SLACK = (
    "SELECT id, weight, need, due FROM"
    " (SELECT id, weight, need, due FROM matter WHERE closed = 0 AND weight = :weight"
    " AND due > :now AND due - need > :now ORDER BY due, id LIMIT :limit) AS slack_of_weight"
)
"""Those of a weight with time to spare, by due time."""

TIGHT = (
    "SELECT id, weight, need, due FROM"
    " (SELECT id, weight, need, due FROM matter WHERE closed = 0 AND weight = :weight"
    " AND start_by <= :now LIMIT :few) AS tight_of_weight"
)
"""Those of a weight that must begin now, all of them: used where they are fewer than :few."""

NEED = (
    "SELECT id, weight, need, due FROM"
    " (SELECT id, weight, need, due FROM matter WHERE closed = 0 AND weight = :weight"
    " AND due - need <= :now ORDER BY need, due, id LIMIT :limit) AS need_of_weight"
)
"""Those of a weight that must begin now, by need: used where they are many."""

MERGED = (
    "SELECT id, weight, need, due FROM (:ranges) AS ranges ORDER BY"
    " CASE WHEN due - :now > need THEN due - :now ELSE need END * (2520 / weight), due, id"
    " LIMIT :limit"
)
"""The ranges, put for :ranges, in the order of `rank`; 2520 is divisible by every weight."""

DESK = "SELECT id, weight, need, due FROM matter WHERE closed = 0 AND desk = :desk"
"""One desk: a few hundred rows, sorted by `rank`; no trick is needed."""

Fetch = Callable[[str, dict[str, int]], Iterable[tuple[int, ...]]]
"""Runs a statement with its parameters."""


class Found(NamedTuple):
    """A row of the table as the rule needs it."""

    id: int
    weight: int
    need: int
    due: int


class Source(NamedTuple):
    """Another table of the same columns, and which of its rows count; `names` are parameters of
    that condition. Its indexes begin with the columns that the condition fixes."""

    table: str
    where: str
    names: Mapping[str, int] = {}


MATTERS = Source("matter", "closed = 0")
"""The open matters of a whole bureau."""


def first(
    fetch: Fetch,
    now: int,
    limit: int,
    classes: Sequence[int] = CLASSES,
    few: int = FEW,
    source: Source = MATTERS,
) -> tuple[Found, ...]:
    """The first `limit` rows of a source, in exactly the order of `rank`.

    Rows of a weight that is not among `classes` are not seen: pass every weight in use.
    """

    def ask(statement: str, names: dict[str, int]) -> Iterable[tuple[int, ...]]:
        """The statement, of this source."""
        of_source = statement.replace(f"FROM {MATTERS.table} ", f"FROM {source.table} ")
        return fetch(of_source.replace(MATTERS.where, source.where), {**names, **source.names})

    weights = {f"w{weight}": weight for weight in classes}
    common = {"now": now, "few": few, **weights}
    counted = ask(_union([(COUNT, name) for name in weights]), common)
    counts = {row[0]: row[1] for row in counted}
    ranges = [(SLACK, name) for name in weights]
    ranges += [(TIGHT if counts[weight] < few else NEED, name) for name, weight in weights.items()]
    statement = MERGED.replace(":ranges", _union(ranges))
    return tuple(Found(*row) for row in ask(statement, {**common, "limit": limit}))


def _union(parts: Iterable[tuple[str, str]]) -> str:
    return " UNION ALL ".join(text.replace(":weight", f":{name}") for text, name in parts)
