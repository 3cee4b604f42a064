"""What a change would come to, answered at once and without making it. 试改."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext as _

from zhongshu.kernel.duties.report import exam as words
from zhongshu.kernel.duties.report.checkup import Language
from zhongshu.kernel.duties.report.whether import Change, Trial, points_of
from zhongshu.kernel.flow.definition import Definition
from zhongshu.kernel.flow.findings import is_refused
from zhongshu.kernel.flow.release.check import check
from zhongshu.kernel.flow.release.telling import sentence
from zhongshu.office.people import queries as people

from . import examining
from .checkup import language, told_change
from .seeing import Seer, names


class Answer(NamedTuple):
    """The numbers before and after, and what is new. `refused`: it could not be released so."""

    text: str
    before: tuple[int, int]
    after: tuple[int, int]
    story: str
    freed: str
    fresh: str
    found: tuple[words.Found, ...]
    refused: tuple[str, ...]


def answer(change: Change, flow: Definition, who: Seer) -> Answer | None:
    """What this change comes to; nothing for no change, or where it was not looked at."""
    found = examining.examined(flow)
    after = None if change.nothing or found.exam is None else examining.trial(found, change)
    if found.exam is None or after is None:
        return None
    bureau = people.bureau()
    called = names(who, bureau)
    trial = Trial(change, found.exam, after)
    lang = language()
    changed = change.definition(flow)
    telling = words.Telling(changed, found.matrix, called, lang, change.directory(bureau.directory))
    known = {one.title for one in words.findings(found.exam, telling)}
    new = tuple(one for one in words.findings(after, telling) if one.title not in known)
    return Answer(
        told_change(change, flow, called),
        (found.exam.survey.people, len(points_of(found.exam))),
        (after.survey.people, len(points_of(after))),
        words.story(after, telling),
        telling.nodes(trial.freed),
        telling.nodes(trial.fresh),
        tuple(one for one in new if one.tone != "hint"),
        tuple(_against(changed, after.survey.safe, lang)),
    )


def _against(changed: Definition, safe: bool, lang: Language) -> list[str]:
    """Why the process could not be released with this change."""
    found = check(changed)
    told = [sentence(one, changed, lang) for one in found if is_refused((one,))]
    return told if safe else [*told, _("一个人就能办完，或者没有人能办完，或者未能判定。")]
