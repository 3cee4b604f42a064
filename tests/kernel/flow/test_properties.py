"""The properties of the flow, one test each, numbered as in docs/reference/flow.md.

Most are asked of random walks: random processes, random verbs (tests/kernel/flow/walk.py), with
Hypothesis choosing and shrinking. Numbers 1 and 2 are in test_tally.py, 34 in
test_two_at_once.py, 37 in test_calendar.py, 41 and 42 in test_proof.py.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from zhongshu.kernel.errors import Refused
from zhongshu.kernel.flow import Actor, Case, Facts, act, apply, todo
from zhongshu.kernel.flow import commands as c
from zhongshu.kernel.flow import path as way
from zhongshu.kernel.flow.case import Outcome, Slot
from zhongshu.kernel.flow.codec import dump_case, dump_event, load_event
from zhongshu.kernel.flow.content import relied
from zhongshu.kernel.flow.definition import Counting, NodeKind, Rule
from zhongshu.kernel.flow.tally import needed

from . import oracle
from .walk import FIELDS, RULES, Walk
from .world import PEOPLE, Play, at, directory, node, process, stand_in

pytestmark = pytest.mark.slow

SEEDS = st.integers(0, 2**32 - 1)
some = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))

Step = tuple[Walk, Case, c.Command, Facts, Any]


def steps(seed: int, count: int = 60) -> Iterator[Step]:
    """The steps of one random walk."""
    walk = Walk(random.Random(seed))
    for _ in range(count):
        yield (walk, *walk.step())
        if walk.case.state in {"approved", "rejected", "withdrawn", "lapsed"}:
            return


def done(seed: int, *kinds: type[c.Command]) -> Iterator[Step]:
    """The steps of these verbs that were not refused and changed something."""
    for step in steps(seed):
        if (
            isinstance(step[2], kinds or c.Command)
            and isinstance(step[4], Outcome)
            and step[4].event
        ):
            yield step


def pending(case: Case) -> list[Slot]:
    return [s for a in oracle.live(case) for s in a.slots if s.state in {"open", "lent", "blocked"}]


def shape(case: Case) -> Any:
    """What people notice of a case: who is asked what, without numbers of rows and revisions."""
    return (
        case.state,
        sorted(
            (a.node, a.state, tuple((s.principal, s.holder, s.also, s.state) for s in a.slots))
            for a in oracle.live(case)
        ),
    )


# --- 3 to 7: counting and duty --------------------------------------------------------------


@some
@given(SEEDS)
def test_p03_a_voided_slot_never_counts(seed: int) -> None:
    for walk, *_ in done(seed):
        for act_ in oracle.live(walk.case):
            if (
                act_.state == "passed"
                and walk.definition.by_id[act_.node].kind in oracle.PEOPLE_NODES
            ):
                kept = [s for s in act_.slots if s.state != "void"]
                assert any(s.state == "decided" for s in kept)


@some
@given(SEEDS)
def test_p04_nobody_decides_a_slot_he_does_not_hold(seed: int) -> None:
    for _, before, command, _, _ in done(seed, c.Decide):
        slot = next(s for a in before.acts.values() for s in a.slots if s.id == command.slot)
        assert command.by.person in {slot.holder, slot.also}
        assert slot.state == "open"


@some
@given(SEEDS, st.sampled_from(PEOPLE))
def test_p04_every_verb_on_a_slot_is_refused_to_a_stranger(seed: int, stranger: str) -> None:
    for walk, *_ in itertools.islice(done(seed), 12):
        for slot in pending(walk.case):
            if stranger in {slot.holder, slot.also, slot.adder} or not slot.holder:
                continue
            at_ = (Actor(stranger), slot.id, slot.rev)
            seen = walk.case.content.digest
            for command in (
                c.Decide(*at_, seen, "approve"),
                c.SendBack(*at_, seen, "draft", "x"),
                c.AddSigner(*at_, "yang", "before"),
                c.Transfer(*at_, "yang", "x"),
                c.Consult(*at_, "yang", "x"),
                c.GiveUp(*at_),
            ):
                result = act(walk.definition, walk.case, command, walk.facts())
                assert isinstance(result, Refused), (command, slot)
                assert "not_yours" in result.codes


@some
@given(SEEDS)
def test_p05_the_initiator_never_decides(seed: int) -> None:
    for walk, *_ in done(seed):
        for act_ in oracle.live(walk.case):
            if walk.definition.by_id[act_.node].kind is NodeKind.DECIDE:
                for _, decision in way.decisions(act_):
                    assert not way.persons(decision) & set(walk.case.head.drafters)


@some
@given(SEEDS)
def test_p06_conflict_pairs_never_meet_on_one_path(seed: int) -> None:
    for walk, *_ in done(seed):
        words = [(s.duty, d) for a in oracle.live(walk.case) for s, d in way.decisions(a)]
        for (one, first), (other, second) in itertools.combinations(words, 2):
            if {one, other} in [
                set(pair) for pair in walk.definition.conflicts if len(set(pair)) == 2
            ]:
                assert not way.persons(first) & way.persons(second)


@some
@given(SEEDS)
def test_p07_one_person_one_slot(seed: int) -> None:
    for walk, *_ in done(seed):
        for act_ in oracle.live(walk.case):
            people = [p for s in act_.slots if s.state != "void" for p in {s.holder, s.also} if p]
            assert len(people) == len(set(people))


# --- 8 to 14: the record ---------------------------------------------------------------------


@some
@given(SEEDS)
def test_p08_a_running_case_has_somebody_to_act_or_a_reason(seed: int) -> None:
    for walk, *_ in done(seed):
        if walk.case.state == "running":
            for act_ in oracle.live(walk.case):
                if act_.state == "open" and act_.slots:
                    assert any(s.state in {"open", "blocked", "lent"} for s in act_.slots)
                    for s in act_.slots:
                        assert s.state != "blocked" or s.reasons


@some
@given(SEEDS)
def test_p09_approved_means_every_node_of_the_path_passed(seed: int) -> None:
    for walk, *_ in done(seed):
        if walk.case.state == "approved":
            acts = oracle.live(walk.case)
            assert all(a.state in {"passed", "failed"} for a in acts)
            last = [a for a in acts if "end" in a.out]
            assert len(last) == 1
            assert {a.id for a in acts} == {last[0].id} | {
                a.id for a in way.before(walk.case.acts, last[0])
            }


@some
@given(SEEDS)
def test_p10_approved_means_enough_different_deciders(seed: int) -> None:
    for walk, *_ in done(seed):
        if walk.case.state == "approved":
            people = way.deciders(walk.definition, walk.case.acts)
            assert len(people - set(walk.case.head.drafters)) >= walk.definition.min_deciders


@some
@given(SEEDS)
def test_p11_carried_means_unchanged_and_still_allowed(seed: int) -> None:
    for walk, *_ in done(seed):
        for act_ in oracle.live(walk.case):
            if act_.carried:
                n = walk.definition.by_id[act_.node]
                assert not n.always_fresh
                assert act_.relied == relied(walk.definition, n.id, walk.case.content)
                if n.kind is NodeKind.DECIDE:
                    for _, decision in way.decisions(act_):
                        assert not way.persons(decision) & set(walk.case.head.drafters)


@some
@given(SEEDS)
def test_p12_history_never_shrinks(seed: int) -> None:
    said: dict[tuple[int, int], list[Any]] = {}
    for _, _, _, _, result in done(seed):
        for act_ in result.event.acts:
            for slot in act_.slots:
                words = [*slot.past, *([slot.decision] if slot.decision else [])]
                old = said.get((act_.id, slot.id), [])
                assert words[: len(old)] == old
                said[act_.id, slot.id] = words


@some
@given(SEEDS)
def test_p13_replaying_the_journal_gives_the_same_case(seed: int) -> None:
    case = None
    walk = None
    for walk, before, _, _, result in done(seed):  # noqa: B007
        case = apply(before if case is None else case, load_event(dump_event(result.event)))
    assert walk is None or dump_case(case or walk.case) == dump_case(walk.case)


@some
@given(SEEDS)
def test_p14_to_do_rows_kept_step_by_step_equal_a_recount(seed: int) -> None:
    rows: frozenset[Any] = frozenset()
    for walk, before, _, _, result in done(seed):
        if walk.case.state == before.state == "running":
            rows = (rows & todo.of_case(walk.case)) | set(result.asked)
        else:
            rows = todo.of_case(walk.case)
        assert rows == todo.of_case(walk.case)


# --- 15 to 19: back and again ----------------------------------------------------------------


@some
@given(SEEDS)
def test_p15_return_targets_lie_on_the_path(seed: int) -> None:
    for _, before, command, _, _ in done(seed, c.SendBack):
        act_ = next(a for a in before.acts.values() if any(s.id == command.slot for s in a.slots))
        assert command.to in {a.node for a in way.before(before.acts, act_)}


CHAIN = [
    ("n1", "li", ("a",)),
    ("n2", "chen", ("b",)),
    ("n3", "zhao", ("c",)),
    ("n4", "zhou", ("a", "b")),
]


def chain(fresh: frozenset[str] = frozenset(), carry: str = "smart") -> Play:
    nodes = [
        node(name, CHAIN[i + 1][0] if i < 3 else "end", who, relies=on, always_fresh=name in fresh)
        for i, (name, who, on) in enumerate(CHAIN)
    ]
    return Play(process(*nodes, carry=carry))


def asked_after_return(p: Play, returner: int, target: str, changes: dict[str, int]) -> list[str]:
    """Who is asked, in order, when the last of `returner` nodes returns and it is resubmitted."""
    p.submit(a=1, b=1, c=1)
    for _, who, _ in CHAIN[:returner]:
        p.yes(who)
    p.do(p.back(CHAIN[returner][1], target))
    if target == "draft":
        p.submit(**changes)
    asked = []
    while p.case.state == "running":
        (who,) = p.holders()
        asked.append(next(name for name, one, _ in CHAIN if one == who))
        p.yes(who)
        if asked[-1] == CHAIN[returner][0]:
            break
    return asked


@given(st.integers(1, 3), st.sets(st.sampled_from(["n1", "n2", "n3", "n4"])), st.data())
def test_p16_an_identical_resubmission_asks_only_whom_it_must(
    returner: int, fresh: set[str], data: st.DataObject
) -> None:
    names = [name for name, _, _ in CHAIN]
    target = data.draw(st.sampled_from(["draft", *names[:returner]]))
    asked = asked_after_return(chain(frozenset(fresh)), returner, target, {})
    start = 0 if target == "draft" else names.index(target)
    must = {target, names[returner]} | fresh
    assert asked == [name for name in names[start : returner + 1] if name in must]


@given(st.integers(1, 3), st.sets(st.sampled_from(FIELDS), min_size=1))
def test_p17_a_change_asks_exactly_those_who_rely_on_it(returner: int, fields: set[str]) -> None:
    asked = asked_after_return(chain(), returner, "draft", dict.fromkeys(sorted(fields), 2))
    names = [name for name, _, on in CHAIN[:returner] if fields & set(on)]
    assert asked == [*names, CHAIN[returner][0]]


@given(st.integers(1, 3), st.sets(st.sampled_from(FIELDS)), st.sets(st.sampled_from(["n1", "n2"])))
def test_p18_straight_never_asks_fewer_than_smart(
    returner: int, fields: set[str], fresh: set[str]
) -> None:
    changes = dict.fromkeys(sorted(fields), 2)
    smart = asked_after_return(chain(frozenset(fresh)), returner, "draft", changes)
    straight = asked_after_return(chain(frozenset(fresh), "straight"), returner, "draft", changes)
    assert set(smart) <= set(straight)


@some
@given(SEEDS)
@example(25295)  # a yes kept from before a return, in the joint node that opened next
@example(190488)  # a seat fallen together with one that was then transferred
@example(540672556)  # two in line, both open because the form had changed
@example(3376027162)  # the same, and the second had lent his
def test_p19_take_back_and_the_same_decision_give_the_same_next_state(seed: int) -> None:
    for walk, before, command, facts, result in done(seed, c.Decide):
        place, slot = next(
            ((a.node, s) for a in walk.case.acts.values() for s in a.slots if s.id == command.slot),
            ("", None),
        )
        if slot is None or slot.decision is None or walk.case.state != "running":
            continue
        taken = act(walk.definition, walk.case, c.TakeBack(command.by, slot.id, slot.rev), facts)
        if isinstance(taken, Refused) or command.changes or slot.also or slot.asks:
            continue
        again = [
            s
            for a in oracle.live(taken.case)
            for s in a.slots
            if command.by.person in {s.holder, s.also} and s.state == "open"
            if (a.node, s.seat, s.kind) == (place, slot.seat, slot.kind)
            if s.id == slot.id or s.id >= walk.case.head.next_id  # not of another branch
        ]
        if not again or any(s.parent == slot.id for a in before.acts.values() for s in a.slots):
            continue  # another now has the duty, or added signers fell away with the word
        seen = taken.case.content.digest
        same = c.Decide(
            command.by, again[-1].id, again[-1].rev, seen, command.verb, command.opinion
        )
        final = act(walk.definition, taken.case, same, facts)
        assert isinstance(final, Outcome)
        assert asked_people(final.case) == asked_people(result.case)


def asked_people(case: Case) -> Any:
    return (
        case.state,
        sorted((a.node, s.holder) for a in oracle.live(case) for s in a.slots if s.state == "open"),
    )


@some
@given(SEEDS)
def test_p20_take_back_is_refused_with_reasons_that_hold(seed: int) -> None:
    for _, before, command, _, result in steps(seed):
        if isinstance(command, c.TakeBack) and isinstance(result, Refused):
            assert result.reasons
            found = [(a, s) for a in before.acts.values() for s in a.slots if s.id == command.slot]
            if "joint" in result.codes:
                assert len(list(way.decisions(found[0][0]))) != 1
            if "next_acted" in result.codes:
                assert way.after(before.acts, found[0][0].id)
            if "not_yours" in result.codes:
                assert command.by.person not in way.persons(found[0][1].decision)


# --- 21 to 28: added people, other hands -----------------------------------------------------


@some
@given(SEEDS)
def test_p21_add_then_drop_is_the_identity(seed: int) -> None:
    for walk, before, command, facts, _ in done(seed, c.AddSigner):
        added = max(
            (s for a in walk.case.acts.values() for s in a.slots if s.adder == command.by.person),
            key=lambda s: s.id,
        )
        dropped = act(
            walk.definition, walk.case, c.DropSigner(command.by, added.id, added.rev), facts
        )
        assert isinstance(dropped, Outcome), dropped
        assert sorted(p.person for p in todo.of_case(before)) == sorted(
            p.person for p in todo.of_case(dropped.case)
        )
        assert oracle.live(before)[0].state == oracle.live(dropped.case)[0].state


@some
@given(SEEDS)
def test_p22_drop_never_settles_a_node(seed: int) -> None:
    for walk, before, _, _, _ in done(seed, c.DropSigner):
        states = {a.id: a.state for a in before.acts.values()}
        assert states == {a.id: a.state for a in walk.case.acts.values()}


@some
@given(SEEDS)
def test_p23_add_never_lowers_the_number_needed(seed: int) -> None:
    for walk, before, _, _, _ in done(seed, c.AddSigner):
        for act_ in before.acts.values():
            rule = walk.definition.by_id[act_.node].rule
            assert weight(walk.case, act_.id, rule) >= weight(before, act_.id, rule)


def weight(case: Case, act_id: int, rule: Rule) -> int:
    seats = [s for s in case.acts[act_id].slots if s.kind in {"base", "beside"}]
    return needed(rule, sum(s.weight for s in seats if s.state != "void"))


@some
@given(SEEDS)
def test_p24_transfer_chains_end_and_the_clock_runs_on(seed: int) -> None:
    for walk, before, command, _, _ in done(seed, c.Transfer):
        old = next(s for a in before.acts.values() for s in a.slots if s.id == command.slot)
        new = next(s for a in walk.case.acts.values() for s in a.slots if s.id == command.slot)
        assert len([via for via in new.via if via.how == "transfer"]) <= 3
        assert (new.due, new.since) == (old.due, old.since)


@some
@given(SEEDS)
def test_p25_a_loan_always_comes_back(seed: int) -> None:
    for walk, _, command, _, _ in done(seed, c.Consult):
        slot = next(s for a in walk.case.acts.values() for s in a.slots if s.id == command.slot)
        if slot.state != "lent":
            continue
        ask = slot.asks[-1]
        everybody_left = at(walk.minute, directory(away=(ask.to,)))
        for command_, facts in (
            (c.Answer(Actor(ask.to), slot.id, ask.id, "fine"), walk.facts()),
            (c.CallIn(Actor(slot.holder), slot.id, slot.rev, ask.id), walk.facts()),
            (c.Reseat(Actor("system:people")), everybody_left),
        ):
            back = act(walk.definition, walk.case, command_, facts)
            assert isinstance(back, Outcome), back
            again = next(s for a in back.case.acts.values() for s in a.slots if s.id == slot.id)
            assert again.state in {"open", "blocked"}


@some
@given(
    SEEDS,
    st.sampled_from(PEOPLE),
    st.sampled_from(PEOPLE),
    st.sampled_from(["exclusive", "shared"]),
)
def test_p26_a_stand_in_that_starts_and_ends_without_action_is_the_identity(
    seed: int, principal: str, deputy: str, mode: str
) -> None:
    if principal == deputy:
        return
    for walk, *_ in itertools.islice(done(seed), 20):
        settled = act(walk.definition, walk.case, c.Reseat(Actor("system:people")), walk.facts())
        assert isinstance(settled, Outcome | Refused)
        if isinstance(settled, Refused):
            continue
        people = directory(
            away=tuple(walk.away),
            gone=tuple(walk.gone),
            stand_ins=(*walk.pairs, stand_in(principal, deputy, mode)),
        )
        during = act(
            walk.definition, settled.case, c.Reseat(Actor("system:people")), at(walk.minute, people)
        )
        assert isinstance(during, Outcome)
        after = act(walk.definition, during.case, c.Reseat(Actor("system:people")), walk.facts())
        assert isinstance(after, Outcome)
        assert shape(after.case) == shape(settled.case)


@given(st.permutations(["li", "chen", "zhao"]), st.integers(1, 3))
def test_p27_cyclic_stand_ins_end(ring: list[str], hops: int) -> None:
    pairs = tuple(stand_in(a, b) for a, b in zip(ring, [*ring[1:], ring[0]], strict=True))
    p = Play(process(node("n", "end", "li", fallback="spare"), hops=hops))
    p.facts = at(people=directory(away=("li", "chen", "zhao"), stand_ins=pairs))
    p.submit(a=1)
    assert p.holders() == ["yang"], "nobody of the ring is there; the ring is not walked for ever"


@some
@given(SEEDS, st.sampled_from(PEOPLE))
def test_p28_leaving_and_returning_the_same_day_is_the_identity(seed: int, who: str) -> None:
    for walk, *_ in itertools.islice(done(seed), 20):
        reseat = c.Reseat(Actor("system:people"))
        settled = act(walk.definition, walk.case, reseat, walk.facts())
        if isinstance(settled, Refused) or any(s.state == "lent" for s in pending(settled.case)):
            continue
        gone = directory(away=(*walk.away, who), gone=tuple(walk.gone), stand_ins=tuple(walk.pairs))
        away = act(walk.definition, settled.case, reseat, at(walk.minute, gone))
        assert isinstance(away, Outcome)
        back = act(walk.definition, away.case, reseat, walk.facts())
        assert isinstance(back, Outcome)
        assert shape(back.case) == shape(settled.case)


# --- 29 to 33: reading, dry runs, refusals ---------------------------------------------------


@some
@given(SEEDS)
def test_p29_readings_never_change_the_case(seed: int) -> None:
    for walk, before, _, _, _ in done(seed, c.Circulate, c.Acknowledge, c.RecallReading):
        assert (walk.case.acts, walk.case.state, walk.case.content) == (
            before.acts,
            before.state,
            before.content,
        )


@some
@given(SEEDS)
def test_p30_a_reading_keeps_its_version(seed: int) -> None:
    versions: dict[int, str] = {}
    for walk, *_ in done(seed):
        for number, reading in walk.case.readings.items():
            assert versions.setdefault(number, reading.version) == reading.version
        assert versions.keys() == walk.case.readings.keys(), "a reading is never taken away"


@some
@given(SEEDS)
def test_p31_a_dry_run_is_the_real_run(seed: int) -> None:
    for walk, before, command, facts, result in steps(seed):
        text = dump_case(before)
        assert act(walk.definition, before, command, facts) == result
        assert dump_case(before) == text, "a run, dry or not, leaves its input alone"


@some
@given(SEEDS)
def test_p32_every_refusal_has_reasons_and_each_once(seed: int) -> None:
    for *_, result in steps(seed):
        if isinstance(result, Refused):
            assert result.reasons
            assert len(set(result.reasons)) == len(result.reasons)


def test_p32_removing_the_cause_removes_the_reason() -> None:
    p = Play(process(node("n", "end", "li")))
    p.submit(a=1)
    good = p.say("li", "approve")
    wrong = c.Decide(Actor("chen"), good.slot, good.rev + 1, "old", "abstain")
    codes = set(p.no(wrong))
    assert {"not_yours", "slot_moved", "content_moved", "wrong_word"} <= codes
    for mended, code in (
        (c.Decide(Actor("li"), good.slot, good.rev + 1, "old", "abstain"), "not_yours"),
        (c.Decide(Actor("chen"), good.slot, good.rev, "old", "abstain"), "slot_moved"),
        (c.Decide(Actor("chen"), good.slot, good.rev + 1, good.seen, "abstain"), "content_moved"),
        (c.Decide(Actor("chen"), good.slot, good.rev + 1, "old", "approve"), "wrong_word"),
    ):
        assert code not in p.no(mended)
    p.do(good)


@some
@given(SEEDS)
def test_p33_the_same_key_twice_is_once(seed: int) -> None:
    for number, (walk, before, command, facts, _) in enumerate(done(seed)):
        keyed = object.__getattribute__(command, "__class__")(
            **{f: getattr(command, f) for f in command.__dataclass_fields__ if f != "key"},
            key=f"k{number}",
        )
        once = act(walk.definition, before, keyed, facts)
        assert isinstance(once, Outcome)
        twice = act(walk.definition, once.case, keyed, facts)
        assert (twice.case, twice.event) == (once.case, None)


# --- 35 to 40 --------------------------------------------------------------------------------


@some
@given(SEEDS)
def test_p35_a_join_fires_once(seed: int) -> None:
    for walk, *_ in done(seed):
        fired = [
            (a.node, a.parents)
            for a in oracle.live(walk.case)
            if walk.definition.by_id[a.node].kind is NodeKind.JOIN
        ]
        inside = [
            (join, walk.case.acts[parent].scope[-1:])
            for join, parents in fired
            for parent in parents[:1]
        ]
        assert len(inside) == len(set(inside))


@some
@given(SEEDS)
def test_p36_counted_and_stopped_time_are_the_time_elapsed(seed: int) -> None:
    start = None
    for walk, before, command, facts, _ in done(seed):
        head = walk.case.head
        if start is None and isinstance(command, c.Submit):
            start = facts.minute
        if start is None:
            continue
        if walk.case.state in {"running", "suspended", "returned", "draft"}:
            assert head.counted + head.stopped + (facts.minute - head.since) == facts.minute - start
        if isinstance(command, c.Resume):
            for slot in pending(walk.case):
                old = next(s for a in before.acts.values() for s in a.slots if s.id == slot.id)
                stood = facts.minute - before.head.since
                assert slot.due == (None if old.due is None else old.due + stood)


@some
@given(SEEDS)
def test_p38_a_rehearsed_migration_is_the_migration(seed: int) -> None:
    for walk, *_ in itertools.islice(done(seed), 15):
        if walk.case.state != "running":
            continue
        newer = process(
            *walk.definition.nodes[1:-1],
            start=walk.definition.nodes[0].edges[0].to,
            max_returns=walk.definition.max_returns + 1,
        )
        command = c.Migrate(Actor("zhang"), Actor("wu"), newer, {})
        rehearsed = act(walk.definition, walk.case, command, walk.facts())
        real = act(walk.definition, walk.case, command, walk.facts())
        assert rehearsed == real
        if isinstance(real, Outcome):
            assert real.case.head.definition == newer.digest
            assert asked_people(real.case) == asked_people(walk.case)


@some
@given(SEEDS)
def test_p39_no_verb_reads_another_version(seed: int) -> None:
    other = process(node("n", "end", "li"), max_returns=7)
    for _, before, command, facts, _ in itertools.islice(done(seed), 15):
        result = act(other, before, command, facts) if not before.acts else None
        if result is not None:
            assert isinstance(result, Refused)
            assert "wrong_version" in result.codes


@some
@given(SEEDS)
def test_p40_the_machine_never_decides(seed: int) -> None:
    machine = Actor("system:clock")
    for walk, *_ in itertools.islice(done(seed), 15):
        for slot in pending(walk.case):
            command = c.Decide(machine, slot.id, slot.rev, walk.case.content.digest, "approve")
            result = act(walk.definition, walk.case, command, walk.facts())
            assert isinstance(result, Refused)
            assert "machine" in result.codes


@some
@given(SEEDS)
def test_p43_a_refusal_names_no_content(seed: int) -> None:
    secret = "绝不外泄"
    for walk, before, _, facts, _ in itertools.islice(steps(seed), 15):
        for slot in pending(before):
            command = c.Decide(
                Actor("huang"), slot.id, slot.rev, "x", "done", secret, changes={"a": secret}
            )
            result = act(walk.definition, before, command, facts)
            assert isinstance(result, Refused)
            assert secret not in repr(result)


def test_the_rules_of_the_walk_are_all_the_rules() -> None:
    assert {rule.kind for rule in RULES} == set(Counting)


@pytest.mark.parametrize("seed", range(40))
def test_a_short_walk_breaks_no_rule(seed: int) -> None:
    for _ in steps(seed, 150):
        pass
