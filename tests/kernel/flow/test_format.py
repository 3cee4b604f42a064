"""Reading definitions: every mistake is named with its place; nothing is guessed or raised."""

from __future__ import annotations

from typing import Any

import pytest

from zhongshu.kernel.flow.condition import All, Not, Row
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
from zhongshu.kernel.flow.findings import Finding, finding
from zhongshu.kernel.flow.text.format import (
    FIELD,
    LARGEST,
    NODE,
    POSTS,
    SEAT,
    SEAT_KINDS,
    TOP,
    read,
)

HEAD = 'format = 1\nid = "t"\nname = "T"\nversion = 1\n'


def definition(text: str) -> Definition:
    found = read(HEAD + text)
    assert isinstance(found, Definition), found
    return found


def wrong(text: str, head: str = HEAD) -> tuple[Finding, ...]:
    found = read(head + text)
    assert not isinstance(found, Definition)
    return found


def table(lines: str) -> str:
    kind = "" if "kind =" in lines else 'kind = "draft"\n'
    return f'[[nodes]]\nid = "x"\n{kind}{lines}'


def node(lines: str) -> Node:
    return definition(table(lines)).nodes[0]


def wrong_node(lines: str) -> tuple[Finding, ...]:
    return wrong(table(lines))


def test_a_node_without_kind_is_not_taken_for_a_draft() -> None:
    assert wrong('[[nodes]]\nid = "x"\n') == (finding("kind_missing", "nodes[0]"),)


FULL = """
kind = "money"
min_deciders = 2
carry = "straight"
max_returns = 0
recall = "before:x"
amount = "sum"
hops = 3
lapse = "90m"
counter = "3d"
fallback_repeats = true
returner_chooses = false
conflicts = [["x", "y"]]
[posts]
clerk = "a"
supervisor = "b"
head = "c"
override = "d"
[[fields]]
name = "sum"
label = "金额"
type = "number"
required = true
[[fields]]
name = "kind"
type = "choice"
many = true
options = ["p", "q"]
[[nodes]]
id = "x"
name = "审批"
kind = "decide"
next = [{ to = "y", when = ["sum", ">", 5] }, { to = "z" }]
seats = [
  { post = "a", name = "甲", weight = 3, veto = true, duty = "sign" },
  { relation = "unit_head", not_own_unit = true, above_initiator = true },
]
rule = { at_least = "2/3" }
race = true
hold_open = true
abstain = true
min_people = 2
limit = "8h"
relies = ["sum"]
edits = ["kind"]
always_fresh = true
delegable = false
on_fail = [{ to = "w" }]
returns = []
fallback = "spare"
transfer = ["unit"]
add = ["any"]
consult = []
circulate = ["post:a"]
beside = true
add_depth = 2
claim_within = "2h"
assign = "a"
take_back = "never"
effects = ["pay"]
split = "s"
sub = "other"
"""


def test_every_key_is_read() -> None:
    assert definition(FULL) == Definition(
        "t",
        "T",
        1,
        (
            Node(
                "x",
                "审批",
                NodeKind.DECIDE,
                (Edge("y", Row("sum", ">", 5)), Edge("z")),
                (
                    Seat(SeatKind.POST, "a", "甲", 3, True, "sign"),
                    Seat(
                        SeatKind.RELATION,
                        "unit_head",
                        not_own_unit=True,
                        above_initiator=True,
                    ),
                ),
                Rule(Counting.AT_LEAST, p=2, q=3),
                race=True,
                hold_open=True,
                abstain=True,
                min_people=2,
                limit=Limit(480),
                relies=("sum",),
                edits=("kind",),
                always_fresh=True,
                delegable=False,
                on_fail="edge",
                fail_edges=(Edge("w"),),
                returns=(),
                fallback="spare",
                transfer=("unit",),
                add=("any",),
                consult=(),
                circulate=("post:a",),
                beside=True,
                add_depth=2,
                claim_within=Limit(120),
                assign="a",
                take_back="never",
                effects=("pay",),
                split="s",
                sub="other",
            ),
        ),
        (
            Field("sum", "金额", "number", required=True),
            Field("kind", "kind", "choice", many=True, options=("p", "q")),
        ),
        kind="money",
        conflicts=(("x", "y"),),
        min_deciders=2,
        carry="straight",
        max_returns=0,
        recall="before:x",
        amount="sum",
        clerk="a",
        supervisor="b",
        head="c",
        override="d",
        hops=3,
        lapse=Limit(90),
        returner_chooses=False,
        counter=Limit(3, "days"),
        fallback_repeats=True,
    )


