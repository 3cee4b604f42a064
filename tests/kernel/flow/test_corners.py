"""Corners where a rule could be slipped past or a case could stick: each once went wrong."""

from __future__ import annotations

from zhongshu.kernel.errors import Refused
from zhongshu.kernel.flow import Actor, act
from zhongshu.kernel.flow import commands as c
from zhongshu.kernel.flow.definition import (
    Counting,
    Edge,
    Field,
    Limit,
    NodeKind,
    Rule,
    Seat,
    SeatKind,
)

from .test_interactions import ANYBODY, SEQ, fork
from .world import Play, at, directory, node, person, process, stand_in

CLOCK = c.Tick(Actor("system:clock"))
RESEAT = c.Reseat(Actor("system:people"))
TWO = Rule(Counting.COUNT, n=2)


def test_a_chain_of_stand_ins_does_not_run_through_the_initiator() -> None:
    pairs = (stand_in("zhang", "wang"), stand_in("wang", "li", "shared"))
    p = Play(process(node("n", "end", "zhang"), hops=2))
    p.facts = at(people=directory(away=("zhang",), stand_ins=pairs))
    p.submit(a=1)
    assert p.holders() == []


def test_a_signers_own_seat_is_not_swallowed_by_one_he_holds_for_another() -> None:
    people = directory(away=("zhang",), stand_ins=(stand_in("zhang", "li"),))
    for seats in (("zhang", "li", "chen"), ("li", "zhang", "chen")):
        p = Play(process(node("n", "end", *seats)), at(people=people))
        p.submit(a=1)
        assert p.holders() == ["chen", "li"]
        assert p.slot("zhang", "blocked").reasons[-1].code == "seated"


def test_the_next_in_line_waits_until_the_yes_counts() -> None:
    p = Play(process(node("n", "end", "li", "chen", rule=SEQ, add=ANYBODY)))
    p.submit(a=1)
    p.do(p.on(c.AddSigner, "li", "liu", "after"))
    p.yes("li")
    assert p.holders() == ["liu"]
    p.yes("liu")
    assert p.holders() == ["chen"]


def test_what_left_the_house_stays_out_after_a_return_and_goes_once() -> None:
    p = Play(process(node("one", "two", "li", effects=("number",)), node("two", "end", "chen")))
    p.submit(a=1)
    assert [e.what for e in p.yes("li").effects] == ["number"]
    p.do(p.back("chen"))
    assert p.no(c.Cancel(Actor("wang"))) == ("outward_effect",)
    p.submit(a=2)
    assert p.yes("li").effects == ()


def test_the_heir_of_a_draft_is_there_and_cleared() -> None:
    p = Play(process(node("n", "end", "li")), clearance=1)
    p.facts = at(people=directory(gone=("liu",), clearance={"wang": 1, "li": 1}))
    p.submit(a=1)
    for heir, code in (("nobody", "unknown"), ("liu", "gone"), ("zhou", "not_cleared")):
        assert code in p.no(c.HandOver(Actor("wang"), "wang", heir, "leaves"))


def test_a_unit_is_assigned_inside_itself_also_by_a_stand_in_from_outside() -> None:
    people = directory(away=("chen",), stand_ins=(stand_in("chen", "zhang"),))
    p = Play(process(node("n", "end", Seat(SeatKind.UNIT, "finance"))), at(people=people))
    p.submit(a=1)
    assert p.no(p.on(c.Assign, "zhang", "li")) == ("out_of_range",)
    p.do(p.on(c.Assign, "zhang", "liu"))


def test_an_unknown_amount_is_within_no_limit() -> None:
    pair = stand_in("li", "liu", "exclusive", amount=100)
    for flow in (process(node("n", "end", "li")), process(node("n", "end", "li"), amount="b")):
        p = Play(flow, at(people=directory(stand_ins=(pair,))))
        p.submit(a=10**9)
        assert p.holders() == ["li"]


