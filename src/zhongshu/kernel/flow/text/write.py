"""Writing a definition as TOML, so that reading it gives the same definition again. 写出定义.

Only what differs from the default is written. Comments are not part of a definition: whoever
keeps explanations keeps the file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import assert_never

from zhongshu.kernel.flow.condition import All, Any, Condition, Not, Row, Value
from zhongshu.kernel.flow.definition import Counting, Definition, Edge, Field, Node, Rule, Seat
from zhongshu.kernel.worktime import Limit

from .format import FORMAT, joint_minimum

Pairs = Iterator[tuple[str, str]]  # keys with their values as TOML
NOTHING = Definition("", "", 1, ())
PLAIN_FIELD = Field("", "", "text")
PLAIN_SEAT: Mapping[str, object] = {
    "weight": 1,
    "veto": False,
    "duty": "",
    "not_own_unit": False,
    "above_initiator": False,
}
PLAIN_NODE: Mapping[str, object] = {
    "race": False,
    "hold_open": False,
    "abstain": False,
    "limit": None,
    "edits": (),
    "always_fresh": False,
    "delegable": True,
    "returns": ("any",),
    "fallback": "",
    "transfer": (),
    "add": (),
    "consult": ("any",),
    "circulate": ("any",),
    "beside": False,
    "add_depth": 1,
    "claim_within": None,
    "assign": "",
    "take_back": "undecided",
    "effects": (),
    "split": "",
    "sub": "",
}
TOP = (
    *("min_deciders", "carry", "max_returns", "recall", "amount", "hops", "lapse", "counter"),
    *("fallback_repeats", "returner_chooses", "conflicts"),
)
POSTS = ("clerk", "supervisor", "head", "override")


def write(definition: Definition) -> str:
    """The definition in the documented format."""
    lines = [f"format = {FORMAT}", *_lines(_top(definition))]
    posts = [*_lines(_changed(definition.__dict__, dict.fromkeys(POSTS, "")))]
    if posts:
        lines += ["", "[posts]", *posts]
    for field in definition.fields:
        lines += ["", "[[fields]]", *_lines(_field(field))]
    for node in definition.nodes:
        lines += ["", "[[nodes]]", *_lines(_node(node))]
    return "\n".join(lines) + "\n"


def _lines(pairs: Pairs) -> Iterator[str]:
    return (f"{key} = {value}" for key, value in pairs)


def _changed(values: Mapping[str, object], plain: Mapping[str, object]) -> Pairs:
    """The entries that differ from their defaults."""
    for key, default in plain.items():
        if values[key] != default:
            yield key, _value(values[key])


def _top(definition: Definition) -> Pairs:
    yield "id", _value(definition.id)
    yield "name", _value(definition.name)
    yield "version", _value(definition.version)
    yield from _changed(definition.__dict__, {"kind": ""})
    yield from _changed(definition.__dict__, {key: NOTHING.__dict__[key] for key in TOP})


def _field(field: Field) -> Pairs:
    yield "name", _value(field.name)
    if field.label != field.name:
        yield "label", _value(field.label)
    keys = ("type", "many", "required", "options")
    yield from _changed(field.__dict__, {key: PLAIN_FIELD.__dict__[key] for key in keys})


def _node(node: Node) -> Pairs:
    yield "id", _value(node.id)
    yield "name", _value(node.name)
    yield "kind", _value(node.kind.value)
    if node.seats:
        yield "seats", _list(_table(_seat(seat)) for seat in node.seats)
    if node.rule != Rule():
        yield "rule", _rule(node.rule)
    if node.min_people != joint_minimum(node.rule, len(node.seats)):
        yield "min_people", _value(node.min_people)
    if node.relies is not None:
        yield "relies", _value(node.relies)
    yield from _changed(node.__dict__, PLAIN_NODE)
    if node.on_fail == "edge":
        yield "on_fail", _edges(node.fail_edges)
    elif node.on_fail != "end":
        yield "on_fail", _value(node.on_fail)
    if node.edges:
        yield "next", _edges(node.edges)


def _seat(seat: Seat) -> Pairs:
    yield seat.kind.value, _value(seat.ref)
    yield from _changed(seat.__dict__, {"name": "", **PLAIN_SEAT})


def _rule(rule: Rule) -> str:
    match rule.kind:
        case Counting.COUNT:
            return _table([("count", _value(rule.n))])
        case Counting.AT_LEAST | Counting.MORE_THAN:
            return _table([(rule.kind.value, _value(f"{rule.p}/{rule.q}"))])
        case _:
            return _value(rule.kind.value)


def _edges(edges: tuple[Edge, ...]) -> str:
    if len(edges) < 2:
        return _list(_table(_edge(edge)) for edge in edges)
    rows = [f"  {_table(_edge(edge))},\n" for edge in edges]
    return f"[\n{''.join(rows)}]"


def _edge(edge: Edge) -> Pairs:
    yield "to", _value(edge.to)
    if edge.when is not None:
        yield "when", _condition(edge.when)


def _condition(condition: Condition) -> str:
    match condition:
        case Row():
            words = [_value(condition.field), _value(condition.operator)]
            bare = condition.operator in {"empty", "filled"}
            return _list(words if bare else [*words, _value(condition.value)])
        case Not():
            return _table([("not", _condition(condition.part))])
        case All() | Any():
            word = "all" if isinstance(condition, All) else "any"
            return _table([(word, _list(_condition(part) for part in condition.parts))])
        case _:
            assert_never(condition)


def _list(items: Iterable[str]) -> str:
    return f"[{', '.join(items)}]"


def _table(pairs: Iterable[tuple[str, str]]) -> str:
    return f"{{ {', '.join(f'{key} = {value}' for key, value in pairs)} }}"


def _value(value: object | Value) -> str:
    if isinstance(value, Limit):
        return _value(_limit(value))
    if isinstance(value, tuple):
        return _list(_value(one) for one in value)
    return json.dumps(value, ensure_ascii=False)


def _limit(limit: Limit) -> str:
    if limit.unit == "days":
        return f"{limit.amount}d"
    if limit.amount % 60 == 0:
        return f"{limit.amount // 60}h"
    return f"{limit.amount}m"
