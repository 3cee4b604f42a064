"""The journal checked against itself: rows against their bytes, bytes against the tree. 日志自查.

The verifier of the kernel tells an outsider whether an export is sound. This tells the owner which
row of which table is not: every entry is read again, and the tree is built anew beside the one
that is stored.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from django.db.models import QuerySet

from zhongshu.kernel.journal import entry as kernel
from zhongshu.kernel.journal import tree
from zhongshu.kernel.journal.verify import H, Lie
from zhongshu.office import clock

from .faults import Fault
from .models import Entry, Journal, Salt
from .queries import front_of

CHUNK = 500
LATE = timedelta(hours=1)  # nothing waits so long to be sealed while anybody works


def check_journals() -> Iterator[Fault]:
    """Every difference in every journal."""
    for journal in Journal.objects.order_by("pk"):
        where, alg = f"journal_journal:{journal.pk}", _opened_with(journal)
        if journal.alg != alg:
            yield Fault("journal_column", where, "alg")
        if alg:
            journal.alg = alg
            yield from _Walk(journal).faults()
        yield from _unsealed(journal)
    yield from _salts()


def _opened_with(journal: Journal) -> str:
    """The algorithm that its first entry names; empty where none does or none is known."""
    first = journal.entries.order_by("pk").first()
    said = _decoded(first) if first else None
    alg = dict(said.facts).get("alg", "") if said else ""
    return alg if alg in H else ""


class _Kept(NamedTuple):
    size: int
    root: str
    pk: int


class _Walk:
    """One journal, from its first entry, with the tree that grows beside it."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal
        self.front = tree.Front(journal.alg)
        heads = journal.heads.order_by("size").values_list("size", "root", "pk")
        self.heads = [_Kept(*row) for row in heads]

    def faults(self) -> Iterator[Fault]:
        """What differs."""
        batch: list[Entry] = []
        for row in self._rows():
            yield from _row(row, self.journal)
            place = self.front.size + len(batch)
            if row.place != place:
                yield Fault("entry_place", f"journal_entry:{row.pk}", f"{row.place} ≠ {place}")
            if not place and row.verb != kernel.OPENING:
                yield Fault("opening", f"journal_entry:{row.pk}")
            batch.append(row)
            if len(batch) == CHUNK or any(head.size == place + 1 for head in self.heads):
                yield from self._grow(batch)
                batch = []
        yield from self._grow(batch)
        yield from self._end()

    def _rows(self) -> Iterator[Entry]:
        rows: QuerySet[Entry] = self.journal.entries.filter(place__isnull=False)
        yield from rows.order_by("place").iterator(chunk_size=CHUNK)

    def _grow(self, batch: list[Entry]) -> Iterator[Fault]:
        """Add some entries, and compare the nodes above them with those that are stored."""
        if not batch:
            return
        grown = tree.seal_batch(self.front, (bytes(row.spelt) for row in batch))
        stored = _nodes(self.journal, grown.nodes)
        for level, index, digest in grown.nodes:
            if stored.get((level, index)) != digest:
                below = f"{index << level}..{(index + 1 << level) - 1}"
                yield Fault("node", f"journal_node:{level}/{index}", below)
        self.front = grown.front
        for head in self.heads:
            if head.size == self.front.size:
                yield from self._head(head)

    def _head(self, head: _Kept) -> Iterator[Fault]:
        if tree.head(self.front, self.journal.key).root != head.root:
            before = [one.size for one in self.heads if one.size < head.size]
            yield Fault(
                "head", f"journal_head:{head.pk}", f"{before[-1] if before else 0}..{head.size}"
            )

    def _end(self) -> Iterator[Fault]:
        where = f"journal_journal:{self.journal.pk}"
        stored = front_of(self.journal).front
        if stored.size != self.front.size:
            yield Fault("front", where, f"{stored.size} ≠ {self.front.size}")
        elif stored.peaks != self.front.peaks:
            yield from (Fault("front", where, span) for span in _spans(stored, self.front))
        expected = sum(self.front.size >> level for level in range(1, 64))
        if self.journal.nodes.count() != expected:
            yield Fault("node_extra", where, f"{self.journal.nodes.count()} ≠ {expected}")
        for head in self.heads:
            if head.size > self.front.size:
                yield Fault("head", f"journal_head:{head.pk}", f"{head.size} > {self.front.size}")


