"""What a reader hands back, in words that travel as JSON."""

from __future__ import annotations

from typing import NamedTuple

from zhongshu.kernel.papers.layout import Layout
from zhongshu.office.files import limits
from zhongshu.office.refusal import refuse


class Found(NamedTuple):
    """What an inspection found: the kind, pages or sheets, the title it gives itself.

    `head` is the text of the first pages, for the search for marks of secrecy.
    """

    kind: str
    pages: int | None = None
    title: str = ""
    head: tuple[str, ...] = ()


class Picture(NamedTuple):
    """Pixels, three bytes each, row by row: nothing that has to be parsed again."""

    width: int
    height: int
    pixels: bytes


class Laid(NamedTuple):
    """A layout, the numbers of the pages that only an optical reader could read, and from which
    page there is more to ask for; 0 when this was all."""

    layout: Layout
    bare: tuple[int, ...] = ()
    more: int = 0


class Lines:
    """Collects text and refuses when it becomes too much. It is never cut."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._left = limits.TEXT

    def add(self, text: str) -> None:
        """One more line."""
        self._left -= len(text) + 1
        if self._left < 0:
            raise refuse("too_much_text")
        self._parts.append(text)

    def text(self) -> str:
        """All lines."""
        return "\n".join(self._parts)