def test_defaults_are_those_of_the_data() -> None:
    found = definition('[[fields]]\nname = "f"\n[[nodes]]\nid = "x"\nkind = "task"\n')
    plain = Definition("t", "T", 1, (Node("x", "", NodeKind.TASK),), (Field("f", "f", "text"),))
    assert found == plain
    bare = read('format = 1\nid = "t"\n')
    assert bare == Definition("t", "", 1, ())


@pytest.mark.parametrize(
    ("rule", "seats", "expected"),
    [
        ('"all"', 1, (Rule(), 1)),
        ('"all"', 2, (Rule(), 2)),
        ('"sequential"', 1, (Rule(Counting.SEQUENTIAL), 1)),
        ('"sequential"', 2, (Rule(Counting.SEQUENTIAL), 2)),
        ("{ count = 2 }", 2, (Rule(Counting.COUNT, 2), 1)),
        ('{ at_least = "1/2" }', 2, (Rule(Counting.AT_LEAST, 1, 1, 2), 1)),
        ('{ at_least = "99/99" }', 2, (Rule(Counting.AT_LEAST, 1, 99, 99), 1)),
        ('{ more_than = "2/3" }', 2, (Rule(Counting.MORE_THAN, 1, 2, 3), 1)),
    ],
)
def test_rules_and_the_people_they_need(rule: str, seats: int, expected: tuple[Rule, int]) -> None:
    chairs = ", ".join(['{ person = "li" }'] * seats)
    found = node(f'kind = "decide"\nrule = {rule}\nseats = [{chairs}]')
    assert (found.rule, found.min_people) == expected


@pytest.mark.parametrize(
    "rule",
    [
        *('"some"', "1", "{ }", '{ at_least = "3/2" }', '{ at_least = "0/2" }'),
        *('{ at_least = "1/100" }', '{ at_least = "1/2", count = 1 }', "{ at_least = 1 }"),
        *('{ more_than = " 1/2" }', '{ other = "1/2" }', "true", '["all"]', "{ at_least = 0x1 }"),
    ],
)
def test_bad_rules(rule: str) -> None:
    assert wrong_node(f"rule = {rule}") == (finding("bad_rule", "nodes[0].rule"),)


