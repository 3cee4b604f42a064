"""What is asked, and by when."""

from __future__ import annotations

from datetime import date

import pytest

from zhongshu.kernel.papers.layout import Layout, Line, Page
from zhongshu.kernel.papers.recognise import demands, purpose
from zhongshu.kernel.papers.recognise.rows import rows
from zhongshu.kernel.papers.recognise.sentences import Sentence, sentences

TODAY = date(2026, 11, 24)  # a Tuesday


def one(text: str) -> Sentence:
    """A text that is one sentence."""
    return next(sentences(rows(Layout("text", (Page((Line(text),)),)))))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("请于2026年11月30日前报送。", date(2026, 11, 30)),
        ("请于11月30日（星期一）下午5点前报送。", date(2026, 11, 30)),
        ("请于12月1日17：00前反馈。", date(2026, 12, 1)),
        ("请于1月5日前报送。", date(2027, 1, 5)),
        ("请于十二月十五日前报送。", date(2026, 12, 15)),
        ("请于明年3月1日前报送。", date(2027, 3, 1)),
        ("请于本月30日前报送。", date(2026, 11, 30)),
        ("请于下月5日前报送。", date(2026, 12, 5)),
        ("请于11月底前报送。", date(2026, 11, 30)),
        ("请于2027年2月底前报送。", date(2027, 2, 28)),
        ("请于12月中旬前报送。", date(2026, 12, 20)),
        ("请于12月上旬前完成。", date(2026, 12, 10)),
        ("请于3月前完成。", date(2027, 2, 28)),
        ("请于年底前完成。", date(2026, 12, 31)),
        ("请于明年年中前完成。", date(2027, 6, 30)),
        ("请于2026年底前完成。", date(2026, 12, 31)),
        ("请于本周五下班前报送。", date(2026, 11, 27)),
        ("请于下周一前报送。", date(2026, 11, 30)),
        ("请于本周日前报送。", date(2026, 11, 29)),
        ("请于今日18时前报送。", date(2026, 11, 24)),
        ("请于明日12时前报送。", date(2026, 11, 25)),
        ("请于后天前报送。", date(2026, 11, 26)),
        ("报名截止时间为12月8日。", date(2026, 12, 8)),
        ("报名截止时间为12月8日前。", date(2026, 12, 8)),
        ("自本通知印发之日起30日内完成。", date(2026, 12, 24)),
        ("请在收到通知之日起5个工作日内反馈。", None),
        ("请自印发之日起2个月内完成。", None),
        ("请于3日内反馈。", None),
    ],
)
def test_a_day_by_which_something_is_asked(text: str, day: date | None) -> None:
    assert [(due.day, due.text) for due in demands.due(one(text), TODAY)] == [(day, text)]


@pytest.mark.parametrize(
    "text",
    [
        "2026年3月1日召开了会议。",
        "截至2026年10月底，累计完成投资100万元。",
        "已于2026年3月1日前完成。",
        "自2026年5月1日起施行。",
        "请于13月45日前报送。",
        "请于13月底前报送。",
    ],
)
def test_days_that_ask_for_nothing(text: str) -> None:
    assert list(demands.due(one(text), TODAY)) == []


def test_two_days_in_one_sentence() -> None:
    found = demands.due(one("请于12月1日前报名，12月15日前提交材料。"), TODAY)
    assert [due.day for due in found] == [date(2026, 12, 1), date(2026, 12, 15)]


def test_without_a_day_of_the_paper_only_whole_days_are_known() -> None:
    assert [due.day for due in demands.due(one("请于2026年12月1日前报送。"), None)] == [
        date(2026, 12, 1)
    ]
    for text in ("请于12月1日前报送。", "请于本周五前报送。", "请自印发之日起30日内完成。"):
        assert [due.day for due in demands.due(one(text), None)] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "请认真贯彻执行。",
        "妥否，请批示。",
        "各单位要高度重视，要认真组织。",
        "望各单位遵照执行。",
        "恳请安排经费100万元。",
        "盼复。",
        "整改情况报送我局。",
    ],
)
def test_sentences_that_ask(text: str) -> None:
    assert demands.request(one(text))


@pytest.mark.parametrize(
    "text",
    [
        "特此通知。",
        "现将有关情况报告如下。",
        "你局《关于申请经费的请示》（临水〔2026〕5号）收悉。",
        "望海区水利局组织了调研。",
        "申请人应当年满十八周岁。",
        "请知悉。",
    ],
)
def test_sentences_that_do_not(text: str) -> None:
    assert not demands.request(one(text))


@pytest.mark.parametrize(
    ("kind", "title", "asked", "due", "value"),
    [
        ("请示", "", [], [], "action"),
        ("通知", "", [], ["请于明日前报送。"], "action"),
        ("函", "", ["盼复。"], [], "action"),
        ("通知", "", ["请报送总结。"], [], "action"),
        ("通知", "", ["请各单位派员参加会议。"], [], "action"),
        ("通知", "", ["请认真贯彻执行。"], [], "action"),
        ("通报", "", ["希望再接再厉。"], [], "information"),
        ("通知", "关于召开会议的通知", [], [], "action"),
        ("通知", "关于放假的通知", [], [], "information"),
        ("", "", [], [], "information"),
    ],
)
def test_for_action_or_for_information(
    kind: str, title: str, asked: list[str], due: list[str], value: str
) -> None:
    judged = purpose.judge(kind, title, asked, due)
    assert judged.value == value
    assert judged.reason
