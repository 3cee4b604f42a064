"""What leaves the house: exports, receipts and consistency proofs, as lines for `verify`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from .verify import Head, write


def export(rows: Iterable[tuple[bytes, bytes]], heads: Sequence[Head]) -> Iterator[bytes]:
    """The lines of an export.

    `rows` are canonical bytes and leaf hash of each entry in order, both as they were stored:
    nothing is computed anew, so that the export shows what the store holds. `heads` are in order
    of size; the last one covers all rows.
    """
    yield write({"export": "1", "head": spelt(heads[-1]), "heads": str(len(heads))}) + b"\n"
    waiting = list(reversed(heads))
    for index, (entry, leaf) in enumerate(rows):
        yield b'{"entry":%b,"index":"%d","leaf":"%b"}\n' % (entry, index, leaf.hex().encode())
        while waiting and waiting[-1].size == index + 1:
            yield write({"head": spelt(waiting.pop())}) + b"\n"


def receipt(entry: bytes, index: int, head: Head, proof: Iterable[bytes]) -> bytes:
    """The line that proves one entry under one head."""
    rest = {
        "head": spelt(head),
        "index": str(index),
        "proof": [step.hex() for step in proof],
        "receipt": "1",
    }
    return b'{"entry":' + entry + b"," + write(rest)[1:] + b"\n"


def growth(old: Head, new: Head, proof: Iterable[bytes]) -> bytes:
    """The line that proves that one head only adds to another: a consistency proof."""
    said = {
        "consistency": "1",
        "new": spelt(new),
        "old": spelt(old),
        "proof": [step.hex() for step in proof],
    }
    return write(said) + b"\n"


def spelt(head: Head) -> dict[str, str]:
    """A head as the object that lines hold."""
    return {**head._asdict(), "size": str(head.size), "v": "1"}
