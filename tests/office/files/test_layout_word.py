"""DOCX, plain text and pictures as layouts."""

from __future__ import annotations

import io

import pytest

from zhongshu.kernel.papers.layout import Layout, Line
from zhongshu.office.files import jailed, limits
from zhongshu.office.refusal import Refusal

from . import good
from .laid import only, said

STYLES = f"""<w:styles xmlns:w="{good.W}">
<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="32"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:rPr><w:b w:val="0"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="head"><w:basedOn w:val="big"/>
<w:rPr><w:color w:val="E60012"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="big"><w:basedOn w:val="head"/>
<w:rPr><w:sz w:val="72"/><w:b/></w:rPr></w:style>
<w:style w:type="character" w:styleId="ink"><w:rPr><w:color w:val="C00000"/></w:rPr></w:style>
</w:styles>"""


def p(*runs: str, properties: str = "") -> str:
    """A paragraph."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run."""
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def table(*rows: tuple[str, ...]) -> str:
    """A table; each cell is its paragraphs."""
    made = "".join(
        "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in row) + "</w:tr>" for row in rows
    )
    return f"<w:tbl>{made}</w:tbl>"


def layout(body: str, **parts: str) -> Layout:
    """The layout of a document with this body."""
    made = good.docx_parts()
    made["word/document.xml"] = (
        f'<w:document xmlns:w="{good.W}" xmlns:m="http://schemas.openxmlformats.org/'
        f'markup-compatibility/2006"><w:body>{body}</w:body></w:document>'
    )
    made |= {name.replace("__", "/") + ".xml": text for name, text in parts.items()}
    raw = good.package(made)
    assert jailed.inspect(io.BytesIO(raw)).kind == "docx"
    return jailed.layout(io.BytesIO(raw), "docx").layout


def part(root: str, inside: str) -> str:
    """Another part of the same kind of XML."""
    return f'<w:{root} xmlns:w="{good.W}">{inside}</w:{root}>'


def test_paragraphs_are_lines_that_look_as_their_styles_say() -> None:
    body = (
        p(r("某某县水务局文件"), properties='<w:pStyle w:val="head"/>')
        + p(r("某水〔2026〕12号"), r("注", '<w:sz w:val="20"/>'))
        + p(
            r("红字", '<w:rStyle w:val="ink"/>'),
            properties="<w:rPr><w:b/><w:sz w:val='99'/></w:rPr>",
        )
        + p(r("粗字", '<w:b/><w:sz w:val="44"/><w:color w:val="auto"/>'))
        + p()
    )
    found = layout(body, word__styles=STYLES)
    assert found.form == "docx"
    assert found.pages[0].lines == (
        Line("某某县水务局文件", None, 36.0, red=True, bold=True),
        Line("某水〔2026〕12号注", None, 16.0),
        Line("红字", None, 16.0, red=True),
        Line("粗字", None, 22.0, bold=True),
    )


def test_without_styles_there_is_the_usual_size() -> None:
    assert layout(p(r("字"))).pages[0].lines == (Line("字", None, 10.0),)


@pytest.mark.parametrize("value", ["x", "-3", "", "9" * 99, "１２"])
def test_odd_values_say_nothing(value: str) -> None:
    body = p(r("字", f'<w:sz w:val="{value}"/><w:color w:val="{value}"/>'))
    [line] = layout(body).pages[0].lines
    assert line.text == "字"
    assert not line.red


def test_headers_come_first_notes_and_footers_last() -> None:
    header, footer = part("hdr", p(r("页眉"))), part("ftr", p(r("页脚")))
    found = layout(
        p(r("正文")),
        word__header1=header,
        word__header2=header,
        word__footer1=footer,
        word__footnotes=part("footnotes", p(r("注文"))),
    )
    assert said(found) == [["页眉", "正文", "注文", "页脚"]]


def test_tables_stand_in_order_and_rows_are_lines_with_tabs() -> None:
    body = (
        p(r("前"))
        + table(
            (p(r("某水〔2026〕12号")), p(r("签发人：张三"))),
            (p(r("只有一格")), p()),
            (p(r("甲一")) + p(r("甲二")), p(r("乙"))),
            (p(r("外")) + table((p(r("内一")), p(r("内二")))), p(r("旁"))),
        )
        + p(r("后"))
    )
    assert said(layout(body)) == [
        [
            "前",
            "某水〔2026〕12号\t签发人：张三",
            "只有一格",
            "甲一",
            "甲二",
            "乙",
            "外",
            "内一\t内二",
            "旁",
            "后",
        ]
    ]


def test_a_row_looks_as_its_longest_cell() -> None:
    body = table((p(r("短")), p(r("长的一格", "<w:b/>"))))
    assert only(layout(body), "短\t长的一格").bold


def test_tabs_breaks_and_what_is_not_seen() -> None:
    body = p(
        "<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:noBreakHyphen/></w:r>",
        "<w:del><w:r><w:delText>删</w:delText></w:r></w:del>",
        "<w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom>",
        "<w:ins><w:r><w:t>增</w:t></w:r></w:ins>",
        r("藏", "<w:vanish/>"),
        r("现", '<w:vanish w:val="0"/>'),
        "<w:r><w:instrText>PAGE</w:instrText></w:r>",
    )
    assert said(layout(body)) == [["甲\t乙", "丙-增现"]]


