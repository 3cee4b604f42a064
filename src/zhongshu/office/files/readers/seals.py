"""Red rules and red seals, by their shape. 红色横线与圆形印章。

A seal of an organ is a red ring of 38 to 45 mm; round, oval and smaller ones are found as well. It
is looked for in the picture of a page, because a seal may be a picture, a drawing or an annotation.
"""

from __future__ import annotations

from collections.abc import Iterator

from PIL import Image, ImageChops

from zhongshu.kernel.papers.layout import Box

from .colours import AHEAD, LEAST

SMALLEST, LARGEST = 18.0, 70.0  # millimetres across
FLATTEST = 0.6  # of an oval one, height to width
CELL = 1.0  # millimetres of the raster that is searched
CORNER = 0.12  # of the box: a ring leaves its corners empty
RULE, THIN = 30.0, 2.5  # how long a rule is at least, and how thick at most
FADED = 40  # how far red is ahead in a seal that was printed or scanned pale


def as_large(box: Box) -> bool:
    """Whether something is as large as a seal, or larger and may show one."""
    return min(box.right - box.left, box.bottom - box.top) >= SMALLEST


def is_rule(box: Box) -> bool:
    """Whether something has the shape of a horizontal rule."""
    return box.right - box.left >= RULE and box.bottom - box.top <= THIN


def rounded(box: Box) -> Box:
    """A box to the hundredth of a millimetre."""
    return Box(*(round(end, 2) for end in box))


def find(page: Image.Image, wide: float, tall: float) -> tuple[Box, ...]:
    """The seals on the picture of a page of so many millimetres."""
    across, down = max(1, round(wide / CELL)), max(1, round(tall / CELL))
    cells = _red(page).resize((across, down), Image.Resampling.BOX).tobytes()
    red = {(at % across, at // across) for at, value in enumerate(cells) if value > 24}
    return tuple(sorted(_boxes(red)))


def _red(page: Image.Image) -> Image.Image:
    """White where the page is red, also a pale red."""
    red, green, blue = page.split()
    ahead = ImageChops.subtract(red, ImageChops.lighter(green, blue))
    strong = ahead.point([255 if value >= FADED else 0 for value in range(256)])
    bright = red.point([255 if value >= LEAST - AHEAD // 2 else 0 for value in range(256)])
    return ImageChops.darker(strong, bright)


def _boxes(red: set[tuple[int, int]]) -> Iterator[Box]:
    """The boxes of what hangs together and looks like a ring."""
    while red:
        found = _connected(red)
        across, down = [x for x, _ in found], [y for _, y in found]
        left, right, top, bottom = min(across), max(across) + 1, min(down), max(down) + 1
        if _round(found, left, right, top, bottom):
            yield rounded(Box(left * CELL, top * CELL, right * CELL, bottom * CELL))


def _connected(red: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Take from the cells one and all that touch it, over gaps of one cell."""
    begun = [red.pop()]
    found = set(begun)
    while begun:
        x, y = begun.pop()
        near = {(x + dx, y + dy) for dx in range(-2, 3) for dy in range(-2, 3)} & red
        red -= near
        found |= near
        begun.extend(near)
    return found


def _round(found: set[tuple[int, int]], left: int, right: int, top: int, bottom: int) -> bool:
    """Whether cells lie as those of a round or oval seal do."""
    wide, tall = right - left, bottom - top
    small, large = sorted((wide, tall))
    if small * CELL < SMALLEST or large * CELL > LARGEST or small < FLATTEST * large:
        return False
    corner, edge = CORNER * wide, CORNER * tall
    outside = sum(
        (x - left < corner or right - 1 - x < corner) and (y - top < edge or bottom - 1 - y < edge)
        for x, y in found
    )
    middle_x, middle_y = (left + right - 1) / 2, (top + bottom - 1) / 2
    ring = 0
    for x, y in found:
        away = ((x - middle_x) * 2 / wide) ** 2 + ((y - middle_y) * 2 / tall) ** 2
        ring += 0.7 < away < 1.15
    # a ring one cell thick has about π times its mean width
    return outside <= 0.02 * len(found) + 2 and ring >= 0.7 * 3.14 * (wide + tall) / 2
