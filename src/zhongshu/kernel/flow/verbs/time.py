"""催办, 挂起, 恢复, and the ladder of time: remind, tell, offer, show. Never decide."""

from __future__ import annotations

from collections.abc import Iterator

from zhongshu.kernel.errors import Reason, reason
from zhongshu.kernel.flow import path
from zhongshu.kernel.flow.case import PENDING, Activation, Slot, Via
from zhongshu.kernel.flow.commands import Resume, Suspend, Tick, Urge
from zhongshu.kernel.flow.ending import end
from zhongshu.kernel.flow.opening import reseat
from zhongshu.kernel.flow.seating import OFFER_RUNG, candidates, settle_holder
from zhongshu.kernel.flow.work import Work

from .checks import has_text, holds_post, is_holder, takes_part
from .reading import WAITS, send_next

URGE_GAP = 240  # working minutes between two reminders to one person in one case
OFFER_AFTER = 240  # working minutes overdue before the stand-in is offered the slot
BOARD_AFTER = 480  # working minutes overdue before it stands on the office's board


def may_urge(work: Work, command: Urge) -> Iterator[Reason]:
    """Somebody who waits, about something that is waited for, not more than every four hours."""
    by = command.by.person
    if not (
        takes_part(work, by)
        or holds_post(work, by, work.definition.supervisor)
        or holds_post(work, by, work.definition.clerk)
    ):
        yield reason("no_part", person=by)
    person = _urged(work, command)
    if not person:
        yield reason("moved_on", slot=command.slot)
    last = [minute for who, minute, _ in work.head.urged if who == person]
    if person and last and work.minute - last[0] < URGE_GAP:
        yield reason("urged_already", person=person, wait=URGE_GAP - (work.minute - last[0]))


def _urged(work: Work, command: Urge) -> str:
    reading = work.readings.get(command.reading)
    if reading is not None:
        return reading.to if reading.state in WAITS else ""
    found = work.find(command.slot)
    if found is None or found[0].state != "open":
        return ""
    slot = found[1]
    if slot.state == "blocked":  # nobody holds it: whoever keeps the office's board is reminded
        return next(iter(work.facts.people.posts.get(work.definition.head, ())), "")
    if slot.state == "lent":
        return next(ask.to for ask in slot.asks if ask.state == "open" and ask.kind == "lend")
    return slot.holder if slot.state == "open" else ""


def urge(work: Work, command: Urge) -> None:
    """Remind; the second time his stand-in is told too, then his section head, then the office."""
    person = _urged(work, command)
    times = next((count for who, _, count in work.head.urged if who == person), 0) + 1
    rest = tuple(one for one in work.head.urged if one[0] != person)
    work.head = work.head._replace(urged=(*rest, (person, work.minute, times)))
    for who in _ladder(work, person)[:times]:
        work.note("urged", person=who, about=person, times=times)


def _ladder(work: Work, person: str) -> list[str]:
    people, now = work.facts.people, work.facts.now
    steps = [
        person,
        *[one.deputy for one in people.deputies.get(person, ()) if one.start <= now < one.end][:1],
        people.head_of(person),
        *people.posts.get(work.definition.head, ())[:1],
    ]
    return [step for step in dict.fromkeys(steps) if step]


def may_suspend(work: Work, command: Suspend) -> Iterator[Reason]:
    """A holder or the clerk, with a reason and a planned end that lies ahead."""
    by = command.by.person
    if not (is_holder(work, by) or holds_post(work, by, work.definition.clerk)):
        yield reason("no_part", person=by)
    yield from has_text(command.opinion)
    if command.until <= work.minute:
        yield reason("end_not_ahead")


def suspend(work: Work, command: Suspend) -> None:
    """The clocks stop."""
    work.set_state("suspended")
    work.head = work.head._replace(until=command.until)
    work.note("suspended", person=command.by.person, until=command.until)


def may_resume(work: Work, command: Resume) -> Iterator[Reason]:
    """A holder or the clerk."""
    by = command.by.person
    if not (is_holder(work, by) or holds_post(work, by, work.definition.clerk)):
        yield reason("no_part", person=by)


def resume(work: Work, command: Resume) -> None:
    """The clocks go on where they stopped: every open limit moves by the time that stood still."""
    stopped = work.head.since
    span = work.minute - stopped
    work.set_state("running")
    lapses = work.head.lapses
    work.head = work.head._replace(until=None, lapses=None if lapses is None else lapses + span)
    for act in list(path.live(work.acts)):
        if act.state == "open":
            work.put(
                act._replace(slots=tuple(_later(slot, work.minute, stopped) for slot in act.slots))
            )
    work.note("resumed", person=command.by.person, stood=span)


