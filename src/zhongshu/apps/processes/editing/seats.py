"""Seats and counting: who is asked at a step, and when it passes. 席位与计票."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zhongshu.kernel.flow.definition import SeatKind

from .document import Posted, Table, first, number_of, tables, text
from .settings import SEAT
from .values import number, save

KINDS = tuple(kind.value for kind in SeatKind)
COUNTED = ("count", "at_least", "more_than")


def kind_of(seat: Table) -> str:
    """How the person of a seat is found; "" if the tables do not say it once."""
    found = [kind for kind in KINDS if kind in seat]
    return found[0] if len(found) == 1 else ""


def save_seats(node: Table, posted: Posted, names: Mapping[str, str]) -> None:
    """What a form says about the seats of a step. Whoever picks somebody else has him called by his
    name, unless a name was typed too."""
    if first(posted, "seats-count") is None:
        return
    known = tables(node, "seats")
    seats = []
    for place in range(number_of(posted, "seats-count")):
        seat = known[place] if place < len(known) else {}
        _save_seat(seat, posted, f"seats-{place}-", names)
        seats.append(seat)
    put_seats(node, seats)


def put_seats(node: Table, seats: list[Table]) -> None:
    """Keep seats; none are not written down."""
    if seats:
        node["seats"] = seats
    elif tables(node, "seats"):
        del node["seats"]


def _save_seat(seat: Table, posted: Posted, prefix: str, names: Mapping[str, str]) -> None:
    kind, was = first(posted, f"{prefix}kind"), kind_of(seat)
    ref, known = first(posted, f"{prefix}ref"), text(seat, was)
    typed = first(posted, f"{prefix}name") not in {None, text(seat, "name")}
    if kind in KINDS and kind != was:
        for one in KINDS:
            seat.pop(one, None)
        seat[kind] = ""  # what was chosen is of another kind now
    elif kind in KINDS and ref is not None:
        seat[kind] = ref.strip()
    save(SEAT, seat, posted, prefix)
    if ((now := text(seat, kind_of(seat))) == known and kind_of(seat) == was) or typed:
        return
    seat.pop("name", None)
    if now in names:
        seat["name"] = names[now]


def counting(node: Table) -> tuple[str, str, str]:
    """The rule for a form: its kind, and its number or the two parts of a ratio."""
    rule = node.get("rule", "all")
    if isinstance(rule, dict) and len(rule) == 1:
        kind, value = next(iter(rule.items()))
        part, _, whole = str(value).partition("/")
        return (kind, part, whole) if kind in COUNTED else ("", "", "")
    return str(rule), "", ""


def save_counting(node: Table, posted: Posted) -> None:
    """What a form says about counting. Whoever changes the kind gets the usual number with it."""
    kind = first(posted, "rule")
    if kind is None:
        return
    was = counting(node)
    part = (first(posted, "rule-part") or "").strip()
    whole = (first(posted, "rule-whole") or "").strip()
    if kind != was[0]:
        part, whole = _usual(kind)
    if (kind, part, whole) == was:
        return
    rule: Any = kind
    if kind == "count":
        rule = {kind: number(part)}
    elif kind in COUNTED:
        rule = {kind: f"{part}/{whole}"}
    if rule == "all":
        node.pop("rule", None)
    else:
        node["rule"] = rule


def _usual(kind: str) -> tuple[str, str]:
    usual = {"count": ("1", ""), "at_least": ("2", "3"), "more_than": ("1", "2")}
    return usual.get(kind, ("", ""))


def duties(document: Table) -> dict[str, str]:
    """What may be kept apart: each step at which somebody sits, and each duty named at a seat."""
    found: dict[str, str] = {}
    for node in tables(document, "nodes"):
        kind, name = text(node, "kind"), text(node, "name") or text(node, "id")
        if kind == "draft" or tables(node, "seats"):
            found.setdefault(text(node, "id"), name)
        for seat in tables(node, "seats"):
            if duty := text(seat, "duty"):
                found.setdefault(duty, f"{duty}（{name}）")
    return found