def test_a_huge_number_is_no_ratio() -> None:
    huge = "0x" + "f" * 20_000
    assert wrong_node(f"rule = {{ at_least = {huge} }}") == (finding("bad_rule", "nodes[0].rule"),)
    found = wrong_node(f'next = [{{ to = "y", when = ["a", ">", {huge}] }}]')
    assert found == (finding("bad_condition", "nodes[0].next[0].when"),)
    (told,) = wrong(f"max_returns = {huge}")
    assert told == finding("out_of_bounds", "max_returns", least=0, most=50)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("typo = 1", finding("unknown_key", "nodes[0]", key="typo")),
        ('kind = "shout"', None),
        ("name = 1", finding("wrong_type", "nodes[0].name", needed="str")),
        ('name = "a\\nb"', finding("bad_text", "nodes[0].name")),
        ('name = "a\\u200bb"', finding("bad_text", "nodes[0].name")),
        ('name = "' + "x" * 101 + '"', finding("bad_text", "nodes[0].name")),
        ("race = 1", finding("wrong_type", "nodes[0].race", needed="bool")),
        ("delegable = 0", finding("wrong_type", "nodes[0].delegable", needed="bool")),
        ("min_people = true", finding("wrong_type", "nodes[0].min_people", needed="int")),
        ("min_people = 0", finding("out_of_bounds", "nodes[0].min_people", least=1, most=60)),
        ("min_people = 61", finding("out_of_bounds", "nodes[0].min_people", least=1, most=60)),
        ("add_depth = 3", finding("out_of_bounds", "nodes[0].add_depth", least=1, most=2)),
        ('limit = "3w"', finding("bad_limit", "nodes[0].limit")),
        ('limit = "0d"', finding("bad_limit", "nodes[0].limit")),
        ('limit = "10000d"', finding("bad_limit", "nodes[0].limit")),
        ("relies = 1", finding("wrong_type", "nodes[0].relies", needed="list")),
        ("relies = [1]", finding("wrong_type", "nodes[0].relies", needed="list of texts")),
        ('relies = ["a b"]', finding("wrong_type", "nodes[0].relies", needed="list of texts")),
        (
            'relies = ["a\\u202eb"]',
            finding("wrong_type", "nodes[0].relies", needed="list of texts"),
        ),
        ('take_back = "x"', None),
        ('on_fail = "edge"', finding("bad_on_fail", "nodes[0].on_fail")),
        ("on_fail = 1", finding("bad_on_fail", "nodes[0].on_fail")),
        ('on_fail = "A"', finding("bad_on_fail", "nodes[0].on_fail")),
        ("seats = 1", finding("not_a_list", "nodes[0].seats")),
        ("seats = [1]", None),
        (
            'seats = [{ person = "a b" }]',
            finding("bad_id", "nodes[0].seats[0].person", value="a b"),
        ),
        (
            'seats = [{ person = "li", weight = 101 }]',
            finding("out_of_bounds", "nodes[0].seats[0].weight", least=1, most=100),
        ),
        (
            'seats = [{ person = "li", size = 1 }]',
            finding("unknown_key", "nodes[0].seats[0]", key="size"),
        ),
        ("next = 1", finding("not_a_list", "nodes[0].next")),
        ('next = "A"', finding("bad_id", "nodes[0].next[0].to", value="A")),
        ('next = [{ to = "y", x = 1 }]', finding("unknown_key", "nodes[0].next[0]", key="x")),
        ('on_fail = [{ to = "A" }]', finding("bad_id", "nodes[0].on_fail[0].to", value="A")),
    ],
)
def test_mistakes_in_a_node(lines: str, expected: Finding | None) -> None:
    found = wrong_node(lines)
    assert expected in found if expected else found[0].code in {"not_an_option", "not_a_table"}


PLACES = [
    *(("", "nodes[0].", key, {"id": '"x"', "kind": '"draft"'}) for key in sorted(NODE)),
    *(("fields", "fields[0].", key, {"name": '"f"'}) for key in sorted(FIELD)),
    *(("seats", "nodes[0].seats[0].", key, {"person": '"li"'}) for key in sorted(SEAT)),
    *(("posts", "posts.", key, {}) for key in sorted(POSTS)),
    *(("top", "", key, {"format": "1", "id": '"t"'}) for key in sorted(TOP)),
]


@pytest.mark.parametrize(("part", "place", "key", "needed"), PLACES)
def test_the_place_of_every_mistake_is_named(
    part: str, place: str, key: str, needed: dict[str, str]
) -> None:
    if key in SEAT_KINDS:
        needed = {}
    pairs = [f"{name} = {value}" for name, value in {**needed, key: "7.5"}.items()]
    lines = "\n".join(pairs)
    found = {
        "": lambda: wrong(f"[[nodes]]\n{lines}"),
        "fields": lambda: wrong(f"[[fields]]\n{lines}"),
        "seats": lambda: wrong_node(f"seats = [{{ {', '.join(pairs)} }}]"),
        "posts": lambda: wrong(f"[posts]\n{lines}"),
        "top": lambda: wrong(lines, ""),
    }[part]()
    assert {one.where for one in found} == {f"{place}{key}"}


def test_one_kind_of_seat() -> None:
    kinds = "field, person, pool, post, relation, unit"
    told = finding("one_kind_of_seat", "nodes[0].seats[0]", options=kinds)
    assert wrong_node('seats = [{ name = "x" }]')[0] == told
    assert wrong_node('seats = [{ person = "li", post = "x" }]') == (told,)


