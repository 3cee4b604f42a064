"""What the pages have in common: a refusal in words, files kept before an act. 应答."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.http import Http404, HttpRequest

from zhongshu.apps.supervision import queries
from zhongshu.apps.supervision.models import Task
from zhongshu.office.actor import Actor
from zhongshu.office.files import actions as files
from zhongshu.office.matters.refusal_words import told as refusal
from zhongshu.office.people import queries as people
from zhongshu.office.refusal import Refusal

Made = TypeVar("Made")


def told(no: Refusal) -> str:
    """Why not, in the language of the page."""
    return refusal(no.refused, people.names())


def tried(request: HttpRequest, act: Callable[[], Made]) -> Made | None:
    """Do it; a refusal becomes a message, and nothing was kept."""
    try:
        return act()
    except Refusal as no:
        messages.error(request, told(no))
        return None


def task_or_404(key: str, by: Actor) -> Task:
    """The task; one that does not exist and one that is not his look the same."""
    try:
        return queries.find(key=key, seen_by=by)
    except Task.DoesNotExist as no:
        raise Http404 from no


def kept(request: HttpRequest, name: str, key: str, by: Actor) -> tuple[str, ...]:
    """Keep the files that came in a field as papers of the matter; their keys."""
    return tuple(
        files.add(name=one.name or "", stream=one.chunks(), subject=f"matter:{key}", by=by).key
        for one in request.FILES.getlist(name)
    )
