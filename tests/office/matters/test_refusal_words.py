"""Every code that an action of matters or files refuses with has a sentence, in both languages."""

from __future__ import annotations

import ast

import pytest
from django.utils import translation

from tests.architecture.source import modules
from zhongshu.kernel.errors import Refused, reason
from zhongshu.kernel.flow.refusal_words import REASONS
from zhongshu.office.files.refusal_words import REASONS as OF_FILES
from zhongshu.office.matters.refusal_words import OWN, told

SAYS = ("zhongshu.office.matters.", "zhongshu.office.files.")


def codes() -> set[str]:
    """What is given to `refuse("...")` and `reason("...")` there."""
    return {
        str(node.args[0].value)
        for name, _, tree in modules()
        if name.startswith(SAYS)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in {"refuse", "reason"}
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }


def test_no_code_is_without_a_sentence() -> None:
    assert codes() - OWN.keys() - REASONS.keys() - OF_FILES.keys() == set()


def test_no_sentence_is_left_over() -> None:
    assert OWN.keys() - codes() == set()


@pytest.mark.parametrize("code", sorted({*OWN, *REASONS, *OF_FILES}))
def test_each_is_said_in_the_language_of_the_page(code: str) -> None:
    for language in ("zh-hans", "en"):
        with translation.override(language):
            said = told(Refused((reason(code, most=12),)), {})
            assert said
            assert "{" not in said or code in OF_FILES
