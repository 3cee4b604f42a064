"""The letters of a page of a PDF: where each stands, how large, whether red or bold."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from zhongshu.kernel.papers.layout import Box, Line

from .colours import is_red
from .lines import POINT, Glyph, gathered, sound, union

HEAVY = 600  # weight of a font
BOLD = re.compile(r"bold|heavy|black", re.IGNORECASE)
STROKED = (pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE, pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE_CLIP)
NOT_A_LETTER = frozenset(range(0x20)) | {0x7F, 0xFFFE, 0xFFFF, 0xAD}
SPACES = frozenset({0x20, 0xA0, 0x3000})
ASKEW = 0.1  # of a right angle: more is neither upright nor lying


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
    for at, letter, spaced in _written(text):
        piece = pdfium.FPDFText_GetTextObject(text, at)
        key = ctypes.cast(piece, ctypes.c_void_p).value or 0
        if key not in faces:
            faces[key] = _face(text, at, piece, shown)
        face, found = faces[key], _place(text, at)
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


def _place(text: pdfium.FPDF_TEXTPAGE, at: int) -> tuple[float, float, float, float] | None:
    """The box of a letter in points: the one its font gives, or else the one of its ink."""
    rect = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(text, at, rect)
    found = (rect.left, rect.bottom, rect.right, rect.top)
    if not (found[2] > found[0] and found[3] > found[1]):
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        pdfium.FPDFText_GetCharBox(text, at, left, right, bottom, top)
        found = (left.value, bottom.value, right.value, top.value)
    return found if sound(*found) else None


def lines(page: pypdfium2.PdfPage, shown: View) -> tuple[Line, ...]:
    """The lines of a page: upright ones first, then those that lie, then those at a slant."""
    upright: dict[int, list[Glyph]] = {0: []}
    slanted: list[list[Glyph]] = []
    last: Face | None = None
    for face, glyph in _letters(page, shown):
        quarter = round(face.turns) % 4
        if abs(face.turns - round(face.turns)) < ASKEW:
            upright.setdefault(quarter, []).append(glyph)
        elif last is face:
            slanted[-1].append(glyph)
        else:
            slanted.append([glyph])
        last = face
    found = [line for turns in sorted(upright) for line in _lying(upright[turns], turns)]
    return tuple(found + [_slanted(run) for run in slanted])


def _lying(glyphs: list[Glyph], turns: int) -> list[Line]:
    """Lines of letters that all lie alike: turned upright, gathered, turned back."""
    turned = [glyph._replace(box=_turn(glyph.box, -turns)) for glyph in glyphs]
    return [
        line._replace(box=_turn(line.box, turns)) if line.box else line for line in gathered(turned)
    ]


def _turn(box: Box, turns: int) -> Box:
    """A box after quarter turns to the right around the corner of the page."""
    for _ in range(turns % 4):
        box = Box(-box.bottom, box.left, -box.top, box.right)
    return box


def _slanted(run: list[Glyph]) -> Line:
    """A line at a slant, such as a watermark, in the order in which it was written."""
    first = run[0]
    box = union(glyph.box for glyph in run)
    return Line("".join(glyph.text for glyph in run), box, round(first.size, 1), first.red)
