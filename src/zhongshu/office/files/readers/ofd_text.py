"""The letters of a text object of an OFD: which stands where. 文字定位。"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from zhongshu.kernel.papers.layout import Box
from zhongshu.office.refusal import refuse

from .ofd_book import numbers

UP, DOWN = 0.86, 0.14  # of the size, above and below the line on which letters stand


class Letter(NamedTuple):
    """A letter, where it begins on its line, how large it is, and how wide; `turn` in degrees."""

    text: str
    x: float
    y: float
    size: float
    width: float
    stretch: float
    turn: int


def letters(element: Element) -> Iterator[Letter]:
    """Every letter of a text object, blanks too."""
    size = numbers(element.get("Size") or "0", 1)[0] or _height(element)
    stretch = numbers(element.get("HScale") or "1", 1)[0] or 1.0
    turn = round(numbers(element.get("CharDirection") or "0", 1)[0] / 90) * 90 % 360
    reading = round(numbers(element.get("ReadDirection") or "0", 1)[0] / 90) * 90 % 360
    x = y = 0.0
    for code in element.iter("TextCode"):
        text = code.text or ""
        x = numbers(code.get("X"), 1)[0] if code.get("X") else x
        y = numbers(code.get("Y"), 1)[0] if code.get("Y") else y
        across = _steps(code.get("DeltaX"), len(text))
        down = _steps(code.get("DeltaY"), len(text))
        for at, letter in enumerate(text):
            natural = size * stretch * (1.0 if is_wide(letter) else 0.5)
            if across is None and down is None:
                dx, dy = _natural(natural, reading)
            else:
                dx, dy = across[at] if across else 0.0, down[at] if down else 0.0
            fits = not is_wide(letter) and 0 < dx <= size * stretch and at + 1 < len(text)
            yield Letter(letter, x, y, size, dx if fits else natural, stretch, turn)
            x, y = x + dx, y + dy


def cell(letter: Letter) -> Box:
    """The box of a letter, in the coordinates of its text object."""
    left, top, right, bottom = 0.0, -UP * letter.size, letter.width, DOWN * letter.size
    for _ in range(letter.turn // 90):
        left, top, right, bottom = -bottom, left, -top, right
    return Box(letter.x + left, letter.y + top, letter.x + right, letter.y + bottom)


def is_wide(letter: str) -> bool:
    """Whether a letter is as wide as it is high."""
    return unicodedata.east_asian_width(letter) in "WFA" and not letter.isascii()


def _height(element: Element) -> float:
    """The size where none is said: what the boundary leaves room for."""
    said = numbers(element.get("Boundary"), 2)
    return said[3] * 0.8 if len(said) > 3 and said[3] > 0 else 3.0


def _natural(width: float, reading: int) -> tuple[float, float]:
    """The step to the next letter where none is said."""
    return {0: (width, 0.0), 90: (0.0, width), 180: (-width, 0.0)}.get(reading, (0.0, -width))


def _steps(said: str | None, count: int) -> list[float] | None:
    """The steps between letters, "g n v" unfolded; the last goes on to the end. None if not said.

    Never more than there are letters, whatever a "g" claims.
    """
    if not said or not said.split():
        return None
    parts = said.replace(",", " ").split()
    found: list[float] = []
    at = 0
    while at < len(parts) and len(found) < count:
        if parts[at].lower() == "g":
            if at + 2 >= len(parts):
                raise refuse("damaged")
            times, value = numbers(" ".join(parts[at + 1 : at + 3]), 2)
            found += [value] * max(0, min(int(times), count - len(found)))
            at += 3
        else:
            found += numbers(parts[at], 1)
            at += 1
    return found + [found[-1] if found else 0.0] * (count - len(found))
