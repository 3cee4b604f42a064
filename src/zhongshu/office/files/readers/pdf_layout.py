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


def layout(source: BinaryIO) -> Laid:
    """Every page; those that show pictures and no words are named as bare."""
    document = opened(source)
    document.init_forms()
    walk, pages, bare = pdf_marks.Walk(), [], []
    left, looks = limits.LETTERS, limits.SEAL_PAGES
    for number in range(1, len(document) + 1):
        page = paged(document, number)
        shown = view(page)
        if shown is None:
            pages.append(Page(()))
            continue
        rules, sealed, pictures = pdf_marks.marks(walk, page, shown)
        said = lines(page, shown)
        left -= sum(len(line.text) for line in said)
        if left < 0:
            raise refuse("too_much_text")
        if pictures and not said:
            bare.append(number)
        found = pdf_marks.find_seals(page, shown) if sealed and looks > 0 else ()
        looks -= sealed
        wide, tall = shown.size
        pages.append(Page(said, round(wide, 2), round(tall, 2), rules, found))
        page.close()
    return Laid(Layout("pdf", tuple(pages), _enclosed(document)), tuple(bare))


def _enclosed(document: pypdfium2.PdfDocument) -> tuple[str, ...]:
    """The names of the files in it."""
    count = document.count_attachments()
    if count > limits.ENCLOSED:
        raise refuse("too_many_parts")
    return tuple(document.get_attachment(at).get_name() for at in range(count))
