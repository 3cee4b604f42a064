"""Writing the journal: open it once, record every act in the act's own transaction, seal.

No entry, no act: whoever calls `record` does so inside his transaction, and if the entry cannot be
written nothing of the act is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import NamedTuple

from django.db import transaction
from django.db.models import Case, Value, When
from django.db.models.fields import BigIntegerField

from zhongshu.kernel.journal import entry as kernel
from zhongshu.kernel.journal.tree import seal_batch
from zhongshu.kernel.journal.verify import Head as TreeHead
from zhongshu.office import clock
from zhongshu.office.actor import Actor, machine

from .models import Entry, Head, Journal, Node, Salt
from .queries import NoJournal, current, front_of

BATCH = 500  # entries sealed in one transaction


class Open(NamedTuple):
    """The journal that is written now."""

    pk: int
    key: str
    alg: str


@cache
def _open() -> Open:
    """The newest journal. It changes only with a new algorithm, and then the house starts anew."""
    found = Journal.objects.order_by("-pk").values_list("pk", "key", "alg").first()
    if found is None:
        raise NoJournal
    return Open(*found)


def forget_open() -> None:
    """Ask anew which journal is open; for tests, whose rows are rolled back."""
    _open.cache_clear()


@transaction.atomic
def open_journal(*, alg: str = "sha256", by: Actor | None = None) -> Journal:
    """Begin a journal; it follows the newest one, whose last head stands in its first entry.

    The old one must be sealed to its end.
    """
    before = Journal.objects.order_by("-pk").first()
    after = front_of(before) if before else None
    facts = dict(kernel.opening(alg, after.head if after else None))
    journal = Journal.objects.create(key=clock.token(), alg=alg, opened_at=clock.now())
    forget_open()
    record(
        verb=kernel.OPENING, subject=f"journal:{journal.key}", by=by or machine("init"), facts=facts
    )
    return journal


def record(
    *,
    verb: str,
    subject: str,
    by: Actor,
    facts: Mapping[str, str] | None = None,
    seals: Mapping[str, str] | None = None,
    at: datetime | None = None,
) -> Entry:
    """One line of the journal, inside the caller's transaction.

    `facts` stand in the entry for ever and may name nobody; what can name a person goes into
    `seals`: the entry holds its salted digest, and the value can be forgotten later.
    `at` is the instant of the act, where that has one, so that rows and entry say the same.
    `ValueError` when the entry is not as docs/reference/journal.md lays it down.
    """
    journal = _open()
    key, now = clock.token(), at or clock.now()
    salts = {name: clock.random(32) for name in seals or {}}
    digests = tuple(
        (name, kernel.seal(journal.alg, salts[name], key, name, value))
        for name, value in (seals or {}).items()
    )
    spelt = kernel.encode(
        kernel.Entry(
            journal.key,
            key,
            now,
            verb,
            subject,
            by.person,
            post=by.post,
            behalf=by.behalf,
            facts=tuple((facts or {}).items()),
            seals=digests,
        )
    )
    row = Entry(
        journal_id=journal.pk,
        key=key,
        at=now,
        verb=verb,
        subject=subject,
        person=by.person,
        spelt=spelt,
    )
    row.save(force_insert=True)
    for name, value in (seals or {}).items():
        Salt.objects.create(entry=row, name=name, salt=salts[name], value=value)
    return row


def seal() -> int:
    """Give the entries written since the last sealing their places in the tree; how many.

    Run by one worker every second or so. Correctness does not rest on being alone: the front
    moves only from the size that was read, and two entries cannot have one place.
    """
    sealed = 0
    while count := _seal_some():
        sealed += count
    return sealed


@transaction.atomic
def _seal_some() -> int:
    journal = Journal.objects.order_by("-pk").first()
    if journal is None:
        raise NoJournal
    rows = list(
        Entry.objects.filter(journal=journal, place__isnull=True)
        .order_by("pk")
        .values_list("pk", "spelt")[:BATCH]
    )
    if not rows:
        return 0
    front = front_of(journal).front
    batch = seal_batch(front, (bytes(spelt) for _, spelt in rows))
    moved = Journal.objects.filter(pk=journal.pk, size=front.size).update(
        size=batch.front.size, peaks=b"".join(batch.front.peaks)
    )
    if not moved:
        return 0
    places = {pk: front.size + nth for nth, (pk, _) in enumerate(rows)}
    _place(places)
    Node.objects.bulk_create(
        Node(journal=journal, level=level, index=index, hash=digest)
        for level, index, digest in batch.nodes
    )
    return len(rows)


def _place(places: Mapping[int, int]) -> None:
    chosen = Case(
        *(When(pk=pk, then=Value(place)) for pk, place in places.items()),
        output_field=BigIntegerField(),
    )
    Entry.objects.filter(pk__in=places).update(place=chosen)


@transaction.atomic
def publish_head(*, at: datetime, where: str = "") -> Head:
    """Keep the present head, and say where it went; once for each size."""
    journal = Journal.objects.order_by("-pk").first()
    if journal is None:
        raise NoJournal
    now = front_of(journal).head
    if now is None:
        raise NoJournal
    kept, _ = Head.objects.get_or_create(
        journal=journal, size=now.size, defaults={"root": now.root, "at": at, "published": where}
    )
    return kept


@transaction.atomic
def forget(*, entry: Entry, name: str, by: Actor) -> None:
    """Erase a personal field for good: value and salt go, the journal stays sound."""
    Salt.objects.filter(entry=entry, name=name).delete()
    record(verb="journal.forget", subject=f"entry:{entry.key}", by=by, facts={"field": name})


def note_export(*, by: Actor) -> TreeHead:
    """Somebody takes the whole journal with him: that is an act, and written down before it is
    done. The head up to which he takes it; what he wrote down himself lies after it."""
    with transaction.atomic(durable=True):
        journal = current()
        sealed = front_of(journal).head
        if sealed is None:
            raise NoJournal
        record(
            verb="journal.export",
            subject=f"journal:{journal.key}",
            by=by,
            facts={"size": str(sealed.size)},
        )
    return sealed
