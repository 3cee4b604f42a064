"""The lines of a paper in the order of reading, without what belongs to the page only. 行.

Left out are page numbers (GB/T 9704-2012, 7.5), what is repeated on the head and foot of every
page, watermarks and the stamp of whoever received the paper.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from zhongshu.kernel.papers.layout import Box, Layout, Line, Page
from zhongshu.kernel.papers.reading import Place

from .shape import parts, plain, tidy

PAGE_NUMBER = re.compile(
    r"(?:第?\s?[-.·_~ ]*\d{1,3}[-.·_~ ]*页?(?:[,/ ]?[共之/]?\s?\d{1,3}页?)?"
    r"|[一-]\s?\d{1,3}\s?[一-])"
)
RECEIVED = re.compile(
    r"(?:收文|来文|收件|办文)(?:章|专用章|登记|编?号|日期|时间|[:第字\d年月日]).*|收文|.*收文专?用?章"
    r"|(?:扫描全能王|CamScanner).*|.*(?:扫描全能王|CamScanner)创建|\(?此页无正文\)?"
)
MARGIN = 30.0  # millimetres from the edge of the page where headers and footers stand
HEAD = 140.0  # millimetres from the top, below which nothing red is of a head
SEAL_LETTERS = 1.3  # times the size of the text
OFF = 6.0  # millimetres between the middle of what is centred and that of the page
LONGEST = 1000  # letters of a line
SAME = 1.5  # millimetres by which what is repeated may differ from page to page
OVERLAP = 0.5  # of the lower of two pieces that stand on one line
APART = 0.4  # letters between two pieces that were set apart on purpose
LETTER = 5.6  # millimetres of 三号, where a size is not known
POINT = 0.3528  # millimetres
INDENT = 2.4  # letters
WHOLE_LINE = 18  # letters of a line that says where the text begins and ends


class Row(NamedTuple):
    """One line: `text` for people, `plain` for matching, `raw` with its gaps.

    `indent` counts letters from where the text begins; both it and `centred` are guesses from
    leading blanks where the paper was not laid out. `fill` is how much of the width is used,
    `room` how many letters are free at its end.
    """

    text: str
    plain: str
    raw: str
    place: Place
    size: float
    red: bool
    sure: float
    indent: float
    centred: bool
    fill: float
    room: float
    first: bool  # of its page


class Frame(NamedTuple):
    """Where the text of the paper begins and ends, and the size of its letters."""

    left: float
    right: float
    size: float


def rows(layout: Layout) -> tuple[Row, ...]:
    """All lines that say something."""
    pages = [[part for line in _pieced(page) for part in _cut(line)] for page in layout.pages]
    repeated = _repeated(pages)
    frame = _frame([line for page in pages for line in page], layout)
    return tuple(
        row
        for number, page in enumerate(pages, 1)
        for row in _page_rows(page, number, layout, frame, repeated)
    )


def _cut(line: Line) -> Iterator[Line]:
    """A line in parts that no rule takes long for; a paragraph that was never laid out is one."""
    for at in range(0, len(line.text), LONGEST):
        yield line._replace(text=line.text[at : at + LONGEST])


def _page_rows(
    lines: list[Line],
    number: int,
    layout: Layout,
    frame: Frame,
    repeated: set[tuple[str, int, int]],
) -> Iterator[Row]:
    """The rows of one page."""
    page, first = layout.pages[number - 1], True
    for line in lines:
        row = _row(line, number, page, frame)
        if (
            row.text
            and not _of_page(row, page, repeated)
            and not _of_seal(row, layout.form, frame.size)
        ):
            yield row._replace(first=first and (number > 1 or bool(line.box)))
            first = False


def _row(line: Line, number: int, page: Page, frame: Frame) -> Row:
    """A line measured against the frame of the paper."""
    text = tidy(line.text)
    indent, centred, fill, room = _measures(line, page, frame)
    return Row(
        text=text,
        plain=plain(text),
        raw=line.text.strip("\r\n"),
        place=Place(number, line.box),
        size=line.size,
        red=line.red,
        sure=line.sure,
        indent=indent,
        centred=centred,
        fill=fill,
        room=room,
        first=False,
    )


def _measures(line: Line, page: Page, frame: Frame) -> tuple[float, bool, float, float]:
    """Indent in letters, whether centred, share of the width, letters free at the end."""
    if line.box is None:
        text = line.text.replace("\t", "    ")
        blank = text[: len(text) - len(text.lstrip())]
        indent = sum(1.0 if letter == "\u3000" else 0.5 for letter in blank)
        return indent, indent >= 4, min(1.0, len(tidy(text)) / 28), 0.0
    letter = (frame.size or 16.0) * POINT
    middle = page.width / 2 if page.width else (frame.left + frame.right) / 2
    off = abs((line.box.left + line.box.right) / 2 - middle)
    indent = (line.box.left - frame.left) / letter
    right = (frame.right - line.box.right) / letter
    large = line.size > frame.size * 1.1
    centred = off < OFF and (large or min(indent, right) > 3)
    width = max(1.0, frame.right - frame.left)
    return indent, centred, (line.box.right - line.box.left) / width, right


def _of_page(row: Row, page: Page, repeated: set[tuple[str, int, int]]) -> bool:
    """Whether a row belongs to the page and not to the paper."""
    if RECEIVED.fullmatch(row.plain) or (row.plain, *_corner(row.place.box)) in repeated:
        return True
    if not PAGE_NUMBER.fullmatch(row.plain):
        return False
    box = row.place.box
    return box is None or not page.height or not MARGIN < box.top < page.height - MARGIN * 1.4


def _of_seal(row: Row, form: str, size: float) -> bool:
    """Words of a seal that an optical reader saw: red, larger than the text, and not in the head.
    A day or a name under a seal may look red too, but no larger."""
    if form != "scan" or not row.red or row.size <= size * SEAL_LETTERS:
        return False
    return row.place.page > 1 or row.place.box is None or row.place.box.top > HEAD


def _corner(box: Box | None) -> tuple[int, int]:
    """Where on the page it begins, coarse enough for the same to be the same."""
    return (-1, -1) if box is None else (round(box.top / SAME / 2), round(box.left / SAME / 2))


def _repeated(pages: list[list[Line]]) -> set[tuple[str, int, int]]:
    """What stands at the same place of at least two pages: headers, footers, watermarks."""
    seen: Counter[tuple[str, int, int]] = Counter()
    for lines in pages:
        seen.update({(plain(tidy(line.text)), *_corner(line.box)) for line in lines if line.box})
    least = max(2, (len(pages) + 1) // 2)
    return {key for key, times in seen.items() if times >= least and len(key[0]) > 1}


def _frame(lines: list[Line], layout: Layout) -> Frame:
    """Measured on lines that fill the page, or on all when none does."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    boxes = [line.box for line in lines if line.box]
    if not boxes:
        return Frame(0.0, 0.0, 0.0)
    size = max(sizes, key=lambda one: (sizes[one], one))
    least = (size or 16.0) * POINT * WHOLE_LINE
    long = [box for box in boxes if box.right - box.left >= least]
    if not long:
        left = min(box.left for box in boxes)
        width = max(page.width for page in layout.pages)
        return Frame(left, max(width - left, *(box.right for box in boxes)), size)
    left = _outer([box.left for box in long])
    near = left - INDENT * (size or 16.0) * POINT  # where all long lines are first ones, indented
    left = min(box.left for box in boxes if near <= box.left <= left)
    return Frame(left, -_outer([-box.right for box in long]), size)


