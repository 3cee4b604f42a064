"""Working time: the clock of the office. 工作时间: 期限按工作时间算, 日历是有版本的数据.

`Calendar(mainland())` turns instants into working-minute ordinals and back; `resolve` counts
limits, legal periods and written dates; `compare` shows what a new edition does to deadlines.
"""

from .calendar import ZONE, Calendar, Limit, Moment, Span, Unit
from .changes import Change, Promise, compare
from .legal import Period, Rule, Until, resolve
from .mainland import OFFICE_HOURS, mainland
from .model import Day, Edition, Hours, Kind, Source, Spell, seasons, spell

__all__ = [
    "OFFICE_HOURS",
    "ZONE",
    "Calendar",
    "Change",
    "Day",
    "Edition",
    "Hours",
    "Kind",
    "Limit",
    "Moment",
    "Period",
    "Promise",
    "Rule",
    "Source",
    "Span",
    "Spell",
    "Unit",
    "Until",
    "compare",
    "mainland",
    "resolve",
    "seasons",
    "spell",
]
