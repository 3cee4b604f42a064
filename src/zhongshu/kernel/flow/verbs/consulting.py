"""委派, 沟通, 答复, 打开: an opinion is borrowed; the decision stays where it was."""

from __future__ import annotations

from collections.abc import Iterator

from zhongshu.kernel.errors import Reason, reason
from zhongshu.kernel.flow import path
from zhongshu.kernel.flow.case import Ask, Slot
from zhongshu.kernel.flow.commands import Answer, CallIn, Consult, Open
from zhongshu.kernel.flow.work import Work

from .checks import found_slot, has_text, held_slot, in_range, is_stranger


def may_consult(work: Work, command: Consult) -> Iterator[Reason]:
    """The holder may ask anybody in range who is present, cleared, and has no say here yet."""
    held = tuple(held_slot(work, command))
    yield from held
    yield from has_text(command.question, "question_needed")
    if is_stranger(held):
        return
    act, _ = found_slot(work, command.slot)
    person = work.facts.people.people.get(command.to)
    if person is None:
        yield reason("unknown", person=command.to)
        return
    if person.gone or person.away:
        yield reason("gone" if person.gone else "away", person=person.id)
    if person.clearance < work.head.clearance:
        yield reason("not_cleared", person=person.id)
    if any(_has_a_say(s, person.id) for s in act.slots):
        yield reason("seated", person=person.id)
    if any(
        ask.to == person.id and ask.state in {"open", "answered"}
        for s in act.slots
        for ask in s.asks
    ):
        yield reason("adviser", person=person.id)
    if command.wait and command.to in work.head.drafters:
        yield reason("initiator", person=command.to)
    yield from in_range(work, command.by.person, command.to, work.node(act).consult)


def _has_a_say(slot: Slot, person: str) -> bool:
    """Whether a person holds a slot, or is next in line for it."""
    if slot.state == "waiting":
        return slot.principal == person
    return slot.state != "void" and path.holds(slot, person)


def consult(work: Work, command: Consult) -> None:
    """Ask; with `wait` the slot is lent until the answer comes back. The clock runs on."""
    act, slot = found_slot(work, command.slot)
    ask = Ask(
        work.new_id(),
        "lend" if command.wait else "consult",
        command.to,
        command.question,
        due=slot.due,
    )
    state = "lent" if command.wait else slot.state
    work.put_slot(act.id, slot._replace(asks=(*slot.asks, ask), state=state))
    work.note("consulted", slot=slot.id, ask=ask.id, person=command.to)


def may_answer(work: Work, command: Answer) -> Iterator[Reason]:
    """The person asked, while the question stands; late answers are welcome and marked."""
    yield from has_text(command.opinion)
    found = work.find(command.slot)
    ask = next((a for a in found[1].asks if a.id == command.ask), None) if found else None
    if ask is None:
        yield reason("moved_on", slot=command.slot)
    elif ask.to != command.by.person:
        yield reason("not_yours", slot=command.slot)
    elif ask.state != "open":
        yield reason("ask_closed", state=ask.state)


def answer(work: Work, command: Answer) -> None:
    """Attach the opinion; a lent slot returns to its owner, who decides."""
    act, slot = found_slot(work, command.slot)
    asked = next(ask for ask in slot.asks if ask.id == command.ask)
    late = slot.state == "decided" or (asked.due is not None and work.minute > asked.due)
    asks = tuple(
        ask._replace(state="answered", answer=command.opinion, late=late)
        if ask.id == command.ask
        else ask
        for ask in slot.asks
    )
    state = "open" if asked.kind == "lend" and slot.state == "lent" else slot.state
    work.put_slot(act.id, slot._replace(asks=asks, state=state), quietly=asked.kind != "lend")
    work.note("answered", slot=slot.id, ask=command.ask, person=command.by.person)


def may_call_in(work: Work, command: CallIn) -> Iterator[Reason]:
    """The owner of a lent slot."""
    yield from held_slot(work, command, "lent")
    found = work.find(command.slot)
    if found and not any(
        a.id == command.ask and a.state == "open" and a.kind == "lend" for a in found[1].asks
    ):
        yield reason("moved_on", slot=command.slot)


def call_in(work: Work, command: CallIn) -> None:
    """Stop waiting; the borrower is told."""
    act, slot = found_slot(work, command.slot)
    asks = tuple(a._replace(state="recalled") if a.id == command.ask else a for a in slot.asks)
    work.put_slot(act.id, slot._replace(asks=asks, state="open"))
    borrower = next(ask.to for ask in asks if ask.id == command.ask)
    work.note("ask_void", ask=command.ask, person=borrower)


def may_open(work: Work, command: Open) -> Iterator[Reason]:
    """Whoever holds the slot."""
    found = work.find(command.slot)
    if found is None or not path.holds(found[1], command.by.person):
        yield reason("not_yours", slot=command.slot)


def look(work: Work, command: Open) -> None:
    """The holder has seen the paper."""
    act, slot = found_slot(work, command.slot)
    if not slot.opened:
        work.put_slot(act.id, slot._replace(opened=True), quietly=True)
        work.note("looked", slot=slot.id, person=command.by.person)
