"""Drawing a process as SVG, light and dark, without help of other programs. 流程图.

Each node is a box with its name, who acts, how words are counted and what the limit is; splits and
joins are diamonds; conditions stand on the lines. Returns are not drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import NamedTuple

from zhongshu.kernel.flow.definition import SPLITS, Definition, Node, NodeKind
from zhongshu.kernel.flow.release.graph import edge_lists

from . import node_words as words
from .layout import Box, Cell, Grid, Link, arrange
from .paint import NAME, SMALL, sheet
from .routing import Plan, Point, route

WIDE, INSIDE = 176.0, 152.0  # of a node
LABEL = 132.0  # the widest label
GATE = 17.0  # half of a diamond
ROUND = 6.0
MARGIN = 24.0
HEAD = 76.0  # room for the title
LARGEST = (100, 200)  # nodes and edges that can still be drawn for people


class Text(NamedTuple):
    """One line of text with its class and the height it takes."""

    text: str
    style: str
    height: float


class Shape(NamedTuple):
    """What is drawn for a node: its kind of shape and its lines of text."""

    node: Node
    lines: tuple[Text, ...]
    box: Box
    is_weak: bool


class Wire(NamedTuple):
    """What is drawn for an edge: its ends, the words on it, and how it looks."""

    link: Link
    lines: tuple[str, ...]
    is_else: bool
    is_fail: bool


def is_drawable(definition: Definition) -> bool:
    """Whether the process has something to draw, and little enough that a picture helps."""
    edges = sum(len(edges) for node in definition.nodes for _, edges in edge_lists(node))
    return 0 < len(definition.nodes) <= LARGEST[0] and edges <= LARGEST[1]


def draw(
    definition: Definition, *, dark_too: bool = True, marks: Mapping[str, str] | None = None
) -> str:
    """The process as SVG. `marks` outlines nodes in red, each with a short remark."""
    if not is_drawable(definition):
        raise ValueError("nothing to draw, or too much")
    shapes = {
        node.id: _shape(definition, node, (marks or {}).get(node.id))
        for node in definition.by_id.values()
    }
    wires = list(_wires(definition))
    grid = arrange({key: shape.box for key, shape in shapes.items()}, [w.link for w in wires])
    plan = route(grid)
    return "".join(_document(definition, shapes, wires, grid, plan, dark_too=dark_too))


# --- what is drawn


def _shape(definition: Definition, node: Node, mark: str | None) -> Shape:
    remark = [Text(one, "remark", 17) for one in words.wrap(mark or "", SMALL, INSIDE)]
    if node.kind in SPLITS or node.kind is NodeKind.JOIN:
        lines = [Text(one, "side", 16) for one in words.wrap(node.name, SMALL, LABEL, 2)]
        lines += remark
        side = max((words.width(one.text, SMALL) for one in lines), default=0.0)
        return Shape(node, tuple(lines), Box(2 * (GATE + 8 + side), 2 * GATE), mark is not None)
    if node.kind is NodeKind.END:
        lines = [Text(one, "end-name", 20) for one in words.wrap(node.name, NAME, 96, 2)]
        height = 14 + sum(line.height for line in (*lines, *remark))
        return Shape(node, (*lines, *remark), Box(112, height), mark is not None)
    lines = [Text(one, "name", 20) for one in words.wrap(node.name, NAME, INSIDE, 2)]
    lines += [
        Text(one, "who", 17) for one in words.pack(words.seats(definition, node), SMALL, INSIDE)
    ]
    below = [
        *words.meta(definition, node, SMALL, INSIDE),
        *words.wrap(words.refusal(definition, node), SMALL, INSIDE, 2),
    ]
    lines += [Text(one, "meta", 17) for one in below]
    lines += remark
    height = 16 + sum(line.height for line in lines)
    return Shape(node, tuple(lines), Box(WIDE, height), mark is not None)


def _wires(definition: Definition) -> Iterator[Wire]:
    for node in definition.by_id.values():
        for key, edges in edge_lists(node):
            for edge in edges:
                if edge.to not in definition.by_id:
                    continue
                is_else = edge.when is None and len(edges) > 1 and node.kind is not NodeKind.SPLIT
                is_fail = key == "on_fail"
                lines = [
                    line
                    for one in words.label(definition, edge, is_else=is_else, is_fail=is_fail)
                    for line in words.wrap(one, SMALL, LABEL, 2)
                ][:6]
                yield Wire(
                    Link(node.id, edge.to, _label_box(lines)), tuple(lines), is_else, is_fail
                )


def _label_box(lines: list[str]) -> Box:
    if not lines:
        return Box(0, 0)
    return Box(max(words.width(line, SMALL) for line in lines) + 12, 16 * len(lines) + 4)


# --- how it is written


def _document(
    definition: Definition,
    shapes: Mapping[str, Shape],
    wires: list[Wire],
    grid: Grid,
    plan: Plan,
    *,
    dark_too: bool,
) -> Iterator[str]:
    title = words.wrap(definition.name or definition.id, 20, 600, 1)[0]
    wide = max(plan.width, words.width(title, 20)) + 2 * MARGIN
    tall = plan.height + HEAD + MARGIN
    tip = f"zs-tip-{escape(definition.id)}"
    left = (wide - plan.width) / 2
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="zs-flow" role="img" '
        f'aria-labelledby="{tip}-t {tip}-d" width="{wide:.0f}" height="{tall:.0f}" '
        f'viewBox="0 0 {wide:.0f} {tall:.0f}">\n'
        f'<title id="{tip}-t">{escape(definition.name)}</title>\n'
        f'<desc id="{tip}-d">{escape(describe(definition))}</desc>\n'
        f"<style>{sheet(dark_too=dark_too)}</style>\n"
        f'<defs><marker id="{tip}" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="8" '
        f'markerHeight="8" markerUnits="userSpaceOnUse" orient="auto">'
        f'<path class="tip" d="M0 .6 8 4 0 7.400z"/></marker></defs>\n'
        f'<rect class="ground" width="100%" height="100%"/>\n'
        f'<text class="title" x="{MARGIN:.0f}" y="34">{escape(title)}</text>\n'
        f'<text class="note" x="{MARGIN:.0f}" y="54">'
        f"{escape('　'.join(words.notes(definition)))}</text>\n"
        f'<g transform="translate({left:.1f} {HEAD:.0f})">\n'
    )
    for wire, line in zip(wires, plan.lines, strict=True):
        style = "line fail" if wire.is_fail else "line"
        yield f'<path class="{style}" d="{_path(line)}" marker-end="url(#{tip})"/>\n'
    for index, wire in enumerate(wires):
        yield from _label(wire, index, grid, plan)
    for key, shape in shapes.items():
        cell = Cell(key)
        yield from _node(shape, plan.x[cell], plan.tops[grid.row[cell]])
    yield "</g>\n</svg>\n"


def describe(definition: Definition) -> str:
    """The process in words, for those who do not see the drawing."""
    parts = []
    for node in definition.by_id.values():
        nexts = [definition.by_id[to].name for to in node.ways if to in definition.by_id]
        who = "".join(words.seats(definition, node))
        about = f"{words.KINDS[node.kind]}{'，' + who if who else ''}"
        onward = f"，之后：{'、'.join(nexts)}" if nexts else ""
        parts.append(f"{node.name}（{about}）{onward}")
    return "；".join(parts) + "。"


def _path(points: tuple[Point, ...]) -> str:
    """A line with rounded corners."""
    corners = [point for i, point in enumerate(points) if i == 0 or point != points[i - 1]]
    parts = [f"M{corners[0][0]:.1f} {corners[0][1]:.1f}"]
    for before, here, after in zip(corners, corners[1:], corners[2:], strict=False):
        start, stop = _towards(here, before), _towards(here, after)
        parts.append(f"L{start[0]:.1f} {start[1]:.1f}")
        parts.append(f"Q{here[0]:.1f} {here[1]:.1f} {stop[0]:.1f} {stop[1]:.1f}")
    parts.append(f"L{corners[-1][0]:.1f} {corners[-1][1]:.1f}")
    return "".join(parts)


def _towards(here: Point, other: Point) -> Point:
    """The point a little way from a corner towards another, at most half of the way."""
    dx, dy = other[0] - here[0], other[1] - here[1]
    far = abs(dx) + abs(dy)
    part = min(ROUND, far / 2) / far
    return (here[0] + dx * part, here[1] + dy * part)


def _label(wire: Wire, index: int, grid: Grid, plan: Plan) -> Iterator[str]:
    if not wire.lines:
        return
    cell = grid.chains[index][1]
    box, row = wire.link.label, grid.row[cell]
    top = plan.tops[row] + (grid.heights[row] - box.height) / 2
    x = plan.x[cell]
    yield (
        f'<rect class="plate" x="{x - box.width / 2:.1f}" y="{top:.1f}" '
        f'width="{box.width:.1f}" height="{box.height:.1f}"/>\n'
    )
    style = "else" if wire.is_else else "when"
    for number, line in enumerate(wire.lines):
        yield _text(Text(line, style, 16), x, top + 15 + 16 * number)


def _text(line: Text, x: float, y: float) -> str:
    return f'<text class="{line.style}" x="{x:.1f}" y="{y:.1f}">{escape(line.text)}</text>\n'


def _node(shape: Shape, x: float, top: float) -> Iterator[str]:
    kind = shape.node.kind
    weak = " weak" if shape.is_weak else ""
    yield "<g>\n"
    if kind in SPLITS or kind is NodeKind.JOIN:
        yield from _gate(shape, x, top, weak)
        y = top + GATE + 4 - 8 * (len(shape.lines) - 1)
        x += GATE + 8
    else:
        style = {NodeKind.END: "end", NodeKind.DRAFT: "quiet"}.get(kind, "box")
        width, height = shape.box
        corner = height / 2 if kind is NodeKind.END else 4
        bar = f'<path class="bar" d="M{x - width / 2:.1f} {top + 4:.1f}v{height - 8:.1f}"/>\n'
        yield (
            f'<rect class="{style}{weak}" x="{x - width / 2:.1f}" y="{top:.1f}" '
            f'width="{width:.1f}" height="{height:.1f}" rx="{corner:.1f}"/>\n'
        )
        yield bar if kind is NodeKind.DECIDE else ""
        y = top + 7 + (15 if kind is NodeKind.END else 16)
    for line in shape.lines:
        yield _text(line, x, y)
        y += line.height
    yield "</g>\n"


def _gate(shape: Shape, x: float, top: float, weak: str) -> Iterator[str]:
    middle = top + GATE
    yield (
        f'<path class="gate{weak}" d="M{x:.1f} {top:.1f}L{x + GATE:.1f} {middle:.1f}'
        f'L{x:.1f} {top + 2 * GATE:.1f}L{x - GATE:.1f} {middle:.1f}Z"/>\n'
    )
    if shape.node.kind is NodeKind.INCLUSIVE:
        yield f'<circle class="sign" cx="{x:.1f}" cy="{middle:.1f}" r="7"/>\n'
    elif shape.node.kind is NodeKind.SPLIT:
        yield f'<path class="sign" d="M{x - 8:.1f} {middle:.1f}h16M{x:.1f} {middle - 8:.1f}v16"/>\n'
