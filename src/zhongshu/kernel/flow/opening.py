"""Opening a node: its slots, who falls together with whom, and who comes next in line. 开启."""

from __future__ import annotations

from collections.abc import Sequence

from . import path, tally
from .carrying import kept_opinions
from .case import Activation, Slot
from .definition import Node, Seat
from .eligibility import why_not
from .seating import FIELD, POOL, candidates, refs, settle_holder
from .work import Move, Work


def open_node(work: Work, node: Node, move: Move, earlier: Sequence[Activation]) -> int:
    """A new activation of a node with all its slots; the number of the activation.

    Those who sat here before are asked first, if they still may be.
    """
    act_id = work.new_id()
    slots = _slots(work, node, move.prefer) or [_nobody(work, node)]
    if earlier:
        kept = kept_opinions(work, node, earlier)
        slots = [kept.get((slot.seat, slot.ref), slot) for slot in slots]
    if move.stood:
        slots = [_as_it_stood(slot, move.stood) for slot in slots]
    work.put(
        Activation(
            act_id,
            node.id,
            work.head.round,
            "open",
            move.parents,
            move.scope,
            slots=tuple(slots),
        )
    )
    for slot in slots:
        if slot.state == "waiting" and not node.in_line:
            place(work, act_id, slot)
    open_next(work, act_id)
    return act_id


def open_next(work: Work, act_id: int) -> None:
    """Open the next slot in line of a sequential node, once everybody before it has spoken."""
    act = work.acts[act_id]
    if not work.node(act).in_line:
        return
    for slot in act.slots:
        if slot.state == "decided" and tally.word(slot, act.slots) == "pending":
            return  # a yes that waits for its added signers is none yet
        if slot.kind in {"base", "beside"} and slot.state not in {"decided", "void"}:
            if slot.state == "waiting":
                place(work, act_id, slot)
                if find_slot(work.acts[act_id], slot.id).state == "void":
                    continue
            return


def _as_it_stood(slot: Slot, stood: tuple[Slot, ...]) -> Slot:
    """A slot as it stood: in the hands that somebody had named (transferred, claimed, assigned),
    fallen together with another seat, or with the weight of the seat that fell to it."""
    same = (one for one in stood if (one.seat, one.ref) == (slot.seat, slot.ref))
    old = next(same, slot)
    if old.cause == "same_person":
        return slot._replace(state="void", cause=old.cause)
    slot = slot._replace(weight=old.weight, veto=old.veto)
    if old.named:
        slot = slot._replace(principal=old.principal, named=True, via=old.via)
    return slot


def find_slot(act: Activation, slot_id: int) -> Slot:
    """A slot of an activation by number."""
    return next(slot for slot in act.slots if slot.id == slot_id)


def place(work: Work, act_id: int, slot: Slot) -> None:
    """Give a slot its holder, or let it fall together with another slot of the same person."""
    act = work.acts[act_id]
    node = work.node(act)
    other = _same_person(work, node, act, slot)
    if other is not None:
        _merge(work, act_id, other, slot)
        return
    hands = settle_holder(work, node, act.slots, slot)
    since, due = slot.since, slot.due
    if since == 0:
        since, due = work.minute, _due(work, node, act, slot)
    claim_by = None if hands["principal"] else work.facts.due(node.claim_within)
    work.put_slot(act_id, slot, since=since, due=due, claim_by=claim_by, **hands)
    if hands["state"] == "blocked":
        work.note("blocked", slot=slot.id, node=node.id)


def reopen_slot(work: Work, act_id: int, slot: Slot, cause: str, *, wait: bool = False) -> None:
    """Ask a slot again: its decision stays on record as superseded, its added signers fall away."""
    decision = slot.decision
    past = slot.past if decision is None else (*slot.past, decision)
    children = [child.id for child in work.acts[act_id].slots if child.parent == slot.id]
    work.void_slots(act_id, cause, only=children)
    work.note("asked_again", slot=slot.id, why=cause)
    fresh = slot._replace(decision=None, past=past, state="waiting", since=0, rung=0, opened=False)
    if wait:
        work.put_slot(act_id, fresh, holder="", also="", behalf="")
    else:
        place(work, act_id, fresh)


