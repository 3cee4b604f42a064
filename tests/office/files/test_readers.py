"""Honest files: recognised by content, read whole. In this process, so that coverage sees it."""

from __future__ import annotations

import io
from datetime import date, datetime, time

import pytest

from zhongshu.office.files import jailed, limits
from zhongshu.office.files.readers import sheets
from zhongshu.office.refusal import Refusal

from . import good

KIND = {"csv": "txt_gb", "jpg": "jpeg", "tif": "tiff"}


@pytest.mark.parametrize("suffix", good.samples())
def test_each_kind_is_known_by_its_content(suffix: str) -> None:
    found = jailed.inspect(io.BytesIO(good.samples()[suffix]))
    assert found.kind == KIND.get(suffix, suffix)
    pages = {"pdf": 1, "ofd": 1, "xlsx": 1, "png": 1, "jpg": 1, "tif": 3}
    assert found.pages == pages.get(suffix)


@pytest.mark.parametrize("make", [good.pdf, good.ofd, good.docx])
def test_the_words_are_read(make: object) -> None:
    raw = make(["机密不是这里的词\n第二行", "第二页"])  # type: ignore[operator]
    kind = jailed.inspect(io.BytesIO(raw)).kind
    words = "\n".join(jailed.text(io.BytesIO(raw), kind))
    assert [line for line in words.splitlines() if line] == ["机密不是这里的词", "第二行", "第二页"]


def test_plain_text_and_sheets_are_read() -> None:
    assert jailed.text(io.BytesIO("甲\r\n乙".encode("gb18030")), "txt_gb") == ["甲\n乙"]
    assert jailed.text(io.BytesIO(good.xlsx()), "xlsx") == ["人员\n姓名\t工号\n张三\t7"]
    assert jailed.text(io.BytesIO(b""), "png") == []


def test_the_title_is_read() -> None:
    assert jailed.inspect(io.BytesIO(good.pdf(title="通知"))).title == "通知"
    assert jailed.inspect(io.BytesIO(good.ofd())).title == "通知"


def test_a_word_header_is_read_first() -> None:
    found = jailed.inspect(io.BytesIO(good.docx(["正文"], header="页眉")))
    assert found.head == ("页眉\n正文",)


def test_word_tabs_breaks_deletions_and_text_boxes() -> None:
    parts = good.docx_parts()
    box = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    parts["word/document.xml"] = (
        f'<w:document xmlns:w="{good.W}" xmlns:m="{box}"><w:body><w:p>'
        "<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r>"
        "<w:del><w:r><w:delText>删</w:delText></w:r></w:del>"
        "<m:AlternateContent><m:Choice><w:r><w:t>框</w:t></w:r></m:Choice>"
        "<m:Fallback><w:r><w:tab/><w:t>框</w:t></w:r></m:Fallback></m:AlternateContent>"
        "</w:p></w:body></w:document>"
    )
    assert jailed.text(io.BytesIO(good.package(parts)), "docx") == ["甲\t乙\n丙框"]


def test_the_strict_edition_of_word_is_read_too() -> None:
    parts = good.docx_parts(["机密★10年"])
    body = str(parts["word/document.xml"])
    parts["word/document.xml"] = body.replace(
        good.W, "http://purl.oclc.org/ooxml/wordprocessingml/main"
    )
    assert jailed.inspect(io.BytesIO(good.package(parts))).head == ("机密★10年",)


def test_words_of_one_height_are_one_line_from_left_to_right() -> None:
    parts = good.ofd_parts(["x"])
    parts["Doc_0/Pages/Page_0/Content.xml"] = (
        f'<ofd:Page xmlns:ofd="{good.OFD}">'
        '<ofd:TextObject Boundary="60 20.5 9 9"><ofd:TextCode>二</ofd:TextCode></ofd:TextObject>'
        '<ofd:TextObject Boundary="20 21 9 9"><ofd:TextCode>一</ofd:TextCode></ofd:TextObject>'
        '<ofd:TextObject Boundary="20 40 9 9"><ofd:TextCode>三</ofd:TextCode></ofd:TextObject>'
        "</ofd:Page>"
    )
    assert jailed.text(io.BytesIO(good.package(parts)), "ofd") == ["一二\n三"]


