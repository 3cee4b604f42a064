"""退回, 拿回, 撤回, 撤销: the ways back, and branches on the way."""

from __future__ import annotations

from zhongshu.kernel.flow import Actor
from zhongshu.kernel.flow import commands as c
from zhongshu.kernel.flow.definition import Counting, Edge, NodeKind, Rule
from zhongshu.kernel.worktime import Limit

from .test_interactions import SEQ, fork
from .world import Play, at, directory, node, process


def test_a_return_needs_a_reason_a_target_and_your_own_seat() -> None:
    p = Play(process(node("one", "two", "li"), node("two", "end", "chen", returns=("draft",))))
    p.submit(a=1)
    p.yes("li")
    slot = p.slot("chen")
    at_ = (Actor("chen"), slot.id, slot.rev)
    seen = p.case.content.digest
    assert p.no(c.SendBack(*at_, seen, "draft", "")) == ("opinion_needed",)
    assert p.no(c.SendBack(*at_, "old", "draft", "x")) == ("content_moved",)
    assert p.no(c.SendBack(*at_, seen, "one", "x")) == ("target_not_allowed",)
    assert p.no(c.SendBack(*at_, seen, "two", "x")) == ("not_travelled",)
    assert p.no(c.SendBack(*at_, seen, "caller", "x")) == ("no_caller",)
    assert p.no(c.SendBack(Actor("chen"), 999, 0, seen, "draft", "x")) == ("moved_on",)


def test_named_targets_and_a_set_carry() -> None:
    nodes = (
        node("one", "two", "li"),
        node("two", "three", "zhao"),
        node("three", "end", "chen", returns=("one",)),
    )
    p = Play(process(*nodes, returner_chooses=False))
    p.submit(a=1)
    p.yes("li", "zhao")
    assert p.no(p.back("chen", "two")) == ("target_not_allowed",)
    assert p.no(p.back("chen", "one", carry="replay")) == ("carry_is_set",)
    p.do(p.back("chen", "one"))
    p.yes("li")
    assert p.holders() == ["chen"], "zhao's approval is carried"


def test_replay_asks_everybody_again() -> None:
    p = Play(process(node("one", "two", "li"), node("two", "end", "chen"), carry="replay"))
    p.submit(a=1)
    p.yes("li")
    p.do(p.back("chen"))
    p.submit()
    assert p.holders() == ["li"]


def test_returned_too_often_the_office_head_and_another_decide() -> None:
    p = Play(process(node("n", "end", "li"), max_returns=1))
    p.submit(a=1)
    p.do(p.back("li"))
    p.submit()
    assert p.no(p.back("li")) == ("too_many_returns",)
    p.do(c.Override(Actor("zhang"), Actor("wu"), "release", "once more"))
    p.do(p.back("li"))
    assert p.case.state == "returned"


def test_a_return_inside_a_branch_leaves_the_other_alone() -> None:
    nodes = fork()
    first = [node("before", "right", "zhou"), *nodes]
    first[1] = node("split", (Edge("left"), Edge("before")), kind=NodeKind.SPLIT)
    p = Play(process(*first, start="split"))
    p.submit(a=1)
    p.yes("zhou", "li")
    p.do(p.back("chen", "before"))
    assert p.open_nodes() == ["before"]
    p.yes("zhou", "chen")
    assert p.holders() == ["zhao"], "left's approval waited at the join"


def test_a_return_before_the_split_voids_all_branches_and_tells_their_people() -> None:
    p = Play(process(*fork(), start="split"))
    p.submit(a=1)
    p.yes("li")
    outcome = p.do(p.back("chen", "draft"))
    assert p.case.state == "returned"
    stale = [a.node for a in p.case.acts.values() if a.mark == "stale"]
    assert stale == ["left"]
    assert outcome.event.notes[0].what == "sent_back"
    p.submit()
    assert p.holders() == ["chen"], "left is carried"


def test_a_return_from_after_the_join_into_one_branch() -> None:
    p = Play(process(*fork(), start="split"))
    p.submit(a=1)
    p.yes("li", "chen")
    p.do(p.back("zhao", "left"))
    assert p.open_nodes() == ["left"]
    p.yes("li")
    assert p.holders() == ["zhao"]


