"""Red rules and red seals, by their shape. 红色横线与圆形印章。

A seal of an organ is a red ring of 38 to 45 mm; round, oval and smaller ones are found as well. It
is looked for in the picture of a page, because a seal may be a picture, a drawing or an annotation.
"""

from __future__ import annotations

from collections.abc import Iterator

from PIL import Image, ImageChops

from zhongshu.kernel.papers.layout import Box

Cells = set[tuple[int, int]]
SMALLEST, LARGEST = 18.0, 70.0  # millimetres across
FLATTEST = 0.6  # of an oval one, height to width
CELL = 1.0  # millimetres of the raster that is searched
CORNER = 0.12  # of the box: a ring leaves its corners empty
SHORTEST = 4.0  # millimetres of an upright rule
RULE, THIN = 30.0, 2.5  # how long a rule is at least, and how thick at most
DARKEST = 83  # of 255, red in a seal
FADED = 40  # how far red is ahead in a seal that was printed or scanned pale


def as_large(box: Box, share: float = 1.0) -> bool:
    """Whether something is as large as a share of a seal, or larger and may show one."""
    return min(box.right - box.left, box.bottom - box.top) >= SMALLEST * share


def is_rule(box: Box) -> bool:
    """Whether something has the shape of a horizontal rule."""
    return box.right - box.left >= RULE and box.bottom - box.top <= THIN


def is_bar(box: Box) -> bool:
    """Whether something has the shape of an upright rule, as between the cells of a table."""
    return box.right - box.left <= THIN and box.bottom - box.top >= SHORTEST


def rounded(box: Box) -> Box:
    """A box to the hundredth of a millimetre."""
    return Box(*(round(end, 2) for end in box))


def find(page: Image.Image, wide: float, tall: float) -> tuple[Box, ...]:
    """The seals on the picture of a page of so many millimetres."""
    return tuple(sorted(box for box, cells in _patches(page, wide, tall) if _round(cells, box)))


def rules(page: Image.Image, wide: float, tall: float) -> tuple[Box, ...]:
    """The red rules on the picture of a page, which may be slightly askew."""
    return tuple(sorted(box for box, _ in _patches(page, wide, tall) if _is_long(box)))


def share_of_red(page: Image.Image) -> float:
    """How much of the ink on a piece of a page is red."""
    red = sum(_red(page).histogram()[128:])
    dark = sum(page.convert("L").histogram()[:120])
    return red / (red + dark) if red else 0.0


def _is_long(box: Box) -> bool:
    """Whether a patch of red is a rule across the page."""
    return box.right - box.left >= 2 * RULE and box.bottom - box.top <= 2 * THIN


def _patches(page: Image.Image, wide: float, tall: float) -> Iterator[tuple[Box, Cells]]:
    """What is red and hangs together: its box, and the cells of the raster that it fills."""
    across, down = max(1, round(wide / CELL)), max(1, round(tall / CELL))
    filled = _red(page).resize((across, down), Image.Resampling.BOX).tobytes()
    red = {(at % across, at // across) for at, value in enumerate(filled) if value > 24}
    while red:
        cells = _connected(red)
        columns, rows = {x for x, _ in cells}, {y for _, y in cells}
        box = Box(min(columns), min(rows), max(columns) + 1, max(rows) + 1)
        yield rounded(Box(*(end * CELL for end in box))), cells


def _red(page: Image.Image) -> Image.Image:
    """White where the page is red, also a pale red."""
    red, green, blue = page.split()
    ahead = ImageChops.subtract(red, ImageChops.lighter(green, blue))
    strong = ahead.point([255 if value >= FADED else 0 for value in range(256)])
    bright = red.point([255 if value >= DARKEST else 0 for value in range(256)])
    return ImageChops.darker(strong, bright)


def _connected(red: Cells) -> Cells:
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


def _round(cells: Cells, box: Box) -> bool:
    """Whether cells lie as those of a round or oval seal do."""
    left, top, right, bottom = (end / CELL for end in box)
    wide, tall = right - left, bottom - top
    small, large = sorted((wide, tall))
    if small * CELL < SMALLEST or large * CELL > LARGEST or small < FLATTEST * large:
        return False
    corner, edge = CORNER * wide, CORNER * tall
    outside = sum(
        (x - left < corner or right - 1 - x < corner) and (y - top < edge or bottom - 1 - y < edge)
        for x, y in cells
    )
    middle_x, middle_y = (left + right - 1) / 2, (top + bottom - 1) / 2
    ring = 0
    for x, y in cells:
        away = ((x - middle_x) * 2 / wide) ** 2 + ((y - middle_y) * 2 / tall) ** 2
        ring += 0.7 < away < 1.15
    # a ring one cell thick has about π times its mean width
    return outside <= 0.02 * len(cells) + 2 and ring >= 0.7 * 3.14 * (wide + tall) / 2
