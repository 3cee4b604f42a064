"""The search against all ways of grouping the steps; with its limits drawn in, to meet them."""

from collections.abc import Iterator
from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.kernel.duties import learn, search
from zhongshu.kernel.duties.checks import Count
from zhongshu.kernel.duties.search import OverBudget, Puzzle, Search, luby


def groupings(count: int) -> Iterator[list[list[int]]]:
    """All ways to divide the steps into blocks."""
    if count == 0:
        yield []
        return
    for rest in groupings(count - 1):
        for block in rest:
            block.append(count - 1)
            yield rest
            block.pop()
        rest.append([count - 1])
        yield rest
        rest.pop()


def seated(masks: list[int], sizes: list[int]) -> bool:
    """Everybody gets a class with room, tried in every way."""
    if not masks:
        return True
    for place, size in enumerate(sizes):
        if masks[0] >> place & 1 and size:
            less = [*sizes[:place], size - 1, *sizes[place + 1 :]]
            if seated(masks[1:], less):
                return True
    return False


def sound(puzzle: Puzzle, blocks: list[list[int]]) -> bool:
    of = {step: number for number, block in enumerate(blocks) for step in block}
    used = [len({of[step] for step in count.scope}) for count in (*puzzle.most, *puzzle.least)]
    bounds = [count.bound for count in (*puzzle.most, *puzzle.least)]
    split = len(puzzle.most)
    return (
        all(of[a] != of[b] for a, b in puzzle.differ)
        and all(use <= bound for use, bound in zip(used[:split], bounds, strict=False))
        and all(use >= bound for use, bound in zip(used[split:], bounds[split:], strict=True))
    )


def possible(puzzle: Puzzle) -> bool:
    for blocks in groupings(len(puzzle.masks)):
        if sound(puzzle, blocks):
            masks = []
            for block in blocks:
                mask = -1
                for step in block:
                    mask &= puzzle.masks[step]
                masks.append(mask)
            if seated(masks, puzzle.sizes):
                return True
    return False


def holds(puzzle: Puzzle, found: Search, blocks: list[int]) -> bool:
    """The answer itself, checked."""
    steps: dict[int, list[int]] = {}
    for step, block in enumerate(blocks):
        steps.setdefault(block, []).append(step)
    seats = [found.seat[block] for block in steps]
    return (
        sound(puzzle, list(steps.values()))
        and all(puzzle.masks[step] >> found.seat[block] & 1 for step, block in enumerate(blocks))
        and all(seats.count(place) <= puzzle.sizes[place] for place in seats)
    )


def puzzle(seed: int, most_steps: int = 7) -> Puzzle:
    rnd = Random(seed)
    k, classes = rnd.randint(1, most_steps), rnd.randint(1, 7)
    density = rnd.choice([0.3, 0.5, 0.7])
    pairs = list(combinations(range(k), 2))

    def count(top: int) -> Count:
        size = rnd.randint(1, k)
        return Count(rnd.randint(1, top), tuple(sorted(rnd.sample(range(k), size))))

    return Puzzle(
        [sum(1 << c for c in range(classes) if rnd.random() < density) for _ in range(k)],
        [rnd.choice([1, 1, 2]) for _ in range(classes)],
        rnd.sample(pairs, rnd.randint(0, len(pairs) * 2 // 3)),
        [count(3) for _ in range(rnd.randint(0, 3))],
        [count(4) for _ in range(rnd.randint(0, 2))],
    )


LIMITS = {
    "as shipped": {},
    "counting": {"search.SHORT": 0},
    "impatient": {"search.PATIENCE": 1, "learn.KEPT": 0, "learn.MORE": 0, "learn.HUGE": 1.01},
    "all at once": {"search.SHORT": 0, "search.PATIENCE": 1, "learn.RESORT": 1},
}


@pytest.mark.parametrize("limits", LIMITS)
def test_a_plan_is_found_exactly_if_a_grouping_works(
    limits: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in LIMITS[limits].items():
        module, constant = name.split(".")
        monkeypatch.setattr({"search": search, "learn": learn}[module], constant, value)
    outcomes = set()
    for seed in range(300):
        one = puzzle(seed)
        found = Search(one, 10**6)
        blocks = found.run()
        outcomes.add(blocks is None)
        assert (blocks is not None) == possible(one), seed
        assert blocks is None or holds(one, found, blocks), seed
    assert outcomes == {True, False}


def hard(seed: int, steps: int, differ: int) -> Puzzle:
    """Random rights, at most three people for any of many groups of five, many pairs apart."""
    rnd = Random(seed)
    masks = [0] * steps
    for person in range(10 * steps):
        for step in rnd.sample(range(steps), rnd.randint(1, max(1, (steps - 1) // 2))):
            masks[step] |= 1 << person
    pairs = rnd.sample(list(combinations(range(steps), 2)), differ)
    most = [Count(3, tuple(sorted(rnd.sample(range(steps), 5)))) for _ in range(steps)]
    return Puzzle(masks, [1] * (10 * steps), pairs, most)


def test_learned_clauses_and_forgotten_ones_change_no_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plain = [Search(hard(seed, 16, 27), 10**6).run() is None for seed in range(8)]
    monkeypatch.setattr(search, "PATIENCE", 2)
    monkeypatch.setattr(learn, "KEPT", 4)
    monkeypatch.setattr(learn, "MORE", 1)
    assert [Search(hard(seed, 16, 27), 10**6).run() is None for seed in range(8)] == plain
    assert set(plain) == {True, False}


def test_the_same_question_has_the_same_answer_and_cost() -> None:
    runs = []
    for _ in range(2):
        found = Search(hard(3, 14, 20), 10**6)
        runs.append((found.run(), dict(found.seat), found.nodes))
    assert runs[0] == runs[1]


def test_the_budget_stops_the_search() -> None:
    found = Search(hard(1, 16, 27), 5)
    with pytest.raises(OverBudget):
        found.run()
    assert found.nodes == 6


def test_luby() -> None:
    assert [luby(turn) for turn in range(1, 16)] == [1, 1, 2, 1, 1, 2, 4, 1, 1, 2, 1, 1, 2, 4, 8]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**9), st.permutations(range(6)))
def test_the_order_of_the_steps_does_not_matter(seed: int, order: list[int]) -> None:
    one = puzzle(seed, 6)
    k = len(one.masks)
    to = [place for place in order if place < k]
    masks = [0] * k
    for step, mask in enumerate(one.masks):
        masks[to[step]] = mask
    moved = Puzzle(
        masks,
        one.sizes,
        [(to[a], to[b]) for a, b in one.differ],
        [Count(c.bound, tuple(sorted(to[s] for s in c.scope))) for c in one.most],
        [Count(c.bound, tuple(sorted(to[s] for s in c.scope))) for c in one.least],
    )
    assert (Search(one, 10**6).run() is None) == (Search(moved, 10**6).run() is None)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**9))
def test_more_people_never_harm_and_more_rules_never_help(seed: int) -> None:
    one = puzzle(seed)
    if Search(one, 10**6).run() is not None:
        more = one._replace(sizes=[size + 1 for size in one.sizes])
        assert Search(more, 10**6).run() is not None
    else:
        stricter = one._replace(differ=[*one.differ, *combinations(range(len(one.masks)), 2)][:9])
        if len(stricter.differ) > len(one.differ):
            assert Search(stricter, 10**6).run() is None
