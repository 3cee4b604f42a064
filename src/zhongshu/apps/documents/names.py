"""By what two papers are held against each other: number and title, each in one shape. 查重用的键."""

from __future__ import annotations

import hashlib
import re

from zhongshu.kernel.papers.likeness import letters

SERIAL = re.compile(r"(?P<code>.*?)(?P<year>(?:19|20)\d\d)第?0*(?P<serial>\d+)号?$")


def number_key(number: str) -> str:
    """A document number without blanks, brackets and padding; the organ's code stands in it.

    Numbers of enterprises and courts may be irregular (handbook on documents, 1.3); their letters
    are kept as they are.
    """
    plain = letters(number)
    found = SERIAL.fullmatch(plain)
    return (f"{found['code']}-{found['year']}-{found['serial']}" if found else plain)[:80]


def title_key(source: str, title: str) -> str:
    """Who says what: a digest of source and title; empty without a title."""
    said = letters(title)
    told = f"{letters(source)}|{said}".encode()
    return hashlib.sha256(told).hexdigest() if said else ""
