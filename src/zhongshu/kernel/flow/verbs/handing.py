"""转办, 认领, 分派, 离职交接, and looking again who sits where: a slot changes hands."""

from __future__ import annotations

from collections.abc import Iterator

from zhongshu.kernel.errors import Reason, reason
from zhongshu.kernel.flow import path
from zhongshu.kernel.flow.case import Activation, Slot, Via
from zhongshu.kernel.flow.commands import Assign, Claim, GiveUp, HandOver, Reseat, Transfer
from zhongshu.kernel.flow.definition import Seat, SeatKind
from zhongshu.kernel.flow.eligibility import why_not
from zhongshu.kernel.flow.opening import reseat
from zhongshu.kernel.flow.seating import FIELD, POOL, candidates, deputies, settle_holder
from zhongshu.kernel.flow.work import Work

from .checks import found_slot, has_text, held_slot, holds_post, in_range, is_stranger
from .leaving import may_draft

MOST_HOPS = 3  # transfers of one slot


def may_transfer(work: Work, command: Transfer) -> Iterator[Reason]:
    """Yours to give, to somebody in range who may sit there, not round in circles."""
    held = tuple(held_slot(work, command))
    yield from held
    if is_stranger(held):
        return
    yield from has_text(command.opinion)
    act, slot = found_slot(work, command.slot)
    chain = [via.person for via in slot.via if via.how == "transfer"]
    if len(chain) >= MOST_HOPS:
        yield reason("too_many_transfers", most=MOST_HOPS)
    if command.to in chain[1:-1]:
        yield reason("had_it_before", person=command.to)
    giving_back = command.to in chain
    if not giving_back:
        yield from in_range(work, command.by.person, command.to, work.node(act).transfer)
    yield from _may_sit(work, act, slot, command.to)


def _may_sit(work: Work, act: Activation, slot: Slot, person: str) -> Iterator[Reason]:
    if path.holds(slot, person):
        yield reason("same_holder", person=person)
    yield from why_not(work, person, work.node(act), act.slots, slot)


def transfer(work: Work, command: Transfer) -> None:
    """Responsibility moves; the chain is kept and the clock runs on."""
    act, slot = found_slot(work, command.slot)
    # Given away by a stand-in it may be given back to the one he acts for, not to him.
    giver = path.acting_for(slot, command.by.person)
    _give(work, act, slot, command.to, Via("transfer", giver, command.opinion))
    work.note("transferred", slot=slot.id, person=command.to, before=command.by.person)


def _give(work: Work, act: Activation, slot: Slot, person: str, via: Via) -> None:
    """Name a person for a slot; his stand-in takes it if one is in force."""
    named = slot._replace(principal=person, named=True, via=(*slot.via, via), opened=False)
    work.put_slot(act.id, named, **settle_holder(work, work.node(act), act.slots, named))


def _seat(work: Work, act: Activation, slot: Slot) -> Seat | None:
    return work.node(act).seats[slot.seat] if slot.seat >= 0 else None


def _is_unclaimed(work: Work, act: Activation, slot: Slot) -> bool:
    seat = _seat(work, act, slot)
    return seat is not None and seat.kind is POOL and not slot.principal


def may_claim(work: Work, command: Claim) -> Iterator[Reason]:
    """An open slot of a pool that the person belongs to; the first to claim has it."""
    found = work.find(command.slot)
    if found is None or found[0].state != "open":
        yield reason("moved_on", slot=command.slot)
        return
    act, slot = found
    seat = _seat(work, act, slot)
    if not _is_unclaimed(work, act, slot) or slot.state != "open":
        yield reason("not_claimable", slot=slot.id)
    if slot.rev != command.rev:
        yield reason("slot_moved", slot=slot.id)
    if seat is None or command.by.person not in candidates(work, seat, seat.ref):
        yield reason("not_yours", slot=slot.id)
    yield from why_not(work, command.by.person, work.node(act), act.slots, slot)


def claim(work: Work, command: Claim) -> None:
    """The claimer holds the slot, in his own right."""
    act, slot = found_slot(work, command.slot)
    _give(work, act, slot, command.by.person, Via("claim", command.by.person))
    work.note("claimed", slot=slot.id, person=command.by.person)


def may_give_up(work: Work, command: GiveUp) -> Iterator[Reason]:
    """A slot that was claimed, and is still as it was then."""
    yield from held_slot(work, command)
    found = work.find(command.slot)
    if found is not None and not (found[1].via and found[1].via[-1].how == "claim"):
        yield reason("not_claimed", slot=command.slot)


def give_up(work: Work, command: GiveUp) -> None:
    """Back to the pool."""
    act, slot = found_slot(work, command.slot)
    free = slot._replace(principal="", named=False, via=slot.via[:-1])
    work.put_slot(act.id, free, **settle_holder(work, work.node(act), act.slots, free))
    work.note("given_up", slot=slot.id, person=command.by.person)


def may_assign(work: Work, command: Assign) -> Iterator[Reason]:
    """A unit's head inside the unit; of a pool, the post that assigns what nobody claimed."""
    found = work.find(command.slot)
    if found is None or found[0].state != "open":
        yield reason("moved_on", slot=command.slot)
        return
    act, slot = found
    if _is_unclaimed(work, act, slot):
        yield from _assigns_pool(work, command, act, slot)
    else:
        yield from held_slot(work, command)
        yield from _assigns_unit(work, command, act, slot)
    yield from _may_sit(work, act, slot, command.to)


