"""Walking the drawing of a process: ways, shortest paths, loops, what always comes before. 图."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from zhongshu.kernel.flow.definition import HANDLED, Definition, Edge, Node, NodeKind

Ways = Mapping[str, tuple[str, ...]]
PEOPLED = HANDLED | {NodeKind.DRAFT, NodeKind.CASE}  # nodes where a case stops for somebody


class Place(NamedTuple):
    """One edge of the definition: its node, the key of its list ("next" or "on_fail"), its place
    there."""

    node: str
    key: str
    number: int


def edge_lists(node: Node) -> Iterator[tuple[str, tuple[Edge, ...]]]:
    """The lists of edges of a node that can be taken, each with its key in the file."""
    yield "next", node.edges
    if node.on_fail == "edge":
        yield "on_fail", node.fail_edges


def ways(definition: Definition, without: Collection[Place] = ()) -> Ways:
    """Where each node leads, in order, only to nodes that exist, leaving some edges out."""
    return {
        node.id: tuple(
            edge.to
            for key, edges in edge_lists(node)
            for index, edge in enumerate(edges)
            if edge.to in definition.by_id and Place(node.id, key, index) not in without
        )
        for node in definition.nodes
    }


def backwards(onward: Ways) -> Ways:
    """The same drawing with every arrow turned round."""
    found: dict[str, list[str]] = {node: [] for node in onward}
    for node, nexts in onward.items():
        for to in dict.fromkeys(nexts):
            found[to].append(node)
    return {node: tuple(before) for node, before in found.items()}


def after(onward: Ways, start: str) -> frozenset[str]:
    """What can follow a node, itself only through a loop."""
    found: set[str] = set()
    queue = [start]
    while queue:
        fresh = [to for to in onward[queue.pop()] if to not in found]
        found.update(fresh)
        queue += fresh
    return frozenset(found)


def shortest(
    onward: Ways, start: str, goals: Collection[str], avoid: Collection[str] = ()
) -> tuple[str, ...]:
    """The shortest way of at least one step from a node to one of the goals; () if none."""
    seen: set[str] = set()
    queue: deque[tuple[str, ...]] = deque([(start,)])
    while queue:
        path = queue.popleft()
        for to in onward[path[-1]]:
            if to in goals:
                return (*path, to)
            if to not in seen and to not in avoid:
                seen.add(to)
                queue.append((*path, to))
    return ()


def traps(onward: Ways, ends: Collection[str]) -> Iterator[str]:
    """One node of each place that a case can enter and never leave: a node without a way on, or a
    loop without exit. From everywhere else an end can be reached."""
    follow = {node: after(onward, node) for node in onward}
    told: set[str] = set()
    for node, found in follow.items():
        if node in ends or node in told or not found.isdisjoint(ends):
            continue
        if all(node in follow[other] for other in found):
            told |= found
            yield node


def idle_loops(definition: Definition, onward: Ways) -> Iterator[tuple[str, ...]]:
    """Loops that pass no node where a case stops for somebody, one for each set of nodes."""
    idle = {node.id for node in definition.nodes if node.kind not in PEOPLED}
    inside = {
        node: tuple(to for to in nexts if to in idle)
        for node, nexts in onward.items()
        if node in idle
    }
    told: set[str] = set()
    for node in inside:
        loop = () if node in told else shortest(inside, node, {node})
        if loop:
            told.update(loop)
            yield loop


def always_before(
    definition: Definition, onward: Ways, scopes: Mapping[str, tuple[tuple[str, int], ...]]
) -> dict[str, frozenset[str]]:
    """For each node that can be reached, the nodes that every case has passed before it.

    A join of parallel branches has all of them behind it, any other meeting of ways only what
    the ways have in common. The greatest solution, found by striking out what does not hold.
    """
    order = [node for node in onward if node in scopes]
    bit = {node: 1 << index for index, node in enumerate(order)}
    full = (1 << len(order)) - 1
    known = dict.fromkeys(order, full)
    known[definition.draft.id] = 0
    sources = {
        node: _sources(definition.by_id[node], before, scopes, definition)
        for node, before in backwards(onward).items()
        if node in bit
    }
    changed = True
    while changed:
        changed = False
        for node in order:
            new = known[node]
            if node != definition.draft.id:
                new = _meet(sources[node], known, bit, full)
            changed |= new != known[node]
            known[node] = new
    return {node: frozenset(other for other in order if known[node] & bit[other]) for node in order}


def _meet(
    groups: list[list[str]], known: Mapping[str, int], bit: Mapping[str, int], full: int
) -> int:
    found = 0
    for group in groups:
        common = full
        for node in group:
            common &= known[node] | bit[node]
        found |= common
    return found


def _sources(
    node: Node,
    before: tuple[str, ...],
    scopes: Mapping[str, tuple[tuple[str, int], ...]],
    definition: Definition,
) -> list[list[str]]:
    """The nodes before a node: one group, or for a join of parallel branches one for each."""
    before = tuple(one for one in before if one in scopes)
    split = definition.by_id.get(node.split)
    if node.kind is not NodeKind.JOIN or split is None or split.kind is not NodeKind.SPLIT:
        return [list(before)]
    groups: dict[int, list[str]] = {}
    for one in before:
        branch = next((index for around, index in scopes[one] if around == split.id), -1)
        groups.setdefault(branch, []).append(one)
    return list(groups.values())
