"""Consent, disputes, reports, results, splits: every reason is told, and only where it holds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhongshu.kernel.errors import Refused, reason
from zhongshu.kernel.supervision.consent import (
    Asked,
    consenter,
    refuse_asking,
    refuse_lead,
    refuse_objecting,
)
from zhongshu.kernel.supervision.results import (
    MARKS,
    Part,
    Report,
    Result,
    refuse_judging,
    refuse_mark,
    refuse_report,
    refuse_result,
    refuse_split,
)
from zhongshu.kernel.supervision.rules import SHIPPED
from zhongshu.kernel.supervision.words import REASONS

GOOD = Asked("postpone", 100, 500, "设备到货延迟", 900)


def codes(refused: Refused | None) -> tuple[str, ...]:
    return refused.codes if refused else ()


def test_a_postponement_in_order_is_not_refused() -> None:
    assert refuse_asking(GOOD, SHIPPED) is None
    assert refuse_asking(Asked("pause", 600, 500, "等上级答复"), SHIPPED) is None


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (Asked("postpone", 501, 500, "x", 900), ("too_late",)),
        (Asked("postpone", 500, 500, " ", 900), ("reason_needed",)),
        (Asked("postpone", 100, 500, "x", 500), ("not_later",)),
        (Asked("postpone", 100, 500, "x"), ("not_later",)),
        (Asked("postpone", 100, 500, "x", 900, granted=2), ("postponed_often",)),
        (Asked("drop", 100, 500, "", pending=True), ("reason_needed", "asked_already")),
        (
            Asked("postpone", 501, 500, "", 1, 3, pending=True),
            ("reason_needed", "asked_already", "too_late", "not_later", "postponed_often"),
        ),
    ],
)
def test_all_reasons_against_an_application(asked: Asked, why: tuple[str, ...]) -> None:
    assert codes(refuse_asking(asked, SHIPPED)) == why


@given(st.integers(0, 1000), st.integers(0, 1000), st.integers(0, 2000), st.integers(0, 5))
def test_never_after_the_due_time_never_backwards(
    now: int, due: int, until: int, granted: int
) -> None:
    if refuse_asking(Asked("postpone", now, due, "x", until, granted), SHIPPED) is None:
        assert now <= due < until
        assert granted < SHIPPED.number["most_postponed"]


def test_each_further_postponement_goes_one_level_up() -> None:
    leaders = ("deputy", "director")
    assert consenter("postpone", 0, leaders, "head") == "deputy"
    assert consenter("postpone", 1, leaders, "head") == "director"
    assert consenter("postpone", 5, leaders, "head") == "director"
    assert consenter("pause", 5, leaders, "head") == "deputy"
    assert consenter("drop", 0, leaders, "head") == "director"
    assert consenter("merge", 0, ("deputy", "deputy"), "head") == "deputy"
    assert consenter("postpone", 0, ("", ""), "head") == ""


@given(st.lists(st.sampled_from(["a", "b", "c", ""])), st.sampled_from(["a", "b"]))
def test_nobody_consents_to_his_own_application(leaders: list[str], asker: str) -> None:
    assert consenter("postpone", 0, tuple(leaders), asker) != asker


def test_the_lead_is_disputed_soon_and_with_a_reason() -> None:
    assert refuse_objecting(0, 1260, "不属我科职责", SHIPPED) is None
    assert codes(refuse_objecting(0, 1261, "", SHIPPED)) == ("reason_needed", "object_too_late")


@pytest.mark.parametrize(
    ("lead", "assistants", "wrong"),
    [
        ("a", (), False),
        ("a", ("b", "c"), False),
        ("", ("b",), True),
        ("a", ("a",), True),
        ("a", ("b", "b"), True),
    ],
)
def test_exactly_one_lead(lead: str, assistants: tuple[str, ...], wrong: bool) -> None:
    assert (refuse_lead(lead, assistants) is not None) is wrong


@pytest.mark.parametrize(
    ("report", "why"),
    [
        (Report(50, "完成 6 处", 0, 40), ()),
        (Report(100, "全部完成", 1, 40), ()),
        (Report(30, "复核后核减", 0, 40, "两处返工"), ()),
        (Report(100, "全部完成", 0), ("hundred_is_result",)),
        (Report(101, "", 1), ("text_needed", "percent")),
        (Report(-1, "x", 1), ("percent",)),
        (Report(30, "x", 0, 40), ("progress_back",)),
    ],
)
def test_reports(report: Report, why: tuple[str, ...]) -> None:
    assert codes(refuse_report(report)) == why


def test_a_report_that_falls_says_by_how_much() -> None:
    refused = refuse_report(Report(30, "x", 0, 40))
    assert refused is not None
    assert dict(refused.reasons[0].about) == {"points": "10"}


@pytest.mark.parametrize(
    ("result", "why"),
    [
        (Result("已完成 12 处整治并验收", 2), ()),
        (Result("基本完成，正在推进扫尾", 1), ("unfinished", "unfinished")),
        (Result("", 0, ("督1", "督2")), ("text_needed", "evidence_needed", "children_open")),
    ],
)
def test_results(result: Result, why: tuple[str, ...]) -> None:
    assert codes(refuse_result(result, SHIPPED)) == why


def test_a_task_is_split_by_what_is_delivered() -> None:
    assert refuse_split([Part("方案", "a"), Part("施工", "a")]) is None
    assert codes(refuse_split([Part("方案", "a")])) == ("two_pieces",)
    assert codes(refuse_split([Part("方案", ""), Part(" ", "b")])) == ("two_pieces",)
    assert codes(refuse_split([Part("方案", "a"), Part("方案", "a")])) == ("same_piece",)


def test_every_reason_speaks_both_languages_and_names_the_same() -> None:
    for code, (zh, en) in REASONS.items():
        assert re.search("[\u4e00-\u9fff]", zh), code
        assert not re.search("[\u4e00-\u9fff]", en), code
        assert set(re.findall(r"{(\w+)}", en)) <= set(re.findall(r"{(\w+)}", zh)), code


@pytest.mark.parametrize(
    ("mark", "own", "why"),
    [
        *((one, False, ()) for one in MARKS),
        ("很好", False, ("mark_unknown",)),
        ("好", True, ("own_mark",)),
        ("", True, ("mark_unknown", "own_mark")),
    ],
)
def test_marks(mark: str, own: bool, why: tuple[str, ...]) -> None:
    found = refuse_mark(mark, own=own)
    assert (found.codes if found else ()) == why


def test_a_mark_that_is_none_says_which_there_are() -> None:
    assert refuse_mark("优", own=False) == Refused(
        (reason("mark_unknown", marks="好、较好、一般、差"),)
    )


def test_nothing_is_judged_before_who_assisted_has_a_mark() -> None:
    assert refuse_judging((), ()) is None
    assert refuse_judging(("供水科",), {"供水科"}) is None
    assert refuse_judging(("供水科", "财务科", "排水科"), {"财务科"}) == Refused(
        (reason("assistants_unmarked", names="供水科、排水科"),)
    )
