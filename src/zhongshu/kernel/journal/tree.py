"""The Merkle tree of RFC 9162, section 2.1, with stored nodes.

Node (level, index) covers the leaves index * 2**level up to (index + 1) * 2**level and is stored
once, when the last of them is sealed; level 0 are the leaves. A node never changes, so a proof
is a handful of key look-ups and no lock is held. `*_plan` says which nodes a proof needs (one
query), `answer` folds them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from .verify import H, Head, fold

Key = tuple[int, int]  # level, index
Plan = tuple[tuple[Key, ...], ...]  # for each step of a proof, the nodes that it is folded from


class Front(NamedTuple):
    """What sealing must know of the entries before: size and roots of full subtrees."""

    alg: str
    size: int = 0
    peaks: tuple[bytes, ...] = ()  # largest first


class Batch(NamedTuple):
    """What one sealing adds: the front after it, leaf hashes, nodes of level 1 and above."""

    front: Front
    leaves: tuple[bytes, ...]
    nodes: tuple[tuple[int, int, bytes], ...]  # level, index, hash


def seal_batch(front: Front, entries: Iterable[bytes]) -> Batch:
    """Add entries (canonical bytes) in this order."""
    digest, size, peaks = H[front.alg], front.size, list(front.peaks)
    leaves, nodes = [], []
    for entry in entries:
        node, level, index = digest(b"\0" + entry), 0, size
        leaves.append(node)
        while index & 1:
            node, level, index = digest(b"\1" + peaks.pop() + node), level + 1, index >> 1
            nodes.append((level, index, node))
        peaks.append(node)
        size += 1
    return Batch(Front(front.alg, size, tuple(peaks)), tuple(leaves), tuple(nodes))


def head(front: Front, journal: str) -> Head:
    """The head of a journal of at least one entry."""
    return Head(front.alg, journal, fold(front.alg, front.peaks).hex(), front.size)


def cover(start: int, end: int) -> tuple[Key, ...]:
    """The fewest stored nodes over these leaves, largest first.

    `start` must be a multiple of the greatest power of two in `end - start`, as it is for every
    subtree that a proof names.
    """
    keys = []
    while start < end:
        level = (end - start).bit_length() - 1
        keys.append((level, start >> level))
        start += 1 << level
    return tuple(keys)


def front_at(alg: str, size: int, nodes: Mapping[Key, bytes]) -> Front:
    """The front of an earlier size, from the nodes that `cover(0, size)` names."""
    return Front(alg, size, tuple(nodes[key] for key in cover(0, size)))


def inclusion_plan(index: int, size: int) -> Plan:
    """The nodes of the proof that leaf `index` is in the tree of `size` leaves."""
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    start, end, plan = 0, size, []
    while end - start > 1:
        middle = start + (1 << (end - start - 1).bit_length() - 1)
        if index < middle:
            plan.append(cover(middle, end))
            end = middle
        else:
            plan.append(cover(start, middle))
            start = middle
    return tuple(reversed(plan))


def consistency_plan(old: int, new: int) -> Plan:
    """The nodes of the proof that the tree of `new` leaves begins with that of `old`, not empty."""
    if not 0 < old <= new:
        raise ValueError(f"no proof from {old} to {new}")
    start, end, plan = 0, new, []
    while end != old:
        middle = start + (1 << (end - start - 1).bit_length() - 1)
        if old <= middle:
            plan.append(cover(middle, end))
            end = middle
        else:
            plan.append(cover(start, middle))
            start = middle
    if start:
        plan.append(cover(start, end))
    return tuple(reversed(plan))


def keys(plan: Plan) -> tuple[Key, ...]:
    """All nodes of a plan, to be fetched at once."""
    return tuple(key for step in plan for key in step)


def answer(alg: str, plan: Plan, nodes: Mapping[Key, bytes]) -> tuple[bytes, ...]:
    """The proof, from the nodes of its plan."""
    return tuple(fold(alg, [nodes[key] for key in step]) for step in plan)
