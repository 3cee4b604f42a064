"""The numbers and words of supervision: dated, each with its source and strength. 督办规则.

An edition is data: a bureau amends it and a second person lets it come into force. Nothing here is
a rule of law. The steps and the grounds for returning a result were read in rules of single places
([V~], a weak source); the numbers are a proposal ([G], unverified) until a bureau has its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple

Strength = Literal["must", "usual", "recommend", "may", "practice", "derived", "unit"]
"""规定, 一般, 推荐, 可以, 实务, 推算, 单位制度: how hard a rule may be. Only `must` is law."""


class Figure(NamedTuple):
    """One number with what it means and where it comes from."""

    code: str
    value: int
    zh: str
    en: str
    source: str
    strength: Strength = "unit"
    most: int = 100_000


class Rhythm(NamedTuple):
    """Of one class of task: working days allowed, until the first report, between reports."""

    code: str
    zh: str
    en: str
    limit: int
    first: int
    every: int
    source: str

    @property
    def days(self) -> tuple[int, int, int]:
        """The three numbers, in the order of `PARTS`."""
        return self.limit, self.first, self.every


OWN = "本产品建议，未核实，由各单位自定"
LOCAL = "个别地方督办规则，未作全国规定核实，由各单位自定"

FIGURES = (
    Figure("day", 420, "一个工作日折合分钟", "minutes of a working day", OWN, "derived", 1440),
    Figure(
        "warn_left", 20, "剩余时间少于百分之几，亮黄灯", "% of the time left: amber", OWN, most=100
    ),
    Figure(
        "warn_lag", 15, "进度落后几个百分点，亮黄灯", "points behind plan: amber", OWN, most=100
    ),
    Figure("stop_lag", 40, "进度落后几个百分点，亮红灯", "points behind plan: red", OWN, most=100),
    Figure(
        "milestone_grace",
        3,
        "节点迟几个工作日以内亮黄灯，再迟亮红灯",
        "working days a milestone may be late before red",
        OWN,
    ),
    Figure(
        "object_within",
        3,
        "交办后几个工作日内可对牵头提出异议",
        "working days to dispute the lead",
        OWN,
    ),
    Figure("most_postponed", 2, "最多延期几次", "postponements at most", OWN),
    Figure(
        "remind_first",
        50,
        "时限过百分之几，第一次提醒",
        "% of the time gone: 1st reminder",
        OWN,
        most=100,
    ),
    Figure(
        "remind_second",
        80,
        "时限过百分之几，第二次提醒",
        "% of the time gone: 2nd reminder",
        OWN,
        most=100,
    ),
    Figure(
        "remind_early", 3, "到期前几个工作日提醒", "working days before the due time: reminder", OWN
    ),
    Figure("remind_last", 1, "到期前几个工作日最后提醒", "working days before: last reminder", OWN),
    Figure(
        "remind_report", 1, "该报进展前几个工作日提醒", "working days before a report is due", OWN
    ),
    Figure("answer_urgent", 120, "急需求几分钟内答复", "minutes to answer, urgent", OWN),
    Figure("answer_days", 1, "一般需求几个工作日内答复", "working days to answer a need", OWN),
    Figure("excellent", 90, "优秀不低于几分", "points for excellent", OWN, most=100),
    Figure("good", 80, "良好不低于几分", "points for good", OWN, most=100),
    Figure("pass", 60, "合格不低于几分", "points to pass", OWN, most=100),
    Figure("bonus_most", 5, "加分最多几分", "bonus points at most", "个别城市年度考核办法"),
    Figure("deduction_most", 5, "扣分最多几分", "deductions at most", "个别城市年度考核办法"),
)

RHYTHMS = (
    Rhythm("urgent", "急办批示", "urgent instruction", 5, 1, 2, LOCAL),
    Rhythm("instruction", "领导批示", "leader's instruction", 15, 5, 5, LOCAL),
    Rhythm("hard", "难办批示", "hard instruction", 30, 5, 10, LOCAL),
    Rhythm("document", "来文任务", "task out of a paper", 30, 5, 20, LOCAL),
    Rhythm("meeting", "会议议定", "meeting decision", 20, 5, 10, LOCAL),
    Rhythm("target", "年度目标", "yearly target", 240, 20, 60, LOCAL),
    Rhythm("need", "基层诉求", "need from below", 15, 1, 5, OWN),
    Rhythm("plain", "一般事项", "ordinary task", 30, 5, 20, OWN),
)

UNFINISHED = ("基本完成", "正在推进", "有序推进", "持续推进", "稳步推进", "加快推进", "积极协调")

LADDER = (
    ("phone", "电话提醒", "by phone"),
    ("written", "书面催办单", "in writing"),
    ("visit", "上门督办", "on the spot"),
    ("notify", "提请通报", "to be named in the bulletin"),
)

ALSO_TOLD: Mapping[str, tuple[str, ...]] = {
    "phone": (),
    "written": ("head",),
    "visit": ("head", "leader"),
    "notify": ("head", "leader", "chief"),
}
"""Who hears of a chase besides whoever has it in hand: higher up with each rung. Ours ([G])."""


@dataclass(frozen=True)
class Rules:
    """One edition, in force from `since` on."""

    since: date
    figures: tuple[Figure, ...] = FIGURES
    rhythms: tuple[Rhythm, ...] = RHYTHMS
    unfinished: tuple[str, ...] = UNFINISHED

    @cached_property
    def number(self) -> Mapping[str, int]:
        """The numbers by their codes."""
        return {figure.code: figure.value for figure in self.figures}

    @cached_property
    def rhythm(self) -> Mapping[str, Rhythm]:
        """The classes by their codes."""
        return {rhythm.code: rhythm for rhythm in self.rhythms}

    def amended(self, changes: Mapping[str, int], *, since: date, source: str) -> Rules:
        """An edition with some numbers changed on somebody's word.

        The codes are those of the figures, and `document.limit`, `document.first`,
        `document.every` for a class. `ValueError` for a code that does not exist, a number below
        nought or above what makes sense, a class without time, or amber behind red.
        """
        known = {figure.code for figure in self.figures} | {
            f"{rhythm.code}.{part}" for rhythm in self.rhythms for part in PARTS
        }
        if not changes.keys() <= known:
            raise ValueError(f"no such figure: {', '.join(sorted(changes.keys() - known))}")
        edition = replace(
            self,
            since=since,
            figures=tuple(_figure(one, changes, source) for one in self.figures),
            rhythms=tuple(_rhythm(one, changes, source) for one in self.rhythms),
        )
        if edition.number["warn_lag"] > edition.number["stop_lag"]:
            raise ValueError("amber comes before red")
        if not edition.number["pass"] <= edition.number["good"] <= edition.number["excellent"]:
            raise ValueError("the grades stand in order")
        return edition


AT_LEAST_ONE = {"day", "answer_days"}
PARTS = ("limit", "first", "every")


def _figure(figure: Figure, changes: Mapping[str, int], source: str) -> Figure:
    value = changes.get(figure.code, figure.value)
    if not 0 <= value <= figure.most or (figure.code in AT_LEAST_ONE and not value):
        raise ValueError(f"{figure.code} lies between nought and {figure.most}")
    return figure if value == figure.value else figure._replace(value=value, source=source)


def _rhythm(rhythm: Rhythm, changes: Mapping[str, int], source: str) -> Rhythm:
    told = [
        changes.get(f"{rhythm.code}.{part}", value)
        for part, value in zip(PARTS, rhythm.days, strict=True)
    ]
    if any(not 1 <= value <= 1000 for value in told):
        raise ValueError(f"{rhythm.code} has at least one working day")
    limit, first, every = told
    changed = rhythm._replace(limit=limit, first=first, every=every)
    return rhythm if changed == rhythm else changed._replace(source=source)


SHIPPED = Rules(since=date(2024, 1, 1))
