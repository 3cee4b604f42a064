"""A process as its form leaves it: choices that what is written has settled are no longer open.

A field that some later step fills in settles nothing yet. 已定的走向.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from zhongshu.kernel.flow.condition import Condition, Value, holds, rows
from zhongshu.kernel.flow.definition import Definition, Edge, Node, NodeKind


def deciding_fields(definition: Definition) -> tuple[str, ...]:
    """The fields of the form on which a way depends and which no step after the draft fills in."""
    asked = {
        row.field
        for node in definition.nodes
        for edge in (*node.edges, *node.fail_edges)
        for row in rows(edge.when)
    }
    later = {
        name for node in definition.nodes if node is not definition.draft for name in node.edits
    }
    return tuple(sorted(asked - later))


def as_filled(definition: Definition, values: Mapping[str, Value]) -> Definition:
    """The process with only those ways onward that this form still allows."""
    settled = frozenset(deciding_fields(definition))
    nodes = tuple(_narrowed(node, values, settled) for node in definition.nodes)
    return replace(definition, nodes=nodes)


def _narrowed(node: Node, values: Mapping[str, Value], settled: frozenset[str]) -> Node:
    if node.kind is NodeKind.INCLUSIVE:
        return _chosen(node, values, settled)
    edges = tuple(_in_order(node.edges, values, settled))
    return replace(node, edges=edges)


def _chosen(node: Node, values: Mapping[str, Value], settled: frozenset[str]) -> Node:
    """An inclusive split: what is chosen for certain is chosen, what cannot be is gone."""
    asked = [edge for edge in node.edges if edge.when is not None]
    known = {edge.to: _known(edge.when, values, settled) for edge in asked}
    spare = tuple(edge for edge in node.edges if edge.when is None)
    left = tuple(edge for edge in asked if known[edge.to] is not False)
    if any(known[edge.to] is None for edge in left):
        certain = any(known[edge.to] for edge in left)
        return replace(node, edges=left if certain else (*left, *spare))
    return replace(node, kind=NodeKind.SPLIT, edges=left or spare)


def _in_order(
    edges: tuple[Edge, ...], values: Mapping[str, Value], settled: frozenset[str]
) -> Iterator[Edge]:
    """The edges that may still be the first to fit."""
    for edge in edges:
        fits = _known(edge.when, values, settled)
        if fits is not False:
            yield edge
        if fits:
            return


def _known(
    when: Condition | None, values: Mapping[str, Value], settled: frozenset[str]
) -> bool | None:
    """Whether a condition holds; None while a later step may still change that."""
    if any(row.field not in settled for row in rows(when)):
        return None
    return holds(when, values)
