"""Where on the page exactly a value stands, within the line it was read from. 位置.

The rules name the row. A number shares its row with the signer, a day its row with a sentence: what
is drawn on the page is the part that was read. Where it cannot be told, it is the whole row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhongshu.kernel.papers.layout import Box, Layout, Line
from zhongshu.kernel.papers.reading import Place
from zhongshu.kernel.papers.recognise.shape import plain, tidy

DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
BELOW = 3  # heights of a line within which the next one belongs to the same title
SHORTEST = 3  # letters of a piece of a title that stands on a line of its own


def narrowed(layout: Layout, place: Place, value: str) -> Box | None:
    """The place of a value, as small as the layout allows; None for text never laid out."""
    if place.box is None:
        return None
    lines = [line for line in layout.pages[place.page - 1].lines if line.box]
    row = [line for line in lines if line.box and _meets(line.box, place.box)]
    for wanted in _spellings(value):
        for line in row:
            found = _part(line, wanted)
            if found:
                return found
    return _grown(place.box, lines, plain(tidy(value)))


def _meets(one: Box, other: Box) -> bool:
    """Whether two places overlap."""
    across = one.left < other.right and other.left < one.right
    return across and one.top < other.bottom and other.top < one.bottom


def _spellings(value: str) -> Iterator[str]:
    """The ways in which a value may stand on the paper."""
    yield value
    if day := DAY.fullmatch(value):
        year, month, dated = day.groups()
        yield f"{year}年{int(month)}月{int(dated)}日"
        yield f"{int(month)}月{int(dated)}日"
    yield from value.split("、")[:1]


def _part(line: Line, wanted: str) -> Box | None:
    """The part of a line that holds these words, by the width of its letters."""
    shape, words = plain(line.text), plain(wanted)
    at = shape.find(words) if words else -1
    if at < 0 or line.box is None:
        return None
    whole = _width(line.text)
    left, wide = line.box.left, line.box.right - line.box.left
    start = left + wide * _width(line.text[:at]) / whole
    end = left + wide * _width(line.text[: at + len(words)]) / whole
    return Box(start, line.box.top, end, line.box.bottom)


def _width(text: str) -> float:
    """In letters: Latin ones and digits are half as wide."""
    return sum(0.5 if sign.isascii() else 1.0 for sign in text)


def _grown(box: Box, lines: list[Line], value: str) -> Box:
    """What runs over several lines is as large as they are."""
    for line in lines:
        near = line.box and box.top <= line.box.top < box.bottom + BELOW * (box.bottom - box.top)
        piece = plain(tidy(line.text))
        if near and line.box and len(piece) >= SHORTEST and piece in value:
            box = Box(
                min(box.left, line.box.left),
                min(box.top, line.box.top),
                max(box.right, line.box.right),
                max(box.bottom, line.box.bottom),
            )
    return box