def test_a_joint_last_step_needs_nobody_before_it() -> None:
    for rule in (TWO, Rule(Counting.AT_LEAST, p=2, q=3)):
        p = Play(process(node("n", "end", "li", "chen", "liu", rule=rule), min_deciders=2))
        p.submit(a=1)
        assert p.holders() == ["chen", "li", "liu"]
        p.yes("li", "chen")
        assert p.case.state == "approved"
    branches = fork()[:-1]
    branches[-1] = node("join", "end", kind=NodeKind.JOIN, split="split")
    q = Play(process(*branches, start="split", min_deciders=2))
    q.submit(a=1)
    q.yes("li", "chen")
    assert q.case.state == "approved"


def test_a_recalled_copy_does_not_stop_the_line() -> None:
    p = Play(process(node("n", "end", "li")))
    p.submit(a=1)
    p.do(c.Circulate(Actor("wang"), ("chen", "liu", "zhou"), ordered=True))
    one, _, three = p.case.readings
    p.do(c.RecallReading(Actor("wang"), three))
    p.do(c.Acknowledge(Actor("chen"), one))
    assert [r.state for r in p.case.readings.values()] == ["acknowledged", "sent", "recalled"]


def test_a_lent_slot_whose_owner_leaves_comes_back_and_moves_on() -> None:
    p = Play(process(node("n", "end", "li", fallback="spare")))
    p.submit(a=1)
    p.do(p.on(c.Consult, "li", "chen", "well?", wait=True))
    p.facts = at(5, directory(gone=("li",)))
    p.do(RESEAT)
    assert p.holders() == ["yang"]


def test_whoever_is_next_in_line_is_neither_added_nor_asked_nor_handed_it() -> None:
    p = Play(process(node("n", "end", "li", "chen", rule=SEQ, add=ANYBODY, transfer=ANYBODY)))
    p.submit(a=1)
    assert p.no(p.on(c.AddSigner, "li", "chen", "before")) == ("seated",)
    assert p.no(p.on(c.Consult, "li", "chen", "well?")) == ("seated",)
    assert p.no(p.on(c.Transfer, "li", "chen", "x")) == ("seated",)
    p.do(p.on(c.AddSigner, "li", "liu", "after"))
    assert p.no(p.on(c.AddSigner, "li", "liu", "after")) == ("seated",)
    assert p.no(p.on(c.Transfer, "li", "liu", "x")) == ("seated",)


def test_a_sub_case_sent_back_tells_its_caller_so() -> None:
    p = Play(process(node("n", "end", "li")), parent=("7", 12))
    p.submit(a=1)
    outcome = p.do(p.back("li", "caller"))
    assert ("result", "returned") in outcome.effects[0].about


def test_a_sub_case_may_end_while_its_caller_is_suspended() -> None:
    p = Play(
        process(node("c", "n", kind=NodeKind.CASE, sub="x"), node("n", "end", "li"), start="c")
    )
    p.submit(a=1)
    child = next(a.id for a in p.case.acts.values() if a.node == "c")
    p.do(c.Suspend(Actor("huang"), "waits", 100))
    p.do(c.ChildEnded(Actor("system:flow"), child, "x", "approved"))
    p.do(c.Resume(Actor("huang")))
    assert p.holders() == ["li"]


def test_the_post_named_by_the_form_has_all_its_holders() -> None:
    fields = (Field("post", "post", "post"),)
    p = Play(process(node("n", "end", Seat(SeatKind.FIELD, "post")), fields=fields))
    p.facts = at(people=directory(away=("zhang",)))
    p.submit(post="override")
    assert p.holders() == ["zhou"]


def test_time_with_the_drafter_does_not_lapse_the_case() -> None:
    p = Play(process(node("n", "end", "li"), lapse=Limit(100)))
    p.submit(a=1)
    p.facts = at(10)
    p.do(p.back("li"))
    p.facts = at(500)
    p.submit()
    p.do(CLOCK)
    assert p.case.state == "running"
    p.facts = at(590)
    p.do(CLOCK)
    assert p.case.state == "lapsed"


