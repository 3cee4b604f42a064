"""Every write about supervised tasks, one function a verb of the office. 督办的动作.

What moves the flow (同意、退回、办毕、暂缓) is pressed on the page of the matter; `watching` keeps
the task in step with it.
"""

from .applying import apply_for, decide
from .bulletins import issue
from .chasing import chase
from .establishing import establish, split
from .marking import mark_assistants
from .reminding import remind
from .reporting import Reporting, report
from .ruling import approve_rules, propose_rules
from .standing_tasks import Recurring, keep_recurring, open_recurring
from .surety import answer_for

__all__ = [
    "Recurring",
    "Reporting",
    "answer_for",
    "apply_for",
    "approve_rules",
    "chase",
    "decide",
    "establish",
    "issue",
    "keep_recurring",
    "mark_assistants",
    "open_recurring",
    "propose_rules",
    "remind",
    "report",
    "split",
]
