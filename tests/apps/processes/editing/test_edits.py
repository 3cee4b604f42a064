"""Edits of unfinished processes: undone by their opposites, total, and nobody's text is lost."""

from __future__ import annotations

import copy
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kernel.flow.readable import some
from zhongshu.apps.processes.editing import edges, formfields, salvage, seats, steps, values
from zhongshu.apps.processes.editing.settings import BASICS, FIELD, NODE, SEAT
from zhongshu.apps.processes.editing.verbs import VERBS, Edited, edit
from zhongshu.kernel.flow.definition import Definition
from zhongshu.kernel.flow.release.check import check
from zhongshu.kernel.flow.text import format as form
from zhongshu.kernel.flow.text.document import Document, load, spell
from zhongshu.kernel.flow.text.format import read

SHIPPED: dict[str, Document] = {
    one.name.removesuffix(".toml"): load(one.read_text("utf-8")) or {}
    for one in files("zhongshu.config").joinpath("flows").iterdir()
}
STEPS = [
    (name, place) for name, one in sorted(SHIPPED.items()) for place in range(len(one["nodes"]))
]


def press(document: Document, part: str, do: str, **more: str) -> Edited:
    before = copy.deepcopy(document)
    posted = {"do": [do], **{key.replace("_", "-"): [value] for key, value in more.items()}}
    made = edit(document, part, posted)
    assert document == before, "an edit never changes what it was given"
    assert load(spell(made.document)) == made.document
    return made


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_each_edit_is_undone_by_its_opposite(name: str) -> None:
    document = SHIPPED[name]
    for place, node in enumerate(document["nodes"]):
        part = f"step-{place}"
        for do, back in (("up", "down"), ("down", "up")):
            there = press(document, part, do)
            edge = (place == 0 and do == "up") or (
                place == len(document["nodes"]) - 1 and do == "down"
            )
            if not edge:
                assert press(there.document, there.part, back).document == document, (place, do)
        kind = "task" if node["kind"] != "end" else "decide"
        more = press(document, part, "add_step", new_kind=kind, new_name="复核")
        assert more.part == f"step-{place + 1}"
        assert isinstance(read(spell(more.document)), Definition) or node["kind"] == "inclusive"
        assert press(more.document, more.part, "delete").document == document, place
        seat = press(document, part, "add_seat").document
        rows = len(document["nodes"][place].get("seats", []))
        assert press(seat, part, f"row_delete seats-{rows}").document == document
        for at, way in enumerate(edges.listed(node, "next")):
            if "when" not in way:
                asked = press(document, part, f"add_row next-{at}-when").document
                assert asked != document
                again = press(asked, part, f"unask next-{at}-when").document
                assert edges.listed(again["nodes"][place], "next") == edges.listed(node, "next")
        renamed = steps.rename(document, node["id"], "another_name")
        assert node["id"] not in [one["id"] for one in renamed["nodes"]]
        assert steps.rename(renamed, "another_name", node["id"]) == document
    for place, field in enumerate(document["fields"]):
        assert (
            formfields.move(formfields.move(document, place, down=True), place + 1, down=False)
            == document
            or place == len(document["fields"]) - 1
        )
        renamed = formfields.rename(document, field["name"], "another_name")
        back = formfields.rename(renamed, "another_name", field["name"])
        assert read(spell(back)) == read(spell(document))
    added = formfields.add(document, "备注")
    assert formfields.delete(added, len(document["fields"])) == document


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_a_split_is_sound_and_goes_away_again(name: str) -> None:
    document = SHIPPED[name]
    for place, node in enumerate(document["nodes"]):
        if node["kind"] in {"end", "inclusive", "split"}:
            continue
        more = press(document, f"step-{place}", "add_step", new_kind="split", new_name="会审")
        found = read(spell(more.document))
        assert isinstance(found, Definition)
        shape = {"one_join_needed", "branches_meet", "unreachable", "dead_end", "one_branch"}
        assert not shape & {one.code for one in check(found)}, (place, check(found))
        split = more.document["nodes"][place + 1]
        gone = press(more.document, more.part, "delete").document
        assert split["id"] not in spell(gone)


def test_a_renamed_step_takes_every_reference_with_it() -> None:
    document = {
        "recall": "before:look",
        "conflicts": [["look", "pay"], "typed"],
        "nodes": [
            {"id": "draft", "next": "look", "returns": ["draft"]},
            {
                "id": "look",
                "on_fail": "look",
                "returns": ["look", "draft"],
                "next": [{"to": "look"}],
            },
            {
                "id": "join",
                "split": "look",
                "on_fail": [{"to": "look", "when": ["look", "=", "look"]}],
            },
        ],
    }
    made = steps.rename(document, "look", "see")
    assert spell(made).count('"look"') == 2, "only the field and the value of the condition"
    assert made["recall"] == "before:see"
    words = steps.rename(document, "draft", "begin")
    assert words["nodes"][0]["returns"] == ["draft"], "a word that names no step stays"


