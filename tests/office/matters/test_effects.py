"""A sub-case is opened, reports its end and ends with its caller, all in the transaction of the
step that made it so; a case that is reopened and a leader's task become matters of their own."""

from __future__ import annotations

import ast

import pytest
from django.db import DatabaseError

from tests.architecture.source import modules
from tests.office.town import Town
from zhongshu.kernel.flow import commands as c
from zhongshu.kernel.flow.codec import load_case
from zhongshu.office.actor import machine
from zhongshu.office.journal.models import Entry
from zhongshu.office.matters import actions, effects, kinds, processes, queries
from zhongshu.office.matters.models import Draft, Event, Link, Matter, Process
from zhongshu.office.matters.selfcheck import selfcheck
from zhongshu.office.notices.models import Notice
from zhongshu.office.refusal import Refusal

from .test_act import approve, opened, slot, submit, todo

CALLER = """
format = 1
id = "caller"
name = "上级流程"
version = 1
kind = "caller"
recall = "any"
[posts]
clerk = "records_clerk"
head = "office_head"
override = "overseer"
[[fields]]
name = "subject"
label = "事由"
required = true
[[fields]]
name = "only_here"
label = "只在这里"
[[nodes]]
id = "draft"
name = "拟写"
kind = "draft"
next = "head"
[[nodes]]
id = "head"
name = "科室负责人"
kind = "decide"
seats = [{ relation = "unit_head", name = "科室负责人" }]
next = "sub"
[[nodes]]
id = "sub"
name = "专项论证"
kind = "case"
sub = "called"
next = "last"
[[nodes]]
id = "last"
name = "领导审定"
kind = "decide"
seats = [{ post = "director", name = "局长" }]
next = "end"
[[nodes]]
id = "end"
name = "办结"
kind = "end"
"""
CALLED = """
format = 1
id = "called"
name = "专项论证"
version = 1
kind = "called"
recall = "any"
[posts]
clerk = "records_clerk"
head = "office_head"
override = "overseer"
[[fields]]
name = "subject"
label = "事由"
required = true
[[nodes]]
id = "draft"
name = "拟写"
kind = "draft"
next = "lawyer"
[[nodes]]
id = "lawyer"
name = "法制审核"
kind = "decide"
seats = [{ post = "legal_officer", name = "法制" }]
on_fail = "end"
next = "end"
[[nodes]]
id = "end"
name = "办结"
kind = "end"
"""
TASK = """
format = 1
id = "task"
name = "交办"
version = 1
kind = "task"
[posts]
clerk = "records_clerk"
head = "office_head"
override = "overseer"
[[fields]]
name = "what"
label = "事项"
required = true
[[fields]]
name = "who"
label = "承办人"
type = "person"
required = true
[[fields]]
name = "due"
label = "时限"
type = "date"
required = true
[[nodes]]
id = "draft"
name = "交办"
kind = "draft"
next = "do"
[[nodes]]
id = "do"
name = "承办"
kind = "task"
seats = [{ field = "who", name = "承办人" }]
next = "check"
[[nodes]]
id = "check"
name = "核对"
kind = "decide"
seats = [{ post = "office_head", name = "办公室主任" }]
next = "end"
[[nodes]]
id = "end"
name = "办结"
kind = "end"
"""
kinds.register(kinds.Kind("caller", "上级", "上级〔{year}〕{serial}号", "caller"))
kinds.register(kinds.Kind("called", "论证", "论证〔{year}〕{serial}号", "called"))
kinds.register(kinds.Kind("task", "交办", "交办〔{year}〕{serial}号", "task", takes_tasks=True))


def release(*texts: str) -> None:
    for text in texts:
        row = processes.propose(text=text, by=machine("one"))
        processes.release(process=row, by=machine("two"))


@pytest.fixture
def caller(town: Town) -> Matter:
    """Submitted and approved by the head, so that the sub-case is asked for."""
    release(CALLER, CALLED)
    opening = actions.Opening(kind="caller", title="论证流量计选型", urgency="urgent")
    matter = actions.open_matter(opening=opening, by=town.actor("王小满"))
    form = {"subject": "选型", "only_here": "不带过去"}
    actions.act(
        key=matter.key, command=lambda who: c.Submit(who, changes=form), by=town.actor("王小满")
    )
    approve(town, matter, "张科")
    return matter


def child_of(matter: Matter) -> Matter:
    return Link.objects.get(earlier=matter, why="child").later


