"""Reading what files there are. Who may see a subject may see its files: `seen_by` is required."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, QuerySet, Sum

from zhongshu.office.actor import Actor

from . import subjects
from .models import File


class Spent(NamedTuple):
    """How many files and bytes."""

    files: int
    size: int


def of(subject: str, *, seen_by: Actor) -> QuerySet[File]:
    """The files of a subject, oldest first; none for somebody who may not see it."""
    if not subjects.may_see(seen_by, subject):
        return File.objects.none()
    return File.objects.filter(subject=subject, removed_at=None).select_related("blob", "added_by")


def of_many(subjects_: Iterable[str], *, seen_by: Actor) -> dict[str, list[File]]:
    """The files of several subjects, by subject, each oldest first; of those he may see."""
    seen = [one for one in subjects_ if subjects.may_see(seen_by, one)]
    found: dict[str, list[File]] = {}
    for file in File.objects.filter(subject__in=seen, removed_at=None).order_by("pk"):
        found.setdefault(file.subject, []).append(file)
    return found


def find(*, key: str, seen_by: Actor) -> File:
    """One file; `File.DoesNotExist` when there is none, it was removed, or it is not for him."""
    file = File.objects.select_related("blob").get(key=key, removed_at=None)
    if not subjects.may_see(seen_by, file.subject):
        raise File.DoesNotExist
    return file


def spent(*, person: int, since: datetime) -> Spent:
    """What a person has added since a moment, whether it was removed again or not."""
    added = File.objects.filter(added_by=person, added_at__gte=since)
    found = added.aggregate(files=Count("id"), size=Sum("blob__size", default=0))
    return Spent(found["files"], found["size"])
