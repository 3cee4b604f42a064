"""A finding as a sentence, in both languages, with or without the process it is about."""

from __future__ import annotations

from zhongshu.kernel.flow.findings import finding
from zhongshu.kernel.flow.release.telling import sentence

from .world import node, process


def test_a_sentence_names_nodes_fields_and_ways() -> None:
    definition = process(node("x", "end", "li"))
    told = finding("too_few_deciders", "min_deciders", needed=2, found=1)
    told = told._replace(witness=("draft", "x", "zz"))
    assert sentence(told, definition) == (
        "min_deciders：须有 2 个不同的人决定，但有一种走法至多 1 个"
        "（“draft”[draft] → “x”[x] → zz）。"
    )
    assert sentence(told, definition, "en") == (
        "min_deciders: 2 different people must decide, but on one way at most 1 can"
        " (draft [draft] -> x [x] -> zz)."
    ).replace("->", "→")


def test_a_node_that_is_named_in_a_sentence_has_its_words_in_the_same_language() -> None:
    definition = process(node("x", "end", "li"))
    told = finding("else_not_last", "draft", number=1, node="x")
    assert "“x”[x]" in sentence(told, definition)
    assert "x [x]" in sentence(told, definition, "en")


def test_a_sentence_without_a_definition() -> None:
    told = finding("unknown_node", "x", key="next", node="y")
    assert sentence(told) == "x：去向（next）指向不存在的节点 y。"
    assert sentence(told, None, "en") == "x: next names y, which is no node."
    assert sentence(finding("no_end")) == "没有办结节点。"
    assert sentence(finding("no_end"), None, "en") == "there is no end."


def test_gaps_are_told_as_values() -> None:
    definition = process(node("x", "end", "li"))
    told = finding("gap", "x", key="on_fail")._replace(witness=("a=5", "b=", "zz=1"))
    assert sentence(told, definition) == (
        "“x”[x]：不通过去向（on_fail）的条件有缺口：这种情形没有去路"
        "（“a”[a] = 5，“b”[b]未填，zz = 1）。"
    )
    assert sentence(told, definition, "en") == (
        "x [x]: the conditions of on_fail leave a gap (a [a] = 5, b [b] not filled in, zz = 1)."
    )


def test_a_value_may_hold_an_equals_sign() -> None:
    told = finding("gap", "x", key="next")._replace(witness=("a=b=c",))
    assert sentence(told, None, "en").endswith("(a = b=c).")


def test_fields_keys_and_other_names() -> None:
    definition = process(node("x", "end", "li"))
    told = finding("unknown_field", "x", key="odd", field="zz")
    assert sentence(told, definition) == "“x”[x]：odd 用了不存在的字段 zz。"
    told = finding("edits_relied", "x", field="a", node="draft")
    assert sentence(told, definition, "en") == (
        "x [x]: writes a [a], on which draft [draft] decided: "
        "every change sends the case back there."
    )
