"""How heavy a matter is: from facts, by a dated table anybody can read.

The facts are those of the handbook on documents, 1.4: source level, a leader's instruction, legal
duty, money, safety, public impact; and red lines. A matter weighs as much as its heaviest fact, so
the answer names the one row that decides. What the sender wrote on the envelope is not among the
facts. The rows shipped here are ours ([G]): a proposal, unverified, to be replaced by a bureau.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Literal, NamedTuple

CLASSES = (1, 2, 3, 5, 8)
"""The weights in use, lightest first: few, so that every one has its own range in an index."""

Fact = Literal["source", "instruction", "red_line", "money", "safety", "legal_duty", "public"]


class Origin(IntEnum):
    """Where a matter comes from, lowest first."""

    OWN = 0
    PEER = 1
    SUPERIOR = 2
    GOVERNMENT = 3


class Instruction(IntEnum):
    """Whose instruction it carries, lowest first."""

    NONE = 0
    DEPUTY = 1
    HEAD = 2


class Reach(IntEnum):
    """How far the public is touched."""

    NONE = 0
    SOME = 1
    WIDE = 2


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a matter. `money` is in fen. `ValueError` when it is negative."""

    source: Origin = Origin.OWN
    instruction: Instruction = Instruction.NONE
    red_line: bool = False
    money: int = 0
    safety: bool = False
    legal_duty: bool = False
    public: Reach = Reach.NONE

    def __post_init__(self) -> None:
        if self.money < 0:
            raise ValueError("money is not negative")

    def values(self) -> dict[Fact, int]:
        """Every fact as a number, by name; yes is 1."""
        return {
            "source": self.source,
            "instruction": self.instruction,
            "red_line": int(self.red_line),
            "money": self.money,
            "safety": int(self.safety),
            "legal_duty": int(self.legal_duty),
            "public": self.public,
        }


class Row(NamedTuple):
    """If the fact is at least so much, the matter weighs `weight`; `zh` and `en` say it."""

    fact: Fact
    at_least: int
    weight: int
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Table:
    """The rows in force from a day on, heaviest first, and where they come from.

    `ValueError` when a weight is not one of `CLASSES`, or the rows are not heaviest first.
    """

    since: date
    source: str
    rows: tuple[Row, ...]

    def __post_init__(self) -> None:
        weights = [row.weight for row in self.rows]
        if not set(weights) <= set(CLASSES):
            raise ValueError("a weight is not one of the classes")
        if weights != sorted(weights, reverse=True):
            raise ValueError("rows stand heaviest first")


class Weight(NamedTuple):
    """The weight of a matter and the row that gave it."""

    value: int
    row: Row


PLAIN = Row("source", 0, 1, "一般事项", "an ordinary matter")
"""What holds when no other row does."""

TABLES = (
    Table(
        since=date(2024, 1, 1),
        source="本产品建议，未核实，由各单位自定",
        rows=(
            Row("red_line", 1, 8, "触及红线", "touches a red line"),
            Row("instruction", Instruction.HEAD, 8, "局长批示", "instructed by the director"),
            Row("safety", 1, 8, "涉及安全", "concerns safety"),
            Row("instruction", Instruction.DEPUTY, 5, "分管领导批示", "instructed by a deputy"),
            Row("legal_duty", 1, 5, "法定职责", "a legal duty"),
            Row(
                "source", Origin.GOVERNMENT, 5, "党委政府交办", "from party committee or government"
            ),
            Row("public", Reach.WIDE, 5, "群众影响面广", "touches many people"),
            Row("money", 100_000_000, 5, "金额一百万元以上", "a million yuan or more"),
            Row("source", Origin.SUPERIOR, 3, "上级机关来文", "from a superior organ"),
            Row("public", Reach.SOME, 3, "影响群众", "touches people"),
            Row("money", 10_000_000, 3, "金额十万元以上", "a hundred thousand yuan or more"),
            Row("source", Origin.PEER, 2, "平级单位来文", "from a peer"),
        ),
    ),
)


def table_on(day: date, tables: tuple[Table, ...] = TABLES) -> Table:
    """The table in force on a day. `ValueError` when none is."""
    held = [table for table in tables if table.since <= day]
    if not held:
        raise ValueError("no table of weights was in force on that day")
    return max(held, key=lambda table: table.since)


def weigh(facts: Facts, table: Table) -> Weight:
    """The weight of a matter: that of the first row whose fact it reaches."""
    values = facts.values()
    met = (row for row in table.rows if values[row.fact] >= row.at_least)
    row = next(met, PLAIN)
    return Weight(row.weight, row)
