"""A font with Chinese characters, found where the office or the system keeps them. 字体。"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from django.conf import settings
from PIL import ImageFont

# Best first; free ones before those that came with a system.
WANTED = (
    "DroidSansFallbackFull.ttf",
    "DroidSansFallback.ttf",
    "NotoSansCJK-Regular.ttc",
    "NotoSansCJKsc-Regular.otf",
    "SourceHanSansSC-Regular.otf",
    "NotoSerifCJK-Regular.ttc",
    "LXGWWenKai-Regular.ttf",
    "wqy-microhei.ttc",
    "wqy-zenhei.ttc",
    "simhei.ttf",
    "simsun.ttc",
    "msyh.ttc",
    "PingFang.ttc",
    "uming.ttc",
    "gbsn00lp.ttf",
)
PLACES = ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "/System/Library/Fonts")

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


@cache
def find(places: tuple[str, ...]) -> Path | None:
    """The best font below these folders; None where no Chinese can be drawn."""
    for place in places:
        there = {name: Path(folder, name) for folder, _, names in os.walk(place) for name in names}
        for name in WANTED:
            if name in there:
                return there[name]
    return None


def chinese() -> Path | None:
    """The font this office draws Chinese with: its own first."""
    return find((str(settings.FONTS_ROOT), *PLACES))


@cache
def sized(path: Path | None, size: int) -> Font:
    """A font of this size; without a path the one Pillow carries, which has no Chinese."""
    return ImageFont.truetype(path, size) if path else ImageFont.load_default(size)
