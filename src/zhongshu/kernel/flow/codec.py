"""Cases and events as canonical JSON, and back without loss. 存取.

Rows are arrays in the order of their fields, with defaults at the end left out: short, and equal
data gives equal bytes. A first element names the format, so that a later one can be told apart.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, TypeVar

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
Row = TypeVar("Row")


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
    many = [_load(Activation, row) for row in acts]
    copies = [Reading(*row) for row in readings]
    return Case(
        _load(Head, head),
        _load_content(content),
        {act.id: act for act in many},
        {reading.id: reading for reading in copies},
    )


def dump_event(event: Event) -> str:
    """The event as canonical JSON."""
    return dump_parts(event).event


def load_event(text: str) -> Event:
    """The event that `dump_event` wrote; ValueError for anything else."""
    number, verb, by, minute, key, notes, head, content, acts, readings, retired = _rows(text, 11)
    return Event(
        number,
        verb,
        Actor(*by),
        minute,
        key,
        tuple(_load(Note, row) for row in notes),
        _load(Head, head),
        None if content is None else _load_content(content),
        tuple(_load(Activation, row) for row in acts),
        tuple(Reading(*row) for row in readings),
        tuple(retired),
    )


class Parts(NamedTuple):
    """An event as text, and what it changed as rows of their own, so that writing a step costs
    the same at any length of the history. `content` is None when the form stayed as it was;
    `rows` are number, kind ("a" an activation, "r" a reading) and text.
    """

    event: str
    head: str
    content: str | None
    rows: tuple[tuple[int, str, str], ...]


def dump_parts(event: Event) -> Parts:
    """What to write for an event; rows numbered in `event.retired` are to be deleted."""
    head = _know(_text(_row(event.head)), event.head)
    content = (
        None if event.content is None else _know(_text(_content(event.content)), event.content)
    )
    acts = [(act.id, "a", _know(_text(_row(act)), act)) for act in event.acts]
    readings = [(one.id, "r", _text(_row(one))) for one in event.readings]
    about = (event.number, event.verb, event.by, event.minute, event.key)
    front = _text([FORMAT, *about, event.notes])
    whole = (
        f"{front[:-1]},{head},{content or 'null'},[{','.join([text for _, _, text in acts])}],"
        f"[{','.join([text for _, _, text in readings])}],[{','.join(map(str, event.retired))}]]"
    )
    kept = [row for row in acts if row[0] not in event.retired]
    return Parts(whole, head, content, (*kept, *readings))


def load_parts(head: str, content: str, rows: Iterable[tuple[str, str]]) -> Case:
    """The case from its rows (kind and text, in order of their numbers)."""
    acts: dict[int, Activation] = {}
    readings: dict[int, Reading] = {}
    for kind, text in rows:
        if kind == "a":
            act = _read(_load_act, text)
            acts[act.id] = act
        else:
            reading = Reading(*json.loads(text))
            readings[reading.id] = reading
    return Case(_read(_load_head, head), _read(_load_content, content), acts, readings)


def _read(load: Callable[[Json], Row], text: str) -> Row:
    """What a text says. It is read at every step and changes at one or two, so a process that
    serves a case has read or written most of its rows before."""
    row: Row | None = _known.get(text)
    if row is None:
        row = load(json.loads(text))
        _know(text, row)
    return row


def _know(text: str, row: Json) -> str:
    """Remember what a text says; each kind of row begins differently, none passes for another."""
    if len(_known) >= MOST_KNOWN:
        _known.clear()
    _known[text] = row
    return text


MOST_KNOWN = 8192
_known: dict[str, Json] = {}


_text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def _rows(text: str, count: int) -> Json:
    value = json.loads(text)
    if not isinstance(value, list) or len(value) != count + 1 or value[0] != FORMAT:
        raise ValueError("not in this format")
    return value[1:]


def _row(value: Json) -> list[Json]:
    """The fields of a named tuple, without the defaults at its end."""
    kind = type(value)
    defaults = DEFAULTS[kind]
    last = len(value)
    while last and value[last - 1] == defaults[last - 1]:
        last -= 1
    row = list(value[:last])
    for place, dump in DUMPS.get(kind, ()):
        if place < last and row[place]:
            row[place] = dump(row[place])
    return row


def _load(kind: type, row: list[Json]) -> Json:
    """The named tuple that `_row` wrote."""
    for place, load in LOADS.get(kind, ()):
        if place < len(row):
            row[place] = load(row[place])
    return kind(*row)


def _load_head(row: list[Json]) -> Head:
    head: Head = _load(Head, row)
    return head


def _load_act(row: list[Json]) -> Activation:
    act: Activation = _load(Activation, row)
    return act


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


def _pair(row: Json) -> Json:
    return None if row is None else tuple(row)


def _pairs(rows: Json) -> Json:
    return tuple([tuple(row) for row in rows])


class _Many:
    """A field that holds rows of a kind."""

    def __init__(self, kind: type) -> None:
        self.kind = kind

    def dump(self, rows: Json) -> Json:
        """For JSON."""
        return [_row(row) for row in rows]

    def load(self, rows: Json) -> Json:
        """From JSON."""
        return tuple([_load(self.kind, row) for row in rows])


class _One(_Many):
    """A field that holds one row of a kind, or None."""

    def dump(self, row: Json) -> Json:
        """For JSON."""
        return _row(row)

    def load(self, row: Json) -> Json:
        """From JSON."""
        return None if row is None else _load(self.kind, row)


_NEVER = object()  # equal to nothing: a field without default is always written
ROWS = (Ask, Decision, Head, Note, Reading, Reason, Slot, Via, Activation)
DEFAULTS: dict[type, tuple[Json, ...]] = {
    row: tuple(row._field_defaults.get(name, _NEVER) for name in row._fields) for row in ROWS
}
NESTED: dict[Any, dict[str, _Many]] = {
    Slot: {
        "via": _Many(Via),
        "reasons": _Many(Reason),
        "decision": _One(Decision),
        "past": _Many(Decision),
        "asks": _Many(Ask),
    },
    Activation: {"slots": _Many(Slot)},
}
PLAIN: dict[Any, dict[str, Callable[[Json], Json]]] = {
    Head: {
        "drafters": tuple,
        "skipped": tuple,
        "urged": _pairs,
        "keys": tuple,
        "parent": _pair,
        "link": _pair,
        "effects": _pairs,
    },
    Activation: {"parents": tuple, "scope": tuple, "out": tuple, "effects": tuple},
    Note: {"about": _pairs},
    Reason: {"about": _pairs},
}
Table = dict[Any, tuple[tuple[int, Callable[[Json], Json]], ...]]
DUMPS: Table = {
    kind: tuple((kind._fields.index(name), one.dump) for name, one in inside.items())
    for kind, inside in NESTED.items()
}
LOADS: Table = {
    kind: tuple(
        (kind._fields.index(name), load)
        for name, load in (
            *PLAIN.get(kind, {}).items(),
            *((name, one.load) for name, one in NESTED.get(kind, {}).items()),
        )
    )
    for kind in ROWS
}
