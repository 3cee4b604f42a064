"""Who may not sit in a slot, with every reason. 回避.

All reasons are collected, not the first: absence must not hide a conflict, or the stand-in of
somebody who may not decide would be let in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from zhongshu.kernel.errors import Reason, reason

from . import content, path, tally
from .case import Decision, Slot
from .definition import Node, Seat
from .people import Person
from .work import Move, Work

BY_DUTY = frozenset({"initiator", "author", "conflict", "own_unit", "rank", "not_cleared"})


def why_not(
    work: Work, person: str, node: Node, slots: Sequence[Slot], slot: Slot
) -> tuple[Reason, ...]:
    """Every reason why this person may not sit in this slot; empty if he may."""
    found = work.facts.people.people.get(person)
    if found is None:
        return (reason("unknown", person=person),)
    why = _by_duty(work, found, node, slot)
    if found.gone or found.away:
        why.append(reason("gone" if found.gone else "away", person=person))
    why += _by_seats(person, slots, slot)
    if work.definition.min_deciders > 1 and node.id in work.definition.last:
        why += _by_number(work, person, node, slots, slot)
    return tuple(why)


def is_by_duty(reasons: Iterable[Reason]) -> bool:
    """Whether the person's duty itself excludes him, so that nobody may act for him."""
    return any(one.code in BY_DUTY for one in reasons)


def _by_duty(work: Work, person: Person, node: Node, slot: Slot) -> list[Reason]:
    why = []
    if person.clearance < work.head.clearance:
        why.append(reason("not_cleared", person=person.id))
    if node.decides:
        if person.id in work.head.drafters:
            why.append(reason("initiator", person=person.id))
        elif content.is_author(work.definition, node.id, work.content, person.id):
            why.append(reason("author", person=person.id))
    opposite = work.definition.opposite.get(slot.duty)
    if opposite:
        why += _conflicts(work, person.id, slot, opposite)
    if slot.seat >= 0:
        seat = node.seats[slot.seat]
        if seat.not_own_unit or seat.above_initiator:
            why += _by_rank(work, person, seat)
    return why


def _conflicts(work: Work, person: str, slot: Slot, opposite: frozenset[str]) -> Iterator[Reason]:
    done = {
        other.duty
        for act in path.live(work.acts)
        for other, decision in path.decisions(act)
        if other.id != slot.id and person in path.persons(decision)
    }
    for other_duty in sorted(opposite & done):
        yield reason("conflict", person=person, duty=slot.duty, other=other_duty)


def _by_rank(work: Work, person: Person, seat: Seat) -> Iterator[Reason]:
    initiator = work.facts.people.people.get(work.head.initiator)
    if initiator is None:
        yield reason("unknown", person=work.head.initiator)
        return
    if seat.not_own_unit and person.unit == initiator.unit:
        yield reason("own_unit", person=person.id)
    if seat.above_initiator and person.rank <= initiator.rank:
        yield reason("rank", person=person.id)


def _by_seats(person: str, slots: Sequence[Slot], slot: Slot) -> list[Reason]:
    own = slot.kind == "base" and not slot.named and slot.principal == person
    seated = adviser = False
    for other in slots:
        if other.id != slot.id and other.state != "void":
            seated = seated or _sits(person, other, own=own)
        if other.asks:
            adviser = adviser or _advises(person, other)
    why = []
    if seated:
        why.append(reason("seated", person=person))
    if adviser:
        why.append(reason("adviser", person=person))
    return why


def _sits(person: str, other: Slot, *, own: bool) -> bool:
    """Whether a person has a say in another slot; `own`: the seat asked for is his by duty."""
    if person in (other.holder, other.also, other.behalf):
        return True
    if other.state == "waiting":
        return not own and person == other.principal  # his turn is still to come
    decision = other.decision if other.state == "decided" else None
    return decision is not None and person in path.persons(decision)


def _advises(person: str, slot: Slot) -> bool:
    return any(ask.to == person and ask.state in {"open", "answered"} for ask in slot.asks)


def _by_number(
    work: Work, person: str, node: Node, slots: Sequence[Slot], slot: Slot
) -> tuple[Reason, ...]:
    """Whether the case would end with fewer deciders than it must have, should he decide."""
    need = work.definition.min_deciders
    if not node.decides:
        return ()
    speak = {person, *path.deciders(work.definition, work.acts)}
    if len(speak.difference(work.head.drafters)) >= need:
        return ()
    if not _would_pass(person, node, slots, slot) or _others_to_come(work, slot):
        return ()
    return (reason("alone", person=person, needed=need),)


def _would_pass(person: str, node: Node, slots: Sequence[Slot], slot: Slot) -> bool:
    """Whether his yes would be the last that the node needs."""
    said = Decision("approve", person, person, 0, "", "")
    spoken = slot._replace(state="decided", decision=said)
    return tally.result(node, [spoken if s.id == slot.id else s for s in slots]) == "passed"


def _others_to_come(work: Work, slot: Slot) -> bool:
    """Whether somebody still has to decide in another branch, open or just being opened."""
    return any(isinstance(item, Move) for item in work.agenda) or any(
        work.node(act).decides
        and act.state == "open"
        and all(one.id != slot.id for one in act.slots)
        for act in path.live(work.acts)
    )
