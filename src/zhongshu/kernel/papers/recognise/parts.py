"""The paper itself, its annexes and its imprint; another paper bound behind it. 主体、附件、版记.

GB/T 9704-2012, 7.3.7 [must]: an annex begins on a new page with 附件 and its number; 7.4 [must]:
copied-to and printing stand last. A paper that forwards another carries it as an annex, so all
that is recognised comes from before the annex, and the imprint from the end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from . import dates
from .rows import Row

COPIED = re.compile(
    r"(?:抄送|抄报|抄致|抄发|分送|发送|主送|报送|抄送单位|抄送机关|[报送发呈])[:].*"
)
PRINTED = re.compile(r".*(?:\d|[一二三四五六七八九十]|日)[日号]?(?:印发|印制|编印|印)")
ANNEX = re.compile(r"附[件表图]?[\d一二三四五六七八九十]{0,3}(?:-\d)?[:]?")
ANNEX_NAMED = re.compile(r"附[件表][\d一二三四五六七八九十]{0,3}[:]?.{2,}")
LISTED = re.compile(r"\(?[1一](?!\d)[.、)]?")
NEAR = 8  # lines between two parts of one imprint


class Parts(NamedTuple):
    """Three runs of lines."""

    main: tuple[Row, ...]
    annex: tuple[Row, ...]
    imprint: tuple[Row, ...]


def split(rows: Sequence[Row], begins: int) -> Parts:
    """Where each part ends; `begins` is the first line of the text."""
    rows = rows[: _second(rows, begins)]
    start, stop = _imprint(rows, begins)
    annex = _annex(rows, begins)
    main = rows[: min(start, annex)]
    behind = [*rows[annex:start], *(rows[stop:] if annex >= start else [])]
    return Parts(tuple(main), tuple(behind), tuple(rows[start:stop]))


def _second(rows: Sequence[Row], begins: int) -> int:
    """Where another paper begins that was bound behind this one. The imprint is the last of a
    paper (7.4.1); only annexes, or the imprint around a paper passed on, may stand behind it."""
    for at in range(begins, len(rows) - 1):
        below = rows[at + 1].plain
        goes_on = COPIED.fullmatch(below) or ANNEX.fullmatch(below) or ANNEX_NAMED.fullmatch(below)
        if _is_printed(rows[at]) and not goes_on and not _is_imprint(rows[at + 1]):
            return at + 1
    return len(rows)


def _imprint(rows: Sequence[Row], begins: int) -> tuple[int, int]:
    """The first and the last line of the last imprint."""
    ends = [at for at in range(begins, len(rows)) if _is_imprint(rows[at])]
    if not ends:
        return len(rows), len(rows)
    start = stop = ends[-1]
    for at in reversed(ends[:-1]):
        if start - at > NEAR or rows[at].place.page != rows[stop].place.page:
            break
        start = at
    return start, _last(rows, stop)


def _last(rows: Sequence[Row], stop: int) -> int:
    """The imprint ends with the day of printing, or where its last sentence does."""
    if PRINTED.fullmatch(rows[stop].plain):
        return stop + 1
    for at in range(stop, len(rows) - 1):
        below = rows[at + 1]
        other = below.place.page != rows[stop].place.page or ANNEX.fullmatch(below.plain)
        if rows[at].plain.endswith("。") or other:
            return at + 1
    return len(rows)


def _is_imprint(row: Row) -> bool:
    """A line that only an imprint has."""
    return bool(COPIED.fullmatch(row.plain)) or _is_printed(row)


def _is_printed(row: Row) -> bool:
    """The line that says who printed the paper, and when."""
    return bool(PRINTED.fullmatch(row.plain)) and any(dates.all_in(row.plain))


def _annex(rows: Sequence[Row], begins: int) -> int:
    """The first line of the first annex."""
    dated = False
    for at in range(begins, len(rows)):
        row = rows[at]
        if ANNEX.fullmatch(row.plain) and not _lists(rows, at):
            return at
        if row.first and dated and ANNEX_NAMED.fullmatch(row.plain):
            return at
        dated = dated or bool(dates.whole(row.plain))
    return len(rows)


def _lists(rows: Sequence[Row], at: int) -> bool:
    """Whether the line is the head of the list of annexes, not of an annex."""
    if rows[at].first and rows[at].place.page > 1 and not rows[at].plain.endswith(":"):
        return False
    return rows[at].plain.endswith(":") or (
        at + 1 < len(rows) and bool(LISTED.match(rows[at + 1].plain))
    )
