"""An OFD as lines, and what is merely odd in one: read all the same."""

from __future__ import annotations

import io
import zipfile

import pytest

from zhongshu.kernel.papers.layout import Box, Layout
from zhongshu.office.files import jailed, limits
from zhongshu.office.files.readers.found import Laid
from zhongshu.office.refusal import Refusal

from . import good, laid
from .laid import RED, line, ofd, only, page, resources, said, signed, text

PARTS = dict[str, str | bytes]


def read(parts: PARTS, start: int = 1) -> Laid:
    raw = good.package(parts)
    assert jailed.inspect(io.BytesIO(raw)).kind == "ofd"
    return jailed.layout(io.BytesIO(raw), "ofd", start)


def layout(parts: PARTS) -> Layout:
    return read(parts).layout


def near(found: Box | None, *wanted: float, by: float = 0.2) -> bool:
    assert found is not None
    return all(abs(one - other) <= by for one, other in zip(found, wanted, strict=True))


def test_a_line_has_its_place_its_size_and_its_look() -> None:
    head = text(40, 40, "某某县水务局文件", size=12.0, more='Weight="700"', inside=RED)
    found = layout(ofd(page(head + text(28, 90, "某水〔2026〕12号", size=5.64))))
    assert found.form == "ofd"
    [only_page] = found.pages
    assert (only_page.width, only_page.height) == (210.0, 297.0)
    first, second = only_page.lines
    assert (first.text, first.size, first.red, first.bold) == ("某某县水务局文件", 34.0, True, True)
    assert near(first.box, 40, 40, 136, 52)
    assert (second.text, second.size, second.red, second.bold) == (
        "某水〔2026〕12号",
        16.0,
        False,
        False,
    )


STEPS = [
    ('DeltaX="g 3 6"', 6.0, 0.0),
    ('DeltaX="6 6 6"', 6.0, 0.0),
    ('DeltaX="6 g 2 6"', 6.0, 0.0),
    ('DeltaX="6"', 6.0, 0.0),
    ('DeltaX="g 99 6"', 6.0, 0.0),
    ('DeltaX="G 3 6"', 6.0, 0.0),
    ('DeltaX="6,6,6"', 6.0, 0.0),
    ('DeltaX="g 3 6" DeltaY="0"', 6.0, 0.0),
    ('DeltaY="g 3 6"', 0.0, 6.0),
    ("", 6.0, 0.0),
]


@pytest.mark.parametrize(("steps", "across", "down"), STEPS)
def test_every_way_to_write_steps(steps: str, across: float, down: float) -> None:
    inside = (
        '<ofd:TextObject ID="3" Boundary="20 50 100 6" Size="6">'
        f'<ofd:TextCode X="1" Y="5" {steps}>水源保护</ofd:TextCode></ofd:TextObject>'
    )
    found = only(layout(ofd(page(inside))), "水源保护")
    top = 55 - 0.86 * 6
    assert near(found.box, 21, top, 27 + 3 * across, top + 6 + 3 * down)


def test_narrow_letters_beside_wide_ones_leave_no_spaces() -> None:
    inside = (
        '<ofd:TextObject ID="3" Boundary="20 50 100 6" Size="5.6"><ofd:TextCode X="0" Y="5" '
        'DeltaX="g 3 2.8 5.6 2.8 5.6 2.8 5.6">2026年5月1日</ofd:TextCode></ofd:TextObject>'
    )
    assert said(layout(ofd(page(inside)))) == [["2026年5月1日"]]


def test_words_split_over_objects_and_codes_are_one_line() -> None:
    inside = (
        text(28, 90, "府办专督〔2020〕")
        + text(28 + 10 * 5.6, 90, " ")
        + text(28 + 10 * 5.6 + 1, 90, "24", size=5.6)
    )
    codes = (
        '<ofd:TextObject ID="3" Boundary="28 120 100 6" Size="6"><ofd:TextCode X="0" Y="5" '
        'DeltaX="6">前半</ofd:TextCode><ofd:TextCode X="12" Y="5" DeltaX="6">后半'
        "</ofd:TextCode></ofd:TextObject>"
    )
    assert said(layout(ofd(page(inside + codes)))) == [["府办专督〔2020〕24", "前半后半"]]


def test_a_matrix_scales_and_moves() -> None:
    inside = (
        '<ofd:TextObject ID="3" CTM="0.3528 0 0 0.3528 2 3" Boundary="20 50 60 9" Size="16">'
        '<ofd:TextCode X="0" Y="13.76" DeltaX="16">通知</ofd:TextCode></ofd:TextObject>'
    )
    found = only(layout(ofd(page(inside))), "通知")
    assert found.size == 16.0
    assert near(found.box, 22, 53, 22 + 2 * 5.64, 53 + 5.64)


