"""提交, 同意, 办毕, 批示: what the words need and what they are refused for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from zhongshu.kernel.flow import Actor, Directory
from zhongshu.kernel.flow import commands as c
from zhongshu.kernel.flow.case import Content
from zhongshu.kernel.flow.condition import Row
from zhongshu.kernel.flow.content import changed, faults, missing
from zhongshu.kernel.flow.definition import Counting, Edge, Field, NodeKind, Rule, Seat, SeatKind
from zhongshu.kernel.flow.people import Person, Unit
from zhongshu.kernel.worktime import Limit

from .world import DAY, UNITS, Play, at, directory, node, process, stand_in


def test_only_the_drafter_submits_and_only_a_complete_well_formed_form() -> None:
    fields = (
        Field("title", "title", "text", required=True),
        Field("amount", "amount", "number"),
        Field("kind", "kind", "choice", options=("x", "y")),
        Field("urgent", "urgent", "flag"),
        Field("units", "units", "unit", many=True),
    )
    p = Play(process(node("n", "end", "li"), fields=fields))
    assert p.no(c.Submit(Actor("li"), {"title": "t"})) == ("not_drafter",)
    assert p.no(c.Submit(Actor("wang"))) == ("missing_field",)
    assert p.no(c.Submit(Actor("nobody"), {"title": "t"})) == ("unknown", "not_drafter")
    for bad in (
        {"nothing": 1},
        {"amount": "1"},
        {"amount": True},
        {"amount": 10**18},
        {"kind": "z"},
        {"urgent": 1},
        {"units": "office"},
        {"units": ("office", 3)},
        {"title": "t" * 4001},
    ):
        assert "bad_field" in p.no(c.Submit(Actor("wang"), {"title": "t", **bad}))
    p.submit(title="t", amount=10**18 - 1, kind="x", urgent=False, units=("office",))
    assert p.no(c.Submit(Actor("wang"))) == ("case_state",)


def test_the_drafter_leaves_alone_what_a_later_node_fills_in() -> None:
    p = Play(process(node("n", "end", "li", kind=NodeKind.TASK, edits=("b",)), min_deciders=0))
    assert p.no(c.Submit(Actor("wang"), {"b": 1})) == ("bad_field",)
    p.submit(a=1)
    assert "bad_field" in p.no(p.say("li", "done", changes={"a": 1}))
    p.done("li", b=1)
    assert p.case.content.authors == {"a": ("wang",), "b": ("li",)}


def test_a_draft_may_name_its_fields() -> None:
    flow = process(node("n", "end", "li"))
    named = replace(flow, nodes=(replace(flow.draft, edits=("a",)), *flow.nodes[1:]))
    p = Play(named)
    assert p.no(c.Submit(Actor("wang"), {"b": 1})) == ("bad_field",)
    p.submit(a=1)


def test_each_kind_of_node_has_its_words() -> None:
    for kind, word in (
        (NodeKind.DECIDE, "approve"),
        (NodeKind.TASK, "done"),
        (NodeKind.ACKNOWLEDGE, "done"),
        (NodeKind.INSTRUCT, "instruct"),
    ):
        p = Play(process(node("n", "end", "li", kind=kind), min_deciders=0))
        p.submit(a=1)
        for other in sorted({"approve", "done", "instruct", "abstain"} - {word}):
            assert "wrong_word" in p.no(p.say("li", other, "x"))
        p.do(p.say("li", word, "do it"))
        assert p.case.state == "approved"


def test_a_no_and_an_instruction_need_words_and_no_word_is_endless() -> None:
    p = Play(process(node("n", "end", "li")))
    p.submit(a=1)
    assert p.no(p.say("li", "disapprove", "  ")) == ("opinion_needed",)
    assert p.no(p.say("li", "approve", "x" * 4001)) == ("too_long",)
    assert p.no(p.say("li", "disapprove", "no", reserved=True)) == ("wrong_word",)
    p.do(p.say("li", "approve", "with a doubt", reserved=True))
    assert p.slot("li", "decided").decision.reserved


def test_abstention_only_where_allowed_and_it_stays_in_the_weight() -> None:
    rule = Rule(Counting.MORE_THAN, p=1, q=2)
    p = Play(process(node("n", "end", "li", "chen", "zhao", rule=rule, abstain=True)))
    p.submit(a=1)
    p.do(p.say("li", "abstain"))
    p.yes("chen")
    assert p.case.state == "running"
    p.do(p.say("zhao", "abstain"))
    assert p.case.state == "rejected"


def test_an_author_of_what_the_node_stands_on_does_not_decide_it() -> None:
    p = Play(
        process(
            node("fill", "sign", "li", kind=NodeKind.TASK, edits=("b",)),
            node("sign", "end", "li", relies=("b",), fallback="spare"),
        )
    )
    p.submit(a=1)
    p.done("li", b=2)
    assert p.holders() == ["yang"]
    q = Play(
        process(
            node("fill", "sign", "li", kind=NodeKind.TASK, edits=("b",)),
            node("sign", "end", "li", relies=("a",)),
        )
    )
    q.submit(a=1)
    q.done("li", b=2)
    assert q.holders() == ["li"], "he wrote nothing that this node stands on"


def test_instructions_are_told_and_start_tasks_but_move_nothing() -> None:
    p = Play(process(node("n", "end", "li")))
    p.submit(a=1)
    assert p.no(c.Instruct(Actor("chen"), "quick")) == ("not_yours",)
    assert p.no(c.Instruct(Actor("li"), " ")) == ("opinion_needed",)
    assert p.no(c.Instruct(Actor("li"), "quick", (("report", "", "2026-12-01"),))) == (
        "task_incomplete",
    )
    for who in ("li", "zhang"):
        outcome = p.do(c.Instruct(Actor(who), "quick", (("report", "chen", "2026-12-01"),)))
        assert [effect.what for effect in outcome.effects] == ["open_task"]
    assert p.holders() == ["li"]


def test_a_person_who_left_does_nothing_any_more() -> None:
    p = Play(process(node("n", "end", "li")))
    p.submit(a=1)
    command = p.say("li", "approve")
    p.facts = at(people=directory(gone=("li",)))
    assert p.no(command) == ("gone",)


def test_who_decided_in_one_branch_makes_way_where_he_may_not_decide_as_well() -> None:
    def flow(**kw: object) -> Play:
        return Play(
            process(
                node("split", (Edge("left"), Edge("right")), kind=NodeKind.SPLIT),
                node("left", "join", "li"),
                node("right", "join", "li", **kw),
                node("join", "end", kind=NodeKind.JOIN, split="split"),
                conflicts=(("left", "right"),),
            )
        )

    p = flow(fallback="spare")
    p.submit(a=1)
    assert p.holders() == ["li", "li"]
    first = next(s for _, s in p.slots() if s.state == "open")
    p.do(c.Decide(Actor("li"), first.id, first.rev, p.case.content.digest, "approve"))
    assert p.holders() == ["yang"], "the fallback, in its own name"
    q = flow()
    q.facts = at(people=directory(away=("li",), stand_ins=(stand_in("li", "chen"),)))
    q.submit(a=1)
    first, second = [s for _, s in q.slots() if s.state == "open"]
    q.do(c.Decide(Actor("chen"), first.id, first.rev, q.case.content.digest, "approve"))
    (blocked,) = [s for _, s in q.slots() if s.state == "blocked"]
    assert blocked.id == second.id
    assert "conflict" in [one.code for one in blocked.reasons]


def test_a_shared_stand_in_decides_on_behalf() -> None:
    p = Play(process(node("n", "end", "li")))
    p.facts = at(people=directory(stand_ins=(stand_in("li", "chen", "shared"),)))
    p.submit(a=1)
    assert (p.slot("li").holder, p.slot("li").also) == ("li", "chen")
    p.yes("chen")
    decision = p.slot("chen", "decided").decision
    assert (decision.actor, decision.principal) == ("chen", "li")


def test_an_exclusive_stand_in_takes_it_and_by_kind_and_amount_only() -> None:
    flow = process(node("n", "end", "li"), kind="request", amount="a")
    for pair, holder in (
        (stand_in("li", "chen", "exclusive"), "chen"),
        (stand_in("li", "chen", "exclusive", kinds=frozenset({"request"})), "chen"),
        (stand_in("li", "chen", "exclusive", kinds=frozenset({"payment"})), "li"),
        (stand_in("li", "chen", "exclusive", amount=5), "chen"),
        (stand_in("li", "chen", "exclusive", amount=4), "li"),
        (stand_in("li", "chen", "exclusive", start=1), "li"),
        (stand_in("li", "chen", "exclusive", end=1), "chen"),
        (stand_in("li", "wang", "exclusive"), "li"),
        (stand_in("li", "chen", "when_away"), "li"),
    ):
        p = Play(flow, at(people=directory(stand_ins=(pair,))))
        p.submit(a=5)
        assert p.holders() == [holder], pair
    fixed = Play(process(node("n", "end", "li", delegable=False)))
    fixed.facts = at(people=directory(stand_ins=(stand_in("li", "chen", "exclusive"),)))
    fixed.submit(a=1)
    assert fixed.holders() == ["li"]


def test_a_chain_of_stand_ins_is_followed_as_far_as_allowed() -> None:
    pairs = (stand_in("li", "chen"), stand_in("chen", "zhao"))
    people = directory(away=("li", "chen"), stand_ins=pairs)
    for hops, holders in ((1, []), (2, ["zhao"])):
        p = Play(process(node("n", "end", "li"), hops=hops), at(people=people))
        p.submit(a=1)
        assert p.holders() == holders


def test_seats_by_relation_field_and_rank() -> None:
    fields = (
        Field("who", "who", "person"),
        Field("post", "post", "post"),
        Field("units", "units", "unit", many=True),
    )
    seats = {
        "unit_head": ["zhang"],
        "unit_leader": ["zhao"],
        "upper_head": ["wu"],
        "initiator": ["wang"],
    }
    for relation, holders in seats.items():
        seat = Seat(SeatKind.RELATION, relation)
        p = Play(process(node("n", "end", seat, kind=NodeKind.TASK), fields=fields, min_deciders=0))
        p.submit()
        assert p.holders() == holders
    for name, value, holders in (
        ("who", "liu", ["liu"]),
        ("post", "spare", ["yang"]),
        ("units", ("finance", "bureau"), ["chen", "wu"]),
        ("units", ("nowhere",), []),
        ("units", (), []),
    ):
        p = Play(process(node("n", "end", Seat(SeatKind.FIELD, name)), fields=fields))
        p.submit(**{name: value})
        assert p.holders() == holders
        assert p.case.state == "running"


def test_a_relation_of_somebody_unknown_names_nobody() -> None:
    seat = Seat(SeatKind.RELATION, "unit_head")
    for people in (
        Directory({"wang": Person("wang", "nowhere")}, {}, UNITS),
        Directory({"wang": Person("wang", "lonely")}, {}, {"lonely": Unit("lonely")}),
    ):
        p = Play(process(node("n", "end", seat)), at(people=people))
        p.submit(a=1)
        assert p.slot("", "blocked").reasons[0].code == "nobody_named"


def test_seats_may_bar_the_initiators_unit_and_ask_for_rank() -> None:
    for kw, holders, codes in (
        ({"not_own_unit": True}, [], ["own_unit"]),
        ({"above_initiator": True}, [], ["rank"]),
    ):
        p = Play(process(node("n", "end", Seat(SeatKind.PERSON, "li", **kw))))
        p.submit(a=1)
        assert p.holders() == holders
        assert [one.code for one in p.slot("li", "blocked").reasons] == codes
    q = Play(
        process(
            node("n", "end", Seat(SeatKind.PERSON, "chen", not_own_unit=True, above_initiator=True))
        )
    )
    q.submit(a=1)
    assert q.holders() == ["chen"]


def test_the_rank_of_a_drafter_who_vanished_is_unknown_not_low() -> None:
    seat = Seat(SeatKind.PERSON, "li", above_initiator=True)
    p = Play(process(node("n", "end", seat)))
    p.submit(a=1)
    people = {k: v for k, v in directory().people.items() if k != "wang"}
    p.facts = at(people=Directory(people))
    p.do(c.Reseat(Actor("system:people")))
    assert [one.code for one in p.slot("li", "blocked").reasons] == ["unknown"]


def test_clearance_bars_a_seat_and_its_stand_in_is_not_sent() -> None:
    levels = {"wang": 1, "chen": 1}
    people = directory(clearance=levels, stand_ins=(stand_in("li", "chen", "exclusive"),))
    p = Play(process(node("n", "end", "li")), at(people=people), clearance=1)
    p.submit(a=1)
    assert [one.code for one in p.slot("li", "blocked").reasons] == ["not_cleared"]


def test_the_fallback_sits_once_on_a_path_unless_allowed() -> None:
    people = directory(away=("li", "chen"))
    nodes = (
        node("one", "two", "li", fallback="spare"),
        node("two", "end", "chen", fallback="spare"),
    )
    p = Play(process(*nodes), at(people=people))
    p.submit(a=1)
    p.yes("yang")
    assert p.holders() == []
    q = Play(process(*nodes, fallback_repeats=True), at(people=people))
    q.submit(a=1)
    q.yes("yang")
    assert q.holders() == ["yang"]


def test_two_seats_of_one_person_become_one_only_while_enough_people_remain() -> None:
    two = (Seat(SeatKind.PERSON, "li", weight=2), Seat(SeatKind.PERSON, "li", veto=True), "chen")
    p = Play(process(node("n", "end", *two)))
    p.submit(a=1)
    assert p.slot("li", "void").cause == "same_person"
    assert (p.slot("li").weight, p.slot("li").veto) == (2, True)
    q = Play(process(node("n", "end", "li", "li", min_people=2, fallback="spare")))
    q.submit(a=1)
    assert q.holders() == ["li", "yang"]
    r = Play(process(node("n", "end", "li", Seat(SeatKind.PERSON, "li", duty="other"), "chen")))
    r.submit(a=1)
    assert r.holders() == ["chen", "li"], "another duty is not the same seat"
    assert r.slot("li", "blocked").reasons[0].code == "seated"


def test_a_post_with_several_holders_asks_the_next_when_the_first_may_not() -> None:
    posts = {"deputy": ("li", "chen")}
    seat = Seat(SeatKind.POST, "deputy")
    p = Play(process(node("n", "end", seat)), at(people=directory(posts=posts)))
    p.submit(a=1)
    assert p.holders() == ["li"]
    p.facts = at(5, directory(posts=posts, away=("li",)))
    p.do(c.Reseat(Actor("system:people")))
    assert p.holders() == ["chen"]
    p.yes("chen")
    assert p.slot("chen", "decided").decision.principal == "chen"


def test_limits_run_in_minutes_and_days() -> None:
    for limit, due in ((None, None), (Limit(90), 100), (Limit(2, "days"), 10 + 2 * DAY)):
        p = Play(process(node("n", "end", "li", limit=limit)), at(10))
        p.submit(a=1)
        assert p.slot("li").due == due


def test_effects_are_told_when_the_node_passes() -> None:
    p = Play(process(node("n", "end", "li", effects=("number", "seal"))))
    p.submit(a=1)
    outcome = p.yes("li")
    assert [effect.what for effect in outcome.effects] == ["number", "seal"]


@pytest.mark.parametrize(
    ("on_fail", "state", "nodes"),
    [("end", "rejected", []), ("draft", "returned", []), ("one", "running", ["one"])],
)
def test_what_a_no_does_is_the_nodes_rule(on_fail: str, state: str, nodes: list[str]) -> None:
    p = Play(process(node("one", "two", "li"), node("two", "end", "chen", on_fail=on_fail)))
    p.submit(a=1)
    p.yes("li")
    p.refuse("chen")
    assert (p.case.state, p.open_nodes()) == (state, nodes)


def test_a_no_may_take_another_way() -> None:
    p = Play(
        process(
            node("one", "end", "li", on_fail="edge", fail_edges=(Edge("other"),)),
            node("other", "end", "chen"),
        )
    )
    p.submit(a=1)
    p.refuse("li")
    assert p.holders() == ["chen"]
    p.yes("chen")
    assert p.case.state == "approved"


def test_a_way_that_leads_nowhere_refuses_the_step() -> None:
    p = Play(process(node("n", (Edge("end", Row("a", ">", 5)),), "li")))
    p.submit(a=1)
    assert p.no(p.say("li", "approve")) == ("no_way_on",)
    q = Play(
        process(
            node("s", (Edge("n", Row("a", ">", 5)),), kind=NodeKind.INCLUSIVE),
            node("n", "end", "li"),
        )
    )
    assert q.no(c.Submit(Actor("wang"), {"a": 1})) == ("no_way_on",)
    r = Play(process(node("n", "end", "li", on_fail="elsewhere")))
    r.submit(a=1)
    assert r.no(r.say("li", "disapprove", "x")) == ("not_travelled",)


def test_too_few_deciders_refuse_the_last_word() -> None:
    p = Play(
        process(node("n", "end", "li", "chen", rule=Rule(Counting.COUNT, n=1)), min_deciders=2)
    )
    p.submit(a=1)
    for _, slot in p.slots():
        if slot.seat >= 0:
            assert slot.state == "blocked"
            assert {one.code for one in slot.reasons} == {"alone"}
    q = Play(
        process(node("n", "t", "li"), node("t", "end", "chen", kind=NodeKind.TASK), min_deciders=2)
    )
    q.submit(a=1)
    assert q.slot("li", "blocked").reasons[0].code == "alone"


def test_content_keeps_digest_and_author_of_what_did_not_change() -> None:
    first = changed(Content(), {"a": 1, "b": 2}, ("wang",))
    again = changed(first, {"a": 1, "b": 3}, ("li",))
    assert again.authors == {"a": ("wang",), "b": ("li", "wang")}
    assert again.digests["a"] == first.digests["a"]
    assert again.digest != first.digest
    assert changed(again, {"b": 2}, ("li",)).digest == first.digest
    flow = process(node("n", "end", "li"))
    assert faults(flow, {"a": 1, "z": 1}, may=("a", "z")) == ["z"]
    assert missing(flow, first) == []


def test_an_inclusive_split_takes_every_branch_that_holds_or_the_else() -> None:
    def flow() -> Play:
        return Play(
            process(
                node(
                    "s",
                    (Edge("x", Row("a", ">", 1)), Edge("y", Row("b", ">", 1)), Edge("z")),
                    kind=NodeKind.INCLUSIVE,
                ),
                node("x", "j", "li"),
                node("y", "j", "chen"),
                node("z", "j", "zhao"),
                node("j", "last", kind=NodeKind.JOIN, split="s"),
                node("last", "end", "zhou"),
            )
        )

    for values, holders in (
        ({"a": 2, "b": 2}, ["chen", "li"]),
        ({"a": 2, "b": 1}, ["li"]),
        ({"a": 1, "b": 1}, ["zhao"]),
    ):
        p = flow()
        p.submit(**values)
        assert p.holders() == holders
        p.yes(*holders)
        assert p.holders() == ["zhou"]


def test_a_branch_may_be_empty() -> None:
    p = Play(
        process(
            node("s", (Edge("x"), Edge("j")), kind=NodeKind.SPLIT),
            node("x", "j", "li"),
            node("j", "end", kind=NodeKind.JOIN, split="s"),
        )
    )
    p.submit(a=1)
    p.yes("li")
    assert p.case.state == "approved"


def test_a_slot_that_never_was_is_answered_like_one_that_is_gone() -> None:
    p = Play(process(node("n", "end", "li")))
    p.submit(a=1)
    command = c.Decide(Actor("li"), 999, 0, p.case.content.digest, "approve")
    assert p.no(command) == ("moved_on",)


def test_work_is_done_when_what_it_asks_for_is_filled_in() -> None:
    fields = (Field("a", "a", "number"), Field("b", "b", "number", required=True))
    flow = process(node("n", "end", "li", kind=NodeKind.TASK, edits=("b",)), fields=fields)
    p = Play(replace(flow, min_deciders=0))
    p.submit(a=1)
    assert p.no(p.say("li", "done")) == ("missing_field",)
    p.done("li", b=2)
    assert p.case.state == "approved"


def test_dates_are_dates() -> None:
    p = Play(process(node("n", "end", "li"), fields=(Field("day", "day", "date"),)))
    for bad in ("2026-13-01", "2026-02-30", "2026-1-1", "tomorrow", "2026-01-01T00:00", 20260101):
        assert p.no(c.Submit(Actor("wang"), {"day": bad})) == ("bad_field",)
    p.submit(day="2026-12-31")


def test_a_drafter_who_is_no_longer_listed_has_no_relations() -> None:
    flow = process(
        node("one", "two", "li"), node("two", "end", Seat(SeatKind.RELATION, "unit_head"))
    )
    p = Play(flow)
    p.submit(a=1)
    people = {name: one for name, one in directory().people.items() if name != "wang"}
    p.facts = at(people=Directory(people, {}, UNITS))
    p.yes("li")
    assert p.slot("", "blocked").reasons[0].code == "nobody_named"