def test_after_the_join_with_changed_content_the_waiting_branch_is_asked_to_confirm() -> None:
    nodes = fork()
    nodes[1] = node("left", "join", "li", kind=NodeKind.TASK, edits=("b",), relies=("a",))
    nodes[2] = node("right", "join", "chen", relies=("b",))
    p = Play(process(*nodes, start="split"))
    p.submit(a=1)
    p.done("li", b=1)
    p.yes("chen")
    p.do(p.back("zhao", "left"))
    p.done("li", b=2)
    assert p.holders() == ["chen"]
    p.yes("chen")
    assert p.holders() == ["zhao"]


def test_a_decision_goes_stale_when_a_task_changes_what_it_stood_on() -> None:
    p = Play(
        process(
            node("sign", "cut", "li", relies=("b",)),
            node("cut", "end", "chen", kind=NodeKind.TASK, edits=("b",), relies=()),
        )
    )
    p.submit(a=1)
    p.yes("li")
    p.done("chen", b=3)
    assert p.holders() == ["li"], "what he signed is not what is there now"
    p.yes("li")
    assert p.case.state == "approved", "the work is carried"


def test_taking_back_in_a_line_puts_the_next_one_back_to_waiting() -> None:
    p = Play(process(node("n", "end", "li", "chen", "zhao", rule=SEQ)))
    p.submit(a=1)
    p.yes("li")
    p.do(p.on(c.TakeBack, "li", state="decided"))
    assert p.holders() == ["li"]
    p.yes("li", "chen")
    assert p.no(p.on(c.TakeBack, "li", state="decided")) == ("later_decided",)


def test_what_take_back_is_refused_for() -> None:
    p = Play(
        process(
            node("one", "two", "li", effects=("number",)),
            node("two", "three", "chen", take_back="never"),
            node("three", "end", "zhao"),
        )
    )
    p.submit(a=1)
    draft = next(s for _, s in p.slots() if s.decision)
    assert "not_your_step" in p.no(c.TakeBack(Actor("wang"), draft.id, draft.rev))
    open_slot = p.slot("li")
    assert p.no(c.TakeBack(Actor("li"), open_slot.id, open_slot.rev)) == ("slot_state",)
    assert p.no(c.TakeBack(Actor("li"), 999, 0)) == ("moved_on",)
    p.yes("li")
    mine = p.slot("li", "decided")
    assert p.no(c.TakeBack(Actor("zhao"), mine.id, mine.rev - 1)) == (
        "not_yours",
        "slot_moved",
        "outward_effect",
    )
    p.yes("chen")
    assert p.no(p.on(c.TakeBack, "chen", state="decided")) == ("take_back_never",)
    assert set(p.no(p.on(c.TakeBack, "li", state="decided"))) == {"outward_effect", "next_acted"}


def test_a_binding_child_that_has_spoken_keeps_the_word() -> None:
    flow = process(node("n", "end", "li", "chen", add=("any",)))
    p = Play(flow)
    p.submit(a=1)
    p.do(p.on(c.AddSigner, "li", "zhao", "after"))
    p.yes("li", "zhao")
    assert p.no(p.on(c.TakeBack, "li", state="decided")) == ("child_decided",)


def test_recall_windows() -> None:
    for window, codes in (
        ("any", ()),
        ("never", ("recall_never",)),
        ("before_decision", ("recall_too_late",)),
        ("before:two", ("recall_too_late",)),
        ("before:three", ()),
    ):
        p = Play(
            process(
                node("one", "two", "li"),
                node("two", "three", "chen"),
                node("three", "end", "zhao"),
                recall=window,
            )
        )
        p.submit(a=1)
        p.yes("li")
        if codes:
            assert p.no(c.Recall(Actor("wang"))) == codes
            assert p.no(c.Cancel(Actor("wang"))) == codes
        else:
            p.do(c.Recall(Actor("wang")))
            assert p.case.state == "draft"


def test_recall_is_the_drafters_and_not_after_anything_left_the_house() -> None:
    p = Play(process(node("one", "two", "li", effects=("number",)), node("two", "end", "chen")))
    p.submit(a=1)
    assert p.no(c.Recall(Actor("li"))) == ("not_drafter",)
    p.yes("li")
    assert p.no(c.Recall(Actor("wang"))) == ("outward_effect",)


