"""A stand-in or an appointment, before it is made: what it does to a process. 授权前后."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import NamedTuple

from zhongshu.kernel.duties.model import Plan, Undecided
from zhongshu.kernel.flow.definition import Definition
from zhongshu.kernel.flow.people import Directory, StandIn

from .absences import Absences
from .checkup import Block, Checkup, each, one_up

# A stand-in counts whether it is in force or only arranged, so its days do not matter.
ALWAYS = (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))


class Change(NamedTuple):
    """One kind of drafter before and after. `freed`: blocked before and no more; `fresh`: blocked
    only now. What was blocked then and now is in both check-ups."""

    before: Checkup
    after: Checkup
    freed: tuple[Block, ...]
    fresh: tuple[Block, ...]


def granting(
    directory: Directory,
    stand_ins: Iterable[tuple[str, str]],
    appointments: Iterable[tuple[str, str]],
) -> Directory:
    """The bureau with more stand-ins (principal, deputy) and appointments (person, post)."""
    posts = dict(directory.posts)
    for person, post in appointments:
        posts[post] = tuple(dict.fromkeys((*posts.get(post, ()), person)))
    more = tuple(StandIn(principal, deputy, *ALWAYS) for principal, deputy in stand_ins)
    return replace(directory, posts=posts, stand_ins=(*directory.stand_ins, *more))


def changes(
    definition: Definition,
    before: Directory,
    after: Directory,
    names: Mapping[str, str] | None = None,
    absences: int = 1,
) -> tuple[Change, ...]:
    """What the other bureau changes for each kind of drafter; the people must be the same."""
    both = zip(each(definition, before, names), each(definition, after, names), strict=True)
    return tuple(_change(old, new, absences) for old, new in both)


def _change(old: Absences, new: Absences, absences: int) -> Change:
    before, after = one_up(old, absences), one_up(new, absences)
    freed, fresh = (*_opened(new, before.blocks),), (*_opened(old, after.blocks),)
    decided = None not in freed + fresh
    return Change(
        before,
        after._replace(decided=after.decided and decided),
        tuple(block for block in freed if block),
        tuple(block for block in fresh if block),
    )


def _opened(there: Absences, blocks: tuple[Block, ...]) -> Iterator[Block | None]:
    """Those blocks of one side that do not block the other; None where it is not decided."""
    for block in blocks:
        plan = there.plan(there.routes[block.route], there.whole.staff.crowd(block.absent))
        if isinstance(plan, Plan):
            yield block
        elif isinstance(plan, Undecided):
            yield None
