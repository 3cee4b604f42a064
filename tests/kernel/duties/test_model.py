"""What may not be said, and the small words of the model."""

import pytest

from zhongshu.kernel.duties.acting import may_act, who_may_act
from zhongshu.kernel.duties.model import (
    AtMost,
    Bar,
    Dependent,
    Grant,
    Label,
    OneTeam,
    Person,
    Plan,
    Process,
    Separate,
    Staff,
    Step,
    SuperAtLeast,
    places_of,
)
from zhongshu.kernel.duties.problem import Case, pose
from zhongshu.kernel.duties.solve import find_plan
from zhongshu.kernel.duties.verify import broken

from .oracle import staff, steps

TWO = steps(2)
BOTH = frozenset(("s0", "s1"))


def test_crowds() -> None:
    three = staff(3)
    assert three.crowd(("p2", "p0")) == 0b101
    assert [person.key for person in three.members(0b110)] == ["p1", "p2"]
    assert places_of(0b11010) == (1, 3, 4)
    assert places_of(0b11010, 2) == (1, 3)
    assert places_of(0b11010, 0) == places_of(0) == ()
    with pytest.raises(ValueError, match="unknown person"):
        three.crowd(("p9",))


def test_mistakes_of_the_caller() -> None:
    label = Label("", "")
    with pytest.raises(ValueError, match="two people"):
        Staff((Person("a", label), Person("a", label)))
    with pytest.raises(ValueError, match="two steps"):
        Process(staff(1), (Step("a", label), Step("a", label)), ())
    with pytest.raises(ValueError, match=r"unknown steps \['x'\]"):
        Process(staff(1), TWO, (Grant("x", 1),))
    with pytest.raises(ValueError, match=r"unknown steps \['y'\]"):
        Process(staff(1), TWO, (), (Separate("r", frozenset(("s0", "y"))),))
    with pytest.raises(ValueError, match=r"unknown steps \['z'\]"):
        Process(staff(1), TWO, (), (), (frozenset(("z",)),))
    with pytest.raises(ValueError, match="two rules"):
        Process(staff(1), TWO, (), (Separate("r", BOTH), AtMost("r", 1, BOTH)))
    with pytest.raises(ValueError, match="without steps"):
        Process(staff(1), TWO, (), (), (frozenset(),))
    with pytest.raises(ValueError, match="not on the staff"):
        Process(staff(1), TWO, (Grant("s0", 0b10),))
    with pytest.raises(ValueError, match="not on the staff"):
        Process(staff(1), TWO, (Grant("s0", -1),))
    for rule in (
        OneTeam("r", BOTH, (1, 2)),
        SuperAtLeast("r", 2, BOTH, 2),
        Dependent("r", "s0", "s1", 1, 2),
        Dependent("r", "s0", "s1", 2, 1),
        Bar("r", BOTH, 2),
    ):
        with pytest.raises(ValueError, match="not on the staff"):
            Process(staff(1), TWO, (), (rule,))
    with pytest.raises(ValueError, match=r"unknown steps \['s9'\]"):
        find_plan(Process(staff(1), TWO, ()), BOTH | {"s9"})
    for step, done in (("s9", {}), ("s0", {"s9": 0}), ("s0", {"s0": 0})):
        with pytest.raises(ValueError, match="unknown steps"):
            may_act(Process(staff(1), TWO, ()), step, 0, done)
        with pytest.raises(ValueError, match="unknown steps"):
            who_may_act(Process(staff(1), TWO, ()), step, done)
    with pytest.raises(ValueError, match="depend on itself"):
        Dependent("r", "s0", "s0", 1, 1)


def test_no_ways_means_one_with_every_step() -> None:
    assert Process(staff(1), TWO, ()).ways == (BOTH,)


def test_people_with_equal_rights_are_one_class() -> None:
    grants = (Grant("s0", 0b0111), Grant("s1", 0b1100))
    posed = pose(Process(staff(5), TWO, grants), BOTH)
    assert posed.classes == (0b0011, 0b0100, 0b1000)
    assert posed.allowed == (0b011, 0b110)
    assert posed.sizes == [2, 1, 1]
    team = Dependent("r", "s0", "s1", 0b0001, 0b0100)
    assert pose(Process(staff(5), TWO, grants, (team,)), BOTH).sizes == [1, 1, 1, 1]
    assert pose(Process(staff(5), TWO, ()), BOTH).classes == ()


def test_nobody_at_all() -> None:
    assert find_plan(Process(staff(2), TWO, ()), BOTH) is None


def test_a_most_of_nobody() -> None:
    one = Process(staff(2), TWO, (Grant("s0", 3), Grant("s1", 3)), (AtMost("r", 0, BOTH),))
    assert find_plan(one, BOTH) is None


def test_the_checker_names_what_is_wrong() -> None:
    grants = (Grant("s0", 0b01), Grant("s1", 0b11))
    bar = Bar("bar", BOTH, 0b10)
    one = Process(staff(2), TWO, grants, (Separate("r", BOTH), bar))
    assert broken(one, BOTH, Plan((("s0", 0),))) == ("(steps)",)
    assert broken(one, BOTH, Plan((("s0", 0), ("s1", 1), ("s1", 1)))) == ("(steps)",)
    assert broken(one, BOTH, Plan((("s0", 1), ("s1", 1)))) == ("(rights)", "r", "bar")
    away = Case(absent=0b10)
    assert broken(one, BOTH, Plan((("s0", 0), ("s1", 1))), away) == ("(absent)", "bar")
    done = Case((("s1", 1), ("other", 0)))
    assert broken(one, BOTH, Plan((("s0", 0), ("s1", 0))), done) == ("(history)", "r")
    assert broken(one, BOTH, Plan((("s0", 0), ("s1", 1))), done) == ()
