"""Conditions: what each operator means, and that nothing but `empty` is true of a missing value."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhongshu.kernel.flow.condition import (
    BY_TYPE,
    MANY,
    All,
    Condition,
    Not,
    Row,
    Value,
    depth,
    holds,
    is_empty,
    rows,
)
from zhongshu.kernel.flow.condition import Any as Some

from .readable import some

R = Row("a", "filled")


@pytest.mark.parametrize(
    ("value", "operator", "other", "expected"),
    [
        (5, "=", 5, True),
        (5, "=", 6, False),
        (5, "!=", 6, True),
        (5, "!=", 5, False),
        (4, "<", 5, True),
        (5, "<", 5, False),
        (5, "<=", 5, True),
        (6, "<=", 5, False),
        (4, "<=", 5, True),
        (6, ">", 5, True),
        (5, ">", 5, False),
        (4, ">", 5, False),
        (5, ">=", 5, True),
        (6, ">=", 5, True),
        (4, ">=", 5, False),
        ("2026-01-02", "<", "2026-01-03", True),
        ("2026-01-03", "<", "2026-01-03", False),
        ("5", "<", 6, False),
        (True, "<", 6, False),
        (("a",), "<", ("b",), False),
        ("x", "in", ("x", "y"), True),
        ("z", "in", ("x", "y"), False),
        ("x", "in", "xyz", False),
        ("z", "not in", ("x", "y"), True),
        ("x", "not in", ("x", "y"), False),
        ("a", "not in", "xyz", False),
        (("x", "y"), "has", "x", True),
        (("x", "y"), "has", "z", False),
        ("xyz", "has", "x", False),
        (0, "filled", "", True),
        (False, "filled", "", True),
        (0, "empty", "", False),
        (False, "empty", "", False),
        ("", "filled", "", False),
        ((), "filled", "", False),
        ("", "empty", "", True),
        ((), "empty", "", True),
        (None, "empty", "", True),
        (None, "filled", "", False),
    ],
)
def test_a_row(value: Value | None, operator: str, other: Value, expected: bool) -> None:
    form = {} if value is None else {"a": value}
    assert holds(Row("a", operator, other), form) == expected  # type: ignore[arg-type]


@some
@given(
    st.sampled_from(sorted({op for ops in BY_TYPE.values() for op in ops} | MANY)),
    st.one_of(st.booleans(), st.integers(), st.text(), st.lists(st.text()).map(tuple)),
    st.sampled_from([{}, {"a": ""}, {"a": ()}, {"b": 1}]),
)
def test_nothing_but_empty_is_true_of_a_missing_value(
    operator: str, other: Value, form: dict[str, Value]
) -> None:
    assert holds(Row("a", operator, other), form) == (operator == "empty")  # type: ignore[arg-type]


def test_parts() -> None:
    yes, no = Row("a", "empty"), Row("a", "filled")
    assert holds(None, {})
    assert holds(All((yes, yes)), {})
    assert not holds(All((yes, no)), {})
    assert holds(Some((no, yes)), {})
    assert not holds(Some((no, no)), {})
    assert holds(Not(no), {})
    assert not holds(Not(yes), {})
    assert holds(All(()), {})
    assert not holds(Some(()), {})


@pytest.mark.parametrize(
    ("condition", "deep", "many"),
    [
        (R, 1, 1),
        (Not(R), 2, 1),
        (All((R, R)), 2, 2),
        (Some((R, Not(Not(R)))), 4, 2),
        (All(()), 1, 0),
    ],
)
def test_how_deep_and_how_many(condition: Condition, deep: int, many: int) -> None:
    assert depth(condition) == deep
    assert list(rows(condition)) == [R] * many


def test_no_condition_has_no_rows() -> None:
    assert list(rows(None)) == []


def test_zero_and_false_are_values() -> None:
    assert [is_empty(value) for value in (None, "", (), 0, False, "x", ("",))] == [
        *(True, True, True, False, False, False, False)
    ]
