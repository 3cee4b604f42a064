"""One step of one case: `act` is the whole interface of the engine. 办.

A total function: any command on any case gives an `Outcome` or `Refused` with all its reasons. It
reads no clock and keeps nothing, so a dry run is the same call with the outcome thrown away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from zhongshu.kernel.errors import Reason, Refused, reason

from . import commands as c
from .case import DRAFTING, ENDED, Actor, Case, CaseState, Content, Head, Outcome
from .definition import Definition
from .moving import run
from .people import Facts
from .verbs import (
    consulting,
    deciding,
    going_back,
    handing,
    leaving,
    linking,
    migrating,
    overriding,
    reading,
    signers,
    time,
)
from .work import Work

RUNNING: frozenset[CaseState] = frozenset({"running"})
ALIVE: frozenset[CaseState] = frozenset({"draft", "running", "returned", "suspended"})
ANY: frozenset[CaseState] = ALIVE | ENDED


class Verb(NamedTuple):
    """A verb of the office: when it may be used, what is checked, what it does."""

    name: str
    states: frozenset[CaseState]
    check: Callable[[Work, object], Iterable[Reason]]
    apply: Callable[[Work, object], None]
    machine: bool = False


def _verb(
    name: str, states: frozenset[CaseState], check: object, apply: object, *, machine: bool = False
) -> Verb:
    return Verb(name, states, check, apply, machine)  # type: ignore[arg-type]


VERBS: Mapping[type[c.Command], Verb] = {
    c.Submit: _verb("submit", DRAFTING, deciding.may_submit, deciding.submit),
    c.Decide: _verb("decide", RUNNING, deciding.may_decide, deciding.decide),
    c.Instruct: _verb("instruct", RUNNING, deciding.may_instruct, deciding.instruct),
    c.SendBack: _verb("send_back", RUNNING, going_back.may_send_back, going_back.send_back),
    c.TakeBack: _verb("take_back", RUNNING, going_back.may_take_back, going_back.take_back),
    c.Recall: _verb("recall", RUNNING, going_back.may_recall, going_back.recall),
    c.Cancel: _verb("cancel", ALIVE | {"approved"}, going_back.may_recall, going_back.cancel),
    c.AddSigner: _verb("add_signer", RUNNING, signers.may_add, signers.add),
    c.DropSigner: _verb("drop_signer", RUNNING, signers.may_drop, signers.drop),
    c.Transfer: _verb("transfer", RUNNING, handing.may_transfer, handing.transfer),
    c.Claim: _verb("claim", RUNNING, handing.may_claim, handing.claim),
    c.GiveUp: _verb("give_up", RUNNING, handing.may_give_up, handing.give_up),
    c.Assign: _verb("assign", RUNNING, handing.may_assign, handing.assign),
    c.HandOver: _verb("hand_over", ALIVE, handing.may_hand_over, handing.hand_over),
    c.Reseat: _verb("stand_in", ALIVE, handing.may_reseat, handing.look_again, machine=True),
    c.Consult: _verb("consult", RUNNING, consulting.may_consult, consulting.consult),
    c.Answer: _verb("answer", ANY, consulting.may_answer, consulting.answer),
    c.CallIn: _verb("call_in", RUNNING, consulting.may_call_in, consulting.call_in),
    c.Open: _verb("open", ANY, consulting.may_open, consulting.look),
    c.Circulate: _verb("circulate", ANY, reading.may_circulate, reading.circulate),
    c.Acknowledge: _verb("acknowledge", ANY, reading.may_acknowledge, reading.acknowledge),
    c.RecallReading: _verb(
        "recall_reading", ANY, reading.may_recall_reading, reading.recall_reading
    ),
    c.Urge: _verb("urge", ANY, time.may_urge, time.urge),
    c.Suspend: _verb("suspend", RUNNING, time.may_suspend, time.suspend),
    c.Resume: _verb("resume", frozenset({"suspended"}), time.may_resume, time.resume),
    c.Tick: _verb("tick", ANY, time.may_tick, time.tick, machine=True),
    c.Override: _verb("override", ALIVE, overriding.may_override, overriding.override),
    c.Reopen: _verb("reopen", ENDED, linking.may_reopen, linking.reopen),
    c.ChildEnded: _verb(
        "child_ended",
        RUNNING | {"suspended"},
        linking.may_end_child,
        linking.end_child,
        machine=True,
    ),
    c.CallerGone: _verb(
        "caller_gone", ALIVE, linking.may_lose_caller, linking.lose_caller, machine=True
    ),
    c.DrafterGone: _verb(
        "drafter_gone", DRAFTING, leaving.may_lose_drafter, leaving.lose_drafter, machine=True
    ),
    c.Migrate: _verb("migrate", RUNNING, migrating.may_migrate, migrating.migrate),
}


def begin(
    definition: Definition,
    case_id: str,
    by: Actor,
    *,
    clearance: int = 0,
    parent: tuple[str, int] | None = None,
    link: tuple[str, str] | None = None,
) -> Case:
    """A new draft, pinned to this version of its process for good."""
    head = Head(
        case_id,
        definition.digest,
        by.person,
        (by.person,),
        clearance=clearance,
        parent=parent,
        link=link,
    )
    return Case(head, Content(), {}, {})


def act(definition: Definition, case: Case, command: c.Command, facts: Facts) -> Outcome | Refused:
    """Take one step, or say with all reasons why not. The same key again changes nothing."""
    verb = VERBS[type(command)]
    key = f"{command.by.person} {verb.name} {command.key}" if command.key else ""
    if key and key in case.head.keys:
        return Outcome(case, None)
    if definition.digest != case.head.definition:
        return Refused((reason("wrong_version"),))
    work = Work(definition, case, facts, command.by)
    reasons = [*_common(work, case, verb, command), *verb.check(work, command)]
    if reasons:
        return Refused(tuple(dict.fromkeys(reasons)))
    verb.apply(work, command)
    run(work)
    if work.late:
        return Refused(tuple(dict.fromkeys(work.late)))
    if verb.machine and not (work.touched or work.touched_readings or work.notes):
        return Outcome(case, None)
    return work.finish(verb.name, key)


def _common(work: Work, case: Case, verb: Verb, command: c.Command) -> list[Reason]:
    """What every verb needs: the pinned version, a fitting state, a human where one is due."""
    why, by = [], command.by
    if case.head.state not in verb.states:
        why.append(reason("case_state", state=case.state))
    if by.is_machine != verb.machine:
        why.append(reason("machine" if by.is_machine else "machine_only"))
    elif not verb.machine:
        person = work.facts.people.people.get(by.person)
        if person is None or person.gone:
            why.append(reason("gone" if person else "unknown", person=by.person))
    return why
