"""The release check against people, and the count of people who can decide."""

from __future__ import annotations

from typing import Any

import pytest

from zhongshu.kernel.flow.condition import All, Row
from zhongshu.kernel.flow.definition import (
    Counting,
    Definition,
    Edge,
    Field,
    Node,
    NodeKind,
    Rule,
    Seat,
    SeatKind,
)
from zhongshu.kernel.flow.findings import Finding, finding, warning
from zhongshu.kernel.flow.release.check import check
from zhongshu.kernel.flow.release.deciders import Fewest, Way, voices
from zhongshu.kernel.flow.release.reliance import beside

from .world import POSTS, directory, node, person, process

ONE = Rule(Counting.COUNT, 1)
TASK = NodeKind.TASK


def post(name: str, **kw: Any) -> Seat:
    return Seat(SeatKind.POST, name, **kw)


def asks(field: Field, value: Any, operator: Any = "=") -> Definition:
    first = Edge("end", Row(field.name, operator, value))
    return process(node("x", (first, Edge("end")), "li"), fields=(field,))


PEOPLE = directory(gone=("yang", "zhou", "liu"), posts={**POSTS, "nobody": (), "a:b": ("li",)})
UNIT = Field("u", "u", "unit")
CASES: list[tuple[Definition, Finding]] = [
    (
        process(node("x", "end", "ghost")),
        finding("seat_unknown", "x", kind="person", value="ghost"),
    ),
    (
        process(node("x", "end", post("ghost"))),
        finding("seat_unknown", "x", kind="post", value="ghost"),
    ),
    (
        process(node("x", "end", Seat(SeatKind.UNIT, "ghost"))),
        finding("seat_unknown", "x", kind="unit", value="ghost"),
    ),
    (
        process(node("x", "end", Seat(SeatKind.POOL, "ghost"))),
        finding("seat_unknown", "x", kind="pool", value="ghost"),
    ),
    (process(node("x", "end", "yang")), finding("seat_empty", "x", kind="person", value="yang")),
    (
        process(node("x", "end", post("spare"))),
        finding("seat_empty", "x", kind="post", value="spare"),
    ),
    (
        process(node("x", "end", post("nobody"))),
        finding("seat_empty", "x", kind="post", value="nobody"),
    ),
    (
        process(node("x", "end", "li", fallback="ghost")),
        finding("unknown_post", "x", key="fallback", post="ghost"),
    ),
    (
        process(node("x", "end", "li", fallback="spare")),
        finding("nobody_holds", "x", key="fallback", post="spare"),
    ),
    (
        process(node("x", "end", Seat(SeatKind.POOL, "office"), assign="ghost")),
        finding("unknown_post", "x", key="assign", post="ghost"),
    ),
    *(
        (
            process(node("x", "end", "li"), **{key: "ghost"}),
            finding("unknown_post", "posts", key=key, post="ghost"),
        )
        for key in ("clerk", "supervisor", "head", "override")
    ),
    (
        process(node("x", "end", "li"), supervisor="supervisor"),
        finding("nobody_holds", "posts", key="supervisor", post="supervisor"),
    ),
    (
        process(node("x", "end", "li"), override="clerk"),
        warning("override_needs_two", "posts", post="clerk"),
    ),
    *(
        (
            process(node("x", "end", "li", **{key: (word,)})),
            finding("range_unknown", "x", value=word),
        )
        for key in ("transfer", "add", "consult", "circulate")
        for word in ("post:ghost", "unit:ghost")
    ),
    (asks(UNIT, "ghost"), finding("value_unknown", "x", field="u", value="ghost")),
    (
        asks(UNIT, ("office", "ghost"), "in"),
        finding("value_unknown", "x", field="u", value="ghost"),
    ),
    (
        asks(Field("p", "p", "person"), "ghost"),
        finding("value_unknown", "x", field="p", value="ghost"),
    ),
    (
        asks(Field("p", "p", "post"), "li"),
        finding("value_unknown", "x", field="p", value="li"),
    ),
    (  # behind a row that asks for no name
        process(
            node(
                "x",
                (Edge("end", All((Row("n", "=", 1), Row("u", "=", "ghost")))), Edge("end")),
                "li",
            ),
            fields=(Field("n", "n", "number"), UNIT),
        ),
        finding("value_unknown", "x", field="u", value="ghost"),
    ),
    (
        process(node("x", "y", "li"), node("y", "end", person("li")), conflicts=(("x", "y"),)),
        warning("conflict_unstaffed", "conflicts", duty="x", other="y"),
    ),
    (
        process(
            node("x", "y", person("li", duty="draw"), "chen"),
            node("y", "end", person("li", duty="sign")),
            conflicts=(("draw", "sign"),),
        ),
        warning("conflict_unstaffed", "conflicts", duty="draw", other="sign"),
    ),
    (
        process(node("x", "y", post("clerk")), node("y", "end", "huang")),
        warning("same_decider", "y", node="x"),
    ),
]


