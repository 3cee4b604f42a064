"""Everything the page of one document shows. 文件处理单."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _

from zhongshu.apps.documents import archiving
from zhongshu.apps.documents.models import Incoming
from zhongshu.kernel.flow import path
from zhongshu.kernel.flow.case import Slot
from zhongshu.kernel.flow.definition import NodeKind
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.files import queries as files
from zhongshu.office.files.models import File
from zhongshu.office.handling.route import Events
from zhongshu.office.handling.sheet import Sheet, sheet
from zhongshu.office.journal.models import Entry
from zhongshu.office.journal.queries import leaf
from zhongshu.office.matters.models import Matter
from zhongshu.office.matters.offers import Offer
from zhongshu.office.matters.queries import find, visible
from zhongshu.office.people import queries as people
from zhongshu.office.people.bureau import Bureau
from zhongshu.office.ui.parts import Reader

from .facts import Fact, facts
from .similar import period
from .words import LOOKS, Line, line

ACKNOWLEDGED = frozenset({"circulate", "circulate_in_order", "read"})
INSTRUCTED = frozenset({"instruct_all", "settle"})


class Seat(NamedTuple):
    """Somebody who has the document now: what for, for how many working minutes, who could help."""

    slot: int
    name: str
    unit: str
    node: str
    node_id: str
    minutes: int
    since: datetime
    note: str
    mine: bool
    urge: Offer | None
    behalf: str = ""

    @property
    def stamp(self) -> str:
        """The character on its stamp."""
        return LOOKS.get(self.node_id, ("", "办", ""))[1]

    @property
    def acknowledge(self) -> bool:
        """Whether it is only to be read."""
        return self.node_id in ACKNOWLEDGED

    @property
    def mind(self) -> str:
        """What to mind here: a circle is not an approval."""
        worded = self.node_id in {"cosign", "instruct", "instruct_all", "settle", "check", "review"}
        return _("圈阅不等于同意，请写明意见") if worded else ""

    @property
    def told(self) -> str:
        """Where, and what for."""
        return "，".join(part for part in (self.unit, self.node, self.note) if part)


class Proof(NamedTuple):
    """Where the last step stands in the journal."""

    key: str
    number: int
    at: datetime
    digest: str
    sealed: bool


class Document(NamedTuple):
    """The page of a document."""

    sheet: Sheet
    incoming: Incoming
    lines: list[Line]
    beside: list[Line]
    seats: list[Seat]
    readers: list[Reader]
    files: list[File]
    last: Incoming | None
    proof: Proof | None
    archive_no: str
    facts: list[Fact]
    unnumbered: bool = False

    @property
    def mine(self) -> Seat | None:
        """The step that is the reader's, the oldest first."""
        return next((seat for seat in self.seats if seat.mine), None)

    @property
    def read_of(self) -> str:
        """How many of how many have read it."""
        return f"{sum(one.at is not None for one in self.readers)} / {len(self.readers)}"

    @property
    def due(self) -> datetime | None:
        """When it is due, while it is open."""
        matter = self.sheet.matter
        return None if matter.closed_at else matter.due_at

    @property
    def source_line(self) -> str:
        """Number, source and date, as they stand on the paper."""
        day = self.incoming.dated
        written = f"{day.year}年{day.month}月{day.day}日" if day else ""
        return "　".join(p for p in (self.incoming.document_no, self.incoming.source, written) if p)

    @property
    def slip(self) -> str:
        """The name of the printed form."""
        return f"{settings.BUREAU or ''}文件处理单"


def document(*, key: str, seen_by: Actor) -> Document:
    """One document; `Incoming.DoesNotExist` or `Matter.DoesNotExist` if it is not for him."""
    matter = find(key=key, seen_by=seen_by)
    incoming = Incoming.objects.select_related("lead", "suggested_lead").get(pk=matter.pk)
    incoming.matter = matter
    page, bureau = sheet(matter=matter, seen_by=seen_by), people.bureau()
    lines = [line(page.trial.definition, one, bureau) for one in page.opinions]
    values = page.trial.case.content.values
    retention = incoming.retention or str(values.get("retention") or period(incoming=incoming)[0])
    return Document(
        page,
        incoming,
        [one for one in lines if one.shown],
        [one for one in lines if one.node in INSTRUCTED and one.text],
        list(_seats(page, bureau)),
        list(_readers(page, bureau)),
        list(files.of(f"matter:{matter.key}", seen_by=seen_by)),
        _last(incoming, seen_by),
        _proof(matter),
        incoming.archive_no or archiving.proposed(incoming, retention),
        list(facts(incoming, page.trial.case, bureau)),
        bool(incoming.retention and not incoming.archive_no and matter.closed_at)
        and archiving.keeps_archives(seen_by),
    )