def _outer(values: Sequence[float]) -> float:
    """The outermost value, a tenth of them aside: tables and slips reach further."""
    return sorted(values)[len(values) // 10]


def _pieced(page: Page) -> list[Line]:
    """The lines of a page from top to bottom, pieces of one line put together."""
    if any(line.box is None for line in page.lines):
        return list(page.lines)
    bands: list[list[Line]] = []
    for line in sorted(page.lines, key=_middle):
        if _upright(line):
            continue
        if bands and _beside(bands[-1][-1], line):
            bands[-1].append(line)
        else:
            bands.append([line])
    return [
        line for band in bands for line in _together(sorted(band, key=lambda line: _box(line).left))
    ]


def _upright(line: Line) -> bool:
    """Words written downwards: beside the text, never of it. Marks of secrecy are sought before."""
    box = _box(line)
    return len(line.text) > 2 and box.bottom - box.top > box.right - box.left


def _box(line: Line) -> Box:
    """Where a line stands, on a page whose lines all have a place."""
    return line.box or Box(0.0, 0.0, 0.0, 0.0)


def _middle(line: Line) -> float:
    """Twice the height of the middle of a line."""
    return _box(line).top + _box(line).bottom


def _beside(one: Line, other: Line) -> bool:
    """Whether two pieces stand on one line."""
    box, its = _box(one), _box(other)
    shared = min(box.bottom, its.bottom) - max(box.top, its.top)
    lower = min(box.bottom - box.top, its.bottom - its.top)
    return shared > lower * OVERLAP and abs(_middle(one) - _middle(other)) < lower


def _together(band: list[Line]) -> list[Line]:
    """Neighbours joined; what was set apart stays apart by wide blanks, red from black at all."""
    out = band[:1]
    for line in band[1:]:
        last = out[-1]
        if last.red != line.red:
            out.append(line)
            continue
        box, its = _box(last), _box(line)
        gap = (its.left - box.right) / (max(line.size, last.size) * POINT or LETTER)
        between = "" if gap < APART else "\u3000" * min(8, round(gap) + 2)
        out[-1] = last._replace(
            text=last.text + between + line.text,
            box=Box(
                box.left,
                min(box.top, its.top),
                max(box.right, its.right),
                max(box.bottom, its.bottom),
            ),
            size=max(last.size, line.size),
            sure=min(last.sure, line.sure),
        )
    return out


def columns(row: Row) -> list[str]:
    """What stands apart on the row."""
    return parts(row.raw)
