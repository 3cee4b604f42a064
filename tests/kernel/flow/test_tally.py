"""Counting, by brute force over every order, against an oracle that was written differently."""

from __future__ import annotations

from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhongshu.kernel.flow.case import Decision, Slot
from zhongshu.kernel.flow.definition import Counting, Node, NodeKind, Rule
from zhongshu.kernel.flow.tally import Vote, needed, result, tally, word

from . import oracle
from .world import node

RULES = [
    Rule(),
    *(Rule(Counting.COUNT, n=n) for n in (1, 2, 3)),
    *(
        Rule(kind, p=p, q=q)
        for kind in (Counting.AT_LEAST, Counting.MORE_THAN)
        for p, q in ((1, 2), (2, 3), (3, 4))
    ),
]


def orders(rule: Rule, weights: tuple[int, ...], vetoes: tuple[bool, ...]) -> None:
    """Whatever the order, the result that comes early is the result at the end."""
    n = node("n", rule=rule)
    for words in product(("yes", "no", "abstain"), repeat=len(weights)):
        end = oracle.outcome(n, list(zip(words, weights, vetoes, strict=True)))
        for order in permutations(range(len(weights))):
            said = ["pending"] * len(weights)
            for i in order:
                said[i] = words[i]
                votes = [Vote(*vote) for vote in zip(said, weights, vetoes, strict=True)]
                early = tally(rule, votes)
                if early != "open":
                    assert (early == "passed") == end, (rule, weights, vetoes, words, order)
                    break
            else:
                raise AssertionError("never settled")


@pytest.mark.parametrize("rule", RULES, ids=str)
@pytest.mark.parametrize("people", [1, 2, 3])
def test_p01_early_result_equals_final_in_every_order(rule: Rule, people: int) -> None:
    for weights in product((1, 2), repeat=people):
        for vetoes in product((False, True), repeat=people):
            if rule.kind is not Counting.COUNT or rule.n <= sum(weights):
                orders(rule, weights, vetoes)


def test_p01_four_signers() -> None:
    for rule in RULES:
        for vetoes in ((False,) * 4, (False, True, False, False)):
            orders(rule, (1, 1, 1, 2), vetoes)


def test_p01_a_pending_veto_seat_holds_a_reached_count() -> None:
    votes = [Vote("yes"), Vote("pending", veto=True)]
    assert tally(Rule(Counting.COUNT, n=1), votes) == "open"
    assert tally(Rule(Counting.COUNT, n=1), [Vote("yes"), Vote("no", veto=True)]) == "failed"


@given(st.integers(1, 40), st.integers(1, 12), st.integers(1, 12))
def test_p02_at_least_and_more_than_differ_exactly_on_the_boundary(
    total: int, p: int, q: int
) -> None:
    p = min(p, q)
    least = needed(Rule(Counting.AT_LEAST, p=p, q=q), total)
    more = needed(Rule(Counting.MORE_THAN, p=p, q=q), total)
    assert least * q >= total * p > (least - 1) * q
    assert more * q > total * p >= (more - 1) * q
    assert more - least == (1 if total * p % q == 0 else 0)


def test_p02_exactly_half() -> None:
    half = [Vote("yes"), Vote("no")]
    assert tally(Rule(Counting.AT_LEAST, p=1, q=2), half) == "passed"
    assert tally(Rule(Counting.MORE_THAN, p=1, q=2), half) == "failed"


def test_hold_open_waits_for_every_word() -> None:
    votes = [Vote("yes"), Vote("pending")]
    one = Rule(Counting.COUNT, n=1)
    assert tally(one, votes) == "passed"
    assert tally(one, votes, hold_open=True) == "open"
    assert tally(one, [Vote("yes"), Vote("no")], hold_open=True) == "passed"


def said(number: int, verb: str, **kw: object) -> Slot:
    decision = Decision(verb, "li", "li", 0, "", "")  # type: ignore[arg-type]
    return Slot(number, 0, "li", "decided", decision=decision, **kw)  # type: ignore[arg-type]


def test_a_yes_counts_only_behind_its_binding_children() -> None:
    own = said(1, "approve")
    child = Slot(2, -1, "chen", "open", kind="after", parent=1)
    assert word(own, (own, child)) == "pending"
    assert word(own, (own, child._replace(binding=False))) == "yes"
    assert word(own, (own, child._replace(state="void"))) == "yes"
    no = said(2, "disapprove", kind="after", parent=1)
    assert word(own, (own, no)) == "no"
    assert word(own, (own, no._replace(binding=False))) == "yes"
    assert word(own, (own, said(2, "approve", kind="after", parent=1))) == "yes"


def test_words_of_every_verb() -> None:
    for verb, expected in (
        ("approve", "yes"),
        ("done", "yes"),
        ("instruct", "yes"),
        ("disapprove", "no"),
        ("abstain", "abstain"),
    ):
        assert word(said(1, verb), ()) == expected
    assert word(said(1, "approve")._replace(state="void"), ()) == "pending"


def test_nobody_to_ask_is_never_a_pass() -> None:
    n = node("n", rule=Rule(Counting.COUNT, n=1))
    assert result(n, ()) == "open"
    assert (
        result(
            n,
            (
                said(
                    1,
                    "approve",
                )._replace(state="void"),
            ),
        )
        == "open"
    )


def test_a_race_is_won_by_the_first_word() -> None:
    race = Node("n", "n", NodeKind.DECIDE, rule=Rule(Counting.COUNT, n=1), race=True)
    waiting = Slot(2, 0, "chen", "open")
    assert result(race, (said(1, "approve"), waiting)) == "passed"
    assert result(race, (said(1, "disapprove"), waiting)) == "failed"
    assert result(race, (said(1, "abstain"), waiting)) == "open"
    assert result(race, (said(1, "abstain"), said(2, "abstain"))) == "failed"
