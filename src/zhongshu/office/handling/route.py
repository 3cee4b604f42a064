"""The way of a matter: where it has been, where it is, and where it would go from here. 路径.

What lies ahead is told from the form as it stands: an edge is taken when its condition holds now.
It is a forecast, and says so by being drawn hollow; the engine decides when the time comes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from zhongshu.kernel.flow import Case, Definition, path
from zhongshu.kernel.flow.case import Activation, Event, Slot
from zhongshu.kernel.flow.condition import Value, holds
from zhongshu.kernel.flow.definition import HANDLED, SPLITS, Node, NodeKind
from zhongshu.office import clock
from zhongshu.office.people.bureau import Bureau
from zhongshu.office.ui import telling
from zhongshu.office.ui.parts import Step

Events = Sequence[tuple[datetime, Event]]
SEATED = HANDLED | {NodeKind.DRAFT}
SHOWN = frozenset({"open", "lent", "blocked", "decided", "waiting"})


class Way(NamedTuple):
    """What a drawing of the way is made from; `minute` is now, `decided` when each seat spoke."""

    flow: Definition
    case: Case
    bureau: Bureau
    minute: int
    decided: Mapping[int, datetime]
    reader: str = ""


def way(flow: Definition, case: Case, events: Events, bureau: Bureau, reader: str = "") -> Way:
    """The way of a case, for one reader."""
    decided = {
        slot.id: at
        for at, event in events
        for act_ in event.acts
        for slot in act_.slots
        if slot.decision and slot.decision.at == event.minute
    }
    return Way(flow, case, bureau, clock.calendar().minute(clock.now()), decided, reader)


def steps(way: Way) -> Iterator[Step]:
    """The stations of a way, branches side by side."""
    live = [one for one in path.live(way.case.acts) if _kind(way, one) in SEATED]
    if not live:
        yield Step(way.flow.draft.name, "now")
    together: list[Activation] = []
    for act_ in live:
        if together and act_.scope[:1] != together[0].scope[:1]:
            yield _fork(way, together)
            together = []
        if act_.scope:
            together.append(act_)
        else:
            yield _station(way, act_)
    if together:
        yield _fork(way, together)
    if way.case.state in {"running", "draft", "returned"}:
        here = live[-1] if live else None
        yield from _ahead(way, _onward(way, here), {one.node for one in live})


def road(flow: Definition) -> list[Step]:
    """The main road of a process, before anything has happened."""
    names = [flow.draft.id, *_main(flow, flow.draft.id)]
    return [Step(flow.by_id[name].name) for name in names]


def _kind(way: Way, act_: Activation) -> NodeKind:
    return way.flow.by_id[act_.node].kind


def _fork(way: Way, acts: list[Activation]) -> Step:
    """Branches that run beside one another; one alone is no fork."""
    parts: list[Step] = []
    for act_ in acts:
        station = _station(way, act_)
        parts += station.branches or (station,)
    return _together(parts)


def _together(parts: list[Step]) -> Step:
    """Stations side by side while somebody is at one of them; passed, they are one station."""
    if len(parts) == 1:
        return parts[0]
    if any(part.state == "now" for part in parts):
        return Step("", branches=tuple(parts))
    names = list(dict.fromkeys(part.name for part in parts))
    state = parts[0].state if len({part.state for part in parts}) == 1 else "done"
    who = [part.by.split()[0] for part in parts if part.by] if state == "done" else []
    return Step("、".join(names), state, "、".join(dict.fromkeys(who)))


def _station(way: Way, act_: Activation) -> Step:
    """One opening of one node; several seats at it stand beside one another."""
    name = way.flow.by_id[act_.node].name
    seats = [slot for slot in act_.slots if slot.state in SHOWN]
    if len(seats) > 1:
        apart = act_.state == "open"
        return _together([_seat(way, act_, slot, name, apart=apart) for slot in seats])
    if not seats:
        return Step(name, "now" if act_.state == "open" else "done")
    return _seat(way, act_, seats[0], name)


def _seat(way: Way, act_: Activation, slot: Slot, name: str, *, apart: bool = False) -> Step:
    names = way.bureau.names
    node = way.flow.by_id[act_.node]
    field = way.flow.field.get(node.seats[slot.seat].ref) if slot.seat >= 0 else None
    if apart and field and field.type == "unit" and slot.ref:
        name = f"{name} {names.get(slot.ref, '')}".rstrip()
    if slot.decision:
        at = way.decided.get(slot.id)
        who = names.get(slot.decision.actor, slot.decision.actor)
        word = _("不同意") if slot.decision.verb == "disapprove" else ""
        return Step(name, "done", " ".join(w for w in (who, at and _short(at), word) if w))
    if slot.state == "waiting":
        return Step(name, "next", names.get(slot.principal, ""))
    return Step(name, "now", _holding(way, slot))


def _holding(way: Way, slot: Slot) -> str:
    stood = telling.span(max(0, way.minute - slot.since))
    if slot.state == "blocked":
        return _("没有可办理的人")
    if not slot.holder:
        return _("待认领")
    who = _("轮到你") if path.holds(slot, way.reader) else way.bureau.names.get(slot.holder, "")
    return f"{who} {stood}"


def _short(at: datetime) -> str:
    """An instant in as few words as the line has room for."""
    local, today = clock.local(at), clock.local(clock.now()).date()
    return f"{local:%H:%M}" if local.date() == today else f"{local:%m-%d %H:%M}"


def _onward(way: Way, here: Activation | None) -> list[Node]:
    """What follows the last station: after an unjoined fork, its join."""
    if here is None:
        return _next(way.flow, way.flow.draft, way.case.content.values)
    if here.scope:
        split = way.case.acts.get(here.scope[0])
        joins = [n for n in way.flow.nodes if split and n.split == split.node]
        return joins or _next(way.flow, way.flow.by_id[here.node], way.case.content.values)
    return _next(way.flow, way.flow.by_id[here.node], way.case.content.values)


def _ahead(way: Way, nodes: list[Node], seen: set[str]) -> Iterator[Step]:
    """The stations to come, each once."""
    values = way.case.content.values
    while nodes:
        fresh = [node for node in nodes if node.id not in seen]
        seen.update(node.id for node in fresh)
        seated = [node for node in fresh if node.kind in HANDLED]
        if len(seated) > 1:
            yield _together([Step(node.name) for node in seated])
        elif seated:
            yield Step(seated[0].name, "next", _whose(way, seated[0]))
        following = [one for node in fresh[:1] for one in _next(way.flow, node, values)]
        nodes = following


def _whose(way: Way, node: Node) -> str:
    """Whose a station to come is, as far as the form or the posts tell today."""
    if len(node.seats) != 1:
        return ""
    seat = node.seats[0]
    if seat.ref in way.flow.field:
        value = way.case.content.values.get(seat.ref, "")
        named = value if isinstance(value, tuple) else (str(value),)
        return "、".join(way.bureau.names.get(one, "") for one in named[:3] if one)
    return seat.name if seat.name != node.name else ""


def _next(flow: Definition, node: Node, values: Mapping[str, Value]) -> list[Node]:
    """The nodes a node leads to, with the form as it stands; an inclusive split to several."""
    able = [edge for edge in node.edges if edge.when is None or holds(edge.when, values)]
    if node.kind in SPLITS:
        stated = [edge for edge in able if edge.when is not None]
        taken = able if node.kind is NodeKind.SPLIT else stated or able
    else:
        taken = able[:1]
    return [flow.by_id[edge.to] for edge in taken]


def _main(flow: Definition, here: str) -> Iterator[str]:
    """The nodes that follow by the last way of each, until the end."""
    seen = {here}
    node = flow.by_id[here]
    while node.edges:
        node = flow.by_id[node.edges[-1].to]
        if node.id in seen:
            return
        seen.add(node.id)
        if node.kind in HANDLED:
            yield node.id