def test_a_text_box_is_read_once_and_apart() -> None:
    box = f"<w:txbxContent>{p(r('框中'))}</w:txbxContent>"
    body = p(
        r("前"),
        f"<m:AlternateContent><m:Choice><w:r>{box}</w:r></m:Choice>"
        f"<m:Fallback><w:r>{box}</w:r></m:Fallback></m:AlternateContent>",
        r("后"),
    )
    assert said(layout(body)) == [["框中", "前后"]]


def test_pages_begin_where_they_are_told_to() -> None:
    size = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
    body = (
        p(r("一"), '<w:r><w:br w:type="page"/></w:r>')
        + p(r("二"))
        + p(r("三"), properties="<w:pageBreakBefore/>")
        + p(r("四"), properties='<w:pageBreakBefore w:val="0"/>')
        + p(r("五甲"), "<w:r><w:lastRenderedPageBreak/><w:t>五乙</w:t></w:r>")
        + p("<w:r><w:lastRenderedPageBreak/><w:t>六</w:t></w:r>")
        + p(r("七"), properties=size)
        + p(r("八"))
    )
    found = layout(body)
    assert said(found) == [["一"], ["二"], ["三", "四", "五甲五乙"], ["六", "七"], ["八"]]
    assert (found.pages[0].width, found.pages[0].height) == (210.01, 297.0)


def test_the_strict_edition_is_read_alike() -> None:
    made = good.docx_parts()
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    body = p(r("红字", '<w:color w:val="FF0000"/>'), properties='<w:pStyle w:val="big"/>')
    made["word/document.xml"] = (
        f'<w:document xmlns:w="{strict}"><w:body>{body}</w:body></w:document>'
    )
    made["word/styles.xml"] = STYLES.replace(good.W, strict)
    found = jailed.layout(io.BytesIO(good.package(made)), "docx").layout
    assert found.pages[0].lines == (Line("红字", None, 36.0, red=True, bold=True),)


def test_embedded_files_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    made = good.docx_parts() | {"word/embeddings/名录.xlsx": b"x"}
    assert jailed.layout(io.BytesIO(good.package(made)), "docx").layout.enclosed == ("名录.xlsx",)
    monkeypatch.setattr(limits, "ENCLOSED", 0)
    with pytest.raises(Refusal, match="too_many_parts"):
        jailed.layout(io.BytesIO(good.package(made)), "docx")


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_plain_text_in_every_coding(coding: str) -> None:
    raw = "  某某县水务局  \r\n\r\n关于水源保护的通知\n\f第二页".encode(coding)
    kind = jailed.inspect(io.BytesIO(raw)).kind
    found = jailed.layout(io.BytesIO(raw), kind).layout
    assert (found.form, said(found)) == (
        "text",
        [["某某县水务局", "关于水源保护的通知"], ["第二页"]],
    )
    assert "水源保护" in jailed.text(io.BytesIO(raw), kind)[0]


def test_big_endian_text_that_says_so_is_read() -> None:
    raw = b"\xfe\xff" + "通知".encode("utf-16-be")
    assert jailed.inspect(io.BytesIO(raw)).kind == "txt_u16"
    assert said(jailed.layout(io.BytesIO(raw), "txt_u16").layout) == [["通知"]]


def test_sheets_are_words_in_order() -> None:
    found = jailed.layout(io.BytesIO(good.xlsx()), "xlsx").layout
    assert (found.form, said(found)) == ("text", [["人员", "姓名\t工号", "张三\t7"]])


@pytest.mark.parametrize(
    ("options", "wide"), [({"dpi": (100, 100)}, 40.64), ({}, 210.0), ({"dpi": (1, 1)}, 210.0)]
)
def test_a_picture_has_a_size_and_nothing_to_read(options: dict[str, object], wide: float) -> None:
    found = jailed.layout(io.BytesIO(good.image("PNG", **options)), "png")  # type: ignore[arg-type]
    assert found.bare == (1,)
    [page] = found.layout.pages
    assert (found.layout.form, page.lines) == ("scan", ())
    assert page.width == pytest.approx(wide, abs=0.1)
    assert page.height == pytest.approx(wide * 0.75, abs=0.1)


def test_every_frame_is_a_page() -> None:
    assert jailed.layout(io.BytesIO(good.image("TIFF", frames=3)), "tiff").bare == (1, 2, 3)


def test_too_many_letters_are_refused_and_never_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LETTERS", 20)
    for text, right in (("一" * 20, True), ("一" * 21, False)):
        for kind, raw in (
            ("docx", good.docx([text])),
            ("ofd", good.ofd([text])),
            ("txt", text.encode()),
        ):
            if right:
                assert jailed.layout(io.BytesIO(raw), kind).layout.pages[0].lines
            else:
                with pytest.raises(Refusal, match="too_much_text"):
                    jailed.layout(io.BytesIO(raw), kind)
