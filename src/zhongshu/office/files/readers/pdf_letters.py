"""The letters of a page of a PDF: where each stands, how large, whether red or bold."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from zhongshu.kernel.papers.layout import Box, Line

from . import turning
from .colours import is_red
from .lines import POINT, Glyph, sound

HEAVY = 600  # weight of a font
BOLD = re.compile(r"bold|heavy|black", re.IGNORECASE)
STROKED = (pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE, pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE_CLIP)
NOT_A_LETTER = frozenset(range(0x20)) | {0x7F, 0xFFFE, 0xFFFF, 0xAD}
SPACES = frozenset({0x20, 0xA0, 0x3000})


class View(NamedTuple):
    """How a page is shown: its visible part in points, and quarter turns to the right."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as shown, in millimetres."""
        wide, tall = (self.right - self.left) * POINT, (self.top - self.bottom) * POINT
        return (tall, wide) if self.turns % 2 else (wide, tall)

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A box of the page as shown."""
        if not self.turns:
            return Box(
                (left - self.left) * POINT,
                (self.top - top) * POINT,
                (right - self.left) * POINT,
                (self.top - bottom) * POINT,
            )
        one, other = self._point(left, bottom), self._point(right, top)
        (first, third), (second, fourth) = (sorted(pair) for pair in zip(one, other, strict=True))
        return Box(first, second, third, fourth)

    def _point(self, x: float, y: float) -> tuple[float, float]:
        """A point as shown, in millimetres from the upper left."""
        x, y = x - self.left, self.top - y
        wide, tall = self.right - self.left, self.top - self.bottom
        x, y = ((x, y), (tall - y, x), (wide - x, tall - y), (y, wide - x))[self.turns]
        return x * POINT, y * POINT

    def turned(self, angle: float) -> float:
        """Quarter turns to the right that text of this direction takes as shown."""
        return (self.turns - angle / (math.pi / 2)) % 4


def view(page: pypdfium2.PdfPage) -> View | None:
    """How the page is shown; None when it has no size."""
    left, bottom, right, top = page.get_bbox()
    found = View(left, bottom, right, top, page.get_rotation() // 90 % 4)
    return found if sound(*found[:4]) and right > left and top > bottom else None


class Face(NamedTuple):
    """What the letters of one text object look like."""

    size: float
    red: bool
    bold: bool
    turns: float


def _face(text: pdfium.FPDF_TEXTPAGE, at: int, piece: pdfium.FPDF_PAGEOBJECT, shown: View) -> Face:
    """The look of a text object, asked once for all its letters."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text, at, matrix)
    scale = math.hypot(matrix.c, matrix.d) or 1.0
    size = pdfium.FPDFText_GetFontSize(text, at) * scale
    mode = pdfium.FPDFTextObj_GetTextRenderMode(piece)
    colour = [ctypes.c_uint() for _ in range(4)]
    pdfium.FPDFText_GetFillColor(text, at, *colour)
    name = ctypes.create_string_buffer(128)
    pdfium.FPDFText_GetFontInfo(text, at, name, 128, None)
    heavy = pdfium.FPDFText_GetFontWeight(text, at) >= HEAVY
    return Face(
        size if sound(size) else 0.0,
        is_red(*(part.value for part in colour[:3])),
        heavy or mode in STROKED or bool(BOLD.search(name.value.decode("latin-1"))),
        shown.turned(math.atan2(matrix.b, matrix.a)),
    )


def _letters(page: pypdfium2.PdfPage, shown: View) -> Iterator[tuple[Face, Glyph]]:
    """Every letter that can be seen, in the order of the file."""
    holder = page.get_textpage()  # the letters go with it
    text = holder.raw
    wide, tall = shown.size
    faces: dict[int, Face] = {}
    rect = pdfium.FS_RECTF()
    for at, letter, spaced in _written(text):
        piece = pdfium.FPDFText_GetTextObject(text, at)
        key = ctypes.addressof(piece.contents) if piece else 0
        if key not in faces:
            faces[key] = _face(text, at, piece, shown)
        face, found = faces[key], _place(text, at, rect)
        if found:
            box = shown.box(*found)
            if box.right > 0 and box.bottom > 0 and box.left < wide and box.top < tall:
                yield face, Glyph(letter, box, face.size, face.red, face.bold, spaced)


def _written(text: pdfium.FPDF_TEXTPAGE) -> Iterator[tuple[int, str, bool]]:
    """Each letter, where it stands in the file, and whether a space was written before it."""
    spaced, high = False, 0
    for at in range(pdfium.FPDFText_CountChars(text)):
        code = pdfium.FPDFText_GetUnicode(text, at)
        if code in SPACES:
            spaced = spaced or not pdfium.FPDFText_IsGenerated(text, at)
        elif 0xD800 <= code < 0xDC00:
            high = code
        elif 0xDC00 <= code < 0xE000:
            if high:
                yield at, chr(0x10000 + ((high - 0xD800) << 10) + code - 0xDC00), spaced
            spaced, high = False, 0
        elif code not in NOT_A_LETTER and code <= 0x10FFFF:
            yield at, chr(code), spaced
            spaced, high = False, 0


def _place(
    text: pdfium.FPDF_TEXTPAGE, at: int, rect: pdfium.FS_RECTF
) -> tuple[float, float, float, float] | None:
    """The box of a letter in points: the one its font gives, or else the one of its ink."""
    pdfium.FPDFText_GetLooseCharBox(text, at, rect)
    found = (rect.left, rect.bottom, rect.right, rect.top)
    if not (found[2] > found[0] and found[3] > found[1]):
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        pdfium.FPDFText_GetCharBox(text, at, left, right, bottom, top)
        found = (left.value, bottom.value, right.value, top.value)
    return found if sound(*found) else None


def lines(page: pypdfium2.PdfPage, shown: View, bars: Sequence[Box]) -> tuple[Line, ...]:
    """The lines of a page; bars part them."""
    return turning.read(((face.turns, glyph) for face, glyph in _letters(page, shown)), bars)
