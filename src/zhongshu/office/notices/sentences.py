"""Which notes of a step tell whom, how pressing, and in what words. 通知用语.

Every note the engine can write stands here, so that a new one cannot be forgotten (a test compares
the two). Levels are the one ladder of chasing:

    0  in the house only: it shows on the page of notices
    1  also by mail and push, not in quiet hours
    2  the same, and it stands out

Whoever follows a matter is told of three turns (it ended, it was returned, it is overdue) and of
remarks, if he may still see it and is not told of the same step anyway.

The rungs of the engine's reminders (half the time gone, four fifths, due, overdue and offered to
the stand-in, on the office's board) are levels 0, 1, 2, 2, 2; being urged is always 2; a section
head hears of an overdue matter of his people with level 2. Apps register what else they tell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

To = Literal["nobody", "named", "drafter", "holder"]


@dataclass(frozen=True, slots=True)
class Rule:
    """Whom a note tells: the one it names, who answers for the draft, who holds the seat.

    `why` notes explain a to-do row: whoever has a new row is told once, with the reason in
    brackets. `words` in Chinese and English; {by} is who acted, {person} whom the note names.
    """

    to: To
    level: int = 0
    zh: str = ""
    en: str = ""
    why: bool = False


NOBODY = Rule("nobody")

RULES: Mapping[str, Rule] = {
    "abstain": Rule("drafter", 0, "{person}弃权", "{person} abstained"),
    "acknowledged": NOBODY,
    "added": Rule("named", 1, "{by}请您加签", "{by} asked you to sign too", why=True),
    "answered": Rule("holder", 1, "{person}答复了您的征询", "{person} answered your question"),
    "approve": Rule("drafter", 0, "{person}同意", "{person} approved"),
    "ask_void": Rule("named", 1, "不再需要您的意见", "your opinion is no longer needed"),
    "asked_again": NOBODY,
    "assigned": Rule("named", 1, "{by}分派给您", "{by} assigned it to you", why=True),
    "blocked": Rule("drafter", 1, "{node}没有可办理的人", "nobody can act at {node}"),
    "cancelled": Rule("drafter", 1, "{person}撤销了事项", "{person} cancelled it"),
    "carried": NOBODY,
    "child_ended": NOBODY,
    "circulated": Rule("named", 0, "{by}传阅给您", "{by} sent you a copy", why=True),
    "claimed": NOBODY,
    "consulted": Rule("named", 1, "{by}征求您的意见", "{by} asks your opinion", why=True),
    "counter_asked": Rule(
        "drafter", 1, "{person}申请撤销已批准事项", "{person} asks to undo the approval"
    ),
    "difference": Rule("named", 0, "修改之处请您阅看", "please read what changed", why=True),
    "disapprove": Rule("drafter", 1, "{person}不同意", "{person} disapproved"),
    "done": Rule("drafter", 0, "{person}办毕", "{person} is done"),
    "draft_handed_over": Rule(
        "named", 1, "{before}的拟稿交您接手", "you take over {before}'s draft", why=True
    ),
    "dropped": Rule("named", 1, "您的加签已取消", "your signature is no longer asked for"),
    "ended": Rule("drafter", 1, "事项结束：{state}", "it has ended: {state}"),
    "failed": NOBODY,
    "given_up": NOBODY,
    "head_told": Rule(
        "named", 2, "您部门承办的事项已到期未办", "a matter with your section is overdue"
    ),
    "instruct": Rule("drafter", 1, "{person}批示", "{person} instructed"),
    "instructed": Rule("drafter", 1, "{person}批示", "{person} instructed"),
    "loan_back": Rule(
        "named", 1, "委派收回，由您办理", "the loan is over, it is with you again", why=True
    ),
    "looked": NOBODY,
    "merged": NOBODY,
    "migrated": NOBODY,
    "not_handed_over": NOBODY,
    "opened": NOBODY,
    "override": Rule("drafter", 1, "{by}作了越权处置", "{by} used an override"),
    "passed": NOBODY,
    "reading_lapsed": Rule("named", 1, "传阅件逾期未阅", "you did not read the copy in time"),
    "reading_opened": NOBODY,
    "reading_recalled": Rule("named", 0, "传阅件已收回", "the copy was recalled"),
    "recalled": NOBODY,
    "reminded": Rule("named", 0, "{node}请按时办理", "please act on {node} in time"),
    "reopened": Rule("drafter", 1, "{person}申请重新办理", "{person} reopened it"),
    "reseated": Rule("named", 1, "改由您承办", "it is with you now", why=True),
    "resumed": Rule("drafter", 0, "{person}恢复办理", "{person} resumed it"),
    "sent_back": Rule("drafter", 1, "{by}退回", "{by} returned it", why=True),
    "straight_fell_back": NOBODY,
    "submitted": NOBODY,
    "suspended": Rule("drafter", 1, "{person}挂起", "{person} suspended it"),
    "suspension_over": Rule("drafter", 1, "挂起期满", "the suspension is over"),
    "taken_back": NOBODY,
    "transferred": Rule("named", 1, "{before}转办给您", "{before} passed it on to you", why=True),
    "urged": Rule("named", 2, "{by}催办", "{by} urges"),
    "voided": Rule("named", 0, "您的待办已取消", "your task is void"),
}

RUNGS: Mapping[str, tuple[int, str, str]] = {
    "1": (0, "{node}时限过半", "half the time for {node} is gone"),
    "2": (1, "{node}时限将到", "{node} is due soon"),
    "3": (2, "{node}已到期", "{node} is due"),
    "4": (2, "{node}已逾期，可由 B 角办理", "{node} is overdue; the stand-in may act"),
    "5": (2, "{node}逾期，已列入督办", "{node} is overdue and on the office's board"),
}
"""By rung: how pressing, and the words."""

TODOS: Mapping[str, tuple[int, str, str]] = {
    "do": (1, "请办理：{node}", "to do: {node}"),
    "claim": (0, "可认领：{node}", "may be claimed: {node}"),
    "answer": (1, "请答复", "please answer"),
    "read": (0, "请阅", "to read"),
    "revise": (1, "请修改后再报", "please revise and submit again"),
}
"""By kind of to-do row: how pressing, and the words."""

WATCHED: Mapping[str, tuple[int, str, str]] = {
    "ended": (1, "您关注的事项结束：{state}", "a matter you follow has ended: {state}"),
    "sent_back": (0, "您关注的事项被{by}退回", "{by} returned a matter you follow"),
    "overdue": (1, "您关注的事项在{node}逾期", "a matter you follow is overdue at {node}"),
    "remark": (0, "{by}留言", "{by} made a remark"),
}
"""By what happened to a matter that somebody follows: how pressing, and the words."""

OWN: dict[str, tuple[int, str, str]] = {}
"""What apps tell of by themselves, by their own code: how pressing, and the words; {days} is a
number."""


def register(words: str, level: int, zh: str, en: str) -> None:
    """Make a sentence of an app known; its code begins with the name of the app and a point."""
    OWN[words] = (level, zh, en)