def now(matter: Matter) -> Matter:
    return Matter.objects.select_related("case").get(pk=matter.pk)


def sent(town: Town, child: Matter) -> None:
    form = Draft.objects.get(matter=child).form
    actions.act(
        key=child.key, command=lambda who: c.Submit(who, changes=form), by=town.actor("王小满")
    )


def test_the_sub_case_is_opened_for_whoever_drafts_its_caller(town: Town, caller: Matter) -> None:
    child = child_of(caller)
    assert (child.kind, child.title, child.state) == ("called", caller.title, "draft")
    assert (child.grade, child.urgency) == (caller.grade, caller.urgency)
    assert todo(town, child) == {("王小满", "revise")}
    assert queries.draft(matter=child, seen_by=town.actor("王小满")) == {"subject": "选型"}
    entry = Entry.objects.get(subject=f"matter:{child.key}", verb="matter.open")
    assert entry.person == town.people["张科"].key, "who opened it is who took the step"
    assert Notice.objects.filter(
        matter=child, person=town.people["王小满"], words="todo.revise"
    ).exists()
    assert list(selfcheck()) == []


def test_its_approval_leads_the_caller_on_at_once(town: Town, caller: Matter) -> None:
    child = child_of(caller)
    sent(town, child)
    assert now(caller).step == "专项论证"
    approve(town, child, "吴法")
    assert now(child).state == "approved"
    assert now(caller).step == "领导审定"
    assert todo(town, caller) == {("李局", "do")}
    last = Event.objects.filter(matter=caller).latest("number")
    assert (last.verb, last.person) == ("child_ended", "system:flow")
    approve(town, caller, "李局")
    assert now(caller).state == "approved"
    assert list(selfcheck()) == []


def test_its_failure_takes_the_way_of_failure(town: Town, caller: Matter) -> None:
    child = child_of(caller)
    actions.act(key=child.key, command=lambda who: c.Cancel(who, "不用了"), by=town.actor("王小满"))
    assert now(child).state == "withdrawn"
    assert now(caller).state == "rejected"
    assert list(selfcheck()) == []


@pytest.mark.parametrize("verb", [c.Recall, c.Cancel])
def test_it_ends_when_the_caller_no_longer_waits(
    town: Town, caller: Matter, verb: type[c.Recall | c.Cancel]
) -> None:
    child = child_of(caller)
    sent(town, child)
    actions.act(key=caller.key, command=lambda who: verb(who, "先放一放"), by=town.actor("王小满"))
    assert now(child).state == "withdrawn"
    assert todo(town, child) == set()
    assert Event.objects.filter(matter=child).latest("number").verb == "caller_gone"
    assert now(caller).state in {"draft", "withdrawn"}
    assert list(selfcheck()) == []


def test_called_again_it_is_a_new_one(town: Town, caller: Matter) -> None:
    first = child_of(caller)
    actions.act(
        key=caller.key, command=lambda who: c.Recall(who, "改一改"), by=town.actor("王小满")
    )
    actions.act(
        key=caller.key,
        command=lambda who: c.Submit(who, changes={"subject": "选型二"}),
        by=town.actor("王小满"),
    )
    approve(town, caller, "张科")
    links = Link.objects.filter(earlier=caller, why="child").order_by("pk")
    assert [now(link.later).state for link in links] == ["withdrawn", "draft"]
    assert links[0].later == first
    assert list(selfcheck()) == []


def test_what_cannot_be_opened_refuses_the_whole_step(town: Town) -> None:
    release(CALLER)  # and nobody released what it calls
    opening = actions.Opening(kind="caller", title="论证")
    matter = actions.open_matter(opening=opening, by=town.actor("王小满"))
    form = {"subject": "选型"}
    actions.act(
        key=matter.key, command=lambda who: c.Submit(who, changes=form), by=town.actor("王小满")
    )
    before = (Event.objects.count(), Entry.objects.count(), now(matter).case.text)
    with pytest.raises(Refusal) as no:
        approve(town, matter, "张科")
    assert no.value.refused.codes == ("no_process",)
    assert (Event.objects.count(), Entry.objects.count(), now(matter).case.text) == before


