"""How a case moves on: votes are counted, nodes close and open, branches part and join. 流转."""

from __future__ import annotations

from . import path, tally
from .carrying import carry
from .case import Activation
from .condition import holds
from .definition import Node, NodeKind
from .ending import arrive, end
from .opening import open_next, open_node
from .rewinding import recheck, rewind
from .work import Move, Work

SPOKEN = frozenset({"decided", "void"})


def run(work: Work) -> None:
    """Work off the agenda: count activations and enter nodes until nothing more follows.

    It ends, because every loop of a released process passes a node where people sit.
    """
    while work.agenda and not work.late:
        item = work.agenda.pop(0)
        if isinstance(item, Move):
            _enter(work, item)
        else:
            _count(work, item)
        if not work.agenda and work.content is not work.before.content:
            recheck(work)


def _count(work: Work, act_id: int) -> None:
    act = work.acts[act_id]
    if act.state != "open":
        return
    node = work.node(act)
    outcome = tally.result(node, act.slots)
    if outcome == "open":
        open_next(work, act_id)
        now = work.acts[act_id]
        if now is not act and tally.result(node, now.slots) != "open":
            work.count(act_id)  # the last in line fell together with somebody who has spoken
        return
    work.void_slots(act_id, "settled")
    if outcome == "passed":
        _pass(work, node, work.acts[act_id])
    else:
        _fail(work, node, work.acts[act_id])


def _pass(work: Work, node: Node, act: Activation) -> None:
    act = act._replace(state="passed", relied=work.relied(node.id), effects=node.effects)
    work.put(act)
    work.note("passed", node=node.id)
    _go_out(work, act)
    if work.content is not work.before.content:
        recheck(work)
        if not path.is_live(work.acts[act.id]):
            return
    work.lead_on(act, node.edges)


def _go_out(work: Work, act: Activation) -> None:
    """What leaves the house does so once: a number given is not given again in a later round."""
    for effect in act.effects:
        if (effect, act.node) not in work.head.effects:
            work.effect(effect, activation=act.id, node=act.node)
            work.head = work.head._replace(effects=(*work.head.effects, (effect, act.node)))


def _fail(work: Work, node: Node, act: Activation) -> None:
    act = work.put(act._replace(state="failed"))
    work.note("failed", node=node.id)
    if node.on_fail == "end":
        end(work, "rejected", "failed")
    elif node.on_fail == "edge":
        work.lead_on(act, node.fail_edges)
    else:
        back = path.travelled(work.definition, work.acts, act).get(node.on_fail)
        if back is None:
            work.refuse("not_travelled", node=node.on_fail)
        else:
            rewind(work, back, work.definition.carry, "failed")


def _enter(work: Work, move: Move) -> None:
    node = work.definition.by_id[move.to]
    ENTER.get(node.kind, _ask)(work, node, move)


def _end(work: Work, _node: Node, _move: Move) -> None:
    arrive(work)


def _call(work: Work, node: Node, move: Move) -> None:
    """A sub-case decides; what an earlier one decided may be carried."""
    earlier = path.openings(work.acts, node.id)
    if not carry(work, node, move, earlier):
        act = Activation(work.new_id(), node.id, work.head.round, "open", move.parents, move.scope)
        work.put(act)
        work.effect("open_case", definition=node.sub, activation=act.id)


def _ask(work: Work, node: Node, move: Move) -> None:
    """People decide, unless what they said before may be carried."""
    earlier = path.openings(work.acts, node.id)
    if earlier and carry(work, node, move, earlier):
        return
    act_id = open_node(work, node, move, earlier)
    work.note("opened", node=node.id)
    if not SPOKEN.isdisjoint([slot.state for slot in work.acts[act_id].slots]):
        work.count(act_id)  # somebody's word was kept, or two seats fell together


def _part(work: Work, node: Node, move: Move) -> None:
    values = work.content.values
    if node.kind is NodeKind.SPLIT:
        chosen = [edge.to for edge in node.edges]
    else:
        spare = [edge.to for edge in node.edges if edge.when is None]
        chosen = [e.to for e in node.edges if e.when is not None and holds(e.when, values)] or spare
    if not chosen:
        work.refuse("no_way_on", node=node.id)
    act = Activation(
        work.new_id(),
        node.id,
        work.head.round,
        "passed",
        move.parents,
        move.scope,
        out=tuple(chosen),
    )
    work.put(act)
    for to in chosen:
        work.agenda.append(Move(to, (act.id,), (*move.scope, act.id)))


def _join(work: Work, node: Node, move: Move) -> None:
    """Fire once, when all branches of the split have arrived and what they said still holds."""
    split = work.acts[move.scope[-1]]
    arrived = _arrived(work, node, split)
    if len(arrived) < len(split.out) or _has_fired(work, node, split):
        return
    parents = tuple(dict.fromkeys(act.id for act in arrived))
    act = Activation(work.new_id(), node.id, work.head.round, "passed", parents, move.scope[:-1])
    work.lead_on(work.put(act), node.edges)


def _arrived(work: Work, join: Node, split: Activation) -> list[Activation]:
    """The last activation of each branch that has reached the join; the split itself for a
    branch without a node."""
    direct = [split for to in split.out if to == join.id]
    return direct + [
        act for act in path.live(work.acts) if act.scope[-1:] == (split.id,) and join.id in act.out
    ]


ENTER = {
    NodeKind.END: _end,
    NodeKind.SPLIT: _part,
    NodeKind.INCLUSIVE: _part,
    NodeKind.JOIN: _join,
    NodeKind.CASE: _call,
}


def _has_fired(work: Work, join: Node, split: Activation) -> bool:
    return any(
        act.node == join.id and act.scope == split.scope and split in path.before(work.acts, act)
        for act in path.live(work.acts)
    )
