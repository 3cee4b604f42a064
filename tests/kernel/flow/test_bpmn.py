"""BPMN export: valid by the rules of the OMG, read by another program, complete, and drawn."""

from __future__ import annotations

from importlib.resources import files

import pytest
from lxml import etree
from SpiffWorkflow.bpmn.parser import BpmnParser, BpmnValidator

from tests.kernel.flow.world import node, process
from zhongshu.kernel.flow.condition import Row
from zhongshu.kernel.flow.definition import Definition, Edge, Field, NodeKind
from zhongshu.kernel.flow.drawing.bpmn import write
from zhongshu.kernel.flow.text.format import read

SHIPPED = ("expense", "incoming", "leave", "outgoing", "procurement", "request", "supplies")
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"


def shipped(name: str) -> Definition:
    found = read(files("zhongshu.config").joinpath("flows", f"{name}.toml").read_text("utf-8"))
    assert isinstance(found, Definition)
    return found


def tree(flow: Definition) -> etree._Element:
    return etree.fromstring(write(flow).encode())


@pytest.mark.parametrize("name", SHIPPED)
def test_another_program_reads_it_by_the_rules_of_the_omg(name: str) -> None:
    flow = shipped(name)
    parser = BpmnParser(validator=BpmnValidator())
    document = write(flow)
    assert 'isExecutable="false"' in document, "nothing of ours is run by another engine"
    runnable = document.replace('isExecutable="false"', 'isExecutable="true"')  # or it is not read
    parser.add_bpmn_str(runnable.encode(), name)
    spec = parser.get_spec(flow.id)
    people = {one.id for one in flow.nodes if one.kind in {NodeKind.DECIDE, NodeKind.TASK}}
    assert people <= set(spec.task_specs)
    for one in flow.nodes:
        if one.kind in {NodeKind.SPLIT, NodeKind.INCLUSIVE, NodeKind.JOIN}:
            assert one.id in spec.task_specs


@pytest.mark.parametrize("name", SHIPPED)
def test_every_element_has_its_place_and_every_flow_its_line(name: str) -> None:
    root = tree(shipped(name))
    whole = root.find(f"{BPMN}process")
    assert whole is not None
    ids = {child.get("id") for child in whole if child.get("id")}
    placed = {shape.get("bpmnElement") for shape in root.iter(f"{DI}BPMNShape", f"{DI}BPMNEdge")}
    assert placed == ids
    boxes = [
        tuple(float(bounds.get(key)) for key in ("x", "y", "width", "height"))
        for bounds in root.iter(f"{DC}Bounds")
    ]
    for number, (x, y, width, height) in enumerate(boxes):
        for other in boxes[number + 1 :]:
            apart_x = x + width <= other[0] or other[0] + other[2] <= x
            apart_y = y + height <= other[1] or other[1] + other[3] <= y
            assert apart_x or apart_y, "two elements lie on one another"
    for edge in root.iter(f"{DI}BPMNEdge"):
        assert len(edge) >= 2


def test_a_choice_is_an_exclusive_gateway_with_a_default() -> None:
    flow = process(
        node("n", (Edge("m", Row("a", ">", 1)), Edge("end")), "li", kind=NodeKind.TASK),
        node("m", "end", "chen", on_fail="draft"),
        fields=(Field("a", "金额<&", "number"),),
    )
    root = tree(flow)
    gate = root.find(f".//{BPMN}exclusiveGateway[@id='n_which']")
    assert gate is not None
    flows = {one.get("id"): one for one in root.iter(f"{BPMN}sequenceFlow")}
    default = flows[gate.get("default")]
    assert (default.get("targetRef"), default.find(f"{BPMN}conditionExpression")) == ("end", None)
    other = next(
        one
        for one in flows.values()
        if one.get("sourceRef") == "n_which" and one.get("targetRef") == "m"
    )
    assert other.findtext(f"{BPMN}conditionExpression") == "金额<& ＞ 1"
    back = [one for one in flows.values() if one.get("sourceRef") == "m_said"]
    assert {(one.get("targetRef"), one.get("name")) for one in back} == {
        ("draft", "不同意"),
        ("end", None),
    }


def test_a_no_that_ends_it_has_an_end_of_its_own_and_one_that_goes_on_a_way() -> None:
    flow = process(
        node("n", "end", "li", on_fail="end"),
        node(
            "x", "end", "li", on_fail="edge", fail_edges=(Edge("n", Row("a", ">", 1)), Edge("end"))
        ),
        fields=(Field("a", "a", "number"),),
    )
    root = tree(flow)
    assert root.find(f"{BPMN}process/{BPMN}endEvent[@id='end_refused']") is not None
    names = {
        one.get("name")
        for one in root.iter(f"{BPMN}sequenceFlow")
        if one.get("sourceRef") == "x_said"
    }
    assert {"不同意，a ＞ 1", "不同意"} <= names


def test_nothing_to_draw_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing to draw"):
        write(Definition("x", "x", 1, ()))
