"""Cases and events as canonical JSON, and back without loss. 存取.

Rows are arrays in the order of their fields, with defaults at the end left out: short, and equal
data gives equal bytes. A first element names the format, so that a later one can be told apart.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from zhongshu.kernel.errors import Reason

from .case import (
    Activation,
    Actor,
    Ask,
    Case,
    Content,
    Decision,
    Event,
    Head,
    Note,
    Reading,
    Slot,
    Via,
)

FORMAT = 1
Json = Any


def dump_case(case: Case) -> str:
    """The case as canonical JSON."""
    return _text(
        [
            FORMAT,
            _row(case.head),
            _content(case.content),
            [_row(act) for act in case.acts.values()],
            [_row(reading) for reading in case.readings.values()],
        ]
    )


def load_case(text: str) -> Case:
    """The case that `dump_case` wrote; ValueError for anything else."""
    head, content, acts, readings = _rows(text, 4)
    many = [_activation(row) for row in acts]
    copies = [Reading(*row) for row in readings]
    return Case(
        _head(head),
        _load_content(content),
        {act.id: act for act in many},
        {reading.id: reading for reading in copies},
    )


def dump_event(event: Event) -> str:
    """The event as canonical JSON."""
    return _text(
        [
            FORMAT,
            event.number,
            event.verb,
            event.by,
            event.minute,
            event.key,
            [_row(note) for note in event.notes],
            _row(event.head),
            None if event.content is None else _content(event.content),
            [_row(act) for act in event.acts],
            [_row(reading) for reading in event.readings],
            event.retired,
        ]
    )


def load_event(text: str) -> Event:
    """The event that `dump_event` wrote; ValueError for anything else."""
    number, verb, by, minute, key, notes, head, content, acts, readings, retired = _rows(text, 11)
    return Event(
        number,
        verb,
        Actor(*by),
        minute,
        key,
        tuple(Note(row[0], _pairs(row[1]) if len(row) > 1 else ()) for row in notes),
        _head(head),
        None if content is None else _load_content(content),
        tuple(_activation(row) for row in acts),
        tuple(Reading(*row) for row in readings),
        tuple(retired),
    )


class Parts(NamedTuple):
    """What one step changed, as rows of their own, so that writing costs the same at any length
    of the history. `content` is None when the form stayed as it was; `rows` are number, kind
    ("a" an activation, "r" a reading) and text.
    """

    head: str
    content: str | None
    rows: tuple[tuple[int, str, str], ...]


def dump_parts(event: Event) -> Parts:
    """The rows to write after an event; rows numbered in `event.retired` are to be deleted."""
    return Parts(
        _text(_row(event.head)),
        None if event.content is None else _text(_content(event.content)),
        (
            *((act.id, "a", _text(_row(act))) for act in event.acts if act.id not in event.retired),
            *((reading.id, "r", _text(_row(reading))) for reading in event.readings),
        ),
    )


def load_parts(head: str, content: str, rows: Iterable[tuple[str, str]]) -> Case:
    """The case from its rows (kind and text, in order of their numbers)."""
    acts: dict[int, Activation] = {}
    readings: dict[int, Reading] = {}
    for kind, text in rows:
        row = json.loads(text)
        if kind == "a":
            acts[row[0]] = _activation(row)
        else:
            readings[row[0]] = Reading(*row)
    return Case(_head(json.loads(head)), _load_content(json.loads(content)), acts, readings)


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _text(value: Json) -> str:
    return _encode(value)


def _rows(text: str, count: int) -> Json:
    value = json.loads(text)
    if not isinstance(value, list) or len(value) != count + 1 or value[0] != FORMAT:
        raise ValueError("not in this format")
    return value[1:]


def _row(value: Json) -> list[Json]:
    """The fields of a named tuple, without the defaults at its end."""
    defaults = DEFAULTS[type(value)]
    last = len(value)
    while last and value[last - 1] == defaults[last - 1]:
        last -= 1
    return [
        FORMATTERS[type(item)](item) if type(item) in FORMATTERS else item for item in value[:last]
    ]


def _many(items: tuple[Json, ...]) -> list[Json]:
    return [_row(item) if type(item) in DEFAULTS else item for item in items]


_NEVER = object()  # equal to nothing: a field without default is always written
ROWS = (Actor, Ask, Decision, Head, Note, Reading, Reason, Slot, Via, Activation)
DEFAULTS: dict[type, tuple[Json, ...]] = {
    row: tuple(row._field_defaults.get(name, _NEVER) for name in row._fields) for row in ROWS
}
FORMATTERS: dict[type, Callable[[Json], Json]] = dict.fromkeys(ROWS, _row) | {tuple: _many}


def _content(content: Content) -> list[Json]:
    names = sorted(content.digests)
    return [
        [[n, content.values[n], content.digests[n], content.authors[n]] for n in names],
        content.digest,
    ]


def _load_content(row: Json) -> Content:
    fields, digest = row
    return Content(
        {name: _value(value) for name, value, _, _ in fields},
        {name: own for name, _, own, _ in fields},
        {name: tuple(authors) for name, _, _, authors in fields},
        digest,
    )


def _value(value: Json) -> Json:
    return tuple(value) if isinstance(value, list) else value


def _pairs(rows: Json) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in rows)


def _head(row: Json) -> Head:
    head = Head(*row)
    return head._replace(
        drafters=tuple(head.drafters),
        skipped=tuple(head.skipped),
        urged=tuple((person, minute, times) for person, minute, times in head.urged),
        keys=tuple(head.keys),
        parent=None if head.parent is None else (head.parent[0], head.parent[1]),
        link=None if head.link is None else (head.link[0], head.link[1]),
    )


def _activation(row: Json) -> Activation:
    act = Activation(*row)
    return act._replace(
        parents=tuple(act.parents),
        scope=tuple(act.scope),
        slots=tuple(_slot(slot) for slot in act.slots),
        out=tuple(act.out),
        effects=tuple(act.effects),
    )


def _reason(row: Json) -> Reason:
    return Reason(row[0], _pairs(row[1]) if len(row) > 1 else ())


def _decision(row: Json) -> Decision | None:
    return None if row is None else Decision(*row)


def _slot(row: Json) -> Slot:
    slot = Slot(*row)
    return slot._replace(
        via=tuple(Via(*via) for via in slot.via),
        reasons=tuple(_reason(one) for one in slot.reasons),
        decision=_decision(slot.decision),
        past=tuple(Decision(*past) for past in slot.past),
        asks=tuple(Ask(*ask) for ask in slot.asks),
    )
