"""Plain text, in UTF-8, GB18030 or marked UTF-16: nothing but characters, to the last byte."""

from __future__ import annotations

import codecs
import re
from typing import BinaryIO

from zhongshu.office.files import limits
from zhongshu.office.files.kinds import WEB
from zhongshu.office.refusal import refuse

from .found import Found, Lines

NARROW = (("txt", "utf-8-sig"), ("txt_gb", "gb18030"))
WIDE = (("txt_u16", "utf-16"),)
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def read(source: BinaryIO) -> tuple[str, str]:
    """The text and what it was written in: "txt" for UTF-8, "txt_gb" for GB18030, "txt_u16" for
    UTF-16 that says so."""
    source.seek(0)
    raw = source.read(limits.TEXT * 4 + 1)
    if len(raw) > limits.TEXT * 4:
        raise refuse("too_much_text")
    wide = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for kind, coding in WIDE if wide else NARROW:
        try:
            text = raw.decode(coding)
        except UnicodeDecodeError:
            continue
        if CONTROLS.search(text):
            break
        if wide and WEB.match(text[:4096].encode()):
            raise refuse("kind_web")
        return text, kind
    raise refuse("kind_unknown")


def inspect(source: BinaryIO) -> Found:
    """Whether it is text at all, and how it begins."""
    text, kind = read(source)
    return Found(kind, head=(text[: limits.HEAD],))


def text(source: BinaryIO) -> list[str]:
    """All of it."""
    lines = Lines()
    for line in read(source)[0].splitlines():
        lines.add(line)
    return [lines.text()]