def test_cancel_ends_for_good() -> None:
    p = Play(process(node("n", "end", "li")))
    p.do(c.Cancel(Actor("wang")))
    assert p.case.state == "withdrawn"
    q = Play(process(node("n", "end", "li")))
    q.submit(a=1)
    q.do(c.Cancel(Actor("wang"), "no longer needed"))
    assert (q.case.state, q.holders()) == ("withdrawn", [])
    assert "voided" in q.notes()


def test_after_the_approval_only_a_counter_case_within_its_time() -> None:
    p = Play(process(node("n", "end", "li"), counter=Limit(100)))
    p.submit(a=1)
    p.yes("li")
    assert "case_state" in p.no(c.Recall(Actor("wang")))
    outcome = p.do(c.Cancel(Actor("wang"), "an error"))
    assert p.case.state == "approved"
    assert outcome.effects[0].what == "open_counter_case"
    assert ("deciders", "li") in outcome.effects[0].about
    p.facts = at(101)
    assert p.no(c.Cancel(Actor("wang"))) == ("counter_too_late",)
    q = Play(process(node("n", "end", "li")))
    q.submit(a=1)
    q.yes("li")
    assert q.no(c.Cancel(Actor("wang"))) == ("ended",)


def test_a_sub_case_opens_ends_and_may_come_back() -> None:
    def flow(**kw: object) -> Play:
        p = Play(
            process(
                node("one", "sub", "li"),
                node("sub", "two", kind=NodeKind.CASE, sub="child", **kw),
                node("two", "end", "chen"),
            )
        )
        p.submit(a=1)
        assert p.yes("li").effects[0].what == "open_case"
        return p

    def ended(p: Play, result: str) -> c.ChildEnded:
        act = next(a.id for a in p.case.acts.values() if a.node == "sub" and a.state == "open")
        return c.ChildEnded(Actor("system:flow"), act, "c1", result)

    p = flow()
    assert p.no(c.ChildEnded(Actor("system:flow"), 999, "c1", "approved")) == ("moved_on",)
    assert "machine_only" in p.no(c.ChildEnded(Actor("li"), 999, "c1", "approved"))
    p.do(ended(p, "approved"))
    assert p.holders() == ["chen"]
    p.do(p.back("chen", "one"))
    p.yes("li")
    assert p.holders() == ["chen"], "the finished child is carried, nothing changed"
    q = flow()
    q.do(ended(q, "rejected"))
    assert q.case.state == "rejected"
    r = flow()
    r.do(ended(r, "returned"))
    assert r.open_nodes() == ["one"]
    s = flow(on_fail="one")
    s.do(ended(s, "withdrawn"))
    assert s.open_nodes() == ["one"]
    t = flow(on_fail="edge", fail_edges=(Edge("two"),))
    t.do(ended(t, "lapsed"))
    assert t.open_nodes() == ["two"]


def test_taking_back_a_step_whose_sub_case_runs_is_refused_but_cancelling_stops_it() -> None:
    p = Play(process(node("one", "sub", "li"), node("sub", "end", kind=NodeKind.CASE, sub="child")))
    p.submit(a=1)
    p.yes("li")
    assert p.no(p.on(c.TakeBack, "li", state="decided")) == ("next_acted",)
    outcome = p.do(c.Cancel(Actor("wang")))
    assert [effect.what for effect in outcome.effects] == ["cancel_case"]


def test_a_sub_case_may_be_sent_back_to_its_caller() -> None:
    p = Play(process(node("n", "end", "li")), parent=("7", 12))
    p.submit(a=1)
    outcome = p.do(p.back("li", "caller"))
    assert p.case.state == "withdrawn"
    assert ("activation", "12") in outcome.effects[0].about


