"""What an examination found, ranked and in words: what is wrong, why, by what rule, what cures it.

The first things are those that forbid a release, then what stops work, then what is worth knowing.
体检结论。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from zhongshu.kernel.duties.from_flow.cures import Told
from zhongshu.kernel.duties.from_flow.exam import Exam, Point
from zhongshu.kernel.duties.from_flow.incompatible import Combined, Held, Meeting, forbids
from zhongshu.kernel.duties.matrix import Matrix, Pair
from zhongshu.kernel.flow import Definition, Directory

from .checkup import Language, Names, called, counted, say
from .matrix import GRADES

KEYS = re.compile(r"[0-9a-z_]+")
STEPS = re.compile(r"（[a-z0-9_]+(?:\.[0-9]+)?，[a-z0-9_]+(?:\.[0-9]+)?）")
CURES = 3  # told of one finding
NAMED = 4  # people who are named before they are counted


class Found(NamedTuple):
    """One finding. `must` forbids a release or stops every case; `basis` is the rule behind it,
    `foot` what stands below it: the cures, or else the rule."""

    tone: Literal["must", "warn", "hint"]
    title: str
    text: str
    basis: str
    cures: tuple[str, ...] = ()
    foot: str = ""


class Telling(NamedTuple):
    """In whose names and which language it is told."""

    definition: Definition
    matrix: Matrix
    names: Names
    lang: Language
    directory: Directory

    def say(self, zh: str, en: str) -> str:
        """The sentence in the language asked for."""
        return say(self.lang, zh, en)

    def told(self, words: Told) -> str:
        """A sentence of the search, which knows people by their keys and rules by their steps."""
        text = STEPS.sub("", self.say(*words))
        known = {node.id: node.name for node in self.definition.nodes} | {**self.names}
        return KEYS.sub(lambda found: known.get(found[0], found[0]), text)

    def people(self, people: tuple[str, ...]) -> str:
        """People by name, and how many if they are many."""
        named = called(people[:NAMED], self.names)
        if len(people) <= NAMED:
            return named
        return self.say(f"{named} 等 {len(people)} 人", f"{named} and {len(people) - NAMED} more")

    def nodes(self, nodes: tuple[str, ...]) -> str:
        """Nodes by their names, in the order of the process."""
        return "、".join(node.name for node in self.definition.nodes if node.id in nodes)


def findings(exam: Exam, telling: Telling) -> tuple[Found, ...]:
    """Everything worth telling, the gravest first."""
    found = [*_whole(exam, telling)]
    found += [_combined(one, telling) for one in exam.combined]
    found += [_meeting(one, telling) for one in exam.meetings]
    for point in exam.points:
        found += _point(point, telling)
    if exam.both:
        found.append(_both(exam.both, telling))
    rank = {"must": 0, "warn": 1, "hint": 2}
    return tuple(
        one._replace(foot=_foot(one, telling)) for one in sorted(found, key=lambda f: rank[f.tone])
    )


def _foot(one: Found, t: Telling) -> str:
    """What to do about it; where there is nothing to do, by what rule it is said."""
    if not one.cures:
        return one.basis
    return t.say("建议：", "Cure: ") + t.say("；", "; ").join(one.cures)


def _whole(exam: Exam, t: Telling) -> Iterator[Found]:
    survey = exam.survey
    if not survey.decided:
        yield Found(
            "must",
            t.say("未能判定", "Not decided"),
            t.say(
                "规则太多，没有算完；不能视为安全。",
                "The search was cut off; not to be called safe.",
            ),
            t.say("算不完就不放行", "what is not decided is not released"),
        )
    elif not survey.people:
        yield Found(
            "must",
            t.say("没有人能办完", "Nobody can finish it"),
            t.say("在岗的人不能同时满足全部规则。", "The people there are cannot keep all rules."),
            t.say("发布检查", "release check"),
        )
    if survey.people == 1 and survey.weakest is not None:
        who = survey.weakest.acts[0].person
        yield Found(
            "must",
            t.say(
                f"{called([who], t.names)}一人就能办完", f"{called([who], t.names)} can do it alone"
            ),
            story(exam, t),
            t.say("一人办完的流程不得发布", "a process that one person can finish is not released"),
            tuple(_apart(exam, t)),
        )


def story(exam: Exam, t: Telling) -> str:
    """How the fewest finish a case, act by act."""
    weakest = exam.survey.weakest
    if weakest is None:
        return ""
    told = []
    for act in weakest.acts:
        who, node = called([act.person], t.names), step_name(t.definition, act.step)
        of = called([act.of], t.names)
        words = {
            "own": (f"{who}{node}", f"{who}: {node}"),
            "stand_in": (f"{of}外出，{who}代其{node}", f"{of} is away, {who} for him: {node}"),
            "transfer": (f"{of}转办，{who}{node}", f"{of} transfers it, {who}: {node}"),
            "fallback": (
                f"无人可办，{who}兜底{node}",
                f"nobody is left, {who} as fallback: {node}",
            ),
        }
        told.append(t.say(*words[act.ground]))
    return t.say("；", "; ").join(told) + t.say("。", ".")


def step_name(definition: Definition, step: str) -> str:
    """What a step is called: its node, and its seat where there are several."""
    id_, _, number = step.rpartition(".")
    node = definition.by_id.get(id_)
    if node is None:
        return definition.draft.name
    seat = node.seats[int(number)]
    return f"{node.name}（{seat.name}）" if len(node.seats) > 1 and seat.name else node.name


def _apart(exam: Exam, t: Telling) -> Iterator[str]:
    if exam.apart is None:
        yield t.say("补救：未能判定", "cure: not decided")
        return
    for one in exam.apart[:CURES]:
        first, second = (t.nodes((duty,)) or duty for duty in one.duties)
        then = (
            t.say(f"，则最少 {one.people} 人", f"; then at least {counted(one.people)}")
            if one.people
            else t.say("，并且再配人", ", and one more person")
        )
        yield t.say(f"加一条“{first}”与“{second}”不同人", f"keep {first} and {second} apart") + then


def _combined(one: Combined, t: Telling) -> Found:
    first, second = (_held(held, t) for held in (one.first, one.second))
    holder = called([one.holder], t.names)
    duties = [t.say(*t.matrix.label(code)) for code in (one.pair.first, one.pair.second)]
    return Found(
        "must",
        t.say(f"{duties[0]}与{duties[1]}同在一人", f"{duties[0]} and {duties[1]} in one person"),
        t.say(f"{holder}：{first}，又{second}。", f"{holder}: {first}, and {second}."),
        _basis(one.pair, t),
    )


def _held(held: Held, t: Telling) -> str:
    duty = t.say(*t.matrix.label(held.code))
    if not held.of:
        return duty
    of = called([held.of], t.names)
    return t.say(f"代理{of}{duty}", f"{duty} for {of}")


def _meeting(meeting: Meeting, t: Telling) -> Found:
    first, second = (step_name(t.definition, step) for step in meeting.steps)
    told = meeting.story
    return Found(
        "must" if forbids(meeting) else "warn",
        t.say(f"“{first}”与“{second}”可同为一人", f"One person may do both {first} and {second}"),
        t.say("未能判定。", "Not decided.") if told is None else t.told(told),
        _basis(meeting.pair, t),
        (t.say("加一条“同件不同人”", "keep the two apart in every case"),),
    )


def _basis(pair: Pair, t: Telling) -> str:
    law = t.say("法定，", "by law, ") if pair.by_law else ""
    return f"{law}{t.say(*GRADES[pair.grade])}；{pair.source}"


def _point(point: Point, t: Telling) -> Iterator[Found]:
    people = tuple(person for person, _ in point.people if person)
    cures = _cures(point, t)
    if not people:
        yield Found(
            "must" if point.always else "warn",
            t.say("有的件人都在也办不下去", "Some cases cannot be finished with everybody there"),
            _where(point, t),
            t.say("规则与在岗人员不合", "the rules do not fit the people"),
            cures,
        )
        return
    who = t.people(people)
    stuck = t.nodes(point.stuck)
    title = (
        t.say(f"{stuck}单点", f"{stuck} hangs on one person")
        if stuck
        else t.say(f"{who}不在就转不开", f"Without {who} the rules cannot be kept")
    )
    yield Found(
        "must" if point.always else "warn",
        title,
        _stops(people, who, t) + _where(point, t),
        t.say("岗位应有能顶上的人", "a post should have somebody who can take its place"),
        cures,
    )
    for one in point.useless:
        deputy, principal = called([one.deputy], t.names), called([one.principal], t.names)
        yield Found(
            "warn",
            t.say(f"{deputy}顶不上{principal}", f"{deputy} does not help when {principal} is away"),
            t.say("未能判定原因。", "Why was not decided.") if one.why is None else t.told(one.why),
            t.say("B 角要能办成才算", "a stand-in counts if the case can be finished"),
        )


def _stops(people: tuple[str, ...], who: str, t: Telling) -> str:
    if len(people) == 1:
        return t.say(f"{who}不在就停。", f"It stops without {who}. ")
    return t.say(
        f"{who}，谁不在，该他办的就停。", f"What is for one of these stops without him: {who}. "
    )


def _where(point: Point, t: Telling) -> str:
    if point.always:
        return t.say("所有件都经过这里。", "Every case passes here.")
    units = tuple(dict.fromkeys(unit for _, many in point.people for unit in many if unit))
    named, count = called(units[:NAMED], t.names), len(point.routes)
    whose = t.say(f"{named}起草的，", f"Drafted in {named}: ") if units else ""
    if len(units) > NAMED:
        more = len(units) - NAMED
        zh = f"{named}等 {len(units)} 个部门起草的，"
        whose = t.say(zh, f"Drafted in {named} and {more} more units: ")
    return t.say(f"{whose}有 {count} 条路线受影响。", f"{whose}{count} routes are concerned.")


def _cures(point: Point, t: Telling) -> tuple[str, ...]:
    """First whoever is near: a colleague of the person on whom it hangs; else anybody."""
    if point.remedies is None:
        return (t.say("补救：未能判定", "cure: not decided"),)
    members = t.directory.people
    units = {members[one].unit for one, _ in point.people if one in members}
    told = []
    for remedy in point.remedies[:CURES]:
        near = [one for one in remedy.people if members[one].unit in units]
        if near:
            step, who = step_name(t.definition, remedy.step), t.people(tuple(near))
            told.append(t.say(f"“{step}”可再配：{who}", f"{step} could also be done by: {who}"))
        else:
            told.append(t.told(remedy.told))
    return tuple(told)


def _both(count: int, t: Telling) -> Found:
    return Found(
        "hint",
        t.say(f"{count} 人可申请也可审批", f"{count} people may draft and decide"),
        t.say("同一件里，谁起草谁就不能审批。", "In one case whoever drafts decides nothing."),
        t.say("系统逐件拦住，无须处理", "kept in every case; nothing to do"),
    )