@pytest.mark.parametrize(("definition", "expected"), CASES)
def test_it_is_found_with_people_only(definition: Definition, expected: Finding) -> None:
    assert expected in check(definition, PEOPLE)
    assert expected not in check(definition)


GOOD = [
    process(node("x", "end", Seat(SeatKind.POOL, "office"), assign="clerk"), supervisor="clerk"),
    process(node("x", "end", Seat(SeatKind.POOL, "clerk"), assign="clerk"), supervisor="clerk"),
    process(node("x", "end", Seat(SeatKind.UNIT, "finance")), supervisor=""),
    process(node("x", "end", "li", fallback="clerk"), supervisor="clerk"),
    process(
        node("x", "end", "li", transfer=("any", "unit", "post:spare", "post:a:b", "unit:office")),
        supervisor="clerk",
    ),
    process(
        node("x", (Edge("end", Row("u", "=", "office")), Edge("end")), "li"),
        fields=(UNIT,),
        supervisor="clerk",
    ),
    process(
        node("x", (Edge("end", Row("u", "filled")), Edge("end")), "li"),
        fields=(UNIT,),
        supervisor="clerk",
    ),
    process(
        node("x", "y", "li"),
        node("y", "end", "li", "chen", rule=ONE),
        conflicts=(("x", "y"), ("draft", "y")),
        supervisor="clerk",
    ),
    process(  # the second seat of a duty does not hide the first
        node("x", "y", "chen", "li"),
        node("y", "end", "li", kind=TASK),
        conflicts=(("x", "y"),),
        supervisor="clerk",
    ),
    process(
        node("x", "y", Seat(SeatKind.RELATION, "unit_head")),
        node("y", "end", "li"),
        conflicts=(("x", "y"),),
        supervisor="clerk",
    ),
]


@pytest.mark.parametrize("definition", GOOD)
def test_nothing_is_found(definition: Definition) -> None:
    assert check(definition, PEOPLE) == ()


# --- enough people on every way


def split(*to: str, kind: NodeKind = NodeKind.SPLIT) -> Node:
    if kind is NodeKind.SPLIT:
        return Node("s", "s", kind, tuple(Edge(one) for one in to))
    first = tuple(Edge(one, Row("a", "=", i)) for i, one in enumerate(to[:-1]))
    return Node("s", "s", kind, (*first, Edge(to[-1])))


JOIN = Node("j", "j", NodeKind.JOIN, (Edge("end"),), split="s")
PAIR = (node("p", "j", "li", relies=()), node("q", "j", "chen", "wu", relies=()))


def fewest(*nodes: Node, **kw: Any) -> tuple[str, tuple[str, ...]]:
    definition = process(*nodes, min_deciders=20, **kw)
    (told,) = [one for one in check(definition) if one.code == "too_few_deciders"]
    assert told.about[0] == ("needed", "20")
    return told.about[1][1], told.witness


def test_the_shorter_of_two_ways_counts() -> None:
    nodes = (
        node("x", (Edge("y", Row("a", ">", 1)), Edge("z")), "li", relies=()),
        node("y", "z", "chen", relies=()),
        node("z", "end", "wu", relies=()),
    )
    assert fewest(*nodes) == ("2", ("draft", "x", "z", "end"))


