"""The title: where it stands, and its lines as one. 标题.

GB/T 9704-2012, 7.3.1 [must]: centred under the red rule, larger than the text, in several lines
broken by sense. Organ, subject and kind (regulation, article 9(7)); the organ is often left to the
red head [practice]. Papers without a head, typed plainly, have only the words to go by.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from . import dates, kinds, marks, number, organs
from .rows import Row
from .shape import joined

LOOKED_AT = 60  # lines of the first pages
LONGEST = 8  # lines of a title
LARGER = 1.15  # than the text
CELL = 4  # lines of the cell of a form that names the title
LABEL = 8  # letters before a colon
HEADLINE = 7  # letters behind the colon of a headline
SURE = 5.0  # so much speaks for what surely is a title
TEXT = re.compile(
    r"。|;$|^(?:[一二三四五六七八九十]{1,2}、|\([一二三四五六七八九十]{1,2}\)|\d{1,2}[.、](?!\d)|第[一二三]条)"
)
OPENING = re.compile(
    r"^(?:<.*>已|为|根据|按照|依据|经|现将|近期|近日|近年来|兹|目前|今年|当前|自\d|\d{4}年\d{1,2}月|你|贵|我|收悉|各位|同志们|按|遵照|接|鉴于|因)"
)
ABOUT = re.compile(r"关于|转发|印发|批转")
ADDRESSED = re.compile(r"(?:[:]|[^:]{2}[;])$")
NOTE = re.compile(
    r"\(.*(?:通过|批准|公布|修订|修正|施行|会议|发布|起草|\d月\d{1,2}日).*\)|\(.{0,3}\d{4}.*\)"
)
SUBTITLE = re.compile(r"-{1,2}\S")


class Titled(NamedTuple):
    """The lines of the title, by their places in the paper, and how it was known."""

    start: int
    end: int
    rule: str

    def text(self, rows: Sequence[Row]) -> str:
        """The lines as one."""
        return joined([row.text for row in rows[self.start : self.end]])


def text_begins(rows: Sequence[Row], body: float) -> int:
    """The first line that addresses somebody or already is text."""
    for at, row in enumerate(rows):
        if at and (_is_address(row) or _is_text(row, body)) and not marks.is_head(row):
            return at
    return len(rows)


def _is_address(row: Row) -> bool:
    """A line that ends with a colon, as only addressees do."""
    shape = row.plain
    return (
        shape.endswith(":")
        and len(shape) >= 2
        and not marks.FIELD.fullmatch(shape)
        and not ABOUT.match(shape)
    )


def _is_text(row: Row, body: float) -> bool:
    """A line of the text, by its points or by how it opens."""
    shape = row.plain
    if body and row.size > body * LARGER:
        return False
    if TEXT.search(shape):
        return True
    if kinds.kind(shape) and ABOUT.search(shape):
        return False
    if body and row.place.box and row.fill > 0.85 and not row.centred and not ABOUT.search(shape):
        return True
    if OPENING.match(shape) and (len(shape) > 12 or shape.endswith(",")):
        return True
    return "," in shape and len(shape) > 20


def find(rows: Sequence[Row], body: float) -> Titled | None:
    """The best run of lines before the text; None when nothing there can be a title.

    What somebody wrote above the paper may look like its text, so a sure title is also sought
    below what looks like it.
    """
    end = text_begins(rows[:LOOKED_AT], body)
    for at, row in enumerate(rows[:end]):
        if value := _named(row):
            return Titled(at, _cell_ends(rows, at, value), "labelled")
    best = _best(rows, 0, end, body)
    while end < len(rows) and end < LOOKED_AT and body and (best is None or best[0] < SURE):
        start, end = end + 1, end + 1 + text_begins(rows[end + 1 : LOOKED_AT], body)
        lower = _best(rows, start, end, body)
        if lower and lower[0] >= SURE and rows[lower[1].start].size > body * LARGER:
            best = lower
    return best[1] if best and best[0] > 0 else None


def _best(rows: Sequence[Row], start: int, end: int, body: float) -> tuple[float, Titled] | None:
    """The run between two lines for which most speaks; the last among equals."""
    best: tuple[float, Titled] | None = None
    for first, stop in _runs(rows, start, end):
        found = _trimmed(rows, first, stop)
        score = _score(rows, found, end, body)
        if best is None or score >= best[0]:
            best = score, found
    return best


def _named(row: Row) -> str:
    """The title that a form names on this line, or that begins there; empty without."""
    named = (value for label, value in marks.fields(row) if label in marks.TITLED)
    return next((value for value in named if len(value) > 5), "")


def _cell_ends(rows: Sequence[Row], at: int, value: str) -> int:
    """Where the cell of a title ends: it goes on beside the label until the kind is said."""
    end = at + 1
    while end < min(len(rows), at + CELL) and not kinds.kind(value):
        beside = rows[end].place.box and rows[end].indent > rows[at].indent + 2
        if not beside or marks.is_field(rows[end]) or _is_address(rows[end]):
            break
        value += rows[end].text
        end += 1
    return end if kinds.kind(value) else at + 1


def _runs(rows: Sequence[Row], start: int, end: int) -> list[tuple[int, int]]:
    """Neighbouring lines that may be one title."""
    runs: list[tuple[int, int]] = []
    for at in range(start, end):
        if not _may(rows, at, end):
            continue
        if runs and runs[-1][1] == at and _alike(rows[at - 1], rows[at]):
            runs[-1] = runs[-1][0], at + 1
        else:
            runs.append((at, at + 1))
    return runs


def _may(rows: Sequence[Row], at: int, end: int) -> bool:
    """Whether a line may be of a title."""
    row = rows[at]
    if (
        TEXT.search(row.plain)
        or marks.is_head(row)
        or NOTE.fullmatch(row.plain)
        or dates.whole(row.plain)
    ):
        return False
    if _is_mast(rows[at : at + 4]) or (_is_labelled(row) and not ABOUT.search(row.plain)):
        return False
    follows = at + 1 < end and not marks.is_head(rows[at + 1])
    return not organs.is_name(row.text) or follows


def _is_labelled(row: Row) -> bool:
    """A label before a colon; a headline (石门镇：小庭院撬动大振兴) is centred and goes on."""
    before, colon, behind = row.plain.partition(":")
    return bool(colon) and len(before) < LABEL and not (row.centred and len(behind) > HEADLINE)


def _is_mast(rows: Sequence[Row]) -> bool:
    """The name of a bulletin or of minutes, with its issue or its editor below."""
    if not marks.MASTHEAD.fullmatch(rows[0].plain):
        return False
    below = (piece for row in rows[1:] for piece in marks.pieces(row))
    return any(number.parse(piece) for piece in below) or any(map(marks.edited, rows[1:]))


def _alike(one: Row, other: Row) -> bool:
    """Whether two neighbours may be lines of one title."""
    if one.place.page != other.place.page:
        return False
    if one.size and other.size and not 0.87 < one.size / other.size < 1.15:
        return bool(SUBTITLE.match(other.plain) or kinds.VERSION.fullmatch(other.plain))
    return True


def _trimmed(rows: Sequence[Row], start: int, stop: int) -> Titled:
    """A run without what stands under the title: a name, an organ, a day."""
    stop = min(stop, start + LONGEST)
    ends = [
        at
        for at in range(start, stop)
        if kinds.kind(rows[at].plain) or kinds.VERSION.fullmatch(rows[at].plain)
    ]
    if ends:
        last = ends[-1] + 1
        while last < stop and SUBTITLE.match(rows[last].plain):
            last += 1
        return Titled(start, last, "kind")
    return Titled(start, stop, "place")


def _score(rows: Sequence[Row], found: Titled, end: int, body: float) -> float:
    """How much speaks for a run."""
    text = found.text(rows)
    first = rows[found.start]
    shape = "".join(row.plain for row in rows[found.start : found.end])
    score = 4.0 * bool(kinds.kind(text)) + 3.0 * bool(ABOUT.search(shape))
    score += 2.0 * bool(body and first.size > body * LARGER) + 1.5 * first.centred
    score += 1.0 * (found.end == end) + 0.5 * (4 < len(shape) < 80)
    score -= 3.0 * (":" in shape) + 3.0 * (len(shape) < 4) + 2.0 * organs.is_name(text)
    score -= 6.0 * bool(TEXT.search(shape))
    return score - 1.5 * (first.place.page > 1)