def test_a_deleted_step_is_led_past() -> None:
    document = {
        "nodes": [
            {"id": "a", "next": [{"to": "b", "when": ["x", "=", 1]}, {"to": "c"}]},
            {"id": "b", "next": "c", "on_fail": "end"},
            {"id": "c", "next": "end", "on_fail": "b", "returns": ["b"]},
            {"id": "end", "kind": "end"},
        ],
        "recall": "before:b",
        "conflicts": [["b", "c"], ["a", "c"]],
    }
    made = steps.delete(document, 1)
    assert made["nodes"][0]["next"] == [{"to": "c", "when": ["x", "=", 1]}, {"to": "c"}]
    assert made["nodes"][1] == {"id": "c", "next": "end", "returns": ["any"]}
    assert "recall" not in made
    assert made["conflicts"] == [["a", "c"]]


def test_what_cannot_be_understood_stays_as_it_was_typed() -> None:
    document = SHIPPED["request"]
    posted = {"limit": ["三"], "limit-unit": ["d"], "min_people": ["两个"], "seats-count": ["1"]}
    made = edit(document, "step-1", posted).document
    node = made["nodes"][1]
    assert (node["limit"], node["min_people"]) == ("三d", "两个")
    found = read(spell(made))
    assert not isinstance(found, Definition)
    assert {one.where for one in found} == {"nodes[1].limit", "nodes[1].min_people"}
    limit = next(one for group in NODE for one in group.settings if one.key == "limit")
    assert values.shown(limit, node) == ["三", "d"]
    better = edit(
        made, "step-1", {"limit": ["3"], "limit-unit": ["d"], "min_people": [""]}
    ).document
    assert isinstance(read(spell(better)), Definition)


def test_an_id_that_another_step_has_is_not_taken() -> None:
    document = SHIPPED["request"]
    other = document["nodes"][2]["id"]
    made = edit(document, "step-1", {"id": [other], "name": ["新名"]})
    assert made.refused == {"id": other}
    assert made.document["nodes"][1]["name"] == "新名", "the rest is kept"
    assert made.document["nodes"][1]["id"] == document["nodes"][1]["id"]
    fields = edit(
        document,
        "fields",
        {"fields-count": ["2"], "fields-0-name": [document["fields"][1]["name"]]},
    )
    assert [*fields.refused] == ["fields-0-name"]


def test_who_is_picked_is_called_by_his_name_unless_one_is_typed() -> None:
    document: Document = {
        "nodes": [{"id": "a", "kind": "task", "seats": [{"post": "", "name": "旧"}]}]
    }
    posted = {"seats-count": ["1"], "seats-0-kind": ["post"], "seats-0-ref": ["cashier"]}
    seat = edit(document, "step-0", posted, {"cashier": "出纳"}).document["nodes"][0]["seats"][0]
    assert seat == {"post": "cashier", "name": "出纳"}
    typed = {**posted, "seats-0-name": ["付款人"]}
    seat = edit(document, "step-0", typed, {"cashier": "出纳"}).document["nodes"][0]["seats"][0]
    assert seat["name"] == "付款人"
    other = {**posted, "seats-0-kind": ["relation"]}
    seat = edit(document, "step-0", other).document["nodes"][0]["seats"][0]
    assert seat == {"relation": ""}, "a post is no relation: to be picked anew"


@pytest.mark.parametrize(
    ("kind", "part", "whole", "rule"),
    [
        ("count", "2", "", {"count": 2}),
        ("count", "两", "", {"count": "两"}),
        ("at_least", "2", "3", {"at_least": "2/3"}),
        ("more_than", "1", "2", {"more_than": "1/2"}),
        ("sequential", "", "", "sequential"),
    ],
)
def test_counting_rules(kind: str, part: str, whole: str, rule: object) -> None:
    node: dict[str, Any] = {"rule": {kind: "9/9"} if "t" in kind else "all"}
    seats.save_counting(node, {"rule": [kind]})
    seats.save_counting(node, {"rule": [kind], "rule-part": [part], "rule-whole": [whole]})
    assert node["rule"] == rule
    assert seats.counting(node) == (kind, part, whole)
    seats.save_counting(node, {"rule": ["all"]})
    assert node == {}


def test_conditions_nest_as_the_grammar_allows() -> None:
    document = copy.deepcopy(SHIPPED["expense"])
    part = f"step-{next(n for n, one in enumerate(document['nodes']) if one['id'] == 'accounting')}"
    made = press(document, part, "add_row next-0-when").document
    made = press(made, part, "add_group next-0-when").document
    made = press(made, part, "add_row next-0-when-2").document
    posted = {
        "next-count": ["2"], "next-0-to": ["pay_approve"], "next-0-when-parts": ["3"],
        "next-0-when-word": ["no-all"],
        "next-0-when-0-field": ["verified"], "next-0-when-0-operator": ["<="],
        "next-0-when-0-value": ["200000"],
        "next-0-when-1-field": ["category"], "next-0-when-1-operator": ["in"],
        "next-0-when-1-value": ["差旅", "会议", ""],
        "next-0-when-2-parts": ["2"], "next-0-when-2-word": ["any"],
        "next-0-when-2-0-field": ["voucher"], "next-0-when-2-0-operator": ["empty"],
        "next-0-when-2-1-field": ["voucher"], "next-0-when-2-1-operator": ["filled"],
        "next-0-when-2-1-no": ["1"],
        "next-1-to": ["leader"],
    }  # fmt: skip
    made = edit(made, part, posted).document
    node = made["nodes"][int(part[5:])]
    inside = {"any": [["voucher", "empty"], {"not": ["voucher", "filled"]}]}
    told = [["verified", "<=", 200000], ["category", "in", ["差旅", "会议"]], inside]
    assert node["next"] == [{"to": "pay_approve", "when": {"not": {"all": told}}}, {"to": "leader"}]
    assert isinstance(read(spell(made)), Definition)
    assert edit(made, part, posted).document == made, "the same form again changes nothing"
    less = press(made, part, "unask next-0-when-2-0").document
    less = press(less, part, "unask next-0-when-2").document
    assert len(less["nodes"][int(part[5:])]["next"][0]["when"]["not"]["all"]) == 2