def test_a_slot_opened_while_time_stood_still_has_not_waited() -> None:
    p = Play(process(node("one", "two", "li"), node("two", "end", "chen", limit=Limit(100))))
    p.submit(a=1)
    p.do(c.Suspend(Actor("huang"), "waits", 2000))
    p.facts = at(900)
    p.do(c.Override(Actor("zhang"), Actor("wu"), "jump", "x", "two"))
    p.facts = at(1000)
    p.do(c.Resume(Actor("huang")))
    assert (p.slot("chen").since, p.slot("chen").due) == (1000, 1100)


def test_text_that_cannot_be_stored_and_endless_words_are_refused() -> None:
    p = Play(
        process(
            node("n", "end", "li"),
            fields=(Field("t", "t", "text"), Field("m", "m", "person", many=True)),
        )
    )
    for bad in ({"t": "\ud800"}, {"m": tuple(f"p{i}" for i in range(201))}):
        assert p.no(c.Submit(Actor("wang"), bad)) == ("bad_field",)
    p.submit(t="x")
    assert p.no(p.say("li", "approve", "\ud800")) == ("too_long",)
    assert p.no(c.Cancel(Actor("wang"), "x" * 4001)) == ("too_long",)
    assert p.no(c.Instruct(Actor("li"), "do", (("x" * 4001, "li", "soon"),))) == ("too_long",)
    p.do(c.Circulate(Actor("wang"), ("chen",)))
    (reading,) = p.case.readings
    assert p.no(c.Acknowledge(Actor("chen"), reading, opinion="x" * 4001)) == ("too_long",)


def test_a_definition_that_is_not_the_cases_own_is_refused_at_once() -> None:
    p = Play(process(node("n", "end", "li")))
    p.submit(a=1)
    other = process(node("m", "end", "li"))
    result = act(other, p.case, p.say("li", "approve"), p.facts)
    assert isinstance(result, Refused)
    assert result.codes == ("wrong_version",)


def test_taking_back_keeps_what_was_transferred_or_claimed() -> None:
    p = Play(process(node("one", "two", "li", transfer=ANYBODY), node("two", "end", "chen")))
    p.submit(a=1)
    p.do(p.on(c.Transfer, "li", "liu", "x"))
    p.yes("liu")
    p.do(p.on(c.TakeBack, "liu", state="decided"))
    assert p.holders() == ["liu"]


def test_taking_back_one_of_several_seats_names_only_his_again() -> None:
    one = Rule(Counting.COUNT, n=1)
    p = Play(
        process(
            node("one", "two", "li", "zhou", rule=one, transfer=ANYBODY), node("two", "end", "chen")
        )
    )
    p.submit(a=1)
    p.do(p.on(c.Transfer, "li", "liu", "x"))
    p.yes("liu")
    p.do(p.on(c.TakeBack, "liu", state="decided"))
    assert p.holders() == ["liu", "zhou"]


def test_taking_back_leaves_the_opinions_kept_at_the_next_step() -> None:
    p = Play(process(node("one", "joint", "li"), node("joint", "end", "chen", "zhou")))
    p.submit(a=1)
    p.yes("li", "chen")
    p.do(p.back("zhou", "one"))
    p.yes("li")
    assert p.holders() == ["zhou"], "chen's yes was kept"
    for _ in range(2):
        p.do(p.on(c.TakeBack, "li", state="decided"))
        p.yes("li")
        assert p.holders() == ["zhou"], "and is still kept"
    assert p.yes("zhou").case.state == "approved"


def test_taking_back_leaves_no_opinion_on_a_changed_form() -> None:
    flow = process(
        node("work", "joint", "li", kind=NodeKind.TASK, edits=("b",)),
        node("joint", "end", "chen", "zhou"),
    )
    p = Play(flow)
    p.submit(a=1)
    p.done("li", b=1)
    p.yes("chen")
    p.do(p.back("zhou", "work"))
    p.done("li", b=1)
    p.do(p.on(c.TakeBack, "li", state="decided"))
    p.done("li", b=2)
    assert p.holders() == ["chen", "zhou"]


