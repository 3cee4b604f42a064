"""Whether who-is-who still is what was read. 人员版本."""

from __future__ import annotations

from django.db.models import F

from zhongshu.office import clock

from .models import Revision


def current() -> int:
    """The number of the last change."""
    return Revision.objects.values_list("number", flat=True).first() or 0


def mark() -> str:
    """The number and the stamp of the last change. A change that is rolled back gives its number
    to the next one, but never its stamp, so what was read meanwhile is never believed again."""
    found = Revision.objects.values_list("number", "stamp").first()
    return f"{found[0]} {found[1]}" if found else ""


def touch() -> None:
    """Who is who has changed: what was read before no longer holds. Part of every write here."""
    if not Revision.objects.update(number=F("number") + 1, stamp=clock.token()):
        Revision.objects.create(number=1, stamp=clock.token())
