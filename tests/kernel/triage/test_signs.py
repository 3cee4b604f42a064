"""What a paper says of its weight: by rows of a table, the strongest first, money in fen."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhongshu.kernel.triage import Facts, Instruction, Origin, Reach, signs

TABLE = """
since = 2026-01-01
source = "示办〔2026〕1号"

[[words]]
fact = "safety"
any = ["险情", "垮塌"]
strength = "unit"
source = "示办〔2026〕1号"

[[words]]
fact = "instruction"
value = "deputy"
any = ["领导批示"]
strength = "G"

[[words]]
fact = "instruction"
value = "head"
any = ["局长批示"]
strength = "G"
title_only = true

[[words]]
fact = "public"
value = "wide"
any = ["上访"]
strength = "G"

[[words]]
fact = "public"
value = 1
any = ["居民"]
strength = "V"

[[senders]]
register = "peer"
origin = "peer"
ends = ["区人民政府"]
strength = "G"

[[senders]]
register = "superior"
origin = "government"
ends = ["人民政府"]
strength = "G"

[[senders]]
register = "superior"
origin = "superior"
begins = ["省"]
ends = ["厅", "局"]
strength = "G"
"""
READ = signs.read(TABLE)


def test_the_table_says_since_when_and_on_whose_word() -> None:
    assert (READ.since.isoformat(), READ.source) == ("2026-01-01", "示办〔2026〕1号")
    first = READ.cues[0]
    assert (first.fact, first.value, first.strength, first.title_only) == (
        "safety",
        1,
        "unit",
        False,
    )
    assert first.source == "示办〔2026〕1号"
    assert READ.cues[1].source == ""
    assert READ.cues[1].value == Instruction.DEPUTY


@pytest.mark.parametrize(
    "row",
    [
        '[[words]]\nfact="colour"\nany=["红"]\nstrength="G"',
        '[[words]]\nfact="safety"\nany=["险情"]\nstrength="sure"',
        '[[words]]\nfact="safety"\nany=[]\nstrength="G"',
        '[[senders]]\nregister="peer"\norigin="peer"\nstrength="sure"',
    ],
)
def test_a_wrong_row_is_refused(row: str) -> None:
    with pytest.raises(ValueError, match=r"^a row of (words|senders) is wrong"):
        signs.read(f'since = 2026-01-01\nsource = "x"\n{row}')


def test_an_unknown_origin_is_refused() -> None:
    with pytest.raises(KeyError):
        signs.read(
            'since=2026-01-01\nsource=""\n[[senders]]\nregister="x"\norigin="moon"\nstrength="G"'
        )


def test_an_empty_table_knows_nothing() -> None:
    empty = signs.read('since = 2026-01-01\nsource = ""')
    assert signs.find(empty, "险情", "险情") == ()
    assert signs.sender(empty, "云泽市人民政府") is None


@pytest.mark.parametrize(
    ("name", "register"),
    [
        ("白鹭区人民政府", "peer"),
        ("云泽市人民政府", "superior"),
        ("省水利厅", "superior"),
        ("省气象局", "superior"),
        ("市水利局", ""),
        ("省水利学会", ""),
        ("", ""),
    ],
)
def test_the_first_row_that_fits_says_where_it_belongs(name: str, register: str) -> None:
    found = signs.sender(READ, name)
    assert (found.register if found else "") == register


def test_words_are_found_in_title_and_text_and_the_strongest_stays() -> None:
    found = signs.find(READ, "局长批示件", "附分管领导批示。出现险情，涉及居民。")
    assert {(sign.fact, sign.value, sign.words) for sign in found} == {
        ("instruction", Instruction.HEAD, "局长批示"),
        ("safety", 1, "险情"),
        ("public", 1, "居民"),
    }


def test_a_weaker_word_after_a_stronger_changes_nothing() -> None:
    (found,) = signs.find(READ, "居民上访", "")
    assert (found.value, found.words) == (Reach.WIDE, "上访")


def test_words_for_the_title_count_nowhere_else() -> None:
    (found,) = signs.find(READ, "通知", "局长批示、领导批示")
    assert (found.value, found.words) == (Instruction.DEPUTY, "领导批示")


def test_a_word_does_not_reach_over_from_title_to_text() -> None:
    assert signs.find(READ, "防止险", "情况") == ()


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("共需 3 元", 300),
        ("1,280.50元", 128_050),
        ("1，280元", 128_000),
        ("2千元", 200_000),
        ("12.5万元", 12_500_000),
        ("0.000001万元", 1),
        ("3亿元和5万元", 30_000_000_000),
        ("3.2亿元", 32_000_000_000),
        ("没有钱", 0),
        ("123456789012亿元", 0),
        ("第3号", 0),
    ],
)
def test_money_is_counted_in_fen(text: str, fen: int) -> None:
    assert signs.amount(text) == fen


@given(st.integers(0, 10**9), st.integers(0, 99))
def test_any_sum_is_read_as_it_is_written(yuan: int, cents: int) -> None:
    assert signs.amount(f"金额{yuan}.{cents:02}元") == yuan * 100 + cents
    assert signs.amount(f"金额{yuan:,}元") == yuan * 100


def test_money_is_a_sign_that_says_the_sum() -> None:
    (found,) = signs.find(READ, "请拨付12万元的请示", "")
    assert found == signs.Sign("money", 12_000_000, "120,000.00 元")


def test_facts_come_from_words_and_from_the_sender() -> None:
    found = signs.find(READ, "局长批示件", "险情，居民，100元")
    assert signs.facts(found, Origin.PEER) == Facts(
        source=Origin.PEER,
        instruction=Instruction.HEAD,
        safety=True,
        money=10_000,
        public=Reach.SOME,
    )
    assert signs.facts((), Origin.OWN) == Facts()
    red = (signs.Sign("red_line", 1, "x"), signs.Sign("legal_duty", 1, "x"))
    assert signs.facts(red, Origin.OWN) == Facts(red_line=True, legal_duty=True)
    from_words = (signs.Sign("source", Origin.GOVERNMENT, "x"),)
    assert signs.facts(from_words, Origin.PEER).source is Origin.GOVERNMENT


def test_the_shipped_table_is_read_and_says_that_it_is_not_verified() -> None:
    text = files("zhongshu.apps.documents").joinpath("data", "signs.toml").read_text("utf-8")
    shipped = signs.read(text)
    assert "未核实" in shipped.source
    assert {cue.strength for cue in shipped.cues} == {"G"}
    known = {name: signs.sender(shipped, name) for name in SENDERS}
    assert {name: row.register if row else "" for name, row in known.items()} == SENDERS


SENDERS = {
    "云泽市人民政府办公室": "superior",
    "中共云泽市委员会": "superior",
    "省水利厅": "superior",
    "白鹭区人民政府": "peer",
    "云泽市财政局": "peer",
    "云泽市信访局": "petition",
    "临溪区水务所": "lower",
    "某某同志": "",
}
