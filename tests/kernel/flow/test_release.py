"""The release check: every finding has a definition that produces it, and one beside it that does
not."""

from __future__ import annotations

from dataclasses import replace
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
from zhongshu.kernel.flow.findings import Finding, finding, is_refused, warning
from zhongshu.kernel.flow.release.check import check
from zhongshu.kernel.worktime import Limit

from .world import END, FIELDS, directory, node, person, process

TASK, SPLIT, INCLUSIVE, JOIN = NodeKind.TASK, NodeKind.SPLIT, NodeKind.INCLUSIVE, NodeKind.JOIN
ONE = Rule(Counting.COUNT, 1)


def split(name: str, *to: str, kind: NodeKind = SPLIT) -> Node:
    return Node(name, name, kind, tuple(Edge(one) for one in to))


def join(name: str, of: str, to: str = "end") -> Node:
    return Node(name, name, JOIN, (Edge(to),), split=of)


def post(name: str, **kw: Any) -> Seat:
    return Seat(SeatKind.POST, name, **kw)


def form(*fields: Field) -> dict[str, Any]:
    return {"fields": fields}


SOUND = process(node("x", "end", "li"))
BRANCHES = (
    split("s", "p", "q"),
    node("p", "j", "li", relies=()),
    node("q", "j", "chen", relies=()),
    join("j", "s"),
)
PERSON = Field("who", "who", "person", required=True)


def test_sound_definitions_have_no_findings() -> None:
    assert check(SOUND) == ()
    assert check(process(*BRANCHES)) == ()
    assert check(SOUND, directory()) == ()


def warn(one: Finding, *witness: str) -> Finding:
    return one._replace(severity="warning", witness=witness)


def w(one: Finding, *witness: str) -> Finding:
    return one._replace(witness=witness)