def test_of_parallel_branches_all_count_and_of_inclusive_ones_the_smallest() -> None:
    way = ("draft", "s", "p", "q", "j", "end")
    assert fewest(split("p", "q"), *PAIR, JOIN) == ("3", way)
    inclusive = split("p", "q", kind=NodeKind.INCLUSIVE)
    assert fewest(inclusive, *PAIR, JOIN) == ("1", ("draft", "s", "p", "j", "end"))
    direct = split("p", "j")
    assert fewest(direct, PAIR[0], JOIN) == ("1", ("draft", "s", "p", "j", "end"))


def test_splits_inside_splits_count_as_one_step() -> None:
    inner = Node("t", "t", NodeKind.SPLIT, (Edge("m"), Edge("n")))
    nodes = (
        split("t", "q"),
        inner,
        node("m", "k", "li", relies=()),
        node("n", "k", "yang", relies=()),
        Node("k", "k", NodeKind.JOIN, (Edge("j"),), split="t"),
        PAIR[1],
        JOIN,
    )
    assert fewest(*nodes) == ("4", ("draft", "s", "t", "m", "n", "k", "q", "j", "end"))


def test_edges_that_are_never_taken_do_not_count() -> None:
    dead = (Edge("y"), Edge("end"))
    nodes = (node("x", dead, "li", relies=()), node("y", "end", "chen", relies=()))
    assert fewest(*nodes) == ("2", ("draft", "x", "y", "end"))
    kind = NodeKind.INCLUSIVE
    never = Node(
        "s",
        "s",
        kind,
        (Edge("j", Row("b", "empty")), Edge("q", Row("b", ">=", 0)), Edge("q2")),
    )
    closed = Field("b", "b", "number", required=True)
    two = (PAIR[1], node("q2", "j", "li", "yang", relies=()))
    assert fewest(never, *two, JOIN, fields=(closed,))[0] == "2"


def test_a_refusal_counts_for_nobody() -> None:
    nodes = (
        node("x", "y", "li", "wu", on_fail="edge", fail_edges=(Edge("end"),), relies=()),
        node("y", "end", "chen", relies=()),
    )
    assert fewest(*nodes) == ("0", ("draft", "x", "end"))


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (node("x", "end", "li"), 1),
        (node("x", "end", "li", "chen"), 2),
        (node("x", "end", "li", "chen", rule=ONE), 1),
        (node("x", "end", "li", "chen", "wu", rule=Rule(Counting.COUNT, 2)), 2),
        (node("x", "end", "li", "chen", rule=ONE, hold_open=True), 2),
        (node("x", "end", "li", "chen", rule=Rule(Counting.AT_LEAST, 1, 1, 2)), 2),
        (node("x", "end", "li", add=("any",)), 60),
        (node("x", "end", Seat(SeatKind.FIELD, "a")), 60),
        (node("x", "end", "li", kind=TASK), 0),
    ],
)
def test_voices(one: Node, expected: int) -> None:
    assert voices(one) == expected


def test_enough_is_enough() -> None:
    definition = process(node("x", "end", "li", "chen"), min_deciders=2)
    assert check(definition) == ()
    (told,) = check(process(node("x", "end", "li", "chen"), min_deciders=3))
    assert told.code == "too_few_deciders"


def test_where_no_way_leads_nobody_is_missing() -> None:
    definition = process(node("x", "end", "li"))
    assert Fewest(definition, ()).way("x", {"draft"}) == Way(60, ())


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((), (), False),
        ((("s", 0),), (("s", 0),), False),
        ((("s", 0),), (("s", 1),), True),
        ((("s", 0),), (), False),
        ((("s", 0),), (("t", 1),), False),
        ((("s", 0), ("t", 0)), (("s", 0), ("t", 1)), True),
        ((("s", 0), ("t", 0)), (("s", 0), ("u", 1)), False),
        ((("s", 0), ("t", 0)), (("s", 1), ("t", 0)), True),
    ],
)
def test_beside(one: Any, other: Any, expected: bool) -> None:
    assert beside(one, other) == expected
