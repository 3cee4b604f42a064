"""终止, 跳转, 强制归档, 指定承办: what the ordinary verbs cannot do. Two people, marked for ever.

Nothing here can make a case approved: one in which a step was skipped ends as closed by override.
"""

from __future__ import annotations

from collections.abc import Iterator

from zhongshu.kernel.errors import Reason, reason
from zhongshu.kernel.flow import path
from zhongshu.kernel.flow.case import Activation, Via
from zhongshu.kernel.flow.commands import Override
from zhongshu.kernel.flow.definition import HANDLED, Definition
from zhongshu.kernel.flow.eligibility import why_not
from zhongshu.kernel.flow.ending import end
from zhongshu.kernel.flow.rewinding import ASKED, rewind
from zhongshu.kernel.flow.seating import settle_holder
from zhongshu.kernel.flow.work import Move, Work

from .checks import found_slot, has_text, two_people


def may_override(work: Work, command: Override) -> Iterator[Reason]:
    """Two different holders of the override post, a reason, and a thing that can be done."""
    yield from two_people(work, command, command.second.person)
    yield from has_text(command.opinion)
    if command.what == "jump":
        yield from _may_jump(work, command)
    if command.what == "assign":
        yield from _may_assign(work, command)


def _may_jump(work: Work, command: Override) -> Iterator[Reason]:
    opened = [act for act in path.live(work.acts) if act.state == "open"]
    node = work.definition.by_id.get(command.to)
    if node is None or node.kind not in HANDLED:
        yield reason("no_such_node", node=command.to)
        return
    if len(opened) != 1:
        yield reason("jump_parallel")
        return
    here = opened[0]
    if command.to in path.travelled(work.definition, work.acts, here):
        return
    scopes = work.definition.scopes
    if scopes[here.node] != scopes.get(command.to):
        yield reason("jump_parallel")
    elif command.to not in work.definition.reach(here.node):
        yield reason("no_way_to", node=command.to)


def _may_assign(work: Work, command: Override) -> Iterator[Reason]:
    found = work.find(command.slot)
    if found is None or found[0].state != "open" or found[1].state not in {"open", "blocked"}:
        yield reason("moved_on", slot=command.slot)
        return
    act, slot = found
    yield from why_not(work, command.to, work.node(act), act.slots, slot)


def override(work: Work, command: Override) -> None:
    """Do it, and say that it was an override and by whom."""
    work.note(
        "override",
        what=command.what,
        by=command.by.person,
        second=command.second.person,
        opinion=command.opinion,
    )
    match command.what:
        case "terminate":
            end(work, "terminated", "override")
        case "close":
            end(work, "closed_by_override", "override")
        case "jump":
            _jump(work, command.to)
        case "assign":
            _assign(work, command)
        case _:
            work.head = work.head._replace(returns=0)


def _jump(work: Work, to: str) -> None:
    here = next(act for act in path.live(work.acts) if act.state == "open")
    past = path.travelled(work.definition, work.acts, here).get(to)
    if past is not None:
        work.void(here, "override")
        rewind(work, past, "replay", "override")
        return
    skipped = _between(work.definition, here, to)
    work.head = work.head._replace(
        skipped=tuple(dict.fromkeys((*work.head.skipped, *skipped))), round=work.head.round + 1
    )
    work.void(here, "override")
    work.agenda.append(Move(to, here.parents, here.scope, True))


def _between(definition: Definition, here: Activation, to: str) -> tuple[str, ...]:
    """The node that is left and the handled nodes on every shortest way to the target."""
    way: dict[str, str] = {here.node: ""}
    queue = [here.node]
    while to not in way:
        one = queue.pop(0)
        for after in definition.by_id[one].ways:
            if after not in way:
                way[after] = one
                queue.append(after)
    names, one = [], way[to]
    while one:
        if definition.by_id[one].kind in ASKED:
            names.append(one)
        one = way[one]
    return tuple(reversed(names))


def _assign(work: Work, command: Override) -> None:
    act, slot = found_slot(work, command.slot)
    via = Via("override", command.by.person, command.opinion)
    named = slot._replace(principal=command.to, named=True, via=(*slot.via, via))
    work.put_slot(act.id, named, **settle_holder(work, work.node(act), act.slots, named))
