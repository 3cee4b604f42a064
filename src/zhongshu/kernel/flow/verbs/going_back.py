"""退回, 拿回, 撤回, 撤销: four different ways back, never mixed."""

from __future__ import annotations

from collections.abc import Iterator

from zhongshu.kernel.errors import Reason, reason
from zhongshu.kernel.flow import path
from zhongshu.kernel.flow.case import Activation, Slot
from zhongshu.kernel.flow.commands import Cancel, Recall, SendBack, TakeBack
from zhongshu.kernel.flow.definition import NodeKind
from zhongshu.kernel.flow.eligibility import why_not
from zhongshu.kernel.flow.ending import end
from zhongshu.kernel.flow.opening import behind, reopen_slot, wait_again
from zhongshu.kernel.flow.rewinding import rewind, unwind
from zhongshu.kernel.flow.work import Move, Work

from .checks import found_slot, has_text, held_slot, not_too_long, outward, same_content


def may_send_back(work: Work, command: SendBack) -> Iterator[Reason]:
    """One holder of a seat of the node ends it and sends the case back along its path."""
    yield from held_slot(work, command)
    yield from same_content(work, command.seen)
    yield from has_text(command.opinion)
    if command.carry and not work.definition.returner_chooses:
        yield reason("carry_is_set")
    found = work.find(command.slot)
    if found is None:
        return
    act, slot = found
    if slot.kind != "base":
        yield reason("added_cannot", slot=slot.id)
    why = why_not(work, command.by.person, work.node(act), act.slots, slot)
    yield from (one for one in why if one.code != "alone")  # who may not finish may still return
    yield from _target_fits(work, command, act)


def _target_fits(work: Work, command: SendBack, act: Activation) -> Iterator[Reason]:
    if command.to == "caller":
        if work.head.parent is None:
            yield reason("no_caller")
    elif command.to not in path.travelled(work.definition, work.acts, act):
        yield reason("not_travelled", node=command.to)
    elif command.to not in path.targets(work.definition, work.acts, act):
        yield reason("target_not_allowed", node=command.to)
    if work.head.returns >= work.definition.max_returns:
        yield reason("too_many_returns", most=work.definition.max_returns)


def send_back(work: Work, command: SendBack) -> None:
    """Void what is undecided, keep what was said, and open the target anew."""
    act, slot = found_slot(work, command.slot)
    work.note("sent_back", node=act.node, to=command.to, person=command.by.person, slot=slot.id)
    if command.to == "caller":
        end(work, "withdrawn", "returned", result="returned")
        return
    work.void_slots(act.id, "returned")
    target = path.travelled(work.definition, work.acts, act)[command.to]
    work.put(work.acts[act.id]._replace(state="returned", cause=command.opinion))
    work.head = work.head._replace(returns=work.head.returns + 1)
    rewind(work, target, command.carry or work.definition.carry, "returned")


def may_take_back(work: Work, command: TakeBack) -> Iterator[Reason]:
    """The last decider undoes his own step, while nobody has built on it."""
    found = work.find(command.slot)
    if found is None or not path.is_live(found[0]):
        yield reason("moved_on", slot=command.slot)
        return
    act, slot = found
    if slot.decision is None or slot.state != "decided":
        yield reason("slot_state", slot=slot.id, state=slot.state, needed="decided")
        return
    if command.by.person not in path.persons(slot.decision):
        yield reason("not_yours", slot=slot.id)
    if slot.rev != command.rev:
        yield reason("slot_moved", slot=slot.id)
    yield from _own_opinion(work, act, slot) if act.state == "open" else _whole_step(work, act)


def _own_opinion(work: Work, act: Activation, slot: Slot) -> Iterator[Reason]:
    if any(s.parent == slot.id and s.binding and s.state == "decided" for s in act.slots):
        yield reason("child_decided", slot=slot.id)
    if any(s.state == "decided" and s.kind != "before" for s in behind(work, act, slot)):
        yield reason("later_decided", slot=slot.id)


