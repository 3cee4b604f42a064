"""What the flow does to a task, and what a task forbids the flow: told of every step. 听流程.

Inside the transaction of the step. A refusal here keeps nothing of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from zhongshu.kernel.flow.case import ENDED, Case
from zhongshu.kernel.supervision.consent import CONSENTED, refuse_lead, refuse_objecting
from zhongshu.kernel.supervision.results import Result, refuse_judging, refuse_result
from zhongshu.kernel.supervision.words import REASONS
from zhongshu.office import clock
from zhongshu.office.files.models import File
from zhongshu.office.matters import (
    accompany,
    dues,
    happenings,
    onward,
    refusal_words,
    ruling,
    sharing,
)
from zhongshu.office.matters.models import Link, Matter
from zhongshu.office.people import queries as people
from zhongshu.office.people.models import Person, Unit
from zhongshu.office.refusal import keep, refuse

from .models import OPEN, Application, DueChange, Phase, Report, Surety, Task
from .powers import LEADS, establishes
from .standing import facts, open_nodes, phase_of, rules, settle

KIND = "supervision"


def stepped(step: happenings.Step) -> None:
    """A step was taken: by a task, or by what a task was born from."""
    if step.outcome.case.state == "approved":
        _answered_for(step.matter)
    if step.matter.kind == KIND:
        task = Task.objects.select_related("matter", "lead").filter(pk=step.matter.pk).first()
        if task is not None:
            _follow(task, step)


def _answered_for(paper: Matter) -> None:
    """A paper is not filed while a task born from it is open, unless somebody answers for it."""
    born = Link.objects.filter(earlier=paper, why=Link.Why.SUPERVISED).values("later")
    open_ = Task.objects.filter(pk__in=born, phase__in=OPEN).exclude(
        pk__in=Surety.objects.filter(paper=paper).values("task")
    )
    numbers = list(open_.values_list("matter__number", flat=True).order_by("pk")[:5])
    if numbers:
        raise refuse("task_open", numbers="、".join(numbers))


def _follow(task: Task, step: happenings.Step) -> None:
    case, verb = step.outcome.case, step.outcome.event.verb if step.outcome.event else ""
    before, after = Phase(task.phase), phase_of(case)
    _forbidden(task, step, verb)
    if verb == "submit":
        _take_over(task, case.content.values, step)
    task.phase = after
    if before != after or verb in {"submit", "send_back"}:
        _moved(task, before, step)
    task.quality = str(case.content.values.get("quality", ""))
    task.quality_note = str(case.content.values.get("quality_note", ""))[:500]
    settle(task, rules())


def _forbidden(task: Task, step: happenings.Step, verb: str) -> None:
    """Steps of the flow that the rules of supervision do not allow."""
    now, edition = clock.calendar().minute(clock.now()), rules()
    if verb == "send_back" and task.phase == Phase.DOING and task.assigned_at:
        assigned = clock.calendar().minute(task.assigned_at)
        said = next((a.cause for a in step.outcome.event.acts if a.state == "returned"), "")  # type: ignore[union-attr]
        keep(refuse_objecting(assigned, now, said, edition))
    if verb in CONSENTED and task.assigned_at:
        _consented(task, verb)
    if verb == "recall" and task.assigned_at:
        raise refuse("consent_needed", what="撤回已交办的事项")
    if _judged(step):
        assists = list(task.assists.values_list("name", flat=True))
        keep(refuse_judging(assists, set(task.marks.values_list("unit__name", flat=True))))
    if (
        verb == "decide"
        and task.phase == Phase.DOING
        and not open_nodes(step.outcome.case).intersection(LEADS)
    ):
        _result_in_order(task, step.outcome.case)


def _judged(step: happenings.Step) -> bool:
    """Whether the office has just judged the task."""
    event = step.outcome.event
    return event is not None and any(
        act.node == "judge" and act.state == "passed" for act in event.acts
    )


def _consented(task: Task, verb: str) -> None:
    """A leader said yes to it, and that yes was not used yet."""
    what = [CONSENTED[verb], "merge"] if verb == "cancel" else [CONSENTED[verb]]
    yes = task.applications.filter(what__in=what, granted=True, used=False).first()
    if yes is None:
        raise refuse("consent_needed", what=Application.What(what[0]).label)
    Application.objects.filter(pk=yes.pk).update(used=True)
    task.into = yes.into


def _result_in_order(task: Task, case: Case) -> None:
    """What the lead hands in: a result with evidence, and no part of the task still open."""
    if "assist" in open_nodes(case):
        raise refuse("assistants_open")
    parts = task.parts.filter(phase__in=OPEN).values_list("matter__number", flat=True)
    text = str(case.content.values.get("result", ""))
    evidence = _many(case.content.values.get("evidence"))
    keep(refuse_result(Result(text, len(evidence), tuple(parts)), rules()))


def _take_over(task: Task, form: Mapping[str, Any], step: happenings.Step) -> None:
    """What the draft says is what the task says."""
    lead, assists = str(form.get("lead_unit", "")), _many(form.get("assist_units"))
    keep(refuse_lead(lead, assists))
    task.requirement = str(form.get("requirement", ""))[:1000]
    task.source_words = str(form.get("source_words", ""))[:2000]
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=[lead, *assists])}
    task.lead = units[lead]
    task.assists.set(units[code] for code in assists)
    task.leader = Person.objects.filter(key=str(form.get("leader", ""))).first()
    day = date.fromisoformat(str(form["due_on"]))
    to = clock.calendar().ends(clock.now(), day, close=True)
    if to.minute <= clock.calendar().minute(clock.now()):
        raise refuse("due_needed")
    if to.minute != task.due:
        _due(task, to.at, "立项时调整", step)


def _due(task: Task, to: Any, why: str, step: happenings.Step) -> None:
    before = task.matter.due_at
    dues.move(matter=step.matter, to=to, by=step.by)
    task.due = clock.calendar().minute(to)
    task.matter.due_at, task.matter.due = to, task.due
    by = people.bureau().pks.get(step.by.person, task.matter.initiator_id)
    DueChange.objects.create(
        task=task, before_at=before, after_at=to, why=why, by_id=by, at=clock.now()
    )


def _moved(task: Task, before: Phase, step: happenings.Step) -> None:
    """From one phase to another."""
    now, after = clock.now(), Phase(task.phase)
    if before == Phase.PAUSED and task.paused_at:
        _go_on(task, step)
    elif after == Phase.PAUSED:
        task.paused_at = now
    elif after == Phase.DOING and before in {Phase.DRAFT, Phase.ESTABLISHING}:
        _assigned(task, step)
    elif after == Phase.DOING and before == Phase.CHECKING:
        _sent_back(task, step)
    elif after == Phase.CHECKING and before == Phase.DOING:
        _delivered(task, step)
    elif after == Phase.CLOSED:
        task.accepted_at = now
    elif after == Phase.DROPPED and task.into is not None:
        task.phase = Phase.MERGED
        _merged(task.matter, task.into.matter, step)


def _merged(gone: Matter, into: Matter, step: happenings.Step) -> None:
    accompany.join(earlier=gone, later=into, why=Link.Why.MERGED, by=step.by)


def _assigned(task: Task, step: happenings.Step) -> None:
    """The clock of the task begins; the leaders in charge of those who work on it see it."""
    task.assigned_at, task.start = clock.now(), clock.calendar().minute(clock.now())
    units = people.directory().units
    codes = [task.lead.code, *task.assists.values_list("code", flat=True)]
    leaders = [units[code].leader for code in codes if code in units]
    sharing.let_see(matter=step.matter, persons=[one for one in leaders if one], by=step.by)


def _delivered(task: Task, step: happenings.Step) -> None:
    """The result is the last report, with its light."""
    task.delivered_at = task.reported_at = clock.now()
    task.progress = 100
    values = step.outcome.case.content.values
    task.latest = str(values.get("result", ""))[:1000]
    shown = facts(task)
    light = "red" if shown.delivered is not None and shown.delivered > shown.due else "green"
    report = Report.objects.create(
        task=task,
        by_id=people.bureau().pks[step.by.person],
        at=clock.now(),
        progress=100,
        text=task.latest,
        light=light,
        why=["报结"],
    )
    subject, digests = f"matter:{step.matter.key}", _many(values.get("evidence"))
    report.evidence.set(File.objects.filter(subject=subject, blob__digest__in=digests))


def _sent_back(task: Task, step: happenings.Step) -> None:
    """Not done: the same lead goes on, from what it last reported before."""
    task.delivered_at = None
    if step.outcome.event and step.outcome.event.verb == "decide":
        task.returns += 1
    last = task.reports.exclude(why=["报结"]).first()
    task.progress = last.progress if last else 0


def _go_on(task: Task, step: happenings.Step) -> None:
    """The time it stood still is given back."""
    calendar = clock.calendar()
    stood = calendar.minute(clock.now()) - calendar.minute(task.paused_at or clock.now())
    task.paused_at = None
    if stood > 0:
        _due(task, calendar.at(task.due + stood), "暂缓期间顺延", step)


def _many(value: object) -> tuple[str, ...]:
    if isinstance(value, tuple | list):
        return tuple(map(str, value))
    return (str(value),) if value else ()


happenings.listen(stepped)
refusal_words.register(REASONS)
ruling.use(rules)
onward.register(
    onward.Way(
        "转督办",
        "supervision:from_matter",
        "flag",
        lambda by, matter: establishes(by) and matter.state not in ENDED,
    )
)
