"""Every question against trying all plans, on thousands of small random processes."""

from collections.abc import Callable
from itertools import combinations, product
from random import Random
from typing import Any

import pytest

from zhongshu.kernel.duties import absence, acting, coalition, conflict
from zhongshu.kernel.duties.compare import (
    Change,
    compare,
    compare_grants,
    effect_of,
    standing,
)
from zhongshu.kernel.duties.model import (
    Bar,
    Grant,
    Person,
    Plan,
    Process,
    Staff,
    Undecided,
    places_of,
)
from zhongshu.kernel.duties.problem import Case
from zhongshu.kernel.duties.solve import find_plan
from zhongshu.kernel.duties.verify import broken

from .oracle import Truth, process

ROUNDS = range(8)
EACH = 100


def seeds(turn: int) -> range:
    return range(turn * EACH, (turn + 1) * EACH)


def crowd(people: tuple[int, ...]) -> int:
    return sum(1 << p for p in people)


@pytest.mark.parametrize("turn", ROUNDS)
def test_a_plan_is_found_exactly_if_there_is_one(turn: int) -> None:
    for seed in seeds(turn):
        one = process(seed)
        truth = Truth(one)
        for way in one.ways:
            found = find_plan(one, way)
            assert not isinstance(found, Undecided)
            assert (found is not None) == bool(truth.plans[way]), seed
            if found is not None:
                assert dict(found.acts) in truth.plans[way], seed


@pytest.mark.parametrize("turn", ROUNDS)
def test_the_checker_accepts_exactly_the_sound_plans(turn: int) -> None:
    for seed in range(turn * 20, turn * 20 + 20):
        one = process(seed, most_people=3)
        truth = Truth(one)
        for way in one.ways:
            names = [step.key for step in one.steps if step.key in way]
            for chosen in product(range(len(one.staff.people)), repeat=len(names)):
                acts = tuple(zip(names, chosen, strict=True))
                sound = dict(acts) in truth.plans[way]
                assert (broken(one, way, Plan(acts)) == ()) == sound, seed


@pytest.mark.parametrize("turn", ROUNDS)
def test_the_fewest_people_and_all_their_groups(turn: int) -> None:
    for seed in seeds(turn):
        one = process(seed)
        truth = Truth(one)
        crowds = {people for way in one.ways for people in truth.crowds(way)}
        least = min((people.bit_count() for people in crowds), default=0)
        fewest = coalition.fewest(one)
        assert isinstance(fewest, coalition.Fewest)
        assert fewest.people == least, seed
        assert fewest.alone == (least == 1)
        if fewest.plan is not None:
            assert fewest.way is not None
            assert dict(fewest.plan.acts) in truth.plans[fewest.way]
            assert fewest.plan.people.bit_count() == least
        groups = coalition.coalitions(one)
        assert isinstance(groups, coalition.Coalitions)
        assert groups.complete
        assert groups.people == least
        told = {
            sum(crowd(some) for some in chosen)
            for group in groups.groups
            for chosen in product(
                *(combinations(places_of(members), count) for members, count in group)
            )
        }
        assert told == {people for people in crowds if people.bit_count() == least}, seed


@pytest.mark.parametrize("turn", ROUNDS)
def test_the_smallest_absence_that_blocks(turn: int) -> None:
    for seed in seeds(turn):
        one = process(seed)
        truth = Truth(one)
        n = len(one.staff.people)
        sets = [crowd(some) for size in range(n + 1) for some in combinations(range(n), size)]
        for most in (0, 1, 2):
            least = next(
                (
                    away
                    for away in sets
                    if away.bit_count() <= most and any(truth.blocks(way, away) for way in one.ways)
                ),
                None,
            )
            answer = absence.resilience(one, most)
            if least is None:
                assert answer == absence.Resilient(most), seed
                continue
            assert isinstance(answer, absence.Blocking)
            assert answer.people == least.bit_count(), seed
            for chosen in product(
                *(combinations(places_of(members), count) for members, count in answer.groups)
            ):
                away = sum(crowd(some) for some in chosen)
                assert truth.blocks(answer.way, away), seed
                for place in places_of(away):
                    assert not truth.blocks(answer.way, away & ~(1 << place)), seed
            assert answer.example.bit_count() == answer.people


@pytest.mark.parametrize("turn", ROUNDS)
def test_each_person_who_is_indispensable(turn: int) -> None:
    for seed in seeds(turn):
        one = process(seed)
        truth = Truth(one)
        expected = {}
        for place in range(len(one.staff.people)):
            ways = tuple(
                way for way in one.ways if truth.plans[way] and truth.blocks(way, 1 << place)
            )
            if ways:
                expected[place] = ways
        found = absence.pillars(one)
        assert not isinstance(found, Undecided)
        assert {pillar.place: pillar.ways for pillar in found} == expected, seed


