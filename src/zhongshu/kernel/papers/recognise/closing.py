"""The end of the text: list of annexes, signature, day, notes. 附件说明、署名、成文日期、附注.

GB/T 9704-2012, 7.3.4 to 7.3.6 [must]. The day nearest the signature is the day of the paper
(regulation, article 9(12)); days within the text are not. Joint papers name every organ, the lead
first; a seal may hide letters, so what was read badly counts less.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from . import dates, marks, organs
from .rows import Row, columns
from .shape import HAN, plain

NEAR = 6  # lines between the day and a list of annexes behind it
SIGNED_LINES = 8  # above the day
NOTE = re.compile(r"\(.*|联系人.*|联系电话.*|.*(?:主动公开|公开发布|依申请公开|不予公开).*")
LIST = re.compile(r"附件?(?:[:].*|[\d一二三]?[:].*)")
POSTS = (
    "省长|市长|县长|区长|州长|主席|局长|主任|厅长|部长|镇长|乡长|院长|校长|总理|委员长|司令员|书记"
)
PERSON = re.compile(rf"[{HAN}]{{0,30}}?代?(?:{POSTS})[:]?(?P<name>[{HAN}]{{2,4}})")


class Closing(NamedTuple):
    """Lines by their places; `signed` are organs, `stamped` the persons of a signature stamp."""

    text_end: int
    listed: tuple[int, int]
    signed: tuple[str, ...]
    stamped: tuple[str, ...]
    signed_at: int
    day: date | None
    day_at: int


def find(rows: Sequence[Row], begins: int) -> Closing:
    """The end of the lines `rows`, whose text begins at `begins`."""
    days = [(at, day, rest) for at in range(begins, len(rows)) for day, rest in _day(rows[at])]
    best = _best(rows, begins, days)
    if best is None:
        start = _listed(rows, begins, len(rows))
        return Closing(start, (start, len(rows)), (), (), -1, None, -1)
    at, day, rest = best
    signed, stamped, first = _signed(rows, at, rest, begins)
    start = _listed(rows, begins, first)
    stop = first
    if start == first:
        start = stop = _behind(rows, at)
        stop = _until(rows, start)
    return Closing(min(start, first), (start, stop), signed, stamped, first, day, at)


def _day(row: Row) -> list[tuple[date, str]]:
    """The day a line is, and the organ that stands beside it."""
    day = dates.whole(row.plain)
    if day:
        return [(day, "")]
    apart = columns(row)
    if len(apart) > 1 and (day := dates.whole(plain(apart[-1]))):
        return [(day, "\u3000".join(apart[:-1]))]
    for day, start, end in dates.all_in(row.plain):
        if end == len(row.plain) and start and organs.names(row.text[:start]):
            return [(day, row.text[:start])]
    return []


def _best(
    rows: Sequence[Row], begins: int, days: Sequence[tuple[int, date, str]]
) -> tuple[int, date, str] | None:
    """The first day that is signed, or the last there is."""
    for at, day, rest in days:
        signed, stamped, _ = _signed(rows, at, rest, begins)
        if signed or stamped:
            return at, day, rest
    return days[-1] if days else None


def _signed(
    rows: Sequence[Row], at: int, rest: str, begins: int
) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    """Organs and persons above or beside a day, and the first of their lines."""
    signed = list(organs.names(rest))
    stamped: list[str] = []
    first = at
    for above in range(at - 1, max(begins, at - SIGNED_LINES) - 1, -1):
        row = rows[above]
        found = _organs(row)
        person = _persons(row)
        if not found and not person:
            if first - above > 1 or len(row.plain) > 4 or signed or stamped:
                break
            continue  # a scrap of the seal
        signed[:0] = found
        stamped[:0] = person
        first = above
    return tuple(dict.fromkeys(signed)), tuple(dict.fromkeys(stamped)), first


def _organs(row: Row) -> tuple[str, ...]:
    """The organs a line of a signature names."""
    if marks.is_field(row):  # a row of a form, not a signature
        return ()
    apart = columns(row)
    found: list[str] = []
    for piece in apart:
        found += organs.names(piece)
    return tuple(found) if len(found) >= len(apart) else organs.names(row.text)


def _persons(row: Row) -> tuple[str, ...]:
    """Names behind a post, as with a signature stamp (7.3.5.4)."""
    found = PERSON.fullmatch(row.plain)
    return (row.text[found.start("name") :],) if found else ()


def _listed(rows: Sequence[Row], begins: int, end: int) -> int:
    """The line where the list of annexes begins; `end` where there is none."""
    for at in range(end - 1, begins - 1, -1):
        if LIST.fullmatch(rows[at].plain):
            first = at
            while first > begins and LIST.fullmatch(rows[first - 1].plain):
                first -= 1
            return first
    return end


def _behind(rows: Sequence[Row], at: int) -> int:
    """A list that stands after the day, as some clerks put it; else the end."""
    for below in range(at + 1, min(len(rows), at + NEAR)):
        if LIST.fullmatch(rows[below].plain):
            return below
    return len(rows)


def _until(rows: Sequence[Row], start: int) -> int:
    """The end of a list after the day."""
    for at in range(start + 1, len(rows)):
        if NOTE.fullmatch(rows[at].plain):
            return at
    return len(rows)
