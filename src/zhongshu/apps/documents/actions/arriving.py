"""What arrives: kept in the tray, read by a machine, kept for later, set aside. 收文筐.

The file is kept first, because whatever is refused must leave nothing; the arrival is a row of its
own after it. Reading happens outside any transaction, since it takes as long as the file does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db import transaction
from django_tasks import task

from zhongshu.apps.documents import names, reading, recordsoffice, weighing
from zhongshu.apps.documents.entering import gone
from zhongshu.apps.documents.models import OPEN, Arrival, Likeness
from zhongshu.kernel.papers import likeness, secrecy
from zhongshu.kernel.triage import Mark
from zhongshu.office import clock
from zhongshu.office.actor import Actor, machine
from zhongshu.office.files import actions as files
from zhongshu.office.files import layouts
from zhongshu.office.files.models import Blob
from zhongshu.office.journal import actions as journal
from zhongshu.office.journal.models import Entry
from zhongshu.office.refusal import Refusal, refuse

AT_ONCE = 2 * 2**20  # bytes; what is larger is read in the background
TYPED = {"pdf", "ofd", "docx", "txt", "txt_gb"}
READER = machine("reading")


class Came(NamedTuple):
    """One file that came: what it is called, its bytes, and whether a person vouches for it."""

    name: str
    stream: Iterable[bytes]
    vouched: bool = False


def receive(*, came: Came, batch: str, by: Actor, soon: bool) -> Arrival:
    """Keep a file and put it into the tray. `soon`: somebody waits for it, so a small file that was
    typed is read at once; everything else is read in the background.

    Refused as any file is, and then nothing is kept of it.
    """
    person, key = recordsoffice.require(by), clock.token()
    file = files.add(
        name=came.name,
        stream=came.stream,
        subject=f"arrival:{key}",
        by=by,
        vouched=came.vouched,
    )
    quick = soon and _is_quick(file.blob)
    with transaction.atomic(durable=True):
        arrival = Arrival.objects.create(
            key=key, batch=batch, name=file.name, by_id=person, at=file.added_at,
            digest=file.blob.digest, vouched=came.vouched,
        )  # fmt: skip
        facts = {"batch": batch, "digest": arrival.digest}
        journal.record(verb="arrival.add", subject=f"arrival:{key}", by=by, facts=facts)
        if not quick:
            read_later.enqueue(key)
    if quick:
        read(key=key)
        left = Arrival.objects.filter(key=key).first()
        if left is None:  # it bore the mark of a state secret
            raise refuse("secret_mark")
        return left
    return arrival


def _is_quick(file: Blob) -> bool:
    """Whether a file is small enough, and typed, to be read while its sender waits."""
    if file.size > AT_ONCE or file.kind not in TYPED:
        return False
    try:
        return layouts.typed(digest=file.digest)
    except Refusal:
        return True  # why it cannot be read is told as soon as it is tried


@task()
def read_later(key: str) -> None:
    """The task of the background."""
    read(key=key)


def read(*, key: str) -> None:
    """Let a machine read what lies in the tray unread. Again it does nothing."""
    arrival = Arrival.objects.filter(key=key, state=Arrival.State.WAITING).first()
    if arrival is None:
        return
    try:
        found = reading.read(arrival.digest, arrival.name)
    except Refusal as no:
        if "secret_mark" in no.refused.codes:
            _destroy(arrival, READER)
            return
        _keep_reading(arrival, None, no.refused.reasons[0].code)
        return
    _keep_reading(arrival, found, "nothing_read" if found.told["empty"] else "")


def _keep_reading(arrival: Arrival, found: reading.Read | None, why: str) -> None:
    """What was read, or why nothing was; unless somebody was faster."""
    told = found.told if found else {}
    kept = {
        "state": Arrival.State.UNREADABLE if why else Arrival.State.READY,
        "why": why,
        "reading": told,
        "sketch": _signed(found.sketch) if found else None,
        "document_key": names.number_key(reading.shown(told, "document_no").value),
        "title_key": _title_key(told),
    }
    with transaction.atomic(durable=True):
        unread = Arrival.objects.filter(pk=arrival.pk, state=Arrival.State.WAITING)
        if not unread.update(**kept, **_place(arrival, told)):
            return
        if found:
            files.keep_text(digest=arrival.digest, text=found.text)
        if found and found.sketch is not None:
            Likeness.objects.bulk_create(
                Likeness(arrival=arrival, key=one) for one in likeness.keys(found.sketch)
            )
        facts = {"form": str(told.get("form", "")), "why": why}
        subject = f"arrival:{arrival.key}"
        journal.record(verb="arrival.read", subject=subject, by=READER, facts=facts)


def destroy(*, key: str, by: Actor) -> None:
    """What lies in the tray turned out to be a state secret: nothing of it stays but the event."""
    recordsoffice.require(by)
    arrival = Arrival.objects.filter(key=key, state__in=OPEN).first()
    if arrival is None:
        raise gone(key)
    _destroy(arrival, by)


def _destroy(arrival: Arrival, by: Actor) -> None:
    """A scan shows its mark only when it is read. The bytes go once their rows are gone."""
    with transaction.atomic(durable=True):
        Arrival.objects.filter(same_as=arrival).update(same_as=None)
        arrival.delete()
        for entry in Entry.objects.filter(subject=f"arrival:{arrival.key}", verb="file.add"):
            journal.forget(entry=entry, name="name", by=by)
        files.destroy(digest=arrival.digest, by=by)


def _signed(sketch: int | None) -> int | None:
    """As the databases hold 64 bits."""
    return sketch if sketch is None or sketch < 1 << 63 else sketch - (1 << 64)


def _title_key(told: Mapping[str, Any]) -> str:
    source, title = (reading.shown(told, name).value for name in ("source", "title"))
    return names.title_key(source, title)


def _place(arrival: Arrival, told: Mapping[str, Any]) -> dict[str, int | None]:
    """Where it stands in the tray; without a due time where the paper names an impossible day."""
    shown = {name: reading.shown(told, name).value for name in ("source", "title", "wanted_by")}
    mark = Mark(reading.shown(told, "urgency").value or Mark.NORMAL)
    asked = weighing.Asked(
        "telegram" if mark is Mark.FLASH else "",
        shown["source"],
        shown["title"],
        mark,
        weighing.day(shown["wanted_by"]),
        arrival.at,
        reading.signs(told),
    )
    try:
        proposed = weighing.propose(asked)
    except ValueError:
        return {"weight": 1, "due": None}
    return {"weight": proposed.weight, "due": clock.calendar().minute(proposed.due_at)}


def keep(*, key: str, typed: Mapping[str, Any], by: Actor) -> None:
    """暂存: what the clerk has typed so far, for whoever goes on with it. A paper without file
    comes into the tray by it."""
    person = recordsoffice.require(by)
    words = [value for value in typed.values() if isinstance(value, str)]
    if any(secrecy.in_title(word) is secrecy.Verdict.MARK for word in words):
        raise refuse("secret_title")
    with transaction.atomic(durable=True):
        mine = Arrival.objects.filter(key=key)
        if not mine.exists():
            told = {"batch": key, "by_id": person, "at": clock.now(), "state": Arrival.State.READY}
            Arrival.objects.create(key=key, typed=dict(typed), **told)
        elif not mine.filter(state__in=OPEN).update(typed=dict(typed)):
            raise gone(key)
        journal.record(verb="arrival.keep", subject=f"arrival:{key}", by=by)


def apart(*, key: str, of: str, why: str, by: Actor) -> None:
    """不是同一件: it only looks like an earlier one (an arrival's key), and why."""
    recordsoffice.require(by)
    if not why.strip():
        raise refuse("opinion_needed")
    with transaction.atomic(durable=True):
        arrival = Arrival.objects.select_for_update().filter(key=key, state__in=OPEN).first()
        if arrival is None:
            raise gone(key)
        Arrival.objects.filter(pk=arrival.pk).update(apart={**arrival.apart, of: why.strip()})
        facts, seals = {"of": f"arrival:{of}"}, {"why": why.strip()}
        subject = f"arrival:{key}"
        journal.record(verb="arrival.apart", subject=subject, by=by, facts=facts, seals=seals)


def same(*, key: str, of: str, by: Actor) -> Arrival:
    """是同一件: it is set aside, and points to the earlier one, which is returned."""
    person, now = recordsoffice.require(by), clock.now()
    earlier = Arrival.objects.select_related("matter").filter(key=of).exclude(key=key).first()
    if earlier is None:
        raise refuse("no_arrival")
    with transaction.atomic(durable=True):
        done = Arrival.objects.filter(key=key, state__in=OPEN).update(
            state=Arrival.State.DISMISSED,
            same_as=earlier,
            matter=earlier.matter,
            done_by=person,
            done_at=now,
        )
        if not done:
            raise gone(key)
        facts = {"of": f"arrival:{of}"}
        journal.record(verb="arrival.same", subject=f"arrival:{key}", by=by, facts=facts)
    return earlier
