"""Entering a paper in a register: the part that registering and returning at once share. 登记入册.

Part of the caller's transaction. The arrival is claimed first, over the state it was seen in, so
that of two clerks one is told of the other; then the number is taken, so that a refusal gives it
back.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime

from zhongshu.kernel.errors import Reason, Refused, reason
from zhongshu.kernel.papers import secrecy
from zhongshu.kernel.triage import Mark
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.files import actions as files
from zhongshu.office.files import queries as kept
from zhongshu.office.journal import actions as journal
from zhongshu.office.matters import accompany
from zhongshu.office.matters import actions as matters
from zhongshu.office.matters import queries as found
from zhongshu.office.matters.models import Link, Matter
from zhongshu.office.people import queries as people
from zhongshu.office.people.models import Unit
from zhongshu.office.refusal import Conflict, Refusal, refuse
from zhongshu.office.search import actions as search
from zhongshu.office.search.models import Document

from . import names, reading, weighing
from .models import OPEN, Arrival, Incoming
from .queries import duplicates

NEED = {"action": 60, "information": 15}  # minutes of work, until effort is learned


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What a clerk enters of one paper. Days are those written on it.

    `weight` and `due_on` stand only where he says otherwise than what is proposed, and then `why`.
    `resubmits` is the key of a matter that was returned, `related` the number of one that this has
    to do with, `suggested_lead` the code of a unit.
    """

    register: str
    title: str
    source: str
    received_at: datetime
    document_no: str = ""
    sort: str = ""
    dated: date | None = None
    addressee: str = ""
    copied_to: str = ""
    signer: str = ""
    contact: str = ""
    purpose: str = Incoming.Purpose.ACTION
    urgency: Mark = Mark.NORMAL
    wanted_by: date | None = None
    medium: str = Incoming.Medium.ELECTRONIC
    copies: int = 1
    pages: int | None = None
    enclosures: int = 0
    publicity: str = ""
    keeper: str = ""
    grade: int = Matter.Grade.INTERNAL
    checks: tuple[str, ...] = ()
    suggested_lead: str = ""
    resubmits: str = ""
    related: str = ""
    weight: int | None = None
    due_on: date | None = None
    why: str = ""
    vouched: bool = False


OWN = {field.name for field in fields(Entry)} & {field.name for field in Incoming._meta.fields}


def check(entry: Entry) -> None:
    """Refuse what no register may hold, with every reason."""
    no = [*_secrets(entry)]
    if entry.urgency is Mark.FLASH and entry.register != Incoming.Register.TELEGRAM:
        no.append(reason("flash_by_telegram"))
    if (entry.weight is not None or entry.due_on is not None) and not entry.why.strip():
        no.append(reason("reason_needed"))
    if no:
        raise Refusal(Refused(tuple(no)))


def _secrets(entry: Entry) -> list[Reason]:
    """Marks of state secrets in what was typed; a doubt is the person's to settle."""
    typed = (entry.title, entry.document_no, entry.source, entry.why)
    worst = max(secrecy.in_title(text) for text in typed)
    if worst is secrecy.Verdict.MARK:
        return [reason("secret_title")]
    if worst is secrecy.Verdict.DOUBT and not entry.vouched:
        return [reason("secret_doubt")]
    return []


def proposal(entry: Entry, told: dict[str, object]) -> weighing.Proposal:
    """Weight and due time of what was entered. Refused where the calendar knows no such day."""
    wanted = entry.due_on or entry.wanted_by
    asked = weighing.Asked(
        entry.register, entry.source, entry.title, entry.urgency, wanted, entry.received_at,
        reading.signs(told),
    )  # fmt: skip
    try:
        return weighing.propose(asked)
    except ValueError:
        raise refuse("bad_day") from None


def enter(*, key: str, entry: Entry, by: Actor, state: Arrival.State) -> Matter:
    """Claim the arrival, open the matter in its register, hand it the files."""
    arrival = _claim(key, entry, by, state)
    if arrival.reading.get("doubt") and not (arrival.vouched or entry.vouched):
        raise refuse("secret_doubt")
    if state is Arrival.State.REGISTERED and duplicates.unanswered(arrival):
        raise refuse("maybe_same")
    proposed = proposal(entry, arrival.reading)
    matter = matters.open_matter(opening=_opening(entry, proposed), by=by)
    Incoming.objects.create(
        matter=matter,
        document_key=names.number_key(entry.document_no),
        **_columns(entry),
    )
    Arrival.objects.filter(pk=arrival.pk).update(matter=matter)
    if entry.weight is not None or entry.due_on is not None:
        _note_change(matter, entry, proposed, by)
    _hand_over(arrival, matter, by)
    _index(matter, entry)
    if entry.resubmits:
        _follow(matter, entry.resubmits, by)
    if entry.related:
        _relate(matter, entry.related, by)
    return matter