CASES: list[tuple[Definition, Finding]] = [
    # identities and sizes
    (
        replace(SOUND, nodes=SOUND.nodes[1:]),
        finding("one_draft_needed", number=0),
    ),
    (
        replace(SOUND, nodes=(*SOUND.nodes, replace(SOUND.nodes[0], id="d2"))),
        w(finding("one_draft_needed", number=2), "draft", "d2"),
    ),
    (process(node("x", "end", "li"), node("x", "end", "li")), finding("duplicate_id", "x")),
    # the drawing
    (process(node("x", "nowhere", "li")), finding("unknown_node", "x", key="next", node="nowhere")),
    (
        process(node("x", "end", "li", on_fail="edge", fail_edges=(Edge("nowhere"),))),
        finding("unknown_node", "x", key="on_fail", node="nowhere"),
    ),
    (
        process(node("x", (Edge("draft", Row("a", ">", 1)), Edge("end")), "li")),
        finding("edge_to_draft", "x", key="next"),
    ),
    (
        process(node("x", (Edge("end", Row("a", ">", 1)),) * 2 + (Edge("end"),), "li")),
        warning("same_edge_twice", "x", key="next"),
    ),
    (process(node("x", "end", "li"), node("y", "end", "li")), finding("unreachable", "y")),
    (
        replace(SOUND, nodes=(*SOUND.nodes[:-1], node("end", "x", "chen"))),
        finding("no_end"),
    ),
    (process(node("x", (), "li")), w(finding("dead_end", "x"), "draft", "x")),
    (
        process(node("x", "y", "li"), node("y", "x", "chen")),
        w(finding("loop_without_exit", "x"), "draft", "x", "y", "x"),
    ),
    (
        process(  # the only way out of the loop is never taken
            node("x", (Edge("y"),), "li"),
            node("y", (Edge("x", Row("a", "filled")), Edge("x"), Edge("end")), "chen"),
        ),
        w(finding("loop_without_exit", "x"), "draft", "x", "y", "x"),
    ),
    (
        process(
            Node("s", "s", INCLUSIVE, (Edge("p", Row("a", ">", 1)), Edge("j"))),
            node("p", "j", "li", relies=()),
            Node("j", "j", JOIN, (Edge("s", Row("b", ">", 1)), Edge("end")), split="s"),
        ),
        w(finding("loop_without_people", "s"), "s", "j", "s"),
    ),
    (
        process(*BRANCHES[:3], node("j", "end", "wu", relies=())),
        finding("one_join_needed", "s", number=0),
    ),
    (
        process(*BRANCHES, join("k", "s")),
        w(finding("one_join_needed", "s", number=2), "j", "k"),
    ),
    (
        process(split("s", "p"), node("p", "j", "li"), join("j", "s")),
        finding("one_branch", "s"),
    ),
    (process(*BRANCHES[:3], join("j", "p")), finding("unknown_split", "j", split="p")),
    (process(*BRANCHES[:3], join("j", "no")), finding("unknown_split", "j", split="no")),
    (
        process(node("x", "j", "wu"), *BRANCHES),
        w(finding("join_outside", "j"), "draft", "x", "j"),
    ),
    (
        process(
            split("s", "t", "q"),
            split("t", "m", "n"),
            node("m", "j", "li", relies=()),
            node("n", "j", "wu", relies=()),
            node("q", "j", "chen", relies=()),
            join("k", "t", "j"),
            join("j", "s"),
        ),
        w(finding("wrong_join", "j", split="s", open="t"), "draft", "s", "t", "m", "j"),
    ),
    (
        process(split("s", "p", "q"), node("p", "end", "li"), *BRANCHES[2:]),
        w(finding("end_inside_branch", "end", split="s"), "draft", "s", "p", "end"),
    ),
    (
        process(split("s", "p", "q"), node("p", "q", "li", relies=()), *BRANCHES[2:]),
        w(finding("branches_meet", "q", split="s"), "draft", "s", "p", "q"),
    ),
    (
        process(node("x", (Edge("p", Row("a", ">", 1)), Edge("s")), "wu"), *BRANCHES),
        w(finding("crosses_branch", "p"), "draft", "x", "s", "p"),
    ),
    (
        process(node("x", "y", "li"), node("y", "end", "chen", on_fail="no")),
        finding("unknown_node", "y", key="on_fail", node="no"),
    ),
    (
        process(*BRANCHES[:3], join("j", "s", "y"), node("y", "end", "wu", on_fail="j")),
        finding("nobody_stands_there", "y", key="on_fail", node="j"),
    ),
    (
        process(
            node("x", (Edge("y", Row("a", ">", 1)), Edge("z")), "li"),
            node("y", "z", "chen"),
            node("z", "end", "wu", on_fail="y"),
        ),
        w(finding("on_fail_not_before", "z", node="y"), "draft", "x", "z"),
    ),
    (
        process(
            node("x", (Edge("y", Row("a", ">", 1)), Edge("t")), "li"),
            node("y", "z", "chen"),
            node("t", "t2", "wu", kind=TASK),
            node("t2", "z", "wu", kind=TASK),
            node("z", "end", "wu", on_fail="y"),
        ),
        w(finding("on_fail_not_before", "z", node="y"), "draft", "x", "t", "t2", "z"),
    ),
    (
        process(node("x", "y", "li", on_fail="y"), node("y", "end", "chen")),
        w(finding("on_fail_not_before", "x", node="y"), "draft", "x"),
    ),
    (
        process(node("x", "y", "li", returns=("y",)), node("y", "end", "chen")),
        finding("return_ahead", "x", node="y"),
    ),
    (
        process(node("x", "end", "li", returns=("no",))),
        finding("unknown_node", "x", key="returns", node="no"),
    ),
    # names
    (
        process(node("x", "end", "li"), fields=(*FIELDS, FIELDS[0])),
        finding("duplicate_field", field="a"),
    ),
    (
        process(node("x", "end", "li"), **form(Field("c", "c", "choice"))),
        finding("options_misfit", field="c", type="choice"),
    ),
    (
        process(node("x", "end", "li"), **form(Field("c", "c", "text", options=("p",)))),
        finding("options_misfit", field="c", type="text"),
    ),
    (
        process(node("x", "end", "li"), **form(Field("c", "c", "choice", options=("p", "p")))),
        finding("duplicate_option", field="c"),
    ),
    (
        process(node("x", "end", "li", relies=("zz",))),
        finding("unknown_field", "x", key="relies", field="zz"),
    ),
    (
        process(node("x", "end", "li", kind=TASK, edits=("zz",))),
        finding("unknown_field", "x", key="edits", field="zz"),
    ),
    (
        process(node("x", (Edge("end", Row("zz", "=", 1)), Edge("end")), "li")),
        finding("unknown_field", "x", key="next", field="zz"),
    ),
    (
        process(node("x", (Edge("end", Row("a", "has", 1)), Edge("end")), "li")),
        finding("operator_misfit", "x", key="next", field="a", operator="has"),
    ),
    (
        process(node("x", (Edge("end", Row("a", "=", "1")), Edge("end")), "li")),
        finding("value_misfit", "x", key="next", field="a", value="1"),
    ),
    (
        process(node("x", "end", Seat(SeatKind.FIELD, "a"))),
        finding("field_names_nobody", "x", field="a"),
    ),
    (
        process(node("x", "end", Seat(SeatKind.FIELD, "zz"))),
        finding("field_names_nobody", "x", field="zz"),
    ),
    (
        process(
            node("x", "end", Seat(SeatKind.FIELD, "who"), kind=TASK),
            **form(Field("who", "who", "person")),
        ),
        warning("seat_may_be_empty", "x", field="who"),
    ),
    (
        process(node("x", "end", Seat(SeatKind.FIELD, "who")), **form(PERSON)),
        warning("initiator_picks", "x", field="who"),
    ),
    (
        process(node("x", "end", Seat(SeatKind.RELATION, "friend"))),
        finding(
            "unknown_relation",
            "x",
            value="friend",
            options="unit_head, unit_leader, upper_head, initiator",
        ),
    ),
    (
        process(node("x", "end", Seat(SeatKind.RELATION, "initiator"))),
        finding("initiator_decides", "x"),
    ),
    (
        process(node("x", "end", "li", "li", rule=ONE)),
        warning("same_seat_twice", "x", seat="li"),
    ),
    *(
        (
            process(node("x", "end", "li", **{key: (word,)})),
            finding("bad_range", "x", key=key, value=word),
        )
        for key in ("transfer", "add", "consult", "circulate")
        for word in ("all", "post:", "any:x", "team:x", "post")
    ),
    (
        process(node("x", "end", "li", effects=("shout",))),
        finding("unknown_effect", "x", value="shout", options="archive, number, pay, seal, send"),
    ),
    (
        process(node("x", "end", "li"), conflicts=(("x", "yy"),)),
        finding("unknown_duty", "conflicts", duty="yy"),
    ),
    (
        process(node("x", "end", person("li", duty="sign")), conflicts=(("x", "sign"),)),
        finding("unknown_duty", "conflicts", duty="x"),
    ),
    (
        process(node("x", "end", "li"), amount="zz"),
        finding("amount_misfit", "amount", field="zz"),
    ),
    (
        process(node("x", "end", "li"), amount="t", **form(Field("t", "t", "text"))),
        finding("amount_misfit", "amount", field="t"),
    ),
    (
        process(node("x", "end", "li"), amount="n", **form(Field("n", "n", "number", many=True))),
        finding("amount_misfit", "amount", field="n"),
    ),
    (
        process(node("x", "end", "li"), recall="before:zz"),
        finding("unknown_node", "recall", key="recall", node="zz"),
    ),
    *(
        (process(node("x", "end", "li"), recall=word), finding("bad_recall", "recall", value=word))
        for word in ("sometimes", "before", "after:x")
    ),
    (process(node("x", "end", "li"), override=""), warning("no_override", "posts")),
    (process(node("x", "end", "li"), head=""), warning("no_head", "posts")),
    # single nodes
    (process(replace(node("x", "end", "li"), name="")), warning("no_name", "x")),
    (process(node("x", "end")), finding("no_seats", "x")),
    (process(node("x", "end", "li", edits=("a",))), finding("decider_edits", "x")),
    (
        replace(SOUND, nodes=(*SOUND.nodes[:-1], replace(END, edges=(Edge("x"),)))),
        finding("edges_after_end", "end"),
    ),
    (process(node("x", "end", "li", on_fail="edge")), finding("no_fail_edges", "x")),
    (process(node("x", "end", kind=NodeKind.CASE)), finding("no_sub", "x")),
    (process(node("x", "end", kind=NodeKind.CASE, sub="test")), warning("starts_itself", "x")),
    (
        process(node("x", "end", "li", "chen", race=True)),
        finding("race_needs_one", "x"),
    ),
    (
        process(node("x", "end", "li", "chen", race=True, rule=Rule(Counting.COUNT, 2))),
        finding("race_needs_one", "x"),
    ),
    (
        process(node("x", "end", "li", "chen", rule=Rule(Counting.COUNT, 3))),
        finding("count_beyond_seats", "x", count=3, seats=2),
    ),
    (
        process(node("x", "end", "li", "chen", min_people=3)),
        finding("people_beyond_seats", "x", count=3, seats=2),
    ),
    (
        process(node("x", "end", person("li", weight=2), "chen", rule=ONE)),
        finding("weights_with_count", "x"),
    ),
    (
        process(node("x", "end", person("li", weight=2), "chen")),
        warning("weights_without_ratio", "x"),
    ),
    (
        process(node("x", "end", post("spare"), fallback="spare")),
        warning("fallback_is_seat", "x", post="spare"),
    ),
    (process(node("x", "end", "li", add_depth=2)), warning("depth_without_add", "x")),
    (
        process(node("x", "end", "li", claim_within=Limit(60))),
        warning("claim_without_pool", "x"),
    ),
    (process(node("x", "end", "li", assign="clerk")), warning("claim_without_pool", "x")),
    (
        process(node("x", "end", Seat(SeatKind.POOL, "spare"))),
        warning("pool_without_assigner", "x"),
    ),
    # independence
    (
        process(node("x", "y", "li"), node("y", "end", "chen", kind=TASK, edits=("a",))),
        finding("edits_undeclared", "y", field="a", node="x"),
    ),
    (
        process(
            node("x", "y", "li", relies=("a",)), node("y", "end", "chen", kind=TASK, edits=("a",))
        ),
        warning("edits_relied", "y", field="a", node="x"),
    ),
    (
        process(
            split("s", "p", "q"),
            node("p", "j", "li"),
            node("q", "j", "wu", kind=TASK, edits=("a",)),
            join("j", "s"),
        ),
        finding("edits_undeclared", "q", field="a", node="p"),
    ),
    (
        process(node("x", "y", "li"), node("y", "end", "li")),
        warning("same_decider", "y", node="x"),
    ),
    (
        process(node("x", "y", "li"), node("y", "end", "chen", "li", rule=ONE)),
        warning("same_decider", "y", node="x"),
    ),
    (
        process(
            node("x", "t", "li", relies=()),
            node("t", "y", "wu", kind=TASK),
            node("y", "end", "li"),
        ),
        warning("same_decider", "y", node="x"),
    ),
    (
        process(node("x", "end", "li"), min_deciders=2),
        w(finding("too_few_deciders", "min_deciders", needed=2, found=1), "draft", "x", "end"),
    ),
]


