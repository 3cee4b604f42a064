"""By what two papers are compared: number and title, each in one shape. 查重用的键."""

from __future__ import annotations

import hashlib

from zhongshu.kernel.papers.likeness import letters
from zhongshu.kernel.papers.recognise.number import parse


def number_key(number: str) -> str:
    """A document number without blanks, brackets and padding; the organ's code stands in it.

    Numbers of enterprises and courts may be irregular (handbook on documents, 1.3); their letters
    are kept as they are.
    """
    known = parse(number)
    return letters(known[1].normal if known else number)[:80]


def title_key(source: str, title: str) -> str:
    """Who says what: a digest of source and title; empty without a title."""
    said = letters(title)
    told = f"{letters(source)}|{said}".encode()
    return hashlib.sha256(told).hexdigest() if said else ""
