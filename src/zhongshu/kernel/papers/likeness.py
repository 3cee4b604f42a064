"""Whether two texts are nearly the same: a 64-bit sketch, compared bit by bit. 文字相似.

The sketch is a SimHash (Charikar, 2002) over the three-letter pieces of a text: texts that share
nearly all pieces differ in few bits, unrelated ones in about half. Blanks, punctuation and the
width of letters count for nothing, so a paper and its second scan come close together.

What is near is found by an index and never by looking at every paper. The sketch is cut into
eight blocks, and every pair of blocks is a key: six wrong bits touch at most six blocks, so any
two sketches that are `NEAR` share at least one of the 28 keys (Manku and others, 2007).
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from itertools import combinations

PIECE = 3  # letters
SHORTEST = 40  # letters; of less, a sketch says nothing
BYTES = 8
BITS = 8 * BYTES
NEAR = 6  # bits that may differ
PAIRS = tuple(combinations(range(BYTES), 2))


def letters(text: str) -> str:
    """The letters and digits of a text, each in one shape; what it is compared by."""
    shaped = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in shaped if sign.isalnum())


def sketch(text: str) -> int | None:
    """The sketch of a text, from 0 to 2**64 - 1; None of one too short to be compared."""
    kept = letters(text)
    if len(kept) < SHORTEST:
        return None
    pieces = Counter(kept[at : at + PIECE] for at in range(len(kept) - PIECE + 1))
    hashed = {
        piece: hashlib.blake2b(piece.encode(), digest_size=BYTES).digest() for piece in pieces
    }
    found = 0
    for block in range(BYTES):
        told: Counter[int] = Counter()
        for piece, count in pieces.items():
            told[hashed[piece][block]] += count
        found = found << 8 | _vote(told, len(kept) - PIECE + 1)
    return found


def _vote(told: Counter[int], pieces: int) -> int:
    """The byte whose every bit is that of most pieces; half and half counts as one."""
    byte = 0
    for bit in range(8):
        ones = sum(count for value, count in told.items() if value >> bit & 1)
        byte |= (2 * ones >= pieces) << bit
    return byte


def distance(one: int, other: int) -> int:
    """How many bits differ."""
    return (one ^ other).bit_count()


def near(one: int, other: int) -> bool:
    """Whether two texts with these sketches are nearly the same."""
    return distance(one, other) <= NEAR


def keys(of: int) -> tuple[int, ...]:
    """The 28 keys under which a sketch is found, each below 2**21: which pair, and its bits."""
    blocks = of.to_bytes(BYTES, "big")
    return tuple(
        nth << 16 | blocks[one] << 8 | blocks[other] for nth, (one, other) in enumerate(PAIRS)
    )
