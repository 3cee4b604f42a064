"""Reading the journal: heads, receipts, exports. What it proves is computed by the kernel."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import NamedTuple

from zhongshu.kernel.journal import tree
from zhongshu.kernel.journal.export import export as lines
from zhongshu.kernel.journal.export import growth
from zhongshu.kernel.journal.export import receipt as receipt_line
from zhongshu.kernel.journal.tree import Front, Key
from zhongshu.kernel.journal.verify import Head as TreeHead

from .models import Entry, Head, Journal

CHUNK = 2_000
TOGETHER = timedelta(minutes=1)  # so far apart are acts that were written at once


class NoJournal(LookupError):
    """There is no journal yet: `zhongshu init` was not run."""


class Sealed(NamedTuple):
    """How far a journal is sealed; no head while it is empty."""

    front: Front
    head: TreeHead | None


def current() -> Journal:
    """The journal that is written now."""
    found = Journal.objects.order_by("-pk").first()
    if found is None:
        raise NoJournal
    return found


def front_of(journal: Journal) -> Sealed:
    """The front of its tree."""
    peaks, width = bytes(journal.peaks), hashlib.new(journal.alg).digest_size
    parts = tuple(peaks[at : at + width] for at in range(0, len(peaks), width))
    front = Front(journal.alg, journal.size, parts)
    return Sealed(front, tree.head(front, journal.key) if journal.size else None)


def waiting(*, journal: Journal) -> int:
    """Entries that are written and not yet sealed."""
    return journal.entries.filter(place__isnull=True).count()


def heads(*, limit: int) -> list[Head]:
    """The heads that were kept, the newest first."""
    return list(Head.objects.select_related("journal").order_by("-journal", "-size")[:limit])


def tree_head(head: Head) -> TreeHead:
    """A head that was kept, as the verifier knows it."""
    return TreeHead(head.journal.alg, head.journal.key, head.root, head.size)


def one(*, key: str) -> Entry | None:
    """The entry with this key. No gate: the caller asks whether it may be seen."""
    return Entry.objects.select_related("journal").filter(key=key).first()


def set_back(*, entries: Sequence[Entry]) -> frozenset[int]:
    """Those of them before which the clock was put back: the entry before is later than they are.
    The order of the journal is that of its places, whatever a clock says."""
    after = {one.pk: (one.journal_id, one.place - 1) for one in entries if one.place}
    before = Entry.objects.filter(
        journal__in={journal for journal, _ in after.values()},
        place__in={place for _, place in after.values()},
    )
    at = {
        (journal, place): at for journal, place, at in before.values_list("journal", "place", "at")
    }
    return frozenset(
        one.pk
        for one in entries
        if one.pk in after and at.get(after[one.pk], one.at) > one.at + TOGETHER
    )


def about(*, subject: str) -> list[Entry]:
    """Everything that was ever done to one thing, in order; as much as it went through itself."""
    return list(Entry.objects.filter(subject=subject).select_related("journal").order_by("pk"))


def leaf(alg: str, spelt: bytes) -> bytes:
    """The hash of an entry as a leaf of the tree (RFC 9162, 2.1.1)."""
    return hashlib.new(alg, b"\0" + spelt).digest()


def nodes(*, journal: Journal, keys: tuple[Key, ...]) -> dict[Key, bytes]:
    """Nodes by level and index, leaves among them; two queries for any number."""
    places = [index for level, index in keys if level == 0]
    found: dict[Key, bytes] = {
        (0, place): leaf(journal.alg, bytes(spelt))
        for place, spelt in journal.entries.filter(place__in=places).values_list("place", "spelt")
        if place is not None
    }
    wanted = {key for key in keys if key[0]}
    if wanted:
        rows = journal.nodes.filter(
            level__in={level for level, _ in wanted},
            index__in={index for _, index in wanted},
        ).values_list("level", "index", "hash")
        found |= {
            (level, index): bytes(digest)
            for level, index, digest in rows
            if (level, index) in wanted
        }
    return found


def root_at(journal: Journal, size: int) -> str:
    """The root of the journal when it was this long; empty when it never was, or its tree is not
    whole."""
    if not 0 < size <= journal.size:
        return ""
    keys = tree.cover(0, size)
    found = nodes(journal=journal, keys=keys)
    if len(found) < len(keys):
        return ""
    return tree.head(tree.front_at(journal.alg, size, found), journal.key).root


def receipt(*, entry: Entry) -> bytes | None:
    """The line that proves this entry under the present head; None until it is sealed."""
    journal = entry.journal
    sealed = front_of(journal).head
    if entry.place is None or sealed is None or entry.place >= sealed.size:
        return None
    plan = tree.inclusion_plan(entry.place, sealed.size)
    proof = tree.answer(journal.alg, plan, nodes(journal=journal, keys=tree.keys(plan)))
    return receipt_line(bytes(entry.spelt), entry.place, sealed, proof)


def consistency(*, journal: Journal, old: TreeHead) -> bytes:
    """The line that proves that the present head only adds to an older one."""
    sealed = front_of(journal).head
    if sealed is None:
        raise NoJournal
    plan = tree.consistency_plan(old.size, sealed.size)
    proof = tree.answer(journal.alg, plan, nodes(journal=journal, keys=tree.keys(plan)))
    return growth(old, sealed, proof)


def export(*, journal: Journal, upto: TreeHead | None = None) -> Iterator[bytes]:
    """All sealed entries as lines for the verifier, with every published head; up to a head that
    was taken before, or the present one."""
    sealed = upto or front_of(journal).head
    if sealed is None:
        raise NoJournal
    kept = journal.heads.filter(size__lt=sealed.size).order_by("size")
    heads = [TreeHead(journal.alg, journal.key, head.root, head.size) for head in kept]
    return lines(_rows(journal, sealed.size), [*heads, sealed])


def _rows(journal: Journal, size: int) -> Iterator[tuple[bytes, bytes]]:
    for start in range(0, size, CHUNK):
        rows = journal.entries.filter(place__gte=start, place__lt=min(start + CHUNK, size))
        for spelt in rows.order_by("place").values_list("spelt", flat=True):
            yield bytes(spelt), leaf(journal.alg, bytes(spelt))