def _spans(stored: tree.Front, grown: tree.Front) -> Iterator[str]:
    """Under which peaks of the front something differs: from entry to entry."""
    if len(stored.peaks) != len(grown.peaks):
        yield f"0..{grown.size - 1}"
        return
    start = 0
    for (level, _), one, two in zip(
        tree.cover(0, grown.size), stored.peaks, grown.peaks, strict=True
    ):
        if one != two:
            yield f"{start}..{start + (1 << level) - 1}"
        start += 1 << level


def _nodes(
    journal: Journal, wanted: tuple[tuple[int, int, bytes], ...]
) -> dict[tuple[int, int], bytes]:
    found: dict[tuple[int, int], bytes] = {}
    for level in {level for level, _, _ in wanted}:
        places = [index for one, index, _ in wanted if one == level]
        rows = journal.nodes.filter(level=level, index__gte=min(places), index__lte=max(places))
        for index, digest in rows.values_list("index", "hash"):
            found[level, index] = bytes(digest)
    return found


def _row(row: Entry, journal: Journal) -> Iterator[Fault]:
    """One row against its own bytes."""
    where = f"journal_entry:{row.pk}"
    try:
        said = kernel.decode(bytes(row.spelt))
    except (Lie, ValueError) as why:
        yield Fault("entry_unreadable", where, str(why)[:60])
        return
    if said.journal != journal.key:
        yield Fault("entry_foreign", where)
    columns = {
        "key": (row.key, said.id),
        "at": (row.at, said.at),
        "verb": (row.verb, said.verb),
        "subject": (row.subject, said.subject),
        "person": (row.person, said.person),
    }
    for name, (there, sealed) in columns.items():
        if there != sealed:
            yield Fault("entry_column", where, name)


def _unsealed(journal: Journal) -> Iterator[Fault]:
    for row in journal.entries.filter(place__isnull=True).order_by("pk"):
        yield from _row(row, journal)
        if row.at < clock.now() - LATE:
            yield Fault("entry_unsealed", f"journal_entry:{row.pk}")


def _salts() -> Iterator[Fault]:
    """Personal fields against the digests in their entries; one that is gone must be forgotten."""
    rows = Entry.objects.order_by("pk")
    algs = {journal.pk: _opened_with(journal) for journal in Journal.objects.all()}
    forgotten = {
        (said.subject.removeprefix("entry:"), dict(said.facts).get("field", ""))
        for said in map(_decoded, rows.filter(verb="journal.forget"))
        if said is not None
    }
    for row in rows.prefetch_related("salts").iterator(chunk_size=CHUNK):
        said = _decoded(row)
        if said is None:
            continue
        kept, seals = {salt.name: salt for salt in row.salts.all()}, dict(said.seals)
        for name, digest in seals.items():
            salt, where = kept.get(name), f"journal_entry:{row.pk}"
            if salt is None:
                if (said.id, name) not in forgotten:
                    yield Fault("salt_missing", where, name)
            elif not _unseals(digest, salt, algs.get(row.journal_id, ""), said.id):
                yield Fault("salt", f"journal_salt:{salt.pk}", name)
        for name in kept.keys() - seals.keys():
            yield Fault("salt_extra", f"journal_salt:{kept[name].pk}", name)


def _unseals(digest: str, salt: Salt, alg: str, entry: str) -> bool:
    kept = bytes(salt.salt)
    if not alg or len(kept) != 32:
        return False
    return kernel.unseals(digest, alg, kept, entry, salt.name, salt.value)


def _decoded(row: Entry) -> kernel.Entry | None:
    try:
        return kernel.decode(bytes(row.spelt))
    except (Lie, ValueError):
        return None
