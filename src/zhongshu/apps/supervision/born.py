"""Tasks that were born from what is no matter: how one is begun, which there are. 由来与去向."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils.http import urlencode

from zhongshu.office.actor import Actor
from zhongshu.office.matters import origins

from . import looks, queries
from .powers import establishes
from .standing import rules


def address(subject: str) -> str:
    """The page on which a task is begun out of this."""
    return f"{reverse('supervision:new')}?{urlencode({'of': subject})}"


def begun(subjects: Iterable[str], seen_by: Actor) -> Mapping[str, list[origins.Begun]]:
    """The tasks born from these, by subject, the first first; only those he may see."""
    found: dict[str, list[origins.Begun]] = {}
    for row in looks.rows(queries.born_of(subjects=subjects, seen_by=seen_by), rules()):
        task = row.task
        found.setdefault(task.origin, []).append(
            origins.Begun(task.matter, row.light, row.word, row.late, task.progress, task.lead.name)
        )
    return found


origins.keep_tasks(origins.Keeper(address, establishes, begun))
