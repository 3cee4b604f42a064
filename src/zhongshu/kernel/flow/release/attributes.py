"""The release check of single nodes: what is set makes sense for the kind of node. 节点属性."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from zhongshu.kernel.flow.definition import (
    HANDLED,
    Counting,
    Definition,
    Node,
    NodeKind,
    Seat,
    SeatKind,
)
from zhongshu.kernel.flow.findings import Finding, finding, warning

DRAFT, DECIDE, TASK = NodeKind.DRAFT, NodeKind.DECIDE, NodeKind.TASK
ONLY: Mapping[str, frozenset[NodeKind]] = {
    "seats": HANDLED,
    "rule": HANDLED,
    "race": frozenset({DECIDE}),
    "hold_open": frozenset({DECIDE}),
    "abstain": frozenset({DECIDE}),
    "min_people": HANDLED,
    "limit": HANDLED,
    "relies": HANDLED,
    "edits": frozenset({DRAFT, TASK, DECIDE}),  # of a deciding node: an error of its own
    "always_fresh": HANDLED,
    "delegable": HANDLED,
    "on_fail": frozenset({DECIDE}),
    "returns": HANDLED,
    "fallback": HANDLED,
    "transfer": HANDLED,
    "add": HANDLED,
    "consult": HANDLED,
    "circulate": HANDLED,
    "beside": HANDLED,
    "add_depth": HANDLED,
    "claim_within": HANDLED,
    "assign": HANDLED,
    "take_back": HANDLED,
    "effects": HANDLED,
    "split": frozenset({NodeKind.JOIN}),
    "sub": frozenset({NodeKind.CASE}),
}  # the kinds of node for which each attribute means something
PLAIN = Node("plain", "", DRAFT).__dict__
RATIOS = frozenset({Counting.AT_LEAST, Counting.MORE_THAN})


def check(definition: Definition) -> Iterator[Finding]:
    """Everything about nodes that can be seen by looking at one alone."""
    for node in definition.nodes:
        yield from _misplaced(node)
        yield from _by_kind(definition, node)
        if node.kind in HANDLED and node.seats:
            yield from _counting(node)
            yield from _people(node)
            yield from _pools(node)


def _misplaced(node: Node) -> Iterator[Finding]:
    if not node.name:
        yield warning("no_name", node.id)
    for key, kinds in ONLY.items():
        if node.kind not in kinds and node.__dict__[key] != PLAIN[key]:
            yield finding("not_for_this_kind", node.id, key=key, kind=node.kind.value)


def _by_kind(definition: Definition, node: Node) -> Iterator[Finding]:
    if node.kind in HANDLED and not node.seats:
        yield finding("no_seats", node.id)
    if node.kind is DECIDE and node.edits:
        yield finding("decider_edits", node.id)
    if node.kind is NodeKind.END and node.edges:
        yield finding("edges_after_end", node.id)
    if node.on_fail == "edge" and not node.fail_edges:
        yield finding("no_fail_edges", node.id)
    if node.kind is NodeKind.CASE:
        if not node.sub:
            yield finding("no_sub", node.id)
        if node.sub == definition.id:
            yield warning("starts_itself", node.id)


def _counting(node: Node) -> Iterator[Finding]:
    rule = node.rule
    if node.race and (rule.kind, rule.n) != (Counting.COUNT, 1):
        yield finding("race_needs_one", node.id)
    chairs = most_slots(node)
    if rule.kind is Counting.COUNT and rule.n > chairs:
        yield finding("count_beyond_seats", node.id, count=rule.n, seats=chairs)
    elif node.min_people > chairs:
        yield finding("people_beyond_seats", node.id, count=node.min_people, seats=chairs)
    weighted = any(seat.weight != 1 for seat in node.seats)
    if weighted and rule.kind is Counting.COUNT:
        yield finding("weights_with_count", node.id)
    elif weighted and rule.kind not in RATIOS:
        yield warning("weights_without_ratio", node.id)


def most_slots(node: Node) -> int:
    """How many people can sit at a node at most; a form field may name very many."""
    return 60 if any(seat.kind is SeatKind.FIELD for seat in node.seats) else len(node.seats)


def _people(node: Node) -> Iterator[Finding]:
    if any(_is_post(seat, node.fallback) for seat in node.seats):
        yield warning("fallback_is_seat", node.id, post=node.fallback)
    if node.add_depth > 1 and not node.add:
        yield warning("depth_without_add", node.id)


def _is_post(seat: Seat, post: str) -> bool:
    return bool(post) and seat.ref == post and seat.kind in {SeatKind.POST, SeatKind.POOL}


def _pools(node: Node) -> Iterator[Finding]:
    pools = any(seat.kind is SeatKind.POOL for seat in node.seats)
    if not pools and (node.claim_within or node.assign):
        yield warning("claim_without_pool", node.id)
    if pools and not node.assign:
        yield warning("pool_without_assigner", node.id)