def _later(slot: Slot, now: int, stopped: int) -> Slot:
    if slot.state not in PENDING or slot.state == "waiting":
        return slot
    span = now - max(stopped, slot.since)  # what opened while time stood still has not waited
    asks = tuple(
        ask._replace(due=ask.due + span) if ask.state == "open" and ask.due is not None else ask
        for ask in slot.asks
    )
    due = None if slot.due is None else slot.due + span
    claim_by = None if slot.claim_by is None else slot.claim_by + span
    return slot._replace(due=due, since=slot.since + span, asks=asks, claim_by=claim_by)


def may_tick(work: Work, command: Tick) -> Iterator[Reason]:
    """The machine's clock may always strike."""
    yield from ()


def tick(work: Work, command: Tick) -> None:
    """What time brings about: reminders, loans back, lapsed copies. Never somebody's word."""
    for reading in list(work.readings.values()):
        if reading.due is not None and work.minute >= reading.due:
            _reading_due(work, reading.id)
    if work.head.state == "suspended":
        _suspension_due(work)
    elif work.head.state == "running":
        _case_due(work)


def _suspension_due(work: Work) -> None:
    if work.head.until is not None and work.minute >= work.head.until:
        work.head = work.head._replace(until=None)
        work.note("suspension_over")


def _case_due(work: Work) -> None:
    if work.head.lapses is not None and work.minute >= work.head.lapses:
        end(work, "lapsed")
        return
    for act in list(path.live(work.acts)):
        if act.state == "open":
            for slot in act.slots:
                _slot_due(work, act.id, slot)


def _reading_due(work: Work, number: int) -> None:
    reading = work.readings[number]
    if reading.state not in WAITS:
        return
    if reading.group:
        work.put_reading(reading._replace(due=None))
        send_next(work, reading)
        return
    work.put_reading(reading._replace(state="lapsed", due=None))
    work.note("reading_lapsed", reading=reading.id, person=reading.to)


def _slot_due(work: Work, act_id: int, slot: Slot) -> None:
    if slot.state not in {"open", "lent", "blocked"}:
        return
    slot = _loans_due(work, act_id, slot)
    slot = _unclaimed(work, act_id, slot)
    rung = _rung(slot, work.minute)
    if rung <= slot.rung:
        return
    for step in range(slot.rung + 1, rung + 1):
        _tell(work, work.acts[act_id], slot, step)
    slot = work.put_slot(act_id, slot._replace(rung=rung), quietly=True)
    if rung >= OFFER_RUNG and slot.state == "open":
        reseat(work, act_id, slot)


def ladder(slot: Slot) -> tuple[int, ...]:
    """The minutes of its rungs: half, four fifths, due, offered, on the board; none without a
    limit."""
    if slot.due is None:
        return ()
    since, due, span = slot.since, slot.due, slot.due - slot.since
    half, most = since - -span // 2, since - -span * 4 // 5  # rounded up
    return half, most, due, due + OFFER_AFTER, due + BOARD_AFTER


def _rung(slot: Slot, minute: int) -> int:
    """How far up the ladder."""
    return sum([minute >= rung for rung in ladder(slot)])


def _tell(work: Work, act: Activation, slot: Slot, step: int) -> None:
    work.note("reminded", slot=slot.id, node=act.node, person=slot.holder, rung=step)
    head = work.facts.people.head_of(slot.holder)
    if step == 3 and head and head != slot.holder:
        work.note("head_told", slot=slot.id, person=head)


def _loans_due(work: Work, act_id: int, slot: Slot) -> Slot:
    asks = tuple(
        ask._replace(state="lapsed")
        if ask.state == "open"
        and ask.kind == "lend"
        and ask.due is not None
        and work.minute >= ask.due
        else ask
        for ask in slot.asks
    )
    if asks == slot.asks:
        return slot
    work.note("loan_back", slot=slot.id, person=slot.holder)
    return work.put_slot(act_id, slot._replace(asks=asks, state="open"))


def _unclaimed(work: Work, act_id: int, slot: Slot) -> Slot:
    """What nobody claimed in time goes to whoever the process names for it."""
    act = work.acts[act_id]
    node = work.node(act)
    if slot.principal or slot.claim_by is None or work.minute < slot.claim_by:
        return slot
    seat = node.seats[slot.seat]
    pool = candidates(work, seat, seat.ref)
    first = [p for p in work.facts.people.posts.get(node.assign, ()) if p in pool]
    for person in dict.fromkeys((*first, *pool)):
        named = slot._replace(
            principal=person, named=True, via=(*slot.via, Via("assign", "system:clock"))
        )
        hands = settle_holder(work, node, act.slots, named)
        if hands["state"] == "open":
            work.note("assigned", slot=slot.id, person=hands["holder"], before="system:clock")
            return work.put_slot(act_id, named, **hands)
    return slot
