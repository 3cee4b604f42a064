"""Reading processes. What the register of processes says is no secret of the house."""

from __future__ import annotations

from django.db.models import QuerySet

from zhongshu.office.matters.models import Process


def in_force() -> QuerySet[Process]:
    """The versions that new matters use."""
    return Process.objects.filter(state=Process.State.RELEASED).order_by("code").defer("text")


def version(*, code: str, number: int) -> Process | None:
    """One version of a process."""
    return Process.objects.filter(code=code, version=number).first()


def current(*, code: str) -> Process | None:
    """The version in force; the newest one if none is."""
    versions = Process.objects.filter(code=code).order_by("-version")
    return versions.filter(state=Process.State.RELEASED).first() or versions.first()
