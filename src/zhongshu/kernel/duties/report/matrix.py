"""The findings of the matrix of incompatible duties, in words and as JSON. 不相容职责矩阵."""

from __future__ import annotations

from typing import Any, NamedTuple

from zhongshu.kernel.duties.from_flow import TooManyWays, processes_of
from zhongshu.kernel.duties.from_flow.incompatible import (
    Combined,
    Duties,
    Held,
    Meeting,
    forbids,
)
from zhongshu.kernel.duties.matrix import Grade, Matrix, Pair
from zhongshu.kernel.flow import Directory

from .checkup import Language, Names, both, called, say

GRADES = {
    Grade.STATIC: ("不得由一人兼任", "never held by one person"),
    Grade.PER_CASE: ("同一事项不得由一人兼办", "never done by one person in one case"),
    Grade.REVIEW: ("兼办须有第二人或事后复核", "needs a second person or a review afterwards"),
}


class Incompatible(NamedTuple):
    """What the matrix finds in a bureau, and in one process of it."""

    combined: tuple[Combined, ...]
    meetings: tuple[Meeting, ...]

    @property
    def refused(self) -> bool:
        """A law keeps two duties apart in a case, and the process does not."""
        return any(forbids(meeting) for meeting in self.meetings)

    def since(self, before: Incompatible) -> Incompatible:
        """What is new in comparison with another one."""
        known = {meeting.pair for meeting in before.meetings}
        return Incompatible(
            tuple(one for one in self.combined if one not in before.combined),
            tuple(one for one in self.meetings if one.pair not in known),
        )


def incompatible(duties: Duties, directory: Directory, names: Names) -> Incompatible:
    """The matrix against posts and people, and against the steps of the process."""
    meetings: tuple[Meeting, ...] = ()
    if duties.of_steps():
        try:
            processes = [one for _, one in processes_of(duties.definition, directory, names)]
            meetings = duties.meetings(processes)
        except TooManyWays:
            pass  # which refuses the process by itself
    return Incompatible(duties.combined(directory), meetings)


def lines(found: Incompatible, matrix: Matrix, names: Names, lang: Language) -> list[str]:
    """One line for each finding, with its source."""
    told = [_combined(one, matrix, names, lang) for one in found.combined]
    for meeting in found.meetings:
        told += _meeting(meeting, matrix, lang)
    return told


def _combined(one: Combined, matrix: Matrix, names: Names, lang: Language) -> str:
    holder = called([one.holder], names)
    first, second = (_held(held, matrix, names, lang) for held in (one.first, one.second))
    source = _source(one.pair, lang)
    return say(
        lang,
        f"不相容岗位  {holder}：{first}，又{second}；{GRADES[one.pair.grade][0]}{source}",
        f"incompatible  {holder}: {first}, and {second}; {GRADES[one.pair.grade][1]}{source}",
    )


def _held(held: Held, matrix: Matrix, names: Names, lang: Language) -> str:
    duty = say(lang, *matrix.label(held.code))
    post = f" [{held.post}]" if held.post else ""
    if not held.of:
        return duty + post
    of = called([held.of], names)
    return say(lang, f"代理{of}{duty}{post}", f"{duty}{post} for {of}")


def _meeting(meeting: Meeting, matrix: Matrix, lang: Language) -> list[str]:
    pair, (a, b) = meeting.pair, meeting.steps
    first, second = (say(lang, *matrix.label(code)) for code in (pair.first, pair.second))
    refused = forbids(meeting)
    mark = say(lang, "错误" if refused else "提醒", "error" if refused else "warning")
    grade = say(lang, *GRADES[pair.grade]) + _source(pair, lang)
    if meeting.story is None:
        return [
            say(
                lang,
                f"{mark}  “{first}”与“{second}”：能否由一人兼办，未能判定",
                f"{mark}  {first} and {second}: whether one person can do both is not decided",
            )
        ]
    head = say(
        lang,
        f"{mark}  “{first}”与“{second}”可由一人兼办（{a}，{b}），而{grade}",
        f"{mark}  one person can do both {first} and {second} ({a}, {b}): {grade}",
    )
    return [head, "  " + say(lang, *meeting.story)]


def _source(pair: Pair, lang: Language) -> str:
    law = say(lang, "（法定：", " (by law: ") if pair.by_law else say(lang, "（", " (")
    return law + pair.source + say(lang, "）", ")")


def as_json(found: Incompatible) -> dict[str, Any]:
    """The same for programs."""
    return {
        "posts": [
            {
                **_pair_json(one.pair),
                "holder": one.holder,
                "held": [
                    {"duty": held.code, "post": held.post, "standing_in_for": held.of}
                    for held in (one.first, one.second)
                ],
            }
            for one in found.combined
        ],
        "steps": [
            {
                **_pair_json(one.pair),
                "steps": list(one.steps),
                "refused": forbids(one),
                "story": None if one.story is None else both(one.story),
            }
            for one in found.meetings
        ],
    }


def _pair_json(pair: Pair) -> dict[str, Any]:
    return {
        "duties": [pair.first, pair.second],
        "grade": pair.grade.value,
        "source": pair.source,
        "by_law": pair.by_law,
    }
