"""Incompatible duties: which two may never meet in one post, in one case, or not unreviewed.

The matrix is dated data (`matrix_data.py`), not a constant of the code: an office may keep its
own, with a source for each change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import combinations

from .model import Label, Separate


class Grade(Enum):
    """How strongly two duties exclude each other."""

    STATIC = "S"  # never among the posts of one person
    PER_CASE = "C"  # never by one person in the same case
    REVIEW = "R"  # allowed with a second person or a review afterwards


@dataclass(frozen=True, slots=True)
class Duty:
    """One of the duties that the matrix speaks about."""

    code: str
    label: Label


@dataclass(frozen=True, slots=True)
class Pair:
    """Two duties, how they exclude each other, and where that is written."""

    first: str
    second: str
    grade: Grade
    source: str
    by_law: bool


@dataclass(frozen=True)
class Matrix:
    """The duties and the incompatible pairs, in force since a day."""

    since: date
    duties: tuple[Duty, ...]
    pairs: tuple[Pair, ...]

    def __post_init__(self) -> None:
        codes = {duty.code for duty in self.duties}
        named = {code for pair in self.pairs for code in (pair.first, pair.second)}
        if named - codes:
            raise ValueError(f"unknown duties {sorted(named - codes)}")
        keys = {frozenset((pair.first, pair.second)) for pair in self.pairs}
        if len(keys) != len(self.pairs) or any(len(key) < 2 for key in keys):
            raise ValueError("a pair of duties twice, or a duty with itself")

    def code_of(self, name: str) -> str | None:
        """The code of a duty that is named by its code or by its Chinese name; None: it is none."""
        return next((one.code for one in self.duties if name in {one.code, one.label.zh}), None)

    def label(self, code: str) -> Label:
        """What a duty is called."""
        return next(one.label for one in self.duties if one.code == code)

    def pair(self, first: str, second: str) -> Pair | None:
        """The entry of two duties, in either order; None: they go together."""
        wanted = {first, second}
        return next((pair for pair in self.pairs if {pair.first, pair.second} == wanted), None)


@dataclass(frozen=True, slots=True)
class Finding:
    """One holder (a post or a person) with two duties that exclude each other."""

    holder: str
    pair: Pair


def matrix_on(day: date, versions: tuple[Matrix, ...]) -> Matrix:
    """The version in force on a day."""
    valid = [matrix for matrix in versions if matrix.since <= day]
    if not valid:
        raise ValueError(f"no matrix of incompatible duties is in force on {day}")
    return max(valid, key=lambda matrix: matrix.since)


def check_holders(
    matrix: Matrix,
    holders: Mapping[str, frozenset[str]],
    grades: frozenset[Grade] = frozenset((Grade.STATIC,)),
) -> tuple[Finding, ...]:
    """Posts or people against the matrix; give each person the duties of all posts held.

    Rights by standing in count as held: put them into the set of duties as well.
    """
    findings = []
    for holder, duties in sorted(holders.items()):
        _known(matrix, duties)
        for first, second in combinations(sorted(duties), 2):
            pair = matrix.pair(first, second)
            if pair is not None and pair.grade in grades:
                findings.append(Finding(holder, pair))
    return tuple(findings)


def separations(matrix: Matrix, duty_of: Mapping[str, str]) -> tuple[Separate, ...]:
    """The matrix as rules of a process whose steps carry duties (static and per-case pairs)."""
    _known(matrix, frozenset(duty_of.values()))
    rules = []
    for (a, first), (b, second) in combinations(sorted(duty_of.items()), 2):
        pair = matrix.pair(first, second) if first != second else None
        if pair is not None and pair.grade is not Grade.REVIEW:
            rules.append(Separate(f"{a} / {b}: {first}-{second}", frozenset((a, b))))
    return tuple(rules)


def _known(matrix: Matrix, duties: frozenset[str]) -> None:
    unknown = duties - {duty.code for duty in matrix.duties}
    if unknown:
        raise ValueError(f"unknown duties {sorted(unknown)}")
