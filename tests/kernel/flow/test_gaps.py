"""Conditions: gaps are found exactly, with the smallest case; edges never taken are told."""

from __future__ import annotations

import random
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhongshu.kernel.flow.condition import All, Condition, Not, Row, Value, holds
from zhongshu.kernel.flow.condition import Any as Some
from zhongshu.kernel.flow.definition import Definition, Edge, Field, Node, NodeKind
from zhongshu.kernel.flow.findings import Finding, finding, warning
from zhongshu.kernel.flow.release import gaps
from zhongshu.kernel.flow.release.graph import Place
from zhongshu.kernel.flow.release.naming import row_faults

from .readable import some
from .world import node, process

FORM = (
    Field("n", "n", "number", required=True),
    Field("m", "m", "number"),
    Field("d", "d", "date", required=True),
    Field("f", "f", "flag", required=True),
    Field("c", "c", "choice", options=("p", "q", "r"), required=True),
    Field("t", "t", "text", required=True),
    Field("who", "who", "person", required=True),
    Field("tags", "tags", "choice", many=True, options=("p", "q"), required=True),
    Field("flags", "flags", "flag", many=True, required=True),
    Field("names", "names", "text", many=True, required=True),
    *(Field(f"x{i}", "x", "flag") for i in range(12)),
)


def at(*conditions: Condition | None, kind: NodeKind = NodeKind.DECIDE, **kw: Any) -> Definition:
    edges = tuple(Edge(f"z{i}", when) for i, when in enumerate(conditions))
    ends = [Node(edge.to, "z", NodeKind.END) for edge in edges]
    seats = () if kind in {NodeKind.INCLUSIVE, NodeKind.SPLIT} else ("li",)
    return process(node("x", edges, *seats, kind=kind), *ends, fields=FORM, **kw)


def found(definition: Definition) -> list[Finding]:
    return list(gaps.check(definition).findings)


def gap(*witness: str) -> Finding:
    return finding("gap", "x", key="next")._replace(witness=witness)


def never(code: str, number: int) -> Finding:
    told = finding(code, "x", key="next", number=number, node=f"z{number - 1}")
    return told._replace(severity="warning")