@pytest.mark.parametrize(("definition", "expected"), CASES)
def test_it_is_found(definition: Definition, expected: Finding) -> None:
    assert expected in check(definition)
    assert check(definition, directory())  # with people it is found as well
    if expected.severity == "error":
        assert is_refused(check(definition))


GOOD: list[Definition] = [
    process(*BRANCHES[:2], node("q", "j", "wu", kind=TASK, edits=("a",)), join("j", "s")),
    process(
        node("x", (Edge("y", Row("a", ">", 1)), Edge("z")), "li"),
        node("y", "z", "chen"),
        node("z", "end", "wu", on_fail="x", returns=("y", "draft", "previous", "any")),
    ),
    process(*BRANCHES[:3], join("j", "s", "y"), node("y", "end", "wu", on_fail="p", relies=())),
    process(node("x", "end", "li"), amount="a", recall="before:x"),
    process(node("x", "end", "li"), recall="never"),
    process(node("a:b", "end", "li"), recall="before:a:b"),
    process(node("x", "end", "li", transfer=("post:a:b",))),
    process(node("x", "end", "li"), recall="before_decision", conflicts=(("x", "draft"),)),
    process(node("x", "end", person("li", duty="sign")), conflicts=(("draft", "sign"),)),
    process(node("x", "end", "li", transfer=("any", "unit", "post:spare", "unit:office"))),
    process(node("x", "end", "li", effects=("number", "seal", "send", "pay", "archive"))),
    process(node("x", "end", "li", "chen", race=True, rule=ONE)),
    process(node("x", "end", "li", "chen", rule=Rule(Counting.COUNT, 2), min_people=2)),
    process(node("x", "end", person("li", weight=2), "wu", rule=Rule(Counting.AT_LEAST, 1, 1, 2))),
    process(node("x", "end", person("li", weight=2), "wu", rule=Rule(Counting.MORE_THAN, 1, 1, 2))),
    process(node("x", "end", post("spare"), fallback="clerk")),
    process(node("x", "end", "spare", fallback="spare"), override="x"),
    process(node("x", "end", "li", add_depth=2, add=("any",)), min_deciders=20),
    process(
        node("x", "end", Seat(SeatKind.POOL, "spare"), claim_within=Limit(1), assign="clerk"),
    ),
    process(node("x", "y", "li"), node("y", "end", "li"), conflicts=(("x", "y"),)),
    process(
        node("x", "y", person("li", duty="draw")),
        node("y", "end", person("li", duty="sign")),
        conflicts=(("draw", "sign"),),
    ),
    process(node("x", "y", "li"), node("y", "end", "chen", "li")),
    process(node("x", "y", "li"), node("y", "end", "chen", "li", rule=ONE, min_people=2)),
    process(node("x", "end", "li", kind=NodeKind.INSTRUCT), min_deciders=0),
    process(node("x", "end", Seat(SeatKind.RELATION, "initiator"), kind=TASK), min_deciders=0),
    process(node("x", "end", kind=NodeKind.CASE, sub="other"), min_deciders=0),
    process(
        node("t", "x", "wu", kind=TASK, edits=("who",)),
        node("x", "end", Seat(SeatKind.FIELD, "who")),
        **form(Field("who", "who", "unit", many=True)),
    ),
    process(
        node("t", (Edge("x", Row("who", "filled")), Edge("end")), "wu", kind=TASK),
        node("x", "end", Seat(SeatKind.FIELD, "who"), kind=TASK),
        **form(Field("who", "who", "post")),
        min_deciders=0,
    ),
    process(
        node("t", (Edge("x", All((Row("who", "filled"),))), Edge("end")), "wu", kind=TASK),
        node("x", "end", Seat(SeatKind.FIELD, "who"), kind=TASK),
        **form(Field("who", "who", "post")),
        min_deciders=0,
    ),
    process(node("x", "y", "li", relies=("b",)), node("y", "end", "chen", kind=TASK, edits=("a",))),
    process(node("x", "end", "li", on_fail="draft", returns=("draft",))),
    process(  # a loop that a person ends, and an edit before the decision only
        node("t", "x", "chen", kind=TASK, edits=("a",)),
        node("x", "end", "li", on_fail="edge", fail_edges=(Edge("t"),)),
    ),
]


