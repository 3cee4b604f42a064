"""A second opinion on counting and on what must always be true, written differently on purpose."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import pairwise

from zhongshu.kernel.flow.case import Activation, Case, Slot
from zhongshu.kernel.flow.content import relied
from zhongshu.kernel.flow.definition import Counting, Definition, Node, NodeKind

PEOPLE_NODES = {NodeKind.DECIDE, NodeKind.TASK, NodeKind.ACKNOWLEDGE, NodeKind.INSTRUCT}


def outcome(node: Node, words: list[tuple[str, int, bool]]) -> bool:
    """Pass or fail of a finished vote: words of (yes, no, abstain), weight, veto.

    From the wording of the rules, with fractions instead of rounded integers.
    """
    total = sum(weight for _, weight, _ in words)
    yes = sum(weight for word, weight, _ in words if word == "yes")
    if any(veto and word == "no" for word, _, veto in words):
        return False
    match node.rule.kind:
        case Counting.COUNT:
            return yes >= node.rule.n
        case Counting.AT_LEAST:
            return Fraction(yes, total) >= Fraction(node.rule.p, node.rule.q)
        case Counting.MORE_THAN:
            return Fraction(yes, total) > Fraction(node.rule.p, node.rule.q)
        case _:
            return yes == total


def could_be(node: Node, act: Activation) -> set[bool]:
    """Every result that the words still missing could lead to."""
    seats = [s for s in act.slots if s.kind in {"base", "beside"} and s.state != "void"]
    voided = [s for s in act.slots if s.kind in {"base", "beside"} and s.cause == "settled"]
    results = set()
    said = [(_said(s, act.slots), s.weight, s.veto) for s in seats]
    said += [(_said(s, act.slots), s.weight, s.veto) for s in voided]
    for word in ("yes", "no"):
        results.add(outcome(node, [(w or word, n, v) for w, n, v in said]))
    return results


def _said(slot: Slot, slots: tuple[Slot, ...]) -> str:
    under = [
        s
        for s in slots
        if s.parent == slot.id and s.binding and (s.state != "void" or s.cause == "settled")
    ]
    words = [_said(s, slots) for s in under]
    if "no" in words:
        return "no"
    if slot.state != "decided" or slot.decision is None:
        return ""
    own = {"approve": "yes", "done": "yes", "instruct": "yes", "disapprove": "no"}.get(
        slot.decision.verb, "abstain"
    )
    return "" if own == "yes" and "" in words else own


def live(case: Case) -> list[Activation]:
    return [a for a in case.acts.values() if not a.mark and a.state in {"open", "passed", "failed"}]


def check(definition: Definition, case: Case) -> None:
    """Everything that must be true of a case after every step."""
    _running_has_work(definition, case)
    _duties_apart(definition, case)
    _one_chair_each(case)
    _content_bound(definition, case)
    _counted_right(definition, case)
    _one_in_line(definition, case)
    _joins_once(definition, case)
    _connected(definition, case)
    if case.state == "approved":
        _approved_by_enough(definition, case)


def _running_has_work(definition: Definition, case: Case) -> None:
    opened = [a for a in case.acts.values() if a.state == "open" and not a.mark]
    if case.state in {"running", "suspended"}:
        assert opened, "a running case has an open activation"
        for act in opened:
            if definition.by_id[act.node].kind is not NodeKind.CASE:
                states = {s.state for s in act.slots}
                assert states & {"open", "blocked", "lent"}, ("stuck", act)
    else:
        assert not opened, (case.state, opened)


def _duties_apart(definition: Definition, case: Case) -> None:
    done: dict[str, set[str]] = {}
    for act in live(case):
        kind = definition.by_id[act.node].kind
        for slot in act.slots:
            if slot.state != "decided" or slot.decision is None:
                continue
            who = {slot.decision.actor, slot.decision.principal}
            done.setdefault(slot.duty, set()).update(who)
            assert not slot.decision.actor.startswith("system:"), "the machine decided"
            if kind is NodeKind.DECIDE:
                assert not who & set(case.head.drafters), ("a drafter decided", act.node, who)
    for one, other in definition.conflicts:
        both = done.get(one, set()) & done.get(other, set())
        assert not both, ("conflict", one, other, both)


def _one_chair_each(case: Case) -> None:
    for act in live(case):
        chairs: Counter[str] = Counter()
        for slot in act.slots:
            if slot.state == "void":
                continue
            sits = {slot.holder, slot.also} if slot.state != "decided" else {slot.holder}
            chairs.update(sits - {""})
            chairs.update(a.to for a in slot.asks if a.state == "open")
        assert all(count == 1 for count in chairs.values()), (act.node, chairs)


def _content_bound(definition: Definition, case: Case) -> None:
    for act in live(case):
        if (
            definition.by_id[act.node].kind not in PEOPLE_NODES | {NodeKind.CASE}
            or act.state != "passed"
        ):
            continue
        now = relied(definition, act.node, case.content)
        assert act.relied == now, ("a decision stands on content that changed", act.node)


def _counted_right(definition: Definition, case: Case) -> None:
    for act in live(case):
        node = definition.by_id[act.node]
        if node.kind not in PEOPLE_NODES or act.carried or node.race:
            continue
        if act.state == "passed":
            assert could_be(node, act) == {True}, ("passed too early", act)
        elif act.state == "failed":
            assert could_be(node, act) == {False}, ("failed too early", act)
        elif not node.hold_open:
            assert len(could_be(node, act)) == 2, ("should have settled", act)


def _one_in_line(definition: Definition, case: Case) -> None:
    """In a line one is asked at a time, and nobody before whoever stands before him has spoken."""
    for act in live(case):
        if act.state == "open" and definition.by_id[act.node].rule.kind is Counting.SEQUENTIAL:
            seats = [s.state for s in act.slots if s.kind in {"base", "beside"}]
            asked = [state for state in seats if state in {"open", "lent", "blocked"}]
            assert len(asked) <= 1, ("two at once in a line", act)
            before = seats[: seats.index(asked[0])] if asked else []
            assert set(before) <= {"decided", "void"}, ("out of turn", act)


def _joins_once(definition: Definition, case: Case) -> None:
    fired = Counter(
        (act.node, act.scope, act.parents)
        for act in live(case)
        if definition.by_id[act.node].kind is NodeKind.JOIN
    )
    assert all(count == 1 for count in fired.values()), fired
    for act in live(case):
        if definition.by_id[act.node].kind is NodeKind.JOIN:
            inside = {a.scope[-1] for a in live(case) if a.id in act.parents and a.scope}
            assert len(inside) <= 1


def _connected(definition: Definition, case: Case) -> None:
    """Each live activation hangs on live ones by edges that the process has."""
    known = {act.id: act for act in live(case)}
    for act in known.values():
        for parent in act.parents:
            assert parent in known, ("parent is gone", act, parent)
            ways = definition.by_id[known[parent].node].ways
            jumped = case.head.skipped
            assert act.node in ways or jumped, ("no such edge", known[parent].node, act.node)


def _approved_by_enough(definition: Definition, case: Case) -> None:
    people = {
        slot.decision.actor
        for act in live(case)
        if definition.by_id[act.node].kind is NodeKind.DECIDE
        for slot in act.slots
        if slot.decision and slot.state == "decided" and slot.decision.verb == "approve"
    } - set(case.head.drafters)
    assert len(people) >= definition.min_deciders, people
    assert not case.head.skipped


def history_only_grows(before: Case, rows: dict[int, Activation]) -> None:
    """A decision, once given, stays: in its slot or among the past ones of it, word for word.

    `rows` are the activations after the step, those retired by it included.
    """
    for act in before.acts.values():
        after = rows.get(act.id)
        assert after is not None, ("an activation vanished", act.id)
        slots = {slot.id: slot for slot in after.slots}
        for slot in act.slots:
            assert slot.id in slots, "a slot vanished"
            new = slots[slot.id]
            kept = [*new.past, *([new.decision] if new.decision else [])]
            old = [*slot.past, *([slot.decision] if slot.decision else [])]
            assert kept[: len(old)] == old, ("a decision was edited", slot, new)
            assert new.rev >= slot.rev


def rounds_rise(cases: list[Case]) -> None:
    for one, other in pairwise(cases):
        assert other.head.round >= one.head.round
        assert other.head.revision >= one.head.revision
