"""One glossary: every verb in code stands in it, and it names no verb that is not there."""

from __future__ import annotations

import re
from pathlib import Path

from zhongshu.kernel.flow.act import VERBS

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "words.md"


def test_the_verbs_of_the_glossary_are_the_verbs_of_the_code() -> None:
    verbs = PAGE.read_text(encoding="utf-8").split("## Verbs of the flow")[1]
    assert re.findall(r"^\| ([a-z_]+) \| [\u4e00-\u9fff]", verbs, re.MULTILINE) != []
    named = set(re.findall(r"^\| ([a-z_]+) \| [\u4e00-\u9fff]", verbs, re.MULTILINE))
    assert named == {verb.name for verb in VERBS.values()}