@pytest.mark.parametrize("turn", ROUNDS)
def test_who_could_be_added_to_cure_it(turn: int) -> None:
    for seed in range(turn * 25, turn * 25 + 25):
        one = process(seed, most_steps=3, most_people=4)
        away = Random(seed).choice([0, 1, 2])
        present = Process(
            Staff((*one.staff.people, Person("new", one.staff.people[0].label))),
            one.steps,
            tuple(grant._replace(people=grant.people & ~away) for grant in one.grants),
            one.rules,
            one.ways,
        )
        newcomer = 1 << len(one.staff.people)
        for way in one.ways:
            found = absence.cures(one, way, away)
            assert not isinstance(found, Undecided)
            told = {cure.step: (cure.crowd, cure.anybody) for cure in found}
            expected = {}
            for step in way if not Truth(present).plans[way] else ():
                helps = 0
                for place in places_of((holders(one, way) & ~away) | newcomer):
                    more = present.granting(Grant(step, 1 << place))
                    helps |= (1 << place) * bool(Truth(more).plans[way])
                if helps:
                    expected[step] = (helps & ~newcomer, bool(helps & newcomer))
            assert told == expected, seed


def holders(one: Process, way: frozenset[str]) -> int:
    """People with a right on this way that no rule takes away."""
    held = 0
    for grant in one.grants:
        if grant.step in way:
            barred = [r.people for r in one.rules if isinstance(r, Bar) and grant.step in r.scope]
            held |= crowd(
                tuple(p for p in places_of(grant.people) if not any(b >> p & 1 for b in barred))
            )
    return held


@pytest.mark.parametrize("turn", ROUNDS)
def test_who_may_act_now(turn: int) -> None:
    for seed in seeds(turn):
        one = process(seed)
        truth = Truth(one)
        rnd = Random(seed)
        way = rnd.choice(one.ways)
        order = rnd.sample(sorted(way), len(way))
        plan = rnd.choice(truth.plans[way] or [{}])
        done = {step: plan[step] for step in order[: rnd.randrange(len(way))] if plan}
        step = order[-1]
        open_ = [way for way in one.ways if set(done) | {step} <= way and truth.extends(way, done)]
        answer = acting.who_may_act(one, step, done)
        assert isinstance(answer, acting.Candidates)
        assert answer.undecided == 0
        for place in range(len(one.staff.people)):
            safe = bool(open_) and all(truth.extends(way, {**done, step: place}) for way in open_)
            assert (answer.safe >> place & 1) == safe, (seed, place)
            single = acting.may_act(one, step, place, done)
            assert isinstance(single, acting.Safe) == safe
            granted = single != acting.Unsafe((), granted=False)
            stays = any(truth.extends(way, {**done, step: place}) for way in open_)
            ends = acting.dead_end(one, step, place, done)
            assert (ends is not None) == (granted and bool(open_) and not stays), (seed, place)
            assert ends is None or ends in open_
            if isinstance(single, acting.Safe):
                for on, proof in single.plans:
                    assert dict(proof.acts) in truth.plans[on]
                    assert {**dict(proof.acts), **done, step: place} == dict(proof.acts)
                assert {on for on, _ in single.plans} == set(open_)
            elif isinstance(single, acting.Unsafe) and single.granted:
                assert answer.unsafe >> place & 1
                assert set(single.lost) == {
                    on for on in open_ if not truth.extends(on, {**done, step: place})
                }


@pytest.mark.parametrize("turn", ROUNDS)
def test_the_conflict_is_one_and_is_minimal(turn: int) -> None:
    for seed in seeds(turn):
        one = process(seed)
        for way in one.ways:
            answer = conflict.why_impossible(one, way)
            if Truth(one).plans[way]:
                assert answer == conflict.Possible(), seed
                continue
            assert isinstance(answer, conflict.Conflict)
            assert answer.minimal
            rules = tuple(rule for rule in one.rules if rule.name in answer.rules)
            assert not Truth(one, rules).plans[way], seed
            for rule in rules:
                rest = tuple(other for other in rules if other is not rule)
                assert Truth(one, rest).plans[way], seed


def test_absent_people_act_no_more_but_what_they_did_stands() -> None:
    for seed in range(300):
        one = process(seed)
        truth = Truth(one)
        way = one.ways[0]
        for plan in truth.plans[way][:1]:
            step, place = next(iter(plan.items()))
            away = 1 << place
            found = find_plan(one, way, Case(((step, place),), away))
            expected = [
                acts
                for acts in truth.plans[way]
                if acts[step] == place and list(acts.values()).count(place) == 1
            ]
            assert (found is not None) == bool(expected), seed