@pytest.mark.parametrize("definition", GOOD)
def test_nothing_is_found(definition: Definition) -> None:
    assert check(definition) == ()


CHANGES: dict[str, Any] = {
    "seats": (person("li"),),
    "rule": ONE,
    "race": True,
    "hold_open": True,
    "abstain": True,
    "min_people": 2,
    "limit": Limit(1),
    "relies": (),
    "edits": ("a",),
    "always_fresh": True,
    "delegable": False,
    "on_fail": "draft",
    "returns": (),
    "fallback": "spare",
    "transfer": ("any",),
    "add": ("any",),
    "consult": (),
    "circulate": (),
    "beside": True,
    "add_depth": 2,
    "claim_within": Limit(1),
    "assign": "spare",
    "take_back": "never",
    "effects": ("pay",),
    "split": "x",
    "sub": "y",
}
PEOPLE_KINDS = {"decide", "task", "acknowledge", "instruct"}
ALLOWED = {
    **dict.fromkeys(CHANGES, PEOPLE_KINDS),
    **{key: {"decide"} for key in ("race", "hold_open", "abstain", "on_fail")},
    "edits": {"draft", "task", "decide"},
    "split": {"join"},
    "sub": {"case"},
}


@pytest.mark.parametrize("key", sorted(CHANGES))
@pytest.mark.parametrize("kind", list(NodeKind))
def test_an_attribute_means_something_only_at_its_kinds(key: str, kind: NodeKind) -> None:
    odd = replace(Node("n", "n", kind), **{key: CHANGES[key]})
    told = finding("not_for_this_kind", "n", key=key, kind=kind.value)
    found = check(replace(SOUND, nodes=(*SOUND.nodes, odd)))
    assert (told in found) == (kind.value not in ALLOWED[key])