def behind(work: Work, act: Activation, slot: Slot) -> tuple[Slot, ...]:
    """The seats in line behind a slot of a sequential node."""
    if not work.node(act).in_line:
        return ()
    later = act.slots[[s.id for s in act.slots].index(slot.id) + 1 :]
    return tuple(s for s in later if s.kind in path.SEATED)


def wait_again(work: Work, act: Activation, slot: Slot) -> None:
    """Whoever stands in line behind a slot that is asked again waits again; loans are recalled."""
    for later in behind(work, act, slot):
        if later.state in {"open", "blocked", "lent"}:
            asks = tuple(
                a._replace(state="recalled") if a.state == "open" else a for a in later.asks
            )
            work.put_slot(act.id, later, state="waiting", holder="", also="", behalf="", asks=asks)


def reseat(work: Work, act_id: int, slot: Slot) -> None:
    """Look again who should hold an undecided slot; a slot that stays the same is not touched."""
    act = work.acts[act_id]
    again = slot._replace(**settle_holder(work, work.node(act), act.slots, slot))
    if again != slot:
        work.put_slot(act_id, again)
        if again.state == "blocked":
            work.note("blocked", slot=slot.id, node=act.node)
        else:
            work.note("reseated", slot=slot.id, person=again.holder, before=slot.holder)


def add_child(work: Work, act_id: int, child: Slot, *, after: int = 0) -> None:
    """Put an added slot into an activation, right behind slot `after` or at the end."""
    act = work.acts[act_id]
    at = next((i + 1 for i, s in enumerate(act.slots) if s.id == after), len(act.slots))
    work.put(act._replace(slots=(*act.slots[:at], child, *act.slots[at:])))


def _slots(work: Work, node: Node, prefer: tuple[str, ...]) -> list[Slot]:
    return [
        Slot(
            work.new_id(),
            index,
            _first(work, seat, ref, prefer),
            "waiting",
            weight=seat.weight,
            veto=seat.veto,
            duty=node.duty_of(seat),
            ref=ref if seat.kind is FIELD else "",
        )
        for index, seat in enumerate(node.seats)
        for ref in refs(work, seat)
    ]


def _first(work: Work, seat: Seat, ref: str, prefer: tuple[str, ...]) -> str:
    """Whose duty a seat is at this opening; a pool is nobody's until it is claimed."""
    if seat.kind is POOL:
        return ""
    found = candidates(work, seat, ref)
    for person in prefer:
        if person in found:
            return person
    return found[0] if found else ""


def _nobody(work: Work, node: Node) -> Slot:
    """Nobody to ask is a blocked slot, never a pass."""
    return Slot(work.new_id(), -1, "", "waiting", duty=node.duty_of(None))


def _due(work: Work, node: Node, act: Activation, slot: Slot) -> int | None:
    own = work.facts.due(node.limit)
    if not slot.parent:
        return own
    above = find_slot(act, slot.parent).due
    return min([due for due in (own, above) if due is not None], default=None)


def _same_person(work: Work, node: Node, act: Activation, slot: Slot) -> Slot | None:
    """The slot that already gives this person a say, if the two may become one."""
    if len(act.slots) == 1 or slot.kind != "base" or not slot.principal:
        return None
    seats = [s for s in act.slots if s.kind in {"base", "beside"} and s.state != "void"]
    if len(seats) - 1 < node.people_needed:
        return None
    for other in seats:
        held = other.decision.actor if other.decision else other.holder
        if other.behalf:
            continue  # what he holds for somebody else is not a say of his own
        if other.id != slot.id and held == slot.principal and other.duty == slot.duty:
            return None if why_not(work, slot.principal, node, (), slot) else other
    return None


def _merge(work: Work, act_id: int, stays: Slot, goes: Slot) -> None:
    work.put_slot(
        act_id,
        stays._replace(weight=max(stays.weight, goes.weight), veto=stays.veto or goes.veto),
    )
    work.put_slot(act_id, goes._replace(state="void", cause="same_person"))
    work.note("merged", slot=goes.id, into=stays.id, person=stays.holder)


def previous_holders(act: Activation) -> tuple[str, ...]:
    """The people who decided at an activation, to be asked first when it opens again."""
    return tuple(decision.actor for _, decision in path.decisions(act))