@pytest.mark.parametrize("turn", ROUNDS)
def test_with_any_budget_the_answer_is_right_or_open(turn: int) -> None:
    for seed in range(turn * 15, turn * 15 + 15):
        one = process(seed)
        way, step = one.ways[0], one.steps[-1].key
        questions: list[Callable[[int], object]] = [
            lambda budget, one=one, way=way: find_plan(one, way, budget=budget),
            lambda budget, one=one: coalition.fewest(one, budget=budget),
            lambda budget, one=one: coalition.coalitions(one, budget=budget),
            lambda budget, one=one: absence.resilience(one, 2, budget=budget),
            lambda budget, one=one: absence.pillars(one, budget=budget),
            lambda budget, one=one, way=way: absence.cures(one, way, budget=budget),
            lambda budget, one=one, step=step: acting.may_act(one, step, 0, {}, budget=budget),
            lambda budget, one=one, step=step: acting.open_ways(one, step, {}, budget=budget),
            lambda budget, one=one, step=step: acting.dead_end(one, step, 0, {}, budget=budget),
        ]
        for ask in questions:
            right = ask(10**6)
            for budget in range(9):
                answer = ask(budget)
                if isinstance(answer, Undecided):
                    assert answer.nodes >= budget, (seed, budget)
                else:
                    assert answer == right, (seed, budget)


@pytest.mark.parametrize("turn", ROUNDS)
def test_with_any_budget_what_is_said_of_people_and_rules_is_right(turn: int) -> None:
    for seed in range(turn * 15, turn * 15 + 15):
        one = process(seed)
        way, step = one.ways[0], one.steps[-1].key
        right = acting.who_may_act(one, step, {})
        assert isinstance(right, acting.Candidates)
        for budget in range(9):
            some = acting.who_may_act(one, step, {}, budget=budget)
            if isinstance(some, acting.Candidates):
                assert some.safe | some.undecided == right.safe | some.undecided
                assert some.unsafe | some.undecided == right.unsafe | some.undecided
            why = conflict.why_impossible(one, way, budget=budget)
            whole = conflict.why_impossible(one, way)
            if isinstance(why, conflict.Conflict):
                assert isinstance(whole, conflict.Conflict)
                assert why == whole or not why.minimal
            elif isinstance(why, Undecided):
                assert why.nodes == budget
            else:
                assert why == whole


def test_what_a_stand_in_does_is_right_or_open_with_any_budget() -> None:
    left_open = 0
    for seed in range(120):
        one = process(seed)
        grants = (Grant(one.steps[-1].key, 3),)
        right = effect_of(one, grants, 1)
        assert not isinstance(right, Undecided)
        for budget in range(9):
            some = effect_of(one, grants, 1, budget=budget)
            if isinstance(some, Undecided):
                left_open += 1
                assert some.nodes == budget
            else:
                for effect, known in zip(some, right, strict=True):
                    assert (effect.before, effect.after) == (known.before, known.after), seed
                    assert effect.why == known.why or not effect.why.minimal  # type: ignore[union-attr]
    assert left_open > 50


def test_each_static_answer_has_the_budget_to_itself() -> None:
    half_known = 0
    for seed in range(120):
        one = process(seed)
        for budget in range(6):
            found = standing(one, 2, budget=budget)
            alone = (
                coalition.fewest(one, budget=budget),
                absence.pillars(one, budget=budget),
                absence.resilience(one, 2, budget=budget),
            )
            answers = (found.fewest, found.pillars, found.resilience)
            for together, single in zip(answers, alone, strict=True):
                # What was found out for one question may spare the next one work.
                assert together == single or isinstance(single, Undecided), (seed, budget)
            half_known += len({isinstance(answer, Undecided) for answer in answers}) == 2
            change = compare(one, one, 2, budget=budget)
            assert change == Change(found, found)
            grants = (Grant(one.steps[0].key, 1),)
            more = compare_grants(one, grants, 2, budget=budget)
            assert more.before == found
            assert more.after == standing(one.granting(*grants), 2, budget=budget)
    assert half_known


class Tired(acting.Solver):
    """A solver that gives up on some of its questions."""

    rnd = Random(1)

    def outline(self, *args: Any) -> Any:
        """The answer, or none."""
        if self.rnd.random() < 0.5:
            raise acting.OverBudget
        return super().outline(*args)


@pytest.mark.parametrize("turn", ROUNDS)
def test_whom_one_way_leaves_open_is_not_called_safe(
    turn: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    left_open = 0
    monkeypatch.setattr(Tired, "rnd", Random(turn))
    for seed, number in product(seeds(turn), range(4)):
        one = process(seed)
        step = one.steps[number % len(one.steps)].key
        right = acting.who_may_act(one, step, {})
        assert isinstance(right, acting.Candidates)
        by = acting._open(one, step, Case(), 10**6)
        with monkeypatch.context() as patch:
            patch.setattr(acting, "_open", lambda *_, by=by: by)
            patch.setattr(acting, "Solver", Tired)
            some = acting.who_may_act(one, step, {})
        assert isinstance(some, acting.Candidates)
        assert not some.safe & ~right.safe, seed
        assert not some.unsafe & ~right.unsafe, seed
        assert some.safe | some.unsafe | some.undecided == right.safe | right.unsafe
        left_open += some.undecided.bit_count()
    assert left_open > 20
