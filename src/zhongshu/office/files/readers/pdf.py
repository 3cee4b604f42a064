"""PDF: pages as pictures and as text, by PDFium. It runs no JavaScript and fetches nothing."""

from __future__ import annotations

from typing import BinaryIO

import pypdfium2
import pypdfium2.raw as pdfium

from zhongshu.office.files import limits
from zhongshu.office.refusal import refuse

from .found import Found, Lines, Picture

END = 2048  # the end mark stands in the last bytes, or the file was cut off


def opened(source: BinaryIO) -> pypdfium2.PdfDocument:
    """The document, when it is whole, needs no password and has not too many pages."""
    size = source.seek(0, 2)
    source.seek(max(0, size - END))
    if b"%%EOF" not in source.read():
        raise refuse("damaged")
    source.seek(0)
    try:
        document = pypdfium2.PdfDocument(source)
    except pypdfium2.PdfiumError as error:
        password = error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        raise refuse("encrypted" if password else "damaged") from None
    if len(document) > limits.PAGES:
        raise refuse("too_many_pages", most=limits.PAGES)
    return document


def paged(document: pypdfium2.PdfDocument, number: int) -> pypdfium2.PdfPage:
    """The page with this number, counted from 1."""
    if not 1 <= number <= len(document):
        raise refuse("no_such_page")
    try:
        return document[number - 1]
    except pypdfium2.PdfiumError:
        raise refuse("damaged") from None


def _text(page: pypdfium2.PdfPage) -> str:
    """The words of a page, line by line."""
    words = page.get_textpage().get_text_bounded()
    return "\n".join(line.rstrip() for line in words.replace("\ufffe", "").splitlines())


def inspect(source: BinaryIO) -> Found:
    """How many pages, which title, what the first pages say."""
    document = opened(source)
    first = range(1, min(len(document), limits.HEAD_PAGES) + 1)
    head = tuple(_text(paged(document, number))[: limits.HEAD] for number in first)
    title = document.get_metadata_value("Title").strip()[:200]
    return Found("pdf", len(document), title, head)


def text(source: BinaryIO) -> list[str]:
    """The words of every page."""
    document, lines = opened(source), Lines()
    pages = []
    for number in range(1, len(document) + 1):
        pages.append(_text(paged(document, number)))
        lines.add(pages[-1])
    return pages


def picture(source: BinaryIO, number: int, width: int) -> Picture:
    """One page, so many pixels wide."""
    document = opened(source)
    document.init_forms()
    page = paged(document, number)
    wide, tall = page.get_size()
    if wide <= 0 or tall / wide * width > limits.TALLEST:
        raise refuse("page_too_long")
    # a hair less than the width, because PDFium rounds up
    bitmap = page.render(scale=(width - 0.01) / wide, prefer_bgrx=True)
    image = bitmap.to_pil().convert("RGB")
    return Picture(image.width, image.height, image.tobytes())


def warm() -> None:
    """Load whatever is loaded at first use, while files can still be opened."""
    document = pypdfium2.PdfDocument.new()
    page = document.new_page(72, 72)
    _text(page)
    page.render(prefer_bgrx=True).to_pil().convert("RGB")
