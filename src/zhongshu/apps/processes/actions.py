"""Every write about processes: sketches, proposal and release, counting. 流程的全部办理."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Max

from zhongshu.kernel.duties.report.whether import points_of
from zhongshu.kernel.flow.codec import load_event
from zhongshu.kernel.flow.definition import Definition
from zhongshu.kernel.flow.text.format import LARGEST, read
from zhongshu.kernel.flow.text.write import write
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.journal import actions as journal
from zhongshu.office.matters import processes
from zhongshu.office.matters.models import Event, Matter, Process
from zhongshu.office.refusal import refuse

from . import examining
from .counting import STEPS, Tally, tally
from .models import Kept, Reached, Running, Sketch, Stage, Watched

VERSION = re.compile(r"(?m)^version *= *[0-9]+")
BATCH = 500  # events counted in one transaction
SETTLED = timedelta(minutes=1)  # after that no event with a lower number can still appear


def begin_sketch(*, name: str, text: str, by: Actor) -> Sketch:
    """A process to be written, from nothing, a copy or a file."""
    with transaction.atomic(durable=True):
        sketch = Sketch.objects.create(
            by=by.person, name=name[:80], text=text[: LARGEST + 1], at=clock.now()
        )
        _keep(sketch, part="begun", like=1)
        journal.record(verb="process.sketch", subject=f"sketch:{sketch.key}", by=by)
    return sketch


def keep_sketch(*, sketch: Sketch, change: Callable[[str], str], part: str, by: Actor) -> Sketch:
    """What was filled in or typed so far, right or wrong; nothing is lost. The change is made of
    the text as it stands at this moment, so two windows do not undo each other."""
    with transaction.atomic(durable=True):
        fresh = _own(sketch, by)
        text = change(fresh.text)[: LARGEST + 1]
        if text != fresh.text:
            _stand(fresh, text, part, fresh.number + 1)
            journal.record(verb="process.sketch", subject=f"sketch:{fresh.key}", by=by)
    return fresh


def return_to(*, sketch: Sketch, number: int, by: Actor) -> Sketch:
    """A sketch stands again as it once stood; what came after stays among what was kept."""
    with transaction.atomic(durable=True):
        fresh = _own(sketch, by)
        earlier = Kept.objects.filter(sketch=fresh, number=number).first()
        if earlier is None:
            raise refuse("not_kept")
        _stand(fresh, earlier.text, "back", earlier.like)
        journal.record(verb="process.sketch", subject=f"sketch:{fresh.key}", by=by)
    return fresh


def undo(*, sketch: Sketch, by: Actor) -> Sketch:
    """As before the last change; again, as before the one before it."""
    like = Kept.objects.filter(sketch=sketch).values_list("like", flat=True).first() or 1
    return return_to(sketch=sketch, number=like - 1, by=by)


def drop_sketch(*, sketch: Sketch, by: Actor) -> None:
    """A sketch is put away by whoever wrote it; it may be taken up again."""
    with transaction.atomic(durable=True):
        fresh = _own(sketch, by)
        fresh.state = Sketch.State.DROPPED
        fresh.save(update_fields=["state"])
        journal.record(verb="process.drop_sketch", subject=f"sketch:{fresh.key}", by=by)


def take_up(*, sketch: Sketch, by: Actor) -> None:
    """A sketch that was dropped or proposed is written on."""
    with transaction.atomic(durable=True):
        fresh = _own(sketch, by)
        fresh.state = Sketch.State.OPEN
        fresh.save(update_fields=["state"])
        journal.record(verb="process.sketch", subject=f"sketch:{fresh.key}", by=by)


def _own(sketch: Sketch, by: Actor) -> Sketch:
    fresh = Sketch.objects.select_for_update().get(pk=sketch.pk)
    if fresh.by != by.person:
        raise refuse("not_your_sketch")
    return fresh


def _stand(sketch: Sketch, text: str, part: str, like: int) -> None:
    """The sketch stands so from now on, as its next number."""
    found = read(text)
    sketch.name = found.name[:80] if isinstance(found, Definition) and found.name else sketch.name
    sketch.text, sketch.number, sketch.at = text, sketch.number + 1, clock.now()
    sketch.state = Sketch.State.OPEN
    sketch.save(update_fields=["name", "text", "number", "at", "state"])
    _keep(sketch, part=part, like=like)


def _keep(sketch: Sketch, *, part: str, like: int) -> None:
    Kept.objects.create(
        sketch=sketch,
        number=sketch.number,
        like=like,
        part=part[:120],
        text=sketch.text,
        at=sketch.at,
    )


def propose(*, sketch: Sketch, by: Actor) -> Process:
    """Put a sketch forward as the next version of its process; it is not proposed twice."""
    with transaction.atomic(durable=True):
        fresh = _own(sketch, by)
        if fresh.state != Sketch.State.OPEN:
            raise refuse("sketch_closed")
        found = read(fresh.text)
        if not isinstance(found, Definition):
            raise refuse("process_unsound")
        versions = Process.objects.filter(code=found.id)
        number = (versions.aggregate(last=Max("version"))["last"] or 0) + 1
        row = processes.propose(text=_numbered(fresh.text, found, number), by=by)
        fresh.state = Sketch.State.PROPOSED
        fresh.save(update_fields=["state"])
    return row


def _numbered(text: str, found: Definition, number: int) -> str:
    """The text as that version. Its comments stay where the number alone can be changed."""
    wanted = replace(found, version=number)
    marked = VERSION.sub(f"version = {number}", text, count=1)
    return marked if read(marked) == wanted else write(wanted)


def release(*, process: Process, by: Actor) -> Process:
    """New matters use this version from now on. Refused for whoever proposed it, and while one
    person could finish a case, or nobody, or that is not decided."""
    exam = examining.examined(processes.definition(process.pk)).exam
    if exam is None or not exam.survey.decided:
        raise refuse("process_undecided", process=process.name)
    if not exam.survey.people:
        raise refuse("process_nobody", process=process.name)
    if exam.survey.people == 1 and exam.survey.weakest is not None:
        person = exam.survey.weakest.acts[0].person
        raise refuse("process_alone", process=process.name, person=person)
    with transaction.atomic(durable=True):
        return processes.release(process=_locked(process), by=by)


def ask_to_retire(*, process: Process, by: Actor) -> Process:
    """Propose to retire a process without a successor."""
    with transaction.atomic(durable=True):
        return processes.ask_to_retire(process=_locked(process), by=by)


def keep_in_force(*, process: Process, by: Actor) -> Process:
    """Take the proposal back."""
    with transaction.atomic(durable=True):
        return processes.keep_in_force(process=_locked(process), by=by)


def retire(*, process: Process, by: Actor) -> Process:
    """Confirm somebody else's proposal: no new matter uses the process from now on."""
    with transaction.atomic(durable=True):
        return processes.retire(process=_locked(process), by=by)


