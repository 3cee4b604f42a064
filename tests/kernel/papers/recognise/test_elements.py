"""Single elements, each with what makes it hard."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.kernel.errors import Refused
from zhongshu.kernel.papers.layout import Box, Layout, Line, Page
from zhongshu.kernel.papers.reading import Contact, Reading
from zhongshu.kernel.papers.recognise import addressees, confidence, contact, issuer, kinds, organs
from zhongshu.kernel.papers.recognise.paper import read, recognise
from zhongshu.kernel.papers.recognise.rows import rows
from zhongshu.kernel.papers.record import FIELDS, empty, record

from .laying import laid, typed

PAPER = """
临江市水利局文件
临水发〔2026〕5号
关于做好防汛工作的通知
各科室：
请抓好落实。
临江市水利局
2026年3月5日
"""


@pytest.mark.parametrize(
    ("text", "parted"),
    [
        (
            "各县（市、区）人民政府，市政府各部门、各直属机构：",
            ["各县（市、区）人民政府", "市政府各部门", "各直属机构"],
        ),
        ("各区、县（市）人民政府：", ["各区、县（市）人民政府"]),
        ("抄送：市委办，市人大办。", ["市委办", "市人大办"]),
        ("市政府", ["市政府"]),
    ],
)
def test_addressees_are_parted(text: str, parted: list[str]) -> None:
    assert list(addressees.parted(text)) == parted


@pytest.mark.parametrize(
    "text", ["临江市水利局", "中共临江市委员会", "临江市人民政府办公室（盖章）", "规划科"]
)
def test_names_of_organs(text: str) -> None:
    assert organs.is_name(text)


@pytest.mark.parametrize(
    "text", ["", "关于水利局", "请报市水利局", "现将有关情况通报如下", "王建国", "附件"]
)
def test_what_is_no_name_of_an_organ(text: str) -> None:
    assert not organs.is_name(text)


def test_the_organ_a_text_begins_with() -> None:
    assert organs.leading("临江市水利局局长办公会议纪要") == "临江市水利局"
    assert organs.leading("工作简报") == ""
    assert organs.names("临江市水利局、王建国") == ()


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("关于做好工作的通知", "通知"),
        ("关于印发《办法》的通知（征求意见稿）", "通知"),
        ("管理办法（试行）", "办法"),
        ("关于情况的调研报告", "调研报告"),
        ("关于有关问题的复函", "函"),
        ("凝心聚力——在全市会议上的讲话", "讲话稿"),
        ("全市工作要点——2026年度", "要点"),
        ("会议纪要", "纪要"),
        ("请示报告", "请示"),
        ("临江市人民政府令", "命令"),
        ("水利工作走在前列", ""),
    ],
)
def test_the_kind_is_the_end_of_the_title(title: str, kind: str) -> None:
    assert kinds.kind(title) == kind


def test_all_fifteen_kinds_are_known() -> None:
    assert len(kinds.STATUTORY) == 15
    assert {kinds.kind(f"关于某事的{kind}") for kind in kinds.STATUTORY} == kinds.STATUTORY
    assert not kinds.AFFAIRS & kinds.STATUTORY


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("联系人：张三，联系电话：0999-2345678", Contact("张三", "0999-2345678")),
        ("联系人：张三、李四；电话：13900001111", Contact("张三", "13900001111")),
        ("联系人：规划科张三，2345678", Contact("张三", "2345678")),
        ("联系人及电话：张三 0999—2345678", Contact("张三", "0999-2345678")),
        ("联系人邮箱：a@b.cn。联系人：张三，电话2345678", Contact("张三", "2345678")),
        ("联系人：张三，邮箱zs@example.cn", Contact("张三", "", "zs@example.cn")),
        ("咨询电话：0999-2345678，邮箱：a@example.cn", Contact("", "0999-2345678", "a@example.cn")),
    ],
)
def test_whom_to_ask(text: str, found: Contact) -> None:
    hit = contact.find(text)
    assert hit is not None
    assert hit[0] == found


@pytest.mark.parametrize("text", ["", "联系人：", "电话：", "请及时联系。"])
def test_nobody_to_ask(text: str) -> None:
    assert contact.find(text) is None


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("a.pdf", "机密★10年\n关于某事的通知", "secret_mark"),
        ("a.pdf", "秘密\n关于某事的通知", "secret_doubt"),
        ("机密 通知.pdf", "关于某事的通知", "secret_mark"),
    ],
)
def test_a_mark_of_secrecy_is_refused_and_nothing_kept(name: str, text: str, code: str) -> None:
    refused = read(name, typed(text))
    assert isinstance(refused, Refused)
    assert refused.codes == (code,)
    assert refused.reasons[0].about == ()


def test_a_paper_without_a_mark_is_read() -> None:
    reading = read("通知.txt", typed(PAPER))
    assert isinstance(reading, Reading)
    assert reading.day is not None
    assert reading.day.value == date(2026, 3, 5)


def test_an_empty_paper_gives_an_empty_reading() -> None:
    assert recognise(Layout("pdf", ())) == Reading()
    found = record(Reading())
    assert found == empty()
    assert set(found) == {*FIELDS, "confidence", "places"}


def test_every_value_has_a_place_and_is_not_quite_sure() -> None:
    found = record(
        recognise(laid("22c|关于做好工作的通知\n16l|各科室：\n16i|请于2026年3月5日前报送。"))
    )
    named = {name for name in FIELDS if found[name] is not None and name != "purpose_reason"}
    assert named <= set(found["places"]) == set(found["confidence"])
    assert all(0 < sure < 1 for sure in found["confidence"].values())
    assert found["places"]["title"][0]["page"] == 1
    assert len(found["places"]["title"][0]["box"]) == 4


def test_what_a_reader_was_unsure_of_counts_less() -> None:
    assert confidence.of("title", "kind", 0.5) < confidence.of("title", "kind", 1.0)
    assert confidence.of("no", "such rule") == 0.5
    assert confidence.of("title", "kind", 7.0) == confidence.of("title", "kind", 1.0)


def test_files_enclosed_are_attachments_where_the_paper_names_none() -> None:
    bare = recognise(typed(PAPER)._replace(enclosed=("名单.xlsx",)))
    assert bare.attachments is not None
    assert bare.attachments.value == ("名单.xlsx",)


def test_annexes_name_themselves_where_no_list_does() -> None:
    paper = laid(
        "22c|关于做好工作的通知\n16l|各科室：\n16i|请抓好落实。\n16r|临江市水利局\n16r|2026年3月5日\n"
        "===\n16l|附件1\n22c|防汛责任人名单和\n22c|物资储备情况一览表\n16i|一、总体要求。\n16l|附件2"
    )
    found = recognise(paper).attachments
    assert found is not None
    assert found.value == ("防汛责任人名单和物资储备情况一览表",)


def test_an_annex_begins_with_its_name_on_one_line() -> None:
    paper = laid(
        "22c|关于做好工作的通知\n16l|各科室：\n16i|请抓好落实。\n16r|临江市水利局\n16r|2026年3月5日\n"
        "===\n16l|附件1：责任人名单\n16r|临江市财政局\n16r|2025年1月1日"
    )
    found = recognise(paper)
    assert found.day is not None and found.day.value == date(2026, 3, 5)
    assert found.issuers is not None and found.issuers.value == ("临江市水利局",)


def test_the_day_of_printing_stands_in_for_a_day_nobody_could_read() -> None:
    paper = typed(
        "关于做好工作的通知\n各科室：\n请抓好落实。\n临江市水利局办公室　　　2026年3月6日印发"
    )
    found = record(recognise(paper))
    assert (found["date"], found["issuer"]) == ("2026-03-06", "临江市水利局")


def test_a_lone_day_at_the_end_is_the_day() -> None:
    found = record(recognise(typed("关于做好工作的通知\n各科室：\n请抓好落实。\n2026年3月5日")))
    assert (found["date"], found["issuer"]) == ("2026-03-05", None)


def test_a_day_beside_its_organ() -> None:
    for line in ("临江市水利局　　　2026年3月5日", "临江市水利局2026年3月5日"):
        found = record(recognise(typed(f"关于做好工作的通知\n各科室：\n请抓好落实。\n{line}")))
        assert (found["date"], found["issuer"]) == ("2026-03-05", "临江市水利局")


def test_a_scrap_of_the_seal_between_name_and_day() -> None:
    paper = typed("关于做好工作的通知\n各科室：\n请抓好落实。\n临江市水利局\n水利\n2026年3月5日")
    assert record(recognise(paper))["issuer"] == "临江市水利局"


def test_claims_that_differ_go_to_the_surer() -> None:
    row = rows(typed("临江市水利局"))[0]
    signed = issuer.Claim(("临江胡市水利局",), "signature", row._replace(sure=0.6))
    head = issuer.Claim(("临江市水利局",), "red", row)
    short = issuer.Claim(("水利局",), "title", row)
    joint = issuer.Claim(("临江市水利局", "临江市财政局"), "red", row)
    assert issuer.choose([]) is None
    for claims, wanted in (
        ([signed, head], head.organs),
        ([short, head], head.organs),
        ([head, joint], joint.organs),
        ([head, signed, short], head.organs),
    ):
        chosen = issuer.choose(claims)
        assert chosen is not None
        assert chosen.organs == wanted


def test_a_bulletin_without_a_title_is_called_by_its_head() -> None:
    found = record(recognise(typed("水利信息\n第8期\n临江市水利局编　　　2026年7月1日")))
    assert (found["title"], found["kind"], found["issuer"]) == ("水利信息", "信息", "临江市水利局")


def test_minutes_in_two_lines_with_no_title_below() -> None:
    text = "临江市水利局\n局务会议纪要\n〔2026〕3号\n2026年3月1日，会议听取了汇报。\n抄送：各科室。"
    found = record(recognise(typed(text)))
    assert (found["kind"], found["number"]) == ("纪要", "〔2026〕3号")


def test_a_telegram_is_one_by_its_head() -> None:
    found = record(recognise(typed("临江市水利局明电\n各单位：\n请做好值班。")))
    assert found["kind"] == "电报"


def test_a_number_broken_over_two_lines_or_cells() -> None:
    for head in ("临水发〔2026〕\n12号", "临水发〔2026〕12\n号"):
        found = record(
            recognise(typed(f"临江市水利局文件\n{head}\n关于工作的通知\n各科室：\n好。"))
        )
        assert found["number"] == "临水发〔2026〕12号"


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("王建国", ["王建国"]),
        ("王 建 国", ["王建国"]),
        ("王　明　李　华", ["王明", "李华"]),
        ("邓雪梅谢芳", ["邓雪梅", "谢芳"]),
        ("王明李文华", ["王明", "李文华"]),
        ("阿不都热依", ["阿不都热依"]),
        ("王建国　李　明", ["王建国", "李明"]),
        ("", None),
        ("临江市水利局", None),
    ],
)
def test_signers(words: str, names: list[str] | None) -> None:
    text = (
        f"临江市水利局文件\n临水报〔2026〕5号　　　签发人：{words}\n关于工作的报告\n市政府：\n好。"
    )
    assert record(recognise(typed(text)))["signer"] == names


def test_publicity_is_one_of_three() -> None:
    for words, value in (
        ("此件主动公开", "主动公开"),
        ("此件不公开", "不予公开"),
        ("公开发布", "主动公开"),
    ):
        found = record(recognise(typed(f"{PAPER}（{words}）")))
        assert found["publicity"] == value


def test_vertical_words_and_stamps_are_not_of_the_paper() -> None:
    page = Page(
        (
            Line("收文编号：123", Box(150, 10, 190, 14), 9, red=True),
            Line("关于做好工作的通知", Box(60, 40, 150, 48), 22),
            Line("装订线内不要答题", Box(10, 60, 15, 160), 12),
            Line("各科室：", Box(28, 60, 50, 66), 16),
            Line("— 1 —", Box(160, 270, 175, 275), 14),
        ),
        210.0,
        297.0,
    )
    texts = [row.text for row in rows(Layout("pdf", (page,)))]
    assert texts == ["关于做好工作的通知", "各科室："]


def test_red_letters_of_a_seal_on_a_scan_are_not_of_the_paper() -> None:
    lines = (
        Line("关于做好工作的通知", Box(60, 40, 150, 48), 22, sure=0.99),
        Line(
            "根据上级部署，现将有关事项通知如下，请各单位遵照执行",
            Box(28, 60, 180, 66),
            16,
            sure=0.99,
        ),
        Line("市水利", Box(120, 200, 150, 212), 30, red=True, sure=0.9),
        Line("2026年3月5日", Box(120, 214, 160, 220), 16, red=True, sure=0.9),
    )
    texts = [row.text for row in rows(Layout("scan", (Page(lines, 210.0, 297.0),)))]
    assert "市水利" not in texts
    assert "2026年3月5日" in texts
    mended = recognise(Layout("scan", (Page((Line("临水发[2026]5号", None, sure=0.9), *lines)),)))
    assert mended.number is not None
    assert mended.number.value.verbatim == "临水发〔2026〕5号"


WORDS = st.sampled_from(
    [
        "临江市水利局文件",
        "临水发〔2026〕5号",
        "关于做好工作的通知",
        "各科室：",
        "附件：1.名单",
        "附件1",
        "2026年3月5日",
        "临江市水利局",
        "抄送：市委办。",
        "临江市水利局办公室　2026年3月5日印发",
        "签发人：王建国",
        "特急",
        "一、请于3月5日前报送。",
        "《",
        "（",
        "",
        "第1期",
    ]
)
NUMBERS = st.floats(-50, 400, allow_nan=False)
BOXES = st.one_of(st.none(), st.builds(Box, NUMBERS, NUMBERS, NUMBERS, NUMBERS))
LINES = st.builds(
    Line,
    st.one_of(WORDS, st.text(max_size=40)),
    BOXES,
    st.floats(0, 60),
    st.booleans(),
    st.booleans(),
    st.floats(0, 1),
)
PAGES = st.builds(
    Page, st.lists(LINES, max_size=12).map(tuple), st.floats(0, 300), st.floats(0, 400)
)


@settings(max_examples=60, deadline=None)
@given(
    st.builds(
        Layout, st.sampled_from(["pdf", "scan", "text"]), st.lists(PAGES, max_size=3).map(tuple)
    )
)
def test_any_layout_gives_a_reading(layout: Layout) -> None:
    found = record(recognise(layout))
    assert set(found) == set(empty())
    assert all(0 <= sure <= 1 for sure in found["confidence"].values())


@pytest.mark.parametrize(
    "text",
    [
        "（会议3月5日前" * 8000,
        "请于3月5日前报送，" * 6000,
        "关于" * 30000,
        "(" * 60000,
        "临江市水利局、" * 8000,
        "\n".join(["3月5日前"] * 15000),
        "\n".join(["2026年3月5日"] * 8000),
        "\n".join(["临江市水利局"] * 8000),
        "\n".join(["附件：1.名单"] * 8000),
        "\n".join(["抄送：市委办，"] * 8000),
        "\n".join(["联系人："] * 15000),
    ],
    ids=lambda text: text[:8].strip(),
)
def test_a_hostile_paper_costs_what_its_length_costs(text: str) -> None:
    start = time.process_time()
    recognise(typed(text))
    assert time.process_time() - start < 10