N = [Row("n", op, 5) for op in ("<", "<=", ">", ">=", "=", "!=")]


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ((None,), []),
        ((N[0], N[3]), []),
        ((Row("n", "empty"),), [gap("n=0"), never("never_true", 1)]),
        ((Row("d", "empty"),), [gap("d=2026-01-01"), never("never_true", 1)]),
        ((Row("d", "=", "0001-01-01"), None), []),
        ((Row("d", "=", "9999-12-31"), None), []),
        ((N[0], N[2]), [gap("n=5")]),
        ((N[1], N[2]), []),
        ((N[4],), [gap("n=4")]),
        ((N[5],), [gap("n=5")]),
        ((N[4], N[5]), []),
        ((N[0], None), []),
        ((N[1], N[0], None), [never("never_taken", 2)]),
        ((All((N[0], N[2])), None), [never("never_true", 1)]),
        ((N[0], N[3], None), [never("never_taken", 3)]),
        ((Row("n", "<", 5), Row("n", ">", 6)), [gap("n=5")]),
        ((Row("n", "<=", 5), Row("n", ">=", 6)), []),
        ((Row("n", "<=", 5), Row("n", ">=", 7)), [gap("n=6")]),
        ((Row("n", "<", 10**18 - 1), Row("n", "=", 10**18 - 1)), []),
        ((Row("n", ">", 1 - 10**18), Row("n", "=", 1 - 10**18)), []),
        ((Row("n", "filled"),), []),
        ((Row("n", "empty"), None), [never("never_true", 1)]),
        ((Row("m", "filled"),), [gap("m=")]),
        ((Row("m", "<", 5), Row("m", ">=", 5)), [gap("m=")]),
        ((Row("m", "<", 5), Not(Row("m", "<", 5))), []),
        ((Row("d", "<", "2026-03-01"), Row("d", ">", "2026-03-01")), [gap("d=2026-03-01")]),
        ((Row("d", "<=", "2026-02-28"), Row("d", ">=", "2026-03-01")), []),
        ((Row("d", "<=", "2028-02-28"), Row("d", ">=", "2028-03-01")), [gap("d=2028-02-29")]),
        ((Row("d", "in", ("2026-01-01", "2026-01-03")),), [gap("d=2025-12-31")]),
        ((Row("d", ">=", "0001-01-01"),), []),
        ((Row("d", "<=", "9999-12-31"),), []),
        ((Row("d", "filled"),), []),
        ((Row("f", "=", True), Row("f", "=", False)), []),
        ((Row("f", "=", True),), [gap("f=false")]),
        ((Row("f", "=", False),), [gap("f=true")]),
        ((Row("c", "=", "p"), Row("c", "in", ("q", "r"))), []),
        ((Row("c", "=", "p"), Row("c", "=", "q")), [gap("c=r")]),
        ((Row("c", "not in", ("p",)),), [gap("c=p")]),
        ((Row("t", "filled"),), []),
        ((Row("who", "=", "li"),), [gap("who=other1")]),
        ((Row("who", "in", ("li", "other1")),), [gap("who=other2")]),
        ((Row("who", "!=", "li"),), [gap("who=li")]),
        ((Row("tags", "has", "p"), Row("tags", "has", "q")), []),
        ((Row("tags", "has", "p"),), [gap("tags=q")]),
        ((All((Row("tags", "has", "p"), Row("tags", "has", "q"))),), [gap("tags=p")]),
        ((Not(All((Row("tags", "has", "p"), Row("tags", "has", "q")))),), [gap("tags=p,q")]),
        ((Row("flags", "has", True), Row("flags", "has", False)), []),
        ((Row("flags", "has", True),), [gap("flags=false")]),
        ((Row("flags", "has", False),), [gap("flags=true")]),
        ((Not(Row("flags", "has", True)),), [gap("flags=true")]),
        ((Row("names", "has", "li"),), [gap("names=other1")]),
        (
            (All((N[0], Row("f", "=", True))), All((N[3], Row("f", "=", False)))),
            [gap("f=true", "n=5")],
        ),
        ((All((N[0], Row("f", "=", True))), N[3]), [gap("f=false", "n=4")]),
        ((Some((N[4], Row("m", "=", 1))),), [gap("m=0", "n=4")]),
        ((All((N[4], N[5])), Row("f", "=", True)), [gap("f=false"), never("never_true", 1)]),
    ],
)
def test_gaps(conditions: tuple[Condition | None, ...], expected: list[Finding]) -> None:
    assert found(at(*conditions)) == expected


def test_a_gap_says_where_it_is() -> None:
    fails = node("x", "end", "li", on_fail="edge", fail_edges=(Edge("end", Row("f", "=", True)),))
    assert found(process(fails, fields=FORM)) == [
        finding("gap", "x", key="on_fail")._replace(witness=("f=false",))
    ]


def test_the_else_stands_last() -> None:
    assert found(at(None, Row("n", "<", 5))) == [
        finding("else_not_last", "x", number=1, node="z0"),
        never("never_taken", 2),
    ]
    assert found(at(None, None))[0] == finding("else_not_last", "x", number=1, node="z0")


def test_a_split_takes_every_branch() -> None:
    split = at(None, Row("f", "=", True), None, kind=NodeKind.SPLIT)
    assert found(split) == [finding("condition_ignored", "x", number=2, node="z1")]
    assert gaps.check(split).dead == frozenset()


def test_an_inclusive_split_may_take_several() -> None:
    true = Row("f", "=", True)
    kind = NodeKind.INCLUSIVE
    assert found(at(true, true, None, kind=kind)) == []
    assert found(at(true, kind=kind)) == [gap("f=false")]
    assert found(at(true, Row("f", "=", False), None, kind=kind)) == [never("never_taken", 3)]
    assert found(at(All((N[0], N[2])), None, kind=kind)) == [never("never_true", 1)]


def test_dead_edges_are_handed_on() -> None:
    report = gaps.check(at(N[1], N[0], None))
    assert report.dead == {Place("x", "next", 1)}


def test_rows_that_are_wrong_are_not_tried() -> None:
    assert found(at(Row("n", "=", "5"))) == []
    assert found(at(Row("zz", "=", "5"))) == []
    assert found(at()) == []