def _assigns_pool(work: Work, command: Assign, act: Activation, slot: Slot) -> Iterator[Reason]:
    seat, post = _seat(work, act, slot), work.node(act).assign
    if not holds_post(work, command.by.person, post):
        yield reason("no_right", person=command.by.person, post=post)
    if seat is None or command.to not in candidates(work, seat, seat.ref):
        yield reason("out_of_range", person=command.to)
    if slot.state not in {"open", "blocked"}:
        yield reason("slot_state", slot=slot.id, state=slot.state, needed="open")
    elif slot.rev != command.rev:
        yield reason("slot_moved", slot=slot.id)


def _assigns_unit(work: Work, command: Assign, act: Activation, slot: Slot) -> Iterator[Reason]:
    seat = _seat(work, act, slot)
    of_unit = seat is not None and (
        seat.kind is SeatKind.UNIT
        or (seat.kind is FIELD and work.definition.field[seat.ref].type == "unit")
    )
    ref = seat.ref if seat else ""
    if not of_unit:
        yield reason("not_assignable", slot=slot.id)
    yield from in_range(work, command.by.person, command.to, (f"unit:{slot.ref or ref}",))


def assign(work: Work, command: Assign) -> None:
    """The named person does it."""
    act, slot = found_slot(work, command.slot)
    _give(work, act, slot, command.to, Via("assign", command.by.person))
    work.note("assigned", slot=slot.id, person=command.to, before=command.by.person)


def _held_by(work: Work, person: str) -> list[tuple[Activation, Slot]]:
    return [
        (act, slot)
        for act in path.live(work.acts)
        if act.state == "open"
        for slot in act.slots
        if slot.state in {"open", "blocked"}
        and person in {slot.holder, slot.principal if slot.state == "blocked" else slot.holder}
    ]


def may_hand_over(work: Work, command: HandOver) -> Iterator[Reason]:
    """By the person or the clerk; something must be held, and something must be able to move."""
    yield from has_text(command.opinion)
    by = command.by.person
    if by != command.person and not holds_post(work, by, work.definition.clerk):
        yield reason("no_right", person=by, post=work.definition.clerk)
    if command.to == command.person:
        yield reason("same_holder", person=command.to)
    held = _held_by(work, command.person)
    drafts = command.person in work.head.drafters
    if not held and not drafts:
        yield reason("nothing_held", person=command.person)
    if drafts:
        yield from may_draft(work, command.to)
    whys = [_why_not_taken_over(work, command, act, slot) for act, slot in held]
    if whys and all(whys) and not drafts:
        yield from (one for why in whys for one in why)


def _why_not_taken_over(
    work: Work, command: HandOver, act: Activation, slot: Slot
) -> tuple[Reason, ...]:
    """Handing over widens nobody's rights: to a colleague of the same post, the stand-in, or
    somebody the slot could be transferred to; and he must be able to sit there."""
    node, seat = work.node(act), _seat(work, act, slot)
    same_post = seat is not None and command.to in candidates(work, seat, slot.ref or seat.ref)
    sent = deputies(work, node, act.slots, slot, command.person, anyway=True)
    heir = same_post or any(one.deputy == command.to for one in sent)
    range_ = () if heir else in_range(work, command.person, command.to, node.transfer)
    return (*range_, *why_not(work, command.to, node, act.slots, slot))


def hand_over(work: Work, command: HandOver) -> None:
    """Each slot that may move moves; each that may not is named, and stays."""
    for act, slot in _held_by(work, command.person):
        here = work.acts[act.id]
        why = _why_not_taken_over(work, command, here, slot)
        if why:
            work.note("not_handed_over", slot=slot.id, why=",".join(one.code for one in why))
        else:
            via = Via("transfer", command.person, command.opinion)
            _give(work, here, slot, command.to, via)
            work.note("transferred", slot=slot.id, person=command.to, before=command.person)
    if command.person in work.head.drafters and command.to not in work.head.drafters:
        work.head = work.head._replace(drafters=(*work.head.drafters, command.to))
        work.note("draft_handed_over", person=command.to, before=command.person)
        look_again(work, Reseat(command.by))


def may_reseat(work: Work, command: Reseat) -> Iterator[Reason]:
    """The machine may always look."""
    yield from ()


def look_again(work: Work, command: Reseat) -> None:
    """Loans to people who left come back; every undecided slot goes to whom it belongs today."""
    for act in list(path.live(work.acts)):
        if act.state != "open":
            continue
        for slot in act.slots:
            if slot.state == "lent":
                _return_loan(work, act, slot)
        for slot in work.acts[act.id].slots:
            if slot.state in {"open", "blocked"}:
                reseat(work, act.id, slot)


def _return_loan(work: Work, act: Activation, slot: Slot) -> None:
    owner_left = _is_off(work, slot.holder)
    asks = tuple(
        ask._replace(state="lapsed")
        if ask.state == "open" and ask.kind == "lend" and (owner_left or _is_off(work, ask.to))
        else ask
        for ask in slot.asks
    )
    if asks != slot.asks:
        work.put_slot(act.id, slot._replace(asks=asks, state="open"))
        work.note("loan_back", slot=slot.id, person=slot.holder)


def _is_off(work: Work, person: str) -> bool:
    """Whether a person is not there to act."""
    found = work.facts.people.people.get(person)
    return found is None or found.away or found.gone
