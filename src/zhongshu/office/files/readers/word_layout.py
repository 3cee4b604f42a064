"""A DOCX as lines: headers, body with its tables, notes, footers. It was never laid out, so no line
has a place. A row of a table is one line with tabs between its cells, unless a cell holds several
paragraphs. 版式：DOCX。
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter

from zhongshu.kernel.papers.layout import Layout, Line, Page
from zhongshu.office.files import limits
from zhongshu.office.files.markup import parse_xml
from zhongshu.office.files.packages import Package
from zhongshu.office.refusal import refuse

from .found import Laid
from .word import BODY, FALLBACK, STRICT, W
from .word_styles import Look, Styles, said

HEADERS = re.compile(r"word/header\d*\.xml")
NOTES = re.compile(r"word/(?:footnotes|endnotes)\.xml")
FOOTERS = re.compile(r"word/footer\d*\.xml")
EMBEDDED = "word/embeddings/"
TWIP = 25.4 / 1440  # millimetres
UNSEEN = frozenset({FALLBACK, W + "del", W + "moveFrom", W + "instrText"})
SIGNS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
PAGE = "\f"


class Paragraph:
    """A paragraph that is being read: its words, and the look of each piece."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.pieces: list[tuple[str, Look]] = []
        self.breaks_after = False

    def lines(self, plain: Look) -> list[list[Line]]:
        """Its lines, page by page."""
        pages: list[list[Line]] = [[]]
        line: list[tuple[str, Look]] = []
        for text, look in self.pieces:
            for part in re.split("([\n\f])", text):
                if part in ("\n", PAGE):
                    pages[-1] += _line(line, plain)
                    line = []
                    pages += [[]] if part == PAGE else []
                elif part:
                    line.append((part, look))
        pages[-1] += _line(line, plain)
        return [*pages, []] if self.breaks_after else pages


def _line(pieces: list[tuple[str, Look]], plain: Look) -> list[Line]:
    """The pieces as a line that looks as most of its letters do; nothing where it is empty."""
    text = "".join(part for part, _ in pieces)
    if not text.strip():
        return []
    looks: Counter[Look] = Counter()
    for part, look in pieces:
        looks[look.over(plain)] += len("".join(part.split()))
    size, red, bold, _ = max(looks, key=lambda look: looks[look])
    return [Line(text.strip(), None, size or 0.0, red=bool(red), bold=bool(bold))]


