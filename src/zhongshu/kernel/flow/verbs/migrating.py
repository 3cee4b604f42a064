"""改版: a running case moves to another version of its process, by a plan, with two people."""

from __future__ import annotations

from collections.abc import Iterator

from zhongshu.kernel.errors import Reason, reason
from zhongshu.kernel.flow import content, path
from zhongshu.kernel.flow.case import Activation, Slot
from zhongshu.kernel.flow.commands import Migrate
from zhongshu.kernel.flow.definition import HANDLED, Node
from zhongshu.kernel.flow.work import Move, Work

from .checks import two_people


def may_migrate(work: Work, command: Migrate) -> Iterator[Reason]:
    """Every node the case stands on has a counterpart, and the form still fits."""
    target = command.target
    yield from two_people(work, command, command.second.person)
    if target.id != work.definition.id or target.digest == work.definition.digest:
        yield reason("not_another_version", definition=target.id)
    if len(set(command.plan.values())) < len(command.plan):
        yield reason("two_into_one")
    for act in path.live(work.acts):
        yield from _counterpart(work, command, act)
    for name in content.faults(target, work.content.values, may=target.field):
        yield reason("bad_field", field=name)


def _counterpart(work: Work, command: Migrate, act: Activation) -> Iterator[Reason]:
    name = command.plan.get(act.node, act.node)
    node = command.target.by_id.get(name)
    if node is None or node.kind is not work.node(act).kind:
        yield reason("no_counterpart", node=act.node)
        return
    if name != act.node and act.node in command.target.by_id:
        yield reason("still_there", node=act.node)
    if not {command.plan.get(to, to) for to in act.out} <= set(node.ways):
        yield reason("other_way", node=act.node)
    around = tuple(work.acts[split].node for split in act.scope)
    if tuple(command.plan.get(one, one) for one in around) != command.target.scopes.get(name):
        yield reason("other_branch", node=act.node)


def migrate(work: Work, command: Migrate) -> None:
    """Rename what the case stands on; a node whose seats or rule changed opens afresh."""
    old, new = work.definition, command.target
    names = {act.node: command.plan.get(act.node, act.node) for act in work.acts.values()}
    work.head = work.head._replace(definition=new.digest)
    work.note("migrated", version=new.version, before=old.version)
    before = {act.id: old.by_id[act.node] for act in work.acts.values()}
    work.definition = new
    for act in list(work.acts.values()):
        name = names[act.node]
        alike = name in new.by_id and _alike(before[act.id], new.by_id[name])
        if not path.is_live(act) and not alike:
            work.put(act._replace(mark="superseded", cause="migrated"))
            continue
        node = new.by_id[name]
        out = tuple(command.plan.get(one, one) for one in act.out)
        slots = tuple(_at(node, slot, alike=alike) for slot in act.slots)
        moved = work.put(act._replace(node=name, out=out, slots=slots))
        if act.state == "open" and node.kind in HANDLED and not alike:
            work.void(moved, "migrated")
            work.put(work.acts[act.id]._replace(mark="superseded"))
            work.agenda.append(Move(name, act.parents, act.scope, True))


def _at(node: Node, slot: Slot, *, alike: bool) -> Slot:
    """A slot in the words of the new version: its duty by the seat, or by the node if seats
    changed, so that conflicts of the new version see what was done before."""
    seat = slot.seat if alike else -1
    return slot._replace(seat=seat, duty=node.duty_of(node.seats[seat] if seat >= 0 else None))


def _alike(old: Node, new: Node) -> bool:
    """Whether the open slots of one node can stand at the other."""
    return (old.seats, old.rule, old.race, old.min_people, old.kind) == (
        new.seats,
        new.rule,
        new.race,
        new.min_people,
        new.kind,
    )
