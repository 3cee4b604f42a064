"""A page that is being drawn: letters, paths and pictures, through Pillow. 画布。"""

from __future__ import annotations

from PIL import Image, ImageChops, ImageDraw

from zhongshu.kernel.papers.layout import Box

from . import ofd_paths, typefaces
from .matrices import Matrix, Point, boxed, inverse, moved, scale, times
from .ofd_objects import Path, Text
from .ofd_resources import Colour
from .ofd_text import Letter

UNSEEN = "图像未显示"
GREY: Colour = (150, 150, 150)
STRAIGHT = 1e-3  # so little turned is not turned


class Canvas:
    """White paper; `onto` leads from millimetres of the page to its pixels."""

    def __init__(self, size: tuple[int, int], onto: Matrix) -> None:
        self.image = Image.new("RGB", size, "white")
        self.onto = onto
        self._pen = ImageDraw.Draw(self.image)
        self._letters = typefaces.Letters()
        self._sized: dict[tuple[str, str, int, int], Image.Image] = {}

    def text(self, text: Text) -> None:
        """Letters, one by one."""
        role = typefaces.role(text.font)
        matrix = times(text.matrix, self.onto)
        for letter in text.letters:
            if not letter.text.isspace():
                self._letter(letter, times(_own(letter), matrix), role, text)

    def _letter(self, letter: Letter, matrix: Matrix, role: str, text: Text) -> None:
        """One letter: an upright one is scaled, another is turned as well."""
        mask, left, top, step = self._letters.drawn(letter.text, role)
        room = letter.width / letter.stretch * typefaces.EM / (letter.size or 1.0)
        narrow = min(1.0, room / step) if letter.text.isascii() and step else 1.0
        squeezed: Matrix = (narrow, 0.0, 0.0, 1.0, left * narrow, top)
        a, b, c, d, e, f = times(squeezed, matrix)
        bold = max(1, round(scale(matrix) * typefaces.EM / 30)) if text.bold else 0
        if abs(b) + abs(c) < STRAIGHT * (abs(a) + abs(d)) and a > 0 and d > 0:
            wide, tall = max(1, round(mask.width * a)), max(1, round(mask.height * d))
            if max(wide, tall) <= 2 * max(self.image.size):
                key = (letter.text, role, wide, tall)
                if key not in self._sized:
                    self._sized[key] = mask.resize((wide, tall), Image.Resampling.BOX)
                self._ink(text.colour, self._sized[key], (round(e), round(f)), bold)
        else:
            turned = self._turned(mask, (a, b, c, d, e, f))
            if turned:
                self._ink(text.colour, *turned, bold)

    def _ink(self, colour: Colour, mask: Image.Image, at: tuple[int, int], bold: int) -> None:
        """Colour through a mask; a bold letter twice."""
        for aside in {0, bold}:
            self.image.paste(colour, (at[0] + aside, at[1]), mask)

    def _turned(
        self, image: Image.Image, matrix: Matrix
    ) -> tuple[Image.Image, tuple[int, int]] | None:
        """A picture brought to its place by a matrix, as far as it lies on the page."""
        back = inverse(matrix)
        box = boxed(matrix, Box(0.0, 0.0, image.width, image.height))
        cut = self.inside(box) if box else None
        if back is None or cut is None:
            return None
        p, q, r, s, t, u = times((1.0, 0.0, 0.0, 1.0, cut[0], cut[1]), back)
        size = (cut[2] - cut[0], cut[3] - cut[1])
        way = Image.Transform.AFFINE
        turned = image.transform(size, way, (p, r, t, q, s, u), Image.Resampling.BILINEAR)
        return turned, cut[:2]

    def inside(self, box: Box) -> tuple[int, int, int, int] | None:
        """The pixels of a box as far as they lie on the page; None where none do."""
        left, top = max(0, int(box.left)), max(0, int(box.top))
        right = min(self.image.width, int(box.right) + 1)
        bottom = min(self.image.height, int(box.bottom) + 1)
        return (left, top, right, bottom) if left < right and top < bottom else None

    def path(self, path: Path) -> None:
        """Fill, then line."""
        matrix = times(path.matrix, self.onto)
        wide, tall = self.image.size
        runs = [
            ([_held(moved(self.onto, *point), wide, tall) for point in run.points], run.closed)
            for run in ofd_paths.runs(path)
        ]
        if path.fill and path.alpha:
            self._fill([points for points, _ in runs if len(points) > 2], path.fill, path)
        if path.stroke and path.alpha:
            a, b, c, d, *_ = matrix
            width = min(max(self.image.size), round(path.width * abs(a * d - b * c) ** 0.5))
            colour = _paled(path.stroke, path.alpha)
            for points, closed in runs:
                line = [*points, points[0]] if closed else points
                self._pen.line(line, colour, max(1, width), joint="curve")

    def _fill(self, runs: list[list[Point]], colour: Colour, path: Path) -> None:
        """One run as it is; several through a mask, in which one that goes the other way round is a
        hole."""
        if len(runs) == 1 and path.alpha == 255:
            self._pen.polygon(runs[0], colour)
            return
        ends = [point for run in runs for point in run]
        across, down = zip(*ends, strict=True) if ends else ((0.0,), (0.0,))
        cut = self.inside(Box(min(across), min(down), max(across), max(down)))
        if not runs or cut is None:
            return
        mask = Image.new("L", (cut[2] - cut[0], cut[3] - cut[1]))
        first = _area(runs[0]) > 0
        for run in runs:
            shifted = [(x - cut[0], y - cut[1]) for x, y in run]
            if path.even_odd:
                one = Image.new("L", mask.size)
                ImageDraw.Draw(one).polygon(shifted, 255)
                mask = ImageChops.difference(mask, one)
            else:
                ImageDraw.Draw(mask).polygon(shifted, 255 if (_area(run) > 0) == first else 0)
        shown = mask.point([value * path.alpha // 255 for value in range(256)])
        self.image.paste(colour, cut[:2], shown)

    def put(self, image: Image.Image, matrix: Matrix, alpha: int = 255) -> None:
        """A picture with clear parts into the unit square of a matrix."""
        whole = times(matrix, self.onto)
        box = boxed(whole, Box(0.0, 0.0, 1.0, 1.0))
        wide, tall = (round(box.right - box.left), round(box.bottom - box.top)) if box else (0, 0)
        if wide < 1 or tall < 1:
            return
        small = (min(image.width, wide), min(image.height, tall))
        image = image.resize(small, Image.Resampling.BOX) if small != image.size else image
        turned = self._turned(image, times((1 / small[0], 0.0, 0.0, 1 / small[1], 0.0, 0.0), whole))
        if turned:
            shown, at = turned
            mask = shown.getchannel("A").point([value * alpha // 255 for value in range(256)])
            self.image.paste(shown.convert("RGB"), at, mask)

    def frame(self, matrix: Matrix) -> None:
        """The place of a picture that is not shown, and words that say so."""
        box = boxed(matrix, Box(0.0, 0.0, 1.0, 1.0))
        shown = boxed(self.onto, box) if box else None
        if box is None or shown is None or self.inside(shown) is None:
            return
        self._pen.rectangle(tuple(shown), outline=GREY, width=2)
        size = min((box.right - box.left) / (len(UNSEEN) + 1), box.bottom - box.top)
        letters = tuple(
            Letter(sign, box.left + (at + 0.5) * size, box.top + size, size, size, 1.0, 0)
            for at, sign in enumerate(UNSEEN)
        )
        self.text(Text((1.0, 0.0, 0.0, 1.0, 0.0, 0.0), letters, GREY, "", bold=False))


def _own(letter: Letter) -> Matrix:
    """From the drawing of a letter to its place in its text object."""
    share = letter.size / typefaces.EM
    matrix: Matrix = (share * letter.stretch, 0.0, 0.0, share, 0.0, 0.0)
    for _ in range(letter.turn // 90):
        matrix = times(matrix, (0.0, 1.0, -1.0, 0.0, 0.0, 0.0))
    return times(matrix, (1.0, 0.0, 0.0, 1.0, letter.x, letter.y))


def _held(point: Point, wide: int, tall: int) -> Point:
    """A pixel not farther from the page than the page is long."""
    return min(2.0 * wide, max(-1.0 * wide, point[0])), min(2.0 * tall, max(-1.0 * tall, point[1]))


def _area(run: list[Point]) -> float:
    """Twice the area of a run; below nothing when it goes the other way round."""
    return sum(x * v - u * y for (x, y), (u, v) in zip(run, [*run[1:], run[0]], strict=True))


def _paled(colour: Colour, alpha: int) -> Colour:
    """A colour as it looks on white."""
    red, green, blue = (255 - (255 - part) * alpha // 255 for part in colour)
    return red, green, blue