def codes(definition: Definition, code: str) -> list[tuple[str, tuple[str, ...]]]:
    """Where one thing is found, and by which way."""
    return [(one.where, one.witness) for one in check(definition) if one.code == code]


LOOPS = (
    node("x", (Edge("y", Row("a", ">", 1)), Edge("w", Row("a", "=", 1)), Edge("end")), "li"),
    node("y", "z", "li", kind=TASK),
    node("w", "w", "li", kind=TASK),
    node("z", "y", "li", kind=TASK),
)


def test_each_loop_without_exit_is_told_once() -> None:
    assert codes(process(*LOOPS), "loop_without_exit") == [
        ("y", ("draft", "x", "y", "z", "y")),
        ("w", ("draft", "x", "w", "w")),
    ]


def test_each_loop_without_people_is_told_once() -> None:
    idle = [replace(one, kind=INCLUSIVE, seats=()) for one in LOOPS[1:]]
    assert codes(process(LOOPS[0], *idle), "loop_without_people") == [
        ("y", ("y", "z", "y")),
        ("w", ("w", "w")),
    ]


def test_what_was_passed_before_does_not_hang_on_the_order_of_the_nodes() -> None:
    nodes = (
        node("z", "end", "wu", on_fail="b"),
        node("y", "z", "wu"),
        node("b", "y", "chen"),
        node("x", (Edge("b", Row("a", ">", 1)), Edge("y")), "li"),
    )
    expected = [("z", ("draft", "x", "y", "z"))]
    assert codes(process(*nodes, start="x"), "on_fail_not_before") == expected
    assert codes(process(*reversed(nodes), start="x"), "on_fail_not_before") == expected


