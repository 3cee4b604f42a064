"""Who is asked: from a seat to the person who holds its slot. 落座.

First the one whose duty it is; then his stand-in, unless duty itself excludes him (a person who
may not decide may not send somebody in his place); then the node's fallback post, in its own
name; otherwise the slot is blocked, with all reasons. Never passed, never open to all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypedDict

from zhongshu.kernel.errors import Reason, reason

from . import path
from .case import Slot, SlotState, Via
from .definition import Node, Seat, SeatKind
from .eligibility import is_by_duty, why_not
from .people import StandIn
from .work import Work

POOL, FIELD = SeatKind.POOL, SeatKind.FIELD  # asked at every opening
MACHINE_VIA = frozenset({"stand_in", "fallback", "same_post"})
Reasons = Mapping[str, tuple[Reason, ...]]


class Hands(TypedDict):
    """What of a slot says in whose hands it is: the changes that put it there."""

    principal: str
    holder: str
    also: str
    behalf: str
    state: SlotState
    via: tuple[Via, ...]
    reasons: tuple[Reason, ...]


def candidates(work: Work, seat: Seat, ref: str) -> tuple[str, ...]:
    """The people whose duty a seat is, best first; nobody if the form or directory names nobody."""
    return FINDERS[seat.kind](work, seat, ref)


def refs(work: Work, seat: Seat) -> tuple[str, ...]:
    """What a seat refers to: itself, or each entry of the form field that names its people."""
    if seat.kind is not FIELD:
        return (seat.ref,)
    value = work.content.values.get(seat.ref, ())
    return value if isinstance(value, tuple) else (str(value),) if value else ()


def _person(_work: Work, _seat: Seat, ref: str) -> tuple[str, ...]:
    return (ref,) if ref else ()


def _post(work: Work, _seat: Seat, ref: str) -> tuple[str, ...]:
    return work.facts.people.posts.get(ref, ())


def _unit(work: Work, _seat: Seat, ref: str) -> tuple[str, ...]:
    unit = work.facts.people.units.get(ref)
    return (unit.head,) if unit and unit.head else ()


def _pool(work: Work, _seat: Seat, ref: str) -> tuple[str, ...]:
    people = work.facts.people
    return people.posts.get(ref) or people.members.get(ref, ())


def _named(work: Work, seat: Seat, ref: str) -> tuple[str, ...]:
    find = {"post": _post, "unit": _unit}.get(work.definition.field[seat.ref].type, _person)
    return find(work, seat, ref)


def _related(work: Work, _seat: Seat, relation: str) -> tuple[str, ...]:
    people = work.facts.people
    initiator = people.people.get(work.head.initiator)
    if initiator is None:
        return ()
    if relation == "initiator":
        return (initiator.id,)
    unit = people.units.get(initiator.unit)
    upper = people.units.get(unit.parent) if unit else None
    found = {
        "unit_head": unit.head if unit else "",
        "unit_leader": unit.leader if unit else "",
        "upper_head": upper.head if upper else "",
    }[relation]
    return (found,) if found else ()


FINDERS = {
    SeatKind.PERSON: _person,
    SeatKind.POST: _post,
    SeatKind.UNIT: _unit,
    SeatKind.POOL: _pool,
    SeatKind.FIELD: _named,
    SeatKind.RELATION: _related,
}


def deputies(
    work: Work,
    node: Node,
    slots: Sequence[Slot],
    slot: Slot,
    principal: str,
    *,
    anyway: bool = False,
) -> tuple[StandIn, ...]:
    """The stand-ins in force for a person at a slot; chains only as long as the process allows,
    and never through somebody whose own duty bars him there."""
    if not node.delegable or principal not in work.facts.people.deputies:
        return ()
    found: list[StandIn] = []
    seen, ring = {principal}, [principal]
    for _ in range(work.definition.hops):
        step = [
            one
            for person in ring
            for one in _in_force(work, person, anyway=anyway)
            if one.deputy not in seen
        ]
        found += step
        ring = [
            one.deputy
            for one in step
            if not is_by_duty(why_not(work, one.deputy, node, slots, slot))
        ]
        seen.update(ring)
    return tuple(found)


OFFER_RUNG = 4  # on the ladder of reminders: offered to the stand-in, present principal or not


def _in_force(work: Work, principal: str, *, anyway: bool = False) -> Iterator[StandIn]:
    people, now = work.facts.people, work.facts.now
    person = people.people.get(principal)
    absent = anyway or person is None or person.away or person.gone
    for one in people.deputies.get(principal, ()):
        if one.start <= now < one.end and (absent or one.mode != "when_away"):
            if one.kinds and work.definition.kind not in one.kinds:
                continue
            if one.amount is not None and not _within(work, one.amount):
                continue
            yield one


def _within(work: Work, most: int) -> bool:
    """Whether the paper's amount is known and no more; a limit on an unknown amount is no leave."""
    value = work.content.values.get(work.definition.amount)
    return isinstance(value, int) and value <= most


