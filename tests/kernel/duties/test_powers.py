"""The list of powers, read off conditions on the amount."""

from __future__ import annotations

from importlib.resources import files

import pytest

from tests.kernel.flow.world import node, process
from zhongshu.kernel.duties.powers import OPEN, Bounds, powers
from zhongshu.kernel.flow.condition import All, Any, Condition, Not, Row
from zhongshu.kernel.flow.definition import Definition, Edge, Field
from zhongshu.kernel.flow.text.format import read


def shipped(name: str) -> Definition:
    found = read(files("zhongshu.config").joinpath("flows", f"{name}.toml").read_text("utf-8"))
    assert isinstance(found, Definition)
    return found


def amounts(flow: Definition) -> dict[str, tuple[Bounds, ...]]:
    return {power.node: power.amounts for power in powers(flow)}


def test_the_limits_of_expenses() -> None:
    found = amounts(shipped("expense"))
    assert found["会计审核"] == (OPEN,)
    assert found["分管领导审批"] == ((200_000, None),)
    assert found["主要领导审批"] == ((1_000_000, None),)
    assert found["局长办公会"] == ((5_000_000, None),)
    assert found["出纳付款"] == (OPEN,)


def test_a_condition_beside_the_amount_takes_nothing_from_the_others() -> None:
    found = amounts(shipped("procurement"))
    assert found["分管领导审批"] == ((None, 5_000_000),)
    assert found["局长办公会表决"] == (OPEN,), "also below the limit, where it is not in the budget"


@pytest.mark.parametrize(
    ("when", "first", "rest"),
    [
        (Row("a", "<", 100), (None, 99), (99, None)),
        (Row("a", "<=", 100), (None, 100), (100, None)),
        (Row("a", ">", 100), (100, None), OPEN),
        (Row("a", ">=", 100), (99, None), OPEN),
        (Row("a", "=", 100), (99, 100), OPEN),
        (Row("a", "!=", 100), OPEN, OPEN),
        (All((Row("a", ">", 10), Row("a", "<=", 20))), (10, 20), OPEN),
        (All((Row("a", "<=", 20), Row("b", "filled"))), (None, 20), OPEN),
        (Any((Row("a", "<=", 20), Row("a", ">", 40))), OPEN, OPEN),
        (Not(Row("a", "<=", 20)), OPEN, OPEN),
        (Row("b", "filled"), OPEN, OPEN),
    ],
    ids=repr,
)
def test_what_a_condition_leaves(when: Condition, first: Bounds, rest: Bounds) -> None:
    flow = process(
        node("start", (Edge("m", when), Edge("n")), "li"),
        node("m", "end", "chen"),
        node("n", (Edge("end", Row("a", "<=", 7)), Edge("end")), "zhao"),
        fields=(Field("a", "a", "number"), Field("b", "b", "number")),
        amount="a",
    )
    found = amounts(flow)
    assert (found["m"], found["n"]) == ((first,), (rest,))


def test_ways_that_come_together_again_are_put_together() -> None:
    flow = process(
        node(
            "start", (Edge("m", Row("a", "<=", 10)), Edge("n", Row("a", "<=", 20)), Edge("o")), "li"
        ),
        node("m", "o", "chen"),
        node("n", "o", "zhao"),
        node("o", "end", "wu"),
        fields=(Field("a", "a", "number"),),
        amount="a",
    )
    found = amounts(flow)
    assert found["m"] == ((None, 10),)
    assert found["n"] == ((10, 20),)
    assert found["o"] == (OPEN,)


def test_a_way_that_no_amount_takes_is_no_way() -> None:
    flow = process(
        node(
            "start", (Edge("m", Row("a", "<=", 20)), Edge("n", Row("a", "<=", 10)), Edge("o")), "li"
        ),
        node("m", "end", "chen"),
        node("n", "end", "zhao"),
        node("o", "end", "wu"),
        fields=(Field("a", "a", "number"),),
        amount="a",
    )
    found = amounts(flow)
    assert (found["m"], found["n"], found["o"]) == (((None, 20),), (), ((20, None),))


def test_without_an_amount_there_are_no_amounts() -> None:
    assert set(amounts(shipped("leave")).values()) == {()}
    powers_ = powers(shipped("expense"))
    pay = next(power for power in powers_ if power.node == "出纳付款")
    assert (pay.kind, pay.ref, pay.act, pay.effects) == ("post", "cashier", "task", ("pay",))
