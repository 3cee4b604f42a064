"""Typefaces for pages that this house draws itself. 绘制版式页面所用的字体。

They are opened before the walls stand, at one size, and letters are scaled from it: inside no file
may be opened. Fonts that a file brings along are never loaded; letters are drawn in what the house
has, at the places the file gives them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

EM = 128  # pixels of a letter that was drawn to be scaled
LINE = 160  # where letters stand, from the top of such a drawing
ROLES = (
    ("hei", re.compile(r"黑|等线|hei|gothic|sans|arial|helvetica|yahei", re.IGNORECASE)),
    ("fang", re.compile(r"仿|fang", re.IGNORECASE)),
    ("kai", re.compile(r"楷|kai", re.IGNORECASE)),
)
Face = ImageFont.FreeTypeFont | ImageFont.ImageFont
faces: dict[str, Face] = {}


def load(paths: Mapping[str, str]) -> None:
    """Open the face of each role; one that cannot be opened is stood in for by another."""
    for role, path in paths.items():
        face = _opened(path)
        if face:
            faces[role] = face
    faces.setdefault("none", ImageFont.load_default(EM))


def _opened(path: str) -> Face | None:
    """A face, of a collection the one for simplified Chinese."""
    found: Face | None = None
    for index in range(8):
        try:
            face = ImageFont.truetype(path, EM, index, layout_engine=ImageFont.Layout.BASIC)
        except (OSError, ValueError):
            break
        if "SC" in (face.getname()[0] or "").split():
            return face
        found = found or face
    return found


def role(font: str) -> str:
    """Which of the four faces stands in for a font of this name."""
    return next((role for role, names in ROLES if names.search(font)), "song")


class Drawn(NamedTuple):
    """The mask of a letter, where its upper left is from where the letter begins, and how far it is
    to the next; pixels."""

    mask: Image.Image
    left: int
    top: int
    step: float


class Letters:
    """Drawings of letters, each made once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Drawn] = {}

    def drawn(self, letter: str, role: str) -> Drawn:
        """The drawing of a letter in the face of a role, or in one that stands in for it."""
        key = letter, role
        if key not in self._known:
            face = faces.get(role) or faces.get("song") or faces.get("hei") or faces.get("none")
            self._known[key] = _drawn(letter, face or ImageFont.load_default(EM))
        return self._known[key]


def _drawn(letter: str, face: Face) -> Drawn:
    """A letter in white on black, cut to its ink; a frame for one that the face does not have."""
    whole = Image.new("L", (3 * EM, 2 * EM))
    draw = ImageDraw.Draw(whole)
    if face is faces.get("none") and not letter.isascii():
        draw.rectangle((EM, LINE - EM, 2 * EM - 12, LINE), outline=255, width=8)
    else:
        draw.text((EM, LINE), letter, fill=255, font=face, anchor="ls")
    box = whole.getbbox()
    if box is None:
        return Drawn(Image.new("L", (1, 1)), 0, 0, EM)
    return Drawn(whole.crop(box), box[0] - EM, box[1] - LINE, face.getlength(letter))
