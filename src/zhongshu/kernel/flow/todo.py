"""Who has something to do because of an activation or a reading. 待办, 待阅."""

from __future__ import annotations

from collections.abc import Iterator

from .case import Activation, Asked, Case, Reading, Slot

RIPE = frozenset({"open", "lent"})


def of_activation(act: Activation) -> Iterator[Asked]:
    """The to-do rows of one activation: holders of open slots, people asked for an opinion."""
    if act.state == "open" and act.mark == "":
        for slot in act.slots:
            yield from _of_slot(act, slot)


def of_reading(reading: Reading) -> Iterator[Asked]:
    """The to-read row of one reading, while it is unread or unanswered."""
    if reading.state in {"sent", "opened"} and reading.expects != "nothing":
        yield Asked(reading.to, -reading.id, "", (), reading.due)


def of_case(case: Case) -> frozenset[Asked]:
    """All rows of a case, counted from scratch."""
    running = case.state == "running"
    acts = (row for act in case.acts.values() for row in of_activation(act))
    readings = (row for reading in case.readings.values() for row in of_reading(reading))
    return frozenset([*(acts if running else ()), *readings])


def _of_slot(act: Activation, slot: Slot) -> Iterator[Asked]:
    if slot.state == "open":
        yield Asked(slot.holder, slot.id, act.node, slot.via, slot.due)
        if slot.also:
            yield Asked(slot.also, slot.id, act.node, slot.via, slot.due)
    if slot.state in RIPE:
        for ask in slot.asks:
            if ask.state == "open":
                yield Asked(ask.to, slot.id, act.node, (), ask.due)
