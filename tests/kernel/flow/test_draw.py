"""Drawings: nothing overlaps, no text leaves its box, no line runs through a box or on another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, pairwise
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from zhongshu.kernel.flow.condition import All, Not, Row
from zhongshu.kernel.flow.condition import Any as Some
from zhongshu.kernel.flow.definition import (
    Counting,
    Definition,
    Edge,
    Field,
    Limit,
    Node,
    NodeKind,
    Rule,
    Seat,
    SeatKind,
)
from zhongshu.kernel.flow.drawing import node_words as words
from zhongshu.kernel.flow.drawing.draw import describe, draw, is_drawable
from zhongshu.kernel.flow.drawing.layout import Box, Cell, Grid, Link, arrange, loops
from zhongshu.kernel.flow.drawing.routing import Plan, Point, route
from zhongshu.kernel.flow.text.format import read

from .readable import some
from .test_shipped import FLOWS, NAMES
from .world import END, node, process

SVG = "{http://www.w3.org/2000/svg}"
Rect = tuple[float, float, float, float]  # left, top, right, bottom


def shipped(name: str) -> Definition:
    found = read(FLOWS[name])
    assert isinstance(found, Definition)
    return found


def tree(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def rect_of(one: ElementTree.Element) -> Rect:
    x, y = float(one.attrib["x"]), float(one.attrib["y"])
    return (x, y, x + float(one.attrib["width"]), y + float(one.attrib["height"]))


def overlap(one: Rect, other: Rect) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def boxes(svg: str) -> list[Rect]:
    """Every box, diamond and label plate of a drawing."""
    found = [
        rect_of(one) for one in tree(svg).iter(f"{SVG}rect") if one.attrib["class"] != "ground"
    ]
    for one in tree(svg).iter(f"{SVG}path"):
        if one.attrib["class"].startswith("gate"):
            x, y = (float(part) for part in one.attrib["d"][1:].split("L")[0].split())
            found.append((x - 17, y, x + 17, y + 34))
    return found


@pytest.mark.parametrize("name", NAMES)
def test_boxes_and_labels_do_not_overlap(name: str) -> None:
    for one, other in combinations(boxes(draw(shipped(name))), 2):
        assert not overlap(one, other), (one, other)


@pytest.mark.parametrize("name", NAMES)
def test_text_stays_in_its_box_and_on_the_sheet(name: str) -> None:
    svg = draw(shipped(name))
    sheet = float(tree(svg).attrib["width"])
    for group in tree(svg).iter(f"{SVG}g"):
        rects = [rect_of(one) for one in group.findall(f"{SVG}rect")]
        for text in group.findall(f"{SVG}text"):
            size = 14 if text.attrib["class"] in {"name", "end-name"} else 12
            x, y = float(text.attrib["x"]), float(text.attrib["y"])
            wide = words.width(text.text or "", size)
            start = x if text.attrib["class"] == "side" else x - wide / 2
            assert start >= 0
            assert start + wide <= sheet
            if len(rects) == 1:
                left, top, right, bottom = rects[0]
                assert left + 4 <= start
                assert start + wide <= right - 4
                assert top + size <= y <= bottom - 4


@pytest.mark.parametrize("name", NAMES)
def test_every_node_edge_and_condition_is_there(name: str) -> None:
    definition, svg = shipped(name), draw(shipped(name))
    lines = [one for one in tree(svg).iter(f"{SVG}path") if "line" in one.attrib["class"].split()]
    assert len(lines) == sum(len(one.edges + one.fail_edges) for one in definition.nodes)
    told = "".join("".join(text.itertext()) for text in tree(svg).iter(f"{SVG}text"))
    for one in definition.nodes:
        assert one.name in told
        for seat in one.seats:
            assert seat.name in told


def test_it_is_told_to_those_who_do_not_see_it() -> None:
    root = tree(draw(shipped("leave")))
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert desc is not None
    assert title.text == "请假与代理"
    assert root.attrib["aria-labelledby"] == f"{title.attrib['id']} {desc.attrib['id']}"
    assert "代理人确认（阅办，代理人），之后：核对完毕" in (desc.text or "")
    assert describe(process(node("x", "nowhere", "li"))) == (
        "draft（拟稿），之后：x；x（审批，li）；end（办结）。"
    )


def test_light_and_dark() -> None:
    both, day = draw(shipped("leave")), draw(shipped("leave"), dark_too=False)
    assert "prefers-color-scheme:dark" in both
    assert "prefers-color-scheme" not in day
    assert "style=" not in both
    assert "http" not in both.replace('xmlns="http://www.w3.org/2000/svg"', "")


def test_marks_are_outlined_and_remarked() -> None:
    svg = draw(shipped("procurement"), marks={"budget": "无 B 角", "checks": "", "end": "远"})
    weak = [one for one in tree(svg).iter() if "weak" in one.attrib.get("class", "").split()]
    assert len(weak) == 3
    assert svg.count('class="remark"') == 2
    assert "无 B 角" in svg
    assert "weak" not in draw(shipped("procurement")).split("</style>")[1]


def test_what_is_written_is_escaped() -> None:
    evil = '<script>"&'
    definition = process(replace(node("x", "end", "li"), name=evil))
    svg = draw(replace(definition, name=evil, id='a"b'), marks={"x": evil})
    assert "<script" not in svg
    assert tree(svg).tag == f"{SVG}svg"


def test_too_much_is_not_drawn() -> None:
    assert not is_drawable(Definition("t", "t", 1, ()))
    many = tuple(node(f"n{i}", "end", "li") for i in range(99))
    assert is_drawable(Definition("t", "t", 1, (*many, END)))
    assert not is_drawable(Definition("t", "t", 1, (*many, END, END)))
    edges = (Edge("end"),) * 201
    assert is_drawable(Definition("t", "t", 1, (node("x", edges[1:], "li"), END)))
    assert not is_drawable(Definition("t", "t", 1, (node("x", edges, "li"), END)))
    with pytest.raises(ValueError, match="too much"):
        draw(Definition("t", "t", 1, ()))


def test_else_and_refusal_have_their_own_looks() -> None:
    edges = (Edge("end", Row("a", ">", 1)), Edge("y"))
    svg = draw(
        process(
            node("x", edges, "li", on_fail="edge", fail_edges=(Edge("y"),)),
            node("y", "x", "chen", on_fail="x"),
        )
    )
    assert svg.count('class="line fail"') == 1
    assert svg.count('class="else"') == 1
    assert ">不同意<" in svg
    assert ">不同意退回x<" in svg
    assert ">a ＞ 1<" in svg


def test_long_words_take_a_few_lines_only() -> None:
    long = Field("long", "很长的一个字段名称" * 3, "number")
    many = All(tuple(Row("long", ">", at) for at in range(5)))
    both = (Edge("y", many), Edge("end"))
    nodes = (node("x", both, "li"), node("y", "end", "chen", on_fail="x"))
    named = replace(nodes[0], name="名称非常长的环节" * 4)
    svg = draw(process(named, nodes[1], fields=(long,)))
    assert svg.count('class="when"') == 6
    assert sum("不同意" in line or "名称" in line for line in svg.split("\n")) > 2
    meta = [one.text or "" for one in tree(svg).iter(f"{SVG}text") if one.get("class") == "meta"]
    assert [line[-1] for line in meta if line.startswith("不同意")] != ["…"]
    assert sum(line.endswith("…") for line in meta) == 1
    assert len(meta) == 4  # the kind twice, and two lines of where a refusal leads


def test_a_line_to_nowhere_hides_no_other() -> None:
    edges = (Edge("nowhere", Row("a", ">", 1)), Edge("end"))
    svg = draw(process(node("x", edges, "li")))
    assert svg.count('class="line"') == 2


def test_a_split_has_no_else() -> None:
    split = Node("s", "s", NodeKind.SPLIT, (Edge("p"), Edge("p")))
    assert "其余" not in draw(process(split, node("p", "end", "li")))


# --- the layout itself, on drawings of every kind


def links(name: str) -> tuple[Grid, Plan]:
    definition = shipped(name)
    sizes = {one.id: Box(176, 60) for one in definition.nodes}
    found = [
        Link(one.id, edge.to, Box(90, 20) if edge.when else Box(0, 0))
        for one in definition.nodes
        for edge in one.edges
    ]
    grid = arrange(sizes, found)
    return grid, route(grid)


def places(grid: Grid, plan: Plan) -> dict[Cell, Rect]:
    found = {}
    for cell, x in plan.x.items():
        size, top = grid.sizes[cell], plan.tops[grid.row[cell]]
        found[cell] = (x - size.width / 2, top, x + size.width / 2, top + size.height)
    return found


def pieces(line: tuple[Point, ...]) -> Iterator[Rect]:
    for (x1, y1), (x2, y2) in pairwise(line):
        yield (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))


def runs_through(piece: Rect, box: Rect) -> bool:
    inner = (box[0] + 2, box[1] + 2, box[2] - 2, box[3] - 2)
    wide = (piece[0] - 0.5, piece[1] - 0.5, piece[2] + 0.5, piece[3] + 0.5)
    return overlap(wide, inner)


def sound(grid: Grid, plan: Plan) -> None:
    at = places(grid, plan)
    for one, other in combinations(at, 2):
        assert not overlap(at[one], at[other]) or 0 in (
            grid.sizes[one].height,
            grid.sizes[other].height,
        )
    for link, line in enumerate(plan.lines):
        chain = grid.chains[link]
        assert line[0][0] == pytest.approx(plan.x[chain[0]])
        assert line[-1] == pytest.approx((plan.x[chain[-1]], plan.tops[grid.row[chain[-1]]]))
        for (x1, y1), (x2, y2) in pairwise(line):
            assert abs(x1 - x2) < 1.01 or abs(y1 - y2) < 0.01
            assert 0 <= x1 <= plan.width
            assert 0 <= y1 <= plan.height
        for piece in pieces(line):
            for cell, box in at.items():
                if cell not in chain and grid.sizes[cell].height:
                    assert not runs_through(piece, box), (link, cell)


@pytest.mark.parametrize("name", NAMES)
def test_lines_of_the_shipped_drawings_do_not_lie_on_each_other(name: str) -> None:
    grid, plan = links(name)
    sound(grid, plan)
    for one, other in combinations(range(len(plan.lines)), 2):
        ends = {grid.chains[one][0], grid.chains[one][-1]}
        if ends & {grid.chains[other][0], grid.chains[other][-1]}:
            continue
        for a in pieces(plan.lines[one]):
            for b in pieces(plan.lines[other]):
                assert not _lies_on(a, b), (one, other)


def _lies_on(a: Rect, b: Rect) -> bool:
    level = a[1] == a[3] and b[1] == b[3] and abs(a[1] - b[1]) < 4
    upright = a[0] == a[2] and b[0] == b[2] and abs(a[0] - b[0]) < 4
    if level:
        return min(a[2], b[2]) - max(a[0], b[0]) > 1
    return upright and min(a[3], b[3]) - max(a[1], b[1]) > 1


@st.composite
def graphs(draw_: st.DrawFn) -> tuple[dict[str, Box], list[Link]]:
    size = st.builds(Box, st.integers(20, 200), st.integers(20, 90))
    names = "abcdefg"[: draw_(st.integers(1, 7))]
    label = st.just(Box(0, 0)) | size
    link = st.builds(Link, st.sampled_from(names), st.sampled_from(names), label)
    return {name: draw_(size) for name in names}, draw_(st.lists(link, max_size=12))


SLANTED = (  # a line that is off by less than a bend
    {"a": Box(20, 20), "b": Box(20, 20), "c": Box(20, 20), "d": Box(171, 20)},
    [
        Link("a", "b", Box(0, 0)),
        Link("c", "a", Box(0, 0)),
        Link("c", "b", Box(0, 0)),
        Link("d", "a", Box(20, 20)),
    ],
)


@some
@given(graphs())
@example(SLANTED)
def test_any_graph_is_drawn_soundly(graph: tuple[dict[str, Box], list[Link]]) -> None:
    grid = arrange(*graph)
    sound(grid, route(grid))
    assert len(grid.chains) == len(graph[1])
    for index, link in enumerate(graph[1]):
        chain = grid.chains[index]
        assert (chain[0].node, chain[-1].node) == (link.start, link.end)
        rows = [grid.row[cell] for cell in chain]
        if index in grid.back:
            assert rows[-1] <= rows[0]
        else:
            assert rows == list(range(rows[0], rows[-1] + 1))


def test_loops_are_cut_where_they_close() -> None:
    found = [Link("a", "b"), Link("b", "c"), Link("c", "a"), Link("a", "c"), Link("c", "c")]
    assert loops(["a", "b", "c"], found) == {2, 4}
    assert loops(["a", "b"], []) == frozenset()


def test_chains_are_straight() -> None:
    sizes = {name: Box(100, 40) for name in "abcd"}
    grid = arrange(sizes, [Link("a", "b"), Link("b", "c"), Link("c", "d"), Link("a", "d")])
    plan = route(grid)
    assert plan.x[Cell("b")] == plan.x[Cell("c")]
    assert plan.x[Cell("a")] == plan.x[Cell("d")]


# --- words


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        (None, ""),
        (Limit(3, "days"), "限 3 天"),
        (Limit(120), "限 2 小时"),
        (Limit(90), "限 90 分钟"),
    ],
)
def test_limits(limit: Limit | None, expected: str) -> None:
    assert words.limit(limit) == expected


FORM = (
    Field("m", "金额（分）", "number"),
    Field("f", "重要", "flag"),
    Field("us", "部门", "unit", many=True),
    Field("u", "部门", "unit"),
)
PLAIN = process(node("x", "end", "li"), fields=FORM)


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (Row("m", "<=", 5_000_000), ["金额 ≤ 5 万元"]),
        (Row("m", ">", 200_000), ["金额 ＞ 2000 元"]),
        (Row("m", "<", 1_250), ["金额 ＜ 12.50 元"]),
        (Row("m", ">=", 0), ["金额 ≥ 0 元"]),
        (Row("m", "!=", 10**14 - 1), ["金额 ≠ 999999999999.99 元"]),
        (Row("m", "!=", 10**14 + 1), [f"金额 ≠ {10**14 + 1} 分"]),
        (Row("m", "=", 100), ["金额：1 元"]),
        (Row("f", "=", True), ["重要：是"]),
        (Row("f", "=", False), ["重要：否"]),
        (Row("u", "in", ("a", "b")), ["部门：a、b"]),
        (Row("u", "not in", ("a", "b")), ["部门不是a、b"]),
        (Row("us", "has", "a"), ["部门含a"]),
        (Row("u", "empty"), ["部门未填"]),
        (Row("u", "filled"), ["已填部门"]),
        (Row("zz", "=", 5), ["zz：5"]),
        (Not(Row("u", "filled")), ["并非（已填部门）"]),
        (All((Row("u", "empty"), Row("f", "=", True))), ["部门未填", "且 重要：是"]),
        (Some((Row("u", "empty"), Row("f", "=", True))), ["部门未填", "或 重要：是"]),
        (
            Not(All((Row("u", "empty"), Some((Row("f", "=", True), Row("u", "filled")))))),
            ["并非（（部门未填且（重要：是或已填部门）））"],
        ),
    ],
)
def test_conditions(when: Any, expected: list[str]) -> None:
    assert words.condition(PLAIN, when) == expected


def test_labels() -> None:
    edge = Edge("y", Row("u", "filled"))
    assert words.label(PLAIN, edge, is_else=False, is_fail=False) == ["已填部门"]
    assert words.label(PLAIN, edge, is_else=False, is_fail=True) == ["不同意", "已填部门"]
    assert words.label(PLAIN, Edge("y"), is_else=True, is_fail=True) == ["不同意", "其余"]
    assert words.label(PLAIN, Edge("y"), is_else=False, is_fail=False) == []


SEATS = [
    (Seat(SeatKind.POST, "clerk", "文书", 3, True), "文书×3（可否决）"),
    (Seat(SeatKind.POST, "clerk"), "clerk"),
    (Seat(SeatKind.PERSON, "li", weight=2), "li×2"),
    (Seat(SeatKind.POST, "u"), "u"),
    (Seat(SeatKind.FIELD, "u"), "部门"),
    (Seat(SeatKind.FIELD, "zz"), "zz"),
    (Seat(SeatKind.RELATION, "unit_head"), "本部门负责人"),
    (Seat(SeatKind.RELATION, "zz"), "zz"),
]


@pytest.mark.parametrize(("seat", "expected"), SEATS)
def test_seats(seat: Seat, expected: str) -> None:
    assert words.seat(PLAIN, seat) == expected


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (node("x", "end", "li"), ""),
        (node("x", "end", "li", "wu"), "都要同意"),
        (node("x", "end", "li", "wu", kind=NodeKind.TASK), "都要办"),
        (node("x", "end", "li", "wu", rule=Rule(Counting.COUNT, 1)), "1 人即可"),
        (node("x", "end", "li", "wu", rule=Rule(Counting.COUNT, 1), race=True), "先到先定"),
        (node("x", "end", "li", "wu", rule=Rule(Counting.AT_LEAST, 1, 2, 3)), "至少 2/3"),
        (node("x", "end", "li", "wu", rule=Rule(Counting.MORE_THAN, 1, 1, 2)), "超过 1/2"),
        (node("x", "end", "li", "wu", rule=Rule(Counting.SEQUENTIAL)), "依次"),
        (node("x", "end", Seat(SeatKind.POOL, "us")), "认领"),
        (node("x", "end", Seat(SeatKind.FIELD, "us")), "都要同意"),
        (node("x", "end", Seat(SeatKind.FIELD, "u")), ""),
    ],
)
def test_rules(one: Node, expected: str) -> None:
    assert words.rule(PLAIN, one) == expected


def test_everybody_in_order() -> None:
    line = node("x", "end", "li", "wu", rule=Rule(Counting.SEQUENTIAL))
    assert words.seats(PLAIN, line) == ["li → ", "wu"]
    assert words.seats(PLAIN, node("x", "end", "li", "wu")) == ["li、", "wu"]
    assert words.seats(PLAIN, node("x", "end")) == []


def test_meta() -> None:
    one = node("x", "end", "li", "wu", limit=Limit(1, "days"), effects=("pay", "odd"))
    assert words.meta(PLAIN, one, 12, 999) == ["审批　都要同意　限 1 天　◆付款、odd"]
    assert words.meta(PLAIN, one, 12, 120) == ["审批　都要同意", "限 1 天", "◆付款、odd"]
    draft = replace(one, kind=NodeKind.DRAFT, seats=(), limit=None, effects=())
    assert words.meta(PLAIN, draft, 12, 999) == []


def test_refusals() -> None:
    back = process(node("x", "y", "li"), node("y", "end", "wu", on_fail="x"))
    assert words.refusal(back, back.by_id["y"]) == "不同意退回x"
    assert words.refusal(back, back.by_id["x"]) == ""
    assert words.refusal(back, node("z", "end", "li", on_fail="edge")) == ""
    assert words.refusal(back, node("z", "end", "li", on_fail="zz")) == "不同意退回zz"
    assert words.refusal(back, node("z", "end", "li", kind=NodeKind.TASK, on_fail="x")) == ""


def test_wrapping() -> None:
    assert words.width("中a", 10) == pytest.approx(15.8)
    assert words.wrap("", 10, 50) == []
    assert words.wrap("中中中中中", 10, 50) == ["中中中中中"]
    assert words.wrap("中中中中中中", 10, 50) == ["中中中中中", "中"]
    assert words.wrap("中" * 16, 10, 50) == ["中" * 5, "中" * 5, "中" * 4 + "…"]
    assert words.wrap("中" * 6, 10, 50, 1) == ["中" * 4 + "…"]
    assert words.wrap("中", 10, 5, 1) == ["中"]
    assert words.wrap("中中", 10, 5, 1) == ["…"]
    assert words.pack(["中中、", "中中、", "中"], 10, 60) == ["中中、中中、", "中"]
    assert words.pack(["中"] * 3, 10, 10, 2) == ["中", "…"]
    assert words.pack([], 10, 60) == []


def test_notes() -> None:
    assert words.notes(PLAIN) == ["第 1 版"]
    assert words.notes(replace(PLAIN, min_deciders=2, version=3)) == ["第 3 版", "至少 2 人决定"]


def test_all_kinds_are_drawn() -> None:
    nodes = [
        Node(f"n{i}", "名" * i, kind, (Edge("n0"), Edge("n1")), split="n5")
        for i, kind in enumerate(NodeKind)
    ]
    svg = draw(Definition("t", "", 1, tuple(nodes)))
    assert svg.count('class="gate"') == 3
    assert svg.count('class="sign"') == 2
    assert svg.count('class="end"') == 1
    assert svg.count('class="bar"') == 1
    assert svg.count('class="quiet"') == 1
