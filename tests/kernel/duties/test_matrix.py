"""The matrix of incompatible duties as shipped, and the checks against it."""

from datetime import date

import pytest

from zhongshu.kernel.duties.matrix import (
    Duty,
    Finding,
    Grade,
    Matrix,
    Pair,
    check_holders,
    matrix_on,
    separations,
)
from zhongshu.kernel.duties.matrix_data import PRACTICE, SHIPPED
from zhongshu.kernel.duties.model import Label, Separate

TODAY = matrix_on(date(2026, 1, 1), SHIPPED)
A, B = Duty("A", Label("甲", "a")), Duty("B", Label("乙", "b"))
AB = Pair("A", "B", Grade.STATIC, "test", by_law=False)


def test_the_shipped_matrix_is_whole() -> None:
    assert len(TODAY.duties) == 17
    counts = {grade: sum(pair.grade is grade for pair in TODAY.pairs) for grade in Grade}
    assert counts == {Grade.STATIC: 56, Grade.PER_CASE: 41, Grade.REVIEW: 17}
    assert sum(pair.by_law for pair in TODAY.pairs) == 8
    assert all((pair.source == PRACTICE) != pair.by_law for pair in TODAY.pairs)


@pytest.mark.parametrize(
    ("first", "second", "grade"),
    [
        ("CSH", "BKP", Grade.STATIC),
        ("BKP", "CSH", Grade.STATIC),
        ("APP", "AUT", Grade.PER_CASE),
        ("APP", "CNT", Grade.REVIEW),
        ("SUP", "SYS", Grade.STATIC),
        ("MDM", "SYS", Grade.PER_CASE),
        ("REC", "SUP", Grade.REVIEW),
        ("PUR", "REC", None),
        ("CUS", "MDM", None),
    ],
)
def test_entries(first: str, second: str, grade: Grade | None) -> None:
    pair = TODAY.pair(first, second)
    assert (pair and pair.grade) == grade


def test_posts_are_checked() -> None:
    held = {
        "出纳": frozenset(("CSH", "BKP", "CNT")),
        "会计": frozenset(("BKP", "CNT")),
        "主任": frozenset(("AUT", "APP")),
    }
    found = check_holders(TODAY, held)
    assert [(f.holder, f.pair.first, f.pair.second) for f in found] == [("出纳", "CSH", "BKP")]
    assert found[0].pair.by_law
    all_grades = check_holders(TODAY, held, frozenset(Grade))
    assert [(f.holder, f.pair.grade) for f in all_grades] == [
        ("主任", Grade.PER_CASE),
        ("会计", Grade.REVIEW),
        ("出纳", Grade.REVIEW),
        ("出纳", Grade.STATIC),
        ("出纳", Grade.PER_CASE),
    ]
    assert check_holders(TODAY, {}) == ()


def test_steps_with_duties_become_rules() -> None:
    rules = separations(
        TODAY, {"draft": "APP", "approve": "AUT", "again": "APP", "count": "CNT", "take": "PUR"}
    )
    assert {(rule.name, rule.scope) for rule in rules} == {
        ("approve / draft: AUT-APP", frozenset(("approve", "draft"))),
        ("again / approve: APP-AUT", frozenset(("again", "approve"))),
        ("approve / take: AUT-PUR", frozenset(("approve", "take"))),
        ("again / take: APP-PUR", frozenset(("again", "take"))),
        ("count / take: CNT-PUR", frozenset(("count", "take"))),
        ("draft / take: APP-PUR", frozenset(("draft", "take"))),
    }
    assert all(isinstance(rule, Separate) for rule in rules)


def test_the_version_of_the_day() -> None:
    old = Matrix(date(2020, 1, 1), (A, B), ())
    new = Matrix(date(2025, 1, 1), (A, B), (AB,))
    assert matrix_on(date(2024, 12, 31), (old, new)) is old
    assert matrix_on(date(2025, 1, 1), (new, old)) is new
    assert check_holders(new, {"x": frozenset("AB")}) == (Finding("x", AB),)
    with pytest.raises(ValueError, match="no matrix"):
        matrix_on(date(2019, 1, 1), (old, new))


def test_mistakes_of_the_caller() -> None:
    day = date(2025, 1, 1)
    with pytest.raises(ValueError, match="unknown duties"):
        Matrix(day, (A,), (AB,))
    with pytest.raises(ValueError, match="twice"):
        Matrix(day, (A, B), (AB, Pair("B", "A", Grade.REVIEW, "", by_law=False)))
    with pytest.raises(ValueError, match="with itself"):
        Matrix(day, (A, B), (Pair("A", "A", Grade.REVIEW, "", by_law=False),))
    with pytest.raises(ValueError, match="unknown duties"):
        check_holders(TODAY, {"x": frozenset(("ZZZ",))})
    with pytest.raises(ValueError, match="unknown duties"):
        separations(TODAY, {"x": "ZZZ"})
