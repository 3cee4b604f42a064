"""The order out of a database is the order of the rule, exactly."""

import sqlite3
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhongshu.kernel.triage import CLASSES, Found, first, rank
from zhongshu.kernel.triage.scan import DESK, FEW, INDEXES, NEED, SLACK, TIGHT

SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

NOW = 1000
TABLE = "CREATE TABLE matter (id INTEGER PRIMARY KEY, desk, weight, need, due, start_by, closed)"
Rows = list[tuple[int, int, int, bool]]


def base(rows: Rows) -> sqlite3.Connection:
    db = sqlite3.connect(":memory:")
    db.execute(TABLE)
    db.executemany(
        "INSERT INTO matter VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (number, number % 2, weight, need, due, due - need, int(closed))
            for number, (weight, need, due, closed) in enumerate(rows)
        ],
    )
    for statement in INDEXES:
        db.execute(statement)
    return db


def sorted_all(rows: Rows, limit: int) -> tuple[Found, ...]:
    found = [
        Found(number, weight, need, due)
        for number, (weight, need, due, closed) in enumerate(rows)
        if not closed
    ]
    return tuple(sorted(found, key=lambda row: rank(row, NOW))[:limit])


matters = st.tuples(
    st.sampled_from(CLASSES), st.integers(1, 8), st.integers(NOW - 10, NOW + 20), st.booleans()
)


@SLOW
@given(st.lists(matters, max_size=40), st.integers(1, 12), st.integers(1, 4))
def test_the_first_ones_are_those_of_the_rule(rows: Rows, limit: int, few: int) -> None:
    db = base(rows)
    asked: list[str] = []

    def fetch(sql: str, parameters: dict[str, int]) -> list[tuple[Any, ...]]:
        asked.append(sql)
        return db.execute(sql, parameters).fetchall()

    assert first(fetch, NOW, limit, few=few) == sorted_all(rows, limit)
    assert first(fetch, NOW, limit) == sorted_all(rows, limit)
    assert len(asked) == 4
    db.close()


def test_where_many_must_begin_the_index_on_need_is_used() -> None:
    rows = [(5, n % 50 + 1, NOW - n, False) for n in range(FEW)]
    for count, by_need in ((FEW - 1, False), (FEW, True)):
        db = base(rows[:count])
        asked: list[str] = []

        def fetch(
            sql: str,
            parameters: dict[str, int],
            db: sqlite3.Connection = db,
            asked: list[str] = asked,
        ) -> list[tuple[Any, ...]]:
            asked.append(sql)
            return db.execute(sql, parameters).fetchall()

        assert first(fetch, NOW, 10) == sorted_all(rows[:count], 10)
        assert ("need_of_weight" in asked[1]) is by_need
        db.close()


def test_only_the_weights_passed_are_seen() -> None:
    db = base([(1, 5, NOW, False), (7, 5, NOW, False)])
    assert [row.weight for row in first(db.execute, NOW, 5)] == [1]
    assert [row.weight for row in first(db.execute, NOW, 5, (1, 7))] == [7, 1]
    db.close()


@pytest.mark.parametrize(
    ("statement", "index"),
    [
        (SLACK, "matter_slack"),
        (TIGHT, "matter_tight"),
        (NEED, "matter_need"),
        (DESK, "matter_desk"),
    ],
)
def test_every_statement_has_its_index_and_sorts_nothing(statement: str, index: str) -> None:
    db = base([(5, 5, NOW, False)])
    parameters = {"weight": 5, "now": NOW, "limit": 9, "few": 9, "desk": 1}
    plan = " ".join(row[3] for row in db.execute("EXPLAIN QUERY PLAN " + statement, parameters))
    assert f"INDEX {index} " in plan
    assert "TEMP B-TREE" not in plan
    db.close()


def test_one_desk() -> None:
    db = base([(1, 5, NOW, False), (2, 5, NOW, False), (3, 5, NOW, True), (5, 5, NOW, False)])
    assert sorted(db.execute(DESK, {"desk": 1})) == [(1, 2, 5, NOW), (3, 5, 5, NOW)]
    db.close()
