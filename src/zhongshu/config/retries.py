"""Tasks that failed are tried again, later and later; those whose worker died are taken up. 重试.

django-tasks keeps each try's worker with the task, so the number of tries is there to be counted.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from zhongshu.office import clock

MOST_TRIES = 6
FIRST_WAIT = timedelta(seconds=30)  # and double each time: the last try comes after 16 minutes


def waits_until(tries: int, failed_at: datetime) -> datetime:
    """When a task that has failed so often may be tried again."""
    wait: timedelta = FIRST_WAIT * 2 ** (tries - 1)
    return failed_at + wait


def again() -> int:
    """Put failed tasks back into the queue whose time has come; how many."""
    now, back = clock.now(), 0
    failed = DBTaskResult.objects.filter(
        status=TaskResultStatus.FAILED, finished_at__gt=now - FIRST_WAIT * 2**MOST_TRIES
    )
    for pk, workers, at in failed.values_list("pk", "worker_ids", "finished_at"):
        if at is not None and len(workers) < MOST_TRIES and waits_until(len(workers), at) <= now:
            back += _put_back(pk, TaskResultStatus.FAILED)
    return back


def orphans() -> int:
    """Put back the tasks that a worker was at when it died. Only while no worker runs."""
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    return sum(_put_back(row.pk, TaskResultStatus.RUNNING) for row in running)


def _put_back(pk: UUID, was: str) -> int:
    return DBTaskResult.objects.filter(pk=pk, status=was).update(
        status=TaskResultStatus.READY, finished_at=None, traceback="", exception_class_path=""
    )
