"""A rehearsal says what the migration does, and lets no case arrive where it cannot go on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from zhongshu.kernel.errors import Refused
from zhongshu.kernel.flow import commands as c
from zhongshu.kernel.flow.case import Actor
from zhongshu.kernel.flow.condition import Row
from zhongshu.kernel.flow.definition import Definition, Edge, Node
from zhongshu.kernel.flow.rehearsal import Rehearsed, Said, proposed, rehearse

from .world import Play, node, process


def played() -> Play:
    """One step is passed, the second is open."""
    p = Play(process(node("one", "two", "li"), node("two", "end", "chen")))
    p.submit(a=1)
    p.yes("li")
    return p


def rehearsed(
    p: Play, target: Definition, plan: dict[str, str] | None = None
) -> Rehearsed | Refused:
    command = c.Migrate(Actor("zhang"), Actor("wu"), target, plan or {})
    found = rehearse(p.definition, p.case, command, p.facts)
    assert p.case.head.definition == p.definition.digest, "a rehearsal changes nothing"
    return found


def test_a_name_asks_nobody_anew_and_words_still_count() -> None:
    p = played()
    target = process(node("one", "b", "li"), node("b", "end", "chen"))
    found = rehearsed(p, replace(target, version=2), {"two": "b"})
    assert found == Rehearsed(("two",), ("b",), (), (Said("one", "li"),), ())


def test_other_seats_ask_others_and_what_was_said_there_counts_no_more() -> None:
    p = Play(process(node("one", "two", "li"), node("two", "end", "chen", "zhou")))
    p.submit(a=1)
    p.yes("li", "chen")
    target = process(node("one", "two", "li"), node("two", "end", "liu", "zhou"))
    found = rehearsed(p, replace(target, version=2))
    assert isinstance(found, Rehearsed)
    assert Said("two", "liu") in found.asked
    assert found.lost == (Said("two", "chen"),)
    assert found.kept == (Said("one", "li"),)


@pytest.mark.parametrize(
    ("second", "code"),
    [
        (node("two", "end", "wang"), "nobody_after"),  # the drafter himself
        (node("two", (Edge("end", Row("a", ">", 99)),), "zhou"), "no_way_on"),
    ],
)
def test_a_case_that_could_not_go_on_keeps_its_version(second: Node, code: str) -> None:
    p = played()
    target = process(node("one", "two", "li"), second)
    found = rehearsed(p, replace(target, version=2))
    assert isinstance(found, Refused)
    assert code in found.codes


def test_what_the_engine_refuses_the_rehearsal_refuses() -> None:
    p = played()
    found = rehearsed(p, p.definition)
    assert isinstance(found, Refused)
    assert "not_another_version" in found.codes


def test_steps_are_proposed_by_name_and_kind_and_each_once() -> None:
    old = process(node("a", "b", "li"), node("b", "c", "li"), node("c", "end", "li"))
    named = [replace(one, name=word) for one, word in zip(old.nodes[1:4], "甲乙乙", strict=True)]
    old = replace(old, nodes=(old.nodes[0], *named, old.nodes[4]))
    fresh = [replace(one, id=f"{one.id}2") for one in named]
    new = replace(old, nodes=(old.nodes[0], *fresh, old.nodes[4]))
    assert proposed(old, new) == {"a": "a2"}, "two of one name are not guessed"
