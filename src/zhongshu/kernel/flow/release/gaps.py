"""Whether conditions leave a gap, exactly: every different case of a form is tried. 条件缺口.

The constants in the rows cut each field's values into cells inside which no row can tell two
values apart; one value of each cell, and "not filled in" where that can happen, are enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations, product
from math import prod
from typing import NamedTuple

from zhongshu.kernel.flow.condition import Row, Value, holds, rows
from zhongshu.kernel.flow.definition import Definition, Edge, Field, Node, NodeKind
from zhongshu.kernel.flow.findings import Finding, finding, warning

from .graph import Place, edge_lists
from .naming import NUMBERS, row_faults

CASES = 20_000  # of one list of edges
SMALL = 500  # cases tried to make a witness smaller
WORK = 2_000_000  # comparisons for the whole definition
Form = dict[str, Value]


class Report(NamedTuple):
    """What was found about all edges, and which of them can never be taken."""

    findings: tuple[Finding, ...]
    dead: frozenset[Place]


class Spot(NamedTuple):
    """One list of edges and where it stands."""

    node: Node
    key: str
    edges: tuple[Edge, ...]

    @property
    def inclusive(self) -> bool:
        """Whether all edges whose condition holds are taken, not the first."""
        return self.node.kind is NodeKind.INCLUSIVE


def check(definition: Definition) -> Report:
    """Look at every list of edges of the definition."""
    found: list[Finding] = []
    dead: set[Place] = set()
    left = WORK
    sure = certain(definition)
    for node in definition.nodes:
        for key, edges in edge_lists(node):
            spot = Spot(node, key, edges)
            found += _order(spot)
            if not edges or not _readable(definition, spot):
                continue
            cells = _cells(definition, spot, sure)
            cost = _cost(cells, spot)
            if cost > left:
                found.append(_too_many(spot))
                continue
            left -= cost
            findings, never = _try(spot, cells)
            found += findings
            dead |= never
    return Report(tuple(found), frozenset(dead))


def certain(definition: Definition) -> frozenset[str]:
    """The fields that are always filled in: required, the drafter's to write, and nobody else's."""
    later = {
        name for node in definition.nodes if node.kind is not NodeKind.DRAFT for name in node.edits
    }
    drafted = set(definition.draft.edits or definition.field) - later
    required = {field.name for field in definition.fields if field.required}
    return frozenset(drafted & required)


def _order(spot: Spot) -> Iterator[Finding]:
    """An edge without condition is the else, so it stands last; a split takes every edge."""
    for index, edge in enumerate(spot.edges):
        if spot.node.kind is NodeKind.SPLIT:
            if edge.when is not None:
                yield finding("condition_ignored", spot.node.id, number=index + 1, node=edge.to)
        elif edge.when is None and index + 1 < len(spot.edges):
            yield finding("else_not_last", spot.node.id, number=index + 1, node=edge.to)


def _readable(definition: Definition, spot: Spot) -> bool:
    """Whether the conditions can be tried at all; wrong rows are reported where names are."""
    return spot.node.kind is not NodeKind.SPLIT and not any(
        any(row_faults(definition, row)) for edge in spot.edges for row in rows(edge.when)
    )


def _cells(definition: Definition, spot: Spot, sure: frozenset[str]) -> dict[str, Cells]:
    by_field: dict[str, list[Row]] = {}
    for edge in spot.edges:
        for row in rows(edge.when):
            by_field.setdefault(row.field, []).append(row)
    return {
        name: Cells(definition.field[name], constants(found), name in sure)
        for name, found in sorted(by_field.items())
    }


def _cost(cells: Mapping[str, Cells], spot: Spot) -> int:
    """Comparisons needed to try every case; more than there are allowed if the cases are many."""
    cases = prod(len(one) for one in cells.values())
    size = sum(1 + sum(1 for _ in rows(edge.when)) for edge in spot.edges)
    return WORK + 1 if cases > CASES else cases * size


def _too_many(spot: Spot) -> Finding:
    if spot.edges[-1].when is None:
        return warning("not_tried", spot.node.id, key=spot.key, most=CASES)
    return finding("too_many_cases", spot.node.id, key=spot.key, most=CASES)


def _try(spot: Spot, cells: Mapping[str, Cells]) -> tuple[list[Finding], set[Place]]:
    values = {name: one.values() for name, one in cells.items()}
    taken: set[int] = set()
    true: set[int] = set()
    gap: Form | None = None
    for form in _forms(values):
        held = [i for i, edge in enumerate(spot.edges) if holds(edge.when, form)]
        ways = _taken(spot, held)
        true.update(held)
        taken.update(ways)
        if not ways and gap is None:
            gap = form
    found = []
    if gap is not None:
        witness = _smallest(spot, values, gap)
        found.append(finding("gap", spot.node.id, key=spot.key)._replace(witness=witness))
    never = sorted(set(range(len(spot.edges))) - taken)
    found += [_never(spot, index, index in true) for index in never]
    return found, {Place(spot.node.id, spot.key, index) for index in never}


def _never(spot: Spot, index: int, is_ever_true: bool) -> Finding:
    node, key, number, to = spot.node.id, spot.key, index + 1, spot.edges[index].to
    if is_ever_true:
        return warning("never_taken", node, key=key, number=number, node=to)
    return warning("never_true", node, key=key, number=number, node=to)


def _taken(spot: Spot, held: Sequence[int]) -> list[int]:
    if not spot.inclusive:
        return list(held[:1])
    return [i for i in held if spot.edges[i].when is not None] or list(held)


def _forms(values: Mapping[str, Sequence[Value | None]]) -> Iterator[Form]:
    """Every case: one value of each field, or none."""
    for chosen in product(*values.values()):
        yield {name: value for name, value in zip(values, chosen, strict=True) if value is not None}


def _smallest(
    spot: Spot, values: Mapping[str, Sequence[Value | None]], gap: Form
) -> tuple[str, ...]:
    """The gap with every field left out that makes no difference to it."""
    kept: dict[str, Sequence[Value | None]] = {name: (gap.get(name),) for name in values}
    for name, all_values in values.items():
        wider = {**kept, name: all_values}
        many = prod(len(some) for some in wider.values()) > SMALL
        if not many and not any(_leads_on(spot, form) for form in _forms(wider)):
            kept = wider
    return tuple(
        f"{name}={_shown(values_left[0])}"
        for name, values_left in kept.items()
        if len(values_left) == 1
    )


def _leads_on(spot: Spot, form: Form) -> bool:
    return any(holds(edge.when, form) for edge in spot.edges)


def _shown(value: Value | None) -> str:
    if isinstance(value, tuple):
        return ",".join(_shown(one) for one in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def constants(found: Iterable[Row]) -> tuple[Value, ...]:
    """Every value that the rows compare with, each once."""
    values: dict[Value, None] = {}
    for row in found:
        if row.operator in {"empty", "filled"}:
            continue
        several = row.value if isinstance(row.value, tuple) else (row.value,)
        values.update(dict.fromkeys(several))
    return tuple(values)


class Cells(NamedTuple):
    """The cells of one field: counted before they are listed, for there may be very many."""

    field: Field
    constants: tuple[Value, ...]
    sure: bool

    def __len__(self) -> int:
        """How many cells there are; of a list of values only a bound, for there may be many."""
        if self.field.many:
            return (1 << min(len(self.constants), 40)) + 1
        return len(self.values())

    def values(self) -> tuple[Value | None, ...]:
        """One value of each cell, ordinary ones first, None for "not filled in" last."""
        found: Sequence[Value] = _subsets(self) if self.field.many else _single(self)
        return (*found, *(() if self.sure else (None,)))


def _single(cells: Cells) -> list[Value]:
    known = sorted(cells.constants, key=str)
    match cells.field.type:
        case "number":
            return _numbers(sorted(int(one) for one in known if isinstance(one, int)))
        case "date":
            return _dates([str(one) for one in known])
        case "flag":
            return [True, False]
        case _:
            return [*known, *_other(cells)]


def _other(cells: Cells) -> list[Value]:
    """A value that no row names, if there is one."""
    if cells.field.type in {"choice", "flag"}:
        possible: Sequence[Value] = cells.field.options or (False, True)
        return [one for one in possible if one not in cells.constants][:1]
    number = 1
    while f"other{number}" in cells.constants:
        number += 1
    return [f"other{number}"]


def _subsets(cells: Cells) -> list[Value]:
    known: tuple[str, ...] = cells.constants  # type: ignore[assignment]  # or numbers, alike
    found: list[Value] = []
    for size in range(1, len(known) + 1):
        found += combinations(known, size)
    return [*found, *((_shown(one),) for one in _other(cells))]


def _numbers(known: Sequence[int]) -> list[Value]:
    if not known:
        return [0]
    found = [known[0] - 1]
    for number, following in zip(known, [*known[1:], None], strict=True):
        found.append(number)
        if following is None or number + 1 < following:
            found.append(number + 1)
    return [number for number in found if abs(number) < NUMBERS]


def _dates(known: Sequence[str]) -> list[Value]:
    if not known:
        return ["2026-01-01"]
    day, first, last = timedelta(days=1), date.min.toordinal(), date.max.toordinal()
    near = {
        one.toordinal() + step
        for one in (date.fromisoformat(text) for text in known)
        for step in (-day.days, 0, day.days)
    }
    return [date.fromordinal(one).isoformat() for one in sorted(near) if first <= one <= last]
