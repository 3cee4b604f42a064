"""A target as what a task is born from: an indicator or a measure by year and code. 由目标立督办.

The code stays the same from version to version, so a change of the tree keeps its tasks.
"""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from zhongshu.office.actor import Actor
from zhongshu.office.matters import origins

from . import queries
from .models import Node


def subject(node: Node) -> str:
    """What a task is born from, as the office writes it down."""
    return f"target:{node.plan.year}:{node.code}"


def told(key: str, seen_by: Actor) -> origins.Told | None:
    """A row of the version in force; nothing for one that is not there."""
    year, _, code = key.partition(":")
    if not (year.isascii() and year.isdecimal() and len(year) == 4):
        return None
    node = queries.row_of(year=int(year), code=code, seen_by=seen_by)
    if node is None:
        return None
    owner = node if node.level == 2 else node.parent
    if owner is None or owner.indicator is None:
        return None
    lead = node.lead or owner.lead
    first: dict[str, object] = {
        "title": node.name,
        "source": "annual_target",
        "source_ref": f"{year} 年目标任务书第 {node.plan.version} 版 {code}",
        "source_words": node.name if node.level == 3 else owner.definition,
        "requirement": node.name,
        "rhythm": "target",
        "lead": lead.code if lead else "",
        "assists": [unit.code for unit in node.assists.all()],
        "due_on": date(int(year), 12, 31).isoformat(),
    }
    href = reverse("targets:indicator", args=[owner.indicator.key])
    return origins.Told(f"{node.code} {node.name}", f"{year} 年目标", href, first)


origins.register("target", told)