def test_an_opinion_is_kept_when_another_branch_returns_or_the_drafter_recalls() -> None:
    p = Play(
        process(
            node("split", (Edge("joint"), Edge("right")), kind=NodeKind.SPLIT),
            node("joint", "join", "li", "zhou"),
            node("right", "join", "chen"),
            node("join", "end", kind=NodeKind.JOIN, split="split"),
        )
    )
    p.submit(a=1)
    p.yes("li")
    p.do(p.back("chen"))
    p.submit()
    assert p.holders() == ["chen", "zhou"]
    q = Play(process(node("joint", "end", "li", "chen", "zhao")))
    q.submit(a=1)
    q.yes("li")
    q.do(c.Recall(Actor("wang")))
    q.submit()
    assert q.holders() == ["chen", "zhao"]


def test_seats_that_fell_together_stay_so_when_the_word_is_taken_back() -> None:
    joint = node("one", "two", "li", "li", "zhou", rule=Rule(Counting.COUNT, n=1), transfer=ANYBODY)
    p = Play(process(joint, node("two", "end", "chen")))
    p.submit(a=1)
    p.do(p.on(c.Transfer, "li", "liu", "x"))
    p.yes("liu")
    p.do(p.on(c.TakeBack, "liu", state="decided"))
    assert p.holders() == ["liu", "zhou"], "li's second seat is not asked anew"


def test_a_seat_has_the_weight_of_what_fell_to_it_also_after_taking_back() -> None:
    seats = (person("li"), person("li", weight=3), person("zhou"))
    joint = node("one", "two", *seats, rule=Rule(Counting.AT_LEAST, p=3, q=4), transfer=ANYBODY)
    p = Play(process(joint, node("two", "end", "chen")))
    p.submit(a=1)
    p.do(p.on(c.Transfer, "li", "liu", "x"))
    p.yes("liu")
    p.do(p.on(c.TakeBack, "liu", state="decided"))
    p.yes("liu")
    assert p.open_nodes() == ["two"], "three of four, as the first time"


def test_an_opinion_is_kept_also_when_its_seat_was_transferred() -> None:
    p = Play(process(node("n", "end", "li", "chen", transfer=ANYBODY)))
    p.submit(a=1)
    p.do(p.on(c.Transfer, "li", "liu", "x"))
    p.yes("liu")
    p.do(p.back("chen"))
    p.submit()
    assert p.holders() == ["chen"]


def test_the_range_of_circulating_is_that_of_the_node_one_sits_at() -> None:
    p = Play(process(node("one", "two", "li"), node("two", "end", "li", circulate=("unit",))))
    p.submit(a=1)
    p.yes("li")
    assert p.no(c.Circulate(Actor("li"), ("chen",))) == ("out_of_range",)


def test_a_copy_that_was_recalled_is_not_passed_on_and_versions_are_kept() -> None:
    p = Play(process(node("n", "end", "li")))
    p.submit(a=1)
    p.do(c.Circulate(Actor("wang"), ("chen", "zhou"), pass_on="free"))
    one, two = p.case.readings
    version = p.case.content.digest
    p.do(c.RecallReading(Actor("wang"), one))
    assert p.no(c.Circulate(Actor("chen"), ("liu",), reading=one)) == ("no_pass_on",)
    p.do(p.back("li"))
    p.submit(a=2)
    p.do(c.Circulate(Actor("zhou"), ("liu",), reading=two))
    assert max(p.case.readings.values()).version == version


def test_calling_in_a_question_does_not_free_a_lent_slot() -> None:
    p = Play(process(node("n", "end", "li")))
    p.submit(a=1)
    p.do(p.on(c.Consult, "li", "chen", "well?"))
    p.do(p.on(c.Consult, "li", "liu", "well?", wait=True))
    lent = p.slot("li", "lent")
    assert p.no(c.CallIn(Actor("li"), lent.id, lent.rev, lent.asks[0].id)) == ("moved_on",)