def test_an_unreachable_node_and_a_lawful_target_hide_no_other() -> None:
    lost = node("lost", "end", "chen")
    bad = node("x", "end", "li", on_fail="y", returns=("any", "zz"))
    definition = process(lost, bad, node("y", "end", "wu"), start="x")
    assert codes(definition, "on_fail_not_before") == [("x", ("draft", "x"))]
    assert finding("unknown_node", "x", key="returns", node="zz") in check(definition)


def test_every_join_in_a_wrong_place_is_told() -> None:
    first = (Edge("j", Row("a", ">", 1)), Edge("k", Row("a", "=", 1)), Edge("zz"))
    nodes = (node("x", first, "li"), *BRANCHES, join("k", "s"))
    assert [where for where, _ in codes(process(*nodes), "join_outside")] == ["j", "k"]


def test_every_node_where_branches_meet_is_told() -> None:
    halves = (
        node("p", (Edge("t", Row("a", ">", 1)), Edge("u")), "li"),
        node("q", (Edge("t", Row("a", ">", 1)), Edge("u")), "chen"),
    )
    tasks = (node("t", "j", "wu", kind=TASK), node("u", "j", "wu", kind=TASK))
    definition = process(split("s", "zz", "p", "q"), *halves, *tasks, join("j", "s"))
    assert [where for where, _ in codes(definition, "branches_meet")] == ["t", "u"]


