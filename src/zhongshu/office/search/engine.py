"""The only SQL of search: the index in FTS5 or as tsvector under GIN, and the question to it.

Every text here is a literal and every value is bound. There are two tables, one of titles and one
of all texts; each has a `rowid` (see `places`) and the tokens of a row, without their places and
without the text. Hits are put in order first and then shown to the gate one by one, so that a word
half the house uses costs no more than a rare one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from zhongshu.office.matters.models import Matter

from .grams import Term

TITLES = "search_titles"
TEXTS = "search_texts"


class Dialect(NamedTuple):
    """How one database says it. {table} is one of the two names above, nothing else."""

    create: tuple[str, ...]
    add: str
    remove: str
    clear: str
    matches: str
    holds: str
    token: str
    beginning: str
    both: str


SQLITE = Dialect(
    create=(
        "CREATE VIRTUAL TABLE {table} USING fts5"
        "(grams, content='', detail=none, columnsize=0, tokenize='ascii')",
    ),
    add="INSERT INTO {table}(rowid, grams) VALUES (%s, %s)",
    remove="INSERT INTO {table}({table}, rowid, grams) VALUES ('delete', %s, %s)",
    clear="INSERT INTO {table}({table}) VALUES ('delete-all')",
    matches="{row}.{table} MATCH %s",
    holds="instr(d.spelling, %s) > 0",
    token='"{}"',
    beginning='"{}"*',
    both=" AND ",
)
POSTGRES = Dialect(
    create=(
        "CREATE TABLE {table} (rowid bigint PRIMARY KEY, grams tsvector NOT NULL)",
        "CREATE INDEX {table}_grams ON {table} USING gin (grams)",
    ),
    add="INSERT INTO {table}(rowid, grams) VALUES (%s, array_to_tsvector(%s))",
    remove="DELETE FROM {table} WHERE rowid = %s AND %s::text[] IS NOT NULL",
    clear="DELETE FROM {table}",
    matches="{row}.grams @@ %s::tsquery",
    holds="strpos(d.spelling, %s) > 0",
    token="'{}'",
    beginning="'{}':*",
    both=" & ",
)
DROP = "DROP TABLE {table}"
FOUND = (
    "SELECT f.rowid FROM (SELECT f.rowid FROM {table} f WHERE f.rowid < %s AND {matches}"
    " ORDER BY f.rowid DESC) f WHERE ({gate} LIMIT 1) IS NOT NULL"
)  # LIMIT, IS: asked of each hit; the planner may not make a join of it, which would lose the order
HOLDS = (
    " AND (SELECT 1 FROM search_document d WHERE d.id = {row}.rowid AND {holds} LIMIT 1)"
    " IS NOT NULL"
)
ALSO = (
    " AND ((f.rowid >> 24) IN (SELECT g.rowid >> 24 FROM search_texts g WHERE {matches})) IS TRUE"
)
FIRST = " ORDER BY f.rowid DESC LIMIT %s"
SCAN = (
    "WITH hits AS MATERIALIZED (SELECT d.id FROM ({gate}) v CROSS JOIN search_document d"
    " WHERE d.id >= v.id << 24 AND d.id < (v.id + 1) << 24 AND d.part <> 'number' AND d.id < %s"
)  # the order is left for later: it must not tempt the planner to read all texts from the newest
IN_TITLES = " AND d.part = 'title'"
HERE = " AND {holds}"
ELSEWHERE = (
    " AND EXISTS (SELECT 1 FROM search_document d WHERE d.id >= v.id << 24"
    " AND d.id < (v.id + 1) << 24 AND d.part <> 'number' AND {holds})"
)
SCANNED = ") SELECT id FROM hits ORDER BY id DESC LIMIT %s"


def dialect(vendor: str = "") -> Dialect:
    """How this database says it; that of the house, where none is named."""
    return SQLITE if (vendor or connection.vendor) == "sqlite" else POSTGRES


def create(_apps: StateApps | None, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the index: part of the first migration."""
    for table in (TITLES, TEXTS):
        for statement in dialect(editor.connection.vendor).create:
            editor.execute(statement.format(table=table))


