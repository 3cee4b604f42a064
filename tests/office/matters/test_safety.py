"""A step that would leave nobody to go on is refused with its reason, and offered to nobody; one
that leaves a way, or that was lost before, is not."""

from __future__ import annotations

import time as wall

import pytest

from tests.office.town import Town
from zhongshu.kernel.flow import commands as c
from zhongshu.office.handling.sheet import consequence
from zhongshu.office.matters import actions, kinds, processes, safety
from zhongshu.office.matters.models import Event, Matter
from zhongshu.office.matters.offers import choices, offers, trial_of
from zhongshu.office.matters.refusal_words import told
from zhongshu.office.people import queries as people
from zhongshu.office.people import revision
from zhongshu.office.people.models import Appointment
from zhongshu.office.refusal import Refusal

from .test_act import approve, opened, slot, submit
from .test_effects import release

# Whoever checks may not pay, and the pool of the first step holds the one who must pay.
PAY = """
format = 1
id = "pay"
name = "付款"
version = 1
kind = "pay"
conflicts = [["check", "pay"]]
[posts]
clerk = "records_clerk"
head = "office_head"
override = "overseer"
[[fields]]
name = "reason"
label = "事由"
required = true
[[fields]]
name = "amount"
label = "金额"
type = "number"
[[nodes]]
id = "draft"
name = "填报"
kind = "draft"
next = "check"
[[nodes]]
id = "check"
name = "核对"
kind = "task"
seats = [{ pool = "checkers", name = "核对人" }]
transfer = ["any"]
next = "approve"
[[nodes]]
id = "approve"
name = "审批"
kind = "decide"
seats = [{ post = "director", name = "局长" }]
next = [{ to = "pay", when = ["amount", ">", 0] }, { to = "end" }]
[[nodes]]
id = "pay"
name = "付款"
kind = "task"
seats = [{ post = "cashier", name = "出纳" }]
next = "end"
[[nodes]]
id = "end"
name = "办结"
kind = "end"
"""
kinds.register(kinds.Kind("pay", "付款", "付〔{year}〕{serial}号", "pay"))


@pytest.fixture
def bureau(town: Town) -> Town:
    """周 checks; 钱 checks too and is the only cashier."""
    town.person("周核", "finance", "checkers")
    town.person("钱纳", "finance", "checkers", "cashier")
    release(PAY)
    return town


def paper(town: Town, amount: int = 100) -> Matter:
    opening = actions.Opening(kind="pay", title="付材料款")
    matter = actions.open_matter(opening=opening, by=town.actor("王小满"))
    form = {"reason": "材料", "amount": amount}
    actions.act(
        key=matter.key, command=lambda who: c.Submit(who, changes=form), by=town.actor("王小满")
    )
    return Matter.objects.select_related("case").get(pk=matter.pk)


def claim(town: Town, matter: Matter, who: str) -> None:
    seat, _ = slot(matter, "")
    actions.act(
        key=matter.key, command=lambda by: c.Claim(by, seat.id, seat.rev), by=town.actor(who)
    )


def test_the_only_cashier_may_not_check_what_he_must_pay(bureau: Town) -> None:
    matter = paper(bureau)
    before = Event.objects.count()
    with pytest.raises(Refusal) as no:
        claim(bureau, matter, "钱纳")
    assert no.value.refused.codes == ("dead_end",)
    assert Event.objects.count() == before
    said = told(no.value.refused, people.names())
    assert "钱纳" in said
    assert "不相容" in said or "付款" in said
    claim(bureau, matter, "周核")


def test_where_nothing_is_to_be_paid_he_may(bureau: Town) -> None:
    claim(bureau, paper(bureau, amount=0), "钱纳")


def test_a_second_cashier_sets_him_free(bureau: Town) -> None:
    bureau.person("孙纳", "finance", "cashier")
    claim(bureau, paper(bureau), "钱纳")


def test_he_is_told_before_he_presses_and_not_named_to_others(bureau: Town) -> None:
    matter = paper(bureau)
    mine = trial_of(matter, bureau.actor("钱纳"))
    offer = next(one for one in offers(mine) if one.verb == "claim")
    assert "没有人能接着办" in "".join(consequence(mine, offer))
    claim(bureau, matter, "周核")
    matter = Matter.objects.select_related("case").get(pk=matter.pk)
    trial = trial_of(matter, bureau.actor("周核"))
    offer = next(one for one in offers(trial) if one.verb == "transfer")
    able, barred = choices(trial, offer)
    assert bureau.people["钱纳"].key in barred
    assert bureau.people["钱纳"].key not in able


def test_what_was_lost_before_is_not_blamed_on_this_step(bureau: Town) -> None:
    matter = paper(bureau)
    claim(bureau, matter, "周核")
    Appointment.objects.filter(person=bureau.people["钱纳"], post__code="cashier").delete()
    revision.touch()
    matter = Matter.objects.select_related("case").get(pk=matter.pk)
    seat, seen = slot(matter, bureau.people["周核"].key)
    actions.act(
        key=matter.key,
        command=lambda who: c.Decide(who, seat.id, seat.rev, seen, "done", "已核"),
        by=bureau.actor("周核"),
    )


def test_a_no_and_a_return_are_never_kept_from_anybody(bureau: Town) -> None:
    matter = paper(bureau)
    held, seen = slot(matter, "")
    for command in (
        c.SendBack(bureau.actor("钱纳"), held.id, held.rev, seen, "draft", "x"),  # type: ignore[arg-type]
        c.Decide(bureau.actor("钱纳"), held.id, held.rev, seen, "disapprove", "x"),  # type: ignore[arg-type]
    ):
        case = trial_of(matter, bureau.actor("钱纳")).case
        flow = processes.definition(matter.process_id)
        assert safety.unsafe(flow, case, command, people.bureau()) is None


def test_whole_ways_of_the_shipped_process_are_never_refused(town: Town) -> None:
    matter = submit(town, opened(town)).matter
    for who in ("张科", "赵副"):
        approve(town, matter, who)


def test_it_costs_little_once_it_was_asked(bureau: Town) -> None:
    """The answer is kept: the same question again costs a look, not a search."""
    matter = paper(bureau)
    trial = trial_of(matter, bureau.actor("周核"))
    seat, _ = slot(matter, "")
    command = c.Claim(trial.by, seat.id, seat.rev)
    now = people.bureau()
    safety.unsafe(trial.definition, trial.case, command, now)
    start = wall.perf_counter()
    for _ in range(100):
        safety.unsafe(trial.definition, trial.case, command, now)
    assert (wall.perf_counter() - start) / 100 < 0.002
