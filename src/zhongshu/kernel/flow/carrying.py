"""What an earlier round already settled, and whether it may be carried into this one. 承继."""

from __future__ import annotations

from collections.abc import Sequence

from . import content, path
from .case import Activation, Reading, Slot
from .definition import Node
from .work import Move, Work

UNFINISHED = frozenset({"returned", "void"})


def carry(work: Work, node: Node, move: Move, earlier: Sequence[Activation]) -> bool:
    """Carry an earlier approval of a node into the new round, if nothing speaks against it.

    It is carried when it passed on the path that a return cut off, what it stands on is unchanged,
    its deciders may still decide, and the node is not marked to be always asked afresh.
    """
    cut = [act for act in earlier if act.mark == "stale" and act.state != "void"]
    if move.fresh or not cut:
        return False
    old = max(cut)
    for one in cut:
        work.put(one._replace(mark="superseded"))
    why = _why_asked_again(work, node, old)
    if why:
        _ask_again(work, node, why)
        return False
    act = work.put(
        old._replace(
            id=work.new_id(),
            round=work.head.round,
            parents=move.parents,
            scope=move.scope,
            mark="",
            out=(),
            carried=old.id,
            slots=tuple(_carried(slot) for slot in old.slots),
        )
    )
    work.note("carried", node=node.id, activation=old.id)
    _show_difference(work, act)
    work.lead_on(act, node.edges)
    return True


def still_allowed(work: Work, node: Node, act: Activation) -> bool:
    """Whether everybody who decided at an activation might still decide there by his duty."""
    wrote = content.authors(work.definition, node.id, work.content)
    barred = {*work.head.drafters, *wrote} if node.decides else set()
    return all(
        not barred & path.persons(decision)
        and not any(_conflicts(work, act, slot, who) for who in path.persons(decision))
        for slot, decision in path.decisions(act)
    )


def kept_opinions(
    work: Work, node: Node, earlier: Sequence[Activation]
) -> dict[tuple[int, str], Slot]:
    """The approvals given at this node before one of its signers returned the case, or before it
    was cut off while others were still to speak.

    Kept only while nothing at all has changed; by seat and what the seat refers to.
    """
    old = [act for act in earlier if act.state in UNFINISHED and path.may_matter(act)]
    for act in old:
        work.put(act._replace(mark="superseded"))
    if work.head.carry == "replay" or node.always_fresh or not old:
        return {}
    last = max(old)
    return {
        (slot.seat, slot.ref): _carried(slot)._replace(id=work.new_id())
        for slot, decision in path.decisions(last)
        if slot.kind == "base"
        and decision.verb == "approve"
        and decision.seen == work.content.digest
        and not any(child.parent == slot.id for child in last.slots)
        and still_allowed(work, node, last._replace(slots=(slot,)))
    }


def give_copy(work: Work, person: str) -> None:
    """A reading copy from the machine, for somebody whose approval was carried."""
    work.put_reading(
        Reading(
            work.new_id(),
            person,
            "system:flow",
            work.content.digest,
            work.head.round,
            "receipt",
            at=work.minute,
        )
    )


def _why_asked_again(work: Work, node: Node, old: Activation) -> str:
    if work.head.carry == "replay":
        return "replay"
    if old.state != "passed":
        return "failed"
    if any(act.state == "returned" and act.node == node.id for act in work.acts.values()):
        return "returner"
    if node.always_fresh:
        return "always_fresh"
    if old.relied != work.relied(node.id):
        return "changed"
    return "" if still_allowed(work, node, old) else "not_allowed"


def _ask_again(work: Work, node: Node, why: str) -> None:
    work.note("asked_again", node=node.id, why=why)
    if work.head.carry == "straight":
        work.head = work.head._replace(carry="smart")
        work.note("straight_fell_back", node=node.id)


def _carried(slot: Slot) -> Slot:
    if slot.decision is None:
        return slot
    origin = slot.decision.origin or slot.id
    return slot._replace(decision=slot.decision._replace(origin=origin))


def _conflicts(work: Work, act: Activation, slot: Slot, person: str) -> bool:
    opposite = work.definition.opposite.get(slot.duty, frozenset())
    return any(
        other.duty in opposite and person in path.persons(decision)
        for live in path.live(work.acts)
        if live.id != act.id
        for other, decision in path.decisions(live)
    )


def _show_difference(work: Work, act: Activation) -> None:
    """Whose approval is carried over a change reads what changed."""
    now = work.content.digest
    people = {decision.actor for _, decision in path.decisions(act) if decision.seen != now}
    for person in sorted(people):
        give_copy(work, person)
        work.note("difference", person=person, node=act.node)