def test_options_are_told() -> None:
    assert wrong_node('take_back = "x"') == (
        finding("not_an_option", "nodes[0].take_back", options="undecided, unopened, never"),
    )


CONDITIONS: list[tuple[str, Any]] = [
    ('["a", ">", 5]', Row("a", ">", 5)),
    ('["a", "=", true]', Row("a", "=", True)),
    ('["a", "empty"]', Row("a", "empty")),
    ('["a", "filled"]', Row("a", "filled")),
    ('["a", "in", ["x", "y"]]', Row("a", "in", ("x", "y"))),
    ('["a", "has", "x"]', Row("a", "has", "x")),
    ('["a", "<", 2026-01-02]', Row("a", "<", "2026-01-02")),
    ('["a", "in", [2026-01-02]]', Row("a", "in", ("2026-01-02",))),
    ('["a", "<", 999999999999999999]', Row("a", "<", 10**18 - 1)),
    ('["a", "=", "' + "x" * 100 + '"]', Row("a", "=", "x" * 100)),
    ('{ not = ["a", "empty"] }', Not(Row("a", "empty"))),
    ('{ all = [["a", "empty"]] }', All((Row("a", "empty"),))),
    (
        '{ any = [["a", "empty"], { not = ["b", ">", 1] }] }',
        Some((Row("a", "empty"), Not(Row("b", ">", 1)))),
    ),
    (
        '{ not = { not = { not = { not = { not = ["a", "empty"] } } } } }',
        Not(Not(Not(Not(Not(Row("a", "empty")))))),
    ),
]


@pytest.mark.parametrize(("text", "expected"), CONDITIONS)
def test_conditions(text: str, expected: Any) -> None:
    assert node(f'next = [{{ to = "y", when = {text} }}]').edges == (Edge("y", expected),)


@pytest.mark.parametrize(
    "text",
    [
        *("1", '"a"', "[]", "{ }", '["a"]', '["a", "empty", 1]', '["a", ">"]', '["A", ">", 1]'),
        *('["a", "like", "x"]', '["a", 1, 1]', "[1, 1, 1]", '["a", ">", 1, 2]', "{ all = [] }"),
        *('["a", ">", 1.5]', '["a", ">", nan]', '["a", "=", 12:00:00]', '["a", "=", {}]'),
        *('["a", "in", [1]]', '["a", "in", [["x"]]]', '["a", ">", 1000000000000000000]'),
        *('["a", "=", "x\\ny"]', '["a", "=", "' + "x" * 101 + '"]', '{ all = ["a"] }'),
        *('{ all = [["a", "empty"]], any = [] }', '{ xor = [["a", "empty"]] }', "{ all = 1 }"),
        '["a", "in", [' + ", ".join(['"x"'] * 61) + "]]",
        "{ all = [" + ", ".join(['["a", "empty"]'] * 61) + "] }",
    ],
)
def test_bad_conditions(text: str) -> None:
    found = wrong_node(f'next = [{{ to = "y", when = {text} }}]')
    assert {one.code for one in found} == {"bad_condition"}
    assert found[0].where.startswith("nodes[0].next[0].when")


def test_a_list_of_values_may_have_sixty() -> None:
    many = ", ".join(f'"v{i}"' for i in range(60))
    (edge,) = node(f'next = [{{ to = "y", when = ["a", "in", [{many}]] }}]').edges
    assert isinstance(edge.when, Row)
    assert len(edge.when.value) == 60  # type: ignore[arg-type]


def test_conditions_are_not_nested_without_end() -> None:
    deep = '["a", "empty"]'
    for _ in range(6):
        deep = f"{{ not = {deep} }}"
    found = wrong_node(f'next = [{{ to = "y", when = {deep} }}]')
    assert found == (finding("too_deep", "nodes[0].next[0].when" + ".not" * 6, most=6),)


