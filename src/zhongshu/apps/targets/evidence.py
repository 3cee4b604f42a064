"""Whose the files of an indicator are: seen by whom it concerns, added by its lead. 佐证."""

from __future__ import annotations

from zhongshu.office.actor import Actor
from zhongshu.office.files import subjects

from . import queries
from .models import Indicator, Node
from .powers import reports


def may_see(actor: Actor, key: str) -> bool:
    """The office, its leaders, the sections that lead or assist."""
    found = Indicator.objects.filter(key=key).first()
    return found is not None and queries.concerns(indicator=found, seen_by=actor)


def may_change(actor: Actor, key: str) -> bool:
    """Who reports on it."""
    try:
        return reports(actor, queries.node_of(key=key, seen_by=actor))
    except Node.DoesNotExist:
        return False


def grade(_key: str) -> str:
    """Targets are internal."""
    return "内部"


subjects.register("indicator", may_see=may_see, may_change=may_change, grade=grade)
