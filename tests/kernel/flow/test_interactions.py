"""Forty situations in which two rules meet, each played to its end.

The numbers are those of the table in docs/reference/flow.md.
"""

from zhongshu.kernel.flow import commands as c
from zhongshu.kernel.flow.case import Actor
from zhongshu.kernel.flow.definition import Counting, Edge, NodeKind, Rule
from zhongshu.kernel.worktime import Limit

from .world import DAY, Play, at, directory, node, process, stand_in

SEQ = Rule(Counting.SEQUENTIAL)
ONE = Rule(Counting.COUNT, n=1)
ANYBODY = ("any",)


def fork(**kw: object) -> list:
    """draft, then two branches left (li) and right (chen), then a join and last (zhao)."""
    return [
        node("split", (Edge("left"), Edge("right")), kind=NodeKind.SPLIT),
        node("left", "join", "li", **kw),
        node("right", "join", "chen", **kw),
        node("join", "last", kind=NodeKind.JOIN, split="split"),
        node("last", "end", "zhao"),
    ]


def test_01_joint_signers_one_agreed_the_other_returns_to_draft() -> None:
    p = Play(process(node("joint", "end", "li", "chen")))
    p.submit(a=1)
    p.yes("li")
    p.do(p.back("chen"))
    assert p.case.state == "returned"
    p.submit()
    assert p.holders() == ["chen"], "nothing changed: the agreed opinion is kept"
    p.do(p.back("chen"))
    p.submit(a=2)
    assert p.holders() == ["chen", "li"], "the content changed: both are asked"


def test_02_a_return_while_another_is_typing_is_a_conflict() -> None:
    p = Play(process(node("joint", "end", "li", "chen")))
    p.submit(a=1)
    typing = p.say("li", "approve")
    p.do(p.back("chen"))
    assert "moved_on" in p.no(typing)


def test_03_two_joint_signers_at_the_same_moment_count_once_each() -> None:
    p = Play(process(node("joint", "last", "li", "chen"), node("last", "end", "zhao")))
    p.submit(a=1)
    first, second = p.say("li", "approve"), p.say("chen", "approve")
    p.do(first)
    p.do(second)
    assert p.holders() == ["zhao"]


def test_04_any_signer_the_second_is_told_and_his_slot_is_void() -> None:
    p = Play(process(node("any", "last", "li", "chen", rule=ONE), node("last", "end", "zhao")))
    p.submit(a=1)
    first, second = p.say("li", "approve"), p.say("chen", "approve")
    p.do(first)
    assert "slot_state" in p.no(second)
    assert p.slot("chen", "void").cause == "settled"


def test_05_an_absent_signers_stand_in_who_sits_here_too_is_not_used() -> None:
    facts = at(people=directory(away=("chen",), stand_ins=(stand_in("chen", "li"),)))
    p = Play(process(node("joint", "end", "li", "chen", fallback="spare")), facts)
    p.submit(a=1)
    assert p.holders() == ["li", "yang"]
    q = Play(process(node("joint", "end", "li", "chen")), facts)
    q.submit(a=1)
    assert q.slot("chen", "blocked").reasons[0].code == "away"


def test_06_a_signer_excluded_by_conflict_sends_nobody_fallback_in_its_own_name() -> None:
    flow = process(
        node("first", "second", "li"),
        node("second", "end", "li", fallback="spare"),
        conflicts=(("first", "second"),),
    )
    p = Play(flow, at(people=directory(stand_ins=(stand_in("li", "chen"),))))
    p.submit(a=1)
    p.yes("li")
    assert p.holders() == ["yang"]
    p.yes("yang")
    assert p.slot("yang", "decided").decision.principal == "yang"


def test_07_the_principal_comes_back_and_holds_it_again() -> None:
    p = Play(process(node("one", "end", "li")))
    p.facts = at(people=directory(away=("li",), stand_ins=(stand_in("li", "chen"),)))
    p.submit(a=1)
    assert p.holders() == ["chen"]
    p.do(c.Open(Actor("chen"), p.slot("chen").id))
    p.facts = at(5)
    p.do(c.Reseat(Actor("system:people")))
    assert p.holders() == ["li"]
    assert p.slot("li").opened is True


