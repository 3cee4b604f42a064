"""A need as what a task is born from. 由需求立督办."""

from __future__ import annotations

from django.urls import reverse

from zhongshu.office.actor import Actor
from zhongshu.office.matters import origins

from . import queries
from .models import Need


def subject(one: Need) -> str:
    """What a task is born from, as the office writes it down."""
    return f"need:{one.key}"


def told(key: str, seen_by: Actor) -> origins.Told | None:
    """A need; nothing for whoever may not see it."""
    one = queries.needs(seen_by=seen_by).filter(key=key).first()
    if one is None:
        return None
    first: dict[str, object] = {
        "title": one.what,
        "source": "need",
        "source_ref": f"{one.number}，{one.unit.name}",
        "source_words": one.text or one.what,
        "requirement": one.what,
        "rhythm": "need",
        "lead": one.lead.code,
        "urgency": "urgent" if one.urgent else "normal",
    }
    if one.needed_on:
        first["due_on"] = one.needed_on.isoformat()
    return origins.Told(one.what, one.number, reverse("needs:need", args=[one.key]), first)


origins.register("need", told)
