"""Every verb that any code writes to the journal has its words, and no word is left over."""

from __future__ import annotations

import ast

from tests.architecture.source import modules
from zhongshu.kernel.flow.act import VERBS
from zhongshu.office.journal.verb_words import WORDS, verb_words

NOTED = {
    ("processes", "_note"): "process.",
    ("accompany", "_note"): "matter.",
    ("moving", "_note"): "process.",
    ("accompany", "_noted_link"): "",
}
SPARE = {"matter.change", "journal.open"}  # written by name: see sealed.VERBS, kernel OPENING


def written() -> set[str]:
    """Verbs as the source spells them: `verb="..."`, `pen.note("...")`, `_note("...")`."""
    found = {f"flow.{verb.name}" for verb in VERBS.values()}
    for name, _, tree in modules():
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
        found |= {verb for call in calls for verb in spelt(name, call)}
    return found


def spelt(module: str, call: ast.Call) -> list[str]:
    """The verb that this call writes, if it writes one by its name."""
    called = ast.unparse(call.func)
    named = [word.value for word in call.keywords if word.arg == "verb"]
    if called.endswith("record") and "kernel" not in module:
        return said(named, "")
    if called == "pen.note":
        return said(call.args[:1], "people.")
    before = NOTED.get((module.rpartition(".")[2], called))
    return [] if before is None else said(call.args[:1], before)


def said(words: list[ast.expr], before: str) -> list[str]:
    """Plain words, with what stands before them."""
    plain = [word.value for word in words if isinstance(word, ast.Constant)]
    return [before + word for word in plain if isinstance(word, str)]


def test_every_verb_has_words() -> None:
    assert written() - WORDS.keys() == set()


def test_no_words_are_left_over() -> None:
    assert WORDS.keys() - written() - SPARE == set()


def test_both_languages_and_an_unknown_one() -> None:
    assert verb_words("flow.submit", english=False) == "提交"
    assert verb_words("flow.submit", english=True) == "submitted"
    assert verb_words("other.verb", english=True) == "other.verb"
