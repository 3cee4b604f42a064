"""Two versions side by side: nothing that can be set is silent when it changes."""

from __future__ import annotations

from dataclasses import fields, replace
from importlib.resources import files
from typing import Any

import pytest

from zhongshu.kernel.flow.condition import Row
from zhongshu.kernel.flow.definition import (
    Counting,
    Definition,
    Edge,
    Field,
    Node,
    NodeKind,
    Rule,
    Seat,
    SeatKind,
)
from zhongshu.kernel.flow.drawing.in_words import differences
from zhongshu.kernel.flow.text.format import read
from zhongshu.kernel.worktime import Limit

TEXT = files("zhongshu.config").joinpath("flows", "expense.toml").read_text("utf-8")
FLOW = read(TEXT)
assert isinstance(FLOW, Definition)
NODE = replace(
    FLOW.by_id["accounting"],
    kind=NodeKind.DECIDE,
    seats=(*FLOW.by_id["accounting"].seats, Seat(SeatKind.RELATION, "unit_head", "负责人")),
)
HOLD = tuple(NODE if node.id == NODE.id else node for node in FLOW.nodes)
OLD = replace(FLOW, nodes=HOLD)
WHOLE: dict[str, Any] = {
    "name": "别的", "kind": "other", "conflicts": (), "min_deciders": 3, "carry": "replay",
    "max_returns": 9, "recall": "never", "amount": "verified", "clerk": "x", "supervisor": "x",
    "head": "x", "override": "x", "hops": 2, "lapse": Limit(3, "days"), "returner_chooses": False,
    "counter": Limit(3, "days"), "fallback_repeats": True, "fields": FLOW.fields[1:],
    "nodes": HOLD[1:],
}  # fmt: skip
OF_NODE: dict[str, Any] = {
    "name": "别的", "kind": NodeKind.TASK, "edges": (Edge("end"),), "seats": NODE.seats[:1],
    "rule": Rule(Counting.COUNT, n=2), "race": True, "hold_open": True, "abstain": True,
    "min_people": 2, "limit": Limit(9, "days"), "relies": (), "edits": ("minutes",),
    "always_fresh": True, "delegable": False, "on_fail": "end", "returns": (), "fallback": "x",
    "transfer": ("unit",), "add": ("unit:x",), "consult": (), "circulate": ("unit",),
    "beside": True, "add_depth": 2, "claim_within": Limit(1, "days"), "assign": "x",
    "take_back": "never", "effects": ("pay",), "split": "by_kind", "sub": "x",
}  # fmt: skip
OF_SEAT: dict[str, Any] = {
    "kind": SeatKind.FIELD, "ref": "unit_leader", "name": "别的", "weight": 2, "veto": True,
    "duty": "x", "not_own_unit": True, "above_initiator": True,
}  # fmt: skip
OF_FIELD: dict[str, Any] = {
    "label": "别的", "type": "text", "many": True, "required": False, "options": ("一",),
}  # fmt: skip


def of_node(node: Node) -> Definition:
    return replace(OLD, nodes=tuple(node if one.id == node.id else one for one in HOLD))


def test_everything_that_can_be_set_is_tried() -> None:
    assert {one.name for one in fields(Definition)} - {"id", "version"} == {*WHOLE}
    assert {one.name for one in fields(Node)} - {"id", "fail_edges"} == {*OF_NODE}
    assert {one.name for one in fields(Seat)} == {*OF_SEAT}
    assert {one.name for one in fields(Field)} - {"name"} == {*OF_FIELD}
    assert differences(OLD, OLD, {}) == ()


@pytest.mark.parametrize("key", sorted(WHOLE))
def test_of_the_whole(key: str) -> None:
    assert differences(OLD, replace(OLD, **{key: WHOLE[key]}), {})


@pytest.mark.parametrize("key", sorted(OF_NODE))
def test_of_a_step(key: str) -> None:
    assert differences(OLD, of_node(replace(NODE, **{key: OF_NODE[key]})), {})


@pytest.mark.parametrize("key", sorted(OF_SEAT))
def test_of_a_seat(key: str) -> None:
    seat = replace(NODE.seats[1], **{key: OF_SEAT[key]})
    assert differences(OLD, of_node(replace(NODE, seats=(NODE.seats[0], seat))), {})


@pytest.mark.parametrize("key", sorted(OF_FIELD))
def test_of_a_field(key: str) -> None:
    assert isinstance(FLOW, Definition)
    field = replace(FLOW.fields[1], **{key: OF_FIELD[key]})
    assert differences(OLD, replace(OLD, fields=(FLOW.fields[0], field, *FLOW.fields[2:])), {})


def test_of_conditions_and_refusals() -> None:
    when = (Edge("pay_approve", Row("verified", "<=", 1)), *NODE.edges[1:])
    assert differences(OLD, of_node(replace(NODE, edges=when)), {})
    assert differences(OLD, of_node(replace(NODE, on_fail="edge", fail_edges=when)), {})


def test_what_a_seat_refers_to_is_told_beside_its_name() -> None:
    seats = (
        Seat(SeatKind.FIELD, "reason", "甲"),
        Seat(SeatKind.FIELD, "gone", "乙"),
        Seat(SeatKind.POST, "cashier", "丙"),
    )
    joined = replace(NODE, seats=seats, split="nowhere")
    found = {
        one.label[0]: one.after for one in differences(OLD, of_node(joined), {"cashier": "出纳"})
    }
    assert found["谁办"] == "甲（字段：事由）；乙（字段：gone）；丙（岗位：出纳）"
    assert found["汇合"] == "nowhere"
