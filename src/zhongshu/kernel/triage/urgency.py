"""How soon a matter is due: from a written date or, failing that, from the sender's mark.

Marks of the rules on official documents, article 9 ([V]): documents are marked 特急 or 加急,
telegrams 特提, 特急, 加急 or 平急. A mark is a demand on time and says nothing of importance. The
working times given to each mark are a proposal of the handbook (documents, 1.4, [G]); a date
written in the document always wins. A mark only ever sets the due time: it never ranks by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from zhongshu.kernel.worktime import Calendar, Limit, Moment, Until, resolve

Medium = Literal["document", "telegram"]


class Mark(StrEnum):
    """What the sender wrote on it, most pressing first."""

    FLASH = "flash"
    URGENT = "urgent"
    PRESSING = "pressing"
    NORMAL = "normal"


NAMES = {
    Mark.FLASH: ("特提", "flash"),
    Mark.URGENT: ("特急", "most urgent"),
    Mark.PRESSING: ("加急", "urgent"),
    Mark.NORMAL: ("平件", "unmarked"),
}
"""Chinese and English names; 平急 on a telegram is held as NORMAL."""

MARKS: dict[Medium, frozenset[Mark]] = {
    "document": frozenset({Mark.URGENT, Mark.PRESSING, Mark.NORMAL}),
    "telegram": frozenset(Mark),
}


@dataclass(frozen=True, slots=True)
class Times:
    """The limit each mark carries, from a day on; `source` says on whose word."""

    since: date
    source: str
    flash: Limit
    urgent: Limit
    pressing: Limit
    normal: Limit

    def of(self, mark: Mark) -> Limit:
        """The limit of a mark."""
        return {
            Mark.FLASH: self.flash,
            Mark.URGENT: self.urgent,
            Mark.PRESSING: self.pressing,
            Mark.NORMAL: self.normal,
        }[mark]


TIMES = Times(
    since=date(2024, 1, 1),
    source="本产品建议，未核实，由各单位自定",
    flash=Limit(2 * 60, "minutes"),
    urgent=Limit(8 * 60, "minutes"),
    pressing=Limit(3, "days"),
    normal=Limit(7, "days"),
)


def due_of(
    calendar: Calendar,
    received: datetime,
    mark: Mark,
    written: date | None = None,
    *,
    medium: Medium = "document",
    times: Times = TIMES,
) -> Moment:
    """When a matter is due: the written date, or the limit of its mark from `received`.

    `ValueError` when the medium does not know the mark, and as in `Calendar`.
    """
    if mark not in MARKS[medium]:
        raise ValueError("this medium does not know the mark")
    rule = times.of(mark) if written is None else Until(written, "来文所定日期")
    return resolve(calendar, received, rule)