def test_lying_words_and_turned_letters_are_read() -> None:
    lying = (
        '<ofd:TextObject ID="3" CTM="0 1 -1 0 6 0" Boundary="190 50 6 60" Size="6">'
        '<ofd:TextCode X="0" Y="5" DeltaX="g 3 6">装订线内</ofd:TextCode></ofd:TextObject>'
    )
    upright = (
        '<ofd:TextObject ID="3" Boundary="180 50 6 60" Size="6">'
        '<ofd:TextCode X="0" Y="5" DeltaY="g 3 6.6">竖排文字</ofd:TextCode></ofd:TextObject>'
    )
    assert said(layout(ofd(page(lying + upright)))) == [["竖排文字", "装订线内"]]


def test_a_slanted_watermark_of_an_annotation() -> None:
    note = (
        f'<ofd:PageAnnot xmlns:ofd="{good.OFD}"><ofd:Annot Type="Watermark" ID="5"><ofd:Appearance '
        'Boundary="60 100 80 80"><ofd:TextObject ID="3" CTM="0.7 -0.7 0.7 0.7 0 40" '
        'Boundary="0 0 60 60" Size="9"><ofd:TextCode X="0" Y="8" DeltaX="g 3 9">内部资料'
        "</ofd:TextCode></ofd:TextObject></ofd:Appearance></ofd:Annot></ofd:PageAnnot>"
    )
    listed = (
        f'<ofd:Annotations xmlns:ofd="{good.OFD}"><ofd:Page PageID="100"><ofd:FileLoc>P/A.xml'
        "</ofd:FileLoc></ofd:Page></ofd:Annotations>"
    )
    parts = ofd(
        page(text(28, 150, "正文一行正文")),
        document="<ofd:Annotations>Annots/All.xml</ofd:Annotations>",
        parts={"Doc_0/Annots/All.xml": listed, "Doc_0/Annots/P/A.xml": note},
    )
    assert said(layout(parts)) == [["正文一行正文", "内部资料"]]
    parts["Doc_0/Annots/P/A.xml"] = note.replace('ID="5"', 'ID="5" Visible="false"')
    assert said(layout(parts)) == [["正文一行正文"]]


def test_templates_lie_behind_the_page_and_before_it() -> None:
    common = (
        '<ofd:TemplatePage ID="7" BaseLoc="Tpls/A.xml"/>'
        '<ofd:TemplatePage ID="8" BaseLoc="Tpls/B.xml" ZOrder="Foreground"/>'
    )
    used = (
        '<ofd:Template TemplateID="7" ZOrder="Background"/><ofd:Template TemplateID="8"/>'
        '<ofd:Template TemplateID="99"/>'
    )
    parts = ofd(
        page(text(28, 90, "正文"), used),
        common=common,
        parts={
            "Doc_0/Tpls/A.xml": page(text(40, 40, "模板红头") + line(28, 100, 156)),
            "Doc_0/Tpls/B.xml": page(text(40, 250, "模板页脚")),
        },
    )
    found = layout(parts)
    assert said(found) == [["模板红头", "正文", "模板页脚"]]
    assert len(found.pages[0].rules) == 1


def test_drawings_and_ways_to_draw_are_followed() -> None:
    more = (
        '<ofd:DrawParams><ofd:DrawParam ID="20" Relative="21"/>'
        '<ofd:DrawParam ID="21" Relative="20" LineWidth="0.7">'
        '<ofd:StrokeColor Value="255 0 0"/><ofd:FillColor Value="#ee #20 #25"/>'
        "</ofd:DrawParam></ofd:DrawParams><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit "
        f'ID="30" Width="50" Height="50"><ofd:Content>{text(1, 1, "图中字")}</ofd:Content>'
        "</ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>"
    )
    plain = line(28, 100, 156).replace('<ofd:StrokeColor Value="255 0 0"/>', "")
    plain = plain.replace('LineWidth="0.7"', 'DrawParam="20"')
    inside = (
        f'<ofd:PageBlock ID="40">{plain}'
        '</ofd:PageBlock><ofd:CompositeObject ID="41" Boundary="60 60 50 50" ResourceID="30"/>'
    )
    parts = ofd(page(inside), parts={"Doc_0/PublicRes.xml": resources(more=more)})
    [found] = layout(parts).pages
    assert len(found.rules) == 1
    assert near(found.lines[0].box, 61, 61, 61 + 16.8, 66.6)


def test_a_drawing_that_holds_itself_ends() -> None:
    more = (
        '<ofd:CompositeGraphicUnit ID="30"><ofd:Content><ofd:CompositeObject ID="31" '
        f'Boundary="20 7 9 9" ResourceID="30"/>{text(1, 1, "字")}</ofd:Content>'
        "</ofd:CompositeGraphicUnit>"
    )
    inside = '<ofd:CompositeObject ID="41" Boundary="60 60 50 50" ResourceID="30"/>'
    found = layout(ofd(page(inside), parts={"Doc_0/PublicRes.xml": resources(more=more)}))
    assert said(found) == [["字"] * 5]


