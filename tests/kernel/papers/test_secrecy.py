"""Marks of state secrets are seen in every shape, and ordinary words are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhongshu.kernel.papers import secrecy
from zhongshu.kernel.papers.secrecy import Verdict

from . import marks


def test_there_are_enough_samples() -> None:
    assert len(marks.CERTAIN) >= 200
    assert len(marks.HARMLESS) >= 50


def test_every_mark_is_seen() -> None:
    assert [page for page in marks.CERTAIN if secrecy.on_page(page) != Verdict.MARK] == []


@pytest.mark.parametrize("page", marks.DOUBTFUL)
def test_what_a_person_must_decide_is_left_to_a_person(page: str) -> None:
    assert secrecy.on_page(page) == Verdict.DOUBT


@pytest.mark.parametrize("page", marks.HARMLESS)
def test_ordinary_words_are_no_mark(page: str) -> None:
    assert secrecy.on_page(page) == Verdict.FREE


@pytest.mark.parametrize("name", marks.NAMES_CERTAIN)
def test_marks_in_names(name: str) -> None:
    assert secrecy.in_name(name) == Verdict.MARK


@pytest.mark.parametrize("name", marks.NAMES_DOUBTFUL)
def test_doubt_in_names(name: str) -> None:
    assert secrecy.in_name(name) == Verdict.DOUBT


@pytest.mark.parametrize("name", marks.NAMES_HARMLESS)
def test_harmless_names(name: str) -> None:
    assert secrecy.in_name(name) == Verdict.FREE


def test_the_worst_of_a_paper_counts() -> None:
    assert secrecy.in_paper("通知.pdf", ["", "通知", "秘密★10年"]) == Verdict.MARK
    assert secrecy.in_paper("秘密.pdf", []) == Verdict.DOUBT
    assert secrecy.in_paper("通知.pdf", ["通知"]) == Verdict.FREE


@given(st.text(alphabet="绝机秘密★☆*级年月长期 \u3000\t\n0１2.:（）件急", max_size=60))
def test_it_ends_whatever_is_written(text: str) -> None:
    assert secrecy.on_page(text) in Verdict
    assert secrecy.in_name(text) in Verdict


@given(
    st.sampled_from(["绝密★20年", "机密★6个月", "秘密★长期"]),
    st.lists(st.sampled_from(" \u3000\u200b\u00a0"), max_size=6),
    st.lists(st.sampled_from(["市水利局文件", "000123", "特急", "", "关于通知"]), max_size=4),
)
def test_gaps_and_lines_above_hide_nothing(mark: str, gaps: list[str], above: list[str]) -> None:
    spread = "".join(letter + gap for letter, gap in zip(mark, [*gaps, *[""] * 9], strict=False))
    assert secrecy.on_page("\n".join([*above, spread, "正文"])) == Verdict.MARK


def test_long_lines_take_no_longer_than_they_are_long() -> None:
    """S37: every pattern on its worst case; a pattern that explodes would never come back."""
    for unit in (
        "0",
        "份号",
        "密级",
        "绝 密 ",
        "0年",
        "特急",
        "机密\t",
        "绝\n",
        " ",
        "第0号",
        "急件0",
    ):
        secrecy.on_page(unit * 20_000)
        secrecy.in_name(unit * 20_000)
