"""Standing in, by brute force over random arrangements (F12): no circles, somebody always there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from zhongshu.office.people.covering import (
    Away,
    Cover,
    against_cover,
    against_leave,
    gaps_of,
    in_circle,
)

START = datetime(2026, 11, 23, tzinfo=UTC)
PEOPLE = "abcde"
DAYS = 8


def day(number: int) -> datetime:
    return START + timedelta(days=number)


spans = st.tuples(st.integers(0, DAYS - 1), st.integers(1, 4))
covers = st.builds(
    lambda pair, span, exclusive: Cover(
        pair[0], pair[1], day(span[0]), day(span[0] + span[1]), exclusive
    ),
    st.permutations(PEOPLE),
    spans,
    st.booleans(),
)
leaves = st.builds(
    lambda person, span: Away(person, day(span[0]), day(span[0] + span[1])),
    st.sampled_from(PEOPLE),
    spans,
)


def circle_on(day_: datetime, standing: list[Cover]) -> bool:
    """Whether the duties of somebody come back to him on this day; every path is walked."""
    now = [one for one in standing if one.start <= day_ < one.end]

    def reaches(person: str, goal: str, seen: frozenset[str]) -> bool:
        return any(
            one.deputy == goal
            or (one.deputy not in seen and reaches(one.deputy, goal, seen | {one.deputy}))
            for one in now
            if one.principal == person
        )

    return any(reaches(person, person, frozenset()) for person in PEOPLE)


def nobody_there_on(day_: datetime, standing: list[Cover], away: list[Away]) -> bool:
    """Whether somebody is away whose deputies of that day are all away too."""
    gone = {one.person for one in away if one.start <= day_ < one.end}
    for person in gone:
        deputies = [c.deputy for c in standing if c.principal == person and c.start <= day_ < c.end]
        if deputies and gone.issuperset(deputies):
            return True
    return False


@given(st.lists(covers, max_size=12), st.lists(leaves, max_size=8), st.randoms())
def test_whatever_is_arranged_in_whatever_order(
    wanted: list[Cover], away: list[Away], order: object
) -> None:
    """Only what is allowed is done; afterwards no day has a circle or a desk without anybody."""
    steps: list[Cover | Away] = [*wanted, *away]
    order.shuffle(steps)  # type: ignore[attr-defined]
    standing: list[Cover] = []
    gone: list[Away] = []
    for step in steps:
        if isinstance(step, Cover):
            if not against_cover(step, standing, gone):
                standing.append(step)
        elif not against_leave(step, standing, gone):
            gone.append(step)
    for number in range(DAYS + 5):
        assert not circle_on(day(number), standing)
        assert not nobody_there_on(day(number), standing, gone)
        now = [one for one in standing if one.start <= day(number) < one.end]
        replaced = {one.principal for one in now if one.exclusive}
        assert not replaced & {one.deputy for one in now}, (
            "who is wholly replaced stands in for nobody"
        )


@given(covers, st.lists(covers, max_size=8))
def test_a_circle_is_refused_if_and_only_if_there_would_be_one(
    new: Cover, wanted: list[Cover]
) -> None:
    standing: list[Cover] = []
    for one in wanted:
        if not in_circle(one, standing):
            standing.append(one)
    there = any(circle_on(day(number), [*standing, new]) for number in range(DAYS + 5))
    assert in_circle(new, standing) == there


@given(st.lists(covers, max_size=8), st.lists(leaves, max_size=8))
def test_a_gap_is_found_if_and_only_if_a_day_has_one(
    standing: list[Cover], away: list[Away]
) -> None:
    there = any(nobody_there_on(day(number), standing, away) for number in range(DAYS + 5))
    assert bool(gaps_of(standing, away)) == there


def codes(new: Cover, *standing: Cover) -> tuple[str, ...]:
    return tuple(one.code for one in against_cover(new, standing, ()))


def test_the_reasons() -> None:
    ab = Cover("a", "b", day(0), day(4))
    assert codes(ab) == ()
    assert codes(Cover("a", "a", day(0), day(4))) == ("stand_in_self",)
    assert codes(Cover("b", "a", day(3), day(5)), ab) == ("stand_in_circle",)
    assert codes(Cover("b", "a", day(4), day(5)), ab) == (), "one after the other is no circle"
    assert codes(Cover("a", "b", day(1), day(2)), ab) == ("stand_in_twice",)
    assert codes(Cover("a", "c", day(1), day(2)), ab) == ()
    assert codes(Cover("a", "c", day(1), day(2), True), ab) == ("stand_in_only_one",)
    assert codes(Cover("b", "c", day(1), day(2)), ab) == (), "the engine passes on once only"
    assert codes(Cover("b", "c", day(1), day(2), True), ab) == ("stand_in_chain",)
    assert codes(Cover("c", "a", day(1), day(2)), Cover("a", "b", day(0), day(4), True)) == (
        "stand_in_chain",
    )


def test_both_away_and_twice_away() -> None:
    ab = Cover("a", "b", day(0), day(9))
    gone = Away("b", day(2), day(4))
    assert [r.code for r in against_leave(Away("a", day(3), day(5)), [ab], [gone])] == ["both_away"]
    assert against_leave(Away("a", day(4), day(5)), [ab], [gone]) == ()
    with_c = [ab, Cover("a", "c", day(0), day(9))]
    assert against_leave(Away("a", day(3), day(5)), with_c, [gone]) == ()
    assert [r.code for r in against_leave(Away("b", day(3), day(5)), [ab], [gone])] == [
        "leave_twice"
    ]
    late = against_cover(ab, (), [gone, Away("a", day(3), day(5))])
    assert [r.code for r in late] == ["both_away"]
