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
from zhongshu.kernel.papers import likeness
from zhongshu.kernel.triage import Mark
from zhongshu.office import clock
from zhongshu.office.actor import Actor, machine
from zhongshu.office.files import actions as files
from zhongshu.office.files.models import Blob
from zhongshu.office.journal import actions as journal
from zhongshu.office.refusal import Refusal, refuse

AT_ONCE = 2 * 2**20  # bytes; what is larger is read in the background
READER = machine("reading")


class Came(NamedTuple):
    """One file that came: what it is called, its bytes, and whether a person vouches for it."""

    name: str
    stream: Iterable[bytes]
    vouched: bool = False


def receive(*, came: Came, batch: str, by: Actor, later: bool) -> Arrival:
    """Keep a file and put it into the tray. `later`: it is read in the background.

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
    with transaction.atomic(durable=True):
        arrival = Arrival.objects.create(
            key=key, batch=batch, name=file.name, by_id=person, at=file.added_at,
            digest=file.blob.digest,
        )  # fmt: skip
        facts = {"batch": batch, "digest": arrival.digest}
        journal.record(verb="arrival.add", subject=f"arrival:{key}", by=by, facts=facts)
        if later:
            read_later.enqueue(key)
    return arrival


def soon(file: Blob) -> bool:
    """Whether a file is small enough, and typed, so that it is read while its sender waits."""
    return file.size <= AT_ONCE and file.kind in {"pdf", "ofd", "docx", "txt", "txt_gb"}


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
        found = reading.read(arrival.digest)
    except Refusal as no:
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


def keep(*, key: str, typed: Mapping[str, str], by: Actor) -> None:
    """暂存: what the clerk has typed so far, for whoever goes on with it."""
    recordsoffice.require(by)
    with transaction.atomic(durable=True):
        kept = Arrival.objects.filter(key=key, state__in=OPEN).update(typed=dict(typed))
        if not kept:
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
