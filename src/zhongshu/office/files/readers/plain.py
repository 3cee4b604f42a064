"""Plain text, in UTF-8 or GB18030: nothing but characters, to the last byte."""

from __future__ import annotations

import re
from typing import BinaryIO

from zhongshu.office.files import limits
from zhongshu.office.refusal import refuse

from .found import Found, Lines

CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def _read(source: BinaryIO) -> tuple[str, str]:
    """The text and what it was written in: "txt" for UTF-8, "txt_gb" for GB18030."""
    source.seek(0)
    raw = source.read(limits.TEXT * 4 + 1)
    if len(raw) > limits.TEXT * 4:
        raise refuse("too_much_text")
    for kind, coding in (("txt", "utf-8-sig"), ("txt_gb", "gb18030")):
        try:
            text = raw.decode(coding)
        except UnicodeDecodeError:
            continue
        if CONTROLS.search(text):
            break
        return text, kind
    raise refuse("kind_unknown")


def inspect(source: BinaryIO) -> Found:
    """Whether it is text at all, and how it begins."""
    text, kind = _read(source)
    return Found(kind, head=(text[: limits.HEAD],))


def text(source: BinaryIO) -> list[str]:
    """All of it."""
    lines = Lines()
    for line in _read(source)[0].splitlines():
        lines.add(line)
    return [lines.text()]