def test_red_rules_are_told_and_others_are_not() -> None:
    inside = line(28, 100, 156) + line(28, 200, 156, colour="0 0 0") + line(28, 110, 12)
    filled = (
        '<ofd:PathObject ID="8" Boundary="28 120 156 0.7" Stroke="false" Fill="true">'
        '<ofd:FillColor Value="255 0 0"/><ofd:AbbreviatedData>M 0 0 L 156 0 L 156 0.7 L 0 0.7 C'
        "</ofd:AbbreviatedData></ofd:PathObject>"
    )
    [found] = layout(ofd(page(inside + filled))).pages
    assert [(box.left, box.top) for box in found.rules] == [(28, 100), (28, 120)]


def test_upright_rules_part_cells() -> None:
    both = text(28, 90, "来文单位") + text(53, 90, "某局")
    assert said(layout(ofd(page(both)))) == [["来文单位 某局"]]
    assert said(layout(ofd(page(both + line(51.5, 80, 0, 30, "0 0 0"))))) == [["来文单位", "某局"]]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP"])
def test_a_seal_that_is_a_picture_on_the_page_is_found(kind: str) -> None:
    image = laid.seal(back="white").convert("RGB")
    media = '<ofd:MultiMedia ID="50"><ofd:MediaFile>seal.bin</ofd:MediaFile></ofd:MultiMedia>'
    inside = (
        '<ofd:ImageObject ID="9" CTM="42 0 0 42 0 0" Boundary="100 200 42 42" ResourceID="50"/>'
    )
    parts = ofd(
        page(inside),
        parts={
            "Doc_0/PublicRes.xml": resources(media=media),
            "Doc_0/Res/seal.bin": laid.bytes_of(image, kind),
        },
    )
    found = read(parts)
    assert near(found.layout.pages[0].seals[0], 100, 200, 142, 242, by=2.5)
    assert found.bare == (1,)


def test_a_signature_sets_its_seal_on_its_page() -> None:
    parts = ofd(
        page(text(28, 90, "一")),
        page(text(28, 90, "二")),
        body=laid.SIGNED,
        parts=signed(laid.bytes_of(laid.seal()), page=101),
    )
    first, second = layout(parts).pages
    assert first.seals == ()
    assert second.seals == (Box(100, 200, 140, 240),)


def test_a_strip_of_a_seal_over_the_edge_is_no_seal() -> None:
    parts = ofd(
        page(text(28, 90, "一")),
        body=laid.SIGNED,
        parts=signed(laid.bytes_of(laid.seal()), more='Clip="0 0 6 40"'),
    )
    assert layout(parts).pages[0].seals == ()


def test_attachments_are_named_with_their_suffix() -> None:
    listed = (
        f'<ofd:Attachments xmlns:ofd="{good.OFD}"><ofd:Attachment ID="1" Name="名录"><ofd:FileLoc>'
        'a\\b.xlsx</ofd:FileLoc></ofd:Attachment><ofd:Attachment ID="2" Name="表.docx">'
        "<ofd:FileLoc>c.docx</ofd:FileLoc></ofd:Attachment><ofd:Attachment/></ofd:Attachments>"
    )
    parts = ofd(
        page(text(28, 90, "一")),
        document="<ofd:Attachments>Attachs/All.xml</ofd:Attachments>",
        parts={"Doc_0/Attachs/All.xml": listed},
    )
    assert layout(parts).enclosed == ("名录.xlsx", "表.docx")


def renamed(parts: PARTS, **names: str) -> PARTS:
    return {names.get(name, name): content for name, content in parts.items()}


WHOLE = ofd(page(text(28, 90, "某水〔2026〕12号")))


def changed(old: str, new: str) -> PARTS:
    made = {
        name: part.replace(old, new) if isinstance(part, str) else part
        for name, part in WHOLE.items()
    }
    assert made != WHOLE
    return made


def moved(old: str, new: str) -> PARTS:
    return {name.replace(old, new): part for name, part in WHOLE.items()}


def within(folder: str) -> PARTS:
    return {f"{folder}/{name}": part for name, part in WHOLE.items()}