def test_taking_back_in_a_line_recalls_what_the_next_had_lent() -> None:
    p = Play(process(node("n", "end", "li", "chen", rule=SEQ)))
    p.submit(a=1)
    p.yes("li")
    p.do(p.on(c.Consult, "chen", "liu", "well?", wait=True))
    p.do(p.on(c.TakeBack, "li", state="decided"))
    assert p.slot("chen", "waiting").asks[0].state == "recalled"


def test_a_pool_further_down_the_line_is_not_assigned_before_its_turn() -> None:
    pool = Seat(SeatKind.POOL, "finance")
    p = Play(process(node("n", "end", "li", pool, rule=SEQ, assign="clerk")))
    p.submit(a=1)
    waiting = next(s for _, s in p.slots() if s.seat == 1)
    early = c.Assign(Actor("huang"), waiting.id, waiting.rev, "liu")
    assert p.no(early) == ("slot_state",)
    p.yes("li")
    offered = next(s for _, s in p.slots() if s.seat == 1)
    p.do(c.Assign(Actor("huang"), offered.id, offered.rev, "liu"))
    assert p.holders() == ["liu"]


def test_a_changed_form_is_asked_along_the_line_one_after_the_other() -> None:
    p = Play(
        process(
            node("split", (Edge("work"), Edge("sign")), kind=NodeKind.SPLIT),
            node("work", "join", "wu", kind=NodeKind.TASK, edits=("b",)),
            node("sign", "join", "li", "chen", "zhou", rule=SEQ, relies=("b",)),
            node("join", "end", kind=NodeKind.JOIN, split="split"),
        )
    )
    p.submit(a=1)
    p.yes("li", "chen")
    p.do(p.on(c.Consult, "zhou", "liu", "well?", wait=True))
    p.done("wu", b=2)
    assert p.holders() == ["li"]
    assert p.slot("zhou", "waiting").asks[0].state == "recalled"
    p.yes("li")
    assert p.holders() == ["chen"]
    p.yes("chen")
    assert p.holders() == ["zhou"]


def test_a_word_kept_further_down_the_line_does_not_jump_ahead_when_the_form_changes() -> None:
    p = Play(
        process(
            node("split", (Edge("work"), Edge("sign")), kind=NodeKind.SPLIT),
            node("work", "join", "wu", kind=NodeKind.TASK, edits=("b",)),
            node("sign", "join", "li", "chen", "zhou", rule=SEQ, relies=("b",), add=ANYBODY),
            node("join", "end", kind=NodeKind.JOIN, split="split"),
        )
    )
    p.submit(a=1)
    p.do(p.on(c.AddSigner, "li", "liu", "after"))
    p.yes("li", "liu", "chen")
    p.do(p.back("zhou"))
    p.submit()
    assert p.holders() == ["li", "wu"], "chen's yes was kept; li's stood on liu's"
    p.done("wu", b=2)
    assert p.holders() == ["li"]


def test_an_after_signer_is_asked_again_only_after_the_yes_before_it() -> None:
    p = Play(
        process(
            node("split", (Edge("work"), Edge("sign")), kind=NodeKind.SPLIT),
            node("work", "join", "wu", kind=NodeKind.TASK, edits=("b",)),
            node("sign", "join", "li", "chen", relies=("b",), add=ANYBODY),
            node("join", "end", kind=NodeKind.JOIN, split="split"),
        )
    )
    p.submit(a=1)
    p.do(p.on(c.AddSigner, "li", "liu", "after"))
    p.yes("li", "liu")
    p.done("wu", b=2)
    assert p.holders() == ["chen", "li"]
    assert p.slot("liu", "waiting").holder == ""
    p.yes("li")
    assert p.holders() == ["chen", "liu"]


def test_a_key_belongs_to_one_person_and_one_verb() -> None:
    p = Play(process(node("n", "end", "li", "chen")))
    p.submit(a=1)
    p.do(p.say("li", "approve", key="k"))
    p.do(p.say("chen", "disapprove", "no", key="k"))
    assert p.case.state == "rejected"


