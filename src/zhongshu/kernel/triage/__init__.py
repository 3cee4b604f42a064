"""Triage: what to take up first, and why. 轻重缓急: 抓大事不放，抓急事先办.

Weight comes from facts, due time from a written date or a mark; `line` puts a desk in order, with
`reason` in one sentence; `overload` tells when work exceeds time; `plan` suggests a better order
for the day; `first` reads a whole bureau out of a database in exactly the same order.
"""

from .effort import Effort
from .facts import (
    CLASSES,
    TABLES,
    Facts,
    Instruction,
    Origin,
    Reach,
    Row,
    Table,
    Weight,
    table_on,
    weigh,
)
from .load import Overload, overload
from .order import GUARD, SCALE, Guard, Line, Matter, dispatch, guarded, key, line, rank
from .plan import Plan, Slot, plan
from .scan import Found, first
from .urgency import TIMES, Mark, Medium, Times, due_of
from .words import Sentence, guard_reason, overload_words, reason

__all__ = [
    "CLASSES",
    "GUARD",
    "SCALE",
    "TABLES",
    "TIMES",
    "Effort",
    "Facts",
    "Found",
    "Guard",
    "Instruction",
    "Line",
    "Mark",
    "Matter",
    "Medium",
    "Origin",
    "Overload",
    "Plan",
    "Reach",
    "Row",
    "Sentence",
    "Slot",
    "Table",
    "Times",
    "Weight",
    "dispatch",
    "due_of",
    "first",
    "guard_reason",
    "guarded",
    "key",
    "line",
    "overload",
    "overload_words",
    "plan",
    "rank",
    "reason",
    "table_on",
    "weigh",
]
