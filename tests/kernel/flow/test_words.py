"""Every refusal and every note has a sentence in both languages, and no sentence is left over."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from zhongshu.kernel.errors import Reason, Refused, reason
from zhongshu.kernel.flow.case import Note
from zhongshu.kernel.flow.refusal_words import REASONS
from zhongshu.kernel.flow.step_words import NOTES, TERMS
from zhongshu.kernel.flow.words import refusal, say, sentence, tell

from .world import Play, node, process

SOURCE = "\n".join(
    path.read_text(encoding="utf-8")
    for path in Path("src/zhongshu/kernel/flow").rglob("*.py")
    if not path.name.endswith("words.py") and "release" not in path.parts
)
NAMES = {"li": "李", "chen": "陈", "n": "审核"}


@pytest.mark.slow  # reads the source, which a mutant is not
def test_every_reason_has_words_and_every_word_a_reason() -> None:
    used = set(re.findall(r'(?:reason|refuse)\(\s*"([a-z_]+)"', SOURCE))
    for pair in re.findall(r'reason\(\s*"([a-z_]+)" if .*? else "([a-z_]+)"', SOURCE):
        used |= set(pair)
    used |= {"opinion_needed", "question_needed"}
    assert used == set(REASONS)


@pytest.mark.slow
def test_every_note_has_words_and_every_word_a_note() -> None:
    used = set(re.findall(r'note\(\s*"([a-z_]+)"', SOURCE))
    used |= {"approve", "disapprove", "abstain", "done", "instruct"}
    assert used == set(NOTES)


@pytest.mark.parametrize("table", [REASONS, NOTES], ids=["reasons", "notes"])
def test_both_languages_speak_and_name_the_same(table: dict[str, tuple[str, str]]) -> None:
    for code, (zh, en) in table.items():
        assert re.search("[\u4e00-\u9fff]", zh), code
        assert not re.search("[\u4e00-\u9fff]", en), code
        names = [set(re.findall(r"{(\w+)}", words)) for words in (zh, en)]
        assert names[0] == names[1], code


def test_names_and_terms_are_put_in() -> None:
    one = reason("conflict", person="li", duty="n", other="pay")
    assert say(one, NAMES) == "李已办“付款”，不得再办“审核”（不相容岗位相互分离）"
    assert say(one, NAMES, "en") == "李 did paid and may not also do 审核: separation of duties"
    assert say(Reason("away"), NAMES) == "不在岗"
    assert TERMS["running"] == ("办理中", "running")
    both = Refused((Reason("joint"), reason("away", person="li"), Reason("joint")))
    assert refusal(both, NAMES, "en").splitlines() == [
        "a joint step has passed; ask the next holder to return the case",
        "李 is away",
    ]
    assert sentence(Note("approve", (("person", "li"),)), NAMES) == "李同意"


def test_a_dry_run_tells_who_is_next_and_whose_work_is_lost() -> None:
    p = Play(process(node("n", "m", "li", "zhao"), node("m", "end", "chen", "zhou")))
    p.submit(a=1)
    p.yes("li")
    assert tell(p.yes("zhao"), NAMES)[-1] == "下一步：陈、zhou"
    lines = tell(p.do(p.back("chen")), {**NAMES, "zhou": "周"}, "en")
    assert lines == ["陈 returns it", "陈's task is void", "周's task is void"]
    p.submit(a=2)
    assert tell(p.do(p.back("li", key="k")), NAMES) != []
    assert tell(p.history[-1]._replace(event=None, asked=()), NAMES) == []
    q = Play(process(node("n", "end", "li", "chen")))
    assert tell(q.submit(a=1), NAMES, "en")[-1] == "next: 李, 陈"
