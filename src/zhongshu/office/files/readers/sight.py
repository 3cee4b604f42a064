"""Pages that are pictures, read by an optical reader (the extra `ocr`). 光学识读。

RapidOCR with the models it carries: nothing is fetched. One thread, so that the sessions survive
the fork; what it needs is loaded before the walls stand. How sure it was goes with each line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

import cv2
import numpy as np
from PIL import Image, ImageDraw
from rapidocr import RapidOCR

from zhongshu.kernel.papers.layout import Box, Line, Page

from . import columns, pdf, pictures, seals, typefaces
from .lines import POINT, Glyph, ranked, union
from .ofd_text import is_wide

DOTS = 200 / 25.4  # a millimetre of the picture that is read
LARGEST = 3_500  # pixels on the longer side: A4 at 300 dots an inch
ONE_LINE = 1.0  # pieces of a row so near are one line, in em
RED = 0.35  # of the ink of a line
SETTINGS = {
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    "Global.log_level": "critical",
    "Global.max_side_len": LARGEST,
}
engine: list[Any] = []


def warm() -> None:
    """Load the models, and read a word once, because they are made ready at first use."""
    cv2.setNumThreads(1)
    engine.append(RapidOCR(params=SETTINGS))
    word = Image.new("RGB", (800, 400), "white")
    face = typefaces.faces["none"]
    ImageDraw.Draw(word).text((200, 100), "2026", fill="black", font=face)
    if not list(_seen(word)):
        raise ValueError("the optical reader does not see")


def page(source: BinaryIO, kind: str, number: int) -> Page:
    """One page of a PDF or of a picture."""
    image, wide, tall = _pdf(source, number) if kind == "pdf" else _picture(source, number)
    dots = image.width / wide
    rules, sealed = seals.rules(image, wide, tall), seals.find(image, wide, tall)
    clear = _cleared(image, sealed, dots)
    found = [_line(text, ends, sure, clear, dots) for text, ends, sure in _seen(clear)]
    lines = _in_order([line for line in found if line.text])
    return Page(tuple(lines), wide, tall, rules, sealed)


def _cleared(image: Image.Image, sealed: Sequence[Box], dots: float) -> Image.Image:
    """The picture as seen through red glass where seals are, so that they do not cover words."""
    clear = image.copy()
    for box in sealed:
        left, top, right, bottom = (round(end * dots) for end in box)
        red = image.crop((left, top, right, bottom)).getchannel("R")
        clear.paste(Image.merge("RGB", (red, red, red)), (left, top))
    return clear


def _pdf(source: BinaryIO, number: int) -> tuple[Image.Image, float, float]:
    """A page of a PDF as it would be scanned, and its size in millimetres."""
    document = pdf.opened(source)
    document.init_forms()
    shown = pdf.paged(document, number)
    wide, tall = (max(1.0, end * POINT) for end in shown.get_size())
    dots = min(DOTS, LARGEST / max(wide, tall))
    bitmap = shown.render(scale=dots * POINT, prefer_bgrx=True)
    return bitmap.to_pil().convert("RGB"), round(wide, 2), round(tall, 2)


def _picture(source: BinaryIO, number: int) -> tuple[Image.Image, float, float]:
    """A picture, upright and on white, and its size in millimetres."""
    image, wide, tall = pictures.upright(source, number)
    image.thumbnail((LARGEST, LARGEST))
    return image, wide, tall


def _seen(image: Image.Image) -> Iterator[tuple[str, Sequence[Any], float]]:
    """What the optical reader sees: words, the corners of their box in pixels, how sure."""
    pixels = np.asarray(image)[:, :, ::-1]
    seen = engine[0](np.ascontiguousarray(pixels))
    if seen.boxes is not None and seen.txts is not None:
        yield from zip(seen.txts, seen.boxes, seen.scores, strict=True)


def _line(text: str, ends: Sequence[Any], sure: float, image: Image.Image, dots: float) -> Line:
    """Words as a line of the page."""
    across, down = [float(x) for x, _ in ends], [float(y) for _, y in ends]
    left, top, right, bottom = min(across), min(down), max(across), max(down)
    text = "".join(sign for sign in text.strip() if sign.isprintable())
    units = sum(1.0 if is_wide(sign) else 0.5 for sign in text) or 1.0
    em = min((right - left) / units, bottom - top) / dots
    box = Box(*(round(end / dots, 2) for end in (left, top, right, bottom)))
    cut = image.crop((int(left), int(top), int(right) + 1, int(bottom) + 1))
    size, sure = round(em / POINT, 1), round(min(1.0, max(0.0, float(sure))), 3)
    return Line(text, box, size, red=seals.share_of_red(cut) > RED, sure=sure)


def _in_order(lines: list[Line]) -> list[Line]:
    """Lines in reading order; pieces of a row that stand near each other are one."""
    glyphs = [Glyph(line.text, line.box, line.size) for line in lines if line.box]
    pieces = [
        columns.Piece(at, 0, lines[n].box or Box(0, 0, 0, 0), glyphs[n].em, 0.0, (lines[n],))
        for at, row in enumerate(ranked(glyphs))
        for n in row
    ]
    return [_one(row) for row in columns.in_order(pieces, _near)]


def _near(left: columns.Piece[Line], right: columns.Piece[Line]) -> bool:
    """Whether two pieces of a row are one line."""
    return right.box.left - left.box.right < ONE_LINE * max(left.em, right.em)


def _one(row: list[columns.Piece[Line]]) -> Line:
    """Pieces as one line, as sure as the least sure of them."""
    parts = [line for piece in row for line in piece.what]
    first = max(parts, key=lambda line: len(line.text))
    return first._replace(
        text="".join(line.text for line in parts),
        box=union(piece.box for piece in row),
        sure=min(line.sure for line in parts),
    )
