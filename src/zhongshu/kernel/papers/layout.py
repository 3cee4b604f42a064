"""A paper as a reader found it: lines of text and where they stand. 版面.

The readers of files make it, the rules that recognise a paper read it. Lengths are millimetres
from the upper left corner of the page, sizes of type are points.
"""

from __future__ import annotations

from typing import NamedTuple


class Box(NamedTuple):
    """A place on a page."""

    left: float
    top: float
    right: float
    bottom: float


class Line(NamedTuple):
    """Words that stand on one line, from left to right, without blanks around them.

    A gap much wider than the spacing of its letters ends a line, so a cell of a table, or the
    signer beside a number, is a line of its own at about the same height. A row of a table that was
    never laid out is one line with tabs between its cells. A vertical line is taller than wide.
    `size` is 0 where it is not known, `box` is None for text that was never laid out.
    `sure` is how certain an optical reader was of the words, 1 for text that was typed.
    """

    text: str
    box: Box | None = None
    size: float = 0.0
    red: bool = False
    bold: bool = False
    sure: float = 1.0


class Page(NamedTuple):
    """One page: its lines from top to bottom, its red rules and the seals on it.

    Columns are read one after the other. A page without lines is blank, or a picture that nobody
    has read.
    """

    lines: tuple[Line, ...]
    width: float = 0.0
    height: float = 0.0
    rules: tuple[Box, ...] = ()
    seals: tuple[Box, ...] = ()


class Layout(NamedTuple):
    """A whole paper. `form` is pdf, ofd, docx, text or scan; `enclosed` names the files in it."""

    form: str
    pages: tuple[Page, ...]
    enclosed: tuple[str, ...] = ()
