"""Every way through a process, as the set of seats that speak on it. 路线.

Every choice at an edge is taken as possible, whatever the form says; a loop adds steps to a way
and is gone round once; parallel branches are all taken, of inclusive ones every selection.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sized
from itertools import combinations, product

from zhongshu.kernel.flow.definition import (
    HANDLED,
    Counting,
    Definition,
    Edge,
    Node,
    NodeKind,
)
from zhongshu.kernel.flow.tally import needed

MOST = 4096  # ways; beyond that the answer is that it was not looked at
Way = frozenset[str]


class TooManyWays(ValueError):
    """More ways than can be looked at: the answer is "not decided", never "safe"."""


def ways_of(definition: Definition) -> tuple[Way, ...]:
    """The sets of steps ("node.seat", and "draft") from draft to the end; smallest first.

    TooManyWays if there are more than `MOST`.
    """
    found = _ways(definition, definition.draft.id, "", frozenset())
    ways = {frozenset((*way, "draft")) for way, ended in found if ended}
    return tuple(sorted(ways, key=lambda way: (len(way), sorted(way))))


Step = tuple[Way, bool]  # the steps taken, and whether the end was reached


def _ways(definition: Definition, here: str, until: str, been: frozenset[str]) -> frozenset[Step]:
    """What can be done from a node to the node `until` (a join) or to the end."""
    if here == until:
        return frozenset({(frozenset(), False)})
    node = definition.by_id[here]
    if node.kind is NodeKind.END:
        return frozenset({(frozenset(), True)})
    if here in been:
        return frozenset()
    been = been | {here}
    if node.kind in {NodeKind.SPLIT, NodeKind.INCLUSIVE}:
        return _branches(definition, node, until, been)
    found: set[Step] = set()
    for spoken, edges in _leaving(node):
        for edge in edges:
            for rest, ended in _ways(definition, edge.to, until, been):
                found.add((spoken | rest, ended))
                _bounded(found)
    return frozenset(found)


def _branches(
    definition: Definition, split: Node, until: str, been: frozenset[str]
) -> frozenset[Step]:
    join = next(n.id for n in definition.nodes if n.kind is NodeKind.JOIN and n.split == split.id)
    inside = [[way for way, _ in _ways(definition, edge.to, join, been)] for edge in split.edges]
    together: set[Way] = set()
    for chosen in _selections(split, len(inside)):
        for parts in product(*(inside[i] for i in chosen)):
            together.add(frozenset().union(*parts))
            _bounded(together)
    after = [
        step
        for edge in definition.by_id[join].edges
        for step in _ways(definition, edge.to, until, been)
    ]
    found = {(way | rest, ended) for way in together for rest, ended in after}
    _bounded(found)
    return frozenset(found)


def _selections(split: Node, count: int) -> Iterator[tuple[int, ...]]:
    if split.kind is NodeKind.SPLIT:
        yield tuple(range(count))
        return
    conditional = [i for i, edge in enumerate(split.edges) if edge.when is not None]
    for size in range(1, len(conditional) + 1):
        yield from combinations(conditional, size)
    spare = tuple(i for i, edge in enumerate(split.edges) if edge.when is None)
    if spare:
        yield spare


def _leaving(node: Node) -> Iterator[tuple[Way, tuple[Edge, ...]]]:
    """The seats that speak at a node, for each result, and where it then leads."""
    if node.kind not in HANDLED:
        yield frozenset(), node.edges
        return
    keys = [f"{node.id}.{i}" for i in range(len(node.seats))]
    for some in _minimal(len(keys), lambda chosen: _passes(node, chosen)):
        yield frozenset(keys[i] for i in some), node.edges
    if node.on_fail == "edge":
        for some in _minimal(len(keys), lambda chosen: _fails(node, chosen)):
            yield frozenset(keys[i] for i in some), node.fail_edges


def _minimal(count: int, enough: Callable[[tuple[int, ...]], bool]) -> Iterator[tuple[int, ...]]:
    """The smallest selections that are enough; no selection that holds another."""
    found: list[frozenset[int]] = []
    for size in range(1, count + 1):
        for some in combinations(range(count), size):
            if not any(one <= frozenset(some) for one in found) and enough(some):
                found.append(frozenset(some))
                _bounded(found)
                yield some


def _passes(node: Node, chosen: Iterable[int]) -> bool:
    """Whether a yes of these seats alone passes the node, all others saying nothing yet."""
    said = set(chosen)
    if any(seat.veto and i not in said for i, seat in enumerate(node.seats)):
        return False
    total = sum(seat.weight for seat in node.seats)
    weight = sum(node.seats[i].weight for i in said)
    return any(weight >= needed(node.rule, total - less) for less in _may_fall_away(node, said))


def _may_fall_away(node: Node, said: set[int]) -> Iterator[int]:
    """How much weight a ratio may be reckoned without, where seats of one duty could fall together
    in one person. Taken as possible whoever sits there, so that nothing is called safe wrongly."""
    yield 0
    if node.rule.kind not in {Counting.AT_LEAST, Counting.MORE_THAN}:
        return
    duties = [node.duty_of(seat) for seat in node.seats]
    silent = [i for i, duty in enumerate(duties) if i not in said and duties.count(duty) > 1]
    for size in range(1, len(node.seats) - node.people_needed + 1):
        for some in combinations(silent, size):
            yield sum(node.seats[i].weight for i in some)


def _fails(node: Node, chosen: Iterable[int]) -> bool:
    """Whether a no of these seats alone fails the node."""
    said = set(chosen)
    if node.race or any(node.seats[i].veto for i in said):
        return True
    total = sum(seat.weight for seat in node.seats)
    rest = total - sum(node.seats[i].weight for i in said)
    return rest < needed(node.rule, total)


def _bounded(found: Sized) -> None:
    if len(found) > MOST:
        raise TooManyWays(f"more than {MOST} ways")
