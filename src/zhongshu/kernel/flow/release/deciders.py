"""The release check of numbers: on every way enough different people can decide. 决定人数."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from zhongshu.kernel.flow.definition import SPLITS, Counting, Definition, Node, NodeKind
from zhongshu.kernel.flow.findings import Finding, finding

from . import attributes
from .graph import Place, edge_lists

MANY = 60


class Way(NamedTuple):
    """The number of people who can say yes on a way, and the nodes of the way."""

    people: int
    nodes: tuple[str, ...]


def check(definition: Definition, dead: Collection[Place]) -> Iterator[Finding]:
    """The way with the fewest possible deciders still has as many as the process asks for.

    Only for a sound drawing: every split with its join, every way with its end.
    """
    ends = {node.id for node in definition.nodes if node.kind is NodeKind.END}
    way = Fewest(definition, dead).way(definition.draft.id, ends)
    if way.people < definition.min_deciders:
        yield finding(
            "too_few_deciders", "min_deciders", needed=definition.min_deciders, found=way.people
        )._replace(witness=way.nodes)


def voices(node: Node) -> int:
    """How many people can say yes at a node before it has passed."""
    if node.kind is not NodeKind.DECIDE:
        return 0
    if node.add:
        return MANY
    if node.rule.kind is Counting.COUNT and not node.hold_open:
        return node.rule.n
    return attributes.most_slots(node)


class Fewest:
    """Ways by the fewest voices; a split counts as one step to its join."""

    def __init__(self, definition: Definition, dead: Collection[Place]) -> None:
        self.definition = definition
        self.dead = dead

    def way(self, start: str, goals: Collection[str]) -> Way:
        """The way with the fewest voices from a node to the first of the goals."""
        queue: list[tuple[int, int, tuple[str, ...]]] = [(0, 1, (start,))]
        seen: set[str] = set()
        while queue:
            people, _, nodes = heapq.heappop(queue)
            here = nodes[-1]
            if here in goals:
                return Way(people, nodes)
            if here in seen:
                continue
            seen.add(here)
            for more in self._steps(self.definition.by_id[here]):
                longer = (*nodes, *more.nodes)
                heapq.heappush(queue, (people + more.people, len(longer), longer))
        return Way(MANY, ())

    def _steps(self, node: Node) -> Iterator[Way]:
        if node.kind in SPLITS:
            yield self._region(node)
            return
        for key, edges in edge_lists(node):
            cost = voices(node) if key == "next" else 0
            for index, edge in enumerate(edges):
                if Place(node.id, key, index) not in self.dead:
                    yield Way(cost, (edge.to,))

    def _region(self, split: Node) -> Way:
        join = _join(self.definition, split)
        branches = [
            self.way(edge.to, {join})
            for index, edge in enumerate(split.edges)
            if Place(split.id, "next", index) not in self.dead
        ]
        return _all(branches, join) if split.kind is NodeKind.SPLIT else min(branches)


def _join(definition: Definition, split: Node) -> str:
    return next(
        node.id
        for node in definition.nodes
        if node.kind is NodeKind.JOIN and node.split == split.id
    )


def _all(branches: list[Way], join: str) -> Way:
    inside: Mapping[str, None] = dict.fromkeys(
        node for branch in branches for node in branch.nodes if node != join
    )
    return Way(sum(branch.people for branch in branches), (*inside, join))