def test_ofd_places_may_begin_at_the_root() -> None:
    parts = good.ofd_parts()
    parts["OFD.xml"] = str(parts["OFD.xml"]).replace(">Doc_0/", ">/Doc_0/")
    assert jailed.inspect(io.BytesIO(good.package(parts))).pages == 1


def test_cells_are_told_as_a_person_reads_them() -> None:
    half_past = datetime(2026, 1, 5, 9, 30)  # noqa: DTZ001 - a cell knows no zone
    row = ["甲", 7, 7.5, True, False, date(2026, 1, 5), half_past, 1e300]
    [(name, rows)] = jailed.rows(io.BytesIO(good.xlsx([row])))
    assert name == "人员"
    assert rows[0][:6] == ["甲", "7", "7.5", "TRUE", "FALSE", "2026-01-05"]
    assert rows[0][7] == "1e+300"
    assert sheets._said(half_past) == "2026-01-05T09:30:00"
    assert sheets._said(datetime(2026, 1, 5)) == "2026-01-05"  # noqa: DTZ001 - nor this one
    assert sheets._said(time(9, 30)) == "09:30:00"


def test_only_spreadsheets_have_rows() -> None:
    with pytest.raises(Refusal, match="not_a_spreadsheet"):
        jailed.rows(io.BytesIO(good.docx()))


@pytest.mark.parametrize(("suffix", "pages"), [("pdf", 1), ("png", 1), ("jpg", 1), ("tif", 3)])
def test_pages_become_pixels(suffix: str, pages: int) -> None:
    kind = KIND.get(suffix, suffix)
    raw = good.samples()[suffix]
    drawn = jailed.picture(io.BytesIO(raw), kind, pages, 120)
    assert drawn.width == 120
    assert len(drawn.pixels) == drawn.width * drawn.height * 3
    assert len(set(drawn.pixels)) > 1, "something is drawn"
    with pytest.raises(Refusal, match="no_such_page"):
        jailed.picture(io.BytesIO(raw), kind, pages + 1, 120)
    with pytest.raises(Refusal, match="no_such_page"):
        jailed.picture(io.BytesIO(raw), kind, 0, 120)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "1", "L", "I;16"])
def test_every_mode_of_picture_is_drawn(mode: str) -> None:
    raw = good.image("PNG", mode)
    assert len(jailed.picture(io.BytesIO(raw), "png", 1, 80).pixels) == 80 * 60 * 3


def test_what_is_clear_is_drawn_on_white() -> None:
    from_clear = io.BytesIO()
    good.Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(from_clear, "PNG")
    assert set(jailed.picture(from_clear, "png", 1, 10).pixels) == {255}


def test_word_has_no_pages_to_draw() -> None:
    with pytest.raises(Refusal, match="no_pages"):
        jailed.picture(io.BytesIO(good.docx()), "docx", 1, 120)


def test_a_banner_is_not_drawn() -> None:
    tall = good.pdf().replace(b"[0 0 595 842]", b"[0 0 10 8420]"[:13].ljust(13))
    with pytest.raises(Refusal, match="page_too_long"):
        jailed.picture(io.BytesIO(tall), "pdf", 1, 960)
    strip = io.BytesIO()
    good.Image.new("L", (1, 500)).save(strip, "PNG")
    with pytest.raises(Refusal, match="page_too_long"):
        jailed.picture(strip, "png", 1, 960)


def test_too_much_text_is_refused_and_never_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "TEXT", 20)
    for suffix in ("pdf", "ofd", "docx", "xlsx", "txt"):
        raw = good.samples()[suffix]
        assert jailed.text(io.BytesIO(raw), suffix)
    long = {"pdf": good.pdf, "ofd": good.ofd, "docx": good.docx}
    for suffix, make in long.items():
        with pytest.raises(Refusal, match="too_much_text"):
            jailed.text(io.BytesIO(make(["一" * 21])), suffix)
    with pytest.raises(Refusal, match="too_much_text"):
        jailed.text(io.BytesIO(good.xlsx([["一" * 21]])), "xlsx")
    with pytest.raises(Refusal, match="too_much_text"):
        jailed.text(io.BytesIO(("一" * 21).encode()), "txt")
    with pytest.raises(Refusal, match="too_much_text"):
        jailed.text(io.BytesIO(("一" * 81).encode()), "txt")
