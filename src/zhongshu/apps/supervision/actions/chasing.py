"""催办: up a ladder, once a working day, kept with who and how; the holder hears of it at once."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from zhongshu.apps.supervision.models import Chase, Phase, Task
from zhongshu.apps.supervision.powers import CHIEF, LEADS, establishes, is_chief, leads
from zhongshu.apps.supervision.standing import rules
from zhongshu.kernel.flow import commands as c
from zhongshu.kernel.flow.case import Actor as FlowActor
from zhongshu.kernel.flow.codec import load_case
from zhongshu.kernel.supervision.rhythm import chases_since, rung
from zhongshu.kernel.supervision.rules import ALSO_TOLD
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.journal import actions as journal
from zhongshu.office.matters import actions as matters
from zhongshu.office.notices import actions as notices
from zhongshu.office.notices.sentences import register
from zhongshu.office.people import queries as people
from zhongshu.office.refusal import refuse

register(
    "supervision.chased",
    1,
    "{by}再次催办由您部门牵头或您分管的督办事项",
    "{by} chased again a task of your section or under you",
)


def chase(*, key: str, words: str, by: Actor) -> Chase:
    """Chase a task on the next rung of the ladder; whoever holds the lead's step is told."""
    with transaction.atomic(durable=True):
        task = Task.objects.select_related("matter__case", "lead").filter(matter__key=key).first()
        if task is None or task.phase != Phase.DOING:
            raise refuse("not_doing")
        if not (establishes(by) or is_chief(by) or leads(by, task.lead.code)):
            raise refuse("not_the_office")
        minute = clock.calendar().minute
        chased = [minute(at) for at in task.chased.values_list("at", flat=True)]
        if chased and minute(clock.now()) - max(chased) < rules().number["day"]:
            raise refuse("chased_now", number=task.matter.number)
        count = chases_since(chased, minute(task.reported_at) if task.reported_at else None)
        code, _, _ = rung(count)
        _urge(task, by)
        _higher(task, code, by)
        Task.objects.filter(pk=task.pk).update(chases=F("chases") + 1)
        facts = {"rung": code}
        journal.record(
            verb="supervision.chase", subject=f"matter:{task.matter.key}", by=by, facts=facts
        )
        return Chase.objects.create(
            task=task,
            by_id=people.bureau().pks[by.person],
            at=clock.now(),
            rung=code,
            words=words.strip()[:300],
        )


def _higher(task: Task, code: str, by: Actor) -> None:
    """Whom else the rung tells: the head of the lead section, the leader in charge, the chief."""
    directory = people.directory()
    unit = directory.units.get(task.lead.code)
    named = {
        "head": unit.head if unit else "",
        "leader": unit.leader if unit else "",
        "chief": next(iter(directory.posts.get(CHIEF, ())), ""),
    }
    told = [named[one] for one in ALSO_TOLD[code] if named[one] not in {"", by.person}]
    notices.tell(
        persons=told, words="supervision.chased", about={"by": by.person}, matter=task.matter
    )


def _urge(task: Task, by: Actor) -> None:
    """The engine's own reminder, to whoever holds the step."""
    case = load_case(task.matter.case.text)
    open_ = [act for act in case.acts.values() if act.state == "open" and act.node in LEADS]
    for slot in open_[0].slots if open_ else ():
        if slot.state in {"open", "lent", "blocked"}:
            slot_id = slot.id

            def urge(who: FlowActor, number: int = slot_id) -> c.Command:
                """Remind whoever holds it."""
                return c.Urge(who, number)

            matters.step(key=task.matter.key, command=urge, by=by)
            return
