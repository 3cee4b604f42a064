"""A task as a list or a page shows it: its light in a word, how far it is and should be. 显示."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zhongshu.kernel.supervision import lights
from zhongshu.kernel.supervision.lights import Light
from zhongshu.kernel.supervision.rules import LADDER, Rules
from zhongshu.kernel.supervision.words import Sentence
from zhongshu.office import clock

from .models import Phase, Task
from .standing import facts, shown


class Row(NamedTuple):
    """One line of the ledger."""

    task: Task
    light: str
    word: str
    late: bool
    first: str
    why: str
    expected: int
    assists: str


def row(task: Task, edition: Rules) -> Row:
    """What a list shows of a task. Its milestones and assistants are read already."""
    found = shown(task, edition)
    now = clock.calendar().minute(clock.now())
    why = [said(one) for one in found.why]
    assists = "、".join(unit.name for unit in task.assists.all())
    planned = lights.expected(facts(task), now) if task.phase == Phase.DOING else task.progress
    told = "；".join(why)
    return Row(task, found.light, word(task, found), found.late, why[0], told, planned, assists)


def rows(tasks: Iterable[Task], edition: Rules) -> list[Row]:
    """Lines of the ledger."""
    return [row(task, edition) for task in tasks]


def word(task: Task, found: lights.Shown) -> str:
    """The light in a word, so that it reads without colour."""
    if found.light is Light.RED:
        over = clock.calendar().minute(clock.now()) > task.due
        return _("超期") if over else _("滞后")
    if found.light is Light.GREY:
        waiting = {
            Phase.DOING: _("未报"),
            Phase.DRAFT: _("拟立项"),
            Phase.ESTABLISHING: _("待立项"),
        }
        return waiting.get(Phase(task.phase)) or _(str(task.get_phase_display()))
    return {
        Light.AMBER: _("预警"),
        Light.GREEN: _("正常"),
        Light.BLUE: _("逾期办结") if found.late else _("办结"),
    }[found.light]


def said(sentence: Sentence) -> str:
    """The sentence in the language of the page."""
    return sentence.en if (get_language() or "").startswith("en") else sentence.zh


def rung(code: str) -> str:
    """How somebody was chased."""
    zh, en = next((zh, en) for one, zh, en in LADDER if one == code)
    return said(Sentence(zh, en))


LAMPS = (
    (Light.RED, "超期滞后"),
    (Light.AMBER, "预警"),
    (Light.GREEN, "正常"),
    (Light.GREY, "未报、暂缓"),
)
