"""The column of each cell of a drawing: straight where it can be, balanced where it cannot. 列位.

The method of Brandes and Köpf: cells are lined up with the middle one of their neighbours in four
ways (from above or below, leaning left or right), each way is packed, and the four are averaged.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from .layout import Box, Cell

GAP = 26.0  # between neighbours in a row
Rows = Sequence[Sequence[Cell]]
Above = Mapping[Cell, Sequence[Cell]]


def columns(
    rows: Rows, sizes: Mapping[Cell, Box], links: Sequence[tuple[Cell, Cell]]
) -> dict[Cell, float]:
    """The middle of each cell, the leftmost edge at zero. `links` join cells of rows that follow
    one another, upper cell first."""
    crossed = _yielding(rows, links)
    ways = []
    for is_up in (False, True):
        for is_right in (False, True):
            ways.append(_one_way(rows, sizes, links, crossed, is_up=is_up, is_right=is_right))
    spans = [_span(way, sizes) for way in ways]
    left, right = min(spans, key=lambda span: span[1] - span[0])
    for index, (way, span) in enumerate(zip(ways, spans, strict=True)):
        shift = right - span[1] if index % 2 else left - span[0]
        ways[index] = {cell: x + shift for cell, x in way.items()}
    middle = {cell: sum(sorted(way[cell] for way in ways)[1:3]) / 2 for cell in ways[0]}
    _nudge(rows, sizes, links, middle)
    start = _span(middle, sizes)[0]
    return {cell: round(x - start, 1) for cell, x in middle.items()}


def _nudge(
    rows: Rows,
    sizes: Mapping[Cell, Box],
    links: Sequence[tuple[Cell, Cell]],
    x: dict[Cell, float],
) -> None:
    """Move straight lines towards what they are joined to, as far as their neighbours let them,
    where that makes the whole shorter."""
    near: dict[Cell, list[Cell]] = {cell: [] for cell in x}
    for upper, lower in links:
        near[upper].append(lower)
        near[lower].append(upper)
    row = {cell: (cells, i) for cells in rows for i, cell in enumerate(cells)}
    told: set[Cell] = set()
    for cell in x:
        if cell in told:
            continue
        line = _line(cell, near, x)
        told |= line
        aside = sorted(
            x[other] - x[one] for one in line for other in near[one] if other not in line
        )
        if aside and (aside[0] > 0 or aside[-1] < 0):
            wish = aside[0] if aside[0] > 0 else aside[-1]
            step = _free(line, wish, row, sizes, x)
            x.update({one: x[one] + step for one in line})


def _line(cell: Cell, near: Mapping[Cell, Sequence[Cell]], x: Mapping[Cell, float]) -> set[Cell]:
    """The cells straight above and below a cell that it is joined to."""
    found, queue = {cell}, [cell]
    while queue:
        here = queue.pop()
        more = [one for one in near[here] if one not in found and abs(x[one] - x[here]) < 1]
        found.update(more)
        queue += more
    return found


def _free(
    line: set[Cell],
    wish: float,
    row: Mapping[Cell, tuple[Sequence[Cell], int]],
    sizes: Mapping[Cell, Box],
    x: Mapping[Cell, float],
) -> float:
    """How far a line can move the way it wishes."""
    side = 1 if wish > 0 else -1
    free = abs(wish)
    for one in line:
        cells, at = row[one]
        if 0 <= at + side < len(cells):
            other = cells[at + side]
            room = (sizes[one].width + sizes[other].width) / 2 + GAP
            free = min(free, abs(x[other] - x[one]) - room)
    return side * max(free, 0.0)


def _span(x: Mapping[Cell, float], sizes: Mapping[Cell, Box]) -> tuple[float, float]:
    return (
        min(at - sizes[cell].width / 2 for cell, at in x.items()),
        max(at + sizes[cell].width / 2 for cell, at in x.items()),
    )


def _yielding(rows: Rows, links: Sequence[tuple[Cell, Cell]]) -> set[tuple[Cell, Cell]]:
    """The links that cross a long one, which has the right to be straight."""
    place = {cell: i for cells in rows for i, cell in enumerate(cells)}
    row = {cell: i for i, cells in enumerate(rows) for cell in cells}
    found = set()
    for one, other in ((a, b) for a in links if _is_inner(a) for b in links if not _is_inner(b)):
        if row[one[0]] == row[other[0]]:
            above, below = place[one[0]] - place[other[0]], place[one[1]] - place[other[1]]
            if above * below < 0:
                found.add(other)
    return found


def _is_inner(link: tuple[Cell, Cell]) -> bool:
    return not (link[0].node or link[1].node)


def _one_way(
    rows: Rows,
    sizes: Mapping[Cell, Box],
    links: Sequence[tuple[Cell, Cell]],
    crossed: set[tuple[Cell, Cell]],
    *,
    is_up: bool,
    is_right: bool,
) -> dict[Cell, float]:
    turned = [list(reversed(cells)) if is_right else list(cells) for cells in rows]
    above: dict[Cell, list[Cell]] = {}
    for upper, lower in links:
        if (upper, lower) not in crossed:
            one, other = (lower, upper) if is_up else (upper, lower)
            above.setdefault(other, []).append(one)
    if is_up:
        turned.reverse()
    root = _aligned(turned, above)
    x = _packed(turned, root, sizes)
    return {cell: -x[cell] if is_right else x[cell] for cell in x}


def _aligned(rows: Rows, above: Above) -> dict[Cell, Cell]:
    """Each cell with the uppermost cell of its straight line."""
    root = {cell: cell for cells in rows for cell in cells}
    for upper, cells in pairwise(rows):
        place = {cell: i for i, cell in enumerate(upper)}
        last = -1
        for cell in cells:
            near = sorted(place[one] for one in above.get(cell, ()))
            for middle in sorted({*near[(len(near) - 1) // 2 : len(near) // 2 + 1]}):
                if middle > last and root[cell] == cell:
                    root[cell] = root[upper[middle]]
                    last = middle
    return root


def _packed(rows: Rows, root: Mapping[Cell, Cell], sizes: Mapping[Cell, Box]) -> dict[Cell, float]:
    """Lines as far left as they can be, then each as far right as its right neighbours let it."""
    before: dict[Cell, dict[Cell, float]] = {one: {} for one in root.values()}
    behind: dict[Cell, dict[Cell, float]] = {one: {} for one in root.values()}
    for cells in rows:
        for one, other in pairwise(cells):
            room = (sizes[one].width + sizes[other].width) / 2 + GAP
            left, right = root[one], root[other]
            room = max(room, before[right].get(left, 0.0))
            before[right][left] = behind[left][right] = room
    x: dict[Cell, float] = {}
    order = _in_order(before)
    for line in order:
        x[line] = max((x[left] + room for left, room in before[line].items()), default=0.0)
    for line in reversed(order):
        limit = min((x[right] - room for right, room in behind[line].items()), default=x[line])
        x[line] = max(x[line], limit)
    return {cell: x[line] for cell, line in root.items()}


def _in_order(before: Mapping[Cell, Mapping[Cell, float]]) -> list[Cell]:
    """Lines so that each comes after those at its left."""
    found: dict[Cell, None] = {}
    for start in before:
        stack = [start]
        while stack:
            line = stack[-1]
            left = [one for one in before[line] if one not in found]
            if left:
                stack.extend(left)
            else:
                found[stack.pop()] = None
    return list(found)
