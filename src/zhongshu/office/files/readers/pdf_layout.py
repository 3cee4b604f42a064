"""A PDF as lines and where they stand. 版式：PDF。"""

from __future__ import annotations

from typing import BinaryIO

import pypdfium2

from zhongshu.kernel.papers.layout import Layout, Page
from zhongshu.office.files import limits
from zhongshu.office.refusal import refuse

from . import pdf_marks
from .found import Laid
from .pdf import opened, paged
from .pdf_letters import lines, view


def layout(source: BinaryIO, start: int = 1) -> Laid:
    """So many pages from one on; those that show pictures and no words are named as bare."""
    document = opened(source)
    document.init_forms()
    walk, pages, bare = pdf_marks.Walk(), [], []
    end = min(len(document), start - 1 + limits.PAGES_AT_ONCE)
    for number in range(start, end + 1):
        page = paged(document, number)
        laid, pictured = _page(page, walk)
        pages.append(laid)
        bare += [number] if pictured and not laid.lines else []
        page.close()
    more = end + 1 if end < len(document) else 0
    return Laid(Layout("pdf", tuple(pages), _enclosed(document)), tuple(bare), more)


def _page(page: pypdfium2.PdfPage, walk: pdf_marks.Walk) -> tuple[Page, bool]:
    """A page, and whether it shows pictures."""
    shown = view(page)
    if shown is None:
        return Page(()), False
    found = pdf_marks.marks(walk, page, shown)
    wide, tall = (round(end, 2) for end in shown.size)
    sealed = pdf_marks.find_seals(page, shown) if found.sealed else ()
    said = lines(page, shown, found.bars)
    return Page(said, wide, tall, found.rules, sealed), found.pictures


def _enclosed(document: pypdfium2.PdfDocument) -> tuple[str, ...]:
    """The names of the files in it."""
    count = document.count_attachments()
    if count > limits.ENCLOSED:
        raise refuse("too_many_parts")
    return tuple(document.get_attachment(at).get_name() for at in range(count))
