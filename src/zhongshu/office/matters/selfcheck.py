"""The house recounted from its journal: what stands in the tables and is not so is named. 自查.

From below: the journal against itself; every process and every matter against the journal; every
matter against its own events; numbers against the matters. Each difference names table and row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet

from zhongshu.kernel.flow.case import Actor
from zhongshu.kernel.flow.definition import Definition
from zhongshu.kernel.flow.text.format import read
from zhongshu.kernel.journal import entry as kernel
from zhongshu.kernel.journal.verify import Lie
from zhongshu.office import clock
from zhongshu.office.journal.faults import Fault
from zhongshu.office.journal.models import Entry
from zhongshu.office.journal.selfcheck import check_journals
from zhongshu.office.people.bureau import read as read_bureau

from . import recount_processes, sealed
from .kinds import all_kinds
from .models import Answered, Event, Matter, Process, Series
from .recount import Known, Origin, digest, recount
from .recount_beside import Said, beside

CHUNK = 200


def selfcheck(*, matter: str = "") -> Iterator[Fault]:
    """Every difference; of one matter alone, by number or key, where one is named."""
    check = _Check()
    if matter:
        rows = Matter.objects
        yield from check.matters(rows.filter(number=matter) | rows.filter(key=matter))
        return
    yield from _references()
    yield from check_journals()
    yield from check.processes()
    yield from check.matters(Matter.objects.all())
    yield from check.gone()
    yield from check.numbers()
    yield from check.answered()


def _references() -> Iterator[Fault]:
    """Rows that refer to nothing: a database keeps them out, unless it was told not to."""
    try:
        with transaction.atomic():
            connection.check_constraints()
    except IntegrityError as why:
        yield Fault("reference", "", str(why).splitlines()[0][:200])


class _Check:
    def __init__(self) -> None:
        bureau = read_bureau("", clock.now())
        self.known = Known(bureau.pks, bureau.keys, bureau.directory)
        self.flows: dict[int, Definition | None] = {}

    def flow(self, process: Process) -> Definition | None:
        """The process of a matter, read from this database and no cache."""
        if process.pk not in self.flows:
            found = read(process.text)
            self.flows[process.pk] = found if isinstance(found, Definition) else None
        return self.flows[process.pk]

    def matters(self, rows: QuerySet[Matter]) -> Iterator[Fault]:
        """Some matters, each with its entries and events."""
        last = 0
        ordered = rows.select_related("series", "process", "unit").order_by("pk")
        while chunk := list(ordered.filter(pk__gt=last)[:CHUNK]):
            last = chunk[-1].pk
            said = _said(chunk)
            events: dict[int, list[Event]] = defaultdict(list)
            for event in Event.objects.filter(matter__in=chunk).order_by("matter", "number"):
                events[event.matter_id].append(event)
            for matter in chunk:
                yield from self.matter(matter, said[matter.pk], events[matter.pk])
            yield from beside(chunk, said)

    def matter(self, matter: Matter, said: Said, events: list[Event]) -> Iterator[Fault]:
        """One matter against its entries, then against its own events."""
        opened = [found for _, found in said if found.verb == "matter.open"]
        where = f"matters_matter:{matter.pk}"
        if len(opened) != 1:
            yield Fault("matter_unopened", where, str(len(opened)))
            return
        newest = [found for _, found in said if found.verb in sealed.VERBS][-1]
        yield from self._sealed(matter, opened[0], dict(newest.facts))
        yield from self._events(matter, said, events)
        flow = self.flow(matter.process)
        if flow is None:
            yield Fault("replay", where, "process")
            return
        origin = _origin(opened[0], said)
        yield from recount(matter, events, origin, flow, self.known)

    def _sealed(
        self, matter: Matter, opened: kernel.Entry, facts: Mapping[str, str]
    ) -> Iterator[Fault]:
        where = f"matters_matter:{matter.pk}"
        for name, value in sealed.facts(matter).items():
            if facts.get(name) != value:
                yield Fault("matter_column", where, name)
        drafter = dict(opened.facts).get("drafter", opened.person)
        if self.known.keys.get(matter.initiator_id) != drafter:
            yield Fault("matter_column", where, "initiator")
        if matter.opened_at != opened.at:
            yield Fault("matter_column", where, "opened_at")
        values = Entry.objects.filter(subject=f"matter:{matter.key}", verb__in=sealed.VERBS)
        kept = dict(values.order_by("pk").values_list("salts__name", "salts__value"))
        for name, value in sealed.personal(matter).items():
            if name in kept and kept[name] != value:
                yield Fault("matter_column", where, name)

    def _events(self, matter: Matter, said: Said, events: list[Event]) -> Iterator[Fault]:
        """Each event against its entry; what is missing on either side."""
        entries = {row.pk: found for row, found in said if found.verb.startswith("flow.")}
        where = f"matters_matter:{matter.pk}"
        if [row.number for row in events] != list(range(1, len(events) + 1)):
            yield Fault("event_number", where)
        for row in events:
            entry, at = entries.pop(row.entry_id, None), f"matters_event:{row.pk}"
            if entry is None:
                yield Fault("event_extra", at)
                continue
            facts = dict(entry.facts)
            if facts.get("digest") != digest(row.text):
                yield Fault("event_text", at)
            columns = {
                "number": (str(row.number), facts.get("event")),
                "verb": (f"flow.{row.verb}", entry.verb),
                "person": (row.person, entry.person),
                "at": (row.at, entry.at),
            }
            for name, (there, sealed_) in columns.items():
                if there != sealed_:
                    yield Fault("event_column", at, name)
        for pk, entry in entries.items():
            yield Fault("event_gone", f"journal_entry:{pk}", dict(entry.facts).get("event", ""))

    def gone(self) -> Iterator[Fault]:
        """Matters that the journal opened and that are no longer there."""
        keys = Matter.objects.values_list("key", flat=True)
        there = {f"matter:{key}" for key in keys.iterator()}
        opened = Entry.objects.filter(verb="matter.open")
        for pk, subject in opened.order_by("pk").values_list("pk", "subject").iterator():
            if subject not in there:
                yield Fault("matter_gone", f"journal_entry:{pk}", subject)

    def numbers(self) -> Iterator[Fault]:
        """Every register of matters: numbers from one to the last, but for those skipped. What
        else is numbered, an archive or a list of needs, has no matter of its own to be held to."""
        of_matters = {
            kind.counter(register) for kind in all_kinds() for register in ("", *kind.registers)
        }
        skipped: dict[str, set[int]] = defaultdict(set)
        rows = Entry.objects.filter(verb="numbers.skip").order_by("pk")
        for entry in filter(None, map(decoded, rows)):
            facts = dict(entry.facts)
            name = f"{entry.subject.removeprefix('series:')}/{facts['year']}"
            skipped[name] |= set(range(int(facts["after"]) + 1, int(facts["last"]) + 1))
        for series in Series.objects.order_by("pk"):
            given = set(series.matters.values_list("serial", flat=True))
            if not given and series.code not in of_matters:
                continue
            wanted = set(range(1, series.last + 1)) - skipped[f"{series.code}/{series.year}"]
            if given != wanted:
                first = min(given ^ wanted)
                yield Fault("series", f"matters_series:{series.pk}", str(first))

    def processes(self) -> Iterator[Fault]:
        """Every process against the entries that proposed, released and retired it."""
        rows = Entry.objects.filter(verb__startswith="process.").order_by("pk")
        entries = filter(None, map(decoded, rows))
        yield from recount_processes.recount(entries, Process.objects.order_by("pk"), self.flow)

    def answered(self) -> Iterator[Fault]:
        """Every answered command names an event that is there, done by the one who asked."""
        events = Event.objects
        for row in Answered.objects.select_related("matter").order_by("pk").iterator():
            found = events.filter(matter=row.matter_id, number=row.event).first()
            person = found.person if found else ""
            if not row.event:  # the press that opened it
                person = self.known.keys.get(row.matter.initiator_id, "")
            if person != row.person:
                yield Fault("answered", f"matters_answered:{row.pk}")


def _origin(opened: kernel.Entry, said: Said) -> Origin:
    """From what a matter comes, and whom pools asked, by the entries about it."""
    facts = dict(opened.facts)
    came = " ".join(dict(found.facts).get("came", "") for _, found in said).split()
    drafter = Actor(facts["drafter"]) if "drafter" in facts else Actor(opened.person, opened.post)
    called, _, activation = facts.get("parent", "").partition("/")
    why, _, other = facts.get("link", "").partition("/")
    return Origin(
        drafter,
        frozenset(came),
        (called, int(activation)) if called else None,
        (why, other) if why else None,
    )


def _said(chunk: list[Matter]) -> dict[int, Said]:
    """What the journal says of some matters, in order, as far as it can be read."""
    by_subject = {f"matter:{matter.key}": matter.pk for matter in chunk}
    said: dict[int, Said] = {matter.pk: [] for matter in chunk}
    for row in Entry.objects.filter(subject__in=by_subject).order_by("pk"):
        found = decoded(row)
        if found is not None:
            said[by_subject[row.subject]].append((row, found))
    return said


def decoded(row: Entry) -> kernel.Entry | None:
    """What an entry says, or nothing where it cannot be read; that is told by the journal's own
    check."""
    try:
        return kernel.decode(bytes(row.spelt))
    except (Lie, ValueError):
        return None
