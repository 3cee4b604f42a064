"""Every write about files. 附件的每一次写入。

A file is kept only after it arrived whole, was recognised in the jail, bears no mark of a state
secret, and fits what its name says. Anything else leaves nothing behind but, for a state secret,
one line without content in the journal.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import transaction

from zhongshu.kernel.papers import secrecy
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.journal import actions as journal
from zhongshu.office.people import queries as people
from zhongshu.office.refusal import Refusal, refuse

from . import jail, kinds, names, queries, store, subjects
from .models import Blob, File
from .readers.found import Found

REFUSED = "files:refused"  # the subject of a refusal; whose matter it was would say too much
STALE = timedelta(days=1)
PAGES_STAY = timedelta(days=30)


def add(
    *,
    name: str,
    stream: Iterable[bytes],
    subject: str,
    by: Actor,
    vouched: bool = False,
    once: bool = False,
) -> File:
    """Keep a file and give it to a subject. `stream` yields bytes, as `UploadedFile.chunks()`.

    `vouched`: the person declares that what looks like a mark is none. It counts only where there
    is doubt, and stands in the journal. `once`: what the subject has already is not added again,
    also where two presses of one button come in the same instant.
    """
    person = people.bureau().pks.get(by.person)
    if person is None or not subjects.may_change(by, subject):
        raise refuse("not_yours")
    name = names.clean(name)
    with store.arriving(stream, most=_most(person)) as arrived:
        found = jail.inspect(arrived.file)
        kinds.agree(kinds.KINDS[found.kind], name)
        verdict = secrecy.in_paper(name, (found.title, *found.head))
        if verdict is secrecy.Verdict.MARK:
            raise _secret("secret_mark", arrived.size, by)
        if verdict is secrecy.Verdict.DOUBT and not vouched:
            raise _secret("secret_doubt", arrived.size, by)
        facts = {"vouched": "yes"} if verdict else {}
        with store.shared():
            store.keep(arrived)
            file = File(name=name, subject=subject, added_by_id=person)
            return _write(file, arrived, found, by, facts, once=once)


def _most(person: int) -> int:
    """How many bytes may come from this person now."""
    today = clock.local(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    spent = queries.spent(person=person, since=today)
    left = settings.FILES_A_DAY - spent.size
    if left <= 0 or spent.files >= settings.FILES_COUNT_A_DAY:
        raise refuse("too_much_today")
    return min(settings.FILES_LARGEST, left)


def _secret(code: str, size: int, by: Actor) -> Refusal:
    """The refusal of what may be a state secret, after an entry that says nothing about it."""
    with transaction.atomic(durable=True):
        journal.record(
            verb="file.refuse",
            subject=REFUSED,
            by=by,
            facts={"reason": code, "size": "1" if size < 1 << 20 else "2"},
        )
    return refuse(code)


def _write(
    file: File,
    arrived: store.Arrived,
    found: Found,
    by: Actor,
    facts: dict[str, str],
    *,
    once: bool,
) -> File:
    """The rows and the line in the journal, in one transaction. Two at once with the same bytes
    wait for each other at the row of the blob, so the second sees what the first has added."""
    now = clock.now()
    with transaction.atomic(durable=True):
        file.blob, _ = Blob.objects.update_or_create(
            digest=arrived.digest,
            defaults={
                "size": arrived.size,
                "kind": found.kind,
                "pages": found.pages,
                "state": Blob.State.SOUND,
                "checked_at": now,
            },
        )
        there = File.objects.filter(subject=file.subject, blob=file.blob, removed_at=None)
        before = there.select_related("blob").first() if once else None
        if before is not None:
            return before
        file.added_at = now
        file.save(force_insert=True)
        journal.record(
            verb="file.add",
            subject=file.subject,
            by=by,
            facts={"file": file.key, "digest": file.blob.digest, "kind": found.kind} | facts,
            seals={"name": file.name},
        )
    return file


def remove(*, key: str, by: Actor) -> None:
    """Take a file off its subject. The bytes stay: the journal names them, and a copy may be asked
    for. `File.DoesNotExist` as for reading."""
    with transaction.atomic(durable=True):
        file = queries.find(key=key, seen_by=by)
        if not subjects.may_change(by, file.subject):
            raise refuse("not_yours")
        if not File.objects.filter(pk=file.pk, removed_at=None).update(removed_at=clock.now()):
            raise refuse("gone")
        facts = {"file": file.key, "digest": file.blob.digest}
        journal.record(verb="file.remove", subject=file.subject, by=by, facts=facts)


def hand(*, key: str, to: str, by: Actor) -> File:
    """Give a file from one subject to another, within the transaction of a caller who keeps
    something else with it. Whoever does so may change both. `File.DoesNotExist` as for reading.
    """
    file = queries.find(key=key, seen_by=by)
    before = file.subject
    if not subjects.may_change(by, before) or not subjects.may_change(by, to):
        raise refuse("not_yours")
    if not File.objects.filter(pk=file.pk, subject=before, removed_at=None).update(subject=to):
        raise refuse("gone")
    file.subject = to
    facts = {"file": file.key, "digest": file.blob.digest, "from": before}
    journal.record(verb="file.hand", subject=to, by=by, facts=facts)
    return file


def keep_text(*, digest: str, text: str) -> None:
    """Keep the words of a stored file for the search, within the transaction of whoever read it.
    They follow from the bytes, so the entry that named those is the only one."""
    Blob.objects.filter(digest=digest).update(text=text.replace("\0", ""))


def destroy(*, digest: str, by: Actor) -> None:
    """Bytes that were kept turned out to be a state secret: nothing of them stays but one line
    that says nothing about them. Within the transaction of whoever removes what refers to them;
    the bytes themselves go when it is committed, and the scrub takes what a power cut left."""
    blob = Blob.objects.get(digest=digest)
    File.objects.filter(blob=blob).delete()
    blob.delete()
    facts = {"reason": "secret_mark", "size": "1" if blob.size < 1 << 20 else "2"}
    journal.record(verb="file.refuse", subject=REFUSED, by=by, facts=facts)
    transaction.on_commit(lambda: store.destroy(digest))


class Damage(NamedTuple):
    """Bytes that are not what was stored."""

    digest: str
    state: str


def scrub(*, by: Actor) -> list[Damage]:
    """Read all bytes and compare; clear away what never was finished. What is not sound.

    The digests are counted outside the transaction, because it takes as long as the disk does.
    """
    now = clock.now()
    looked = [(pk, digest, _state(digest)) for pk, digest in _all()]
    damaged = [Damage(digest, state) for _, digest, state in looked if state != Blob.State.SOUND]
    with transaction.atomic(durable=True):
        for state in Blob.State.values:
            pks = [pk for pk, _, found in looked if found == state]
            for at in range(0, len(pks), 500):
                older = Blob.objects.exclude(checked_at__gt=now)  # or it was kept anew meanwhile
                older.filter(pk__in=pks[at : at + 500]).update(state=state, checked_at=now)
        facts = {"files": str(len(looked)), "damaged": str(len(damaged))}
        journal.record(verb="file.scrub", subject="files:all", by=by, facts=facts)
    known = Blob.objects.values_list("digest", flat=True)
    store.sweep(known, before=(now - STALE).timestamp())
    store.sweep_pages(before=(now - PAGES_STAY).timestamp())
    return damaged


def _all() -> list[tuple[int, str]]:
    """Every blob."""
    return list(Blob.objects.order_by("pk").values_list("pk", "digest"))


def _state(digest: str) -> str:
    """What has become of these bytes."""
    try:
        store.genuine(digest).close()
    except Refusal as refusal:
        missing = refusal.refused.codes == ("bytes_missing",)
        return Blob.State.MISSING if missing else Blob.State.DAMAGED
    return Blob.State.SOUND