def _whole_step(work: Work, act: Activation) -> Iterator[Reason]:
    node = work.node(act)
    if act.state != "passed" or act.carried or node.kind is NodeKind.DRAFT:
        yield reason("not_your_step", node=act.node)
    if len(list(path.decisions(act))) != 1:
        yield reason("joint", node=act.node)
    if node.take_back == "never":
        yield reason("take_back_never", node=act.node)
    for effect in act.effects:
        yield reason("outward_effect", effect=effect, node=act.node)
    for after in path.after(work.acts, act.id):
        yield from _touched(work, after, opened_counts=node.take_back == "unopened")


def _touched(work: Work, act: Activation, *, opened_counts: bool) -> Iterator[Reason]:
    """Whether somebody has acted at an activation that followed."""
    node = work.node(act)
    if node.kind is NodeKind.CASE and act.state == "open":
        yield reason("next_acted", node=act.node)
    if act.carried:
        return
    answered = any(ask.state == "answered" for slot in act.slots for ask in slot.asks)
    fresh = any(not decision.origin for _, decision in path.decisions(act))
    superseded = any(slot.past for slot in act.slots)
    if fresh or answered or superseded or act.child:
        yield reason("next_acted", node=act.node)
    if opened_counts and any(slot.opened for slot in act.slots):
        yield reason("next_opened", node=act.node)
    for effect in act.effects:
        yield reason("outward_effect", effect=effect, node=act.node)


def take_back(work: Work, command: TakeBack) -> None:
    """My word is open again; what followed from it is void, and its holders are told."""
    act, slot = found_slot(work, command.slot)
    work.note("taken_back", node=act.node, slot=slot.id, person=command.by.person)
    if act.state != "open":
        unwind(work, act.id, "taken_back")
        actor = slot.decision.actor if slot.decision else ""
        work.put(act._replace(mark="superseded", cause="taken_back"))
        work.agenda.append(Move(act.node, act.parents, act.scope, True, (actor,), act.slots))
        return
    wait_again(work, act, slot)
    reopen_slot(work, act.id, slot, "taken_back")
    work.count(act.id)


def may_recall(work: Work, command: Recall | Cancel) -> Iterator[Reason]:
    """The drafter, inside the window of the process, and only while nothing left the house."""
    if command.by.person not in work.head.drafters:
        yield reason("not_drafter")
    yield from not_too_long(command.opinion)
    if work.head.state == "approved":
        yield from _counter_window(work, command)
        return
    yield from outward(work)
    window = work.definition.recall
    acts = [act for act in path.live(work.acts) if act.node != work.definition.draft.id]
    if window == "never" and acts:
        yield reason("recall_never")
    if window == "before_decision" and any(any(path.decisions(act)) for act in acts):
        yield reason("recall_too_late")
    if window.startswith("before:") and any(act.node == window[7:] for act in acts):
        yield reason("recall_too_late")


def _counter_window(work: Work, command: Recall | Cancel) -> Iterator[Reason]:
    until = work.head.until
    if isinstance(command, Recall) or until is None:
        yield reason("ended", state=work.head.state)
    elif work.minute > until:
        yield reason("counter_too_late")


def recall(work: Work, command: Recall) -> None:
    """Back to a draft in a new round; what was said stays on record."""
    work.note("recalled", person=command.by.person)
    draft = next(act for act in path.live(work.acts) if act.node == work.definition.draft.id)
    rewind(work, draft, work.definition.carry, "recalled")
    work.head = work.head._replace(state="draft")


def cancel(work: Work, command: Cancel) -> None:
    """Withdraw for good; after an approval, ask the deciders to undo it by a case of its own."""
    if work.head.state == "approved":
        people = sorted(path.deciders(work.definition, work.acts))
        work.note("counter_asked", person=command.by.person)
        work.effect("open_counter_case", deciders=",".join(people), opinion=command.opinion)
        return
    work.note("cancelled", person=command.by.person)
    end(work, "withdrawn", "cancelled")
