"""What the form has settled is no longer open: exactly the ways that the engine can still take."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from zhongshu.kernel.duties.from_flow.filled import as_filled, deciding_fields
from zhongshu.kernel.duties.from_flow.ways import ways_of
from zhongshu.kernel.flow.condition import Row, Value
from zhongshu.kernel.flow.definition import (
    Definition,
    Edge,
    Field,
    Node,
    NodeKind,
    Seat,
    SeatKind,
)

SEAT = (Seat(SeatKind.POST, "x"),)
FIELDS = (
    Field("sum", "金额", "number"),
    Field("kind", "类", "text"),
    Field("late", "后填", "flag"),
)


def decide(name: str, *edges: Edge, **more: object) -> Node:
    return Node(name, name, NodeKind.DECIDE, edges, SEAT, **more)  # type: ignore[arg-type]


def flow(*nodes: Node) -> Definition:
    draft = Node("draft", "拟", NodeKind.DRAFT, (Edge(nodes[0].id),))
    end = Node("end", "完", NodeKind.END)
    return Definition("f", "F", 1, (draft, *nodes, end), FIELDS)


def ways(one: Definition, values: Mapping[str, Value]) -> set[str]:
    found = ways_of(as_filled(one, values))
    return {"+".join(sorted(step[0] for step in way if step != "draft")) for way in found}


ORDERED = flow(
    decide("a", Edge("b", Row("sum", ">", 10)), Edge("c", Row("late", "=", True)), Edge("end")),
    decide("b", Edge("end")),
    decide("c", Edge("end"), edits=("late",)),
)
SPLIT = Node(
    "s",
    "并",
    NodeKind.INCLUSIVE,
    (
        Edge("p", Row("sum", ">", 10)),
        Edge("q", Row("kind", "=", "q")),
        Edge("r", Row("late", "=", True)),
        Edge("j"),
    ),
)
JOIN = Node("j", "合", NodeKind.JOIN, (Edge("end"),), split="s")


def inclusive(*, late: bool) -> Definition:
    edits = ("late",) if late else ()
    return flow(
        SPLIT,
        decide("p", Edge("j"), edits=edits),
        decide("q", Edge("j")),
        decide("r", Edge("j")),
        JOIN,
    )


def test_only_fields_that_no_later_step_fills_settle_anything() -> None:
    assert deciding_fields(ORDERED) == ("sum",)
    assert deciding_fields(inclusive(late=False)) == ("kind", "late", "sum")


@pytest.mark.parametrize(
    ("values", "left"),
    [({"sum": 20}, {"a+b"}), ({"sum": 5}, {"a+c", "a"}), ({}, {"a+c", "a"})],
)
def test_of_edges_in_order_those_stay_that_may_be_first(
    values: Mapping[str, Value], left: set[str]
) -> None:
    assert ways(ORDERED, values) == left


@pytest.mark.parametrize(
    ("values", "left"),
    [
        ({"sum": 20, "kind": "q", "late": True}, {"p+q+r"}),
        ({"sum": 20}, {"p"}),
        ({"sum": 5, "kind": "x"}, {""}),
    ],
)
def test_an_inclusive_split_that_is_settled_takes_what_it_takes(
    values: Mapping[str, Value], left: set[str]
) -> None:
    assert ways(inclusive(late=False), values) == left


@pytest.mark.parametrize(
    ("values", "left"),
    [
        ({"sum": 20, "kind": "x"}, {"p", "p+r", "r"}),
        ({"sum": 5, "kind": "x"}, {"r", ""}),
    ],
)
def test_an_inclusive_split_that_is_half_settled_loses_what_is_certain(
    values: Mapping[str, Value], left: set[str]
) -> None:
    assert ways(inclusive(late=True), values) == left


def test_nothing_is_lost_where_nothing_is_settled() -> None:
    straight = flow(decide("a", Edge("b")), decide("b", Edge("end")))
    assert ways(straight, {}) == {"a+b"}
    assert deciding_fields(straight) == ()