def test_a_returner_who_is_passed_over_is_not_carried_from_long_ago() -> None:
    p = Play(
        process(
            node("m", "n", "li"), node("n", "p", "chen"), node("p", "end", "zhao"), max_returns=9
        )
    )
    p.submit(a=1)
    p.yes("li", "chen")
    p.do(p.back("zhao", "m"))
    p.do(c.Override(Actor("zhang"), Actor("wu"), "jump", "x", "n"))
    p.do(p.back("chen"))
    p.submit()
    p.yes("li")
    assert p.holders() == ["chen"]


def test_a_principal_who_acts_elsewhere_is_not_carried_in_a_conflicting_duty() -> None:
    flow = process(
        node("m", "n", "li", transfer=ANYBODY),
        node("n", "p", "zhang"),
        node("p", "end", "zhou"),
        conflicts=(("m", "n"),),
    )
    p = Play(flow)
    p.submit(a=1)
    p.yes("li")
    people = directory(away=("zhang",), stand_ins=(stand_in("zhang", "liu"),))
    p.facts = at(5, people)
    p.do(RESEAT)
    p.yes("liu")
    p.do(p.back("zhou", "m"))
    p.facts = at(9)
    p.do(p.on(c.Transfer, "li", "zhang", "x"))
    p.yes("zhang")
    assert p.open_nodes() == ["n"], "zhang's duty there was done in his name"


def test_a_stranger_learns_nothing_about_others() -> None:
    p = Play(process(node("n", "end", "li", "chen")))
    p.submit(a=1)
    slot = p.slot("li")
    at_ = (Actor("zhou"), slot.id, slot.rev)
    for command in (
        c.Consult(*at_, "chen", "well?"),
        c.AddSigner(*at_, "chen", "before"),
        c.Transfer(*at_, "chen", "x"),
    ):
        assert p.no(command) == ("not_yours",)


def test_a_stand_in_decides_nothing_his_principal_has_written() -> None:
    p = Play(
        process(
            node("split", (Edge("work"), Edge("sign")), kind=NodeKind.SPLIT),
            node("work", "join", "li", kind=NodeKind.TASK, edits=("b",), delegable=False),
            node("sign", "join", "li", relies=("b",)),
            node("join", "end", kind=NodeKind.JOIN, split="split"),
        )
    )
    p.facts = at(people=directory(stand_ins=(stand_in("li", "chen", "exclusive"),)))
    p.submit(a=1)
    assert p.holders() == ["chen", "li"]
    own = next(s for _, s in p.slots() if s.holder == "li" and s.state == "open")
    seen = p.case.content.digest
    p.do(c.Decide(Actor("li"), own.id, own.rev, seen, "done", changes={"b": 2}))
    assert p.no(p.say("chen", "approve")) == ("author",)
    p.do(RESEAT)
    assert p.holders() == []


def test_who_would_be_the_only_decider_may_still_return_the_case() -> None:
    p = Play(
        process(
            node("split", (Edge("left"), Edge("right")), kind=NodeKind.SPLIT),
            node("left", "join", "zhao", on_fail="edge", fail_edges=(Edge("join"),)),
            node("right", "join", "li"),
            node("join", "end", kind=NodeKind.JOIN, split="split"),
            min_deciders=2,
        )
    )
    p.submit(a=1)
    p.refuse("zhao")
    assert p.no(p.say("li", "approve")) == ("alone",)
    p.do(p.back("li"))
    assert p.case.state == "returned"


def test_a_stand_in_of_another_time_is_not_told() -> None:
    people = directory(stand_ins=(stand_in("li", "chen", end=100),))
    p = Play(process(node("n", "end", "li")), at(people=people))
    p.submit(a=1)
    for minute in (0, 240):
        p.facts = at(minute, people)
        p.do(c.Urge(Actor("wang"), p.slot("li").id))
    assert [dict(n.about)["person"] for n in p.history[-1].event.notes] == ["li", "zhang"]
