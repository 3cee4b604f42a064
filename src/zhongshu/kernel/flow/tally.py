"""Counting: when does a node pass? Integers only. 计票 (engine rule 4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from .case import Slot
from .definition import Counting, Node, Rule

Word = Literal["yes", "no", "abstain", "pending"]
Result = Literal["passed", "failed", "open"]
YES = frozenset({"approve", "done", "instruct"})


class Vote(NamedTuple):
    """What one seat says at this moment."""

    word: Word
    weight: int = 1
    veto: bool = False


def needed(rule: Rule, total: int) -> int:
    """The weight T that must say yes, of a total weight W."""
    return NEEDED[rule.kind](rule, total)


NEEDED: Mapping[Counting, Callable[[Rule, int], int]] = {
    Counting.ALL: lambda _, total: total,
    Counting.COUNT: lambda rule, _: rule.n,
    Counting.AT_LEAST: lambda rule, total: -(-total * rule.p // rule.q),
    Counting.MORE_THAN: lambda rule, total: total * rule.p // rule.q + 1,
    Counting.SEQUENTIAL: lambda _, total: total,
}


def tally(rule: Rule, votes: Sequence[Vote], *, hold_open: bool = False) -> Result:
    """The node's result: fail is tested before pass, and no order of votes changes the end.

    Fails as soon as a veto says no or the needed weight is out of reach; passes as soon as it is
    reached and no veto seat is pending. `hold_open` waits for every word; the result is the same.
    """
    yes = pending = total = 0
    vetoes = set()
    for said, weight, veto in votes:
        total += weight
        if said == "yes":
            yes += weight
        elif said == "pending":
            pending += weight
        if veto:
            vetoes.add(said)
    if hold_open and any(vote.word == "pending" for vote in votes):
        return "open"
    need = needed(rule, total)
    if "no" in vetoes or yes + pending < need:
        return "failed"
    return "passed" if yes >= need and "pending" not in vetoes else "open"


def word(slot: Slot, slots: Iterable[Slot]) -> Word:
    """What a seat says, counting its added signers.

    A yes counts only after all binding children said yes; one binding child's no makes it no.
    """
    own = _own(slot)
    children = [one for one in slots if one.parent == slot.id]
    if not children:
        return own
    words = [word(one, slots) for one in children if one.binding and one.state != "void"]
    if "no" in words:
        return "no"
    return "pending" if own == "yes" and "pending" in words else own


def _own(slot: Slot) -> Word:
    """What was said in a seat itself."""
    if slot.decision is None or slot.state != "decided":
        return "pending"
    said = slot.decision.verb
    return "yes" if said in YES else "abstain" if said == "abstain" else "no"


def result(node: Node, slots: Sequence[Slot]) -> Result:
    """The result of an activation with these slots; nobody to ask is never a pass."""
    votes = [
        Vote(word(slot, slots), slot.weight, slot.veto)
        for slot in slots
        if slot.state != "void" and slot.kind in {"base", "beside"}
    ]
    if not votes:
        return "open"
    if node.race and any(vote.word in {"yes", "no"} for vote in votes):
        return "passed" if any(vote.word == "yes" for vote in votes) else "failed"
    return tally(node.rule, votes, hold_open=node.hold_open)
