"""Layouts written down by hand: `typed` without places, `laid` with them.

A line of `laid` is "LOOK|words": the size of its letters, then c centred, r flush right with four
letters of room, l flush left, i indented by two letters, and R where it is red. "===" begins a
page; two pieces of one line are parted by " || ", the second flush right.
"""

from __future__ import annotations

import re

from zhongshu.kernel.papers.layout import Box, Layout, Line, Page

LOOK = re.compile(r"(?P<size>\d+)(?P<align>[crli])(?P<red>R?)\|(?P<words>.*)")
LEFT, RIGHT, POINT, PITCH = 28.0, 184.0, 0.3528, 10.2


def typed(text: str, form: str = "text") -> Layout:
    """Lines that were never laid out."""
    lines = tuple(Line(line.strip(" ")) for line in text.splitlines() if line.strip())
    return Layout(form, (Page(lines),))


def laid(text: str, form: str = "pdf") -> Layout:
    """Lines on A4."""
    pages = tuple(_page(page) for page in text.strip().split("===\n"))
    return Layout(form, pages)


def _page(text: str) -> Page:
    """One page; each line stands a pitch below the one before, wherever its letters are larger."""
    lines: list[Line] = []
    top = 37.0
    for spelt in text.splitlines():
        if not spelt.strip():
            top += PITCH
            continue
        look = LOOK.fullmatch(spelt.strip())
        assert look is not None, spelt
        size = float(look["size"])
        words, *right = look["words"].split(" || ")
        lines.append(_line(words, look["align"], size, top, red=bool(look["red"])))
        lines += [_line(piece, "e", size, top, red=bool(look["red"])) for piece in right]
        top += max(PITCH, size * POINT * 1.5)
    return Page(tuple(lines), 210.0, 297.0)


def wide(words: str, size: float) -> float:
    """How wide words are."""
    return sum(size * POINT * (1 if ord(sign) > 0x2000 else 0.5) for sign in words)


def _line(words: str, align: str, size: float, top: float, *, red: bool) -> Line:
    """One line at its place."""
    em, width = size * POINT, wide(words, size)
    left = {
        "c": (210 - width) / 2 + 1,
        "r": RIGHT - 4 * em - width,
        "e": RIGHT - width,
        "l": LEFT,
        "i": LEFT + 2 * em,
    }[align]
    return Line(words, Box(left, top, left + width, top + em), size, red)
