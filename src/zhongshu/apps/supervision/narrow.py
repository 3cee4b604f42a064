"""Tasks as they are counted: only what a count needs, so that thousands cost little. 统计所读.

Only those whose matter a person may see; the wide rows are read for what a page shows.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db.models import Q

from zhongshu.office import clock
from zhongshu.office.actor import Actor

from .models import Phase
from .queries import Tasks, tasks


class Counted(NamedTuple):
    """One task, as narrow as a count needs it."""

    pk: int
    lead: int
    source: str
    phase: str
    due: int
    delivered_at: datetime | None
    returns: int
    chases: int
    quality: str

    @property
    def closed(self) -> bool:
        """Whether its result was accepted."""
        return self.phase in {Phase.CLOSED, Phase.FILED}

    @property
    def late(self) -> bool:
        """Whether it was handed in after its time: the red corner."""
        done = self.delivered_at
        return done is not None and clock.calendar().minute(done) > self.due


NAMES = (
    *("pk", "lead", "source", "phase", "due"),
    *("delivered_at", "returns", "chases", "quality"),
)


class Alive(NamedTuple):
    """One task that a bulletin may tell of."""

    pk: int
    key: str
    due: int
    chases: int


def due_between(*, since: datetime, until: datetime, seen_by: Actor) -> list[Counted]:
    """What by its present due time fell due in this period."""
    minute = clock.calendar().minute
    rows = tasks(seen_by=seen_by).filter(due__gt=minute(since), due__lte=minute(until))
    return _read(rows.exclude(phase__in=(Phase.DRAFT, Phase.ESTABLISHING, Phase.REFUSED)))


def alive(*, since: datetime, seen_by: Actor) -> list[Alive]:
    """What was not over when a period began: open now, or ended since; by its due time."""
    over = Q(accepted_at__isnull=True) | Q(accepted_at__gt=since)
    rows = tasks(seen_by=seen_by).filter(over).order_by("due", "pk")
    return [Alive._make(row) for row in rows.values_list("pk", "matter__key", "due", "chases")]


def begun(*, since: datetime, until: datetime, seen_by: Actor) -> list[Counted]:
    """What was assigned in a period."""
    return _read(tasks(seen_by=seen_by).filter(assigned_at__gt=since, assigned_at__lte=until))


def accepted(*, since: datetime, until: datetime, seen_by: Actor) -> list[Counted]:
    """Whose result was accepted in a period."""
    return _read(tasks(seen_by=seen_by).filter(accepted_at__gt=since, accepted_at__lte=until))


def _read(rows: Tasks) -> list[Counted]:
    return [Counted._make(row) for row in rows.order_by("due", "pk").values_list(*NAMES)]
