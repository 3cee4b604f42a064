"""What was sent back. 退文."""

from __future__ import annotations

from zhongshu.apps.documents.models import Return
from zhongshu.office.actor import Actor
from zhongshu.office.matters import queries as matters


def find(*, key: str, seen_by: Actor) -> Return:
    """One return; `Return.DoesNotExist` where its matter is not for him."""
    rows = Return.objects.select_related("matter__incoming", "by")
    return rows.get(key=key, matter__in=matters.visible(seen_by=seen_by))
