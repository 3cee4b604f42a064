"""The invented bureau, with every answer worked out by hand."""

from typing import Any

import pytest

from zhongshu.kernel.duties import solve
from zhongshu.kernel.duties.absence import (
    Blocking,
    Cure,
    Pillar,
    Resilient,
    cures,
    pillars,
    resilience,
)
from zhongshu.kernel.duties.acting import Candidates, Safe, Unsafe, may_act, open_ways, who_may_act
from zhongshu.kernel.duties.coalition import Coalitions, Fewest, coalitions, fewest
from zhongshu.kernel.duties.compare import (
    Change,
    Effect,
    Standing,
    compare,
    compare_grants,
    effect_of,
    standing,
)
from zhongshu.kernel.duties.conflict import Conflict, Possible, why_impossible
from zhongshu.kernel.duties.model import (
    Bar,
    Bind,
    Grant,
    Label,
    Person,
    Plan,
    Process,
    Separate,
    Staff,
    Step,
    Undecided,
    places_of,
)
from zhongshu.kernel.duties.problem import Case
from zhongshu.kernel.duties.solve import find_plan
from zhongshu.kernel.duties.story import tell, tell_group
from zhongshu.kernel.duties.told import (
    tell_blocking,
    tell_conflict,
    tell_cure,
    tell_pillar,
    tell_way,
)

from .office import LI_TO_WANG, LONG, PAYMENT, PEOPLE, SHORT, STAFF, STEPS, WU_TO_WANG, who
from .test_search import hard


def place(key: str) -> int:
    return STAFF.places[key]


def test_five_people_are_the_fewest_and_these_are_the_groups() -> None:
    # One of three drafts; 李, 吴 and 周 in any case; 孙 or 郑 books, and 周 pays.
    found = fewest(PAYMENT)
    assert isinstance(found, Fewest)
    assert (found.people, found.alone) == (5, False)
    groups = coalitions(PAYMENT)
    assert isinstance(groups, Coalitions)
    assert groups.complete
    assert [tell_group(STAFF, group) for group in groups.groups] == [
        Label(
            "王、赵、钱中任1人，加李，加孙、郑中任1人，加周，加吴",
            "any 1 of Wang, Zhao and Qian, with Li, with any 1 of Sun and Zheng, "
            "with Zhou, with Wu",
        )
    ]


def test_a_limit_on_groups_is_said() -> None:
    groups = coalitions(PAYMENT, limit=1)
    assert isinstance(groups, Coalitions)
    assert (len(groups.groups), groups.complete) == (1, False)


def test_three_people_carry_it_and_any_of_them_blocks_it() -> None:
    both = (LONG, SHORT)
    assert pillars(PAYMENT) == (
        Pillar(place("li"), both),
        Pillar(place("zhou"), both),
        Pillar(place("wu"), both),
    )
    answer = resilience(PAYMENT, 1)
    assert answer == Blocking(LONG, ((who("li"), 1),), who("li"))
    assert answer.people == 1
    assert resilience(PAYMENT, 0) == Resilient(0)


def test_who_could_be_added_while_li_is_away() -> None:
    # Anybody on the way who does not draft or approve alone could review; 吴 approves.
    found = cures(PAYMENT, LONG, who("li"))
    everybody_but = who("wang", "zhao", "qian", "sun", "zhou", "zheng")
    assert found == (Cure("review", everybody_but, anybody=True),)
    assert cures(PAYMENT, LONG) == ()


def test_nobody_is_away_unless_it_is_said() -> None:
    # With all there nothing needs a cure, even where the first of the staff alone drafts.
    alone = Process(STAFF, STEPS, (Grant("draft", who("wang")), *PAYMENT.grants[1:]), PAYMENT.rules)
    assert cures(alone, LONG) == ()
    assert cures(alone, LONG, who("wang")) != ()
    assert isinstance(may_act(alone, "draft", place("wang"), {}), Safe)
    assert who_may_act(alone, "draft", {}).safe == who("wang")  # type: ignore[union-attr]
    assert open_ways(alone, "draft", {}) == (LONG,)


def test_a_right_that_is_barred_cures_nothing() -> None:
    barred = Process(
        STAFF,
        PAYMENT.steps,
        PAYMENT.grants,
        (*PAYMENT.rules, Bar("回避", frozenset(("review",)), who("wang", "sun"))),
    )
    found = cures(barred, LONG, who("li"))
    assert found == (Cure("review", who("zhao", "qian", "zhou", "zheng"), anybody=True),)


def test_nobody_can_cure_two_gaps_at_once() -> None:
    assert cures(PAYMENT, LONG, who("li", "wu")) == ()


def test_a_stand_in_and_what_it_does() -> None:
    change = compare_grants(PAYMENT, (LI_TO_WANG, WU_TO_WANG))
    # 王 drafts and, while 吴 is away, approves: no rule parts these two steps. Four people do.
    assert change.easier_alone is True
    assert isinstance(change.after.fewest, Fewest)
    assert change.after.fewest.people == 4
    assert change.steadier is False  # 周 alone pays
    plan = change.after.fewest.plan
    assert plan is not None
    told = tell(PAYMENT.granting(LI_TO_WANG, WU_TO_WANG), plan)
    assert told.zh.startswith("王起草；李审核；")
    assert "吴外出，王代其审批；" in told.zh
    assert "; Wu is away, and Wang as stand-in approves; " in told.en


