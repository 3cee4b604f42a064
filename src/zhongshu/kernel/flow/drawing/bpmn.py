"""A process as BPMN 2.0 XML with its diagram, for other tools to open. 导出 BPMN.

BPMN says less than a definition: who counts, what a decision relies on and how far it may be
returned stand in the documentation of each task. Where a decision or a condition chooses one way,
an exclusive gateway does; what is refused for good ends in an end of its own. Nothing can be run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import NamedTuple

from zhongshu.kernel.flow.definition import SPLITS, Definition, Edge, Node, NodeKind

from . import node_words as words
from .draw import is_drawable
from .in_words import Names
from .in_words import node as node_rows
from .layout import Box, Cell, Grid, Link, arrange
from .routing import Plan, route

TASK, GATE, EVENT, LABEL = Box(132, 76), Box(50, 50), Box(36, 36), 96.0
MARGIN = 40.0
NAMESPACES = (
    'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" '
    'xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
    'xmlns:di="http://www.omg.org/spec/DD/20100524/DI" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)


class Element(NamedTuple):
    """A flow node: its tag, its name, what else is said of it, and its size."""

    id: str
    tag: str
    name: str
    more: str
    box: Box


class Flow(NamedTuple):
    """A sequence flow; `when` is the condition in words, `default` the way taken otherwise."""

    id: str
    start: str
    end: str
    name: str
    when: str
    default: bool


class Model(NamedTuple):
    """What is written: flow nodes by id, and the flows between them."""

    elements: Mapping[str, Element]
    flows: tuple[Flow, ...]


def write(definition: Definition, names: Names | None = None) -> str:
    """The process as a BPMN document. ValueError where there is nothing to draw, or too much."""
    if not is_drawable(definition):
        raise ValueError("nothing to draw, or too much")
    model = _model(definition, names or {})
    links = [
        Link(flow.start, flow.end, Box(LABEL, 20) if flow.name else Box(0, 0))
        for flow in model.flows
    ]
    grid = arrange({key: one.box for key, one in model.elements.items()}, links)
    return "".join(_document(definition, model, grid, route(grid)))


def _model(definition: Definition, names: Names) -> Model:
    found: dict[str, Element] = {}
    flows: list[Flow] = []
    start = Element("start_event", "startEvent", "", "", EVENT)
    found[start.id] = start

    def flow(start: str, end: str, name: str = "", *, default: bool = False) -> None:
        """One more flow."""
        when = name if name and not default else ""
        flows.append(Flow(f"flow_{len(flows) + 1}", start, end, name, when, default))

    flow(start.id, definition.draft.id)
    for node in definition.nodes:
        found[node.id] = _element(definition, node, names)
        out = node.id
        if node.kind is NodeKind.DECIDE:
            out = f"{node.id}_said"
            found[out] = Element(out, "exclusiveGateway", "", "", GATE)
            flow(node.id, out)
            for end, name in _refused(definition, node):
                flow(out, end, name)
        elif _chooses(node):
            out = f"{node.id}_which"
            found[out] = Element(out, "exclusiveGateway", "", "", GATE)
            flow(node.id, out)
        chooses = out != node.id or node.kind is NodeKind.INCLUSIVE
        for edge in node.edges:
            name = _name(definition, edge, several=len(node.edges) > 1)
            flow(out, edge.to, name, default=chooses and edge.when is None)
    if any(one.end == "end_refused" for one in flows):
        found["end_refused"] = Element("end_refused", "endEvent", "办结为不同意", "", EVENT)
    there = [one for one in flows if one.end in found]
    return Model(found, tuple(there))


def _element(definition: Definition, node: Node, names: Names) -> Element:
    said = "\n".join(f"{row.label[0]}：{row.text}" for row in node_rows(definition, node, names))
    if node.kind is NodeKind.END:
        return Element(node.id, "endEvent", node.name, "", EVENT)
    split = definition.by_id.get(node.split) if node.kind is NodeKind.JOIN else node
    if node.kind in SPLITS or node.kind is NodeKind.JOIN:
        inclusive = split is not None and split.kind is NodeKind.INCLUSIVE
        tag = "inclusiveGateway" if inclusive else "parallelGateway"
        return Element(node.id, tag, node.name, said, GATE)
    tag = "callActivity" if node.kind is NodeKind.CASE else "userTask"
    return Element(node.id, tag, node.name, said, TASK)


def _chooses(node: Node) -> bool:
    """Whether one of several ways is taken from here."""
    return len(node.edges) > 1 and node.kind not in SPLITS


def _refused(definition: Definition, node: Node) -> Iterator[tuple[str, str]]:
    """Where a no leads."""
    if node.on_fail == "edge":
        for edge in node.fail_edges:
            told = words.phrase(definition, edge.when) if edge.when else ""
            yield edge.to, f"不同意，{told}" if told else "不同意"
    else:
        yield ("end_refused" if node.on_fail == "end" else node.on_fail), "不同意"


def _name(definition: Definition, edge: Edge, *, several: bool) -> str:
    if edge.when is not None:
        return words.phrase(definition, edge.when)
    return words.ELSE if several else ""


# --- how it is written


def _document(definition: Definition, model: Model, grid: Grid, plan: Plan) -> Iterator[str]:
    name = escape(definition.name)
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<definitions {NAMESPACES} '
    yield f'id="definitions_{definition.id}" targetNamespace="urn:zhongshu:{definition.id}">\n'
    yield f'<process id="{definition.id}" name="{name}" isExecutable="false">\n'
    yield f"<documentation>第 {definition.version} 版，摘要 {definition.digest}</documentation>\n"
    for element in model.elements.values():
        yield from _node(element, model.flows)
    for flow in model.flows:
        yield from _flow(flow)
    yield f'</process>\n<bpmndi:BPMNDiagram id="diagram_{definition.id}">\n'
    yield f'<bpmndi:BPMNPlane id="plane_{definition.id}" bpmnElement="{definition.id}">\n'
    for element in model.elements.values():
        yield _shape(element, grid, plan)
    for flow, line in zip(model.flows, plan.lines, strict=True):
        points = "".join(
            f'<di:waypoint x="{x + MARGIN:.1f}" y="{y + MARGIN:.1f}"/>' for x, y in line
        )
        yield f'<bpmndi:BPMNEdge id="{flow.id}_di" bpmnElement="{flow.id}">{points}'
        yield "</bpmndi:BPMNEdge>\n"
    yield "</bpmndi:BPMNPlane>\n</bpmndi:BPMNDiagram>\n</definitions>\n"


def _node(element: Element, flows: tuple[Flow, ...]) -> Iterator[str]:
    default = next((one.id for one in flows if one.start == element.id and one.default), "")
    chosen = f' default="{default}"' if default else ""
    named = f' name="{escape(element.name)}"' if element.name else ""
    yield f'<{element.tag} id="{element.id}"{named}{chosen}>'
    if element.more:
        yield f"<documentation>{escape(element.more, quote=False)}</documentation>"
    yield from (f"<incoming>{one.id}</incoming>" for one in flows if one.end == element.id)
    yield from (f"<outgoing>{one.id}</outgoing>" for one in flows if one.start == element.id)
    yield f"</{element.tag}>\n"


def _flow(flow: Flow) -> Iterator[str]:
    named = f' name="{escape(flow.name)}"' if flow.name else ""
    yield f'<sequenceFlow id="{flow.id}" sourceRef="{flow.start}" targetRef="{flow.end}"{named}>'
    if flow.when:
        told = escape(flow.when, quote=False)
        yield f'<conditionExpression xsi:type="tFormalExpression">{told}</conditionExpression>'
    yield "</sequenceFlow>\n"


def _shape(element: Element, grid: Grid, plan: Plan) -> str:
    cell = Cell(element.id)
    x = plan.x[cell] - element.box.width / 2 + MARGIN
    y = plan.tops[grid.row[cell]] + MARGIN
    marker = ' isMarkerVisible="true"' if element.tag == "exclusiveGateway" else ""
    return (
        f'<bpmndi:BPMNShape id="{element.id}_di" bpmnElement="{element.id}"{marker}>'
        f'<dc:Bounds x="{x:.1f}" y="{y:.1f}" width="{element.box.width:.0f}" '
        f'height="{element.box.height:.0f}"/></bpmndi:BPMNShape>\n'
    )
