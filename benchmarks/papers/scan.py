"""Drawn pages as scans: askew, noisy, grey, with a red seal across the signature."""

from __future__ import annotations

import io
import math
import time
from collections.abc import Sequence
from functools import cache
from random import Random

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from .draw import POINT, Sheet, Text, letter

DPI = 200
DOT = DPI / 25.4
NOTO = "/usr/share/fonts/opentype/noto/Noto"
FACES = {
    "fang": "SerifCJK-Regular",
    "kai": "SerifCJK-Regular",
    "song": "SerifCJK-Regular",
    "hei": "SansCJK-Bold",
    "biao": "SerifCJK-Bold",
}
SIMPLIFIED = 2  # the face of the collection


@cache
def _font(face: str, size: int) -> ImageFont.FreeTypeFont:
    """A font of so many dots."""
    return ImageFont.truetype(f"{NOTO}{FACES[face]}.ttc", size, index=SIMPLIFIED)


def write(sheets: Sequence[Sheet], r: Random) -> bytes:
    """A PDF of pictures."""
    pages = [_scanned(_drawn(sheet), r) for sheet in sheets]
    out = io.BytesIO()
    pages[0].save(
        out,
        "PDF",
        resolution=DPI,
        creationDate=time.gmtime(0),  # the same bytes every time
        modDate=time.gmtime(0),
        quality=r.choice((50, 65, 80)),
        save_all=True,
        append_images=pages[1:],
    )
    return out.getvalue()


def _drawn(sheet: Sheet) -> Image.Image:
    """A clean page."""
    page = Image.new("RGB", (round(210 * DOT), round(297 * DOT)), "white")
    draw = ImageDraw.Draw(page)
    for left, top, right, bottom, red in sheet.rules:
        draw.rectangle(
            (left * DOT, top * DOT, right * DOT, max(bottom, top + 0.2) * DOT),
            fill=(205, 30, 30) if red else (30, 30, 30),
        )
    for text in sheet.texts:
        _line(draw, text)
    for x, y, radius, name in sheet.seals:
        page = _seal(page, x, y, radius, name)
    return page


def _line(draw: ImageDraw.ImageDraw, text: Text) -> None:
    """Words, letter by letter."""
    font = _font(text.face, round(text.size * POINT * DOT))
    x = text.x
    base = (text.y + text.size * POINT * 0.88) * DOT
    for sign in text.text:
        draw.text(
            (x * DOT, base),
            sign,
            font=font,
            fill=(200, 25, 25) if text.red else (25, 25, 25),
            anchor="ls",
        )
        x += letter(sign, text.size) + text.spread


def _seal(page: Image.Image, x: float, y: float, radius: float, name: str) -> Image.Image:
    """A round seal with a star, half transparent."""
    size = round(radius * 2 * DOT)
    layer = Image.new("RGBA", (size, size))
    draw = ImageDraw.Draw(layer)
    ink = (210, 30, 40, 165)
    draw.ellipse((2, 2, size - 3, size - 3), outline=ink, width=round(1.1 * DOT))
    middle = size / 2
    star = [
        (
            middle + (0.3 if at % 2 == 0 else 0.12) * size / 1.4 * math.sin(at * math.pi / 5),
            middle - (0.3 if at % 2 == 0 else 0.12) * size / 1.4 * math.cos(at * math.pi / 5),
        )
        for at in range(10)
    ]
    draw.polygon(star, fill=ink)
    font = _font("song", round(4.6 * DOT))
    for at, sign in enumerate(name):
        angle = (at - (len(name) - 1) / 2) * min(24, 250 / len(name))
        glyph = Image.new("RGBA", (round(6 * DOT), round(6 * DOT)))
        ImageDraw.Draw(glyph).text((3 * DOT, 3 * DOT), sign, font=font, fill=ink, anchor="mm")
        turned = glyph.rotate(-angle, resample=Image.Resampling.BICUBIC)
        reach = size * 0.39
        place = (
            round(middle + reach * math.sin(math.radians(angle)) - turned.width / 2),
            round(middle - reach * math.cos(math.radians(angle)) - turned.height / 2),
        )
        layer.alpha_composite(turned, (max(0, place[0]), max(0, place[1])))
    out = page.convert("RGBA")
    out.alpha_composite(
        layer, (max(0, round(x * DOT - size / 2)), max(0, round(y * DOT - size / 2)))
    )
    return out.convert("RGB")


def _scanned(page: Image.Image, r: Random) -> Image.Image:
    """What a scanner makes of it."""
    page = page.rotate(r.uniform(-1.5, 1.5), resample=Image.Resampling.BICUBIC, fillcolor="white")
    if r.random() < 0.3:
        page = page.convert("L").convert("RGB")
    if r.random() < 0.4:
        page = page.filter(ImageFilter.GaussianBlur(r.uniform(0.3, 0.8)))
    noise = Image.frombytes("L", page.size, r.randbytes(page.width * page.height)).convert("RGB")
    return Image.blend(page, noise, r.uniform(0.0, 0.08))