def test_the_same_decider_is_found_past_everybody_who_does_not_decide() -> None:
    two = (Edge("t", Row("a", ">", 1)), Edge("u"))
    nodes = (
        node("w", "x", "chen", "wu", rule=Rule(Counting.AT_LEAST, 1, 1, 2)),
        node("x", "s", "li"),
        node("s", two, "wu", kind=TASK),
        node("t", "y", "wu", kind=TASK),
        node("u", "y", "wu", kind=TASK),
        node("y", "end", "li"),
    )
    assert [where for where, _ in codes(process(*nodes), "same_decider")] == ["y"]
    assert warning("same_decider", "y", node="x") in check(process(*nodes))


def test_too_large_is_said_and_nothing_else() -> None:
    many = tuple(node(f"n{i}", "end", "li") for i in range(201))
    assert check(process(*many, start="n0")) == (finding("too_many", "nodes", most=200),)
    fields = tuple(Field(f"f{i}", "f", "text") for i in range(201))
    assert check(process(node("x", "end", "li"), fields=fields)) == (
        finding("too_many", "fields", most=200),
    )
    wide = node("x", (Edge("end"),) * 41, "li")
    assert check(process(wide)) == (finding("too_many_edges", "x", most=40),)
    wide = node("x", "end", "li", on_fail="edge", fail_edges=(Edge("end"),) * 41)
    assert check(process(wide)) == (finding("too_many_edges", "x", most=40),)
    assert check(process(split("s", *("x",) * 21), node("x", "end", "li"))) == (
        finding("too_many_edges", "s", most=20),
    )
    assert check(process(node("x", "end", *("li",) * 61))) == (
        finding("too_many_seats", "x", most=60),
    )
    long = All((Row("a", "filled"),) * 61)
    assert check(process(node("x", (Edge("end", long), Edge("end")), "li"))) == (
        finding("too_many_rows", "x", most=60),
    )


def test_errors_come_before_warnings_and_nothing_is_said_twice() -> None:
    bad = process(node("x", "end", "li", "li", rule=Rule(Counting.COUNT, 3)), override="")
    found = check(bad)
    assert [one.severity for one in found] == ["error", "warning", "warning"]
    assert len(set(found)) == len(found)


def test_without_one_draft_the_drawing_is_not_followed() -> None:
    found = check(replace(SOUND, nodes=(*SOUND.nodes, SOUND.nodes[1])))
    assert {one.code for one in found} == {"duplicate_id"}


def test_with_one_name_for_two_nodes_the_drawing_is_not_followed() -> None:
    twice = replace(SOUND, nodes=(*SOUND.nodes, node("x", "nowhere", "li")))
    assert [one.code for one in check(twice) if one.severity == "error"] == [
        "duplicate_id",
        "unknown_node",
    ]
    assert "unreachable" not in {one.code for one in check(twice)}


def test_as_large_as_allowed_is_looked_at() -> None:
    fields = tuple(Field(f"f{i}", "f", "text") for i in range(200))
    long = All((Row("f0", "filled"),) * 60)
    edges = (*(Edge("end", long),) * 39, Edge("end"))
    nodes = (
        node("x", edges, *("li",) * 60, on_fail="edge", fail_edges=edges),
        split("s", *("x",) * 20),
        *(node(f"n{i}", "end", "li") for i in range(196)),
    )
    definition = process(*nodes, fields=fields)
    assert (len(definition.nodes), len(definition.fields)) == (200, 200)
    codes = {one.code for one in check(definition)}
    assert not any(code.startswith("too_many") for code in codes)
    assert "unreachable" in codes
