"""Letters that lie or stand at a slant, read as a person reads who turns the page. 旋转的文字。"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from zhongshu.kernel.papers.layout import Box, Line

from .lines import Glyph, gathered, union

ASKEW = 0.1  # of a right angle: more is neither upright nor lying


def read(letters: Iterable[tuple[float, Glyph]], bars: Sequence[Box] = ()) -> tuple[Line, ...]:
    """The lines of letters, each with the quarter turns to the right that it takes: upright ones
    first, which bars may part, then those that lie, then those at a slant."""
    upright: dict[int, list[Glyph]] = {0: []}
    slanted: list[list[Glyph]] = []
    last = 0.0, 0.0
    for turns, glyph in letters:
        if abs(turns - round(turns)) < ASKEW:
            upright.setdefault(round(turns) % 4, []).append(glyph)
        elif last == (turns, glyph.size):
            slanted[-1].append(glyph)
        else:
            slanted.append([glyph])
        last = turns, glyph.size
    found = list(gathered(upright.pop(0), bars))
    found += [line for turns in sorted(upright) for line in _lying(upright[turns], turns)]
    return tuple(found + [_slanted(run) for run in slanted])


def _lying(glyphs: list[Glyph], turns: int) -> list[Line]:
    """Lines of letters that all lie alike: turned upright, gathered, turned back."""
    turned = [glyph._replace(box=_turn(glyph.box, -turns)) for glyph in glyphs]
    return [
        line._replace(box=_turn(line.box, turns)) if line.box else line for line in gathered(turned)
    ]


def _turn(box: Box, turns: int) -> Box:
    """A box after quarter turns to the right around the corner of the page."""
    for _ in range(turns % 4):
        box = Box(-box.bottom, box.left, -box.top, box.right)
    return box


def _slanted(run: list[Glyph]) -> Line:
    """A line at a slant, such as a watermark, in the order in which it was written."""
    box = union(glyph.box for glyph in run)
    return Line("".join(glyph.text for glyph in run), box, round(run[0].size, 1), run[0].red)
