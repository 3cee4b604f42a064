"""Where the boxes of a drawing stand: rows from top to bottom, few crossings, straight lines. 布局.

A layered layout: loops are cut, each node stands one row below the last of those before it, long
links get a place in every row they pass, labels have rows of their own, so nothing can overlap.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

THREAD = 10.0  # room for a line that passes through a row
SWEEPS = 10


class Box(NamedTuple):
    """The size of what is drawn for a node or a label."""

    width: float
    height: float


class Link(NamedTuple):
    """A line from one box to another, with the size of its label (nothing: no label)."""

    start: str
    end: str
    label: Box = Box(0, 0)


class Cell(NamedTuple):
    """A place in a row: a node, or the spot where link `link` passes."""

    node: str = ""
    link: int = -1
    row: int = -1


class Grid(NamedTuple):
    """Rows of cells with their sizes, and the cells of each link.

    A chain holds the cells of a link from its start to its end; of a link that runs back up, only
    its start, its label, and its end.
    """

    rows: tuple[tuple[Cell, ...], ...]
    heights: tuple[float, ...]
    sizes: Mapping[Cell, Box]
    chains: tuple[tuple[Cell, ...], ...]
    row: Mapping[Cell, int]
    back: frozenset[int]

    @property
    def steps(self) -> list[tuple[Cell, Cell]]:
        """The pieces of all links between rows that follow one another, upper cell first."""
        return [
            step
            for chain in self.chains
            for step in pairwise(chain)
            if self.row[step[1]] == self.row[step[0]] + 1
        ]


def arrange(boxes: Mapping[str, Box], links: Sequence[Link]) -> Grid:
    """Give every node and every link its place."""
    back = loops(list(boxes), links)
    ranks = _ranks(list(boxes), links, back)
    labelled = {ranks[link.start] for link in links if link.label.height}
    number = _row_numbers(max(ranks.values()), labelled)
    chains = tuple(_chain(index, links[index], ranks, number, back) for index in range(len(links)))
    row = {Cell(node): number[rank, 0] for node, rank in ranks.items()}
    for chain in chains:
        row.update({cell: cell.row for cell in chain if not cell.node})
    sizes = {cell: _size(cell, boxes, links, ranks, number) for cell in row}
    rows = _ordered(row, chains)
    heights = tuple(max(sizes[cell].height for cell in cells) for cells in rows)
    return Grid(rows, heights, sizes, chains, row, back)


def loops(nodes: Sequence[str], links: Sequence[Link]) -> frozenset[int]:
    """The links that lead back to where a walk in order of the links came from."""
    out: dict[str, list[int]] = {node: [] for node in nodes}
    for index, link in enumerate(links):
        out[link.start].append(index)
    back: set[int] = set()
    done: set[str] = set()
    for root in nodes:
        way: list[tuple[str, list[int]]] = [] if root in done else [(root, list(out[root]))]
        done.add(root)
        while way:
            _node, left = way[-1]
            if not left:
                way.pop()
                continue
            index = left.pop(0)
            end = links[index].end
            if end in {node for node, _ in way}:
                back.add(index)
            elif end not in done:
                done.add(end)
                way.append((end, list(out[end])))
    return frozenset(back)


def _ranks(nodes: Sequence[str], links: Sequence[Link], back: frozenset[int]) -> dict[str, int]:
    """The longest way from a beginning to each node, in steps."""
    ranks = dict.fromkeys(nodes, 0)
    for _ in nodes:
        for index, link in enumerate(links):
            if index not in back:
                ranks[link.end] = max(ranks[link.end], ranks[link.start] + 1)
    return ranks


def _row_numbers(last: int, labelled: set[int]) -> dict[tuple[int, int], int]:
    """Rows in order: one for the nodes of each rank, one for labels below it where needed."""
    keys: list[tuple[int, int]] = []
    for rank in range(last + 1):
        keys.append((rank, 0))
        if rank in labelled:
            keys.append((rank, 1))
    return {key: index for index, key in enumerate(keys)}


def _chain(
    index: int,
    link: Link,
    ranks: Mapping[str, int],
    number: Mapping[tuple[int, int], int],
    back: frozenset[int],
) -> tuple[Cell, ...]:
    first = number[ranks[link.start], 0]
    if index in back:
        label = [Cell("", index, first + 1)] if link.label.height else []
        return (Cell(link.start), *label, Cell(link.end))
    last = number[ranks[link.end], 0]
    inside = [Cell("", index, row) for row in range(first + 1, last)]
    return (Cell(link.start), *inside, Cell(link.end))


def _size(
    cell: Cell,
    boxes: Mapping[str, Box],
    links: Sequence[Link],
    ranks: Mapping[str, int],
    number: Mapping[tuple[int, int], int],
) -> Box:
    if cell.node:
        return boxes[cell.node]
    link = links[cell.link]
    if link.label.height and number.get((ranks[link.start], 1)) == cell.row:
        return link.label
    return Box(THREAD, 0)


def _ordered(
    row: Mapping[Cell, int], chains: Sequence[tuple[Cell, ...]]
) -> tuple[tuple[Cell, ...], ...]:
    """The order in each row: by the middle of the neighbours above and below in turn, keeping the
    order with the fewest crossings."""
    rows: list[list[Cell]] = [[] for _ in range(max(row.values()) + 1)]
    for cell in _by_discovery(row, chains):
        rows[row[cell]].append(cell)
    pairs = _neighbours(row, chains)
    best, fewest = [list(cells) for cells in rows], _crossings(rows, pairs)
    for sweep in range(SWEEPS):
        down = sweep % 2 == 0
        order = range(1, len(rows)) if down else range(len(rows) - 2, -1, -1)
        for index in order:
            _sort(rows, index, pairs, -1 if down else 1)
        crossings = _crossings(rows, pairs)
        if crossings < fewest:
            best, fewest = [list(cells) for cells in rows], crossings
    return tuple(tuple(cells) for cells in best)


def _by_discovery(row: Mapping[Cell, int], chains: Sequence[tuple[Cell, ...]]) -> list[Cell]:
    """Cells in the order in which following the links, deep first, finds them."""
    out: dict[Cell, list[Cell]] = {}
    for chain in chains:
        for one, other in pairwise(chain):
            out.setdefault(one, []).append(other)
    found: dict[Cell, None] = {}
    for root in row:
        stack = [root]
        while stack:
            cell = stack.pop()
            if cell not in found:
                found[cell] = None
                stack += reversed(out.get(cell, []))
    return list(found)


Pairs = Mapping[tuple[Cell, int], list[Cell]]  # cell and direction (-1 above, 1 below)


def _neighbours(row: Mapping[Cell, int], chains: Sequence[tuple[Cell, ...]]) -> Pairs:
    found: dict[tuple[Cell, int], list[Cell]] = {}
    for chain in chains:
        for one, other in pairwise(chain):
            if row[other] == row[one] + 1:
                found.setdefault((one, 1), []).append(other)
                found.setdefault((other, -1), []).append(one)
    return found


def _sort(rows: list[list[Cell]], index: int, pairs: Pairs, side: int) -> None:
    place = {cell: i for i, cell in enumerate(rows[index + side])}
    middles = {}
    for i, cell in enumerate(rows[index]):
        found = [place[other] for other in pairs.get((cell, side), [])]
        middles[cell] = sum(found) / len(found) if found else float(i)
    rows[index].sort(key=middles.__getitem__)


def _crossings(rows: Sequence[Sequence[Cell]], pairs: Pairs) -> int:
    total = 0
    for index, cells in enumerate(rows[:-1]):
        place = {cell: i for i, cell in enumerate(rows[index + 1])}
        ends = [
            place[other]
            for cell in cells
            for other in sorted(pairs.get((cell, 1), []), key=place.__getitem__)
        ]
        total += sum(one > other for i, one in enumerate(ends) for other in ends[i + 1 :])
    return total