def drop(_apps: StateApps | None, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the index away."""
    for table in (TITLES, TEXTS):
        editor.execute(DROP.format(table=table))


def add(table: str, rows: Iterable[tuple[int, Sequence[str]]]) -> None:
    """Put rows into the index."""
    _many(dialect().add.format(table=table), rows)


def remove(table: str, rows: Iterable[tuple[int, Sequence[str]]]) -> None:
    """Take rows out of the index; their tokens are those with which they came."""
    _many(dialect().remove.format(table=table), rows)


def clear() -> None:
    """Empty the index."""
    with connection.cursor() as cursor:
        for table in (TITLES, TEXTS):
            cursor.execute(dialect().clear.format(table=table))


def _many(statement: str, rows: Iterable[tuple[int, Sequence[str]]]) -> None:
    sqlite = connection.vendor == "sqlite"
    values = [(row, " ".join(words) if sqlite else list(words)) for row, words in rows]
    if values:
        with connection.cursor() as cursor:
            cursor.executemany(statement, values)


def find(
    terms: Sequence[Term],
    *,
    among: QuerySet[Matter],
    before: int,
    limit: int,
    titles: bool = False,
) -> list[int]:
    """Keys of documents, newest matter first, whose matter is `among` these and holds all terms.

    The document holds the longest term, any of the matter's the others; in `titles` the title holds
    them all. Permission is part of the question: nothing else is ever read.
    """
    told, first = dialect(), _first(terms)
    table, here = (TITLES, terms) if titles else (TEXTS, [first])
    of_hit = among.filter(pk=RawSQL("f.rowid >> 24", ())).order_by().values("pk")
    gate, gated = of_hit.query.sql_with_params()
    matches = told.matches.format(row="f", table=table)
    sql = FOUND.format(table=table, matches=matches, gate=gate)
    bound = [before, _match(here), *gated]
    for term in here:
        if not term.exact:
            sql += HOLDS.format(row="f", holds=told.holds)
            bound.append(term.pattern)
    for term in terms:
        if term not in here:
            held = "" if term.exact else HOLDS.format(row="g", holds=told.holds)
            sql += ALSO.format(matches=told.matches.format(row="g", table=TEXTS) + held)
            bound += [_match([term]), *([] if term.exact else [term.pattern])]
    return _rows(sql + FIRST, [*bound, limit])


def scan(
    terms: Sequence[Term],
    *,
    among: QuerySet[Matter],
    before: int,
    limit: int,
    titles: bool = False,
) -> list[int]:
    """The same answer as `find`, by reading the texts of `among`: for when these are few.

    A word that half the house uses has many hits, and somebody who sees ten matters would wait
    until all of them have been refused.
    """
    told, first = dialect(), _first(terms)
    gate, gated = among.order_by().values("id").query.sql_with_params()
    sql, bound = SCAN.format(gate=gate), [*gated, before]
    if titles:
        sql += IN_TITLES
    for term in terms:
        sql += (HERE if titles or term == first else ELSEWHERE).format(holds=told.holds)
        bound.append(term.pattern)
    return _rows(sql + SCANNED, [*bound, limit])


def _rows(sql: str, bound: Sequence[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, bound)
        return [row for (row,) in cursor.fetchall()]


def _first(terms: Sequence[Term]) -> Term:
    """The term that says most, and so is held by the fewest."""
    return max(terms, key=lambda term: len(term.pattern))


def _match(terms: Iterable[Term]) -> str:
    """The tokens of terms, all of them, in the language of the index. They hold no quotes."""
    told, words = dialect(), dict(word for term in terms for word in term.tokens)
    return told.both.join(
        (told.beginning if begins else told.token).format(word) for word, begins in words.items()
    )