def test_08_a_stand_ins_decision_may_be_taken_back_by_the_principal() -> None:
    p = Play(process(node("one", "last", "li"), node("last", "end", "zhao")))
    p.facts = at(people=directory(away=("li",), stand_ins=(stand_in("li", "chen"),)))
    p.submit(a=1)
    p.yes("chen")
    assert p.holders() == ["zhao"]
    p.facts = at(5)
    p.do(
        p.on(c.TakeBack, "chen", state="decided").__class__(
            Actor("li"), p.slot("chen", "decided").id, p.slot("chen", "decided").rev
        )
    )
    assert p.holders() == ["li"]


def test_09_transfers_may_be_given_back_and_end_after_three() -> None:
    p = Play(process(node("one", "end", "li", transfer=ANYBODY)))
    p.submit(a=1)
    p.do(p.on(c.Transfer, "li", "chen", "better placed"))
    p.do(p.on(c.Transfer, "chen", "zhao", "better placed"))
    p.do(p.on(c.Transfer, "zhao", "li", "yours after all"))
    assert [via.person for via in p.slot("li").via] == ["li", "chen", "zhao"]
    assert "too_many_transfers" in p.no(p.on(c.Transfer, "li", "chen", "no, yours"))


def test_10_a_loan_comes_back_at_the_due_time_and_never_stops_the_clock() -> None:
    p = Play(process(node("one", "end", "li", limit=Limit(100))))
    p.submit(a=1)
    p.do(p.on(c.Consult, "li", "chen", "what do you think", wait=True))
    assert p.slot("li", "lent").due == 100
    p.facts = at(100)
    p.do(c.Tick(Actor("system:clock")))
    slot = p.slot("li")
    assert (slot.asks[0].state, slot.due, slot.rung) == ("lapsed", 100, 3)


def test_11_an_adviser_before_must_answer_or_be_dropped() -> None:
    p = Play(process(node("one", "end", "li", add=ANYBODY)))
    p.submit(a=1)
    p.do(p.on(c.AddSigner, "li", "chen", "before"))
    assert p.no(p.say("li", "approve")) == ("adviser_first",)
    adviser = p.slot("chen")
    p.do(c.DropSigner(Actor("li"), adviser.id, adviser.rev))
    p.yes("li")
    assert p.case.state == "approved"


def test_12_an_after_signer_is_not_dropped_behind_a_yes_but_the_yes_may_be_taken_back() -> None:
    p = Play(process(node("one", "end", "li", add=ANYBODY)))
    p.submit(a=1)
    p.do(p.on(c.AddSigner, "li", "chen", "after"))
    p.yes("li")
    after = p.slot("chen")
    assert p.no(c.DropSigner(Actor("li"), after.id, after.rev)) == ("would_settle",)
    p.do(p.on(c.TakeBack, "li", state="decided"))
    assert p.slot("chen", "void").cause == "taken_back"
    p.yes("li")
    assert p.case.state == "approved"


def test_13_a_binding_added_no_makes_the_slot_a_no() -> None:
    p = Play(process(node("one", "end", "li", add=ANYBODY)))
    p.submit(a=1)
    p.do(p.on(c.AddSigner, "li", "chen", "after"))
    p.yes("li")
    p.refuse("chen")
    assert p.case.state == "rejected"


def test_14_an_advisory_no_is_shown_and_the_holder_decides() -> None:
    p = Play(process(node("one", "end", "li", add=ANYBODY)))
    p.submit(a=1)
    p.do(p.on(c.AddSigner, "li", "chen", "before"))
    p.refuse("chen")
    assert p.case.state == "running"
    p.yes("li")
    assert p.case.state == "approved"


