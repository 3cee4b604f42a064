"""转办, 认领, 分派, 交接, 加签, 委派, 传阅, 催办, 挂起, 改版: a slot changes hands, time passes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from zhongshu.kernel.flow import Actor
from zhongshu.kernel.flow import commands as c
from zhongshu.kernel.flow.definition import Counting, Edge, Field, NodeKind, Rule, Seat, SeatKind
from zhongshu.kernel.worktime import Limit

from .test_interactions import ANYBODY, fork
from .world import DAY, FIELDS, POSTS, Play, at, directory, node, process, stand_in

POOL = Seat(SeatKind.POOL, "finance")
CLOCK = c.Tick(Actor("system:clock"))


# --- 加签, 减签


def adding(**kw: object) -> Play:
    p = Play(process(node("n", "end", "li", "chen", add=ANYBODY, **kw)))
    p.submit(a=1)
    return p


def test_who_may_not_be_added() -> None:
    p = adding()
    for who, code in (("wang", "initiator"), ("chen", "seated"), ("nobody", "unknown")):
        assert code in p.no(p.on(c.AddSigner, "li", who, "before"))
    assert p.no(c.AddSigner(Actor("li"), 999, 0, "zhao", "before")) == ("moved_on",)
    narrow = Play(process(node("n", "end", "li", add=("unit", "post:spare", "unit:finance"))))
    narrow.submit(a=1)
    assert narrow.no(narrow.on(c.AddSigner, "li", "zhao", "before")) == ("out_of_range",)
    for who in ("zhang", "yang", "liu"):
        narrow.do(narrow.on(c.AddSigner, "li", who, "before"))


def test_one_direction_at_a_time() -> None:
    p = adding()
    p.do(p.on(c.AddSigner, "li", "zhao", "before"))
    assert p.no(p.on(c.AddSigner, "li", "zhou", "after")) == ("one_direction",)
    p.do(p.on(c.AddSigner, "li", "zhou", "before"))


def test_beside_only_where_it_makes_sense_and_everybody_must_then_agree() -> None:
    p = adding()
    p.do(p.on(c.AddSigner, "li", "zhao", "beside"))
    p.yes("li", "chen")
    assert p.case.state == "running"
    p.yes("zhao")
    assert p.case.state == "approved"
    one = Rule(Counting.COUNT, n=1)
    for kw, codes in (
        ({"rule": one}, ("no_beside",)),
        ({"rule": one, "beside": True, "race": True}, ("no_beside",)),
    ):
        q = adding(**kw)
        assert q.no(q.on(c.AddSigner, "li", "zhao", "beside")) == codes
    r = adding(rule=one, beside=True)
    r.do(r.on(c.AddSigner, "li", "zhao", "beside"))
    line = adding(rule=Rule(Counting.SEQUENTIAL))
    line.do(line.on(c.AddSigner, "li", "zhao", "beside"))
    line.yes("li")
    assert line.holders() == ["zhao"], "right behind whoever added him"


def test_added_people_add_nobody_unless_the_process_says_so() -> None:
    p = adding()
    p.do(p.on(c.AddSigner, "li", "zhao", "before"))
    assert p.no(p.on(c.AddSigner, "zhao", "zhou", "before")) == ("added_cannot",)
    p.do(p.on(c.AddSigner, "chen", "liu", "beside"))
    assert p.no(p.on(c.AddSigner, "liu", "zhou", "before")) == ("added_cannot",)
    deep = adding(add_depth=2)
    deep.do(deep.on(c.AddSigner, "li", "zhao", "before"))
    deep.do(deep.on(c.AddSigner, "zhao", "zhou", "before"))
    assert deep.no(deep.on(c.AddSigner, "zhou", "yang", "before")) == ("added_cannot",)
    assert deep.no(deep.say("zhao", "approve")) == ("adviser_first",)
    zhao = deep.slot("zhao")
    deep.do(c.DropSigner(Actor("li"), zhao.id, zhao.rev))
    assert deep.slot("zhou", "void").cause == "dropped", "with whoever he had asked in turn"


def test_a_binding_before_adviser_can_say_no_for_the_holder() -> None:
    p = Play(process(node("n", "end", "li", add=ANYBODY)))
    p.submit(a=1)
    p.do(p.on(c.AddSigner, "li", "zhao", "before", True))
    assert "wrong_word" in p.no(p.say("zhao", "abstain"))
    p.refuse("zhao")
    assert p.case.state == "rejected"


def test_a_no_spares_the_after_signers_the_work() -> None:
    p = Play(process(node("n", "end", "li", add=ANYBODY, on_fail="draft")))
    p.submit(a=1)
    p.do(p.on(c.AddSigner, "li", "zhao", "after"))
    event = p.refuse("li").event
    assert [s.cause for a in event.acts for s in a.slots if s.principal == "zhao"] == ["not_needed"]


def test_what_drop_is_refused_for() -> None:
    p = adding()
    base = p.slot("chen")
    assert p.no(c.DropSigner(Actor("li"), base.id, base.rev)) == ("base_stays",)
    assert p.no(c.DropSigner(Actor("li"), 999, 0)) == ("moved_on",)
    p.do(p.on(c.AddSigner, "li", "zhao", "before"))
    zhao = p.slot("zhao")
    assert p.no(c.DropSigner(Actor("chen"), zhao.id, zhao.rev + 1)) == ("not_yours", "slot_moved")
    p.yes("zhao")
    zhao = p.slot("zhao", "decided")
    assert "slot_state" in p.no(c.DropSigner(Actor("li"), zhao.id, zhao.rev))
    q = adding()
    q.do(q.on(c.AddSigner, "li", "zhao", "beside"))
    q.yes("li", "chen")
    zhao = q.slot("zhao")
    assert q.no(c.DropSigner(Actor("li"), zhao.id, zhao.rev)) == ("would_settle",)


def test_an_added_slots_time_lies_inside_its_parents() -> None:
    p = adding(limit=Limit(100))
    p.facts = at(90)
    p.do(p.on(c.AddSigner, "li", "zhao", "before"))
    assert (p.slot("zhao").since, p.slot("zhao").due) == (90, 100)


# --- 转办, 认领, 分派, 交接


def test_what_transfer_is_refused_for() -> None:
    p = Play(process(node("n", "end", "li", "chen", transfer=("unit",))))
    p.submit(a=1)
    for who, codes in (
        ("li", ("same_holder",)),
        ("zhao", ("out_of_range",)),
        ("chen", ("out_of_range", "seated")),
    ):
        assert p.no(p.on(c.Transfer, "li", who, "x")) == codes
    assert p.no(p.on(c.Transfer, "li", "zhang", "")) == ("opinion_needed",)
    assert p.no(c.Transfer(Actor("li"), 999, 0, "zhang", "x")) == ("moved_on",)
    p.do(p.on(c.Transfer, "li", "zhang", "x"))
    assert (p.slot("zhang").principal, p.slot("zhang").named) == ("zhang", True)


def test_giving_back_needs_no_range_and_the_middle_of_a_chain_is_closed() -> None:
    p = Play(process(node("n", "end", "li", transfer=("post:override", "post:spare"))))
    p.submit(a=1)
    p.do(p.on(c.Transfer, "li", "zhou", "x"))
    p.do(p.on(c.Transfer, "zhou", "wu", "x"))
    p.do(p.on(c.Transfer, "wu", "zhou", "back to you"))
    q = Play(process(node("n", "end", "li", transfer=ANYBODY)))
    q.submit(a=1)
    for one, other in (("li", "zhou"), ("zhou", "wu")):
        q.do(q.on(c.Transfer, one, other, "x"))
    q.do(q.on(c.Transfer, "wu", "li", "yours"))


def test_a_pool_is_claimed_given_up_and_assigned() -> None:
    p = Play(process(node("n", "end", POOL, assign="clerk")))
    p.submit(a=1)
    slot = next(s for _, s in p.slots() if s.seat == 0)
    at_ = (slot.id, slot.rev)
    assert (slot.state, slot.holder, slot.principal) == ("open", "", "")
    assert "not_yours" in p.no(c.Claim(Actor("zhao"), *at_))
    assert p.no(c.Claim(Actor("liu"), slot.id, 99)) == ("slot_moved",)
    assert p.no(c.Claim(Actor("liu"), 999, 0)) == ("moved_on",)
    p.do(c.Claim(Actor("liu"), *at_))
    assert p.no(c.Claim(Actor("chen"), *at_)) == ("not_claimable", "slot_moved")
    p.do(p.on(c.GiveUp, "liu"))
    slot = next(s for _, s in p.slots() if s.seat == 0)
    assert (slot.holder, slot.principal, slot.via) == ("", "", ())
    to = c.Assign(Actor("huang"), slot.id, slot.rev, "chen")
    assert "no_right" in p.no(replace(to, by=Actor("li")))
    assert "out_of_range" in p.no(replace(to, to="zhao"))
    assert "slot_moved" in p.no(replace(to, rev=99))
    assert p.no(replace(to, slot=999)) == ("moved_on",)
    p.do(to)
    assert p.no(p.on(c.GiveUp, "chen")) == ("not_claimed",)
    p.yes("chen")
    assert p.case.state == "approved"


def test_a_pool_of_which_nobody_may_is_blocked() -> None:
    p = Play(process(node("n", "end", POOL)), at(people=directory(away=("chen", "liu"))))
    p.submit(a=1)
    slot = next(s for _, s in p.slots() if s.seat == 0)
    assert [one.code for one in slot.reasons] == ["away", "away"]
    assert "not_claimable" in p.no(c.Claim(Actor("liu"), slot.id, slot.rev))


def test_what_nobody_claims_in_time_is_assigned_inside_the_pool() -> None:
    for post, holder in (("spare", "chen"), ("heads", "liu")):
        posts = {**POSTS, "heads": ("liu",)}
        p = Play(process(node("n", "end", POOL, claim_within=Limit(60), assign=post)))
        p.facts = at(people=directory(posts=posts))
        p.submit(a=1)
        p.facts = at(59, directory(posts=posts))
        p.do(CLOCK)
        assert p.holders() == [""]
        p.facts = at(60, directory(posts=posts, away=("chen", "liu")))
        p.do(CLOCK)
        assert p.holders() == [""], "nobody to assign it to: it stays open to the pool"
        p.facts = at(61, directory(posts=posts))
        p.do(CLOCK)
        assert p.holders() == [holder]


def test_the_time_to_claim_is_working_time_too() -> None:
    p = Play(process(node("n", "end", POOL, claim_within=Limit(2, "days"))))
    p.submit(a=1)
    p.facts = at(100)
    p.do(c.Suspend(Actor("huang"), "waits", 200))
    p.facts = at(150)
    p.do(c.Resume(Actor("huang")))
    p.facts = at(2 * DAY + 49)
    p.do(CLOCK)
    assert p.holders() == [""]
    p.facts = at(2 * DAY + 50)
    p.do(CLOCK)
    assert p.holders() == ["chen"]


def test_the_head_of_a_unit_assigns_inside_it() -> None:
    unit = Seat(SeatKind.UNIT, "finance")
    p = Play(process(node("n", "end", unit, "li")))
    p.submit(a=1)
    assert p.no(p.on(c.Assign, "chen", "zhao")) == ("out_of_range",)
    assert "not_assignable" in p.no(p.on(c.Assign, "li", "zhang"))
    p.do(p.on(c.Assign, "chen", "liu"))
    assert p.holders() == ["li", "liu"]
    p.do(c.Reseat(Actor("system:people")))
    assert p.holders() == ["li", "liu"]
    fields = (Field("units", "units", "unit", many=True),)
    q = Play(process(node("n", "end", Seat(SeatKind.FIELD, "units")), fields=fields))
    q.submit(units=("finance",))
    q.do(q.on(c.Assign, "chen", "liu"))
    assert q.holders() == ["liu"]


def test_handing_over_moves_what_may_move_and_names_the_rest() -> None:
    p = Play(process(*fork(transfer=ANYBODY), start="split", conflicts=(("left", "right"),)))
    p.submit(a=1)
    p.do(c.Override(Actor("zhang"), Actor("wu"), "assign", "x", "zhou", p.slot("chen").id))
    assert p.holders() == ["li", "zhou"]
    for by, to, code in (("li", "li", "same_holder"), ("zhou", "yang", "no_right")):
        assert code in p.no(c.HandOver(Actor(by), "li", to, "leaves"))
    assert p.no(c.HandOver(Actor("huang"), "yang", "zhao", "leaves")) == ("nothing_held",)
    assert p.no(c.HandOver(Actor("huang"), "li", "wang", "leaves")) == ("initiator",)
    assert p.no(c.HandOver(Actor("huang"), "li", "yang", "")) == ("opinion_needed",)
    p.do(c.HandOver(Actor("li"), "li", "yang", "leaves"))
    assert p.holders() == ["yang", "zhou"]


def test_handing_over_widens_nobodys_rights() -> None:
    hand = c.HandOver(Actor("huang"), "li", "zhou", "leaves")
    for kw, people, codes in (
        ({}, directory(), ("out_of_range",)),
        ({"transfer": ("post:supervisor",)}, directory(), None),
        ({}, directory(stand_ins=(stand_in("li", "zhou"),)), None),
        ({}, directory(posts={**POSTS, "other": ("li", "zhou")}), ("out_of_range",)),
        ({"seat": "section"}, directory(posts={**POSTS, "section": ("li", "zhou")}), None),
        ({}, directory(stand_ins=(stand_in("li", "zhou", end=0),)), ("out_of_range",)),
    ):
        seat = Seat(SeatKind.POST, kw.pop("seat")) if "seat" in kw else "li"
        p = Play(process(node("n", "end", seat, **kw)), at(people=people))
        p.submit(a=1)
        if codes:
            assert p.no(hand) == codes
        else:
            p.do(hand)
            assert p.holders() == ["zhou"]


def test_a_draft_is_handed_over_to_somebody_who_has_not_decided() -> None:
    p = Play(process(node("one", "two", "li"), node("two", "end", "chen", "zhao")))
    p.submit(a=1)
    p.yes("li")
    assert "decided_here" in p.no(c.HandOver(Actor("huang"), "wang", "li", "leaves"))
    p.do(c.HandOver(Actor("huang"), "wang", "chen", "leaves"))
    assert p.case.head.drafters == ("wang", "chen")
    assert p.slot("chen", "blocked").reasons[0].code == "initiator"
    p.do(p.back("zhao"))
    p.do(c.Submit(Actor("chen"), {"a": 2}))
    assert p.holders() == ["li"]
    p.do(c.HandOver(Actor("huang"), "wang", "chen", "again"))
    assert p.case.head.drafters == ("wang", "chen")


def test_handing_over_several_slots_of_which_one_may_not_move() -> None:
    p = Play(
        process(
            node("split", (Edge("left"), Edge("right")), kind=NodeKind.SPLIT),
            node("left", "join", "li", transfer=ANYBODY),
            node("right", "join", "li", "chen", transfer=ANYBODY),
            node("join", "end", kind=NodeKind.JOIN, split="split"),
        )
    )
    p.submit(a=1)
    p.do(c.HandOver(Actor("huang"), "li", "chen", "leaves"))
    assert "not_handed_over" in p.notes()
    assert p.holders() == ["chen", "chen", "li"]


# --- 委派, 沟通


def test_whom_one_may_ask() -> None:
    p = Play(process(node("n", "end", "li", "chen", consult=("unit:bureau", "unit:finance"))))
    p.facts = at(people=directory(away=("zhou",), gone=("yang",)))
    p.submit(a=1)
    for who, code in (
        ("nobody", "unknown"),
        ("zhou", "away"),
        ("yang", "gone"),
        ("chen", "seated"),
        ("zhang", "out_of_range"),
    ):
        assert code in p.no(p.on(c.Consult, "li", who, "well?"))
    assert p.no(p.on(c.Consult, "li", "zhao", " ")) == ("question_needed",)
    assert p.no(c.Consult(Actor("li"), 999, 0, "zhao", "well?")) == ("moved_on",)
    p.do(p.on(c.Consult, "li", "zhao", "well?"))
    assert p.no(p.on(c.Consult, "li", "zhao", "well?")) == ("adviser",)
    assert p.no(p.on(c.Consult, "chen", "zhao", "well?")) == ("adviser",)
    q = Play(process(node("n", "end", "li")), clearance=1)
    q.facts = at(people=directory(clearance={"wang": 1, "li": 1}))
    q.submit(a=1)
    assert q.no(q.on(c.Consult, "li", "zhao", "well?")) == ("not_cleared",)
    assert q.no(q.on(c.Consult, "li", "wang", "well?", wait=True)) == ("initiator",)
    q.do(q.on(c.Consult, "li", "wang", "what did you mean?"))


def test_an_adviser_takes_no_seat() -> None:
    p = Play(process(node("n", "end", "li", add=ANYBODY, transfer=ANYBODY)))
    p.submit(a=1)
    p.do(p.on(c.Consult, "li", "zhao", "well?"))
    assert p.no(p.on(c.AddSigner, "li", "zhao", "before")) == ("adviser",)
    assert p.no(p.on(c.Transfer, "li", "zhao", "x")) == ("adviser",)


def test_a_consultation_does_not_wait_and_late_answers_are_marked() -> None:
    p = Play(process(node("n", "last", "li", limit=Limit(10)), node("last", "end", "zhou")))
    p.submit(a=1)
    p.do(p.on(c.Consult, "li", "zhao", "well?"))
    p.do(p.on(c.Consult, "li", "wu", "well?"))
    slot = p.slot("li")
    one, two = slot.asks
    assert p.no(c.Answer(Actor("chen"), slot.id, one.id, "fine")) == ("not_yours",)
    assert p.no(c.Answer(Actor("zhao"), slot.id, 999, "fine")) == ("moved_on",)
    assert p.no(c.Answer(Actor("zhao"), slot.id, one.id, "")) == ("opinion_needed",)
    before = slot.rev
    p.do(c.Answer(Actor("zhao"), slot.id, one.id, "fine"))
    assert p.slot("li").rev == before, "the holder's screen is not disturbed"
    assert p.no(c.Answer(Actor("zhao"), slot.id, one.id, "fine")) == ("ask_closed",)
    p.facts = at(11)
    p.yes("li")
    p.do(c.Answer(Actor("wu"), slot.id, two.id, "fine too"))
    assert [a.late for a in p.slot("li", "decided").asks] == [False, True]


def test_a_lent_slot_is_not_decided_until_it_is_back() -> None:
    p = Play(process(node("n", "end", "li")))
    p.submit(a=1)
    p.do(p.on(c.Consult, "li", "zhao", "well?", wait=True))
    lent = p.slot("li", "lent")
    command = c.Decide(Actor("li"), lent.id, lent.rev, p.case.content.digest, "approve")
    assert p.no(command) == ("slot_state",)
    assert p.no(c.CallIn(Actor("zhao"), lent.id, lent.rev, lent.asks[0].id)) == ("not_yours",)
    assert p.no(c.CallIn(Actor("li"), lent.id, lent.rev, 999)) == ("moved_on",)
    p.do(c.CallIn(Actor("li"), lent.id, lent.rev, lent.asks[0].id))
    assert p.slot("li").asks[0].state == "recalled"
    q = Play(process(node("n", "end", "li", limit=Limit(10))))
    q.submit(a=1)
    q.do(q.on(c.Consult, "li", "zhao", "well?", wait=True))
    q.facts = at(11)
    lent = q.slot("li", "lent")
    q.do(c.Answer(Actor("zhao"), lent.id, lent.asks[0].id, "fine"))
    assert q.slot("li").asks[0].late
    q.yes("li")


def test_a_borrower_who_leaves_gives_the_slot_back() -> None:
    p = Play(process(node("n", "end", "li")))
    p.submit(a=1)
    p.do(p.on(c.Consult, "li", "zhao", "well?", wait=True))
    p.do(c.Reseat(Actor("system:people")))
    assert p.slot("li", "lent")
    p.facts = at(5, directory(gone=("zhao",)))
    p.do(c.Reseat(Actor("system:people")))
    assert p.slot("li").asks[0].state == "lapsed"


def test_opening_is_noted_once_and_only_by_the_holder() -> None:
    p = Play(process(node("n", "end", "li")))
    p.submit(a=1)
    number = p.slot("li").id
    assert p.no(c.Open(Actor("chen"), number)) == ("not_yours",)
    assert p.no(c.Open(Actor("chen"), 999)) == ("not_yours",)
    p.do(c.Open(Actor("li"), number))
    assert p.notes() == ["looked"]
    p.do(c.Open(Actor("li"), number))
    assert p.notes() == []


# --- 传阅


def reading_play() -> Play:
    p = Play(process(node("n", "end", "li", circulate=("unit",))))
    p.submit(a=1)
    return p


def test_who_may_circulate_to_whom() -> None:
    p = reading_play()
    assert p.no(c.Circulate(Actor("zhao"), ("chen",))) == ("no_part",)
    assert p.no(c.Circulate(Actor("li"), ("chen",))) == ("out_of_range",)
    assert p.no(c.Circulate(Actor("huang"), ())) == ("nobody_named",)
    assert p.no(c.Circulate(Actor("huang"), ("chen", "chen"))) == ("named_twice",)
    assert p.no(c.Circulate(Actor("huang"), ("nobody",))) == ("unknown",)
    p.do(c.Circulate(Actor("li"), ("zhang",)))
    p.do(c.Circulate(Actor("huang"), ("chen",), "nothing"))
    assert [a.person for a in p.history[-1].asked] == [], "a copy for information asks nothing"


def test_passing_on() -> None:
    p = reading_play()
    for pass_on in ("none", "clerk", "free"):
        p.do(c.Circulate(Actor("wang"), ("chen",), pass_on=pass_on))
    none, clerk, free = p.case.readings
    assert p.no(c.Circulate(Actor("chen"), ("zhou",), reading=none)) == ("no_pass_on",)
    assert p.no(c.Circulate(Actor("chen"), ("zhou",), reading=clerk)) == ("no_pass_on",)
    assert p.no(c.Circulate(Actor("zhao"), ("zhou",), reading=free)) == ("not_yours",)
    assert p.no(c.Circulate(Actor("chen"), ("zhou",), reading=999)) == ("not_yours",)
    p.do(c.Circulate(Actor("huang"), ("zhou",), reading=clerk))
    p.do(c.Circulate(Actor("chen"), ("zhou",), reading=free))


def test_an_ordered_circulation_goes_on_by_word_by_time_and_by_recall() -> None:
    p = reading_play()
    p.do(c.Circulate(Actor("wang"), ("chen", "zhou", "yang", "wu"), ordered=True, gap=60))
    one, two, three, four = p.case.readings
    state = lambda: [r.state for r in p.case.readings.values()]  # noqa: E731
    assert state() == ["sent", "queued", "queued", "queued"]
    assert p.no(c.Acknowledge(Actor("zhou"), two)) == ("reading_state",)
    p.do(c.Acknowledge(Actor("chen"), one))
    assert state() == ["acknowledged", "sent", "queued", "queued"]
    p.facts = at(60)
    p.do(CLOCK)
    assert state() == ["acknowledged", "sent", "sent", "queued"], "a slow reader holds nobody up"
    p.do(c.Acknowledge(Actor("zhou"), two))
    assert state() == ["acknowledged", "acknowledged", "sent", "queued"]
    p.do(c.RecallReading(Actor("wang"), three))
    assert state() == ["acknowledged", "acknowledged", "recalled", "sent"]
    p.do(c.Acknowledge(Actor("wu"), four))
    assert p.no(c.RecallReading(Actor("wang"), four)) == ("reading_state",)
    assert p.no(c.RecallReading(Actor("li"), three)) == ("not_yours",)


def test_recalling_a_queued_copy_sends_nothing() -> None:
    p = reading_play()
    p.do(c.Circulate(Actor("wang"), ("chen", "zhou", "yang"), ordered=True))
    _, two, _ = p.case.readings
    p.do(c.RecallReading(Actor("huang"), two))
    assert [r.state for r in p.case.readings.values()] == ["sent", "recalled", "queued"]


def test_reading_answering_lapsing() -> None:
    p = reading_play()
    p.do(c.Circulate(Actor("wang"), ("chen",), "opinion", within=30))
    (one,) = p.case.readings
    assert p.no(c.Acknowledge(Actor("chen"), one)) == ("opinion_needed",)
    assert p.no(c.Acknowledge(Actor("li"), one, opinion="x")) == ("not_yours",)
    p.do(c.Acknowledge(Actor("chen"), one, opened_only=True))
    assert p.case.readings[one].state == "opened"
    p.do(c.Acknowledge(Actor("chen"), one, opened_only=True))
    p.facts = at(30)
    p.do(CLOCK)
    assert p.case.readings[one].state == "lapsed"
    p.do(c.Acknowledge(Actor("chen"), one, opinion="late, but read"))
    assert p.case.readings[one].state == "acknowledged"
    p.facts = at(99)
    assert p.do(CLOCK).event is None


# --- 催办, 超时, 挂起


def test_urging_climbs_a_ladder_and_not_too_often() -> None:
    people = directory(stand_ins=(stand_in("li", "chen"),))
    p = Play(process(node("n", "end", "li")), at(people=people))
    p.submit(a=1)
    number = p.slot("li").id
    told = []
    for step in range(4):
        p.facts = at(240 * step, people)
        p.do(c.Urge(Actor("wang"), number))
        told.append([dict(n.about)["person"] for n in p.history[-1].event.notes])
        assert p.no(c.Urge(Actor("zhou"), number)) == ("urged_already",)
    assert told == [["li"], ["li", "chen"], ["li", "chen", "zhang"], ["li", "chen", "zhang"]]
    assert p.no(c.Urge(Actor("yang"), number)) == ("no_part", "urged_already")
    assert p.no(c.Urge(Actor("wang"), 999)) == ("moved_on",)


def test_urging_a_reader_and_a_borrower() -> None:
    p = Play(process(node("n", "end", "li")))
    p.submit(a=1)
    p.do(c.Circulate(Actor("wang"), ("yang",)))
    p.do(p.on(c.Consult, "li", "zhao", "well?", wait=True))
    (reading,) = p.case.readings
    p.do(c.Urge(Actor("huang"), reading=reading))
    p.do(c.Urge(Actor("wang"), p.slot("li", "lent").id))
    assert [person for person, _, _ in p.case.head.urged] == ["yang", "zhao"]
    p.do(c.Acknowledge(Actor("yang"), reading))
    assert p.no(c.Urge(Actor("huang"), reading=reading)) == ("moved_on",)
    q = Play(process(node("n", "end", POOL)))
    q.submit(a=1)
    assert q.no(c.Urge(Actor("wang"), next(s.id for _, s in q.slots() if s.seat == 0))) == (
        "moved_on",
    )


def test_the_ladder_of_time() -> None:
    people = directory(stand_ins=(stand_in("li", "chen"),))
    p = Play(process(node("n", "end", "li", limit=Limit(100))), at(people=people))
    p.submit(a=1)
    seen = {}
    for minute in (49, 50, 79, 80, 99, 100, 339, 340, 579, 580, 2000):
        p.facts = at(minute, people)
        outcome = p.do(CLOCK)
        seen[minute] = (
            [(n.what, dict(n.about).get("rung")) for n in outcome.event.notes]
            if outcome.event
            else []
        )
    assert seen[49] == seen[79] == seen[99] == seen[339] == seen[579] == seen[2000] == []
    assert seen[50] == [("reminded", "1")]
    assert seen[80] == [("reminded", "2")]
    assert seen[100] == [("reminded", "3"), ("head_told", None)]
    assert seen[340] == [("reminded", "4"), ("reseated", None)]
    assert seen[580] == [("reminded", "5")]
    assert (p.slot("li").holder, p.slot("li").also) == ("li", "chen"), "offered, not taken away"
    p.do(c.Reseat(Actor("system:people")))
    assert p.slot("li").also == "chen"


def test_a_request_that_loses_its_point_lapses() -> None:
    p = Play(process(node("n", "end", "li"), lapse=Limit(100)))
    p.submit(a=1)
    p.facts = at(40)
    p.do(c.Suspend(Actor("li"), "waits", 60))
    assert p.no(c.Suspend(Actor("li"), "waits", 60))[0] == "case_state"
    p.facts = at(59)
    assert p.do(CLOCK).event is None
    p.facts = at(60)
    p.do(CLOCK)
    assert p.notes() == ["suspension_over"]
    p.do(c.Resume(Actor("li")))
    p.facts = at(119)
    p.do(CLOCK)
    assert p.case.state == "running"
    p.facts = at(120)
    p.do(CLOCK)
    assert p.case.state == "lapsed"


def test_who_suspends_and_resumes_and_with_what() -> None:
    p = Play(process(node("n", "end", "li", limit=Limit(50)), recall="never"))
    p.submit(a=1)
    p.do(p.on(c.Consult, "li", "zhao", "well?"))
    assert p.no(c.Suspend(Actor("chen"), "", 0)) == ("no_part", "opinion_needed", "end_not_ahead")
    p.do(c.Suspend(Actor("li"), "waits", 60))
    assert p.no(c.Resume(Actor("chen"))) == ("no_part",)
    p.facts = at(20)
    p.do(c.Resume(Actor("huang")))
    slot = p.slot("li")
    assert (slot.since, slot.due, slot.asks[0].due) == (20, 70, 70)
    assert (p.case.head.counted, p.case.head.stopped) == (0, 20)


# --- override, 改版


def test_jumping() -> None:
    pair = (Actor("zhang"), Actor("wu"))
    nodes = [node("a0", "split", "zhou"), *fork()]
    p = Play(process(*nodes, node("after", "end", "yang"), start="a0"))
    p.submit(a=1)
    assert p.no(c.Override(*pair, "jump", "x", "nowhere")) == ("no_such_node",)
    assert p.no(c.Override(*pair, "jump", "x", "left")) == ("jump_parallel",)
    assert p.no(c.Override(*pair, "jump", "x", "after")) == ("jump_parallel",), (
        "nothing leads there"
    )
    p.do(c.Override(*pair, "jump", "x", "last"))
    assert p.case.head.skipped[0] == "a0"
    assert p.holders() == ["zhao"]
    q = Play(process(*fork(), start="split"))
    q.submit(a=1)
    assert q.no(c.Override(*pair, "jump", "x", "last")) == ("jump_parallel",)
    r = Play(process(node("one", "two", "li"), node("two", "end", "chen")))
    r.submit(a=1)
    r.yes("li")
    r.do(c.Override(*pair, "jump", "x", "one"))
    assert (r.holders(), r.case.head.skipped) == (["li"], ())


def test_a_jump_to_a_node_nothing_leads_to_is_refused() -> None:
    one = Edge("two")
    p = Play(
        process(
            node("start", (Edge("one"), Edge("two")), "li"),
            node("one", "end", "chen"),
            node("two", (one, Edge("end")), "zhao"),
        )
    )
    p.submit(a=1)
    p.yes("li")
    assert p.no(c.Override(Actor("zhang"), Actor("wu"), "jump", "x", "two")) == ("no_way_to",)


def test_naming_somebody_for_a_blocked_slot() -> None:
    pair = (Actor("zhang"), Actor("wu"))
    p = Play(process(node("n", "end", "wang")))
    p.submit(a=1)
    slot = p.slot("wang", "blocked")
    assert p.no(c.Override(*pair, "assign", "x", "wang", slot.id)) == ("initiator",)
    assert p.no(c.Override(*pair, "assign", "x", "li", 999)) == ("moved_on",)
    p.do(c.Override(*pair, "assign", "x", "li", slot.id))
    assert p.slot("li").via[-1].how == "override"


def migration(
    nodes: tuple, plan: dict[str, str] | None = None, **kw: object
) -> tuple[Play, c.Migrate]:
    p = Play(process(node("one", "two", "li"), node("two", "end", "chen")))
    p.submit(a=1)
    p.yes("li")
    target = replace(process(*nodes, **kw), version=2)
    return p, c.Migrate(Actor("zhang"), Actor("wu"), target, plan or {})


def test_a_running_case_moves_to_another_version() -> None:
    p, command = migration(
        (node("one", "b", "li"), node("b", "last", "chen"), node("last", "end", "zhou")),
        {"two": "b"},
    )
    p.do(command)
    p.definition = command.target
    assert p.open_nodes() == ["b"]
    assert p.slot("chen").rev == 1, "the same seat stands, and is not disturbed"
    p.yes("chen", "zhou")
    assert p.case.state == "approved"


def test_a_node_with_other_seats_opens_afresh() -> None:
    p, command = migration((node("one", "two", "li"), node("two", "end", "chen", "zhou")))
    p.do(command)
    p.definition = command.target
    assert p.holders() == ["chen", "zhou"]


def test_what_migration_is_refused_for() -> None:
    same, command = migration((node("one", "two", "li"), node("two", "end", "chen")))
    assert "not_another_version" in same.no(replace(command, target=same.definition))
    assert "not_another_version" in same.no(
        replace(command, target=replace(command.target, id="other"))
    )
    assert "two_needed" in same.no(replace(command, second=Actor("zhang")))
    gone, command = migration((node("one", "end", "li"),))
    assert gone.no(command) == ("other_way", "no_counterpart")
    kind, command = migration(
        (node("one", "two", "li"), node("two", "end", "chen", kind=NodeKind.TASK))
    )
    assert kind.no(command) == ("no_counterpart",)
    branch, command = migration(
        (
            node("one", "s", "li"),
            node("s", (Edge("two"), Edge("x")), kind=NodeKind.SPLIT),
            node("two", "j", "chen"),
            node("x", "j", "zhou"),
            node("j", "end", kind=NodeKind.JOIN, split="s"),
        )
    )
    assert branch.no(command) == ("other_way", "other_branch")
    form, command = migration(
        (node("one", "two", "li"), node("two", "end", "chen")),
        fields=(replace(FIELDS[0], type="text"), *FIELDS[1:]),
    )
    assert form.no(command) == ("bad_field",)


def test_a_plan_skips_nothing_and_puts_nothing_together() -> None:
    nodes = (node("one", "two", "li"), node("two", "three", "chen"), node("three", "end", "zhou"))
    p, command = migration(nodes, {"two": "three"})
    assert "still_there" in p.no(command)
    q, command = migration(
        (node("one", "x", "li"), node("x", "end", "chen")), {"two": "x", "zero": "x"}
    )
    assert "two_into_one" in q.no(command)


def test_duties_done_before_count_under_their_new_names() -> None:
    p = Play(
        process(
            node("x", "y", "li"),
            node("y", "z", "liu"),
            node("z", "end", "li"),
            conflicts=(("x", "z"),),
        )
    )
    p.submit(a=1)
    p.yes("li")
    nodes = (node("x2", "y", "li"), node("y", "z", "liu"), node("z", "end", "li"))
    target = replace(process(*nodes, conflicts=(("x2", "z"),), start="x2"), version=2)
    p.do(c.Migrate(Actor("zhang"), Actor("wu"), target, {"x": "x2"}))
    p.definition = target
    p.yes("liu")
    assert p.slot("li", "blocked").reasons[0].code == "conflict"


def test_what_was_done_as_work_is_not_carried_as_an_approval() -> None:
    def flow(kind: NodeKind, who: str) -> tuple:
        return (node("m", "n", "chen"), node("n", "p", who, kind=kind), node("p", "end", "yang"))

    p = Play(process(*flow(NodeKind.TASK, "li")))
    p.submit(a=1)
    p.yes("chen")
    p.done("li")
    p.do(p.back("yang", "m"))
    target = replace(process(*flow(NodeKind.DECIDE, "zhou")), version=2)
    p.do(c.Migrate(Actor("zhang"), Actor("wu"), target))
    p.definition = target
    p.yes("chen")
    assert p.holders() == ["zhou"]


def test_cut_off_approvals_without_counterpart_are_dropped() -> None:
    p = Play(
        process(
            node("one", "two", "li"), node("two", "three", "chen"), node("three", "end", "zhao")
        )
    )
    p.submit(a=1)
    p.yes("li", "chen")
    p.do(p.back("zhao", "one"))
    target = replace(process(node("one", "three", "li"), node("three", "end", "zhao")), version=2)
    p.do(c.Migrate(Actor("zhang"), Actor("wu"), target))
    assert all(a.node != "two" for a in p.case.acts.values())


@pytest.mark.parametrize("rung", range(2))
def test_machine_verbs_that_find_nothing_leave_no_trace(rung: int) -> None:
    p = Play(process(node("n", "end", "li")))
    p.submit(a=1)
    command = (CLOCK, c.Reseat(Actor("system:people")))[rung]
    before = p.case
    outcome = p.do(command)
    assert (outcome.event, p.case) == (None, before)


def test_a_blocked_slot_tells_everybody_who_was_tried_and_urges_the_office_head() -> None:
    people = directory(away=("li",), stand_ins=(stand_in("li", "wang"),))
    p = Play(process(node("n", "end", "li", fallback="deputy")), at(people=people))
    p.facts = at(
        people=directory(
            away=("li", "zhou"),
            stand_ins=(stand_in("li", "wang"),),
            posts={**POSTS, "deputy": ("zhou",)},
        )
    )
    p.submit(a=1)
    slot = p.slot("li", "blocked")
    assert [(one.code, one.about[0][1]) for one in slot.reasons] == [
        ("away", "li"),
        ("initiator", "wang"),
        ("away", "zhou"),
    ]
    p.do(c.Urge(Actor("wang"), slot.id))
    assert [dict(note.about)["person"] for note in p.history[-1].event.notes] == ["zhang"]
    p.definition = replace(p.definition, head="")
    q = Play(replace(p.definition), p.facts)
    q.submit(a=1)
    assert q.no(c.Urge(Actor("wang"), q.slot("li", "blocked").id)) == ("moved_on",)


def test_a_fallback_that_sat_before_says_so() -> None:
    people = directory(away=("li", "chen"))
    nodes = (
        node("one", "two", "li", fallback="spare"),
        node("two", "end", "chen", fallback="spare"),
    )
    p = Play(process(*nodes), at(people=people))
    p.submit(a=1)
    p.yes("yang")
    assert [one.code for one in p.slot("chen", "blocked").reasons] == ["away", "fallback_used"]


def test_what_a_stand_in_gave_away_comes_back_to_the_one_he_acts_for() -> None:
    """Or he would hold in his own name what he only held for another."""
    pairs = (stand_in("li", "chen", "exclusive"),)
    p = Play(process(node("n", "end", "li", transfer=("post:spare",))))
    p.facts = at(people=directory(stand_ins=pairs))
    p.submit(a=1)
    p.do(p.on(c.Transfer, "chen", "yang", "better placed"))
    assert p.slot("yang").via[-1].person == "li"
    assert p.no(p.on(c.Transfer, "yang", "chen", "back")) == ("out_of_range",)
    p.do(p.on(c.Transfer, "yang", "li", "back"))
    assert (p.slot("li").holder, p.slot("li").behalf) == ("chen", "li")