def test_what_cannot_be_tried_hides_nothing_behind_it() -> None:
    gappy = {"on_fail": "edge", "fail_edges": (Edge("end", N[0]),)}
    wrong = node("w", (Edge("v", Row("n", "=", "5")),), "li", **gappy)
    many = node("v", (Edge("end", MANY),), "li", **gappy)
    told = [(one.where, one.code) for one in found(process(wrong, many, fields=FORM))]
    assert told == [("w", "gap"), ("v", "too_many_cases"), ("v", "gap")]


def test_rows_that_compare_with_nothing_hide_no_constant() -> None:
    assert gaps.constants([Row("n", "filled"), Row("n", "<", 5), Row("n", "in", (5, 7))]) == (5, 7)


MANY: Condition = All(tuple(Row(f"x{i}", "=", True) for i in range(12)))  # 3 ** 12 cases


def test_too_many_cases_ask_for_an_else() -> None:
    assert found(at(MANY)) == [finding("too_many_cases", "x", key="next", most=20_000)]
    assert found(at(MANY, None)) == [warning("not_tried", "x", key="next", most=20_000)]
    names = All(tuple(Row("names", "has", f"p{i}") for i in range(60)))
    assert found(at(names)) == [finding("too_many_cases", "x", key="next", most=20_000)]


def test_all_edges_together_have_a_budget() -> None:
    nine = All(tuple(Row(f"x{i}", "=", True) for i in range(8)))  # at most 4 ** 8 / 3 ** 8 cases
    part = Some((nine, Not(nine)))
    nodes = [node(f"y{i}", (Edge("end", part),), "li") for i in range(30)]
    codes = {one.code for one in gaps.check(process(*nodes, fields=FORM)).findings}
    assert "too_many_cases" in codes


def test_a_large_gap_is_shown_without_making_it_smaller() -> None:
    never_true = All((*(Row(f"x{i}", "=", True) for i in range(6)), Row("x0", "=", False)))
    (told, *_) = found(at(never_true))
    assert told.code == "gap"
    assert told.witness == ("x5=true",)  # 3 ** 5 cases were tried, 3 ** 6 are too many


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, True),
        ({"edits": ("n",)}, True),
        ({"edits": ("m",)}, False),
    ],
)
def test_required_means_filled_in_only_for_what_the_drafter_writes(
    change: dict[str, Any], expected: bool
) -> None:
    definition = at(Row("n", "filled"), None)
    nodes = (definition.nodes[0].__class__(**{**_plain(definition.nodes[0]), **change}),)
    again = Definition("t", "t", 1, (*nodes, *definition.nodes[1:]), FORM)
    assert ("n" in gaps.certain(again)) == expected


def test_required_is_not_certain_when_somebody_else_may_empty_it() -> None:
    task = node("x", "end", "li", kind=NodeKind.TASK, edits=("n",))
    assert "n" not in gaps.certain(process(task, fields=FORM))
    assert "c" in gaps.certain(process(task, fields=FORM))
    assert "m" not in gaps.certain(process(task, fields=FORM))


def _plain(one: Node) -> dict[str, Any]:
    return {name: one.__dict__[name] for name in one.__dataclass_fields__}


# --- against all forms, one by one: an oracle that knows nothing of cells

SMALL: dict[str, list[Value | None]] = {
    "n": [*range(-1, 8)],
    "m": [None, *range(-1, 8)],
    "f": [True, False],
    "c": ["p", "q", "r"],
    "tags": [("p",), ("q",), ("p", "q")],
}
ROWS = st.one_of(
    st.builds(
        Row,
        st.sampled_from(["n", "m"]),
        st.sampled_from(["=", "!=", "<", "<=", ">", ">="]),
        st.integers(0, 6),
    ),
    st.builds(Row, st.sampled_from(["m", "c", "f"]), st.sampled_from(["empty", "filled"])),
    st.builds(Row, st.just("f"), st.just("="), st.booleans()),
    st.builds(Row, st.just("c"), st.sampled_from(["=", "!="]), st.sampled_from("pqr")),
    st.builds(
        Row,
        st.just("c"),
        st.sampled_from(["in", "not in"]),
        st.lists(st.sampled_from("pqr"), min_size=1).map(tuple),
    ),
    st.builds(Row, st.just("tags"), st.just("has"), st.sampled_from("pq")),
)
CONDITIONS: st.SearchStrategy[Condition] = st.recursive(
    ROWS,
    lambda inside: st.one_of(
        st.builds(Not, inside),
        st.builds(All, st.lists(inside, min_size=1, max_size=2).map(tuple)),
        st.builds(Some, st.lists(inside, min_size=1, max_size=2).map(tuple)),
    ),
    max_leaves=4,
)


