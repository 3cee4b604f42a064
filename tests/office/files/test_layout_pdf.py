"""A PDF as lines: where they stand, how large, which are red or bold, in which order."""

from __future__ import annotations

import io

import pytest

from zhongshu.kernel.papers.layout import Box, Layout
from zhongshu.office.files import jailed, limits
from zhongshu.office.files.readers.found import Laid
from zhongshu.office.refusal import Refusal

from . import good, laid
from .laid import bar, only, pdf, ring, rule, said, words


def read(raw: bytes, start: int = 1) -> Laid:
    return jailed.layout(io.BytesIO(raw), "pdf", start)


def layout(raw: bytes) -> Layout:
    return read(raw).layout


def near(found: Box | None, *wanted: float, by: float = 1.0) -> bool:
    assert found is not None
    return all(abs(one - other) <= by for one, other in zip(found, wanted, strict=True))


def test_a_line_has_its_place_its_size_and_its_look() -> None:
    found = layout(
        pdf(
            words(40, 50, "某某县水务局文件", size=36, colour="0.9 0 0.07", font="G")
            + words(28, 90, "某水〔2026〕12号")
        )
    )
    assert found.form == "pdf"
    [page] = found.pages
    assert (page.width, page.height) == (210.0, 297.0)
    head, number = page.lines
    assert (head.text, head.size, head.red, head.bold) == ("某某县水务局文件", 36.0, True, True)
    assert (number.text, number.size, number.red, number.bold) == (
        "某水〔2026〕12号",
        16.0,
        False,
        False,
    )
    assert near(head.box, 40, 40, 40 + 8 * 12.7, 52, by=2.5)
    assert number.box is not None
    assert number.box.left == pytest.approx(28, abs=0.2)
    assert number.sure == 1.0


@pytest.mark.parametrize("colour", ["1 0 0", "0.93 0.12 0.14", "0.75 0 0"])
def test_reds_are_red(colour: str) -> None:
    assert only(layout(pdf(words(20, 50, "红头", colour=colour))), "红头").red


@pytest.mark.parametrize("colour", ["0 0 0", "1 0.5 0.5", "0.6 0.3 0.14", "1 0.6 0", "0 0 1"])
def test_other_colours_are_not(colour: str) -> None:
    assert not only(layout(pdf(words(20, 50, "黑字", colour=colour))), "黑字").red


def test_red_ink_in_print_colours_is_red() -> None:
    raw = pdf(words(20, 50, "红头").replace("0 0 0 rg", "0 1 1 0 k"))
    assert only(layout(raw), "红头").red


def test_letters_written_one_by_one_are_a_line() -> None:
    step = 16 * 25.4 / 72
    raw = pdf(
        "".join(words(28 + at * step, 90, sign) for at, sign in enumerate("关于水源保护的通知"))
    )
    assert said(layout(raw)) == [["关于水源保护的通知"]]


def test_letters_in_any_order_are_read_from_left_to_right() -> None:
    step = 16 * 25.4 / 72
    letters = [words(28 + at * step, 90, sign) for at, sign in enumerate("关于水源保护")]
    assert said(layout(pdf("".join(reversed(letters))))) == [["关于水源保护"]]


def test_a_spread_heading_is_one_word_without_spaces() -> None:
    raw = pdf("".join(words(40 + at * 16, 50, sign) for at, sign in enumerate("会议纪要")))
    assert said(layout(raw)) == [["会议纪要"]]


def test_a_written_space_between_names_stays() -> None:
    raw = pdf(words(28, 90, "签发人：张三　李四") + words(28, 110, "two  words"))
    assert said(layout(raw)) == [["签发人：张三 李四", "two words"]]


def test_a_wide_gap_ends_a_line() -> None:
    raw = pdf(words(28, 90, "某水〔2026〕12号") + words(133, 90, "签发人：张三"))
    assert said(layout(raw)) == [["某水〔2026〕12号", "签发人：张三"]]


def test_a_bar_ends_a_line_however_near() -> None:
    both = words(28, 90, "来文单位") + words(54, 90, "某局")
    assert said(layout(pdf(both))) == [["来文单位 某局"]]
    assert said(layout(pdf(both + bar(52.3, 80, 100)))) == [["来文单位", "某局"]]
    assert said(layout(pdf(both + bar(52.3, 100, 120)))) == [["来文单位 某局"]]


def test_words_written_twice_are_told_once() -> None:
    raw = pdf(words(28, 90, "通知") + words(28.2, 90, "通知"))
    assert said(layout(raw)) == [["通知"]]


def test_letters_filled_and_drawn_round_are_bold() -> None:
    raw = pdf(words(28, 90, "通知").replace("BT", "BT 2 Tr"))
    assert only(layout(raw), "通知").bold


