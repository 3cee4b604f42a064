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
from .lines import sound
from .pdf_letters import View

DEEP = 5  # drawings within drawings
DOTS = 2.0  # a millimetre of the picture in which seals are looked for
Matrix = tuple[float, float, float, float, float, float]
PLAIN: Matrix = (1, 0, 0, 1, 0, 0)


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
                yield from self._within(inner, shown, _times(_matrix(piece), outer), depth + 1)


def _matrix(piece: pdfium.FPDF_PAGEOBJECT) -> Matrix:
    """How a drawing is placed."""
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(piece, found):
        return PLAIN
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    """First the inner, then the outer."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (
        *(a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s),
        *(e * p + f * r + t, e * q + f * s + u),
    )


def _box(piece: pdfium.FPDF_PAGEOBJECT, shown: View, outer: Matrix) -> Box | None:
    """The box of an object as shown; None for one that is nowhere."""
    ends = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(piece, *ends):
        return None
    left, bottom, right, top = (end.value for end in ends)
    a, b, c, d, e, f = outer
    corners = [
        (a * x + c * y + e, b * x + d * y + f)
        for x, y in ((left, bottom), (right, bottom), (left, top), (right, top))
    ]
    across, along = zip(*corners, strict=True)
    found = (min(across), min(along), max(across), max(along))
    return shown.box(*found) if sound(*found) else None


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


def marks(walk: Walk, page: pypdfium2.PdfPage, shown: View) -> tuple[tuple[Box, ...], bool, bool]:
    """The red rules of a page, whether a seal may be on it, and whether pictures are."""
    rules, sealed, pictures = [], pdfium.FPDFPage_GetAnnotCount(page.raw) > 0, False
    for kind, piece, box in walk.drawn(page, shown):
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictures = True
            sealed = sealed or seals.as_large(box)
        elif seals.is_rule(box):
            rules += [seals.rounded(box)] if _red(piece) else []
        elif not sealed and seals.as_large(box):
            sealed = _red(piece)
    return tuple(rules[: limits.MARKS]), sealed, pictures


def find_seals(page: pypdfium2.PdfPage, shown: View) -> tuple[Box, ...]:
    """Draw the page small and look for red rings."""
    wide, tall = shown.size
    if wide * tall * DOTS * DOTS > limits.PIXELS / 8:
        return ()
    bitmap = page.render(scale=DOTS * 25.4 / 72, may_draw_forms=True, prefer_bgrx=True)
    return seals.find(bitmap.to_pil().convert("RGB"), wide, tall)
