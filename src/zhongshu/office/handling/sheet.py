"""One matter as its page shows it: where it stands, who has it, what was said. 处理单.

Made from the case and its events alone; nothing here decides anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.forms import Form
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zhongshu.kernel.errors import Refused
from zhongshu.kernel.flow import Case, Definition, path
from zhongshu.kernel.flow.case import Outcome, Slot
from zhongshu.kernel.flow.codec import load_event
from zhongshu.kernel.flow.condition import Value
from zhongshu.kernel.flow.definition import Field
from zhongshu.kernel.flow.words import tell
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.journal import queries as journal
from zhongshu.office.journal.verb_words import verb_words
from zhongshu.office.matters import asking, onward, queries
from zhongshu.office.matters.models import Comment, Matter
from zhongshu.office.matters.offers import Offer, Trial, offers, said, trial_of
from zhongshu.office.matters.queries import Related
from zhongshu.office.matters.refusal_words import told as told_why
from zhongshu.office.people import queries as people
from zhongshu.office.people.bureau import Bureau
from zhongshu.office.ui.parts import Reader, Step

from .asides import Opinion
from .beside import blank
from .forms import plain
from .opinions import opinions
from .route import Events, steps, way

IDLE = {
    "draft": "还在拟稿。",
    "returned": "已退回拟稿人修改。",
    "running": "在等子流程办完。",
    "suspended": "已挂起。",
}
"""Where a matter stands that nobody has in hand."""


class Holder(NamedTuple):
    """Somebody who has the matter now, since when, and what for."""

    name: str
    unit: str
    node: str
    since: int
    note: str


class Filled(NamedTuple):
    """A field of the form, as text."""

    label: str
    text: str


class Trace(NamedTuple):
    """One act on this matter as it stands in the journal; `place` None until it is sealed."""

    key: str
    what: str
    by: str
    at: datetime
    place: int | None


class Beside(NamedTuple):
    """What stands beside the flow, as far as this reader may see it; the forms to add to it."""

    remarks: list[Comment]
    tags: list[str]
    related: list[Related]
    watched: bool
    forms: dict[str, Form]


class Sheet(NamedTuple):
    """Everything the page of a matter shows."""

    matter: Matter
    trial: Trial
    steps: list[Step]
    opinions: list[Opinion]
    holders: list[Holder]
    readers: list[Reader]
    form: list[Filled]
    offers: tuple[Offer, ...]
    sentence: str
    traces: list[Trace]
    beside: Beside
    events: Events = ()
    ways: tuple[onward.Way, ...] = ()


def sheet(*, matter: Matter, seen_by: Actor) -> Sheet:
    """The page of a matter that this person was already found to be allowed to see."""
    trial, bureau = trial_of(matter, seen_by), people.bureau()
    events = [
        (row.at, load_event(row.text))
        for row in matter.events.only("at", "text", "number").order_by("number")
    ]
    held = list(_holders(trial, bureau))
    return Sheet(
        matter,
        trial,
        list(steps(way(trial.definition, trial.case, events, bureau, seen_by.person))),
        list(opinions(trial.definition, events, bureau)),
        held,
        list(_readers(trial.case, bureau)),
        list(filled(trial.definition, trial.case, bureau)),
        offers(trial),
        _sentence(matter, held, seen_by, bureau),
        list(_traces(matter, bureau)),
        _beside(matter, seen_by),
        events,
        onward.ways(of=matter, seen_by=seen_by),
    )


def consequence(trial: Trial, offer: Offer) -> list[str]:
    """What pressing the button would do, sentence by sentence, told by the engine itself."""
    words = said(offer, trial.case.content.digest)
    ends_it = trial.ends_it(offer.verb, words)
    if ends_it is not None:
        return told_why(Refused((ends_it,)), people.names()).splitlines()
    outcome = trial.tries(asking.command(offer.verb, words))
    names = names_of(trial.definition, people.bureau())
    return tell(outcome, names) if isinstance(outcome, Outcome) else []


def names_of(flow: Definition, bureau: Bureau) -> dict[str, str]:
    """What a refusal or a note may name: people, posts, units, nodes, fields."""
    named = {node.id: node.name for node in flow.nodes}
    return {**named, **{field.name: field.label for field in flow.fields}, **bureau.names}


def filled(flow: Definition, case: Case, bureau: Bureau) -> Iterator[Filled]:
    """The form as it stands."""
    for field in flow.fields:
        value = case.content.values.get(field.name)
        if value is not None:
            money = field.name == flow.amount
            text = yuan(value) if money else told(field, value, bureau)
            yield Filled(plain(field.label) if money else field.label, text)


def yuan(value: Value) -> str:
    """An amount in fen as people read it."""
    return f"{int(str(value)) / 100:,.2f} 元"


def told(field: Field, value: Value, bureau: Bureau) -> str:
    """The value of a field as people read it."""
    if isinstance(value, tuple):
        return "、".join(told(field, one, bureau) for one in value)
    if field.type == "flag":
        return "是" if value else "否"
    if field.type in {"person", "post", "unit"}:
        return bureau.names.get(str(value), str(value))
    if field.type == "file":
        return f"附件 {str(value)[:8]}"
    return str(value)


def _holders(trial: Trial, bureau: Bureau) -> Iterator[Holder]:
    for act_ in path.live(trial.case.acts):
        if act_.state == "open" and trial.case.state == "running":
            node = trial.definition.by_id[act_.node].name
            for slot in act_.slots:
                if slot.state in {"open", "lent", "blocked"}:
                    yield _holder(trial, bureau, slot, node)


def _holder(trial: Trial, bureau: Bureau, slot: Slot, node: str) -> Holder:
    if slot.state == "blocked":
        return Holder("没有可办理的人", "", node, trial.facts.minute - slot.since, "等待处理")
    if not slot.holder:
        return Holder("待认领", "", node, trial.facts.minute - slot.since, "")
    person = trial.facts.people.people.get(slot.holder)
    unit = bureau.names.get(person.unit, "") if person else ""
    note = f"代 {bureau.names.get(slot.behalf, '')}" if slot.behalf else ""
    name = bureau.names.get(slot.holder, slot.holder)
    return Holder(name, unit, node, trial.facts.minute - slot.since, note)


def _traces(matter: Matter, bureau: Bureau) -> Iterator[Trace]:
    """Every act on it, each with its place in the journal, where its receipt is to be had."""
    english = (get_language() or "").startswith("en")
    for entry in journal.about(subject=f"matter:{matter.key}"):
        machine = entry.person.startswith("system:")
        by = _("系统") if machine else bureau.names.get(entry.person, entry.person)
        yield Trace(entry.key, verb_words(entry.verb, english=english), by, entry.at, entry.place)


def _beside(matter: Matter, seen_by: Actor) -> Beside:
    return Beside(
        list(matter.comments.select_related("by")),
        sorted(matter.tags.values_list("name", flat=True)),
        queries.related(matter=matter, seen_by=seen_by),
        queries.is_watched(matter=matter, seen_by=seen_by),
        blank(),
    )


def _readers(case: Case, bureau: Bureau) -> Iterator[Reader]:
    for reading in case.readings.values():
        name = bureau.names.get(reading.to, reading.to)
        if reading.state == "acknowledged":
            yield Reader(name, clock.calendar().at(reading.at))
        else:
            yield Reader(
                name, None, {"queued": "未送达", "recalled": "已收回"}.get(reading.state, "未阅")
            )


def _sentence(matter: Matter, held: list[Holder], seen_by: Actor, bureau: Bureau) -> str:
    """Where the matter stands, in one sentence."""
    if not held:
        return IDLE.get(matter.state, "已经办完。")
    me = bureau.names.get(seen_by.person, "")
    mine = [one for one in held if one.name == me]
    others = [one.name for one in held if one.name != me]
    if mine:
        rest = f"；另在 {'、'.join(others)} 处" if others else ""
        return f"轮到你：{mine[0].node}{rest}。"
    return f"在 {'、'.join(dict.fromkeys(others))} 处，{held[0].node}。"
