"""The lights of the other two ledgers: what the grassroots need, what the house lacks. 三本账的灯.

A need is red when nobody answered in time, or when what was promised is overdue; it is never green
before it was answered. A shortage is red as long as nothing is under way against it, and money
counts only with the number of a paper. The limits are figures of `rules` ([G], unverified).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from .lights import Light
from .words import Sentence


class Outcome(StrEnum):
    """What came of a need; "" while it is being handled."""

    HANDLING = ""
    SOLVED = "solved"
    PARTLY = "partly"
    PLANNED = "planned"
    EXPLAINED = "explained"
    NOT_FEASIBLE = "not_feasible"
    NOT_OURS = "not_ours"


OUTCOMES = {
    Outcome.SOLVED: Sentence("已解决", "solved"),
    Outcome.PARTLY: Sentence("部分解决", "partly solved"),
    Outcome.PLANNED: Sentence("列入计划", "planned"),
    Outcome.EXPLAINED: Sentence("解释说明", "explained"),
    Outcome.NOT_FEASIBLE: Sentence("不具备条件", "not feasible"),
    Outcome.NOT_OURS: Sentence("转有关单位", "passed on"),
}
ENDED = frozenset(OUTCOMES) - {Outcome.PLANNED, Outcome.PARTLY}


class Shown(NamedTuple):
    """A light and why."""

    light: Light
    why: Sentence


@dataclass(frozen=True, slots=True)
class Need:
    """`answer_due` and `due` in working minutes: until when somebody must answer, and until when
    it is needed or promised. `answered` when the first answer went out."""

    answer_due: int
    due: int | None = None
    answered: int | None = None
    outcome: Outcome = Outcome.HANDLING


def need(one: Need, now: int, day: int) -> Shown:
    """The light of a need."""
    if one.answered is None:
        return _unanswered(one, now, day)
    if one.outcome in ENDED:
        return Shown(Light.BLUE, OUTCOMES[one.outcome])
    if one.due is not None and now > one.due:
        late = -(-(now - one.due) // day)
        return Shown(Light.RED, Sentence(f"逾期 {late} 个工作日", f"{late} working day(s) late"))
    if one.due is not None and one.due - now <= 3 * day:
        return Shown(Light.AMBER, Sentence("时限将近", "due soon"))
    words = OUTCOMES.get(one.outcome, Sentence("已答复，办理中", "answered, in hand"))
    return Shown(Light.GREEN, words)


def _unanswered(one: Need, now: int, day: int) -> Shown:
    if now <= one.answer_due:
        return Shown(Light.GREY, Sentence("待答复", "to be answered"))
    late = -(-(now - one.answer_due) // day)
    return Shown(Light.RED, Sentence(f"{late} 个工作日没有回音", f"{late} day(s) without answer"))


@dataclass(frozen=True, slots=True)
class Way:
    """One way of getting what is lacking: asked by which paper, granted, arrived, until when."""

    paper: str = ""
    granted: Decimal = Decimal(0)
    granted_paper: str = ""
    arrived: Decimal = Decimal(0)
    expected: int | None = None
    closed: bool = False


class Got(NamedTuple):
    """What was granted by a numbered paper, what arrived, and what is still lacking."""

    granted: Decimal
    arrived: Decimal
    gap: Decimal
    told: Decimal  # granted by word of mouth: stands apart, in no sum


def got(required: Decimal, on_hand: Decimal, ways: tuple[Way, ...]) -> Got:
    """How much of a shortage is covered. `ValueError` for amounts below nought."""
    if min([required, on_hand, *(w.granted for w in ways), *(w.arrived for w in ways)]) < 0:
        raise ValueError("amounts are not negative")
    granted = sum((way.granted for way in ways if way.granted_paper), Decimal(0))
    told = sum((way.granted for way in ways if not way.granted_paper), Decimal(0))
    arrived = sum((way.arrived for way in ways), Decimal(0))
    return Got(granted, arrived, max(Decimal(0), required - on_hand - arrived), told)


def shortage(required: Decimal, on_hand: Decimal, ways: tuple[Way, ...], now: int) -> Shown:
    """The light of a shortage."""
    have = got(required, on_hand, ways)
    if not have.gap:
        return Shown(Light.BLUE, Sentence("已到位", "here"))
    active = [way for way in ways if not way.closed and way.arrived < max(way.granted, Decimal(1))]
    asked = [way for way in active if way.paper]
    if not asked:
        return Shown(Light.RED, Sentence("没有在走的门路", "nothing under way"))
    if all(way.expected is not None and now > way.expected for way in asked):
        return Shown(Light.RED, Sentence("过了预期还没有到", "past its expected time"))
    if have.granted:
        share = int(have.arrived * 100 / have.granted)
        words = Sentence(f"已批复，到位 {share}%", f"granted, {share}% here")
        return Shown(Light.GREEN, words)
    return Shown(Light.AMBER, Sentence("已申报，待批复", "asked for"))
