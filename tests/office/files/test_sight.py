"""The optical reader, where the extra `ocr` is installed: left out only where it is not."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from zhongshu.kernel.papers.layout import Layout
from zhongshu.office.files import fonts, jail, layouts

from . import laid
from .test_jail import opened

sighted = pytest.mark.skipif(not jail.can_see(), reason="the extra ocr is not installed")
DOTS = 200 / 25.4
LINES = (
    (40, 50, "某某县水务局文件", 12.0, "red"),
    (28, 90, "某水〔2026〕12号", 5.6, "black"),
    (133, 90, "签发人：张三", 5.6, "black"),
    (55, 115, "关于开展河道巡查的请示", 7.8, "black"),
    (28, 140, "县人民政府：", 5.6, "black"),
    (100, 215, "某某县水务局", 5.6, "black"),
    (100, 225, "2026年5月1日", 5.6, "black"),
)


def scan(face: Path) -> Image.Image:
    """A paper as a machine sees it: askew, blurred, with a seal."""
    page = Image.new("RGB", (round(210 * DOTS), round(297 * DOTS)), "white")
    draw = ImageDraw.Draw(page)
    for left, top, text, size, colour in LINES:
        font = ImageFont.truetype(str(face), round(size * DOTS))
        draw.text((left * DOTS, top * DOTS), text, fill=colour, font=font)
    draw.line((28 * DOTS, 100 * DOTS, 184 * DOTS, 100 * DOTS), fill="red", width=6)
    seal = laid.seal(round(42 * DOTS))
    page.paste(seal, (round(105 * DOTS), round(202 * DOTS)), seal)
    turned = page.rotate(0.6, Image.Resampling.BICUBIC, fillcolor="white")
    return turned.filter(ImageFilter.GaussianBlur(0.5))


@pytest.fixture(scope="module")
def paper() -> Image.Image:
    """A scan, drawn with a Chinese font of this machine."""
    face = fonts.find(fonts.PLACES)
    if face is None:
        pytest.skip("no Chinese font to draw a scan with")
    return scan(face)


def check(found: Layout) -> None:
    """That the paper was read."""
    assert found.form == "scan"
    [page] = found.pages
    said = {line.text for line in page.lines}
    for wanted in ("某某县水务局文件", "关于开展河道巡查的请示", "2026年5月1日"):
        assert wanted in said
    assert any(text.startswith("某水〔2026〕12") for text in said)
    [head] = [line for line in page.lines if line.text == "某某县水务局文件"]
    assert head.red
    assert head.box is not None
    assert abs(head.box.left - 40) < 4
    assert all(0 < line.sure <= 1 for line in page.lines)
    [seal] = page.seals
    assert abs(seal.left - 105) < 5
    assert any(abs(rule.top - 100) < 5 for rule in page.rules)


@sighted
def test_a_picture_is_read(paper: Image.Image, tmp_path: Path) -> None:
    paper.save(tmp_path / "a.jpg", dpi=(200, 200), quality=70)
    check(layouts.at(tmp_path / "a.jpg"))


@sighted
def test_a_scanned_pdf_is_read(paper: Image.Image, tmp_path: Path) -> None:
    paper.save(tmp_path / "a.pdf", resolution=200, quality=70)
    check(layouts.at(tmp_path / "a.pdf"))


@sighted
def test_a_blank_page_has_nothing_to_read() -> None:
    out = io.BytesIO()
    Image.new("RGB", (1000, 1400), "white").save(out, "PNG")
    with opened(out.getvalue()) as file:
        assert layouts.read(file, "png").pages[0].lines == ()
