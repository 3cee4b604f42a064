"""What the pages have in common: the task, files kept before an act. 应答."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from zhongshu.apps.supervision import queries
from zhongshu.apps.supervision.models import Task
from zhongshu.office.actor import Actor
from zhongshu.office.files import actions as files


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
