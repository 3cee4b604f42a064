"""One matter followed from another: kept once, shown from both ends to who may see. 前因后果."""

from __future__ import annotations

from typing import NamedTuple

from zhongshu.office.actor import Actor
from zhongshu.office.journal import actions as journal

from .models import Link, Matter
from .queries import visible


class Linked(NamedTuple):
    """The matter at the other end, and why they belong together."""

    matter: Matter
    why: str


def link(*, earlier: Matter, later: Matter, why: str, by: Actor) -> None:
    """Keep that one followed from the other, once. Part of the caller's transaction."""
    _, fresh = Link.objects.get_or_create(earlier=earlier, later=later, why=why)
    if fresh:
        facts = {"later": later.key, "why": why}
        journal.record(verb="matter.link", subject=f"matter:{earlier.key}", by=by, facts=facts)


def causes(*, of: Matter, seen_by: Actor) -> list[Linked]:
    """What it followed from, as far as this person may see it."""
    rows = Link.objects.filter(later=of, earlier__in=visible(seen_by=seen_by))
    return [Linked(one.earlier, one.why) for one in rows.select_related("earlier").order_by("pk")]


def consequences(*, of: Matter, seen_by: Actor) -> list[Linked]:
    """What followed from it, as far as this person may see it."""
    rows = Link.objects.filter(earlier=of, later__in=visible(seen_by=seen_by))
    return [Linked(one.later, one.why) for one in rows.select_related("later").order_by("pk")]