def test_15_an_added_signer_cannot_return_the_case() -> None:
    p = Play(process(node("one", "end", "li", add=ANYBODY)))
    p.submit(a=1)
    p.do(p.on(c.AddSigner, "li", "chen", "before"))
    assert p.no(p.back("chen")) == ("added_cannot",)


def test_16_take_back_after_the_next_has_opened_is_a_setting() -> None:
    for setting, codes in (("undecided", None), ("unopened", ("next_opened",))):
        p = Play(process(node("one", "last", "li", take_back=setting), node("last", "end", "zhao")))
        p.submit(a=1)
        p.yes("li")
        p.do(c.Open(Actor("zhao"), p.slot("zhao").id))
        command = p.on(c.TakeBack, "li", state="decided")
        if codes is None:
            p.do(command)
            assert p.holders() == ["li"]
            assert "voided" in p.notes(), "the colleague is told"
        else:
            assert p.no(command) == codes


def test_17_an_answered_consultation_counts_as_having_acted() -> None:
    p = Play(process(node("one", "last", "li"), node("last", "end", "zhao")))
    p.submit(a=1)
    p.yes("li")
    p.do(p.on(c.Consult, "zhao", "chen", "what do you think", wait=True))
    lent = p.slot("zhao", "lent")
    p.do(c.Answer(Actor("chen"), lent.id, lent.asks[0].id, "fine"))
    assert p.no(p.on(c.TakeBack, "li", state="decided")) == ("next_acted",)


def test_18_take_back_over_a_split_needs_all_branches_untouched() -> None:
    nodes = fork()
    p = Play(process(node("one", "split", "zhang"), *nodes, start="one"))
    p.submit(a=1)
    p.yes("zhang")
    taking = p.on(c.TakeBack, "zhang", state="decided")
    p.yes("li")
    assert "next_acted" in p.no(taking)
    q = Play(process(node("one", "split", "zhang"), *nodes, start="one"))
    q.submit(a=1)
    q.yes("zhang")
    q.do(q.on(c.TakeBack, "zhang", state="decided"))
    assert q.holders() == ["zhang"]


def test_19_a_joint_signer_cannot_take_back_a_node_that_passed() -> None:
    p = Play(process(node("joint", "last", "li", "chen"), node("last", "end", "zhao")))
    p.submit(a=1)
    p.yes("li", "chen")
    assert p.no(p.on(c.TakeBack, "chen", state="decided")) == ("joint",)


def test_20_recall_after_one_of_three_decided_follows_the_window() -> None:
    flow = node("joint", "end", "li", "chen", "zhao")
    p = Play(process(flow, recall="before_decision"))
    p.submit(a=1)
    p.yes("li")
    assert p.no(c.Recall(Actor("wang"))) == ("recall_too_late",)
    q = Play(process(flow))
    q.submit(a=1)
    q.yes("li")
    q.do(c.Recall(Actor("wang")))
    assert (q.case.state, q.case.head.round) == ("draft", 2)
    assert "voided" in q.notes()
    q.submit(a=2)
    assert q.holders() == ["chen", "li", "zhao"], "asked again, because the form changed"


def abc() -> Play:
    """first relies on a, second on b, third on c."""
    return Play(
        process(
            node("first", "second", "li", relies=("a",)),
            node("second", "third", "chen", relies=("b",)),
            node("third", "end", "zhao", relies=("c",)),
        )
    )


def test_21_a_slip_is_mended_and_only_the_returner_is_asked() -> None:
    p = abc()
    p.submit(a=1, b=1, c=1)
    p.yes("li", "chen")
    p.do(p.back("zhao"))
    p.submit(c=2)
    assert p.holders() == ["zhao"]
    assert p.notes().count("carried") == 2
    assert [r.to for r in p.case.readings.values()] == ["li", "chen"], "they read the difference"


def test_22_who_relies_on_what_changed_is_asked_again_in_order() -> None:
    p = abc()
    p.submit(a=1, b=1, c=1)
    p.yes("li", "chen")
    p.do(p.back("zhao"))
    p.submit(a=2)
    assert p.holders() == ["li"]
    p.yes("li")
    assert p.holders() == ["zhao"], "chen does not rely on a"


