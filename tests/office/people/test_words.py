"""Every refusal about people can be told, in both languages, and none is told for nothing."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest
from django.utils.translation import override

from zhongshu.kernel.errors import reason
from zhongshu.office import people
from zhongshu.office.people import names, words

HERE = Path(people.__file__).parent


def used() -> set[str]:
    """Every code that the package gives to `reason` or `refuse`, and those of names."""
    found = {"name_empty", "name_long", "name_unseen", "name_formula"}
    for path in HERE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in {"reason", "refuse"}
                and isinstance(node.args[0], ast.Constant)
            ):
                found.add(str(node.args[0].value))
    return found


def test_the_words_are_those_that_are_used() -> None:
    assert used() == set(words.REASONS)


def test_both_languages_name_the_same_things() -> None:
    for code, pair in words.REASONS.items():
        fields = [{name for _, name, _, _ in string.Formatter().parse(one) if name} for one in pair]
        assert fields[0] == fields[1], code


def test_a_sentence_calls_people_by_their_names() -> None:
    found = reason("both_away", person="k1", other="k2")
    assert "张与代理人李不能同时" in words.sentence(
        found, {"k1": "张", "k2": "李"}, language="zh-hans"
    )
    told = words.sentence(reason("name_long", field="number"), {}, language="en")
    assert told == "the staff number is too long"
    office = reason("last_administrator", office="audit")
    assert "安全审计员" in words.sentence(office, {}, language="zh-hans")
    with override("en"):
        assert words.sentences([office, office], {}) == [
            "this is the last active auditor; it cannot be suspended"
        ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  a\u3000 b ", "a b"),
        ("e\u0301", "é"),
        ("𠮷", "𠮷"),
    ],
)
def test_names_are_written_one_way(text: str, expected: str) -> None:
    assert names.tidy(text) == expected
    assert names.faults(expected, 9) == ()


def test_codes() -> None:
    assert all(map(names.is_code, ("records_clerk", "办公室", "a-1")))
    assert not any(map(names.is_code, ("", "a b", "a:b", "a/b", "x" * 41, "a\u200b", "a\n")))