def test_what_was_printed_over_words_does_not_mix_with_them() -> None:
    raw = pdf(words(28, 90, "第一层的文字") + words(30, 90.2, "另一层", size=15))
    assert said(layout(raw)) == [["第一层的文字另一层"]]


def test_lines_come_from_top_to_bottom() -> None:
    raw = pdf(words(28, 120, "第二行") + words(28, 90, "第一行") + words(28, 150, "第三行"))
    assert said(layout(raw)) == [["第一行", "第二行", "第三行"]]


LEFT = [
    "左栏第一行有许多文字可读",
    "左栏第二行有许多文字可读",
    "左栏第三行有许多文字可读",
    "左栏第四行有许多文字可读",
    "左栏完",
]
RIGHT = [
    "右栏第一行有许多文字可读",
    "右栏第二行有许多文字可读",
    "右栏第三行有许多文字可读",
    "右栏第四行有许多文字可读",
]


def columns(gap: str = "") -> str:
    return (
        words(60, 40, "横贯两栏的标题横贯两栏的标题横贯两栏")
        + "".join(words(20, 60 + 8 * at, text, size=14) for at, text in enumerate(LEFT))
        + "".join(words(110, 60 + 8 * at, text, size=14) for at, text in enumerate(RIGHT))
        + words(20, 120, "两栏之后的一行")
        + gap
    )


def test_columns_are_read_one_after_the_other() -> None:
    [page] = said(layout(pdf(columns())))
    assert page == ["横贯两栏的标题横贯两栏的标题横贯两栏", *LEFT, *RIGHT, "两栏之后的一行"]


def test_a_ruled_table_is_read_row_by_row() -> None:
    [page] = said(layout(pdf(columns(bar(105, 50, 110)))))
    assert page[1:5] == [LEFT[0], RIGHT[0], LEFT[1], RIGHT[1]]


def test_letters_below_one_another_are_a_vertical_line() -> None:
    raw = pdf(
        "".join(words(180, 50 + 7 * at, sign) for at, sign in enumerate("右起第一行"))
        + "".join(words(170, 50 + 7 * at, sign) for at, sign in enumerate("左边第二行"))
    )
    assert said(layout(raw)) == [["右起第一行", "左边第二行"]]
    box = only(layout(raw), "右起第一行").box
    assert box is not None
    assert box.bottom - box.top > box.right - box.left


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_turned_page_is_read_as_it_is_shown(turned: int) -> None:
    """The text lies in the file so that it is upright on the screen."""
    x, y = 28 * laid.MM, 90 * laid.MM  # from the upper left as shown
    wide, tall = 595.28, 841.89
    matrix = {
        90: f"0 1 -1 0 {y:.2f} {x:.2f}",
        180: f"-1 0 0 -1 {wide - x:.2f} {y:.2f}",
        270: f"0 -1 1 0 {wide - y:.2f} {tall - x:.2f}",
    }[turned]
    raw = pdf(words(0, 0, "某水〔2026〕12号", matrix=matrix), turned=turned)
    [page] = layout(raw).pages
    assert (page.width, page.height) == ((297.0, 210.0) if turned % 180 else (210.0, 297.0))
    [line] = page.lines
    assert line.text == "某水〔2026〕12号"
    assert near(line.box, 28, 84.9, 90.1, 91.1)


def test_lying_words_on_an_upright_page_are_read() -> None:
    raw = pdf(words(28, 40, "正文一行") + words(0, 0, "侧面装订线", matrix="0 1 -1 0 60 300"))
    assert said(layout(raw)) == [["正文一行", "侧面装订线"]]


def test_a_slanted_watermark_is_a_line_by_itself() -> None:
    raw = pdf(
        words(28, 150, "正文一行正文") + words(0, 0, "内部资料", matrix=".7 .7 -.7 .7 90 380")
    )
    assert said(layout(raw)) == [["正文一行正文", "内部资料"]]


def test_a_page_whose_corner_is_elsewhere() -> None:
    raw = pdf(words(28, 90, "某水〔2026〕12号"), box="-100 -50 495.28 791.89")
    assert near(only(layout(raw), "某水〔2026〕12号").box, 63.3, 67.3, 125.4, 73.5)


def test_what_lies_outside_the_page_is_not_read() -> None:
    assert said(layout(pdf(words(28, 90, "里面") + words(28, 400, "外面")))) == [["里面"]]


def test_red_rules_are_told_and_black_ones_are_not() -> None:
    raw = pdf(rule(28, 100, 184) + rule(28, 200, 184, colour="0 0 0") + rule(28, 110, 40))
    [page] = layout(raw).pages
    assert len(page.rules) == 1
    assert near(page.rules[0], 28, 100, 184, 100)


