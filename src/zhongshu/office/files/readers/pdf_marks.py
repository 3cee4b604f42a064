"""What else stands on a page of a PDF: red rules, and whether there may be a seal. 红线与印章。"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from functools import partial
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from zhongshu.kernel.papers.layout import Box
from zhongshu.office.files import limits
from zhongshu.office.refusal import refuse

from . import seals
from .colours import is_red
from .matrices import PLAIN, Matrix, boxed, times
from .pdf_letters import View

DEEP = 5  # drawings within drawings
DOTS = 2.0  # a millimetre of the picture in which seals are looked for


class Drawn(NamedTuple):
    """A picture or a path: its raw object, and its box as shown."""

    kind: int
    piece: pdfium.FPDF_PAGEOBJECT
    box: Box


class Walk:
    """Goes through the objects of pages, and counts them over the whole document."""

    def __init__(self) -> None:
        self._left = limits.OBJECTS

    def drawn(self, page: pypdfium2.PdfPage, shown: View) -> Iterator[Drawn]:
        """Every path and picture of a page."""
        ask = partial(pdfium.FPDFPage_GetObject, page.raw)
        return self._within(map(ask, range(pdfium.FPDFPage_CountObjects(page.raw))), shown, PLAIN)

    def _within(
        self,
        pieces: Iterable[pdfium.FPDF_PAGEOBJECT],
        shown: View,
        outer: Matrix,
        depth: int = 0,
    ) -> Iterator[Drawn]:
        """The objects of a page, or of a drawing in it."""
        for piece in pieces:
            self._left -= 1
            if self._left < 0:
                raise refuse("too_hard")
            kind = pdfium.FPDFPageObj_GetType(piece)
            if kind in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE):
                box = _box(piece, shown, outer)
                if box:
                    yield Drawn(kind, piece, box)
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEEP:
                count = max(0, pdfium.FPDFFormObj_CountObjects(piece))
                inner = map(partial(pdfium.FPDFFormObj_GetObject, piece), range(count))
                yield from self._within(inner, shown, times(_matrix(piece), outer), depth + 1)


def _matrix(piece: pdfium.FPDF_PAGEOBJECT) -> Matrix:
    """How a drawing is placed."""
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(piece, found):
        return PLAIN
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _box(piece: pdfium.FPDF_PAGEOBJECT, shown: View, outer: Matrix) -> Box | None:
    """The box of an object as shown; None for one that is nowhere."""
    ends = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(piece, *ends):
        return None
    left, bottom, right, top = (end.value for end in ends)
    placed = boxed(outer, Box(left, bottom, right, top))
    return shown.box(*placed) if placed else None


def _red(piece: pdfium.FPDF_PAGEOBJECT) -> bool:
    """Whether a path is seen in red."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(piece, fill, stroke)
    for used, ask in (
        (stroke.value, pdfium.FPDFPageObj_GetStrokeColor),
        (fill.value, pdfium.FPDFPageObj_GetFillColor),
    ):
        colour = [ctypes.c_uint() for _ in range(4)]
        if used and ask(piece, *colour) and colour[3].value:
            return is_red(*(part.value for part in colour[:3]))
    return False


class Marks(NamedTuple):
    """Red rules, upright rules of any colour, whether a seal may be there, whether pictures are."""

    rules: tuple[Box, ...]
    bars: tuple[Box, ...]
    sealed: bool
    pictures: bool


def marks(walk: Walk, page: pypdfium2.PdfPage, shown: View) -> Marks:
    """What else stands on a page."""
    rules: list[Box] = []
    bars: list[Box] = []
    sealed, pictures = pdfium.FPDFPage_GetAnnotCount(page.raw) > 0, False
    for kind, piece, box in walk.drawn(page, shown):
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictures = True
            sealed = sealed or seals.as_large(box)
        elif seals.is_rule(box):
            rules += [seals.rounded(box)] if _red(piece) else []
        elif seals.is_bar(box):
            bars.append(box)
        elif not sealed and seals.as_large(box):
            sealed = _red(piece)
    return Marks(tuple(rules[: limits.MARKS]), tuple(bars[: limits.BARS]), sealed, pictures)


def find_seals(page: pypdfium2.PdfPage, shown: View) -> tuple[Box, ...]:
    """Draw the page small and look for red rings."""
    wide, tall = shown.size
    if wide * tall * DOTS * DOTS > limits.PIXELS / 8:
        return ()
    bitmap = page.render(scale=DOTS * 25.4 / 72, may_draw_forms=True, prefer_bgrx=True)
    return seals.find(bitmap.to_pil().convert("RGB"), wide, tall)
