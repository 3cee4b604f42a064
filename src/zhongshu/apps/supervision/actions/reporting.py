"""报告进展: how far, with what to show for it; the light of the moment is kept with it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from zhongshu.apps.supervision.models import Milestone, Phase, Report, Task
from zhongshu.apps.supervision.powers import reports
from zhongshu.apps.supervision.standing import facts, rules, settle
from zhongshu.kernel.supervision import results
from zhongshu.kernel.supervision.lights import light
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.files import queries as files
from zhongshu.office.journal import actions as journal
from zhongshu.office.people import queries as people
from zhongshu.office.refusal import keep, refuse


@dataclass(frozen=True, kw_only=True)
class Reporting:
    """A report: percent, words, keys of files of the matter, numbers of milestones reached."""

    progress: int
    text: str
    why_less: str = ""
    help_wanted: str = ""
    files: tuple[str, ...] = ()
    met: tuple[int, ...] = ()


def report(*, key: str, said: Reporting, by: Actor) -> Report:
    """Report on a task that one's section leads."""
    with transaction.atomic(durable=True):
        task = Task.objects.select_related("matter", "lead").filter(matter__key=key).first()
        if task is None or task.phase != Phase.DOING:
            raise refuse("not_doing")
        if not reports(task, by):
            raise refuse("not_the_lead")
        subject = f"matter:{key}"
        evidence = list(files.of(subject, seen_by=by).filter(key__in=said.files))
        keep(
            results.refuse_report(
                results.Report(
                    said.progress, said.text, len(evidence), task.progress, said.why_less
                )
            )
        )
        row = _keep(task, said, by)
        row.evidence.set(evidence)
        return row


def _keep(task: Task, said: Reporting, by: Actor) -> Report:
    now, edition = clock.now(), rules()
    Milestone.objects.filter(task=task, pk__in=said.met, met_at=None).update(met_at=now)
    task.progress, task.latest, task.reported_at = said.progress, said.text[:1000], now
    settle(task, edition)
    shown = light(facts(task), clock.calendar().minute(now), edition)
    journal.record(
        verb="supervision.report",
        subject=f"matter:{task.matter.key}",
        by=by,
        facts={"progress": str(said.progress), "light": str(shown.light)},
        at=now,
    )
    return Report.objects.create(
        task=task,
        by_id=people.bureau().pks[by.person],
        at=now,
        progress=said.progress,
        text=said.text,
        why_less=said.why_less,
        help_wanted=said.help_wanted,
        light=shown.light,
        why=[sentence.zh for sentence in shown.why],
    )
