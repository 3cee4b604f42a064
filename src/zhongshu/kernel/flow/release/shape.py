"""The release check of the drawing: all is reached, every way ends, joins match splits. 图形."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from zhongshu.kernel.flow.definition import HANDLED, SPLITS, Definition, Node, NodeKind
from zhongshu.kernel.flow.findings import Finding, finding, warning

from . import graph
from .graph import Place, Ways

Scope = tuple[tuple[str, int], ...]  # the splits around a node and the branch of each


class Walk(NamedTuple):
    """What a walk from the draft shows: the branches around each node, and what is wrong."""

    scopes: Mapping[str, Scope]
    findings: tuple[Finding, ...]


class Step(NamedTuple):
    """A node about to be entered, with the branches around it and the way to it."""

    node: str
    scope: Scope
    way: tuple[str, ...]


def targets(definition: Definition) -> Iterator[Finding]:
    """Edges lead to nodes that exist, and never back into the draft."""
    for node in definition.nodes:
        for key, edges in graph.edge_lists(node):
            for edge in edges:
                other = definition.by_id.get(edge.to)
                if other is None:
                    yield finding("unknown_node", node.id, key=key, node=edge.to)
                elif other.kind is NodeKind.DRAFT:
                    yield finding("edge_to_draft", node.id, key=key)
            if len({(edge.to, edge.when) for edge in edges}) < len(edges):
                yield warning("same_edge_twice", node.id, key=key)


def walk(definition: Definition) -> Walk:
    """Follow every edge once from the draft, keeping track of the branches around."""
    found: dict[str, Scope] = {}
    wrong: dict[str, Finding] = {}
    queue = deque([Step(definition.draft.id, (), (definition.draft.id,))])
    while queue:
        step = queue.popleft()
        node = definition.by_id.get(step.node)
        if node is None:
            continue
        scope = step.scope
        if node.kind is NodeKind.JOIN:
            for one in _joins(node, step):
                wrong.setdefault(one.code + node.id, one)
            scope = scope[:-1]
        if node.id in found:
            for one in _meets(found[node.id], scope, step):
                wrong.setdefault(one.code + node.id, one)
            continue
        found[node.id] = scope
        if node.kind is NodeKind.END and scope:
            wrong[node.id] = finding("end_inside_branch", node.id, split=scope[-1][0])._replace(
                witness=step.way
            )
        queue.extend(_onward(node, scope, step.way))
    return Walk(found, tuple(wrong.values()))


def _onward(node: Node, scope: Scope, way: tuple[str, ...]) -> Iterator[Step]:
    for index, to in enumerate(node.ways):
        inside = (*scope, (node.id, index)) if node.kind in SPLITS else scope
        yield Step(to, inside, (*way, to))


def _joins(node: Node, step: Step) -> Iterator[Finding]:
    if not step.scope:
        yield finding("join_outside", node.id)._replace(witness=step.way)
    elif step.scope[-1][0] != node.split:
        yield finding("wrong_join", node.id, split=node.split, open=step.scope[-1][0])._replace(
            witness=step.way
        )


def _meets(one: Scope, other: Scope, step: Step) -> Iterator[Finding]:
    if one == other:
        return
    if [split for split, _ in one] == [split for split, _ in other]:
        split = next(a[0] for a, b in zip(one, other, strict=True) if a != b)
        yield finding("branches_meet", step.node, split=split)._replace(witness=step.way)
    else:
        yield finding("crosses_branch", step.node)._replace(witness=step.way)


def pairs(definition: Definition) -> Iterator[Finding]:
    """Each split has one join and at least two branches; each join names a split."""
    for node in definition.nodes:
        if node.kind in SPLITS:
            joins = [
                other.id
                for other in definition.nodes
                if other.kind is NodeKind.JOIN and other.split == node.id
            ]
            if len(joins) != 1:
                yield finding("one_join_needed", node.id, number=len(joins))._replace(
                    witness=tuple(joins)
                )
            if len(node.edges) < 2:
                yield finding("one_branch", node.id)
        if node.kind is NodeKind.JOIN:
            split = definition.by_id.get(node.split)
            if split is None or split.kind not in SPLITS:
                yield finding("unknown_split", node.id, split=node.split)


def reached(definition: Definition) -> Iterator[Finding]:
    """Every node can be reached from the draft, and at least one is an end."""
    seen = {definition.draft.id} | graph.after(graph.ways(definition), definition.draft.id)
    for node in definition.nodes:
        if node.id not in seen:
            yield finding("unreachable", node.id)
    if not any(node.kind is NodeKind.END for node in definition.nodes):
        yield finding("no_end")


def ended(definition: Definition, dead: Collection[Place]) -> Iterator[Finding]:
    """From every node an end can be reached by edges that can be taken; no loop runs by itself."""
    onward = graph.ways(definition, dead)
    start = definition.draft.id
    ends = {node.id for node in definition.nodes if node.kind is NodeKind.END}
    for node in graph.traps(onward, ends):
        way = graph.shortest(onward, start, {node}) or (node,)
        loop = graph.shortest(onward, node, {node})
        code = finding("loop_without_exit", node) if loop else finding("dead_end", node)
        yield code._replace(witness=(*way, *loop[1:]))
    for loop in graph.idle_loops(definition, onward):
        yield finding("loop_without_people", loop[0])._replace(witness=loop)


def goes_back(
    definition: Definition, onward: Ways, scopes: Mapping[str, Scope]
) -> Iterator[Finding]:
    """A node that a refusal leads back to was passed by every case; a return target by some."""
    before = graph.always_before(definition, onward, scopes)
    earlier = {node: graph.after(onward, node) for node in onward}
    for node in definition.nodes:
        if node.id not in before:
            continue
        if node.on_fail not in {"end", "edge"}:
            yield from _on_fail(definition, onward, before[node.id], node)
        for name in node.returns:
            if name in {"any", "previous"}:
                continue
            yield from _target(definition, node, name, "returns")
            if name in earlier and node.id not in earlier[name]:
                yield finding("return_ahead", node.id, node=name)


def _on_fail(
    definition: Definition, onward: Ways, before: frozenset[str], node: Node
) -> Iterator[Finding]:
    wrong = list(_target(definition, node, node.on_fail, "on_fail"))
    yield from wrong
    if not wrong and node.on_fail not in before:
        way = graph.shortest(onward, definition.draft.id, {node.id}, {node.on_fail})
        yield finding("on_fail_not_before", node.id, node=node.on_fail)._replace(witness=way)


def _target(definition: Definition, node: Node, name: str, key: str) -> Iterator[Finding]:
    other = definition.by_id.get(name)
    if other is None:
        yield finding("unknown_node", node.id, key=key, node=name)
    elif other.kind not in HANDLED | {NodeKind.DRAFT}:
        yield finding("nobody_stands_there", node.id, key=key, node=name)
