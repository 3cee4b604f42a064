"""Which post may do what, in which process, up to what amount: read off the processes. 权力清单.

Nothing here is typed in: a power is a seat of a process. The amounts are those of the ways that
lead to it, read from the conditions on the amount and on other fields of money (whole numbers in
分, as their labels say); a way without such a condition leaves the amount open.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import NamedTuple

from zhongshu.kernel.flow.condition import All, Condition, Row
from zhongshu.kernel.flow.definition import HANDLED, Definition, Edge, Node, Seat

Bounds = tuple[int | None, int | None]  # more than, up to; in the unit of the form (分)
OPEN: Bounds = (None, None)
CENTS = "（分）"  # how the label of a field of money ends


class Power(NamedTuple):
    """A seat: who sits there (kind and reference of the seat), what he does, and for what amounts.

    `amounts` are the spans of the amount that lead here, none if the amount plays no part.
    """

    kind: str
    ref: str
    name: str
    process: str
    node: str
    act: str
    amounts: tuple[Bounds, ...]
    effects: tuple[str, ...]


def powers(definition: Definition) -> tuple[Power, ...]:
    """Every seat at which people sit, in the order of the process; and the draft, which everybody
    may write, is no power."""
    spans = _spans(definition)
    return tuple(
        Power(
            seat.kind.value,
            seat.ref,
            seat.name,
            definition.name,
            node.name,
            node.kind.value,
            spans.get(node.id, ()),
            node.effects,
        )
        for node, seat in _seats(definition)
    )


def _seats(definition: Definition) -> Iterator[tuple[Node, Seat]]:
    for node in definition.nodes:
        if node.kind in HANDLED:
            for seat in node.seats:
                yield node, seat


def _spans(definition: Definition) -> dict[str, tuple[Bounds, ...]]:
    """For each node the spans of the amount with which a case can come to it; nothing for a process
    whose conditions never ask for the amount."""
    money = {one.name for one in definition.fields if one.label.endswith(CENTS)}
    money |= {definition.amount} - {""}
    if not any(bounds != OPEN for node in definition.nodes for _, bounds in _onward(node, money)):
        return {}
    found: dict[str, set[Bounds]] = {definition.draft.id: {OPEN}}
    queue = [definition.draft.id]
    while queue:
        node = definition.by_id[queue.pop()]
        for edge, bounds in _onward(node, money):
            for span in tuple(found[node.id]):
                inside = _meet(span, bounds)
                known = found.setdefault(edge.to, set())
                if inside is not None and edge.to in definition.by_id and inside not in known:
                    known.add(inside)
                    queue.append(edge.to)
    return {node: _joined(spans) for node, spans in found.items()}


def _onward(node: Node, money: Set[str]) -> Iterator[tuple[Edge, Bounds]]:
    """Each way on with the amounts that take it; whatever an earlier way took by the amount alone
    is left for none after it."""
    for edges in (node.edges, node.fail_edges):
        left: Bounds = OPEN
        exclusive = node.kind.value not in {"split", "inclusive"}
        for edge in edges:
            bounds, alone = _bounds(edge.when, money)
            inside = _meet(left, bounds)
            if inside is not None:
                yield edge, inside
            if alone and exclusive and bounds[0] is None and bounds[1] is not None:
                left = _meet(left, (bounds[1], None)) or left


def _bounds(when: Condition | None, money: Set[str]) -> tuple[Bounds, bool]:
    """The amounts for which a condition can hold, and whether it asks for nothing else."""
    if isinstance(when, Row):
        return _row(when, money), when.field in money
    if isinstance(when, All):
        found: Bounds = OPEN
        for part in when.parts:
            found = _meet(found, _bounds(part, money)[0]) or found
        return found, all(isinstance(p, Row) and p.field in money for p in when.parts)
    return OPEN, False


def _row(row: Row, money: Set[str]) -> Bounds:
    if row.field not in money or isinstance(row.value, bool) or not isinstance(row.value, int):
        return OPEN
    return {
        "<": (None, row.value - 1),
        "<=": (None, row.value),
        ">": (row.value, None),
        ">=": (row.value - 1, None),
        "=": (row.value - 1, row.value),
    }.get(row.operator, OPEN)


def _meet(one: Bounds, other: Bounds) -> Bounds | None:
    """What both spans have in common; None if that is nothing."""
    low = max((b for b in (one[0], other[0]) if b is not None), default=None)
    high = min((b for b in (one[1], other[1]) if b is not None), default=None)
    return None if low is not None and high is not None and low >= high else (low, high)


def _joined(spans: set[Bounds]) -> tuple[Bounds, ...]:
    """Spans in order, those that touch put together."""
    found: list[Bounds] = []
    for low, high in sorted(spans, key=lambda s: -1 if s[0] is None else s[0]):
        last = found[-1] if found else None
        if last and (last[1] is None or (low is None or low <= last[1])):
            top = None if last[1] is None or high is None else max(last[1], high)
            found[-1] = (last[0], top)
        else:
            found.append((low, high))
    return tuple(found)
