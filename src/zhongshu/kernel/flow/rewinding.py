"""Going back: what a return cuts off, and what must be asked again. 回退.

Nothing is deleted. Undecided work becomes void, with its cause; approvals that came after become
stale, and may be carried into the next round.
"""

from __future__ import annotations

from . import path
from .case import Activation, Mark
from .definition import HANDLED, NodeKind
from .opening import previous_holders, reopen_slot, wait_again
from .work import Move, Work

ASKED = HANDLED | {NodeKind.CASE}


def unwind(work: Work, root: int, cause: str) -> None:
    """Cut everything off that came after an activation."""
    for act in path.after(work.acts, root):
        if act.state == "open":
            work.void(act, cause)
            if any(path.decisions(act)):  # opinions that may yet be kept, like those of a return
                work.put(work.acts[act.id]._replace(mark="stale"))
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


def recheck(work: Work) -> None:
    """Ask again whoever decided on something that has changed since: nothing approved may stand
    on a form that its approver has not seen, not even at a join that still waits."""
    found = list(path.live(work.acts))
    for act in found:
        if act.state == "open":
            _reopen_loose_slots(work, act)
    loose = {act.id: act for act in found if _is_loose(work, act)}
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


def _is_loose(work: Work, act: Activation) -> bool:
    asked = act.state == "passed" and work.node(act).kind in ASKED
    return asked and act.relied != work.relied(act.node)


def _reopen_loose_slots(work: Work, act: Activation) -> None:
    now = work.relied(act.node)
    loose = [slot for slot, decision in path.decisions(act) if decision.relied != now]
    line = [s for s in loose if s.kind in path.SEATED] if work.node(act).in_line else []
    for slot in loose:  # who comes after a yes is asked once that is said again
        waits = slot.kind == "after" or slot in line
        reopen_slot(work, act.id, slot, "content_changed", wait=waits)
    if line:
        wait_again(work, work.acts[act.id], line[0])
        work.count(act.id)  # and so opens whoever is first in line
