"""Weight comes from facts, by a table that can be read."""

from datetime import date

import pytest

from zhongshu.kernel.triage import (
    CLASSES,
    TABLES,
    Facts,
    Instruction,
    Origin,
    Reach,
    Row,
    Table,
    table_on,
    weigh,
)
from zhongshu.kernel.triage.facts import PLAIN

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("facts", "weight", "zh"),
    [
        (Facts(), 1, "一般事项"),
        (Facts(source=Origin.PEER), 2, "平级单位来文"),
        (Facts(source=Origin.SUPERIOR), 3, "上级机关来文"),
        (Facts(source=Origin.GOVERNMENT), 5, "党委政府交办"),
        (Facts(instruction=Instruction.DEPUTY), 5, "分管领导批示"),
        (Facts(instruction=Instruction.HEAD), 8, "局长批示"),
        (Facts(red_line=True), 8, "触及红线"),
        (Facts(safety=True), 8, "涉及安全"),
        (Facts(legal_duty=True), 5, "法定职责"),
        (Facts(public=Reach.SOME), 3, "影响群众"),
        (Facts(public=Reach.WIDE), 5, "群众影响面广"),
        (Facts(money=9_999_999), 1, "一般事项"),
        (Facts(money=10_000_000), 3, "金额十万元以上"),
        (Facts(money=99_999_999), 3, "金额十万元以上"),
        (Facts(money=100_000_000), 5, "金额一百万元以上"),
        (Facts(source=Origin.SUPERIOR, instruction=Instruction.HEAD, red_line=True), 8, "触及红线"),
        (Facts(source=Origin.GOVERNMENT, legal_duty=True), 5, "法定职责"),
    ],
)
def test_a_matter_weighs_as_much_as_its_heaviest_fact(facts: Facts, weight: int, zh: str) -> None:
    answer = weigh(facts, table_on(TODAY))
    assert (answer.value, answer.row.zh) == (weight, zh)


def test_the_shipped_rows_are_marked_unverified_and_say_themselves_twice() -> None:
    for table in TABLES:
        assert "未核实" in table.source
        assert all(row.zh and row.en for row in table.rows)
    assert (PLAIN.weight, PLAIN.en) == (1, "an ordinary matter")
    assert CLASSES == (1, 2, 3, 5, 8)


def test_the_table_in_force_is_the_latest_begun() -> None:
    def table(year: int) -> Table:
        return Table(date(year, 1, 1), str(year), ())

    tables = (table(2027), table(2025), table(2026))
    assert table_on(date(2026, 1, 1), tables).source == "2026"
    assert table_on(date(2025, 12, 31), tables).source == "2025"
    with pytest.raises(ValueError, match=r"^no table of weights was in force on that day$"):
        table_on(date(2024, 12, 31), tables)
    with pytest.raises(ValueError, match="in force"):
        table_on(date(2023, 12, 31))
    assert table_on(date(2024, 1, 1)) is TABLES[0]


def test_tables_that_cannot_be() -> None:
    heavy, light = Row("safety", 1, 8, "甲", "a"), Row("money", 1, 3, "乙", "b")
    with pytest.raises(ValueError, match=r"^a weight is not one of the classes$"):
        Table(TODAY, "x", (Row("safety", 1, 4, "丙", "c"),))
    with pytest.raises(ValueError, match=r"^rows stand heaviest first$"):
        Table(TODAY, "x", (light, heavy))
    every = tuple(Row("money", 1, weight, "甲", "a") for weight in CLASSES[::-1])
    assert Table(TODAY, "x", every).rows == every
    assert Table(TODAY, "x", (heavy, heavy, light)).rows[2] is light


def test_money_is_not_negative() -> None:
    with pytest.raises(ValueError, match=r"^money is not negative$"):
        Facts(money=-1)
    assert Facts(money=0).values() == {
        "source": 0,
        "instruction": 0,
        "red_line": 0,
        "money": 0,
        "safety": 0,
        "legal_duty": 0,
        "public": 0,
    }
