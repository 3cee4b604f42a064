"""唤醒, 子流程: cases that come from cases."""

from __future__ import annotations

from collections.abc import Iterator

from zhongshu.kernel.errors import Reason, reason
from zhongshu.kernel.flow import path
from zhongshu.kernel.flow.commands import CallerGone, ChildEnded, Reopen
from zhongshu.kernel.flow.definition import NodeKind
from zhongshu.kernel.flow.ending import end
from zhongshu.kernel.flow.rewinding import rewind
from zhongshu.kernel.flow.work import Work

from .checks import has_text, holds_post, outward


def may_reopen(work: Work, command: Reopen) -> Iterator[Reason]:
    """A drafter or the clerk, with a reason."""
    by = command.by.person
    if by not in work.head.drafters and not holds_post(work, by, work.definition.clerk):
        yield reason("no_part", person=by)
    yield from has_text(command.opinion)


def reopen(work: Work, command: Reopen) -> None:
    """A new case is asked for; this one stays as it was."""
    work.note("reopened", person=command.by.person)
    work.effect("open_case", link="reopen", case=work.head.id, opinion=command.opinion)


def may_end_child(work: Work, command: ChildEnded) -> Iterator[Reason]:
    """The sub-case of an open activation."""
    act = work.acts.get(command.activation)
    if act is None or act.state != "open" or work.node(act).kind is not NodeKind.CASE:
        yield reason("moved_on", slot=command.activation)


def end_child(work: Work, command: ChildEnded) -> None:
    """Approved: go on. Returned to the caller: open his node again. Otherwise the node failed."""
    act = work.acts[command.activation]
    node = work.node(act)
    child = f"{command.child}:{command.result}"
    work.note("child_ended", child=command.child, result=command.result, node=node.id)
    if command.result == "approved":
        done = act._replace(state="passed", relied=work.relied(node.id), child=child)
        work.lead_on(work.put(done), node.edges)
        return
    work.put(act._replace(state="failed", child=child))
    back = path.travelled(work.definition, work.acts, act)
    target = next(iter(back.values()), None)
    if command.result != "returned":
        target = back.get(node.on_fail)
    if target is not None:
        rewind(work, target, work.definition.carry, "returned")
    elif node.on_fail == "edge":
        work.lead_on(work.acts[act.id], node.fail_edges)
    else:
        end(work, "rejected", "failed")


def may_lose_caller(work: Work, command: CallerGone) -> Iterator[Reason]:
    """Only what was called by another case, and only while nothing of it has left the house."""
    if work.head.parent is None:
        yield reason("moved_on", slot=0)
    yield from outward(work)


def lose_caller(work: Work, command: CallerGone) -> None:
    """It has lost its point; what was said in it stays on record."""
    end(work, "withdrawn", "caller_gone")