class Reader:
    """Told of every element of a part; collects pages of lines."""

    def __init__(self, styles: Styles) -> None:
        self.pages: list[list[Line]] = [[]]
        self.size = (0.0, 0.0)
        self._styles = styles
        self._within: list[str] = []
        self._unseen = 0
        self._letters = limits.LETTERS
        self._paragraphs: list[Paragraph] = []
        self._looks: list[Look] = []
        self._cells: list[list[list[Line]]] = []  # of each row that is open: its cells

    def start(self, tag: str, attributes: dict[str, str], /) -> None:
        """An element begins."""
        tag = tag.replace(STRICT, W)
        parent = self._within[-1] if self._within else ""
        self._within.append(tag)
        self._unseen += tag in UNSEEN
        value = attributes.get(W + "val") or attributes.get(STRICT + "val")
        if tag in (W + "p", W + "r", W + "tr", W + "tc"):
            self._begin(tag)
        elif parent in (W + "rPr", W + "pPr"):
            self._property(tag, value)
        elif tag in SIGNS:
            kind = attributes.get(W + "type") or attributes.get(STRICT + "type")
            self._add(PAGE if kind == "page" else SIGNS[tag])
        elif tag == W + "lastRenderedPageBreak":
            self._rendered_break()
        elif tag == W + "pgSz":
            self._page_size(attributes)

    def _begin(self, tag: str) -> None:
        """A paragraph, a run, a row or a cell begins."""
        if tag == W + "p":
            self._paragraphs.append(Paragraph(self._styles.look(self._styles.usual)))
        elif tag == W + "r":
            self._looks.append(self._paragraphs[-1].look if self._paragraphs else Look())
        elif tag == W + "tr":
            self._cells.append([])
        elif self._cells:
            self._cells[-1].append([])

    def _property(self, tag: str, value: str | None) -> None:
        """A property of a paragraph or of a run; those of a paragraph's mark say nothing."""
        above = self._within[-3] if len(self._within) > 2 else ""
        if tag == W + "pStyle" and self._paragraphs:
            self._paragraphs[-1].look = self._styles.look(value or "")
        elif (
            tag == W + "pageBreakBefore"
            and self._paragraphs
            and value not in ("0", "false")
            and not self._cells
        ):
            self._paragraphs[-1].pieces.append((PAGE, Look()))
        elif tag == W + "sectPr" and self._paragraphs:
            self._paragraphs[-1].breaks_after = True
        elif above == W + "r" and self._looks:
            style = self._styles.look(value or "") if tag == W + "rStyle" else said(tag, value)
            self._looks[-1] = style.over(self._looks[-1])

    def _rendered_break(self) -> None:
        """Where a page began when it was last shown: within a paragraph it counts from its end."""
        if self._paragraphs and not self._cells:
            paragraph = self._paragraphs[-1]
            if any(text.strip() for text, _ in paragraph.pieces):
                paragraph.breaks_after = True
            elif not paragraph.pieces:
                self._add(PAGE)

    def _page_size(self, attributes: dict[str, str]) -> None:
        """The size of the paper, in twips."""
        ends = [
            (attributes.get(W + name) or attributes.get(STRICT + name) or "")[:6]
            for name in ("w", "h")
        ]
        if all(end.isascii() and end.isdigit() for end in ends):
            self.size = (round(int(ends[0]) * TWIP, 2), round(int(ends[1]) * TWIP, 2))

    def _add(self, text: str) -> None:
        """Words of the run that is being read."""
        look = self._looks[-1] if self._looks else Look()
        if self._paragraphs and not self._unseen and not look.hidden:
            self._letters -= len(text)
            if self._letters < 0:
                raise refuse("too_much_text")
            self._paragraphs[-1].pieces.append((text, look))

    def data(self, text: str, /) -> None:
        """Only w:t holds words; what was deleted stands elsewhere."""
        if self._within[-1] == W + "t":
            self._add(text)

    def end(self, tag: str, /) -> None:
        """A paragraph or a row is complete."""
        tag = self._within.pop()
        self._unseen -= tag in UNSEEN
        if tag == W + "r" and self._looks:
            self._looks.pop()
        elif tag == W + "p" and self._paragraphs:
            self._paragraph(self._paragraphs.pop().lines(self._styles.plain))
        elif tag == W + "tr" and self._cells:
            self._row(self._cells.pop())

    def _paragraph(self, pages: list[list[Line]]) -> None:
        """Put the lines of a paragraph where they belong."""
        if self._cells and self._cells[-1]:
            self._cells[-1][-1] += [line for lines in pages for line in lines]
            return
        self.pages[-1] += pages[0]
        for lines in pages[1:]:
            if self.pages[-1]:  # a page without words is no page
                self.pages.append([])
            self.pages[-1] += lines

    def _row(self, cells: list[list[Line]]) -> None:
        """Put a row where it belongs: one line, if each cell is one."""
        lines = [line for cell in cells for line in cell]
        if len(cells) > 1 and lines and all(len(cell) < 2 for cell in cells):
            longest = max(lines, key=lambda line: len(line.text))
            text = "\t".join(cell[0].text if cell else "" for cell in cells)
            lines = [longest._replace(text=text.rstrip("\t"))]
        if self._cells and self._cells[-1]:
            self._cells[-1][-1] += lines
        else:
            self.pages[-1] += lines


def _read(package: Package, styles: Styles, pattern: re.Pattern[str]) -> list[Line]:
    """The lines of all parts of a kind; the same header in several sections is told once."""
    found: dict[Line, None] = {}
    for name in sorted(name for name in package.names() if pattern.fullmatch(name)):
        reader = Reader(styles)
        parse_xml(package.chunks(name), reader)
        found |= dict.fromkeys(line for page in reader.pages for line in page)
    return list(found)


def layout(package: Package) -> Laid:
    """Headers before the first page, notes and footers after the last."""
    styles = Styles(package)
    body = Reader(styles)
    parse_xml(package.chunks(BODY), body)
    pages = [page for page in body.pages if page] or [[]]
    pages[0] = _read(package, styles, HEADERS) + pages[0]
    pages[-1] = pages[-1] + _read(package, styles, NOTES) + _read(package, styles, FOOTERS)
    if len(pages) > limits.PAGES:
        raise refuse("too_many_pages", most=limits.PAGES)
    embedded = [name for name in package.names() if name.startswith(EMBEDDED)]
    if len(embedded) > limits.ENCLOSED:
        raise refuse("too_many_parts")
    made = tuple(Page(tuple(lines), *body.size) for lines in pages)
    return Laid(Layout("docx", made, tuple(posixpath.basename(name) for name in embedded)))
