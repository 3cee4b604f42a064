"""Who has something to do because of an activation or a reading. 待办, 待阅."""

from __future__ import annotations

from .case import Activation, Asked, Case, Reading, Slot

RIPE = frozenset({"open", "lent"})


def of_activation(act: Activation) -> list[Asked]:
    """The to-do rows of one activation: holders of open slots, people asked for an opinion."""
    if act.state != "open" or act.mark != "":
        return []
    return [row for slot in act.slots for row in _of_slot(act, slot)]


def of_reading(reading: Reading) -> list[Asked]:
    """The to-read row of one reading, while it is unread or unanswered."""
    if reading.state in {"sent", "opened"} and reading.expects != "nothing":
        return [Asked(reading.to, -reading.id, "", (), reading.due)]
    return []


def of_case(case: Case) -> frozenset[Asked]:
    """All rows of a case, counted from scratch."""
    running = case.state == "running"
    acts = (row for act in case.acts.values() for row in of_activation(act))
    readings = (row for reading in case.readings.values() for row in of_reading(reading))
    return frozenset([*(acts if running else ()), *readings])


def _of_slot(act: Activation, slot: Slot) -> list[Asked]:
    rows = []
    if slot.state == "open":
        rows.append(Asked(slot.holder, slot.id, act.node, slot.via, slot.due))
        if slot.also:
            rows.append(Asked(slot.also, slot.id, act.node, slot.via, slot.due))
    if slot.asks and slot.state in RIPE:
        rows += [
            Asked(ask.to, slot.id, act.node, (), ask.due)
            for ask in slot.asks
            if ask.state == "open"
        ]
    return rows
