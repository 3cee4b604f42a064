"""The check-up as its pages show it: verdicts, the grid, findings, what was tried. 流程体检."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zhongshu.kernel.duties.from_flow.exam import Exam
from zhongshu.kernel.duties.report import exam as words
from zhongshu.kernel.duties.report.checkup import Language
from zhongshu.kernel.duties.report.grid import grid
from zhongshu.kernel.duties.report.whether import Change, points_of, suggestions
from zhongshu.kernel.flow.definition import Definition
from zhongshu.office.matters.models import Process
from zhongshu.office.matters.processes import definition
from zhongshu.office.people import queries as people
from zhongshu.office.people.bureau import Bureau
from zhongshu.office.ui.parts import Step

from . import drawing, examining
from .examining import Examined
from .seeing import Seer, names


class Verdict(NamedTuple):
    """One of the three things said first."""

    text: str
    more: str
    bad: bool


class Tried(NamedTuple):
    """A change and the numbers after it."""

    text: str
    people: int
    points: int
    better: bool


class Line(NamedTuple):
    """One process of the overview."""

    process: Process
    people: int
    points: int
    tone: str
    worst: str
    found: int


class Page(NamedTuple):
    """Everything a check-up shows."""

    found: Examined
    verdicts: tuple[Verdict, ...]
    drawn: drawing.Drawn | None
    path: tuple[Step, ...]
    path_people: int
    findings: tuple[words.Found, ...]
    tried: tuple[Tried, ...]
    unit: str


def overview(*, seen_by: Seer, rows: list[Process]) -> list[Line]:
    """Each process at one glance, those with the gravest finding first."""
    lines = [_line(process, seen_by) for process in rows]
    rank = {"must": 0, "warn": 1, "hint": 2, "": 3}
    return sorted(lines, key=lambda one: (one.people != 1, rank[one.tone], -one.points))


def _line(process: Process, seen_by: Seer) -> Line:
    found = examining.examined(definition(process.pk))
    if found.exam is None:
        return Line(process, 0, 0, "must", _("路线太多，未能判定"), 1)
    told = _findings(found, found.exam, names(seen_by, people.bureau()))
    grave = [one for one in told if one.tone != "hint"]
    first = grave[0] if grave else None
    return Line(
        process,
        found.exam.survey.people,
        len(points_of(found.exam)),
        first.tone if first else "",
        first.title if first else "",
        len(grave),
    )


def page(process: Process, seen_by: Seer) -> Page:
    """The check-up of one version of a process."""
    found = examining.examined(definition(process.pk))
    bureau = people.bureau()
    called = names(seen_by, bureau)
    if found.exam is None:
        verdict = Verdict(_("未能判定"), _("路线太多，没有看完；不能视为安全。"), bad=True)
        return Page(found, (verdict,), None, (), 0, (), (), "")
    exam = found.exam
    made = grid(exam, found.definition)
    return Page(
        found,
        tuple(_verdicts(exam, found.definition, called)),
        drawing.drawn(made, called, bureau.posts),
        _path(exam, found.definition, called),
        exam.survey.people,
        _findings(found, exam, called),
        tuple(_tried(found, exam, called, bureau)),
        called.get(made.unit, "") if len(exam.survey.sorts) > 1 else "",
    )


def language() -> Language:
    """The reader's language, as the kernel calls it."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def telling(found: Examined, called: Mapping[str, str]) -> words.Telling:
    """In whose names and which language findings are told."""
    directory = people.bureau().directory
    return words.Telling(found.definition, found.matrix, called, language(), directory)


def _findings(found: Examined, exam: Exam, called: Mapping[str, str]) -> tuple[words.Found, ...]:
    return words.findings(exam, telling(found, called))


