"""The watermark: who looked, when, and what class of information it is, across the page. 水印。"""

from __future__ import annotations

from PIL import Image, ImageDraw

from . import fonts

INK, STRENGTH = (96, 96, 96), 60  # of 255: read on white, and the page read through it
SLANT = 24  # degrees
SHARE = 44  # the page is so many letters wide


def stamp(page: Image.Image, words: tuple[str, ...]) -> Image.Image:
    """The page with these words all over it. Without a Chinese font only those that it can draw:
    the number and the time still name the person."""
    path = fonts.chinese()
    said = "  ".join(word for word in words if word and (path or word.isascii()))
    size = max(14, page.width // SHARE)
    font = fonts.sized(path, size)
    tile = _tile(said, font, size)
    mask = Image.new("L", page.size)
    for row, top in enumerate(range(-tile.height // 2, page.height, tile.height)):
        for left in range(-(row % 2) * tile.width // 2, page.width, tile.width):
            mask.paste(tile, (left, top))
    page.paste(INK, mask=mask)
    return page


def _tile(said: str, font: fonts.Font, size: int) -> Image.Image:
    """The words once, slanted, with air around them."""
    box = ImageDraw.Draw(Image.new("L", (1, 1))).textbbox((0, 0), said, font=font)
    flat = Image.new("L", (int(box[2]) + 2 * size, int(box[3]) + 2 * size))
    ImageDraw.Draw(flat).text((size, size), said, fill=STRENGTH, font=font)
    return flat.rotate(SLANT, Image.Resampling.BICUBIC, expand=True)