def test_a_fault_while_following_leaves_nothing(
    town: Town, caller: Matter, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = child_of(caller)
    sent(town, child)
    before = (Event.objects.count(), Entry.objects.count(), now(child).case.text)

    def broken(*_: object) -> None:
        raise DatabaseError("the disk is full")

    monkeypatch.setattr(effects, "FOLLOW", {**effects.FOLLOW, "child_ended": broken})
    with pytest.raises(DatabaseError):
        approve(town, child, "吴法")
    assert (Event.objects.count(), Entry.objects.count(), now(child).case.text) == before


def test_reopened_is_a_new_matter_with_what_was_written(town: Town) -> None:
    old = submit(town, opened(town)).matter
    actions.act(key=old.key, command=lambda who: c.Cancel(who, "不用了"), by=town.actor("王小满"))
    text = now(old).case.text
    actions.act(key=old.key, command=lambda who: c.Reopen(who, "又要了"), by=town.actor("王小满"))
    fresh = Link.objects.get(earlier=old, why="reopened").later
    assert (fresh.kind, fresh.state) == ("request", "draft")
    assert Draft.objects.get(matter=fresh).form == {"subject": "购置流量计"}
    assert load_case(now(fresh).case.text).head.link == ("reopen", old.key)
    assert load_case(now(old).case.text).content == load_case(text).content
    assert list(selfcheck()) == []


def test_a_leaders_word_becomes_a_task_that_is_sent_off(town: Town) -> None:
    release(TASK)
    matter = submit(town, opened(town)).matter
    head, who = town.actor("张科"), town.people["吴法"].key
    task = ("核实报价", who, "2026-12-01")
    actions.act(
        key=matter.key,
        command=lambda by: c.Instruct(by, "请法制核实。", tasks=(task,)),
        by=head,
    )
    made = Link.objects.get(earlier=matter, why="task").later
    assert (made.title, made.state) == ("核实报价", "running")
    assert todo(town, made) == {("吴法", "do")}
    assert list(selfcheck()) == []


def test_a_task_that_nobody_takes_refuses_the_instruction(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    matter = submit(town, opened(town)).matter
    before = Event.objects.count()
    with pytest.raises(Refusal) as no:
        actions.act(
            key=matter.key,
            command=lambda by: c.Instruct(by, "请核实。", tasks=(("x", "nobody", "2026-12-01"),)),
            by=town.actor("张科"),
        )
    assert no.value.refused.codes == ("no_process",)
    assert Event.objects.count() == before
    monkeypatch.setattr(effects, "all_kinds", lambda: (kinds.kind_of("request"),))
    with pytest.raises(Refusal) as none:
        actions.act(
            key=matter.key,
            command=lambda by: c.Instruct(by, "请核实。", tasks=(("x", "nobody", "2026-12-01"),)),
            by=town.actor("张科"),
        )
    assert none.value.refused.codes == ("no_task_kind",)
    assert Event.objects.count() == before


def test_a_promise_that_cannot_be_kept_is_not_released(town: Town) -> None:
    by = machine("tests")
    counter = CALLED.replace('recall = "any"', 'recall = "any"\ncounter = "3d"')
    lost = CALLER.replace('sub = "called"', 'sub = "nowhere"')
    for text, code in ((counter, "counter_not_carried"), (lost, "sub_without_kind")):
        with pytest.raises(Refusal) as no:
            processes.propose(text=text, by=by)
        assert no.value.refused.codes == (code,)
    old = processes.propose(text=CALLED, by=by)
    Process.objects.filter(pk=old.pk).update(text=counter)
    processes.definition.cache_clear()
    with pytest.raises(Refusal) as still:
        processes.release(process=old, by=machine("others"))
    assert still.value.refused.codes == ("counter_not_carried",), "proposed before this was asked"


def test_every_effect_of_the_engine_is_carried_out() -> None:
    calls = [
        node
        for _, _, tree in modules("kernel/flow/**/*.py")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"work.effect", "self.effect"}
    ]
    named = {call.args[0].value for call in calls if isinstance(call.args[0], ast.Constant)}
    assert named == effects.FOLLOW.keys()


def test_the_sub_case_is_seen_by_whoever_it_came_to_and_no_other(
    town: Town, caller: Matter
) -> None:
    child = child_of(caller)
    assert queries.visible(seen_by=town.actor("吴法")).filter(pk=child.pk).count() == 0
    related = queries.related(matter=caller, seen_by=town.actor("王小满"))
    assert [one.matter for one in related] == [child]
    sent(town, child)
    seat, _ = slot(now(child), town.people["吴法"].key)
    assert seat.state == "open"
