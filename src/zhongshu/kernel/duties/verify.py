"""The independent check of a plan: it reads the process itself and knows nothing of the search."""

from __future__ import annotations

from .model import (
    AtMost,
    Bar,
    Bind,
    Dependent,
    OneTeam,
    Plan,
    Process,
    Rule,
    Separate,
    SuperAtLeast,
    Way,
)
from .problem import START, Case

RIGHTS, ABSENT, STEPS, HISTORY = "(rights)", "(absent)", "(steps)", "(history)"
Acts = dict[str, int]


def broken(process: Process, way: Way, plan: Plan, case: Case = START) -> tuple[str, ...]:
    """The names of everything that the plan breaks; empty if it is sound."""
    acts = dict(plan.acts)
    done = dict(case.done)
    wrong = []
    if set(acts) != way or len(acts) != len(plan.acts):
        return (STEPS,)
    if any(acts[step] != place for step, place in done.items() if step in acts):
        wrong.append(HISTORY)
    ahead = {step: place for step, place in acts.items() if step not in done}
    if any(not _granted(process, step, place) for step, place in ahead.items()):
        wrong.append(RIGHTS)
    if any(case.absent >> place & 1 for place in ahead.values()):
        wrong.append(ABSENT)
    for rule in process.rules:
        # What is done is done: a bar speaks about the steps that are still ahead.
        seen = ahead if isinstance(rule, Bar) else acts
        if not keeps(rule, {step: seen[step] for step in rule.scope & set(seen)}):
            wrong.append(rule.name)
    return tuple(wrong)


def _granted(process: Process, step: str, place: int) -> bool:
    return any(grant.step == step and grant.people >> place & 1 for grant in process.grants)


def keeps(rule: Rule, acts: Acts) -> bool:
    """Do these acts (those steps of the rule's scope that are on the way) keep the rule?"""
    if isinstance(rule, OneTeam | SuperAtLeast | Dependent | Bar):
        return _keeps_who(rule, acts)
    people = len(set(acts.values()))
    if isinstance(rule, Separate):
        return people == len(acts)
    if isinstance(rule, Bind):
        return people <= 1
    if isinstance(rule, AtMost):
        return people <= rule.most
    return people >= rule.least or not acts


def _keeps_who(rule: OneTeam | SuperAtLeast | Dependent | Bar, acts: Acts) -> bool:
    crowd = 0
    for place in acts.values():
        crowd |= 1 << place
    if isinstance(rule, Bar):
        return not crowd & rule.people
    if isinstance(rule, OneTeam):
        return not acts or any(crowd & ~team == 0 for team in rule.teams)
    if isinstance(rule, SuperAtLeast):
        return crowd.bit_count() >= rule.least or crowd & ~rule.supers == 0
    if len(acts) < 2 or not rule.if_by >> acts[rule.first] & 1:
        return True
    return bool(rule.then_by >> acts[rule.second] & 1)
