"""OFD (GB/T 33190): what it is and its words. 版式文件。"""

from __future__ import annotations

from zhongshu.kernel.papers.layout import Line
from zhongshu.office.files import limits
from zhongshu.office.files.packages import Package

from .found import Found, Lines
from .ofd_book import Book
from .ofd_layout import Reader


def inspect(package: Package) -> Found:
    """How many pages, which title, what the first pages say."""
    book = Book(package)
    reader = Reader(book)
    first = book.sheets[: limits.HEAD_PAGES]
    head = tuple(_words(reader.lines(sheet))[: limits.HEAD] for sheet in first)
    return Found("ofd", len(book.sheets), book.title, head)


def text(package: Package) -> list[str]:
    """The words of every page."""
    book = Book(package)
    reader, lines, pages = Reader(book), Lines(), []
    for sheet in book.sheets:
        pages.append(_words(reader.lines(sheet)))
        lines.add(pages[-1])
    return pages


def _words(lines: tuple[Line, ...]) -> str:
    """The words of a page: what stands side by side at one height is one line."""
    said: list[str] = []
    last: Line | None = None
    for line in lines:
        said.append("" if last and _beside(last, line) else "\n")
        said.append(line.text)
        last = line
    return "".join(said[1:])


def _beside(one: Line, other: Line) -> bool:
    """Whether a line goes on to the right of another."""
    if one.box is None or other.box is None or other.box.left < one.box.right:
        return False
    shared = min(one.box.bottom, other.box.bottom) - max(one.box.top, other.box.top)
    height = min(one.box.bottom - one.box.top, other.box.bottom - other.box.top)
    return shared >= height / 2
