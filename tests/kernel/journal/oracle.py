"""RFC 9162, section 2.1, written straight from its recursive definitions, and a sample journal."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from zhongshu.kernel.journal.entry import OPENING, Entry, encode, seal
from zhongshu.kernel.journal.export import export
from zhongshu.kernel.journal.tree import Batch, Front, head, seal_batch
from zhongshu.kernel.journal.verify import Head

START = datetime(2026, 11, 24, 8, tzinfo=UTC)
JOURNAL = "00112233445566778899aabbccddeeff"


def hashed(alg: str, *parts: bytes) -> bytes:
    return hashlib.new(alg, b"".join(parts)).digest()


def split(size: int) -> int:
    """The largest power of two smaller than the size."""
    half = 1
    while half * 2 < size:
        half *= 2
    return half


def mth(alg: str, leaves: Sequence[bytes]) -> bytes:
    if len(leaves) == 1:
        return hashed(alg, b"\x00", leaves[0])
    k = split(len(leaves))
    return hashed(alg, b"\x01", mth(alg, leaves[:k]), mth(alg, leaves[k:]))


def path(alg: str, index: int, leaves: Sequence[bytes]) -> list[bytes]:
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if index < k:
        return [*path(alg, index, leaves[:k]), mth(alg, leaves[k:])]
    return [*path(alg, index - k, leaves[k:]), mth(alg, leaves[:k])]


def subproof(alg: str, old: int, leaves: Sequence[bytes], whole: bool = True) -> list[bytes]:
    if old == len(leaves):
        return [] if whole else [mth(alg, leaves)]
    k = split(len(leaves))
    if old <= k:
        return [*subproof(alg, old, leaves[:k], whole), mth(alg, leaves[k:])]
    return [*subproof(alg, old - k, leaves[k:], False), mth(alg, leaves[:k])]


def nodes(batch: Batch, before: Batch | None = None) -> dict[tuple[int, int], bytes]:
    """All stored nodes of a journal sealed in one go."""
    found = {(0, index): leaf for index, leaf in enumerate(batch.leaves)}
    return found | {(level, index): node for level, index, node in batch.nodes}


def sample(size: int, alg: str = "sha256", journal: str = JOURNAL, salt: int = 0) -> list[bytes]:
    """Canonical bytes of the first entries of an invented journal."""
    rows = [
        Entry(
            journal,
            f"{salt:016x}{0:016x}",
            START,
            OPENING,
            "journal:1",
            "p1",
            facts=(("alg", alg),),
        )
    ]
    for number in range(1, size):
        key = f"{salt:016x}{number:016x}"
        payee = seal(alg, bytes([number % 256]) * 32, key, "payee", f"王小{number}")
        rows.append(
            Entry(
                journal,
                key,
                START + timedelta(minutes=number),
                "document.approve",
                f"matter:2026-{number}",
                f"p{number % 5}",
                post="办公室主任",
                facts=(("opinion", f'同意，"请{number}号"\n办理'), ("amount", str(number * 100))),
                seals=(("payee", payee),),
            )
        )
    return [encode(row) for row in rows]


def heads_at(alg: str, entries: Sequence[bytes], sizes: Sequence[int]) -> list[Head]:
    return [head(seal_batch(Front(alg), entries[:size]).front, JOURNAL) for size in sizes]


def exported(entries: Sequence[bytes], sizes: Sequence[int], alg: str = "sha256") -> list[bytes]:
    leaves = seal_batch(Front(alg), entries).leaves
    heads = heads_at(alg, entries, sizes)
    return list(export(zip(entries, leaves, strict=True), heads))
