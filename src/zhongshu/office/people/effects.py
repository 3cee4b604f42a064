"""What a change of people does to the processes, told before it is made. 变动的影响.

A stand-in or an appointment adds rights: fewer people may then be able to finish a case. Whoever
leaves a post or is away takes some with him: cases may then stop. Every running process is put
against the bureau as it is and as it would be; only what gets worse is told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import get_language

from zhongshu.kernel.duties import Label
from zhongshu.kernel.duties.from_flow.people import People
from zhongshu.kernel.duties.from_flow.survey import Act
from zhongshu.kernel.duties.from_flow.worse import Worse as Found
from zhongshu.kernel.duties.from_flow.worse import after_change, while_away
from zhongshu.kernel.flow.definition import Definition
from zhongshu.kernel.flow.people import Directory, StandIn
from zhongshu.office import clock

from . import above, bureau, queries
from .models import Appointment, Leave, Person, Post
from .models import StandIn as Cover

END = datetime.max.replace(tzinfo=clock.ZONE)
UNDECIDED = Label("未能判定，不能视为安全。", "not decided; not to be called safe.")
NAMED = 3  # units and nodes that are named before they are counted


class Worse(NamedTuple):
    """One thing that gets worse in one process. `grave`: cases stop, one person could finish, or it
    is not decided."""

    process: str
    told: Label
    grave: bool

    @property
    def sentence(self) -> str:
        """What gets worse, in the reader's language."""
        chinese = (get_language() or "zh").startswith("zh")
        said = self.told.zh if chinese else self.told.en
        return f"“{self.process}”：{said}" if chinese else f"{self.process}: {said}"


def effect_of_stand_in(*, principal: Person, deputy: Person) -> tuple[Worse, ...]:
    """What gets worse when `deputy` stands in for `principal`; nothing if nothing does."""
    now = queries.directory()
    new = StandIn(principal.key, deputy.key, clock.now(), END)
    return _changed(now, replace(now, stand_ins=(*now.stand_ins, new)))


def effect_of_appointment(
    *, person: Person, post: Post, since: date | None = None
) -> tuple[Worse, ...]:
    """What gets worse when somebody holds one more post."""
    day = since or _today()

    def appoint() -> None:
        """As if it were done."""
        Appointment.objects.create(person=person, post=post, since=day)

    return _changed(*_around(appoint, day))


def effect_of_ending(*, appointment: Appointment, on: date | None = None) -> tuple[Worse, ...]:
    """What gets worse when somebody no longer holds a post."""

    def end() -> None:
        """As if it were done."""
        Appointment.objects.filter(pk=appointment.pk).delete()

    return _changed(*_around(end, on or _today()))


def effect_of_leave(*, person: Person, start: datetime, end: datetime) -> tuple[Worse, ...]:
    """What stops while somebody is away: only who stands in for all of that time helps."""
    now = queries.directory(at=max(start, clock.now()))
    covers = Cover.objects.filter(start__lte=start, end__gte=end).values_list(
        "principal__key", "deputy__key"
    )
    pairs = tuple(StandIn(principal, deputy, start, END) for principal, deputy in covers)
    there = People(replace(now, stand_ins=pairs))
    rows = Leave.objects.filter(start__lt=end, end__gt=start).exclude(person=person)
    others = frozenset(rows.values_list("person__key", flat=True))
    found: list[Worse] = []
    for process in above.running():
        found += _told(process, while_away(process, there, others, person.key))
    return tuple(dict.fromkeys(found))


def _around(write: Callable[[], None], day: date) -> tuple[Directory, Directory]:
    """The bureau on a day as it is planned, and as it would be after a write that is taken back."""
    at = max(datetime.combine(day, time(), tzinfo=clock.ZONE), clock.now())
    before = bureau.read("before", at).directory
    with transaction.atomic():
        write()
        after = bureau.read("after", at).directory
        transaction.set_rollback(True)
    return before, after


def _changed(now: Directory, then: Directory) -> tuple[Worse, ...]:
    before, after = People(now), People(then)
    found: list[Worse] = []
    for process in above.running():
        found += _told(process, after_change(process, before, after))
    return tuple(dict.fromkeys(found))


def _told(process: Definition, found: Found) -> list[Worse]:
    called = queries.names()
    told = []
    if found.undecided:
        told.append(
            (Label("未能判定，不能视为安全。", "not decided; not to be called safe."), True)
        )
    if found.fewer:
        before, after, acts = found.fewer
        story = _story(process, acts, called)
        was = Label(
            f"原来最少 {before} 人才能办完，" if before else "原来没有人能办完，",
            f"at least {before} people were needed, " if before else "nobody could finish it, ",
        )
        label = Label(
            f"{was.zh}今后 {after} 人就能办完：{story.zh}",
            f"{was.en}then {after} will do: {story.en}",
        )
        told.append((label, after == 1))
    for node, person in found.single:
        who, where = called.get(person, person), _node(process, node)
        label = Label(f"{where.zh}从此离不开{who}。", f"{where.en} will hang on {who} alone.")
        told.append((label, False))
    for node, units in found.blocked:
        where, whose = _node(process, node), _units(units, called)
        label = Label(
            f"{whose.zh}到{where.zh}就办不下去。", f"{whose.en}cases will stop at {where.en}."
        )
        told.append((label, True))
    return [Worse(process.name, label, grave) for label, grave in told]


def _node(process: Definition, node: str) -> Label:
    if node not in process.by_id:
        return Label("中途", "some step")
    name = process.by_id[node].name
    return Label(f"“{name}”", name)


def _units(units: tuple[str, ...], names: Mapping[str, str]) -> Label:
    if not any(units):
        return Label("这类件", "")
    named = "、".join(names.get(unit, unit) for unit in units[:NAMED])
    if len(units) > NAMED:
        return Label(
            f"{named}等 {len(units)} 个部门起草的件", f"{named} and {len(units) - NAMED} more: "
        )
    return Label(f"{named}起草的件", f"{named}: ")


def _story(process: Definition, acts: tuple[Act, ...], names: Mapping[str, str]) -> Label:
    zh, en = [], []
    for act in acts:
        node = act.step.rpartition(".")[0] or process.draft.id
        who, step = names.get(act.person, act.person), process.by_id[node].name
        of = names.get(act.of, act.of)
        zh.append(f"{of}外出，{who}代其{step}" if of else f"{who}{step}")
        en.append(f"{of} is away, {who} for him: {step}" if of else f"{who}: {step}")
    return Label("；".join(zh) + "。", "; ".join(en) + ".")


def _today() -> date:
    return clock.local(clock.now()).date()
