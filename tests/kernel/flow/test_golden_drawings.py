"""A process is drawn as it was drawn: to the last line, so that a change of place is meant.

The rules of a drawing (nothing overlaps, no text leaves its box) are in test_draw.py; these notice
that a picture people know has moved. See conftest.py for writing them anew.
"""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from zhongshu.kernel.flow.condition import Row
from zhongshu.kernel.flow.definition import Definition, Edge, Node, NodeKind, Seat, SeatKind
from zhongshu.kernel.flow.drawing import bpmn, in_words
from zhongshu.kernel.flow.drawing.draw import draw
from zhongshu.kernel.flow.drawing.layout import Box, Link, arrange
from zhongshu.kernel.flow.drawing.routing import route

from .test_draw import shipped
from .test_in_words import NODE, OF_NODE, OF_SEAT, OLD, WHOLE
from .test_shipped import NAMES
from .world import RECORD

POSTS = {"unit:office": "办公室", "office_head": "办公室主任", "finance": "财务科"}
REMARK = "这里只有一个人能办，没有 B 角"


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_process(name: str) -> None:
    definition = shipped(name)
    marks = {node.id: REMARK for node in definition.nodes[1:4]}
    RECORD.append(draw(definition, marks=marks))
    RECORD.append(draw(definition, dark_too=False))
    RECORD.append(bpmn.write(definition, POSTS))


@pytest.mark.parametrize("name", NAMES)
def test_the_words_of_a_shipped_process(name: str) -> None:
    definition = shipped(name)
    RECORD.append(f"{in_words.whole(definition, POSTS)}")
    RECORD.extend(f"{in_words.node(definition, node, POSTS)}" for node in definition.nodes)
    RECORD.append(f"{in_words.differences(OLD, definition, POSTS)}")


def test_the_words_of_everything_that_can_be_set() -> None:
    for key, value in OF_NODE.items():
        RECORD.append(f"{in_words.node(OLD, replace(NODE, **{key: value}), POSTS)}")
    for key, value in OF_SEAT.items():
        seats = tuple(replace(seat, **{key: value}) for seat in NODE.seats)
        RECORD.append(f"{in_words.node(OLD, replace(NODE, seats=seats), POSTS)}")
    for key, value in WHOLE.items():
        RECORD.append(f"{in_words.whole(replace(OLD, **{key: value}), POSTS)}")


@pytest.mark.parametrize("seed", range(8))
def test_a_process_of_all_kinds(seed: int) -> None:
    dice = random.Random(seed)
    nodes = [_node(dice, number, kind) for number, kind in enumerate([*NodeKind, *NodeKind])]
    definition = Definition(f"p{seed}", "各种环节的流程" * dice.randrange(1, 8), 1, tuple(nodes))
    RECORD.append(draw(definition, marks={node.id: REMARK for node in dice.sample(nodes, 5)}))
    RECORD.append(draw(replace(definition, name="")))
    RECORD.append(bpmn.write(definition))


def _node(dice: random.Random, number: int, kind: NodeKind) -> Node:
    edges = tuple(
        Edge(
            f"n{dice.randrange(16)}", dice.choice((None, Row("sum", ">", 10 ** dice.randrange(9))))
        )
        for _ in range(dice.randrange(4))
    )
    seats = tuple(
        Seat(SeatKind.POST, f"post{at}", "某处负责同志" * dice.randrange(1, 4))
        for at in range(dice.randrange(4))
    )
    name = "会签审核意见" * dice.randrange(5)
    return Node(f"n{number}", name, kind, edges, seats, fallback=dice.choice(("", "clerk")))


@pytest.mark.parametrize("seed", range(24))
def test_the_places_of_boxes_and_lines(seed: int) -> None:
    dice = random.Random(seed)
    names = "abcdefghijklmn"[: dice.randrange(2, 15)]
    boxes = {name: Box(dice.randrange(20, 200), dice.randrange(20, 90)) for name in names}
    links = [
        Link(
            *dice.choices(names, k=2),
            Box(dice.randrange(120), 20) if dice.random() < 0.4 else Box(0, 0),
        )
        for _ in range(dice.randrange(1, 2 * len(names)))
    ]
    grid = arrange(boxes, links)
    RECORD.append(f"{grid.rows} {grid.heights} {grid.chains} {sorted(grid.back)}")
    plan = route(grid)
    RECORD.append(f"{plan.tops} {plan.width} {plan.height} {sorted(plan.x.items())}")
    RECORD.append(f"{plan.lines}")