def _locked(process: Process) -> Process:
    return Process.objects.select_for_update().get(pk=process.pk)


def count() -> int:
    """Count the next events; how many there were. The worker calls it."""
    with transaction.atomic(durable=True):
        mark = Reached.objects.select_for_update().first()
        if mark is None:
            mark = Reached(event=0, at=clock.now())
        settled = Event.objects.filter(pk__gt=mark.event, at__lt=clock.now() - SETTLED)
        rows = list(settled.order_by("pk").values_list("pk", "matter__process", "text")[:BATCH])
        by_process: dict[int, list[str]] = {}
        for _, process, text in rows:
            by_process.setdefault(process, []).append(text)
        for process, texts in by_process.items():
            for node, more in tally(map(load_event, texts)).items():
                _add(process, node, more)
        mark.event, mark.at = (rows[-1][0] if rows else mark.event), clock.now()
        mark.save()
    return len(rows)


def _add(process: int, node: str, more: Tally) -> None:
    stage, _ = Stage.objects.get_or_create(process_id=process, node=node)
    known = stage.spans or [0] * (len(STEPS) + 1)
    stage.handled += more.handled
    stage.returned += more.returned
    stage.spans = [one + other for one, other in zip(known, more.spans, strict=True)]
    stage.save()


def count_running() -> None:
    """How many matters run on each version now. The worker calls it."""
    now = clock.now()
    with transaction.atomic(durable=True):
        open_ = Matter.objects.filter(closed_at__isnull=True).order_by()
        found = dict(open_.values_list("process").annotate(count=Count("pk")))
        for pk in Process.objects.values_list("pk", flat=True):
            count = found.get(pk, 0)
            Running.objects.update_or_create(process_id=pk, defaults={"count": count, "at": now})


def watch() -> int:
    """Look whether any process stands otherwise than when it was looked at last, and keep that;
    how many do. The worker calls it: nothing is done while neither people nor processes change."""
    rows = list(Process.objects.filter(state=Process.State.RELEASED).order_by("code"))
    fresh = 0
    for row in rows:
        exam = examining.examined(processes.definition(row.pk)).exam
        people = exam.survey.people if exam else 0
        points = sorted(points_of(exam)) if exam else []
        with transaction.atomic(durable=True):
            last = Watched.objects.filter(code=row.code).first()
            if last and (last.version, last.people, last.points) == (row.version, people, points):
                continue
            worse = last is not None and (
                not people or people < last.people or bool({*points} - {*last.points})
            )
            Watched.objects.create(
                code=row.code,
                version=row.version,
                at=clock.now(),
                people=people,
                points=points,
                worse=worse,
            )
            fresh += 1
    return fresh
