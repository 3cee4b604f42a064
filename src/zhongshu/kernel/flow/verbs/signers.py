"""加签, 减签: another person must speak; and the undoing of that, which never moves a case."""

from __future__ import annotations

from collections.abc import Iterator

from zhongshu.kernel.errors import Reason, reason
from zhongshu.kernel.flow import tally
from zhongshu.kernel.flow.case import PENDING, Activation, Slot
from zhongshu.kernel.flow.commands import AddSigner, DropSigner
from zhongshu.kernel.flow.definition import Counting, Node
from zhongshu.kernel.flow.eligibility import why_not
from zhongshu.kernel.flow.opening import add_child, place
from zhongshu.kernel.flow.work import Work

from .checks import found_slot, held_slot, in_range, is_stranger


def may_add(work: Work, command: AddSigner) -> Iterator[Reason]:
    """The holder may ask, the person may speak, and it is the right direction and depth."""
    held = tuple(held_slot(work, command))
    yield from held
    if is_stranger(held):
        return
    act, slot = found_slot(work, command.slot)
    node = work.node(act)
    if _depth(act, slot) >= node.add_depth:
        yield reason("added_cannot", slot=slot.id)
    if any(
        s.parent == slot.id and s.kind != command.where and s.state != "void" for s in act.slots
    ):
        yield reason("one_direction", slot=slot.id)
    if command.where == "beside" and not _room_beside(node, slot):
        yield reason("no_beside", node=node.id)
    if command.person in work.head.drafters:
        yield reason("initiator", person=command.person)
    yield from in_range(work, command.by.person, command.person, node.add)
    yield from why_not(work, command.person, node, act.slots, _child(command, slot, 0))


def _room_beside(node: Node, slot: Slot) -> bool:
    if node.race or slot.kind in {"before", "after"}:
        return False
    return node.beside or node.rule.kind in {Counting.ALL, Counting.SEQUENTIAL}


def _depth(act: Activation, slot: Slot) -> int:
    """How many adds lie above a slot; a seat of the definition has none."""
    depth, here = 0, slot
    while here.adder:
        depth += 1
        above = next((s for s in act.slots if s.id == here.parent), None)
        if above is None:
            break
        here = above
    return depth


def _child(command: AddSigner, slot: Slot, number: int) -> Slot:
    beside = command.where == "beside"
    default = command.where != "before"
    return Slot(
        number,
        -1,
        command.person,
        "waiting",
        kind=command.where,
        binding=default if command.binding is None or beside else command.binding,
        parent=0 if beside else slot.id,
        adder=command.by.person,
        duty=slot.duty,
        named=True,
    )


def add(work: Work, command: AddSigner) -> None:
    """A new slot: before it is mine, after my yes, or beside me."""
    act, slot = found_slot(work, command.slot)
    child = _child(command, slot, work.new_id())
    add_child(work, act.id, child, after=slot.id)
    work.note("added", slot=child.id, person=command.person, where=command.where)
    line = work.node(act).in_line
    if command.where == "before" or (command.where == "beside" and not line):
        place(work, act.id, child)


def may_drop(work: Work, command: DropSigner) -> Iterator[Reason]:
    """Only an added slot, only undecided, only by who added it, and never if it would settle."""
    found = work.find(command.slot)
    if found is None or found[0].state != "open":
        yield reason("moved_on", slot=command.slot)
        return
    act, slot = found
    parent = next((s for s in act.slots if s.id == slot.parent), None)
    if not slot.adder:
        yield reason("base_stays", slot=slot.id)
    elif command.by.person not in {slot.adder, parent.holder if parent else slot.adder}:
        yield reason("not_yours", slot=slot.id)
    if slot.state not in PENDING:
        yield reason("slot_state", slot=slot.id, state=slot.state, needed="waiting")
    if slot.rev != command.rev:
        yield reason("slot_moved", slot=slot.id)
    if (parent and parent.decision) or _would_settle(work, act, slot):
        yield reason("would_settle", slot=slot.id)


def _would_settle(work: Work, act: Activation, slot: Slot) -> bool:
    without = tuple(s._replace(state="void") if s.id == slot.id else s for s in act.slots)
    return tally.result(work.node(act), without) != "open"


def drop(work: Work, command: DropSigner) -> None:
    """The added slot is void, with whoever it had asked in turn."""
    act, slot = found_slot(work, command.slot)
    gone = [slot.id, *(s.id for s in act.slots if s.parent == slot.id)]
    work.void_slots(act.id, "dropped", only=gone)
    work.note("dropped", slot=slot.id, person=slot.principal)
    work.count(act.id)
