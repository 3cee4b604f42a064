"""Every finding has words in both languages that use only the names it carries."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

from zhongshu.kernel import flow
from zhongshu.kernel.flow.release.finding_words import WORDS

SOURCE = Path(flow.__file__).parent


def produced() -> dict[str, list[set[str]]]:
    """Every code that the source can produce, with the names given at each place."""
    found: dict[str, list[set[str]]] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and _makes(call.func) and call.args:
                first = call.args[0]
                assert isinstance(first, ast.Constant | ast.Name), (path.name, call.lineno)
                if isinstance(first, ast.Constant):
                    names = {word.arg for word in call.keywords if word.arg}
                    found.setdefault(str(first.value), []).append(names)
    return found


def _makes(function: ast.expr) -> bool:
    if isinstance(function, ast.Name):
        return function.id in {"finding", "warning"}
    return isinstance(function, ast.Attribute) and function.attr == "wrong"


PRODUCED = produced()


def test_every_code_has_words_and_no_words_are_idle() -> None:
    assert set(WORDS) == set(PRODUCED)
    assert len(PRODUCED) > 80


@pytest.mark.parametrize("code", sorted(WORDS))
def test_words_use_only_the_names_given(code: str) -> None:
    for template in WORDS[code]:
        used = {name for _, name, _, _ in Formatter().parse(template) if name is not None}
        for names in PRODUCED[code]:
            assert used <= names


@pytest.mark.parametrize("code", sorted(WORDS))
def test_words_are_chinese_and_english(code: str) -> None:
    chinese, english = WORDS[code]
    assert re.search(r"[\u4e00-\u9fff]", chinese)
    assert english.isascii()
    assert not english.endswith(".")
    assert not chinese.endswith("。")
