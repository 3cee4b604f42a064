"""Questions about the way a case has gone. 路径.

"Previous", "travelled" and "already approved" are always asked of the live activations and their
parent links, never of the log.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .case import Activation, Decision, Slot
from .definition import HANDLED, Definition, NodeKind

Acts = Mapping[int, Activation]
LIVE = frozenset({"open", "passed", "failed"})
SEATED = frozenset({"base", "beside"})


def is_live(act: Activation) -> bool:
    """Whether the activation lies on the path: open or settled, and not cut off by a return."""
    return act.mark == "" and act.state in LIVE


def may_matter(act: Activation) -> bool:
    """Whether an activation stays in its case: on the path, or with words that may be carried."""
    return act.mark == "stale" or (act.mark == "" and act.state != "void")


def live(acts: Acts) -> Iterator[Activation]:
    """The activations on the path, all branches."""
    return (act for act in acts.values() if act.mark == "" and act.state in LIVE)


def openings(acts: Acts, node: str) -> list[Activation]:
    """The activations of a node, oldest first, whatever became of them."""
    return [act for act in acts.values() if act.node == node]


def before(acts: Acts, act: Activation) -> list[Activation]:
    """The ancestors of an activation, nearest first, each once."""
    found: dict[int, Activation] = {}
    queue = list(act.parents)
    while queue:
        one = queue.pop(0)
        if one not in found and one in acts:
            found[one] = acts[one]
            queue.extend(acts[one].parents)
    return sorted(found.values(), key=lambda a: -a.id)


def after(acts: Acts, root: int) -> list[Activation]:
    """The live descendants of an activation, oldest first, without itself."""
    reached = {root}
    found = []
    for act in sorted(acts.values()):
        if reached.intersection(act.parents) and is_live(act):
            reached.add(act.id)
            found.append(act)
    return found


def decisions(act: Activation) -> list[tuple[Slot, Decision]]:
    """The decisions of an activation that count."""
    return [
        (slot, slot.decision)
        for slot in act.slots
        if slot.decision is not None and slot.state == "decided"
    ]


def holds(slot: Slot, person: str) -> bool:
    """Whether a person holds a slot, alone or together with the one he stands in for."""
    return bool(person) and person in {slot.holder, slot.also}


def acting_for(slot: Slot, person: str) -> str:
    """For whom a holder acts: himself, or the one he stands in for."""
    if slot.also and person == slot.also:
        return slot.holder
    return slot.behalf or person


def persons(decision: Decision) -> frozenset[str]:
    """Whom separation of duty counts for a decision: who acted, and for whom."""
    return frozenset((decision.actor, decision.principal))


def deciders(definition: Definition, acts: Acts) -> frozenset[str]:
    """The different humans who said yes at a deciding node on the path."""
    nodes = definition.by_id
    return frozenset(
        [
            decision.actor
            for act in acts.values()
            if act.mark == "" and act.state in LIVE and nodes[act.node].decides
            for slot, decision in decisions(act)
            if decision.verb == "approve" and (slot.binding or slot.kind in SEATED)
        ]
    )


def travelled(definition: Definition, acts: Acts, act: Activation) -> dict[str, Activation]:
    """The nodes on the way to an activation where people can stand, nearest first.

    Of a node travelled twice, the later activation.
    """
    found: dict[str, Activation] = {}
    for past in before(acts, act):
        if _can_stand(definition, past):
            found.setdefault(past.node, past)
    return found


def targets(definition: Definition, acts: Acts, act: Activation) -> dict[str, Activation]:
    """Where a holder at this activation may send the case back to: on the path, and allowed."""
    way = travelled(definition, acts, act)
    allowed = set(definition.by_id[act.node].returns)
    named = {"draft": definition.draft.id, "previous": next(iter(way), "")}
    open_to = allowed | {named[word] for word in allowed & named.keys()}
    return {node: past for node, past in way.items() if "any" in allowed or node in open_to}


def _can_stand(definition: Definition, act: Activation) -> bool:
    kind = definition.by_id[act.node].kind
    return kind is NodeKind.DRAFT or kind in HANDLED
