"""The release check of names: fields, conditions, seats, duties, effects exist and fit. 名目."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from zhongshu.kernel.flow.condition import BY_TYPE, MANY, All, Row, Value, rows
from zhongshu.kernel.flow.definition import (
    RELATIONS,
    Definition,
    Field,
    Node,
    NodeKind,
    Seat,
    SeatKind,
)
from zhongshu.kernel.flow.findings import Finding, finding, warning

from .graph import edge_lists

EFFECTS = frozenset({"number", "seal", "send", "pay", "archive"})
PEOPLE_TYPES = frozenset({"person", "post", "unit"})
NUMBERS = 10**18  # the form takes smaller ones only
RANGES = ("transfer", "add", "consult", "circulate")
Fault = tuple[str, str]  # code, detail


def row_faults(definition: Definition, row: Row) -> Iterator[Fault]:
    """What is wrong with one comparison of a condition."""
    field = definition.field.get(row.field)
    if field is None:
        yield "unknown_field", row.field
        return
    if row.operator not in (MANY if field.many else BY_TYPE[field.type]):
        yield "operator_misfit", row.operator
        return
    if row.operator in {"empty", "filled"}:
        return
    is_list = isinstance(row.value, tuple)
    if is_list != (row.operator in {"in", "not in"}):
        yield "value_misfit", _shown(row.value)
        return
    several = row.value if isinstance(row.value, tuple) else (row.value,)
    yield from (("value_misfit", _shown(one)) for one in several if not _fits(field, one))
    if not several:
        yield "value_misfit", ""


def _fits(field: Field, value: Value) -> bool:
    if field.type == "flag":
        return isinstance(value, bool)
    if field.type == "number":
        return isinstance(value, int) and not isinstance(value, bool) and abs(value) < NUMBERS
    if not isinstance(value, str) or not value:
        return False
    if field.type == "date":
        return _is_date(value)
    return field.type != "choice" or value in field.options


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _shown(value: Value) -> str:
    if isinstance(value, tuple):
        return ", ".join(str(one) for one in value)[:60]
    return str(value)[:60]


def conditions(definition: Definition) -> Iterator[Finding]:
    """Every row of every condition names a field, with an operator and a value that fit it."""
    for node in definition.nodes:
        for key, edges in edge_lists(node):
            for edge in edges:
                for row in rows(edge.when):
                    for code, detail in row_faults(definition, row):
                        yield _row_finding(code, node.id, key, row.field, detail)


def _row_finding(code: str, node: str, key: str, field: str, detail: str) -> Finding:
    if code == "unknown_field":
        return finding("unknown_field", node, key=key, field=field)
    if code == "operator_misfit":
        return finding("operator_misfit", node, key=key, field=field, operator=detail)
    return finding("value_misfit", node, key=key, field=field, value=detail)


def fields(definition: Definition) -> Iterator[Finding]:
    """Fields are unique; a choice has options, and nothing else has."""
    for name, number in Counter(field.name for field in definition.fields).items():
        if number > 1:
            yield finding("duplicate_field", "", field=name)
    for field in definition.fields:
        if (field.type == "choice") != bool(field.options):
            yield finding("options_misfit", "", field=field.name, type=field.type)
        if len(set(field.options)) < len(field.options):
            yield finding("duplicate_option", "", field=field.name)


def written(definition: Definition) -> Iterator[Finding]:
    """What nodes rely on and fill in are fields of the form."""
    for node in definition.nodes:
        for key, names in (("relies", node.relies or ()), ("edits", node.edits)):
            for name in names:
                if name not in definition.field:
                    yield finding("unknown_field", node.id, key=key, field=name)


def seats(definition: Definition) -> Iterator[Finding]:
    """Every seat can name somebody: a declared field of people, a relation that is known."""
    for node in definition.nodes:
        for seat in node.seats:
            if seat.kind is SeatKind.FIELD:
                yield from _field_seat(definition, node, seat)
            if seat.kind is SeatKind.RELATION:
                yield from _relation_seat(node, seat)
        for seat, number in Counter(node.seats).items():
            if number > 1:
                yield warning("same_seat_twice", node.id, seat=seat.ref)


def _field_seat(definition: Definition, node: Node, seat: Seat) -> Iterator[Finding]:
    field = definition.field.get(seat.ref)
    if field is None or field.type not in PEOPLE_TYPES:
        yield finding("field_names_nobody", node.id, field=seat.ref)
        return
    writers = [
        other
        for other in definition.nodes
        if seat.ref in other.edits and other.kind is not NodeKind.DRAFT
    ]
    if not (field.required or writers or _is_guarded(definition, node, seat.ref)):
        yield warning("seat_may_be_empty", node.id, field=seat.ref)
    if node.kind is NodeKind.DECIDE and not writers:
        yield warning("initiator_picks", node.id, field=seat.ref)


def _is_guarded(definition: Definition, node: Node, field: str) -> bool:
    """Whether every edge to the node asks for the field to be filled in."""
    row = Row(field, "filled")
    conditions = [
        edge.when
        for other in definition.nodes
        for _, edges in edge_lists(other)
        for edge in edges
        if edge.to == node.id
    ]
    return all(when == row or (isinstance(when, All) and row in when.parts) for when in conditions)


def _relation_seat(node: Node, seat: Seat) -> Iterator[Finding]:
    if seat.ref not in RELATIONS:
        yield finding("unknown_relation", node.id, value=seat.ref, options=", ".join(RELATIONS))
    elif seat.ref == "initiator" and node.kind is NodeKind.DECIDE:
        yield finding("initiator_decides", node.id)


def ranges(definition: Definition) -> Iterator[Finding]:
    """Ranges are "any", "unit", "post:x" or "unit:x"; effects are known words."""
    for node in definition.nodes:
        several = (node.transfer, node.add, node.consult, node.circulate)
        for key, words in zip(RANGES, several, strict=True):
            for word in words:
                kind, colon, name = word.partition(":")
                if not (word in {"any", "unit"} or (colon and name and kind in {"post", "unit"})):
                    yield finding("bad_range", node.id, key=key, value=word)
        for word in node.effects:
            if word not in EFFECTS:
                yield finding(
                    "unknown_effect", node.id, value=word, options=", ".join(sorted(EFFECTS))
                )


def duties(definition: Definition) -> Iterator[Finding]:
    """Conflicts name duties that exist: nodes, or the named duties of seats."""
    known = {node.duty_of(seat) for node in definition.nodes for seat in (node.seats or (None,))}
    for pair in definition.conflicts:
        for duty in pair:
            if duty not in known:
                yield finding("unknown_duty", "conflicts", duty=duty)


def whole(definition: Definition) -> Iterator[Finding]:
    """What the definition says about itself as a whole."""
    amount = definition.field.get(definition.amount)
    if definition.amount and (amount is None or amount.type != "number" or amount.many):
        yield finding("amount_misfit", "amount", field=definition.amount)
    window, colon, node = definition.recall.partition(":")
    if window == "before" and colon:
        if node not in definition.by_id:
            yield finding("unknown_node", "recall", key="recall", node=node)
    elif definition.recall not in {"any", "before_decision", "never"}:
        yield finding("bad_recall", "recall", value=definition.recall)
    if not definition.override:
        yield warning("no_override", "posts")
    if not definition.head:
        yield warning("no_head", "posts")
