"""When the machine's clock must look at a case again. 定时.

`Tick` may strike at any time; whoever keeps ten thousand cases wants to strike only where
something would come of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from .case import Activation, Case, Reading, Slot
from .verbs.reading import WAITS
from .verbs.time import ladder

RIPE = frozenset({"open", "lent", "blocked"})


def wakes_at(case: Case) -> int | None:
    """The earliest working minute at which a `Tick` would change the case; None for never.

    Never later than the truth: a tick before it changes nothing.
    """
    return min(_minutes(case), default=None)


def _minutes(case: Case) -> Iterator[int]:
    for reading in case.readings.values():
        yield from _of_reading(reading)
    if case.state == "suspended" and case.head.until is not None:
        yield case.head.until
    if case.state == "running":
        if case.head.lapses is not None:
            yield case.head.lapses
        for act in case.acts.values():
            yield from _of_activation(act)


def _of_reading(reading: Reading) -> Iterator[int]:
    if reading.due is not None and reading.state in WAITS:
        yield reading.due


def _of_activation(act: Activation) -> Iterator[int]:
    if act.state == "open" and act.mark == "":
        for slot in act.slots:
            if slot.state in RIPE:
                yield from _of_slot(slot)


def _of_slot(slot: Slot) -> Iterator[int]:
    if not slot.principal and slot.claim_by is not None:
        yield slot.claim_by
    for ask in slot.asks:
        if ask.state == "open" and ask.kind == "lend" and ask.due is not None:
            yield ask.due
    yield from ladder(slot)[slot.rung :][:1]
