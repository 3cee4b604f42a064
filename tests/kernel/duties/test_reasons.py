"""Why the search believes what it believes: every reason held before, and says what it is for.

A wrong reason gives a wrong clause, and a wrong clause may one day lose a plan. So each reason,
each dead end and each learned clause is held against every grouping of small puzzles.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from random import Random

import pytest

from zhongshu.kernel.duties import learn, search
from zhongshu.kernel.duties.checks import Count
from zhongshu.kernel.duties.learn import Learner
from zhongshu.kernel.duties.search import Puzzle, Search

from .test_search import groupings, hard, puzzle, seated, sound

Solution = Callable[[int], bool]  # whether a literal holds in it


class Watched(Search):
    """A search that looks at its own reasons after every round, and keeps its clauses."""

    def __init__(self, puzzle: Puzzle, budget: int, solutions: list[Solution] | None) -> None:
        super().__init__(puzzle, budget)
        self.solutions = solutions

    def allows(self, literals: list[int]) -> bool:
        """Whether some grouping has all these literals; unknown of puzzles too large to try."""
        return self.solutions is not None and any(
            all(holds(literal) for literal in literals) for holds in self.solutions
        )

    def _settle(self) -> bool:
        settled = super()._settle()
        place = {literal: number for number, literal in enumerate(self.trail)}
        for literal, number in place.items():
            why = self.why[literal >> 1]
            if why is not None:
                causes = list(self.causes(literal, why))
                assert all(self.value[c] > 0 for c in causes), "a reason that does not hold"
                assert all(place.get(c, -1) < number for c in causes), "a reason that came later"
                assert not self.allows([*causes, literal ^ 1]), "a reason that does not say it"
        if not settled:
            assert all(self.value[literal] > 0 for literal in self.clash), "not what holds"
            assert not self.allows(self.clash), "a dead end that is none"
        return settled

    def attach(self, clause: list[int]) -> None:
        if hasattr(self, "solutions"):  # learned, not given
            assert not self.allows([literal ^ 1 for literal in clause]), "learned too much"
        super().attach(clause)


def solutions_of(one: Puzzle) -> list[Solution]:
    """Every grouping that keeps the rules and finds people."""
    steps = len(one.masks)
    ends = list(combinations(range(steps), 2))
    found: list[Solution] = []
    for blocks in groupings(steps):
        masks = [-1] * len(blocks)
        of = {}
        for number, block in enumerate(blocks):
            for step in block:
                masks[number] &= one.masks[step]
                of[step] = number
        if sound(one, blocks) and seated(masks, one.sizes):
            said = [of[a] == of[b] for a, b in ends] + [True]
            found.append(lambda literal, said=said: said[literal >> 1] != bool(literal & 1))  # type: ignore[misc]
    return found


def tight(seed: int) -> Puzzle:
    """Seven steps with many people and many counts: dead ends come from the rules."""
    rnd = Random(seed)
    steps, classes = 7, 5

    def count(low: int, high: int) -> Count:
        scope = rnd.sample(range(steps), rnd.randint(4, 6))
        return Count(rnd.randint(low, high), tuple(sorted(scope)))

    return Puzzle(
        [sum(1 << c for c in range(classes) if rnd.random() < 0.75) for _ in range(steps)],
        [rnd.choice([1, 1, 2]) for _ in range(classes)],
        rnd.sample(list(combinations(range(steps), 2)), rnd.randint(3, 7)),
        [count(2, 3) for _ in range(rnd.randint(2, 4))],
        [count(3, 4) for _ in range(rnd.randint(0, 2))],
    )


@pytest.mark.parametrize("short", [0, 60], ids=["by counting", "by clauses"])
def test_every_reason_holds_and_says_what_it_is_for(
    short: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "SHORT", short)
    dead_ends = 0
    for seed in range(300):
        one = tight(seed) if seed % 3 else puzzle(seed)
        watched = Watched(one, 10**6, solutions_of(one))
        watched.run()
        dead_ends += watched.dead_ends
    assert dead_ends > 50


def test_every_reason_held_before_in_large_puzzles_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "SHORT", 0)
    for seed in range(3):
        watched = Watched(hard(seed, 14, 24), 10**6, None)
        watched.run()
        assert watched.dead_ends > 10


def at_most(bound: int, scope: tuple[int, ...], *differ: tuple[int, int]) -> Search:
    """A search over steps that anybody may take, with one count, not yet begun."""
    steps = 1 + max(scope)
    return Search(Puzzle([1023] * steps, [1] * 10, differ, [Count(bound, scope)]), 10**6)


def test_with_as_many_people_as_allowed_a_step_that_is_no_others_is_the_last_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(search, "SHORT", 0)
    state = at_most(2, (0, 1, 2, 3), (0, 1), (0, 2))
    assert state._settle()
    assert state.value[state.same[1][2]] == 1, "not the first, so the second"
    assert state.value[state.same[0][3]] == state.value[state.same[1][3]] == 0, "still either"
    first = at_most(2, (0, 1, 2, 3), (0, 1), (1, 2))
    assert first._settle()
    assert first.value[first.same[0][2]] == 1, "not the second, so the first"
    three = at_most(3, (0, 1, 2, 3), (0, 1), (0, 2), (1, 2), (3, 0))
    assert three._settle()
    assert three.value[three.same[1][3]] == three.value[three.same[2][3]] == 0
    fewer = at_most(3, (0, 1, 2, 3), (0, 1), (2, 3))
    assert fewer._settle()
    assert fewer.value[fewer.same[0][2]] == 0, "two people are known to be two, a third may come"


def test_one_person_too_many_is_seen_at_once_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "SHORT", 0)
    triangle = at_most(2, (0, 1, 2, 3), (1, 2), (1, 3), (2, 3))
    assert not triangle._settle(), "also when the first step of the scope is nobody's rival"
    assert sorted(triangle.clash) == sorted(
        triangle.same[a][b] | 1 for a, b in ((1, 2), (1, 3), (2, 3))
    )
    four = at_most(2, (0, 1, 2, 3), *combinations(range(4), 2))
    assert not four._settle()
    assert len(four.clash) == 3, "three people are enough to say so"


def learned(state: Learner, *sizes: tuple[int, int]) -> list[list[int]]:
    """Clauses of so many levels and literals, as if learned one after the other."""
    clauses = []
    for number, (levels, length) in enumerate(sizes):
        clause = [2 * (number + spot) for spot in range(length)]
        state.attach(clause)
        state.learned.append((levels, length, clause))
        clauses.append(clause)
    return clauses


def test_a_new_start_forgets_the_worse_half_but_no_clause_of_two_levels() -> None:
    state = Learner([1] * 8)
    state.kept = 5
    long, short, two, wide, best, three = clauses = learned(
        state, (4, 4), (3, 3), (2, 5), (5, 6), (2, 2), (3, 2)
    )
    assert state.guess()
    state.restart()
    assert state.depth == 0
    assert state.trail == []
    kept = [best, two, three]
    assert [clause for _, _, clause in state.learned] == kept
    for clause in clauses:
        watched = sum(clause is other for watching in state.watching for other in watching)
        assert watched == (2 if clause in kept else 0), (long, short, wide)
    assert state.kept == 5 + learn.MORE


def test_a_clause_of_two_levels_is_kept_even_in_the_worse_half_and_one_of_three_is_not() -> None:
    state = Learner([1] * 8)
    state.kept = 3
    clauses = learned(state, (2, 2), (2, 3), (2, 6), (3, 2))
    state.restart()
    assert [clause for _, _, clause in state.learned] == clauses[:3]


def test_nothing_is_forgotten_before_there_is_too_much() -> None:
    state = Learner([1] * 8)
    state.kept = 4
    clauses = learned(state, (9, 2), (8, 3), (7, 4), (6, 5))
    state.restart()
    assert [clause for _, _, clause in state.learned] == clauses
    assert state.kept == 4