def _claim(key: str, entry: Entry, by: Actor, state: Arrival.State) -> Arrival:
    """The arrival, mine from now on. A paper without file has none yet, and gets it now."""
    person, now = people.bureau().pks[by.person], clock.now()
    told = {
        "state": state,
        "done_by_id": person,
        "done_at": now,
        "document_key": names.number_key(entry.document_no),
        "title_key": names.title_key(entry.source, entry.title),
    }
    if Arrival.objects.filter(key=key).exists():
        if not Arrival.objects.filter(key=key, state__in=OPEN).update(**told):
            raise gone(key)
        return Arrival.objects.get(key=key)
    return Arrival.objects.create(key=key, batch=key, by_id=person, at=entry.received_at, **told)


def _opening(entry: Entry, proposed: weighing.Proposal) -> matters.Opening:
    why = proposed.why if entry.weight is None else f"登记人定：{entry.why.strip()}"
    return matters.Opening(
        kind="incoming",
        register=entry.register,
        title=entry.title,
        grade=entry.grade,
        urgency=entry.urgency,
        weight=proposed.weight if entry.weight is None else entry.weight,
        why_weight=why[:60],
        need=NEED[entry.purpose],
        due_at=proposed.due_at,
    )


def _columns(entry: Entry) -> dict[str, object]:
    """What the register says, column by column."""
    lead = Unit.objects.filter(code=entry.suggested_lead).first() if entry.suggested_lead else None
    told = {name: getattr(entry, name) for name in OWN}
    return told | {"checks": list(entry.checks), "suggested_lead": lead}


def _note_change(matter: Matter, entry: Entry, proposed: weighing.Proposal, by: Actor) -> None:
    """Somebody weighed otherwise than was proposed: what, and why."""
    facts = {
        "proposed": str(proposed.weight),
        "weight": str(matter.weight),
        "due_on": entry.due_on.isoformat() if entry.due_on else "",
    }
    seals = {"why": entry.why.strip()}
    subject = f"matter:{matter.key}"
    journal.record(verb="document.weigh", subject=subject, by=by, facts=facts, seals=seals)


def _hand_over(arrival: Arrival, matter: Matter, by: Actor) -> None:
    """The files go from the tray to the matter, and their words can be searched there."""
    for file in kept.of(f"arrival:{arrival.key}", seen_by=by):
        files.hand(key=file.key, to=f"matter:{matter.key}", by=by)
        if file.blob.text:
            search.index(
                matter=matter, part=Document.Part.FILE, text=file.blob.text, source=file.key
            )


def _index(matter: Matter, entry: Entry) -> None:
    """It is also found by what only the register says."""
    said = (entry.document_no, entry.source, entry.signer, entry.addressee, entry.contact)
    text = "\n".join(filter(None, said))
    search.index(matter=matter, part=Document.Part.REGISTER, text=text)


def _follow(matter: Matter, earlier: str, by: Actor) -> None:
    """What was returned comes again, mended."""
    before = found.visible(seen_by=by).filter(key=earlier, returns__isnull=False).first()
    if before is None:
        raise refuse("not_returned")
    accompany.join(earlier=before, later=matter, why=Link.Why.RESUBMITTED, by=by)


def _relate(matter: Matter, number: str, by: Actor) -> None:
    """It has to do with one that stands in a register, named by its number there."""
    other = found.visible(seen_by=by).filter(key=found.key_of(number=number.strip())).first()
    if other is None:
        raise refuse("no_other_matter")
    accompany.join(earlier=other, later=matter, why=Link.Why.RELATED, by=by)


def gone(key: str) -> Refusal:
    """Somebody was faster, and who; or there is no such arrival."""
    arrival = Arrival.objects.select_related("done_by").filter(key=key).first()
    if arrival is None or arrival.done_by is None:
        return refuse("no_arrival")
    about = {"person": arrival.done_by.name, "what": arrival.get_state_display()}
    return Conflict(refuse("done_by", **about).refused)


def done_before(key: str, by: Actor) -> Matter | None:
    """The matter this person has made of the arrival already, if he has: a button pressed twice."""
    arrival = Arrival.objects.select_related("matter").filter(key=key, done_by__key=by.person)
    made = arrival.filter(state__in=(Arrival.State.REGISTERED, Arrival.State.RETURNED)).first()
    return made.matter if made else None