def test_a_rule_that_is_a_filled_box_counts_too() -> None:
    x, y = 28 * laid.MM, (297 - 100) * laid.MM
    [page] = layout(pdf(f"1 0 0 rg {x:.2f} {y:.2f} 440 2 re f")).pages
    assert near(page.rules[0], 28, 99.5, 183, 100)


def test_a_rule_inside_a_drawing_is_found_at_its_place() -> None:
    form = (
        "<</Type/XObject/Subtype/Form/BBox[0 0 500 10]/Length 28>>stream\n"
        "1 0 0 RG 2 w 0 5 m 440 5 l S\nendstream"
    )
    raw = pdf(
        f"q 1 0 0 1 {28 * laid.MM:.2f} {(297 - 100) * laid.MM - 5:.2f} cm /X Do Q", also=[form]
    )
    [page] = layout(raw).pages
    assert near(page.rules[0], 28, 100, 183.2, 100)


@pytest.mark.parametrize("across", [24.0, 38.0, 42.0, 58.0])
def test_a_round_seal_is_found(across: float) -> None:
    [page] = layout(pdf(words(100, 215, "某某县水务局") + ring(100, 200, across))).pages
    assert len(page.seals) == 1
    assert near(page.seals[0], 100, 200, 100 + across, 200 + across, by=2.5)


@pytest.mark.parametrize(
    "other",
    [
        ring(100, 200, 42, colour="0 0 1"),
        ring(100, 200, 10),
        ring(20, 100, 120),
        "1 0 0 rg 280 150 120 120 re f",
        words(40, 50, "某某县水务局文件", size=60, colour="1 0 0"),
    ],
    ids=["blue", "small", "large", "square", "words"],
)
def test_what_is_no_seal(other: str) -> None:
    [page] = layout(pdf(other)).pages
    assert page.seals == ()


def picture(image: bytes, wide: int, tall: int) -> str:
    return (
        f"<</Type/XObject/Subtype/Image/Width {wide}/Height {tall}/ColorSpace/DeviceRGB"
        f"/BitsPerComponent 8/Filter/ASCIIHexDecode/Length {2 * len(image)}>>stream\n"
        f"{image.hex()}\nendstream"
    )


def test_a_seal_that_is_a_picture_is_found() -> None:
    image = laid.seal(200, back="white").convert("RGB")
    wide, left, low = 40 * laid.MM, 100 * laid.MM, 57 * laid.MM
    place = f"q {wide:.2f} 0 0 {wide:.2f} {left:.2f} {low:.2f} cm /X Do Q"
    raw = pdf(words(28, 90, "正文") + place, also=[picture(image.tobytes(), 200, 200)])
    found = read(raw)
    assert found.bare == ()
    assert near(found.layout.pages[0].seals[0], 100, 200, 140, 240, by=2.5)


def test_a_page_of_pictures_without_words_is_bare() -> None:
    image = bytes(12)  # four black pixels
    raw = pdf("q 595 0 0 842 0 0 cm /X Do Q", words(28, 90, "正文"), also=[picture(image, 2, 2)])
    found = read(raw)
    assert found.bare == (1,)
    assert said(found.layout) == [[], ["正文"]]


def test_a_blank_page_is_not_bare() -> None:
    assert read(pdf("", words(28, 90, "正文"))).bare == ()


def spec(name: str) -> str:
    text = name.encode("utf-16-be").hex()
    return f"<</Type/Filespec/F(a)/UF<FEFF{text}>/EF<</F 3 0 R>>>>"


def test_files_in_it_are_named() -> None:
    raw = pdf(
        words(28, 90, "正文"),
        catalogue="/Names<</EmbeddedFiles<</Names[(a) 11 0 R (b) 12 0 R]>>>>",
        also=[spec("名录.xlsx"), spec("表.docx")],
    )
    assert layout(raw).enclosed == ("名录.xlsx", "表.docx")


def test_a_long_paper_is_read_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PAGES_AT_ONCE", 2)
    raw = good.pdf([f"第{n}页" for n in range(5)])
    parts = [read(raw, start) for start in (1, 3, 5)]
    assert [part.more for part in parts] == [3, 5, 0]
    assert [said(part.layout) for part in parts] == [
        [["第0页"], ["第1页"]],
        [["第2页"], ["第3页"]],
        [["第4页"]],
    ]


def test_too_many_objects_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "OBJECTS", 3)
    assert layout(pdf(rule(28, 100, 184) * 3))
    with pytest.raises(Refusal, match="too_hard"):
        read(pdf(rule(28, 100, 184) * 4))


def test_too_many_files_inside_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ENCLOSED", 0)
    raw = pdf("", catalogue="/Names<</EmbeddedFiles<</Names[(a) 11 0 R]>>>>", also=[spec("a")])
    with pytest.raises(Refusal, match="too_many_parts"):
        read(raw)
