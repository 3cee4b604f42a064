"""DOCX: the words of headers and body, paragraph by paragraph."""

from __future__ import annotations

import re

from zhongshu.office.files import limits
from zhongshu.office.files.markup import parse_xml
from zhongshu.office.files.packages import Package

from .found import Found, Lines

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"  # the other edition of the standard
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
BODY = "word/document.xml"
HEADER = re.compile(r"word/header\d*\.xml")
BREAKS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n"}


class Paragraphs:
    """Collects paragraphs. The fallback of a text box repeats it, so it is left out."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._words: list[str] = []
        self._within: list[str] = []
        self._skip = 0

    def start(self, tag: str, attributes: dict[str, str], /) -> None:  # noqa: ARG002 - a Target
        """An element begins."""
        tag = tag.replace(STRICT, W)
        self._skip += tag == FALLBACK
        self._within.append(tag)
        if tag in BREAKS and not self._skip:
            self._words.append(BREAKS[tag])

    def data(self, text: str, /) -> None:
        """Only w:t holds words; what was deleted stands elsewhere."""
        if self._within[-1] == W + "t" and not self._skip:
            self._words.append(text)

    def end(self, tag: str, /) -> None:
        """A paragraph is one line, or several where it breaks."""
        tag = self._within.pop()
        self._skip -= tag == FALLBACK
        if tag == W + "p":
            for line in "".join(self._words).split("\n"):
                self._lines.add(line)
            self._words.clear()


def _words(package: Package) -> str:
    """Headers first, because a mark of secrecy may stand there; then the body."""
    lines = Lines()
    headers = sorted(name for name in package.names() if HEADER.fullmatch(name))
    for name in (*headers, BODY):
        parse_xml(package.chunks(name), Paragraphs(lines))
    return lines.text()


def inspect(package: Package) -> Found:
    """How it begins. The number of pages is known to nobody who has not laid it out."""
    return Found("docx", head=(_words(package)[: limits.HEAD],))


def text(package: Package) -> list[str]:
    """All words."""
    return [_words(package)]
