"""Strategies for definitions as they can be read, sound or not, and for hostile tables."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from zhongshu.kernel.flow.condition import All, Condition, Not, Row
from zhongshu.kernel.flow.condition import Any as Some
from zhongshu.kernel.flow.definition import (
    Counting,
    Definition,
    Edge,
    Field,
    Limit,
    Node,
    NodeKind,
    Rule,
    Seat,
    SeatKind,
)

some = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
IDS = st.sampled_from(["a", "b", "c", "d", "draft", "end", "x_1"])
PRINTED = st.characters(codec="utf-8", categories=["L", "N", "P", "S"])
TEXTS = st.text(PRINTED, max_size=6)
REFS = st.one_of(st.sampled_from(["li", "any", "post:a", "a"]), st.text(PRINTED, min_size=1))
REFS = REFS.filter(lambda text: len(text) <= 80)
NUMBERS = st.integers(1 - 10**18, 10**18 - 1)
VALUES = st.one_of(st.booleans(), NUMBERS, TEXTS, st.lists(TEXTS, max_size=3).map(tuple))
OPERATORS = ["=", "!=", "<", "<=", ">", ">=", "in", "not in", "has"]
LIMITS = st.one_of(
    st.builds(Limit, st.integers(1, 9999), st.just("days")),
    st.builds(Limit, st.integers(1, 9999), st.just("minutes")),
    st.builds(Limit, st.integers(1, 9999).map(lambda hours: hours * 60), st.just("minutes")),
)
ROWS: st.SearchStrategy[Condition] = st.one_of(
    st.builds(Row, IDS, st.sampled_from(OPERATORS), VALUES),
    st.builds(Row, IDS, st.sampled_from(["empty", "filled"])),
)


def _deeper(inside: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    parts = st.lists(inside, min_size=1, max_size=3).map(tuple)
    return st.one_of(st.builds(Not, inside), st.builds(All, parts), st.builds(Some, parts))


CONDITIONS = st.one_of(ROWS, _deeper(ROWS), _deeper(_deeper(ROWS)))
EDGES = st.lists(st.builds(Edge, IDS, st.none() | CONDITIONS), max_size=3).map(tuple)
RULES = st.one_of(
    st.sampled_from([Rule(), Rule(Counting.SEQUENTIAL), Rule(Counting.COUNT, 60)]),
    st.builds(
        lambda kind, p, more: Rule(kind, p=p, q=min(p + more, 99)),
        st.sampled_from([Counting.AT_LEAST, Counting.MORE_THAN]),
        st.integers(1, 99),
        st.integers(0, 98),
    ),
)
SEATS = st.builds(
    Seat,
    st.sampled_from(SeatKind),
    REFS,
    TEXTS,
    st.integers(1, 100),
    st.booleans(),
    TEXTS,
    st.booleans(),
    st.booleans(),
)
LISTS = st.lists(REFS, max_size=2).map(tuple)
NAMES = st.lists(IDS, max_size=2).map(tuple)


@st.composite
def nodes(draw: st.DrawFn) -> Node:
    """A node with anything that can be read."""
    fails = draw(st.sampled_from(["end", "edge", "a", "draft"]))
    flags = {
        key: draw(st.booleans())
        for key in ("race", "hold_open", "abstain", "always_fresh", "delegable", "beside")
    }
    return Node(
        draw(IDS),
        draw(TEXTS),
        draw(st.sampled_from(NodeKind)),
        draw(EDGES),
        draw(st.lists(SEATS, max_size=3).map(tuple)),
        draw(RULES),
        min_people=draw(st.integers(1, 60)),
        limit=draw(st.none() | LIMITS),
        relies=draw(st.none() | NAMES),
        edits=draw(NAMES),
        on_fail=fails,
        fail_edges=draw(EDGES) if fails == "edge" else (),
        returns=draw(NAMES),
        fallback=draw(TEXTS),
        transfer=draw(LISTS),
        add=draw(LISTS),
        consult=draw(LISTS),
        circulate=draw(LISTS),
        add_depth=draw(st.integers(1, 2)),
        claim_within=draw(st.none() | LIMITS),
        assign=draw(TEXTS),
        take_back=draw(st.sampled_from(["undecided", "unopened", "never"])),
        effects=draw(LISTS),
        split=draw(st.sampled_from(["", "a", "b"])),
        sub=draw(st.sampled_from(["", "t", "u"])),
        **flags,
    )


TYPES = ["text", "number", "choice", "date", "flag", "person", "post", "unit", "file"]
FIELDS = st.builds(Field, IDS, TEXTS, st.sampled_from(TYPES), st.booleans(), st.booleans(), LISTS)


@st.composite
def definitions(draw: st.DrawFn) -> Definition:
    """A definition that can be read, hardly ever a sound one."""
    posts = {key: draw(TEXTS) for key in ("clerk", "supervisor", "head", "override")}
    return Definition(
        draw(IDS),
        draw(TEXTS),
        draw(st.integers(1, 10**6)),
        draw(st.lists(nodes(), max_size=6).map(tuple)),
        draw(st.lists(FIELDS, max_size=4).map(tuple)),
        kind=draw(TEXTS),
        conflicts=draw(st.lists(st.tuples(TEXTS, TEXTS), max_size=2).map(tuple)),
        min_deciders=draw(st.integers(0, 20)),
        carry=draw(st.sampled_from(["replay", "smart", "straight"])),
        max_returns=draw(st.integers(0, 50)),
        recall=draw(st.sampled_from(["any", "never", "before:a", "odd"])),
        amount=draw(st.sampled_from(["", "a", "b"])),
        hops=draw(st.integers(1, 3)),
        lapse=draw(st.none() | LIMITS),
        returner_chooses=draw(st.booleans()),
        counter=draw(st.none() | LIMITS),
        fallback_repeats=draw(st.booleans()),
        **posts,
    )


SCALARS: st.SearchStrategy[Any] = st.one_of(
    st.booleans(),
    st.integers(),
    st.integers(10**17, 10**300),
    st.floats(),
    st.text(max_size=5),
    st.dates(),
    st.datetimes(),
    st.sampled_from([*OPERATORS, *TYPES, *(kind.value for kind in NodeKind), "a", "b", "1/2"]),
)
KEYS = st.one_of(
    st.sampled_from(
        [
            *("id", "name", "kind", "next", "seats", "rule", "to", "when", "on_fail", "split"),
            *("nodes", "fields", "posts", "conflicts", "type", "options", "person", "post"),
            *("all", "any", "not", "count", "at_least", "min_people", "relies", "edits", "limit"),
        ]
    ),
    st.text(max_size=3),
)
TABLES = st.dictionaries(
    KEYS,
    st.recursive(
        SCALARS,
        lambda inside: st.lists(inside, max_size=4) | st.dictionaries(KEYS, inside, max_size=4),
        max_leaves=20,
    ),
    max_size=8,
)
