"""To-do rows out of the state of a case: what changed between before and after. 待办变化.

Counted from the kernel's states alone, so the rows of a case can at any time be made anew and
compared; nothing is read to know what to write.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from zhongshu.kernel.flow import Actor, Case, Definition, Facts, act, todo
from zhongshu.kernel.flow.case import DRAFTING, Activation, Asked, Slot
from zhongshu.kernel.flow.commands import Claim
from zhongshu.kernel.flow.definition import NodeKind, SeatKind

from .models import Todo

What = Todo.What


class Row(NamedTuple):
    """Something one person has to do; what a `Todo` says without the matter's own columns."""

    person: str
    what: str
    slot: int
    node: str = ""
    via: str = ""
    behalf: str = ""
    due: int | None = None


def rows(definition: Definition, case: Case, facts: Facts) -> frozenset[Row]:
    """Everything people have to do about a case."""
    return frozenset(_rows(definition, case, facts))


def unnamed(fresh: frozenset[Row]) -> tuple[str, ...]:
    """Whom a pool asks now that no event names: who may claim is asked of the bureau of the day."""
    return tuple(sorted({row.person for row in fresh if row.what == What.CLAIM}))


def steps(definition: Definition, case: Case) -> str:
    """Where a case stands: the names of its open nodes."""
    if case.state in DRAFTING:
        return definition.draft.name
    open_ = [act.node for act in case.acts.values() if act.state == "open" and act.mark == ""]
    seated = [definition.by_id[node] for node in dict.fromkeys(open_)]
    return "、".join(node.name for node in seated if node.kind is not NodeKind.JOIN)


def _rows(definition: Definition, case: Case, facts: Facts) -> Iterator[Row]:
    if case.state in DRAFTING:
        for person in case.head.drafters[-1:]:
            yield Row(person, What.REVISE, 0, definition.draft.id)
    slots = {slot.id: (act, slot) for act in case.acts.values() for slot in act.slots}
    for asked in todo.of_case(case):
        if asked.slot < 0:
            yield Row(asked.person, What.READ, asked.slot, due=asked.due)
        else:
            yield from _of_slot(definition, case, facts, asked, slots[asked.slot])


def _of_slot(
    definition: Definition, case: Case, facts: Facts, asked: Asked, found: tuple[Activation, Slot]
) -> Iterator[Row]:
    act_, slot = found
    via = asked.via[-1].how if asked.via else ""
    if not asked.person:
        for person in _claimants(definition, case, facts, act_, slot):
            yield Row(person, What.CLAIM, slot.id, act_.node, "claim", due=asked.due)
    elif asked.person in {slot.holder, slot.also}:
        behalf = slot.behalf or (slot.holder if asked.person == slot.also else "")
        yield Row(asked.person, What.DO, slot.id, act_.node, via, behalf, asked.due)
    else:
        yield Row(asked.person, What.ANSWER, slot.id, act_.node, "consult", due=asked.due)


def _claimants(
    definition: Definition, case: Case, facts: Facts, act_: Activation, slot: Slot
) -> list[str]:
    """Everybody of the pool whom the engine would let claim it: asked of the engine itself."""
    node = definition.by_id[act_.node]
    if not 0 <= slot.seat < len(node.seats) or node.seats[slot.seat].kind is not SeatKind.POOL:
        return []
    people, ref = facts.people, node.seats[slot.seat].ref
    pool = people.posts.get(ref) or people.members.get(ref, ())
    return [
        person
        for person in pool
        if hasattr(act(definition, case, Claim(Actor(person), slot.id, slot.rev), facts), "case")
    ]
