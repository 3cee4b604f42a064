"""签字负责: somebody answers for a paper that is filed although the task born from it is open."""

from __future__ import annotations

from django.db import transaction

from zhongshu.apps.supervision.models import OPEN, Surety, Task
from zhongshu.apps.supervision.powers import answers
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.journal import actions as journal
from zhongshu.office.matters.models import Link
from zhongshu.office.people import queries as people
from zhongshu.office.refusal import refuse


def answer_for(*, key: str, reason: str, by: Actor) -> list[Surety]:
    """Put one's name to it, for every paper this task was born from."""
    if not answers(by):
        raise refuse("not_answerable")
    if not reason.strip():
        raise refuse("reason_needed")
    with transaction.atomic(durable=True):
        task = Task.objects.filter(matter__key=key, phase__in=OPEN).first()
        if task is None:
            raise refuse("not_running")
        papers = Link.objects.filter(later=task.pk, why=Link.Why.SUPERVISED)
        journal.record(verb="supervision.answer_for", subject=f"matter:{key}", by=by)
        person = people.bureau().pks[by.person]
        return [
            Surety.objects.get_or_create(
                task=task,
                paper_id=paper,
                defaults={"by_id": person, "reason": reason.strip()[:500], "at": clock.now()},
            )[0]
            for paper in papers.values_list("earlier", flat=True)
        ]