def test_23_straight_back_falls_back_and_says_so() -> None:
    p = abc()
    p.submit(a=1, b=1, c=1)
    p.yes("li", "chen")
    p.do(p.back("zhao", carry="straight"))
    p.submit(b=2)
    assert p.holders() == ["chen"]
    assert "straight_fell_back" in p.notes()


def test_24_a_returned_case_resolves_its_seats_anew() -> None:
    p = Play(process(node("one", "two", "li", fallback="spare"), node("two", "end", "chen")))
    p.submit(a=1)
    p.yes("li")
    p.facts = at(5, directory(gone=("li",)))
    p.do(p.back("chen", "one"))
    assert p.holders() == ["yang"], "never the last person in the log"


def test_25_a_return_to_a_joint_node_asks_the_whole_set() -> None:
    p = Play(process(node("joint", "last", "li", "chen"), node("last", "end", "zhao")))
    p.submit(a=1)
    p.yes("li", "chen")
    p.do(p.back("zhao", "joint"))
    assert p.holders() == ["chen", "li"]


def test_26_previous_means_the_previous_node_not_the_previous_signer() -> None:
    p = Play(
        process(
            node("one", "line", "zhang"),
            node("line", "end", "li", "chen", "zhao", rule=SEQ, returns=("previous",)),
        )
    )
    p.submit(a=1)
    p.yes("zhang", "li", "chen")
    assert p.no(p.back("zhao", "line")) == ("not_travelled",)
    assert p.no(p.back("zhao", "draft")) == ("target_not_allowed",)
    p.do(p.back("zhao", "one"))
    assert p.holders() == ["zhang"]


def test_27_passing_on_to_somebody_without_clearance_is_refused_without_content() -> None:
    p = Play(process(node("one", "end", "li")), clearance=1)
    p.facts = at(people=directory(clearance=dict.fromkeys(("wang", "li", "chen"), 1)))
    p.submit(a=1)
    p.do(c.Circulate(Actor("li"), ("chen",), pass_on="free"))
    reading = next(iter(p.case.readings))
    passing = c.Circulate(Actor("chen"), ("zhao",), reading=reading)
    assert p.no(passing) == ("not_cleared",)


def test_28_readings_stay_answerable_after_the_end() -> None:
    p = Play(process(node("one", "end", "li")))
    p.submit(a=1)
    p.do(c.Circulate(Actor("wang"), ("chen",)))
    p.yes("li")
    p.do(c.Acknowledge(Actor("chen"), next(iter(p.case.readings))))
    assert (p.case.state, next(iter(p.case.readings.values())).state) == (
        "approved",
        "acknowledged",
    )


def test_29_a_reading_keeps_its_version_through_a_return() -> None:
    p = Play(process(node("one", "end", "li")))
    p.submit(a=1)
    p.do(c.Circulate(Actor("wang"), ("chen",)))
    seen = p.case.content.digest
    p.do(p.back("li"))
    p.submit(a=2)
    reading = next(iter(p.case.readings.values()))
    assert reading.version == seen != p.case.content.digest
    p.do(c.Acknowledge(Actor("chen"), reading.id))


def test_30_a_new_version_of_the_process_changes_nothing_for_a_running_case() -> None:
    p = Play(process(node("one", "two", "li"), node("two", "end", "chen")))
    p.submit(a=1)
    p.yes("li")
    newer = process(node("one", "two", "yang"), node("two", "end", "huang"))
    command = p.back("chen", "one")
    p.definition, pinned = newer, p.definition
    assert "wrong_version" in p.no(command)
    p.definition = pinned
    p.do(command)
    assert p.holders() == ["li"]


def test_31_the_same_person_in_two_nodes_is_asked_twice() -> None:
    p = Play(process(node("one", "two", "li"), node("two", "end", "li")))
    p.submit(a=1)
    p.yes("li")
    assert p.holders() == ["li"]