def test_a_half_filled_row_says_where_it_is() -> None:
    document = SHIPPED["expense"]
    made = press(document, "step-7", "add_way next").document
    found = read(spell(made))
    assert not isinstance(found, Definition)
    assert {one.where for one in found} == {"nodes[7].next[1].to", "nodes[7].next[1].when"}
    drawn = salvage.salvaged(made)
    assert drawn is not None
    assert len(drawn.by_id["accounting"].edges) == 2


SOME = st.recursive(
    st.one_of(st.none().map(lambda _none: "x"), st.integers(), st.text(max_size=3), st.booleans()),
    lambda inside: (
        st.lists(inside, max_size=3)
        | st.dictionaries(
            st.sampled_from(["to", "when", "id", "post", "all", "not"]), inside, max_size=2
        )
    ),
    max_leaves=6,
)
ABOUT = [
    "",
    "next",
    "on_fail",
    "next-0",
    "seats-0",
    "fields-1",
    "conflicts-0",
    "next-0-when",
    "next-0-when-0-1",
]
KEYS = [
    *("next", "seats", "rule", "on_fail", "returns", "kind", "id", "relies", "min_people"),
    *("fields", "conflicts", "nodes", "posts"),
]


@some
@given(st.data())
def test_no_document_is_too_broken_to_be_edited(data: st.DataObject) -> None:
    document = copy.deepcopy(SHIPPED[data.draw(st.sampled_from(["expense", "leave"]))])
    for _ in range(data.draw(st.integers(1, 3))):
        key, value = data.draw(st.sampled_from(KEYS)), data.draw(SOME)
        nodes = document.get("nodes")
        tables = nodes if isinstance(nodes, list) and nodes else [document]
        holder = data.draw(st.sampled_from([document, *[t for t in tables if isinstance(t, dict)]]))
        holder[key] = value
    document = load(spell(document)) or {}
    verb, about = data.draw(st.sampled_from(sorted(VERBS))), data.draw(st.sampled_from(ABOUT))
    part = data.draw(
        st.sampled_from(["basics", "fields", "conflicts", "step-0", "step-3", "step-99"])
    )
    made = press(document, part, f"{verb} {about}").document
    steps.rename(made, "draft", "begin")
    formfields.rename(made, "amount", "sum")
    salvage.salvaged(made)
    for node in (
        [one for one in made["nodes"] if isinstance(one, dict)]
        if isinstance(made.get("nodes"), list)
        else []
    ):
        for setting in (one for group in NODE for one in group.settings):
            values.shown(setting, node)
        edges.ways(node, "next")
        seats.counting(node)


def test_every_key_of_the_format_can_be_set_by_a_form() -> None:
    own = {"format", "version", "conflicts", "fields", "nodes", "posts"}
    top = {one.key for group in BASICS for one in group.settings}
    posts = {f"posts.{key}" for key in form.POSTS}
    assert top == (form.TOP - own) | posts
    node = {one.key for group in NODE for one in group.settings}
    assert node | {"id", "seats", "rule", "next", "on_fail"} == form.NODE
    assert {one.key for one in SEAT} | form.SEAT_KINDS == form.SEAT
    assert {one.key for one in FIELD} == form.FIELD


def test_a_renamed_field_is_renamed_wherever_it_is_asked_for() -> None:
    when = {"all": [["sum", "=", "sum"], {"not": ["sum", "filled"]}]}
    document: Document = {
        "amount": "sum",
        "fields": [{"name": "sum"}],
        "nodes": [
            {
                "relies": ["sum"], "edits": ["sum"], "seats": [{"field": "sum"}, {"post": "sum"}],
                "next": [{"to": "sum", "when": when}],
            }
        ],
    }  # fmt: skip
    made = formfields.rename(document, "sum", "total")
    assert made["fields"] == [{"name": "total", "label": "sum"}]
    assert spell(made).count('"total"') == 7
    kept = made["nodes"][0]
    assert (kept["seats"][1], kept["next"][0]["to"]) == ({"post": "sum"}, "sum")
    assert kept["next"][0]["when"]["all"][0] == ["total", "=", "sum"]
