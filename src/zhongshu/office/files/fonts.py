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

# What pages of OFD are drawn with: a face for each of the four that papers are set in.
ROLES = {
    "song": (
        "FZXBSJW.TTF",
        "simsun.ttc",
        "NotoSerifCJK-Regular.ttc",
        "NotoSerifCJKsc-Regular.otf",
        "SourceHanSerifSC-Regular.otf",
        "FandolSong-Regular.otf",
        "uming.ttc",
    ),
    "fang": ("simfang.ttf", "FandolFang-Regular.otf"),
    "kai": ("simkai.ttf", "FandolKai-Regular.otf", "LXGWWenKai-Regular.ttf", "ukai.ttc"),
    "hei": ("simhei.ttf", "NotoSansCJK-Regular.ttc", "NotoSansCJKsc-Regular.otf", *WANTED),
}

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


@cache
def find(places: tuple[str, ...]) -> Path | None:
    """The best font below these folders; None where no Chinese can be drawn."""
    return _best(WANTED, places)


def _best(wanted: tuple[str, ...], places: tuple[str, ...]) -> Path | None:
    """The first of these fonts that is in the first folder that has one."""
    return next(
        (there[name] for there in map(_in, places) for name in wanted if name in there), None
    )


@cache
def _in(place: str) -> dict[str, Path]:
    """All files below a folder, by name."""
    return {name: Path(folder, name) for folder, _, names in os.walk(place) for name in names}


def for_pages() -> dict[str, str]:
    """The path of the face of each role, as far as there is one; the office's own first."""
    places = (str(settings.FONTS_ROOT), *PLACES)
    found = {role: _best(wanted, places) for role, wanted in ROLES.items()}
    return {role: str(path) for role, path in found.items() if path}


def chinese() -> Path | None:
    """The font this office draws Chinese with: its own first."""
    return find((str(settings.FONTS_ROOT), *PLACES))


@cache
def sized(path: Path | None, size: int) -> Font:
    """A font of this size; without a path the one Pillow carries, which has no Chinese."""
    return ImageFont.truetype(path, size) if path else ImageFont.load_default(size)