def test_a_stand_in_that_does_not_help_and_why() -> None:
    # 王 may stand in for 李, but where only 王 may draft, nobody is left to review.
    alone = Process(
        STAFF,
        PAYMENT.steps,
        (Grant("draft", who("wang")), *PAYMENT.grants[1:]),
        PAYMENT.rules,
        (SHORT,),
    )
    why = Conflict(("经办与审核分离",), (), minimal=True)
    assert effect_of(alone, (LI_TO_WANG,), who("li")) == (Effect(SHORT, False, False, why),)
    assert effect_of(alone, (LI_TO_WANG,), 0) == (Effect(SHORT, True, True, None),)
    (better,) = effect_of(alone, (Grant("review", who("zhao")),), who("li"))
    assert better == Effect(SHORT, False, True, None)
    assert [better.helps, effect_of(alone, (), 0)[0].helps] == [True, False]


def test_findings_are_told() -> None:
    way = tell_way(PAYMENT, SHORT)
    assert way == Label("起草—审核—审批—付款—记账", "drafts - reviews - approves - pays - books")
    assert tell_blocking(PAYMENT, Blocking(SHORT, ((who("li"), 1),), who("li"))) == Label(
        f"李不在，就办不成：{way.zh}。", f"Without Li this is blocked: {way.en}."
    )
    assert tell_blocking(PAYMENT, Blocking(SHORT, (), 0)) == Label(
        f"人都在也办不成：{way.zh}。", f"Blocked even with everybody there: {way.en}."
    )
    assert tell_pillar(PAYMENT, Pillar(place("wu"), (SHORT, SHORT))) == Label(
        f"只要吴不在，就办不成：{way.zh}；{way.zh}。", f"Wu alone can block: {way.en}; {way.en}."
    )
    assert tell_cure(PAYMENT, Cure("review", who("wang", "zhao"), anybody=True)) == Label(
        "“审核”加上王、赵中任1人，或再来一人，就能办成。",
        "Possible if any 1 of Wang and Zhao, or a newcomer may do this too: reviews.",
    )
    assert tell_cure(PAYMENT, Cure("pay", who("wang"), anybody=False)).zh == (
        "“付款”加上王，就能办成。"
    )
    assert tell_cure(PAYMENT, Cure("pay", 0, anybody=True)).zh == "“付款”加上再来一人，就能办成。"
    assert tell_conflict(PAYMENT, Conflict(("甲", "乙"), (), minimal=True)) == Label(
        "在岗的人不能同时满足：“甲”“乙”。", "the people there are cannot keep together: “甲”“乙”."
    )
    assert tell_conflict(PAYMENT, Conflict((), ("pay", "review"), minimal=False)) == Label(
        "无人可办：审核、付款；其中有的规矩可能无关（没有算完）。",
        "nobody may do this: reviews and pays; some of the rules may not matter (not decided).",
    )


def test_more_people_at_the_cashier_make_it_steadier() -> None:
    grants = (
        Grant("pay", who("sun")),
        Grant("review", who("zhao")),
        Grant("approve", who("li", "zheng")),
    )
    change = compare_grants(PAYMENT, grants)
    assert change.steadier is True
    assert isinstance(change.after.resilience, Resilient)
    back = compare(PAYMENT.granting(*grants), PAYMENT)
    assert (back.steadier, back.easier_alone) == (False, False)
    same = compare(PAYMENT.granting(*grants), PAYMENT.granting(*grants))
    assert same.steadier is False, "as steady as before is not steadier"


def test_to_know_of_one_absence_that_it_blocks_nothing_is_to_know_of_two_no_more() -> None:
    two = Standing(Fewest(5), (), Blocking(SHORT, ((who("li", "wu"), 2),), who("li", "wu")))
    unbroken = Standing(Fewest(5), (), Resilient(1))
    assert Change(two, unbroken).steadier is False


def test_from_impossible_to_possible_is_easier() -> None:
    none = Process(STAFF, PAYMENT.steps, PAYMENT.grants[1:], PAYMENT.rules)
    assert fewest(none) == Fewest(0)
    assert coalitions(none) == Coalitions(0, (), complete=True)
    assert pillars(none) == ()
    assert compare(none, PAYMENT).easier_alone is True
    assert compare(PAYMENT, none).easier_alone is False
    assert resilience(none, 2) == Blocking(LONG, (), 0)