def settle_holder(work: Work, node: Node, slots: Sequence[Slot], slot: Slot) -> Hands:
    """The hands that a slot should be in by today's facts."""
    if slot.seat >= 0 and not slot.named and node.seats[slot.seat].kind is POOL:
        return _offered(work, node, slots, slot)
    reasons: dict[str, tuple[Reason, ...]] = {}
    for person in _in_order(work, node, slot):
        why = reasons[person] = why_not(work, person, node, slots, slot)
        if not why:
            return _by_himself(work, node, slots, slot, person)
    tried: list[Reason] = []
    return (
        _by_deputy(work, node, slots, slot, reasons, tried)
        or _by_fallback(work, node, slots, slot, tried)
        or _held(slot, "", blocked=_all(reasons, tried))
    )


def _held(
    slot: Slot,
    holder: str,
    *,
    behalf: str = "",
    also: str = "",
    via: Via | None = None,
    blocked: tuple[Reason, ...] = (),
) -> Hands:
    """A slot in these hands. What people did to it stays on its record, what the machine once
    worked out does not."""
    kept = slot.via and tuple(one for one in slot.via if one.how not in MACHINE_VIA)
    return {
        "principal": slot.principal or behalf or ("" if via else holder),
        "holder": holder,
        "also": also,
        "behalf": behalf,
        "state": "blocked" if blocked else "open",
        "via": (*kept, via) if via else kept,
        "reasons": blocked,
    }


def _offered(work: Work, node: Node, slots: Sequence[Slot], slot: Slot) -> Hands:
    seat = node.seats[slot.seat]
    people = candidates(work, seat, seat.ref)
    reasons = {person: why_not(work, person, node, slots, slot) for person in people}
    free = any(not why for why in reasons.values())
    return _held(slot, "", blocked=() if free else _all(reasons, ()))


def _in_order(work: Work, node: Node, slot: Slot) -> tuple[str, ...]:
    """The one whose duty it was at opening first, then the others of the same post."""
    if slot.named or slot.seat < 0:
        return (slot.principal,)
    seat = node.seats[slot.seat]
    found = candidates(work, seat, slot.ref if seat.kind is FIELD else seat.ref)
    if found[:1] == (slot.principal,):
        return found
    home = (slot.principal,) if slot.principal in found else ()
    return (*home, *(person for person in found if person != slot.principal))


def _all(reasons: Reasons, tried: Sequence[Reason]) -> tuple[Reason, ...]:
    """Why nobody may: those whose duty it is first, then their stand-ins and the fallback."""
    found = [*(one for why in reasons.values() for one in why), *tried]
    return tuple(dict.fromkeys(found)) or (reason("nobody_named"),)


def _by_himself(work: Work, node: Node, slots: Sequence[Slot], slot: Slot, person: str) -> Hands:
    """The hands of somebody who may decide, or of a stand-in who comes even so."""
    late = slot.rung >= OFFER_RUNG
    for one in deputies(work, node, slots, slot, person, anyway=late):
        if (one.mode == "when_away" and not late) or why_not(work, one.deputy, node, slots, slot):
            continue
        if one.mode == "exclusive":
            return _acting_for(slot, person, one.deputy)
        return _held(slot, person, also=one.deputy)
    other = slot.principal not in ("", person)
    return _held(slot, person, via=Via("same_post", person) if other else None)


def _by_deputy(
    work: Work,
    node: Node,
    slots: Sequence[Slot],
    slot: Slot,
    reasons: Reasons,
    tried: list[Reason],
) -> Hands | None:
    for person, why in reasons.items():
        if is_by_duty(why):
            continue
        for one in deputies(work, node, slots, slot, person):
            against = why_not(work, one.deputy, node, slots, slot)
            if not against:
                return _acting_for(slot, person, one.deputy)
            tried.extend(against)
    return None


def _acting_for(slot: Slot, principal: str, deputy: str) -> Hands:
    return _held(slot, deputy, behalf=principal, via=Via("stand_in", principal))


def _by_fallback(
    work: Work, node: Node, slots: Sequence[Slot], slot: Slot, tried: list[Reason]
) -> Hands | None:
    if not node.fallback:
        return None
    if not work.definition.fallback_repeats and _sat_before(work, node):
        tried.append(reason("fallback_used", post=node.fallback))
        return None
    for person in work.facts.people.posts.get(node.fallback, ()):
        against = why_not(work, person, node, slots, slot)
        if not against:
            return _held(slot, person, via=Via("fallback", person))
        tried.extend(against)
    return None


def _sat_before(work: Work, node: Node) -> bool:
    """Whether the fallback post already sits at another node of the path."""
    return any(
        via.how == "fallback" and act.node != node.id
        for act in path.live(work.acts)
        for slot in act.slots
        if slot.state != "void"
        for via in slot.via
    )
