"""An OFD as lines and where they stand. 版式：OFD。"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from zhongshu.kernel.papers.layout import Box, Layout, Line, Page
from zhongshu.office.files import limits
from zhongshu.office.files.packages import Package

from . import ofd_draw, ofd_paths, seals, turning
from .colours import is_red
from .found import Laid
from .lines import POINT, Glyph
from .matrices import boxed, scale
from .ofd_book import Book, Document, Sheet
from .ofd_objects import Content, Path, Picture, Text, content
from .ofd_resources import Resources
from .ofd_stamps import Stamp, stamps
from .ofd_text import cell

BLANKS = " \t\r\n\u00a0\u3000"


class Reader:
    """Reads pages, and what they share only once."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._resources: dict[int, Resources] = {}
        self._stamps: dict[int, list[Stamp]] = {}
        self._looks = limits.SEAL_PAGES

    def resources(self, document: Document) -> Resources:
        """What the pages of a document share."""
        key = self.book.documents.index(document)
        if key not in self._resources:
            self._resources[key] = Resources(document)
        return self._resources[key]

    def stamps(self, sheet: Sheet) -> list[Stamp]:
        """The seals set on a page by signatures."""
        key = self.book.documents.index(sheet.document)
        if key not in self._stamps:
            self._stamps[key] = stamps(sheet.document)
        return [stamp for stamp in self._stamps[key] if stamp.page == sheet.mark]

    def content(self, sheet: Sheet) -> Content:
        """What stands on a page."""
        return content(sheet, self.resources(sheet.document))

    def lines(self, sheet: Sheet) -> tuple[Line, ...]:
        """The lines of a page."""
        on = self.content(sheet)
        return _lines(on, _extents(on))

    def page(self, sheet: Sheet) -> tuple[Page, bool]:
        """A page, and whether it shows pictures and no words."""
        on = self.content(sheet)
        extents = _extents(on)
        said = _lines(on, extents)
        sealed = [seen for stamp in self.stamps(sheet) if seals.as_large(seen := stamp.seen, 0.5)]
        if self._looks > 0 and not sealed and _may_be_sealed(on, extents):
            self._looks -= 1
            small = ofd_draw.sketch(sheet, on, self.resources(sheet.document))
            sealed = list(seals.find(small, on.area.right, on.area.bottom)) if small else []
        red = (seals.rounded(box) for path, box in extents if seals.is_rule(box) and _red(path))
        rules = tuple(red)[: limits.MARKS]
        page = Page(said, on.area.right, on.area.bottom, rules, tuple(map(seals.rounded, sealed)))
        return page, not said and any(isinstance(thing, Picture) for thing in on.things)


def _extents(on: Content) -> list[tuple[Path, Box]]:
    """The paths of a page, and where each is."""
    paths = [thing for thing in on.things if isinstance(thing, Path)]
    return [(path, box) for path in paths if (box := ofd_paths.extent(path))]


def _lines(on: Content, extents: list[tuple[Path, Box]]) -> tuple[Line, ...]:
    """The lines of a page, parted by upright rules."""
    bars = [box for _, box in extents if seals.is_bar(box)]
    return turning.read(glyphs(on.things), bars[: limits.BARS])


def glyphs(things: Iterable[object]) -> Iterator[tuple[float, Glyph]]:
    """Every letter, with the quarter turns to the right that it takes."""
    for thing in things:
        if not isinstance(thing, Text):
            continue
        spaced = False
        red, growth = is_red(*thing.colour), scale(thing.matrix)
        lean = math.atan2(thing.matrix[1], thing.matrix[0]) / (math.pi / 2)
        for letter in thing.letters:
            if letter.text in BLANKS:
                spaced = True
                continue
            box = boxed(thing.matrix, cell(letter))
            if box and letter.text.isprintable():
                size = letter.size * growth / POINT
                turns = (lean + letter.turn / 90) % 4
                yield turns, Glyph(letter.text, box, size, red, thing.bold, spaced)
                spaced = False


def _may_be_sealed(on: Content, extents: list[tuple[Path, Box]]) -> bool:
    """Whether there is anything that may be a seal: a picture, or a red path of that size."""
    square = Box(0.0, 0.0, 1.0, 1.0)
    pictures = (boxed(thing.matrix, square) for thing in on.things if isinstance(thing, Picture))
    red = (box for path, box in extents if _red(path))
    return any(box is not None and seals.as_large(box) for box in (*pictures, *red))


def _red(path: Path) -> bool:
    """Whether a path is seen in red."""
    colour = path.stroke or path.fill
    return bool(colour and path.alpha and is_red(*colour))


def layout(package: Package, start: int = 1) -> Laid:
    """So many pages, those of all documents; bare ones show pictures and no words."""
    book = Book(package)
    reader, pages, bare = Reader(book), [], []
    end = start - 1 + limits.PAGES_AT_ONCE
    for number, sheet in enumerate(book.sheets[start - 1 : end], start):
        page, pictured = reader.page(sheet)
        pages.append(page)
        bare += [number] if pictured else []
    enclosed = tuple(name for document in book.documents for name in document.enclosed())
    more = end + 1 if end < len(book.sheets) else 0
    return Laid(Layout("ofd", tuple(pages), enclosed), tuple(bare), more)