def _seats(page: Sheet, bureau: Bureau) -> Iterator[Seat]:
    trial = page.trial
    opened = {
        slot.id: at
        for at, event in page.events
        for act_ in event.acts
        for slot in act_.slots
        if slot.since == event.minute
    }
    urges = {offer.slot: offer for offer in page.offers if offer.verb == "urge"}
    for act_ in path.live(trial.case.acts):
        if act_.state != "open" or trial.case.state != "running":
            continue
        node = trial.definition.by_id[act_.node]
        for slot in act_.slots:
            if slot.state not in {"open", "lent", "blocked"}:
                continue
            person = trial.facts.people.people.get(slot.holder)
            yield Seat(
                slot.id,
                bureau.names.get(slot.holder, "") or _nobody(slot),
                bureau.names.get(person.unit, "") if person else "",
                node.name,
                node.id,
                max(0, trial.facts.minute - slot.since),
                opened.get(slot.id) or clock.calendar().at(slot.since),
                _note(page, slot, bureau),
                path.holds(slot, trial.by.person) and slot.state == "open",
                urges.get(slot.id),
                bureau.names.get(slot.behalf, "") if slot.behalf else "",
            )


def _nobody(slot: Slot) -> str:
    return "没有可办理的人" if slot.state == "blocked" else "待认领"


def _note(page: Sheet, slot: Slot, bureau: Bureau) -> str:
    """For whom it is held, or who could stand in."""
    if slot.behalf:
        return f"代 {bureau.names.get(slot.behalf, '')}"
    who = page.trial.facts.people
    for one in who.deputies.get(slot.principal, ()):
        deputy = who.people.get(one.deputy)
        if deputy and not deputy.gone:
            here = "不在岗" if deputy.away else "在岗"
            return f"B 角：{bureau.names.get(one.deputy, '')}{here}"
    return ""


def _readers(page: Sheet, bureau: Bureau) -> Iterator[Reader]:
    """Everybody it was passed to: as a step of the flow, and as copies."""
    decided = _decided(page.events)
    for act_ in path.live(page.trial.case.acts):
        if page.trial.definition.by_id[act_.node].kind is not NodeKind.ACKNOWLEDGE:
            continue
        for slot in act_.slots:
            name = bureau.names.get(slot.principal or slot.holder, "")
            if slot.decision:
                behalf = slot.decision.actor != slot.decision.principal
                by = f"{bureau.names.get(slot.decision.actor, '')}代" if behalf else ""
                yield Reader(name, decided.get(slot.id), by)
            elif slot.state != "void":
                yield Reader(name, None, "未送达" if slot.state == "waiting" else "未阅")
    yield from _copies(page, bureau)


def _copies(page: Sheet, bureau: Bureau) -> Iterator[Reader]:
    away = page.trial.facts.people.people
    for one in page.trial.case.readings.values():
        name = bureau.names.get(one.to, one.to)
        if one.state == "acknowledged":
            late = one.due is not None and one.at > one.due
            yield Reader(name, clock.calendar().at(one.at), "补阅" if late else "")
            continue
        person = away.get(one.to)
        words = {"queued": "未送达", "recalled": "已收回", "lapsed": "待补阅"}
        absent = "不在岗，补阅" if person and person.away else "未阅"
        yield Reader(name, None, words.get(one.state, absent))


def _decided(events: Events) -> Mapping[int, datetime]:
    return {
        slot.id: at
        for at, event in events
        for act_ in event.acts
        for slot in act_.slots
        if slot.decision and slot.decision.at == event.minute
    }


def _last(incoming: Incoming, seen_by: Actor) -> Incoming | None:
    """The last document of the same kind from the same source."""
    seen = visible(seen_by=seen_by, one_by_one=True)
    before = Incoming.objects.filter(
        source=incoming.source, sort=incoming.sort, matter__lt=incoming.pk, matter__in=seen
    )
    return before.select_related("matter").order_by("-matter").first()


def _proof(matter: Matter) -> Proof | None:
    entry = (
        Entry.objects.filter(subject=f"matter:{matter.key}")
        .select_related("journal")
        .order_by("-pk")
        .first()
    )
    if entry is None:
        return None
    sealed = entry.place is not None
    number = entry.place + 1 if entry.place is not None else entry.pk
    return Proof(
        entry.key, number, entry.at, leaf(entry.journal.alg, bytes(entry.spelt)).hex(), sealed
    )
