"""Whether who-is-who still is what was read. 人员版本."""

from __future__ import annotations

from django.db.models import F

from .models import Revision


def current() -> int:
    """The number of the last change."""
    return Revision.objects.values_list("number", flat=True).first() or 0


def touch() -> None:
    """Who is who has changed: what was read before no longer holds. Part of every write here."""
    if not Revision.objects.update(number=F("number") + 1):
        Revision.objects.create(number=1)