def test_32_the_initiator_as_last_eligible_person_is_blocked_never_passed() -> None:
    p = Play(process(node("one", "end", "wang")))
    p.submit(a=1)
    assert p.case.state == "running"
    assert [one.code for one in p.slot("wang", "blocked").reasons] == ["initiator"]


def test_33_one_person_as_the_only_decider_is_refused_with_the_reason() -> None:
    ends = (Edge("two"),)
    p = Play(
        process(
            node("one", ends, "li"),
            node("two", "end", "li", "chen", rule=ONE),
            min_deciders=2,
        )
    )
    p.submit(a=1)
    p.yes("li")
    assert p.slot("li", "blocked").reasons[0].code == "alone"
    p.yes("chen")
    assert p.case.state == "approved"


def test_34_a_make_up_saturday_is_the_calendars_business() -> None:
    """The flow reckons in working minutes; which day has any is asked of the calendar."""
    p = Play(process(node("one", "end", "li", limit=Limit(1, "days"))))
    p.submit(a=1)
    assert p.slot("li").due == DAY


def test_35_nothing_is_approved_while_suspended() -> None:
    p = Play(process(node("one", "end", "li", limit=Limit(100))))
    p.submit(a=1)
    p.do(c.Suspend(Actor("huang"), "waits for the tax office", 500))
    assert p.no(p.say("li", "approve")) == ("case_state",)
    p.facts = at(60)
    p.do(c.Resume(Actor("huang")))
    assert p.slot("li").due == 160, "the limit moved by the time that stood still"
    p.yes("li")


def test_36_the_same_key_twice_is_once() -> None:
    p = Play(process(node("one", "two", "li"), node("two", "end", "chen")))
    p.submit(a=1)
    command = p.say("li", "approve", key="k1")
    p.do(command)
    before = p.case
    again = p.do(command)
    assert (again.case, again.event) == (before, None)


def test_37_an_attachment_replaced_meanwhile_is_refused() -> None:
    p = Play(
        process(
            node("split", (Edge("work"), Edge("sign")), kind=NodeKind.SPLIT),
            node("work", "join", "li", kind=NodeKind.TASK, edits=("b",)),
            node("sign", "join", "chen", relies=("a",)),
            node("join", "end", kind=NodeKind.JOIN, split="split"),
        )
    )
    p.submit(a=1)
    looking = p.say("chen", "approve")
    p.done("li", b=2)
    assert p.no(looking) == ("content_moved",)


def test_38_of_twenty_approved_at_once_one_in_conflict_is_reported() -> None:
    flow = process(node("one", "end", "li"))
    plays = [Play(flow) for _ in range(20)]
    for p in plays:
        p.submit(a=1)
    plays[7].do(plays[7].back("li"))
    results = [
        p.no(c.Decide(Actor("li"), s.id, s.rev, p.case.content.digest, "approve"))
        if p is plays[7]
        else p.do(p.say("li", "approve")).case.state
        for p in plays
        for s in [next(s for _, s in p.slots() if s.principal == "li")]
    ]
    assert results.count("approved") == 19
    assert results[7] == ("case_state", "moved_on")


def test_39_a_branch_that_ends_the_case_voids_the_loan_of_another() -> None:
    p = Play(process(*fork(), start="split"))
    p.submit(a=1)
    p.do(p.on(c.Consult, "chen", "zhang", "what do you think", wait=True))
    p.refuse("li")
    assert p.case.state == "rejected"
    assert "ask_void" in p.notes()


def test_40_everybody_leaves_on_one_day_all_slots_are_blocked() -> None:
    p = Play(process(node("joint", "end", "li", "chen")))
    p.submit(a=1)
    p.facts = at(5, directory(away=("li", "chen")))
    p.do(c.Reseat(Actor("system:people")))
    assert p.holders() == []
    assert p.case.state == "running"
    assert {p.slot("li", "blocked").state, p.slot("chen", "blocked").state} == {"blocked"}
