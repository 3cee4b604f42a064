"""拟稿人离岗: who may take over a draft, and a draft whose drafter has left."""

from __future__ import annotations

from collections.abc import Iterator

from zhongshu.kernel.errors import Reason, reason
from zhongshu.kernel.flow import path
from zhongshu.kernel.flow.commands import DrafterGone
from zhongshu.kernel.flow.ending import end
from zhongshu.kernel.flow.work import Work


def may_draft(work: Work, person: str) -> Iterator[Reason]:
    """The heir of a draft is there, cleared, and has decided nothing in the case."""
    found = work.facts.people.people.get(person)
    if found is None or found.gone:
        yield reason("gone" if found else "unknown", person=person)
    elif found.clearance < work.head.clearance:
        yield reason("not_cleared", person=person)
    if person in _deciders(work):
        yield reason("decided_here", person=person)


def _deciders(work: Work) -> frozenset[str]:
    """Everybody with a word at a deciding node on the path: none of them may become drafter."""
    return frozenset(
        person
        for act in path.live(work.acts)
        if work.node(act).decides
        for _, decision in path.decisions(act)
        for person in path.persons(decision)
    )


def may_lose_drafter(work: Work, command: DrafterGone) -> Iterator[Reason]:
    """It is his draft. To a colleague who may write it; it ends only if it was never sent, for
    then nobody else has had a part in it."""
    if command.person != work.head.drafters[-1]:
        yield reason("not_drafter")
    if command.to == command.person:
        yield reason("same_holder", person=command.to)
    elif command.to:
        yield from may_draft(work, command.to)
    elif work.head.round > 1:
        yield reason("draft_was_sent")


def lose_drafter(work: Work, command: DrafterGone) -> None:
    """A colleague writes on; or it ends, and what was written stays on record."""
    if not command.to:
        end(work, "withdrawn", "drafter_gone")
        return
    others = tuple(one for one in work.head.drafters if one != command.to)
    work.head = work.head._replace(drafters=(*others, command.to))
    work.note("draft_handed_over", person=command.to, before=command.person)
