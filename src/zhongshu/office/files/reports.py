"""A report set in type: a name, a number, sentences, tables, trends with their numbers beside.

Whoever reports says what stands there; how it looks is the template's. 印出的简报与结果.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from .typeset import pdf as typeset


class Table(NamedTuple):
    """Rows under their headings; `wide` is the column that takes the room that is left, `numbers`
    those that stand to the right."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    wide: int = 0
    numbers: Sequence[int] = ()


class Trend(NamedTuple):
    """A course over time: what the numbers are, and each with its place and what it rests on."""

    unit: str
    points: Sequence[tuple[str, float, str]]


class Part(NamedTuple):
    """One part: a heading, a sentence, a table, a trend; each of them may be missing."""

    title: str
    text: str = ""
    table: Table | None = None
    trend: Trend | None = None


class Report(NamedTuple):
    """The whole of it. `organ` and `day` stand below the name, `mark` across every page."""

    name: str
    number: str
    organ: str
    day: str
    text: str
    parts: Sequence[Part]
    foot: str = ""
    mark: str = ""


def pdf(report: Report, *, at: datetime) -> bytes:
    """The report as PDF; the same at the same moment gives the same bytes."""
    return typeset(template=_template(), data=_plain(report), at=at)


def _plain(report: Report) -> dict[str, object]:
    """Only words and numbers, as the template reads them."""
    parts = [
        {
            "title": part.title,
            "text": part.text,
            "table": _table(part.table) if part.table else None,
            "trend": part.trend._asdict() if part.trend else None,
        }
        for part in report.parts
    ]
    return {**report._asdict(), "parts": parts}


def _table(table: Table) -> dict[str, object]:
    return {
        "head": list(table.head),
        "rows": [list(row) for row in table.rows],
        "wide": table.wide,
        "numbers": list(table.numbers),
    }


@cache
def _template() -> str:
    return files("zhongshu.office.files").joinpath("data", "report.typ").read_text("utf-8")
