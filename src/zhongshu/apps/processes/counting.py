"""What the events say about stages, and medians without keeping every span. 环节用时.

A handling is timed from when it came to its holder until he decided, in working minutes; spans are
counted in steps that grow, so a year of cases is a dozen numbers and the median is known within
its step.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from zhongshu.kernel.flow.case import Event

# Upper ends in working minutes: up to an hour in minutes, then hours, then days of seven hours.
STEPS = (5, 15, 30, 60, 120, 210, 420, 840, 1260, 2100, 4200, 8400)


@dataclass
class Tally:
    """What happened at one node."""

    handled: int = 0
    returned: int = 0
    spans: list[int] = field(default_factory=lambda: [0] * (len(STEPS) + 1))


def tally(events: Iterable[Event]) -> dict[str, Tally]:
    """The handlings and returns that these events decided, by node."""
    found: dict[str, Tally] = {}
    for event in events:
        for act in event.acts:
            for slot in act.slots:
                if slot.decision and slot.decision.at == event.minute and not act.carried:
                    one = found.setdefault(act.node, Tally())
                    one.handled += 1
                    one.spans[step_of(event.minute - slot.since)] += 1
            if act.state == "returned" and event.verb == "send_back":
                found.setdefault(act.node, Tally()).returned += 1
    return found


def step_of(minutes: int) -> int:
    """The number of the step a span falls into."""
    return next((n for n, most in enumerate(STEPS) if minutes <= most), len(STEPS))


def median(spans: Sequence[int]) -> int | None:
    """The upper end of the step in which the middle one lies; nothing if there are none. Beyond the
    last step its end is given: "more than that"."""
    total, seen = sum(spans), 0
    for number, count in enumerate(spans):
        seen += count
        if total and 2 * seen >= total:
            return STEPS[min(number, len(STEPS) - 1)]
    return None
