"""The end of a case. 办结."""

from __future__ import annotations

from . import path
from .case import CaseState
from .work import Work


def end(work: Work, state: CaseState, cause: str = "", *, result: str = "") -> None:
    """Close what is open, with its cause, and give the case its last state.

    `result`: what a calling case is told, if it is not the state.
    """
    for act in path.live(work.acts):
        if act.state == "open":
            work.void(act, cause or state)
    work.agenda.clear()
    work.set_state(state)
    work.note("ended", state=state)
    if work.head.parent is not None:
        case, activation = work.head.parent
        work.effect("child_ended", case=case, activation=activation, result=result or state)


def arrive(work: Work) -> None:
    """A case has come to its end: approved, if enough different people decided.

    A case in which a step was skipped by override is never approved.
    """
    if work.head.skipped:
        end(work, "closed_by_override")
        return
    need = work.definition.min_deciders
    have = path.deciders(work.definition, work.acts).difference(work.head.drafters)
    if len(have) < need:
        work.refuse("too_few_deciders", have=len(have), needed=need)
    end(work, "approved")
    work.head = work.head._replace(until=work.facts.due(work.definition.counter))
