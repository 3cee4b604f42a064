"""延期、暂缓、撤项、并项: applied for, and decided by the leader whom the rules name."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import F

from zhongshu.apps.supervision.models import Application, DueChange, Phase, Task
from zhongshu.apps.supervision.powers import establishes, leaders_of, reports
from zhongshu.apps.supervision.standing import rules, settle
from zhongshu.kernel.flow.codec import load_case
from zhongshu.kernel.supervision.consent import Asked, What, consenter, refuse_asking
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.journal import actions as journal
from zhongshu.office.matters import actions as matters
from zhongshu.office.matters import asking, dues
from zhongshu.office.people import queries as people
from zhongshu.office.refusal import keep, refuse

RUNNING = (Phase.DOING, Phase.CHECKING)


def apply_for(
    *, key: str, what: What, reason: str, by: Actor, until: date | None = None, into: str = ""
) -> Application:
    """Ask for more time, a pause, or that a task be dropped or merged into another."""
    with transaction.atomic(durable=True):
        task = Task.objects.select_related("matter", "lead").filter(matter__key=key).first()
        if task is None or task.phase not in RUNNING:
            raise refuse("not_doing")
        if not (reports(task, by) or establishes(by)):
            raise refuse("not_the_lead")
        calendar = clock.calendar()
        asked = Asked(
            what,
            calendar.minute(clock.now()),
            task.due,
            reason,
            calendar.close(until) if until else None,
            task.postponed,
            task.applications.filter(granted=None).exists(),
        )
        keep(refuse_asking(asked, rules()))
        other = _other(task, into) if what == "merge" else None
        who = consenter(what, task.postponed, leaders_of(task.lead.code), by.person)
        if not who:
            raise refuse("no_consenter")
        return _ask(
            task, by, who, Application(what=what, reason=reason, until_on=until, into=other)
        )


def _other(task: Task, number: str) -> Task:
    found = (
        Task.objects.filter(matter__number=number, phase__in=RUNNING).exclude(pk=task.pk).first()
    )
    if found is None:
        raise refuse("into_itself")
    return found


def _ask(task: Task, by: Actor, who: str, row: Application) -> Application:
    """Keep the application, and put a copy of the matter before the leader, who answers on it."""
    pks = people.bureau().pks
    row.task, row.asked_by_id, row.asked_at = task, pks[by.person], clock.now()
    row.consenter_id = pks[who]
    row.save(force_insert=True)
    said = asking.Said(to=(who,), expects="opinion")
    matters.step(key=task.matter.key, command=asking.command("circulate", said), by=by)
    journal.record(
        verb="supervision.apply",
        subject=f"matter:{task.matter.key}",
        by=by,
        facts={"what": row.what, "application": row.key},
    )
    return row


def decide(*, application: str, granted: bool, words: str, by: Actor) -> Application:
    """Yes or no to an application. A yes to more time moves the due time, and keeps the old one."""
    with transaction.atomic(durable=True):
        row = (
            Application.objects.select_related("task__matter__case", "task__lead", "consenter")
            .filter(key=application)
            .first()
        )
        if row is None or row.granted is not None:
            raise refuse("already_decided")
        if row.consenter.key != by.person:
            raise refuse("not_the_consenter", person=row.consenter.key)
        if not granted and not words.strip():
            raise refuse("reason_needed")
        row.granted, row.decided_at, row.words = granted, clock.now(), words.strip()[:500]
        kept = Application.objects.filter(pk=row.pk, granted=None).update(
            granted=granted, decided_at=row.decided_at, words=row.words
        )
        if not kept:
            raise refuse("already_decided")
        _answer(row, by)
        if granted and row.what == Application.What.POSTPONE:
            _postpone(row, by)
        journal.record(
            verb="supervision.consent",
            subject=f"matter:{row.task.matter.key}",
            by=by,
            facts={"application": row.key, "granted": "yes" if granted else "no"},
        )
        return row


def _answer(row: Application, by: Actor) -> None:
    """The copy that lay before the leader is read and answered."""
    case = load_case(row.task.matter.case.text)
    word = ("同意" if row.granted else "不同意") + row.get_what_display()
    opinion = f"{word}。{row.words}" if row.words else f"{word}。"
    for reading in case.readings.values():
        if reading.to == by.person and reading.state in {"sent", "opened"}:
            said = asking.Said(reading=reading.id, opinion=opinion)
            command = asking.command("acknowledge", said)
            matters.step(key=row.task.matter.key, command=command, by=by)


def _postpone(row: Application, by: Actor) -> None:
    if row.until_on is None:
        raise ValueError("a postponement says until when")
    task = Task.objects.select_related("matter__case", "lead").get(pk=row.task_id)
    to = clock.calendar().ends(clock.now(), row.until_on, close=True)
    DueChange.objects.create(
        task=task,
        before_at=task.matter.due_at,
        after_at=to.at,
        why=f"第 {task.postponed + 1} 次延期：{row.reason}",
        by_id=row.consenter_id,
        at=clock.now(),
    )
    dues.move(matter=task.matter, to=to.at, by=by)
    task.due = to.minute
    Task.objects.filter(pk=task.pk).update(postponed=F("postponed") + 1)
    task.postponed += 1
    Application.objects.filter(pk=row.pk).update(used=True)
    settle(task, rules())
