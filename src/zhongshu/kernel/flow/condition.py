"""Conditions as rows of field, operator, value: a closed grammar, nothing is evaluated. 条件.

A condition is a `Row`, or `All`, `Any` or `Not` of conditions. A comparison with a field that is
not filled in is false, whatever the operator, except `empty`; so `not` is the only way to ask for
the absence of a value together with something else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, assert_never

Value = bool | int | str | tuple[str, ...]
Operator = Literal["=", "!=", "<", "<=", ">", ">=", "in", "not in", "has", "empty", "filled"]

ORDERED: frozenset[str] = frozenset({"<", "<=", ">", ">="})
BY_TYPE: Mapping[str, frozenset[str]] = {
    "number": frozenset({"=", "!=", "empty", "filled"}) | ORDERED,  # lists hold texts only
    "date": frozenset({"=", "!=", "in", "not in", "empty", "filled"}) | ORDERED,
    "text": frozenset({"empty", "filled"}),
    "file": frozenset({"empty", "filled"}),
    "flag": frozenset({"=", "empty", "filled"}),
    "choice": frozenset({"=", "!=", "in", "not in", "empty", "filled"}),
    "person": frozenset({"=", "!=", "in", "not in", "empty", "filled"}),
    "post": frozenset({"=", "!=", "in", "not in", "empty", "filled"}),
    "unit": frozenset({"=", "!=", "in", "not in", "empty", "filled"}),
}
MANY: frozenset[str] = frozenset({"has", "empty", "filled"})


@dataclass(frozen=True)
class Row:
    """One comparison. `value` is a tuple for `in` and `not in`, and unused for `empty`."""

    field: str
    operator: Operator
    value: Value = ""


@dataclass(frozen=True)
class All:
    """Every part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Any:
    """At least one part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Not:
    """The part does not hold."""

    part: Condition


Condition = Row | All | Any | Not


def holds(condition: Condition | None, values: Mapping[str, Value]) -> bool:
    """Whether the condition is true of a form; no condition always is."""
    match condition:
        case None:
            return True
        case Row():
            return _row(condition, values.get(condition.field))
        case All():
            return all(holds(part, values) for part in condition.parts)
        case Any():
            return any(holds(part, values) for part in condition.parts)
        case Not():
            return not holds(condition.part, values)
        case _:
            assert_never(condition)


def rows(condition: Condition | None) -> Iterator[Row]:
    """All comparisons in a condition."""
    match condition:
        case None:
            return
        case Row():
            yield condition
        case Not():
            yield from rows(condition.part)
        case All() | Any():
            for part in condition.parts:
                yield from rows(part)
        case _:
            assert_never(condition)


def depth(condition: Condition) -> int:
    """How deep the condition is nested; a row is 1."""
    match condition:
        case Row():
            return 1
        case Not():
            return 1 + depth(condition.part)
        case All() | Any():
            return 1 + max((depth(part) for part in condition.parts), default=0)
        case _:
            assert_never(condition)


def is_empty(value: Value | None) -> bool:
    """Not filled in: absent, an empty text or an empty list. Zero and `false` are values."""
    return value is None or value in ("", ())


def _row(row: Row, value: Value | None) -> bool:
    if row.operator == "empty":
        return is_empty(value)
    if value is None or is_empty(value):
        return False
    return row.operator == "filled" or _compare(row, value)


def _compare(row: Row, value: Value) -> bool:
    other = row.value
    match row.operator:
        case "=":
            return value == other
        case "!=":
            return value != other
        case "in":
            return isinstance(other, tuple) and value in other
        case "not in":
            return isinstance(other, tuple) and value not in other
        case "has":
            return isinstance(value, tuple) and other in value
        case _:
            return _ordered(row.operator, value, other)


def _ordered(operator: str, value: Value, other: Value) -> bool:
    if type(value) is not type(other) or isinstance(value, tuple):
        return False
    less, equal = value < other, value == other  # type: ignore[operator]  # of one type
    match operator:
        case "<":
            return less
        case "<=":
            return less or equal
        case ">":
            return not (less or equal)
        case _:
            return not less