def test_acting_now_without_a_dead_end() -> None:
    more = PAYMENT.granting(LI_TO_WANG)
    # 李 is away: if 王 drafts, nobody can review.
    away = who("li")
    answer = who_may_act(more, "draft", {}, away)
    assert answer == Candidates(who("zhao", "qian"), who("wang"), 0)
    assert may_act(more, "draft", place("wang"), {}, away) == Unsafe((LONG, SHORT))
    safe = may_act(more, "draft", place("zhao"), {}, away)
    assert isinstance(safe, Safe)
    assert [way for way, _ in safe.plans] == [LONG, SHORT]
    assert may_act(more, "draft", place("wu"), {}) == Unsafe((), granted=False)
    # After 王 drafted all the same, nothing is open any more.
    assert open_ways(more, "review", {"draft": place("wang")}, away) == ()
    assert may_act(more, "review", place("wang"), {"draft": place("wang")}, away) == Unsafe(())
    assert who_may_act(more, "review", {"draft": place("wang")}, away) == Candidates(
        0, who("wang"), 0
    )
    assert who_may_act(PAYMENT, "review", {}, away) == Candidates(0, 0, 0)


def test_a_way_without_the_step_is_not_at_stake() -> None:
    assert open_ways(PAYMENT, "budget", {}) == (LONG,)
    # 周 may check the budget and pay; 孙 may check the budget, and 郑 books.
    assert who_may_act(PAYMENT, "budget", {}) == Candidates(who("sun", "zhou"), 0, 0)


def test_the_story_of_a_case_under_way() -> None:
    case = Case((("draft", place("wang")),), who("zhao"))
    plan = find_plan(PAYMENT, SHORT, case)
    assert isinstance(plan, Plan)
    assert tell(PAYMENT, plan, case) == Label(
        "王已起草；李审核；吴审批；周付款；孙记账。",
        "Wang has done this: drafts; Li reviews; Wu approves; Zhou pays; Sun books.",
    )


def test_why_it_is_impossible() -> None:
    rules = (
        *PAYMENT.rules,
        Bind("谁付款谁核预算", frozenset(("pay", "budget"))),
        Bar("本人回避", frozenset(("budget", "draft")), who("zhou", "wang")),
    )
    one = Process(STAFF, PAYMENT.steps, PAYMENT.grants, rules, (LONG, SHORT))
    assert why_impossible(one, LONG) == Conflict(("谁付款谁核预算", "本人回避"), (), minimal=True)
    assert why_impossible(one, SHORT) == Possible()
    away = Case(absent=who("li"))
    assert why_impossible(PAYMENT, LONG, away) == Conflict((), ("review",), minimal=True)


def test_a_rule_against_itself() -> None:
    rules = (
        Separate("分", frozenset(("draft", "review"))),
        Bind("合", frozenset(("draft", "review"))),
    )
    one = Process(STAFF, PAYMENT.steps, (*PAYMENT.grants, LI_TO_WANG), rules)
    assert why_impossible(one, LONG) == Conflict(("分", "合"), (), minimal=True)


# Budgets


def puzzling() -> Process:
    """A process that no search settles in a few guesses."""
    return as_process(1)


def as_process(seed: int) -> Process:
    from_search = hard(seed, 16, 27)
    people = tuple(Person(str(i), Label(str(i), str(i))) for i in range(160))
    steps = tuple(Step(str(i), Label(str(i), str(i))) for i in range(16))
    rules: list[Any] = [
        Separate(f"differ {i}", frozenset(map(str, pair)))
        for i, pair in enumerate(from_search.differ)
    ]
    rules += [
        solve.AtMost(f"most {i}", count.bound, frozenset(map(str, count.scope)))
        for i, count in enumerate(from_search.most)
    ]
    grants = tuple(Grant(str(i), mask) for i, mask in enumerate(from_search.masks))
    return Process(Staff(people), steps, grants, tuple(rules))


def test_every_question_says_when_it_is_not_decided() -> None:
    one = puzzling()
    way, able = one.ways[0], places_of(one.grants[0].people)[0]
    assert isinstance(find_plan(one, way, budget=5), Undecided)
    assert isinstance(fewest(one, budget=5), Undecided)
    assert isinstance(coalitions(one, budget=5), Undecided)
    assert isinstance(resilience(one, 1, budget=5), Undecided)
    assert isinstance(pillars(one, budget=5), Undecided)
    assert isinstance(cures(one, way, budget=5), Undecided)
    assert isinstance(why_impossible(one, way, budget=5), Undecided)
    assert isinstance(effect_of(one, (), 0, budget=5), Undecided)
    assert isinstance(may_act(one, "0", able, {}, budget=5), Undecided)
    assert isinstance(who_may_act(one, "0", {}, budget=5), Undecided)
    assert isinstance(open_ways(one, "0", {}, budget=5), Undecided)


def test_a_difference_is_not_guessed() -> None:
    known = standing(PAYMENT)
    assert known == Standing(fewest(PAYMENT), pillars(PAYMENT), resilience(PAYMENT, 1))
    unknown = Standing(Undecided(1), Undecided(1), Undecided(1))
    for change in (Change(known, unknown), Change(unknown, known)):
        assert change.easier_alone is None
        assert change.steadier is None


def test_a_wrong_plan_is_never_handed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solve, "broken", lambda *_: ("rule",))
    with pytest.raises(AssertionError, match="the search broke"):
        find_plan(PAYMENT, LONG)


def test_people_have_labels() -> None:
    assert {person.label for person in STAFF.people} == set(PEOPLE.values())
