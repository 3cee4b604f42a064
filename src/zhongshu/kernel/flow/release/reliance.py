"""The release check of independence: edits under a decision, the same person twice. 依据与独立."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from zhongshu.kernel.flow.definition import Definition, Node, NodeKind, Seat
from zhongshu.kernel.flow.findings import Finding, finding, warning
from zhongshu.kernel.flow.people import Directory

from . import graph
from .graph import Ways
from .shape import Scope
from .staffing import holders

DECIDE = NodeKind.DECIDE


def edits(definition: Definition, onward: Ways, scopes: Mapping[str, Scope]) -> Iterator[Finding]:
    """A field that somebody decided on is written later: the case will go back each time."""
    for node in definition.nodes:
        if node.kind is not DECIDE or node.id not in scopes:
            continue
        later = _passed_on(onward, node)
        for other in definition.nodes:
            if not other.edits or other.id not in scopes or other.kind is NodeKind.DRAFT:
                continue
            if other.id in later or beside(scopes[node.id], scopes[other.id]):
                yield from _edited(node, other)


def _passed_on(onward: Ways, node: Node) -> frozenset[str]:
    """What can follow once the node has passed."""
    first = tuple(edge.to for edge in node.edges if edge.to in onward)
    return graph.after({**onward, node.id: first}, node.id)


def beside(one: Scope, other: Scope) -> bool:
    """Whether two places lie in different branches of the same split."""
    for (split, branch), (other_split, other_branch) in zip(one, other, strict=False):
        if split != other_split:
            return False
        if branch != other_branch:
            return True
    return False


def _edited(node: Node, editor: Node) -> Iterator[Finding]:
    for name in dict.fromkeys(editor.edits):
        if node.relies is None:
            yield finding("edits_undeclared", editor.id, field=name, node=node.id)
        elif name in node.relies:
            yield warning("edits_relied", editor.id, field=name, node=node.id)


def same_decider(
    definition: Definition, onward: Ways, people: Directory | None
) -> Iterator[Finding]:
    """One word is enough here, and it may come from somebody who decided just before."""
    before = graph.backwards(onward)
    for node in definition.nodes:
        if node.kind is not DECIDE or node.people_needed > 1:
            continue
        if len(node.seats) > 1 and node.rule.kind is not node.rule.kind.COUNT:
            continue
        for other in _deciders_before(definition, before, node):
            if _overlap(definition, node, other, people):
                yield warning("same_decider", node.id, node=other.id)


def _deciders_before(definition: Definition, before: Ways, node: Node) -> Iterator[Node]:
    """The nearest nodes behind a node where somebody decided."""
    seen, queue = {node.id}, list(before[node.id])
    while queue:
        other = definition.by_id[queue.pop(0)]
        if other.id in seen:
            continue
        seen.add(other.id)
        if other.kind is DECIDE:
            yield other
        else:
            queue += before[other.id]


def _overlap(definition: Definition, node: Node, other: Node, people: Directory | None) -> bool:
    return any(
        other.duty_of(two) not in definition.opposite.get(node.duty_of(one), frozenset())
        and _same(one, two, people)
        for one in node.seats
        for two in other.seats
    )


def _same(one: Seat, two: Seat, people: Directory | None) -> bool:
    if (one.kind, one.ref) == (two.kind, two.ref):
        return True
    return people is not None and not holders(people, one).isdisjoint(holders(people, two))
