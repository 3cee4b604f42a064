"""What the register keeps of each step of the flow, in the step's own transaction. 随办随记.

A listener of `office.matters.happenings`: however a step was taken, on the page of the document,
by another page or by the machine, the register follows it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import F

from zhongshu.apps.documents import archiving, pacing
from zhongshu.apps.documents.apps import INCOMING
from zhongshu.apps.documents.models import Incoming, Pace, Passage
from zhongshu.kernel.flow.case import Activation, Slot
from zhongshu.kernel.flow.definition import HANDLED, Definition
from zhongshu.office import clock
from zhongshu.office.matters import dues
from zhongshu.office.matters.happenings import Step
from zhongshu.office.matters.processes import definition
from zhongshu.office.people import queries as people
from zhongshu.office.people.models import Unit

PROPOSING = "propose"  # the step of the shipped process that says by when
COLUMNS = {"reply_no": "answered_no", "retention": "retention"}  # field of the form: column here


def stepped(step: Step) -> None:
    """Keep what this step says of an incoming document."""
    if step.matter.kind != INCOMING.code or step.outcome.event is None:
        return
    flow = definition(step.matter.process_id)
    finished = list(_finished(step, flow))
    _columns(step)
    for act_, slot in finished:
        _passage(step, act_, slot)
    if any(act_.node == PROPOSING for act_, _ in finished):
        _due(step)
    if any(act_.node == archiving.NODE for act_, _ in finished):
        archiving.number(matter=step.matter, by=step.by)


def _finished(step: Step, flow: Definition) -> Iterator[tuple[Activation, Slot]]:
    """The seats whose word was given in this very step, not those that carry an old one."""
    event = step.outcome.event
    if event is None:
        return
    for act_ in event.acts:
        if flow.by_id[act_.node].kind not in HANDLED:
            continue
        for slot in act_.slots:
            said = slot.decision
            if said and not said.origin and said.at == event.minute and slot.state == "decided":
                yield act_, slot


def _columns(step: Step) -> None:
    values = step.outcome.case.content.values
    kept: dict[str, object] = {
        column: str(values.get(field, "")) for field, column in COLUMNS.items()
    }
    kept["open"] = step.matter.closed_at is None
    lead = values.get("lead_unit")
    kept["lead"] = Unit.objects.filter(code=lead).first() if lead else None
    Incoming.objects.filter(pk=step.matter.pk).update(**kept)


def _due(step: Step) -> None:
    """The day proposed is the day the document is due, unless the paper itself names one."""
    day = step.outcome.case.content.values.get("handle_by")
    asked = Incoming.objects.filter(pk=step.matter.pk, wanted_by__isnull=False)
    if not day or asked.exists():
        return
    to = clock.calendar().ends(clock.now(), date.fromisoformat(str(day)), close=True)
    if to.at != step.matter.due_at:
        dues.move(matter=step.matter, to=to.at, by=step.by)


def _passage(step: Step, act_: Activation, slot: Slot) -> None:
    said, bureau = slot.decision, people.bureau()
    person = bureau.pks.get(said.actor) if said else None
    if said is None or person is None:
        return
    day = clock.local(step.matter.touched_at)
    minutes = max(0, said.at - slot.since)
    passage = Passage(
        matter=step.matter,
        slot=slot.id,
        node=act_.node,
        person_id=person,
        unit_id=bureau.units[said.actor],
        minutes=minutes,
        span=pacing.rounded(minutes),
        late=slot.due is not None and said.at > slot.due,
        month=day.year * 100 + day.month,
    )
    before = Passage.objects.filter(matter=step.matter, slot=slot.id).first()
    if before:
        passage.pk = before.pk
        _count(before, step.matter.grade, -1)
    passage.save()
    _count(passage, step.matter.grade, 1)


def _count(passage: Passage, grade: int, by: int) -> None:
    """Count a passage, or take it out again."""
    pace, _ = Pace.objects.get_or_create(
        month=passage.month,
        node=passage.node,
        unit_id=passage.unit_id,
        grade=grade,
        span=passage.span,
    )
    late = by if passage.late else 0
    Pace.objects.filter(pk=pace.pk).update(number=F("number") + by, late=F("late") + late)
