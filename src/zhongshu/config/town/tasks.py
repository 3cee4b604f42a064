"""What the invented bureau supervises, told as scripts: who does what next, and when. 督办的故事.

Each script takes one step through the real actions when its time comes, and says when the next is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from random import Random

from zhongshu.apps.supervision import actions
from zhongshu.apps.supervision.founding import Establishing, Point
from zhongshu.apps.supervision.models import Task
from zhongshu.kernel.flow.codec import load_case
from zhongshu.kernel.worktime import Limit
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.files import actions as files
from zhongshu.office.matters import actions as matters
from zhongshu.office.matters import asking
from zhongshu.office.matters.models import Matter
from zhongshu.office.people import queries as people

from .plots import Plot

Script = Iterator[int]
"""Working minutes until the next step, one after the other."""


def script(plot: Plot, dice: Random) -> Script:
    """A task from its beginning as far as the year goes."""
    supervisor, head = _holder("supervision"), _holder("office_head")
    matter = actions.establish(new=_new(plot), by=supervisor)
    yield dice.randint(60, 300)
    press(matter, "approve", head, opinion="同意立项，请按时限办理。")
    lead = Actor(people.directory().units[plot.lead].head)
    whole, gone = plot.days * 420, 0
    for share, progress, text in plot.steps:
        yield max(1, int(whole * share) - gone)
        gone = int(whole * share)
        met = Task.objects.get(pk=matter.pk).milestones.filter(percent__lte=progress, met_at=None)
        said = actions.Reporting(
            progress=progress,
            text=text,
            met=tuple(met.values_list("pk", flat=True)),
            files=(proof(matter, lead, text),),
        )
        actions.report(key=matter.key, said=said, by=lead)
    yield from ENDS[plot.ends](plot, matter, lead, dice)


def _open(plot: Plot, matter: Matter, _lead: Actor, dice: Random) -> Script:
    """Nothing more happens but that it is chased once its light is red."""
    gone = int(plot.days * 420 * plot.steps[-1][0])
    yield max(1, plot.days * 420 - gone + dice.randint(200, 800))
    actions.chase(key=matter.key, words="已超时限，请今天报进展。", by=_holder("supervision"))


def _closed(plot: Plot, matter: Matter, lead: Actor, dice: Random) -> Script:
    yield int(plot.days * 420 * 0.2)
    yield from _to_the_end(plot, matter, lead, dice)


def _late(plot: Plot, matter: Matter, lead: Actor, dice: Random) -> Script:
    yield int(plot.days * 420 * 0.5) + 4 * 420
    yield from _to_the_end(plot, matter, lead, dice)


def _paused(_plot: Plot, matter: Matter, lead: Actor, dice: Random) -> Script:
    yield 420
    asked = actions.apply_for(
        key=matter.key, what="pause", reason="等自然资源部门意见，附回函", by=lead
    )
    yield dice.randint(100, 400)
    who = Actor(people.bureau().keys[asked.consenter_id])
    actions.decide(application=asked.key, granted=True, words="同意，按月跟踪。", by=who)
    yield 60
    until = clock.calendar().minute(clock.now()) + 40 * 420
    press(matter, "suspend", _holder("supervision"), opinion="等外部意见，已批准。", until=until)


def _postponed(plot: Plot, matter: Matter, lead: Actor, dice: Random) -> Script:
    yield 420
    calendar = clock.calendar()
    until = calendar.day(calendar.deadline(clock.now(), Limit(plot.days, "days")).at)
    asked = actions.apply_for(
        key=matter.key, what="postpone", reason="备件交货推迟两周", until=until, by=lead
    )
    yield dice.randint(100, 400)
    who = Actor(people.bureau().keys[asked.consenter_id])
    actions.decide(application=asked.key, granted=True, words="同意，不得再延。", by=who)


def _returned(plot: Plot, matter: Matter, lead: Actor, dice: Random) -> Script:
    yield 420 * 3
    _deliver(matter, lead, f"{plot.requirement.split('，')[0]}，已完成")
    yield dice.randint(100, 500)
    press(matter, "disapprove", _holder("office_deputy"), opinion="没有抽检记录，请补。")
    yield 420 * 4
    yield from _to_the_end(plot, matter, lead, dice)


def _to_the_end(plot: Plot, matter: Matter, lead: Actor, dice: Random) -> Script:
    """Handed in, checked, judged, filed."""
    _deliver(matter, lead, f"{plot.requirement.split('，')[0]}，已完成并验收")
    yield dice.randint(100, 500)
    press(matter, "approve", _holder("office_deputy"), opinion="核查通过。")
    if Task.objects.get(pk=matter.pk).leader_id:
        yield dice.randint(60, 400)
        leader = Task.objects.select_related("leader").get(pk=matter.pk).leader
        press(matter, "instruct", Actor(leader.key if leader else ""), opinion="已阅，很好。")
    yield dice.randint(100, 500)
    _marked(matter, dice)
    quality = {"quality": dice.choice(("好", "较好")), "quality_note": "材料齐全"}
    press(matter, "done", _holder("supervision"), opinion="", changes=quality)
    yield dice.randint(300, 900)
    press(matter, "done", _holder("archivist"), opinion="")


ENDS: dict[str, Callable[[Plot, Matter, Actor, Random], Script]] = {
    "open": _open,
    "closed": _closed,
    "late": _late,
    "paused": _paused,
    "postponed": _postponed,
    "returned": _returned,
}


def _new(plot: Plot) -> Establishing:
    calendar = clock.calendar()
    due = _day(plot.days)
    instructed = plot.source == "own_leader_instruction"
    director = people.directory().posts["director"][0]
    points: tuple[Point, ...] = ()
    if plot.days >= 20:
        half = calendar.day(calendar.deadline(clock.now(), Limit(plot.days // 2, "days")).at)
        points = (Point("中期检查", half, 45),)
    return Establishing(
        title=plot.title,
        source=plot.source,
        rhythm=plot.rhythm,
        requirement=plot.requirement,
        source_ref=plot.ref,
        source_words=plot.words,
        lead=plot.lead,
        assists=plot.assists,
        leader=director if instructed else "",
        due_on=due,
        points=points,
    )


def _day(days: int) -> date:
    calendar = clock.calendar()
    return calendar.day(calendar.deadline(clock.now(), Limit(days, "days")).at)


def _holder(post: str) -> Actor:
    return Actor(people.directory().posts[post][0], post)


def proof(matter: Matter, lead: Actor, text: str) -> str:
    """A note that proves a report; its key."""
    name = f"进展记录 {clock.local(clock.now()):%m-%d}.txt"
    stream = [f"{matter.number} {text}\n".encode()]
    return files.add(name=name, stream=stream, subject=f"matter:{matter.key}", by=lead).key


def _deliver(matter: Matter, lead: Actor, result: str) -> None:
    _assisted(matter)
    note = f"{matter.number} {result}\n".encode()
    kept = files.add(name="验收记录.txt", stream=[note], subject=f"matter:{matter.key}", by=lead)
    changes = {"result": result, "evidence": (kept.blob.digest,)}
    press(matter, "done", lead, opinion="", changes=changes)


def _marked(matter: Matter, dice: Random) -> None:
    """Each section that assisted has its own mark before the task is judged."""
    assists = Task.objects.get(pk=matter.pk).assists.values_list("code", flat=True)
    said = {code: (dice.choice(("好", "较好", "一般")), "") for code in assists}
    if said:
        actions.mark_assistants(key=matter.key, said=said, by=_holder("supervision"))


def _assisted(matter: Matter) -> None:
    """The assisting sections are done before the lead hands in the result."""
    for todo in matter.todos.filter(node="assist").select_related("person"):
        press(matter, "done", Actor(todo.person.key), opinion="配合部分已完成。")


def press(matter: Matter, verb: str, by: Actor, **said: object) -> None:
    """Press a button at the step that somebody holds; a stand-in may hold it."""
    case = load_case(Matter.objects.select_related("case").get(pk=matter.pk).case.text)
    slots = [
        slot
        for act in case.acts.values()
        if act.state == "open" and not act.mark
        for slot in act.slots
        if by.person in {slot.holder, slot.also}
    ]
    slot = slots[0] if slots else None
    words = asking.Said(
        slot=slot.id if slot else 0,
        rev=slot.rev if slot else 0,
        seen=case.content.digest,
        **said,  # type: ignore[arg-type]
    )
    matters.act(key=matter.key, command=asking.command(verb, words), by=by)


def begins(plot: Plot, until: datetime) -> datetime:
    """When a script begins, counted back from the end of the year."""
    calendar = clock.calendar()
    return calendar.at(calendar.minute(until) - plot.ago * 420)