ODD = {
    "another prefix": {
        name: str(part).replace("ofd:", "x:").replace("xmlns:ofd", "xmlns:x")
        for name, part in WHOLE.items()
    },
    "no prefix": {
        name: part.replace("ofd:", "") if isinstance(part, str) else part
        for name, part in changed("xmlns:ofd", "xmlns").items()
    },
    "another name space": changed("ofdspec.org/2016", "ofdspec.org"),
    "no name space": {
        name: part.replace("ofd:", "").replace(f' xmlns="{good.OFD}"', "")
        if isinstance(part, str)
        else part
        for name, part in changed("xmlns:ofd", "xmlns").items()
    },
    "a path from the root": changed(">Doc_0/", ">/Doc_0/"),
    "pages from the root": changed('BaseLoc="Pages', 'BaseLoc="/Doc_0/Pages'),
    "pages from the root without a slash": changed('BaseLoc="Pages', 'BaseLoc="Doc_0/Pages'),
    "pages by a detour": changed('BaseLoc="Pages', 'BaseLoc="./Tpls/../Pages'),
    "pages with backslashes": changed("Pages/Page_0/Content.xml", "Pages\\Page_0\\Content.xml"),
    "a page that is its folder": changed("Page_0/Content.xml", "Page_0"),
    "a page without a folder": {
        name.replace("Pages/Page_0/Content.xml", "Content_0.xml"): part
        for name, part in changed("Pages/Page_0/Content.xml", "Content_0.xml").items()
    },
    "other cases": moved("Doc_0/Pages", "doc_0/PAGES"),
    "one folder around all": within("文件"),
    "Chinese paths": {
        name.replace("Pages", "页面"): part for name, part in changed("Pages/", "页面/").items()
    },
    "blanks around a path": changed(">Doc_0/Document.xml<", ">\n Doc_0/Document.xml \n<"),
    "no resources": {n: p for n, p in WHOLE.items() if n != "Doc_0/PublicRes.xml"},
    "no size of paper": changed("<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>", ""),
    "an empty size of paper": changed("0 0 210 297", "0 0 0 0"),
    "commas between numbers": changed('Boundary="28 90', 'Boundary="28,90'),
    "objects outside a layer": changed('<ofd:Layer ID="2">', "<ofd:Whatever>"),
}
ODD["objects outside a layer"] = {
    name: part.replace("</ofd:Layer>", "</ofd:Whatever>") if isinstance(part, str) else part
    for name, part in ODD["objects outside a layer"].items()
}


@pytest.mark.parametrize("odd", ODD)
def test_what_is_merely_odd_is_read(odd: str) -> None:
    found = layout(ODD[odd])
    assert said(found) == [["某水〔2026〕12号"]]
    assert near(found.pages[0].lines[0].box, 28, 90, 28 + 5.6 * 11, 95.6)


class Unmarked(zipfile.ZipInfo):
    """An entry whose name is written in an older coding that nothing tells."""

    coding = "utf-8"

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - as zipfile calls it
        return self.filename.encode(self.coding), self.flag_bits & ~0x800


@pytest.mark.parametrize("coding", ["gb18030", "utf-8"])
def test_chinese_names_of_older_programs(coding: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, part in ODD["Chinese paths"].items():
            entry = Unmarked(name)
            entry.coding = coding
            made.writestr(entry, part)
    raw = out.getvalue()
    assert "页面".encode(coding) in raw
    assert said(jailed.layout(io.BytesIO(raw), "ofd").layout) == [["某水〔2026〕12号"]]


def test_backslashes_in_the_package_itself() -> None:
    parts = {name.replace("/", "\\"): part for name, part in WHOLE.items()}
    assert said(layout(parts)) == [["某水〔2026〕12号"]]


def test_a_word_of_the_packing_program_behind_the_package() -> None:
    raw = good.package(WHOLE)[:-2] + b"\x03\x00KRC"
    assert jailed.inspect(io.BytesIO(raw)).pages == 1


def test_several_documents_are_one_paper() -> None:
    parts = ofd(page(text(28, 90, "第一份")))
    second = {
        name.replace("Doc_0", "Doc_1"): part.replace("第一份", "第二份")
        if isinstance(part, str)
        else part
        for name, part in parts.items()
        if name.startswith("Doc_0")
    }
    begin = str(parts["OFD.xml"])
    body = begin[begin.index("<ofd:DocBody>") : begin.index("</ofd:OFD>")]
    parts["OFD.xml"] = begin.replace(body, body + body.replace("Doc_0", "Doc_1"))
    found = layout(parts | second)
    assert said(found) == [["第一份"], ["第二份"]]
    assert jailed.text(io.BytesIO(good.package(parts | second)), "ofd") == ["第一份", "第二份"]


def test_a_long_paper_is_read_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PAGES_AT_ONCE", 2)
    parts = ofd(*(page(text(28, 90, f"第{n}页")) for n in range(3)))
    assert [read(parts, start).more for start in (1, 3)] == [3, 0]
    assert said(read(parts, 3).layout) == [["第2页"]]


def test_an_encrypted_paper_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = ofd(page(""), body="<ofd:Encryptions>x.xml</ofd:Encryptions>")
    with pytest.raises(Refusal, match="encrypted"):
        jailed.inspect(io.BytesIO(good.package(parts)))
