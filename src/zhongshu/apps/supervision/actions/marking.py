"""配合评价: each section that assisted has its own mark, or nobody helps."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from zhongshu.apps.supervision.models import AssistMark, Phase, Task
from zhongshu.apps.supervision.powers import establishes, is_chief, leads
from zhongshu.kernel.supervision.results import refuse_mark
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.journal import actions as journal
from zhongshu.office.people import queries as people
from zhongshu.office.refusal import keep, refuse


def mark_assistants(*, key: str, said: Mapping[str, tuple[str, str]], by: Actor) -> int:
    """Mark sections by their codes, each with a mark and a note; how many. A mark may be given
    anew until the task is judged, and each time the journal keeps it."""
    if not (establishes(by) or is_chief(by) or leads(by)):
        raise refuse("not_yours_to_judge")
    with transaction.atomic(durable=True):
        task = Task.objects.select_related("matter").filter(matter__key=key).first()
        if task is None or task.phase != Phase.CLOSED or task.quality:
            raise refuse("mark_when")
        assists = {unit.code: unit for unit in task.assists.all()}
        if not said.keys() <= assists.keys():
            raise refuse("not_assisting")
        directory, bureau = people.directory(), people.bureau()
        own = directory.people[by.person].unit if by.person in directory.people else ""
        for code, (mark, note) in said.items():
            keep(refuse_mark(mark, own=code == own))
            AssistMark.objects.update_or_create(
                task=task,
                unit=assists[code],
                defaults={
                    "mark": mark,
                    "note": note.strip()[:300],
                    "by_id": bureau.pks[by.person],
                    "at": clock.now(),
                },
            )
            journal.record(
                verb="supervision.mark",
                subject=f"matter:{key}",
                by=by,
                facts={"unit": code, "mark": mark},
            )
        return len(said)