def _verdicts(exam: Exam, flow: Definition, called: Mapping[str, str]) -> list[Verdict]:
    survey, verdicts = exam.survey, []
    if survey.people == 1 and survey.weakest is not None:
        who = called[survey.weakest.acts[0].person]
        told = _("{who}一人就能走完").format(who=who)
        verdicts.append(Verdict(told, _("这样的流程不得发布。"), bad=True))
    elif survey.people:
        told = _("办完至少要 {count} 个人。").format(count=survey.people)
        verdicts.append(Verdict(_("没有人能独自走完"), told, bad=False))
    else:
        verdicts.append(Verdict(_("没有人能办完"), _("见右边的查出。"), bad=True))
    verdicts.append(_single(exam, flow, called))
    if survey.weakest is not None and survey.people > 1:
        group = dict.fromkeys(called[act.person] for act in survey.weakest.acts)
        told = _("{group}合起来，可把一件从起草走到办结。").format(group="、".join(group))
        word = _("最弱组合 {count} 人").format(count=survey.people)
        verdicts.append(Verdict(word, told, bad=survey.people < 3))
    return verdicts


def _single(exam: Exam, flow: Definition, called: Mapping[str, str]) -> Verdict:
    """The gravest single point, and how many there are."""
    points = [one for one in exam.points if any(person for person, _units in one.people)]
    if not points:
        return Verdict(_("缺任何一人都能办"), _("每一步都有能顶上的人。"), bad=False)
    worst = points[0]
    who = "、".join(called[person] for person, _units in worst.people[:2] if person)
    nodes = "、".join(node.name for node in flow.nodes if node.id in worst.stuck)
    text = (
        _("{who}不在，就停在“{node}”").format(who=who, node=nodes)
        if nodes
        else _("{who}不在，规则就转不开").format(who=who)
    )
    more = _("另有 {count} 处也离不开某一个人。").format(count=len(points) - 1)
    return Verdict(text, more if len(points) > 1 else "", bad=True)


def _path(exam: Exam, flow: Definition, called: Mapping[str, str]) -> tuple[Step, ...]:
    """How the weakest coalition goes through, step by step."""
    if exam.survey.weakest is None:
        return ()
    steps = []
    for act in exam.survey.weakest.acts:
        who = called[act.person]
        if act.of:
            who = _("{who} 代 {of}").format(who=who, of=called.get(act.of, act.of))
        name = words.step_name(flow, act.step)
        steps.append(Step(name, "done" if act.ground == "own" else "back", who))
    return tuple(steps)


def _tried(found: Examined, exam: Exam, called: Mapping[str, str], bureau: Bureau) -> list[Tried]:
    """As it is, and after the cures that lie nearest, each on top of the other."""
    before = (exam.survey.people, len(points_of(exam)))
    rows = [Tried(_("现在"), *before, better=False)]
    known = Change()
    for change in suggestions(exam, bureau.directory):
        after = examining.trial(found, change)
        if after is not None:
            text = told_change(change, found.definition, called, known)
            numbers = (after.survey.people, len(points_of(after)))
            rows.append(Tried(text, *numbers, better=numbers != before))
        known = change
    return rows


def told_change(
    change: Change, flow: Definition, called: Mapping[str, str], known: Change | None = None
) -> str:
    """What is tried, in words; what was tried before (`known`) is not said again."""
    before, parts = known or Change(), []
    for person, post in change.appointments[len(before.appointments) :]:
        parts.append(_("{who}任{post}").format(who=called[person], post=called.get(post, post)))
    for principal, deputy in change.stand_ins[len(before.stand_ins) :]:
        who, of = called[deputy], called[principal]
        parts.append(_("{who}作{of}的 B 角").format(who=who, of=of))
    for pair in change.conflicts[len(before.conflicts) :]:
        one, other = (_duty(flow, duty) for duty in pair)
        parts.append(_("“{one}”与“{other}”同件不同人").format(one=one, other=other))
    if change.min_deciders:
        parts.append(_("至少 {count} 人审批").format(count=change.min_deciders))
    return "；".join(parts)


def _duty(flow: Definition, duty: str) -> str:
    """A duty by the step that does it."""
    for node in flow.nodes:
        if node.id == duty or duty in {seat.duty for seat in node.seats}:
            return node.name
    return duty
