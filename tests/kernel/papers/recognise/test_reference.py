"""The page about reading says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from zhongshu.kernel.papers.recognise import confidence, demands
from zhongshu.kernel.papers.record import FIELDS

PAGE = (Path(__file__).parents[4] / "docs/reference/reading.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(\w+)` \| .+ \| ([a-z, ]+) \|$", re.MULTILINE)
STRENGTHS = {"must", "usual", "recommend", "may", "practice", "derived", "unit"}


def test_every_field_is_explained_in_order_with_its_strength() -> None:
    rows = ROW.findall(PAGE)
    assert tuple(name for name, _ in rows) == FIELDS
    assert {word for _, said in rows for word in said.split(", ")} <= STRENGTHS


def test_the_figures_of_the_page_are_those_of_the_code() -> None:
    assert f"up to {demands.LATER} days back" in PAGE


def test_every_count_is_of_a_field_and_of_papers_that_were_read() -> None:
    for name, (right, wrong) in confidence.COUNTS.items():
        field, _, rule = name.partition(": ")
        assert field in FIELDS and rule
        assert right >= 0 and wrong >= 0 and right + wrong > 0
