"""The agenda of a step: what is counted and entered, and what has lost its point meanwhile."""

from __future__ import annotations

from zhongshu.kernel.flow import Actor
from zhongshu.kernel.flow.moving import run
from zhongshu.kernel.flow.work import Work

from .world import Play, node, process


def test_counting_an_activation_that_closed_meanwhile_does_nothing() -> None:
    p = Play(process(node("one", "two", "li"), node("two", "end", "chen")))
    p.submit(a=1)
    p.yes("li")
    passed = next(act.id for act in p.case.acts.values() if act.node == "one")
    work = Work(p.definition, p.case, p.facts, Actor("chen"))
    work.count(passed)
    run(work)
    assert (work.touched, work.notes, dict(work.acts)) == ({}, [], dict(p.case.acts))
