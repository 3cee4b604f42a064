"""Where everything stands: head, title, text, end, annex and imprint of one paper. 版面结构."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from . import addressees, closing, dates, kinds, marks, number, organs, parts, title
from .rows import Row

UNDER = 16  # lines between title and text, at most: of a form
SHORT_NAME = 5  # letters: a person's name under a title
SHORT = 20  # letters of a centred line under a title


class Outline(NamedTuple):
    """The runs of lines that the elements stand in; `begins` is the line under the title, `text`
    the first of the text itself."""

    head: Sequence[Row]
    title: title.Titled | None
    main: Sequence[Row]
    begins: int
    addressed: tuple[str, ...]
    text: int
    closing: closing.Closing
    annex: Sequence[Row]
    imprint: Sequence[Row]

    @property
    def near(self) -> Sequence[Row]:
        """The head, and what stands between title and text."""
        return [*self.head, *self.main[self.begins : self.text]]


def outline(lines: Sequence[Row]) -> Outline:
    """The structure of a paper."""
    body = _body(lines)
    begins = title.text_begins(lines[: title.LOOKED_AT], body)
    named = title.find(lines, body)
    split = parts.split(lines, max(named.end, begins) if named else begins)
    main = split.main
    start = min(named.end if named else begins, len(main))
    under = _under(main, start)
    addressed, taken = addressees.found(main[under:])
    text = under + taken
    form = named is not None and named.rule == "labelled"
    head = main[: text if form else named.start if named else start]
    ending = closing.find(main, text)
    main = main[: _own(main, ending)]
    return Outline(head, named, main, start, addressed, text, ending, split.annex, split.imprint)


def _own(main: Sequence[Row], end: closing.Closing) -> int:
    """Where a paper that is passed on begins behind the day, though nobody marked it an annex."""
    if end.day is None:
        return len(main)
    start, stop = end.listed
    for at in range(max(end.day_at + 1, stop if start < stop else 0), len(main)):
        shape = main[at].plain
        new_page = main[at].first and not closing.NOTE.fullmatch(shape)
        if new_page or (title.ABOUT.search(shape) and kinds.kind(shape)):
            return at
    return len(main)


def _body(lines: Sequence[Row]) -> float:
    """The size most letters have; 0 where no size is known."""
    letters: Counter[float] = Counter()
    for row in lines:
        letters[round(row.size * 2) / 2] += len(row.plain) if row.size else 0
    return max(letters, key=lambda size: letters[size], default=0.0)


def _under(main: Sequence[Row], start: int) -> int:
    """The first line below what may stand under a title: notes, number, day, name, organ."""
    at = start
    while at < min(len(main), start + UNDER):
        lines = _note(main, at) or int(_is_under(main[at]))
        if not lines:
            break
        at += lines
    return at


def _note(main: Sequence[Row], at: int) -> int:
    """The lines of a note in brackets that is broken, 0 where there is none."""
    if not main[at].plain.startswith("(") or ")" in main[at].plain:
        return 0
    for end in range(at + 1, min(len(main), at + 3)):
        shape = "".join(row.plain for row in main[at : end + 1])
        if title.NOTE.fullmatch(shape):
            return end + 1 - at
    return 0


def _is_under(row: Row) -> bool:
    """Whether a line still belongs to the title."""
    shape = row.plain
    if (
        title.NOTE.fullmatch(shape)
        or marks.is_field(row)
        or dates.whole(shape)
        or number.parse(row.text)
    ):
        return True
    short = (
        len(shape) < SHORT_NAME or organs.is_name(row.text) or (row.centred and len(shape) < SHORT)
    )
    return short and not shape.endswith((":", "。", ",", ";"))
