"""Seals that electronic signatures set on pages of an OFD (GB/T 33190, GB/T 38540). 电子印章。

Only where a seal stands and what it looks like is read. Whether the signature holds is not.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import NamedTuple

from zhongshu.kernel.papers.layout import Box
from zhongshu.office.files import limits
from zhongshu.office.refusal import refuse

from .ofd_book import Document, box

OCTETS = 0x04
WORDS = (0x16, 0x0C, 0x13)  # IA5String, UTF8String, PrintableString
DEEP = 12
PICTURES = ("png", "jpg", "jpeg", "bmp", "gif", "tif", "tiff", "ofd")


class Stamp(NamedTuple):
    """A seal on a page: its place, what part of it shows there, and the entries that hold it."""

    page: str
    box: Box
    clip: Box | None
    places: tuple[str, ...]

    @property
    def seen(self) -> Box:
        """The part of its place that shows; a seal over the edges of many pages shows a strip."""
        if self.clip is None:
            return self.box
        left, top, right, bottom = self.clip
        return Box(
            max(self.box.left, self.box.left + left),
            max(self.box.top, self.box.top + top),
            min(self.box.right, self.box.left + right),
            min(self.box.bottom, self.box.top + bottom),
        )


class Image(NamedTuple):
    """The look of a seal: what it says it is, and its bytes."""

    format: str
    content: bytes


def stamps(document: Document) -> list[Stamp]:
    """All seals of a document."""
    found: list[Stamp] = []
    for place in document.signatures():
        root = document.book.part(place)
        folder = posixpath.dirname(place)
        seal = document.find(root.findtext(".//Seal/BaseLoc"), folder)
        signed = document.find(root.findtext("SignedValue"), folder)
        places = tuple(held for held in (seal, signed) if held)
        for mark in root.iter("StampAnnot"):
            clip = mark.get("Clip")
            at = box(mark.get("Boundary"))
            found.append(Stamp(mark.get("PageRef", ""), at, box(clip) if clip else None, places))
            if len(found) > limits.STAMPS:
                raise refuse("too_many_parts")
    return found


def image(document: Document, stamp: Stamp) -> Image | None:
    """What a seal looks like; None where it holds no picture that is known."""
    for place in stamp.places:
        content = document.book.content(place)
        for found in _pictures(content, 0, len(content), 0):
            return found
    return None


def _pictures(raw: bytes, at: int, end: int, depth: int) -> Iterator[Image]:
    """Sequences of a word that names a kind of picture and bytes, wherever they stand (DER)."""
    before = ""
    while at < end:
        tag, start, stop = _value(raw, at, end)
        if stop <= at:
            return
        if tag in WORDS:
            before = raw[start : min(stop, start + 8)].decode("latin-1").lower().lstrip(".")
        elif tag == OCTETS and before in PICTURES:
            yield Image(before, raw[start:stop])
            before = ""
        elif tag & 0x20 and depth < DEEP:
            yield from _pictures(raw, start, stop, depth + 1)
        at = stop


def _value(raw: bytes, at: int, end: int) -> tuple[int, int, int]:
    """A tag, and where its value begins and ends; nothing but zeros where that is nonsense."""
    if at + 2 > end:
        return 0, 0, 0
    tag, length, start = raw[at], raw[at + 1], at + 2
    if length & 0x80:
        count = length & 0x7F
        length = int.from_bytes(raw[start : start + count], "big")
        start += count
        if not 0 < count <= 4:
            return 0, 0, 0
    stop = start + length
    return (tag, start, stop) if stop <= end else (0, 0, 0)