def test_an_ended_case_may_give_rise_to_a_new_one() -> None:
    p = Play(process(node("n", "end", "li")))
    p.submit(a=1)
    assert "case_state" in p.no(c.Reopen(Actor("wang"), "new facts"))
    p.yes("li")
    before = p.case
    assert p.no(c.Reopen(Actor("li"), "new facts")) == ("no_part",)
    assert p.no(c.Reopen(Actor("huang"), "")) == ("opinion_needed",)
    outcome = p.do(c.Reopen(Actor("huang"), "new facts"))
    assert outcome.effects[0].what == "open_case"
    assert (p.case.state, p.case.acts) == (before.state, before.acts)


def test_a_line_opens_one_after_the_other_and_a_no_ends_it() -> None:
    p = Play(process(node("n", "end", "li", "chen", rule=Rule(Counting.SEQUENTIAL))))
    p.submit(a=1)
    assert p.holders() == ["li"]
    p.yes("li")
    assert p.holders() == ["chen"]
    p.refuse("chen")
    assert p.case.state == "rejected"


def test_a_returned_node_keeps_no_opinion_of_somebody_no_longer_allowed() -> None:
    p = Play(process(node("joint", "end", "li", "chen")))
    p.submit(a=1)
    p.yes("li")
    p.do(p.back("chen"))
    p.do(c.HandOver(Actor("huang"), "wang", "zhou", "leaves"))
    p.facts = at(5, directory(away=("li",)))
    p.submit()
    assert p.holders() == ["chen"], "being away does not undo what he said"


def test_a_draft_whose_drafter_has_left() -> None:
    machine = Actor("system:people")
    p = Play(process(node("n", "end", "li")))
    assert "machine_only" in p.no(c.DrafterGone(Actor("li"), "wang", "zhou"))
    assert p.no(c.DrafterGone(machine, "li", "zhou")) == ("not_drafter",)
    assert p.no(c.DrafterGone(machine, "wang", "wang")) == ("same_holder",)
    assert p.no(c.DrafterGone(machine, "wang", "nobody")) == ("unknown",)
    p.do(c.DrafterGone(machine, "wang", "zhou"))
    assert (p.case.state, p.case.head.drafters) == ("draft", ("wang", "zhou"))
    p.do(c.DrafterGone(machine, "zhou", "wang"))
    assert p.case.head.drafters == ("zhou", "wang"), "the last one writes"
    p.do(c.DrafterGone(machine, "wang"))
    assert p.case.state == "withdrawn"
    assert p.no(c.DrafterGone(machine, "wang", "zhou")) == ("case_state",)


def test_a_draft_that_was_sent_before_does_not_end_with_its_drafter() -> None:
    machine = Actor("system:people")
    p = Play(process(node("n", "end", "li", "chen")))
    p.submit(a=1)
    p.yes("chen")
    assert p.no(c.DrafterGone(machine, "wang", "zhou")) == ("case_state",), "it is not his to write"
    p.do(p.back("li"))
    assert p.no(c.DrafterGone(machine, "wang")) == ("draft_was_sent",)
    p.do(c.DrafterGone(machine, "wang", "zhou"))
    p.do(c.Submit(Actor("zhou"), {"a": 2}))
    assert p.case.head.drafters == ("wang", "zhou")
    recalled = Play(process(node("n", "end", "li"), recall="any"))
    recalled.submit(a=1)
    recalled.do(c.Recall(Actor("wang")))
    assert recalled.no(c.DrafterGone(machine, "wang")) == ("draft_was_sent",)


def test_a_sub_case_whose_caller_no_longer_waits() -> None:
    gone = c.CallerGone(Actor("system:flow"))
    p = Play(process(node("n", "end", "li")), parent=("7", 12))
    p.submit(a=1)
    assert "machine_only" in p.no(c.CallerGone(Actor("li")))
    told = p.do(gone)
    assert (p.case.state, p.holders()) == ("withdrawn", [])
    assert dict(told.effects[-1].about)["result"] == "withdrawn"
    assert p.no(gone) == ("case_state",)
    alone = Play(process(node("n", "end", "li")))
    alone.submit(a=1)
    assert alone.no(gone) == ("moved_on",), "nobody called it"
    paid = Play(
        process(node("n", "m", "li", effects=("pay",)), node("m", "end", "chen")),
        parent=("7", 12),
    )
    paid.submit(a=1)
    paid.yes("li")
    assert paid.no(gone) == ("outward_effect",), "what left the house is not undone in silence"
