"""Texts are cut so that whatever somebody reads he also finds."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.office.search import naive
from zhongshu.office.search import grams

HAN = st.text(st.sampled_from("水利防汛督办事项〇々が"), min_size=1, max_size=12)
MIXED = st.text(st.sampled_from("水利督办61aB-〔〕 ，ＡЖ　é㈱"), max_size=40)


def found(text: str, question: str) -> bool:
    """By tokens first and spelling then, as the index does it."""
    spelt = grams.spelling(text)
    words = grams.tokens(spelt)
    terms = grams.terms(question)
    return bool(terms) and all(
        all(
            any(word.startswith(token) for word in words) if begins else token in words
            for token, begins in term.tokens
        )
        and (term.exact or term.pattern in spelt)
        for term in terms
    )


@pytest.mark.parametrize(
    ("question", "hit"),
    [
        ("61", True),
        ("2026", True),
        ("6", True),  # a word from its beginning
        ("1", False),
        ("云政办发", True),
        ("政办", True),
        ("号", True),
        ("发", True),
        ("云政办发〔2026〕61号", True),
        ("云政办发[2026]61号", True),
        ("云政办发 61号", True),
        ("办发2026", True),
        ("61 云政", True),
        ("2025", False),
        ("政发", False),
        ("abc", True),
        ("ＡＢＣ", True),
        ("bc", False),
    ],
)
def test_a_document_number_is_found_by_its_parts(question: str, hit: bool) -> None:
    assert found("云政办发〔2026〕61号 关于ABC的通知", question) is hit


@given(HAN, st.data())
def test_any_part_of_a_run_is_found(run: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(run) - 1))
    end = data.draw(st.integers(start + 1, len(run)))
    assert found(f"关于{run}的通知", run[start:end])


@given(MIXED, MIXED)
def test_what_is_found_is_what_a_reader_finds(text: str, question: str) -> None:
    assert found(text, question) == naive.holds(text, question)


@given(st.text(), st.text())
def test_nothing_breaks_it_and_parts_are_the_text(text: str, question: str) -> None:
    terms = grams.terms(question)
    assert "".join(part for part, _ in grams.marked(text, terms)) == text
    grams.spelling(text).encode()  # nothing that cannot be stored
    assert all(token.encode() for term in terms for token, _ in term.tokens)


@given(st.text(st.characters(codec="utf-8")), st.text(st.characters(codec="utf-8")))
def test_no_token_can_be_taken_for_a_word_of_the_index(text: str, question: str) -> None:
    words = {token for term in grams.terms(question) for token, _ in term.tokens}
    for word in words | set(grams.tokens(grams.spelling(text))):
        assert not set(word) & set("\"'*&|!()<>:^{}\\ \t\n〔")


@given(HAN, HAN, HAN)
def test_what_was_found_is_marked(before: str, wanted: str, after: str) -> None:
    parts = grams.marked(f"{before}{wanted}{after}", grams.terms(wanted))
    assert any(hit and grams.fold(wanted) in grams.fold(part) for part, hit in parts)


def test_marks_are_in_the_text_as_it_is_written() -> None:
    text = "《ＡＢＣ》㈱水利e\u0301 x"
    marks = [part for part, hit in grams.marked(text, grams.terms("abc 株 é")) if hit]
    assert marks == ["ＡＢＣ", "㈱", "e\u0301"]


def test_neighbouring_and_overlapping_marks_are_one() -> None:
    assert grams.marked("水利水", grams.terms("水利 利水")) == [("水利水", True)]
    assert grams.marked("水利督", grams.terms("水利督 利")) == [("水利督", True)]
    assert grams.marked("水利督", grams.terms("水 利")) == [("水利", True), ("督", False)]


def test_plain_characters_stay_one_when_folded() -> None:
    plain = [chr(code) for code in range(sys.maxunicode + 1) if grams.PLAIN.fullmatch(chr(code))]
    assert len(plain) > 20000
    assert [char for char in plain if len(grams.fold(char)) != 1] == []
    assert [char for char in plain if unicodedata.combining(char)] == []


def test_variants_and_directions_are_not_seen() -> None:
    assert grams.spelling("葛\U000e0100飾\u202e区\u200b") == " 葛飾区 "


def test_rare_characters_are_characters() -> None:
    rare = "\U00030edd\ue000\U00020bb7"  # plane 3, a private old form, plane 2
    assert found(f"李{rare}同志", rare[1:])


def test_halves_of_pairs_are_no_characters() -> None:
    assert grams.storable("a\ud800b\x00") == "a\ufffdb\ufffd"
    assert grams.terms("\ud800") == ()


def test_a_question_has_an_end() -> None:
    assert len(grams.terms(" ".join("甲乙丙丁戊己庚辛壬癸"))) == grams.MOST
    assert len(grams.terms("水" * 500)[0].pattern) == grams.LONGEST


@given(st.integers(1, 3), st.data())
def test_pieces_lose_nothing(many: int, data: st.DataObject) -> None:
    unit = data.draw(st.sampled_from(("水利督办工程，", "flow meter 61 ", "督")))
    text = unit * (many * grams.PIECE // len(unit) + 7)
    at = data.draw(st.integers(0, len(text) - 40))
    pieces = list(grams.pieces(text))
    wanted = text[at : at + 40].strip()
    assert any(wanted in piece for piece in pieces)
    assert all(len(piece) <= grams.PIECE for piece in pieces)


def test_no_piece_begins_within_a_word() -> None:
    text = "flowmeter " * 2000
    assert {piece.split()[0] for piece in grams.pieces(text)} == {"flowmeter"}


def test_an_endless_word_is_cut_all_the_same() -> None:
    assert len(list(grams.pieces("a" * 20000))) == 3


def test_a_short_text_is_one_piece_and_nothing_is_none() -> None:
    assert list(grams.pieces(" 督办 \n\n 事项 ")) == ["督办\n事项"]
    assert list(grams.pieces("  ")) == [""]


def test_an_excerpt_is_about_what_was_found() -> None:
    text = "前" * 200 + "督办" + "后" * 200
    parts = grams.excerpt(grams.marked(text, grams.terms("督办")))
    assert parts[0][0].startswith("…")
    assert ("督办", True) in parts
    assert parts[-1][0].endswith("…")
    assert sum(len(part) for part, _ in parts) <= 92
