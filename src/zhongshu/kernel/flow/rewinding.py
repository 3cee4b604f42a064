"""Going back: what a return cuts off, and what must be asked again. 回退.

Nothing is deleted. Undecided work becomes void, with its cause; approvals that came after become
stale, and may be carried into the next round.
"""

from __future__ import annotations

from . import path
from .carrying import still_allowed
from .case import Activation, Mark
from .definition import HANDLED, NodeKind
from .opening import previous_holders, reopen_slot
from .work import Move, Work

ASKED = HANDLED | {NodeKind.CASE}


def unwind(work: Work, root: int, cause: str) -> None:
    """Cut everything off that came after an activation."""
    for act in path.after(work.acts, root):
        if act.state == "open":
            work.void(act, cause)
        else:
            mark: Mark = "stale" if work.node(act).kind in ASKED else "superseded"
            work.put(act._replace(mark=mark, cause=cause))


def rewind(work: Work, target: Activation, carry: str, cause: str) -> None:
    """Send the case back to an activation: cut off what followed and open its node anew."""
    unwind(work, target.id, cause)
    work.head = work.head._replace(round=work.head.round + 1, carry=carry)
    reenter(work, target)


def reenter(work: Work, act: Activation) -> None:
    """Open the node of an activation again, for the same people first; a draft waits."""
    work.put(work.acts[act.id]._replace(mark="superseded"))
    if work.node(act).kind is NodeKind.DRAFT:
        work.set_state("returned")
        return
    work.agenda.append(Move(act.node, act.parents, act.scope, True, previous_holders(act)))


def recheck(work: Work, split: int = 0) -> bool:
    """Ask again whoever decided on something that has changed since; whether anybody was.

    With `split`, only inside that split, and also where a decider is no longer allowed.
    """
    found = [act for act in path.live(work.acts) if not split or split in act.scope]
    for act in found:
        if act.state == "open":
            _reopen_loose_slots(work, act)
    loose = {act.id: act for act in found if _is_loose(work, act, people_too=bool(split))}
    roots = [
        act
        for act in loose.values()
        if not loose.keys() & {earlier.id for earlier in path.before(work.acts, act)}
    ]
    if roots:
        work.head = work.head._replace(round=work.head.round + 1, carry="smart")
    for act in roots:
        work.note("asked_again", node=act.node, why="changed")
        unwind(work, act.id, "content_changed")
        reenter(work, act)
    return bool(roots)


def _is_loose(work: Work, act: Activation, *, people_too: bool) -> bool:
    node = work.node(act)
    if act.state != "passed" or node.kind not in ASKED:
        return False
    if act.relied != work.relied(node.id):
        return True
    return people_too and not still_allowed(work, node, act)


def _reopen_loose_slots(work: Work, act: Activation) -> None:
    now = work.relied(act.node)
    for slot in act.slots:
        if slot.decision and slot.state == "decided" and slot.decision.relied != now:
            reopen_slot(work, act.id, slot, "content_changed")
