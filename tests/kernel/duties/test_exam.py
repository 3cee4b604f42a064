"""The examination of one process, and the words it is told in, in both languages."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.kernel.flow.world import directory, node, process, stand_in
from zhongshu.kernel.duties import SHIPPED, Undecided
from zhongshu.kernel.duties.from_flow import exam as module
from zhongshu.kernel.duties.from_flow.absences import Absences
from zhongshu.kernel.duties.from_flow.exam import Exam, examine
from zhongshu.kernel.duties.from_flow.incompatible import Duties
from zhongshu.kernel.duties.from_flow.left import Left
from zhongshu.kernel.duties.from_flow.people import People
from zhongshu.kernel.duties.report.exam import Found, Telling, findings, story
from zhongshu.kernel.duties.report.grid import grid
from zhongshu.kernel.duties.report.whether import Change, Trial, suggestions, tried
from zhongshu.kernel.duties.search import OverBudget
from zhongshu.kernel.duties.solve import Solver
from zhongshu.kernel.flow.condition import Row
from zhongshu.kernel.flow.definition import Definition, Edge, Field, NodeKind, Seat, SeatKind
from zhongshu.kernel.flow.drawing import in_words
from zhongshu.kernel.flow.people import Directory

TODAY = SHIPPED[-1]
POST, PERSON = SeatKind.POST, SeatKind.PERSON
LANGS = ("zh", "en")


def told(
    flow: Definition, people: Directory, lang: str = "zh", **kw: Any
) -> tuple[Exam, tuple[Found, ...]]:
    found = examine(Duties(TODAY, flow, kw.get("posts", {}), {}), People(people))
    names = {name: name.title() for name in people.people}
    telling = Telling(flow, TODAY, names, lang, people)  # type: ignore[arg-type]
    return found, findings(found, telling)


def task(id_: str, to: str, *seats: Seat, **kw: Any) -> Any:
    return node(id_, to, *seats, kind=NodeKind.TASK, **kw)


LONE = process(task("do", "end", Seat(POST, "spare")), min_deciders=0)


@pytest.mark.parametrize("lang", LANGS)
def test_somebody_alone_is_told_with_the_pair_that_cures_it(lang: str) -> None:
    found, words = told(LONE, directory(), lang)
    assert found.survey.people == 1
    assert words[0].tone == "must"
    assert words[0].title == ("Yang一人就能办完" if lang == "zh" else "Yang can do it alone")
    assert words[0].cures == (
        "加一条“draft”与“do”不同人，则最少 2 人"
        if lang == "zh"
        else "keep draft and do apart; then at least 2 people",
    )
    assert words[0].foot.endswith(words[0].cures[0])


def test_what_no_pair_cures_alone_needs_one_more_person() -> None:
    lone = Directory({"yang": directory().people["yang"]}, {"spare": ("yang",)}, {})
    _, words = told(LONE, lone)
    assert any("并且再配人" in cure for cure in words[0].cures)


@pytest.mark.parametrize("lang", LANGS)
def test_nobody_and_not_decided(lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _, words = told(process(node("n", "end", Seat(POST, "vacant"))), directory(), lang)
    titles = [one.title for one in words]
    assert ("没有人能办完" if lang == "zh" else "Nobody can finish it") in titles
    monkeypatch.setattr(Absences, "fewest", lambda _: Undecided(1))
    found, words = told(LONE, directory(), lang)
    assert words[0].title == ("未能判定" if lang == "zh" else "Not decided")
    assert story(found, Telling(LONE, TODAY, {}, "zh", directory())) == ""


def test_a_cure_that_was_not_found_in_time_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "kept_apart", lambda *_: Undecided(1))
    found, words = told(LONE, directory())
    assert found.apart is None
    assert words[0].cures == ("补救：未能判定",)
    monkeypatch.setattr(Absences, "fewest", _decided_once(Absences.fewest))
    assert told(LONE, directory())[0].apart is None
    monkeypatch.undo()
    monkeypatch.setattr(module, "remedies", lambda *_: Undecided(1))
    _, words = told(LONE, directory())
    assert any(one.cures == ("补救：未能判定",) for one in words[1:])


def _decided_once(known: Any) -> Any:
    asked: list[Absences] = []

    def fewest(self: Absences) -> Any:
        asked.append(self)
        return known(self) if len(asked) == 1 else Undecided(1)

    return fewest


APART = process(
    task("first", "second", Seat(POST, "override")),
    task("second", "end", Seat(POST, "override")),
    conflicts=(("first", "second"),),
    min_deciders=0,
)


@pytest.mark.parametrize("lang", LANGS)
def test_the_rules_together_can_need_somebody(lang: str) -> None:
    people = directory(posts={"override": ("zhou", "wu")})
    found, words = told(APART, people, lang)
    assert {point.stuck for point in found.points} == {()}
    text = "Zhou、Wu不在就转不开" if lang == "zh" else "Without "
    other = "Wu、Zhou不在就转不开" if lang == "zh" else "Without "
    assert any(one.title.startswith((text, other)) for one in words)


@pytest.mark.parametrize("lang", LANGS)
def test_a_stand_in_who_does_not_help(lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    people = directory(posts={"override": ("zhou", "wu")}, stand_ins=(stand_in("zhou", "wu"),))
    found, words = told(APART, people, lang)
    useless = [one for point in found.points for one in point.useless]
    assert [(one.principal, one.deputy) for one in useless] == [("zhou", "wu")]
    title = "Wu顶不上Zhou" if lang == "zh" else "Wu does not help when Zhou is away"
    assert title in [one.title for one in words]
    monkeypatch.setattr(module, "why_impossible", lambda *_: Undecided(1))
    _, words = told(APART, people, lang)
    unknown = "未能判定原因。" if lang == "zh" else "Why was not decided."
    assert unknown in [one.text for one in words]


def test_a_stand_in_where_none_may_act_does_not_help() -> None:
    own = process(task("do", "end", Seat(POST, "spare"), delegable=False), min_deciders=0)
    (holder,) = directory().posts["spare"]
    people = directory(stand_ins=(stand_in(holder, "zhou"),))
    found, _ = told(own, people)
    useless = [one for point in found.points for one in point.useless]
    assert [(one.principal, one.deputy) for one in useless] == [(holder, "zhou")]
    assert useless[0].why == ("“do”不由 B 角代办", "do is not for a stand-in")


@pytest.mark.parametrize("lang", LANGS)
def test_incompatible_duties_in_one_person_and_in_one_case(lang: str) -> None:
    flow = process(
        task("pay", "book", Seat(POST, "spare", duty="CSH")),
        task("book", "end", Seat(POST, "clerk", duty="BKP")),
        min_deciders=0,
    )
    people = directory(stand_ins=(stand_in("huang", "yang"),))
    found, words = told(flow, people, lang)
    assert found.combined
    assert found.meetings
    if lang == "zh":
        assert "出纳付款与记账同在一人" in [one.title for one in words]
        assert "Yang：出纳付款，又代理Huang记账。" in [one.text for one in words]
        assert "“pay”与“book”可同为一人" in [one.title for one in words]
    else:
        assert "One person may do both pay and book" in [one.title for one in words]


def test_a_meeting_that_is_not_decided_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    flow = process(task("pay", "end", Seat(POST, "spare", duty="CSH")), min_deciders=0)
    found = examine(Duties(TODAY, flow, {}, {}), People(directory()))
    open_ = replace_meeting(found)
    telling = Telling(flow, TODAY, {}, "zh", directory())
    assert "未能判定。" in [one.text for one in findings(open_, telling)]
    assert monkeypatch


def replace_meeting(found: Exam) -> Exam:
    return found._replace(meetings=tuple(one._replace(story=None) for one in found.meetings))


@pytest.mark.parametrize("lang", LANGS)
def test_many_people_are_counted_and_units_named(lang: str) -> None:
    flow = process(
        task("start", (Edge("head", Row("a", ">", 1)), Edge("end")), Seat(POST, "spare")),
        node("head", "end", Seat(SeatKind.RELATION, "unit_head")),
        fields=(Field("a", "a", "number"),),
    )
    _, words = told(flow, directory(), lang)
    head = next(one for one in words if one.title.startswith("head"))
    assert ("起草的" if lang == "zh" else "Drafted in") in head.text
    many = {f"u{n}": directory().units["office"]._replace(id=f"u{n}") for n in range(6)}
    people = {
        p: one._replace(unit=f"u{n % 6}") for n, (p, one) in enumerate(directory().people.items())
    }
    wide = Directory(people, directory().posts, many)
    _, words = told(flow, wide, lang)
    assert any(("个部门起草的" if lang == "zh" else "more units") in one.text for one in words)
    telling = Telling(flow, TODAY, {}, lang, wide)  # type: ignore[arg-type]
    assert ("等 6 人" if lang == "zh" else "2 more") in telling.people(tuple("abcdef"))


@pytest.mark.parametrize("lang", LANGS)
def test_stories_tell_the_ground_of_each_act(lang: str) -> None:
    flow = process(
        node("n", "end", Seat(PERSON, "li"), transfer=("post:spare",), fallback="clerk"),
    )
    people = directory(gone=("yang",), posts={"spare": ("chen",), "clerk": ("huang",)})
    found = examine(Duties(TODAY, flow, {}, {}), People(people))
    names = {name: name.title() for name in people.people}
    telling = Telling(flow, TODAY, names, lang, people)  # type: ignore[arg-type]
    sort = found.survey.sorts[0]
    for ground in ("own", "stand_in", "transfer", "fallback"):
        act = sort.acts[-1]._replace(ground=ground, of="li")
        other = found._replace(survey=found.survey._replace(sorts=(sort._replace(acts=(act,)),)))
        assert "n" in story(other, telling)


def test_a_change_is_tried_and_suggested() -> None:
    people = directory(posts={"spare": ("li",), "clerk": ("huang",)})
    flow = process(node("n", "pay", Seat(POST, "clerk")), task("pay", "end", Seat(POST, "spare")))
    before = examine(Duties(TODAY, flow, {}, {}), People(people))
    found = suggestions(before, people)
    assert found
    assert all(len(pair) == 2 for one in found for pair in one.stand_ins)
    assert suggestions(told(LONE, directory())[0], directory())[0].conflicts == (("draft", "do"),)
    asked = Change(stand_ins=(("li", "wang"),))
    after = tried(flow, people, {}, TODAY, asked)
    trial = Trial(asked, before, after)
    assert trial.freed == ("pay",)
    assert trial.fresh == ()
    assert Change().nothing
    assert Change(min_deciders=2).definition(flow).min_deciders == 2


def test_the_grid_gathers_equals_and_keeps_the_weakest_apart() -> None:
    flow = process(
        node("n", "pay", Seat(POST, "clerk"), Seat(POST, "head", name="主任")),
        task("pay", "end", Seat(POST, "spare"), effects=("pay",)),
    )
    found, _ = told(flow, directory())
    drawn = grid(found, flow)
    assert [column.name for column in drawn.columns] == ["draft", "n", "n（主任）", "pay"]
    assert [column.effect for column in drawn.columns] == ["", "", "", "pay"]
    assert sum(len(line.people) for line in drawn.lines) == len(directory().people)
    assert all(len(line.people) == 1 for line in drawn.lines if line.weak)
    assert len(drawn.path) == 4


def test_a_solver_that_runs_out_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def out(*_args: object) -> None:
        raise OverBudget

    monkeypatch.setattr(Solver, "outline", out)
    monkeypatch.setattr(Left, "at_hand", lambda *_: None)
    found = examine(Duties(TODAY, LONE, {}, {}), People(directory()))
    assert not found.survey.decided


def test_words_for_what_is_seldom() -> None:
    flow = process(
        node("n", (Edge("m"),), "li", race=True, abstain=True, hold_open=True, delegable=False),
        node("m", "end", "chen", returns=(), relies=(), edits=()),
        fields=(Field("a", "a", "number"),),
    )
    rows = {row.label[0]: row.text for row in in_words.node(flow, flow.by_id["n"], {})}
    assert rows["其他"] == "B 角不代办、等全部表态、可以弃权、先到先定"
    other = {row.label[0]: row.text for row in in_words.node(flow, flow.by_id["m"], {})}
    assert (other["可退回到"], other["依据"]) == ("不可退回", "无")
    nodes = tuple(replace(n, name="新名") if n.id == "m" else n for n in flow.nodes)
    (found,) = in_words.differences(flow, replace(flow, nodes=nodes), {})[-1:]
    assert any(
        one.before == "m" and one.after == "新名"
        for one in in_words.differences(flow, replace(flow, nodes=nodes), {})
    )
    assert found.node
    kept = replace(flow, conflicts=(("n", "other"),))
    (only,) = in_words.differences(flow, kept, {})
    named = flow.by_id["n"].name
    assert (only.label[0], only.before, only.after) == ("同件不同人", "", f"{named}与other")
