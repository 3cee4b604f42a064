"""提交, 同意, 不同意, 弃权, 办毕, 批示: sending the draft, and a holder's own word."""

from __future__ import annotations

from collections.abc import Iterator

from zhongshu.kernel.errors import Reason, reason
from zhongshu.kernel.flow import content, path
from zhongshu.kernel.flow.case import PENDING, Activation, Decision, Slot
from zhongshu.kernel.flow.commands import Decide, Instruct, Submit
from zhongshu.kernel.flow.definition import Node, NodeKind
from zhongshu.kernel.flow.eligibility import is_by_duty, why_not
from zhongshu.kernel.flow.opening import place, reseat
from zhongshu.kernel.flow.work import Work

from .checks import (
    found_slot,
    has_text,
    held_slot,
    holds_post,
    is_holder,
    not_too_long,
    same_content,
)

SAID_AT = {
    NodeKind.DECIDE: ("approve", "disapprove", "abstain"),
    NodeKind.TASK: ("done",),
    NodeKind.ACKNOWLEDGE: ("done",),
    NodeKind.INSTRUCT: ("instruct",),
}


def may_submit(work: Work, command: Submit) -> Iterator[Reason]:
    """The drafter, with a form that is complete and well-formed."""
    if command.by.person not in work.head.drafters:
        yield reason("not_drafter")
    mine = work.definition.drafted
    for name in content.faults(work.definition, command.changes, may=mine):
        yield reason("bad_field", field=name)
    filled = {**work.content.values, **command.changes}
    for name in sorted(mine.intersection(content.missing(work.definition, filled))):
        yield reason("missing_field", field=name)


def submit(work: Work, command: Submit) -> None:
    """Freeze a version of the content and lead on from the draft."""
    node = work.definition.draft
    person = command.by.person
    work.content = content.changed(work.content, command.changes, (person,))
    if work.head.lapses is None:
        work.head = work.head._replace(lapses=work.facts.due(work.definition.lapse))
    else:
        stood = work.minute - work.head.since
        work.head = work.head._replace(lapses=work.head.lapses + stood)
    work.set_state("running")
    relied = work.relied(node.id)
    said = Decision("done", person, person, work.minute, work.content.digest, relied)
    slot = Slot(
        work.new_id(),
        -1,
        person,
        "decided",
        person,
        duty=node.duty_of(None),
        since=work.minute,
        decision=said,
    )
    act = Activation(
        work.new_id(), node.id, work.head.round, "passed", slots=(slot,), relied=relied
    )
    work.note("submitted", round=work.head.round)
    work.lead_on(work.put(act), node.edges)


def may_decide(work: Work, command: Decide) -> Iterator[Reason]:
    """Yours, open, as you saw it, with a word that can be said here; and you still may."""
    yield from held_slot(work, command)
    yield from same_content(work, command.seen)
    found = work.find(command.slot)
    if found is None:
        return
    act, slot = found
    node = work.node(act)
    yield from _word_fits(command, node, slot)
    if any(s.parent == slot.id and s.kind == "before" and s.state in PENDING for s in act.slots):
        yield reason("adviser_first", slot=slot.id)
    yield from why_not(work, command.by.person, node, act.slots, slot)
    behalf = path.acting_for(slot, command.by.person)
    if behalf != command.by.person:
        why = why_not(work, behalf, node, act.slots, slot)
        if is_by_duty(why):
            yield from why
    if command.changes or command.verb == "done":
        yield from _fills_in(work, command, node)


def _word_fits(command: Decide, node: Node, slot: Slot) -> list[Reason]:
    words = SAID_AT.get(node.kind, ()) if slot.kind in path.SEATED else ("approve", "disapprove")
    why = []
    if command.verb not in words or (command.verb == "abstain" and not node.abstain):
        why.append(reason("wrong_word", verb=command.verb, node=node.id))
    if command.reserved and command.verb != "approve":
        why.append(reason("wrong_word", verb="reserved", node=node.id))
    if command.verb in {"disapprove", "instruct"} or command.opinion:
        why += has_text(command.opinion)
    return why


def _fills_in(work: Work, command: Decide, node: Node) -> Iterator[Reason]:
    """Who has done the work has filled in what the step asks for, and nothing else."""
    may = node.edits if command.verb == "done" else ()
    for name in content.faults(work.definition, command.changes, may=may):
        yield reason("bad_field", field=name)
    filled = {**work.content.values, **command.changes}
    for name in sorted(set(may).intersection(content.missing(work.definition, filled))):
        yield reason("missing_field", field=name)


def decide(work: Work, command: Decide) -> None:
    """Record the word, open or close the added signers behind it, and have the node counted."""
    act, slot = found_slot(work, command.slot)
    person = command.by.person
    behalf = path.acting_for(slot, person)
    if command.changes:
        work.content = content.changed(work.content, command.changes, {person, behalf})
    said = Decision(
        command.verb,
        person,
        behalf,
        work.minute,
        command.seen,
        work.relied(act.node),
        command.opinion,
        command.reserved,
    )
    work.put_slot(act.id, slot, state="decided", decision=said, holder=person, also="", reasons=())
    work.note(command.verb, slot=slot.id, node=act.node, person=person, principal=behalf)
    _children(work, act, slot, said)
    _make_way(work, act, slot, said)
    work.count(act.id)


def _make_way(work: Work, act: Activation, slot: Slot, said: Decision) -> None:
    """Slots of conflicting duties that the decider still holds elsewhere go to somebody else."""
    opposite = work.definition.opposite.get(slot.duty)
    if not opposite:
        return
    for other in list(path.live(work.acts)):
        for seat in other.slots if other.state == "open" and other.id != act.id else ():
            held = {seat.holder, seat.also, seat.behalf} & path.persons(said)
            if held and seat.state == "open" and seat.duty in opposite:
                reseat(work, other.id, seat)


def _children(work: Work, act: Activation, slot: Slot, said: Decision) -> None:
    children = [child for child in act.slots if child.parent == slot.id and child.state in PENDING]
    if not children:
        return
    if said.verb == "approve" or said.verb in {"done", "instruct"}:
        for child in children:
            place(work, act.id, child)
    else:
        work.void_slots(act.id, "not_needed", only=[child.id for child in children])


def may_instruct(work: Work, command: Instruct) -> Iterator[Reason]:
    """Words of somebody who holds a slot of the case or is the office head."""
    yield from has_text(command.opinion)
    person = command.by.person
    if not (is_holder(work, person) or holds_post(work, person, work.definition.head)):
        yield reason("not_yours", slot=0)
    for task in command.tasks:
        if not all(part.strip() for part in task):
            yield reason("task_incomplete")
        yield from not_too_long(*task)


def instruct(work: Work, command: Instruct) -> None:
    """Tell, and start the tasks; the case itself does not move."""
    work.note("instructed", person=command.by.person, opinion=command.opinion)
    for what, who, due in command.tasks:
        work.effect("open_task", what=what, who=who, due=due)
