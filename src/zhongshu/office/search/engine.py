"""The only SQL of search: the index in FTS5 or as tsvector under GIN, and the question to it.

Every text here is a literal and every value is bound. Both tables are called `search_index`, hold
a `rowid` (see `places`) and the tokens of a row, without places and without the text.
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

TITLES = "〔"  # before a token that stands in a title; no token begins with it otherwise


class Dialect(NamedTuple):
    """How one database says it."""

    create: tuple[str, ...]
    add: str
    remove: str
    clear: str
    outer: str
    inner: str
    holds: str


SQLITE = Dialect(
    create=(
        "CREATE VIRTUAL TABLE search_index USING fts5"
        "(grams, content='', detail=none, columnsize=0, tokenize='ascii')",
    ),
    add="INSERT INTO search_index(rowid, grams) VALUES (%s, %s)",
    remove="INSERT INTO search_index(search_index, rowid, grams) VALUES ('delete', %s, %s)",
    clear="INSERT INTO search_index(search_index) VALUES ('delete-all')",
    outer="f.search_index MATCH %s",
    inner="g.search_index MATCH %s",
    holds="instr(d.spelling, %s) > 0",
)
POSTGRES = Dialect(
    create=(
        "CREATE TABLE search_index (rowid bigint PRIMARY KEY, grams tsvector NOT NULL)",
        "CREATE INDEX search_index_grams ON search_index USING gin (grams)",
    ),
    add="INSERT INTO search_index(rowid, grams) VALUES (%s, array_to_tsvector(%s))",
    remove="DELETE FROM search_index WHERE rowid = %s AND %s::text[] IS NOT NULL",
    clear="DELETE FROM search_index",
    outer="f.grams @@ %s::tsquery",
    inner="g.grams @@ %s::tsquery",
    holds="strpos(d.spelling, %s) > 0",
)
DROP = "DROP TABLE search_index"
SELECT = "SELECT f.rowid FROM search_index f WHERE f.rowid < %s AND {matches}"
GATE = " AND EXISTS ({gate})"
HOLDS = " AND EXISTS (SELECT 1 FROM search_document d WHERE d.id = {row}.rowid AND {holds})"
ALSO = " AND (f.rowid >> 24) IN (SELECT g.rowid >> 24 FROM search_index g WHERE {matches})"
ORDER = " ORDER BY f.rowid DESC LIMIT %s"
SCAN = (
    "SELECT d.id FROM ({gate}) v CROSS JOIN search_document d"  # CROSS: in this order
    " WHERE d.id >= v.id << 24 AND d.id < (v.id + 1) << 24 AND d.part <> 'number' AND d.id < %s"
)
IN_TITLES = " AND d.part = 'title'"
HERE = " AND {holds}"
ELSEWHERE = (
    " AND EXISTS (SELECT 1 FROM search_document d WHERE d.id >= v.id << 24"
    " AND d.id < (v.id + 1) << 24 AND d.part <> 'number' AND {holds})"
)
SCANNED = " ORDER BY d.id DESC LIMIT %s"


def dialect(vendor: str = "") -> Dialect:
    """How this database says it; that of the house, where none is named."""
    return SQLITE if (vendor or connection.vendor) == "sqlite" else POSTGRES


def create(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the index: part of the first migration."""
    for statement in dialect(editor.connection.vendor).create:
        editor.execute(statement)


def drop(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the index away."""
    editor.execute(DROP)


def add(rows: Iterable[tuple[int, Sequence[str]]]) -> None:
    """Put rows into the index."""
    _many(dialect().add, rows)


def remove(rows: Iterable[tuple[int, Sequence[str]]]) -> None:
    """Take rows out of the index; their tokens are those with which they came."""
    _many(dialect().remove, rows)


def clear() -> None:
    """Empty the index."""
    with connection.cursor() as cursor:
        cursor.execute(dialect().clear)


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
    words = [word for term in (terms if titles else [first]) for word in term.tokens]
    sql, bound = (
        SELECT.format(matches=told.outer),
        [before, _match(words, TITLES if titles else "")],
    )
    for term in terms if titles else [first]:
        if not term.exact:
            sql += HOLDS.format(row="f", holds=told.holds)
            bound.append(term.pattern)
    for term in () if titles else terms:
        if term != first:
            held = "" if term.exact else HOLDS.format(row="g", holds=told.holds)
            sql += ALSO.format(matches=told.inner + held)
            bound += [_match(term.tokens), *([] if term.exact else [term.pattern])]
    hit = among.filter(pk=RawSQL("f.rowid >> 24", ())).order_by().values("pk")
    gate, gated = hit.query.sql_with_params()
    return _rows(sql + GATE.format(gate=gate) + ORDER, [*bound, *gated, limit])


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


def _match(words: Iterable[tuple[str, bool]], mark: str = "") -> str:
    """These tokens, all of them, in the language of the index. They hold no quotes."""
    if connection.vendor == "sqlite":
        return " AND ".join(f'"{mark}{word}"{"*" if begins else ""}' for word, begins in words)
    return " & ".join(f"'{mark}{word}'{':*' if begins else ''}" for word, begins in words)
