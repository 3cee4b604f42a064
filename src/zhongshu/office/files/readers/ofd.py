"""OFD (GB/T 33190): pages and their words, so far without drawing. 版式文件."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from zhongshu.office.files import limits
from zhongshu.office.files.markup import tree
from zhongshu.office.files.packages import Package, resolve
from zhongshu.office.refusal import refuse

from .found import Found, Lines

OFD = "{http://www.ofdspec.org/2016}"
ROOT = "OFD.xml"
SAME_LINE = 2.0  # millimetres


class Word(NamedTuple):
    """A piece of text and where its box begins."""

    top: float
    left: float
    text: str


class Paper(NamedTuple):
    """The first document of a package: its title and the entries of its pages."""

    title: str
    pages: tuple[str, ...]


def _child(parent: Element, *names: str) -> Element:
    """The element below by these names; a file without it is broken."""
    found = parent.find("/".join(OFD + name for name in names))
    if found is None:
        raise refuse("damaged")
    return found


def _open(package: Package) -> Paper:
    """Follow OFD.xml to the document and its pages."""
    body = _child(tree(package.chunks(ROOT)), "DocBody")
    at = resolve("", (_child(body, "DocRoot").text or "").strip())
    document = tree(package.chunks(at))
    folder = posixpath.dirname(at)
    pages = tuple(
        resolve(folder, page.get("BaseLoc", ""))
        for page in _child(document, "Pages").iterfind(OFD + "Page")
    )
    if len(pages) > limits.PAGES:
        raise refuse("too_many_pages", most=limits.PAGES)
    if not pages or any(page not in package for page in pages):
        raise refuse("damaged")
    return Paper((body.findtext(f"{OFD}DocInfo/{OFD}Title") or "").strip()[:200], pages)


def _words(page: Element) -> Iterator[Word]:
    """Every piece of text of a page."""
    for box in page.iter(OFD + "TextObject"):
        numbers = box.get("Boundary", "").split()
        try:
            left, top = float(numbers[0]), float(numbers[1])
        except (IndexError, ValueError):
            raise refuse("damaged") from None
        yield Word(top, left, "".join(code.text or "" for code in box.iter(OFD + "TextCode")))


def _text(package: Package, name: str) -> str:
    """The words of a page: boxes at about the same height are one line."""
    lines: list[list[Word]] = []
    for word in sorted(_words(tree(package.chunks(name)))):
        if lines and word.top - lines[-1][0].top < SAME_LINE:
            lines[-1].append(word)
        else:
            lines.append([word])
    ordered = (sorted(line, key=lambda word: word.left) for line in lines)
    return "\n".join("".join(word.text for word in line) for line in ordered)


def inspect(package: Package) -> Found:
    """How many pages, which title, what the first pages say."""
    paper = _open(package)
    head = tuple(_text(package, name)[: limits.HEAD] for name in paper.pages[: limits.HEAD_PAGES])
    return Found("ofd", len(paper.pages), paper.title, head)


def text(package: Package) -> list[str]:
    """The words of every page."""
    lines, pages = Lines(), []
    for name in _open(package).pages:
        pages.append(_text(package, name))
        lines.add(pages[-1])
    return pages