@some
@given(st.lists(st.one_of(st.none(), CONDITIONS), min_size=1, max_size=3), st.booleans())
def test_gaps_and_dead_edges_agree_with_trying_every_form(
    conditions: list[Condition | None], inclusive: bool
) -> None:
    kind = NodeKind.INCLUSIVE if inclusive else NodeKind.DECIDE
    report = gaps.check(at(*conditions, kind=kind))
    taken: set[int] = set()
    is_gap = False
    for values in product(*SMALL.values()):
        form = {k: v for k, v in zip(SMALL, values, strict=True) if v is not None}
        held = [i for i, when in enumerate(conditions) if holds(when, form)]
        is_gap |= not held
        if inclusive:
            strict = [i for i in held if conditions[i] is not None]
            taken.update(strict or held)
        else:
            taken.update(held[:1])
    assert is_gap == any(one.code == "gap" for one in report.findings)
    assert {place.number for place in report.dead} == set(range(len(conditions))) - taken
    for one in report.findings:
        if one.code == "gap":
            _is_a_gap(conditions, one.witness)


def _is_a_gap(conditions: list[Condition | None], witness: tuple[str, ...]) -> None:
    """Every form that agrees with the witness has no way on."""
    fixed = dict(pair.split("=") for pair in witness)
    rng = random.Random(0)
    for _ in range(20):
        form: dict[str, Value] = {}
        for name, options in SMALL.items():
            value = rng.choice(options)
            if name in fixed:
                value = _read(name, fixed[name])
            if value is not None:
                form[name] = value
        assert not any(holds(when, form) for when in conditions), (witness, form)


def _read(name: str, text: str) -> Value | None:
    if not text:
        return None
    if name in {"n", "m"}:
        return int(text)
    if name == "f":
        return text == "true"
    return tuple(text.split(",")) if name == "tags" else text


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (Row("zz", "=", 1), ["unknown_field"]),
        (Row("n", "in", ("1",)), ["operator_misfit"]),
        (Row("names", "=", "li"), ["operator_misfit"]),
        (Row("t", "=", "li"), ["operator_misfit"]),
        (Row("n", "=", True), ["value_misfit"]),
        (Row("n", "=", 10**18), ["value_misfit"]),
        (Row("n", "=", -(10**18)), ["value_misfit"]),
        (Row("n", "=", 10**18 - 1), []),
        (Row("n", "=", ("1",)), ["value_misfit"]),
        (Row("f", "=", 1), ["value_misfit"]),
        (Row("f", "=", True), []),
        (Row("c", "=", "z"), ["value_misfit"]),
        (Row("c", "in", ("p", "z", "y")), ["value_misfit", "value_misfit"]),
        (Row("c", "in", ()), ["value_misfit"]),
        (Row("c", "in", "p"), ["value_misfit"]),
        (Row("c", "in", ("p", "q")), []),
        (Row("d", "=", "2026-02-30"), ["value_misfit"]),
        (Row("d", "=", "20260203"), ["value_misfit"]),
        (Row("d", "=", "2026-02-03"), []),
        (Row("d", "=", 20260203), ["value_misfit"]),
        (Row("who", "=", ""), ["value_misfit"]),
        (Row("who", "=", "li"), []),
        (Row("tags", "has", "p"), []),
        (Row("tags", "has", "z"), ["value_misfit"]),
        (Row("flags", "has", True), []),
        (Row("t", "empty"), []),
    ],
)
def test_rows_fit_their_fields(row: Row, expected: list[str]) -> None:
    assert [code for code, _ in row_faults(process(node("x"), fields=FORM), row)] == expected


def test_long_values_are_cut_in_what_is_told() -> None:
    definition = process(node("x"), fields=FORM)
    faults = list(row_faults(definition, Row("c", "=", "z" * 99)))
    assert faults == [("value_misfit", "z" * 60)]
    faults = list(row_faults(definition, Row("n", "=", ("a", "b"))))
    assert faults == [("value_misfit", "a, b")]
    faults = list(row_faults(definition, Row("n", "=", ("a" * 99, "b"))))
    assert faults == [("value_misfit", "a" * 60)]