def test_places_in_a_condition_are_named() -> None:
    found = wrong_node('next = [{ to = "y", when = { all = [["a", "empty"], { any = [1] }] } }]')
    assert found == (finding("bad_condition", "nodes[0].next[0].when.all[1].any[0]"),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("typo = 1\n", finding("unknown_key", "", key="typo")),
        (f"{'k' * 50} = 1\n", finding("unknown_key", "", key="k" * 40)),
        ("[posts]\nboss = 'x'\n", finding("unknown_key", "posts", key="boss")),
        ("posts = 1\n", finding("not_a_table", "posts")),
        ("nodes = 1\n", finding("not_a_list", "nodes")),
        ("nodes = [1]\n", finding("not_a_table", "nodes[0]")),
        ("fields = [{name = 'f', size = 1}]", finding("unknown_key", "fields[0]", key="size")),
        ("fields = [{name = 'F'}]", finding("bad_id", "fields[0].name", value="F")),
        ("conflicts = 1", finding("wrong_type", "conflicts", needed="list")),
        ("conflicts = [['a']]", finding("bad_pair", "conflicts[0]")),
        ("conflicts = [['a', 'b'], 1]", finding("bad_pair", "conflicts[1]")),
        ("conflicts = [['a', 1]]", finding("bad_pair", "conflicts[0]")),
        ("min_deciders = 21", finding("out_of_bounds", "min_deciders", least=0, most=20)),
        ("min_deciders = -1", finding("out_of_bounds", "min_deciders", least=0, most=20)),
        ("max_returns = 51", finding("out_of_bounds", "max_returns", least=0, most=50)),
        ("hops = 4", finding("out_of_bounds", "hops", least=1, most=3)),
        ("hops = 0", finding("out_of_bounds", "hops", least=1, most=3)),
        ("lapse = 3", finding("wrong_type", "lapse", needed="str")),
        ("fallback_repeats = 1", finding("wrong_type", "fallback_repeats", needed="bool")),
        ("carry = 'x'", finding("not_an_option", "carry", options="smart, replay, straight")),
    ],
)
def test_mistakes_at_the_top(text: str, expected: Finding) -> None:
    assert expected in wrong(text)


def test_the_heads_of_the_file() -> None:
    assert wrong('id = "t"', "") == (finding("other_format", "format", needed=1),)
    assert wrong("format = 1", "") == (finding("bad_id", "id", value=""),)
    assert wrong('format = 1\nid = "t"\nversion = 0', "") == (
        finding("out_of_bounds", "version", least=1, most=1_000_000),
    )
    assert wrong('format = 1\nid = "' + "a" * 41 + '"', "")[0].code == "bad_id"
    assert isinstance(read('format = 1\nid = "' + "a" * 40 + '"'), Definition)


def test_numbers_of_things_are_bounded() -> None:
    many = "".join(f'[[nodes]]\nid = "n{i}"\n' for i in range(201))
    assert wrong(many) == (finding("too_many", "nodes", most=200),)
    assert (
        len(
            definition("".join(f'[[nodes]]\nid = "n{i}"\nkind = "end"\n' for i in range(200))).nodes
        )
        == 200
    )
    edges = ", ".join(['{ to = "y" }'] * 41)
    assert wrong_node(f"next = [{edges}]") == (finding("too_many", "nodes[0].next", most=40),)
    seats = ", ".join(['{ person = "li" }'] * 61)
    assert wrong_node(f"seats = [{seats}]") == (finding("too_many", "nodes[0].seats", most=60),)


def test_all_mistakes_are_told_at_once() -> None:
    found = wrong('carry = "x"\nhops = 9\n[[nodes]]\nid = "X"\nrule = 3\n')
    assert sorted(one.code for one in found) == [
        "bad_id",
        "bad_rule",
        "kind_missing",
        "not_an_option",
        "out_of_bounds",
    ]


def test_what_is_no_toml_is_refused() -> None:
    (told,) = wrong("= 1", "")
    assert told.code == "not_toml"
    assert told.about[0][0] == "error"
    assert wrong("a = " + "[" * 20_000, "")[0].code == "not_toml"
    assert wrong(f"a = {'9' * 5000}", "")[0].code == "not_toml"
    assert wrong("#" * (LARGEST + 1), "") == (finding("too_large", "", most=LARGEST),)
    assert wrong("#" * LARGEST, "")[0].code == "other_format"
