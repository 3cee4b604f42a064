"""Plain text as lines. 版式：纯文本。"""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from zhongshu.kernel.papers.layout import Layout, Line, Page
from zhongshu.office.files import limits
from zhongshu.office.refusal import refuse

from . import plain
from .found import Laid


def layout(source: BinaryIO) -> Laid:
    """Its lines; a form feed begins a new page."""
    text = plain.read(source)[0]
    if len(text) > limits.LETTERS:
        raise refuse("too_much_text")
    return bare("text", text.split("\f"))


def bare(form: str, sheets: Sequence[str]) -> Laid:
    """Words of which nothing is known but their order."""
    if len(sheets) > limits.PAGES:
        raise refuse("too_many_pages", most=limits.PAGES)
    pages = tuple(
        Page(tuple(Line(line.strip()) for line in sheet.splitlines() if line.strip()))
        for sheet in sheets
    )
    return Laid(Layout(form, pages))
