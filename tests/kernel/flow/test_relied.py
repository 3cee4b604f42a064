"""What a step stands on when it declares nothing: what can have been filled in by then."""

from __future__ import annotations

from importlib.resources import files

import pytest

from zhongshu.kernel.flow.definition import Definition
from zhongshu.kernel.flow.text.format import read


def shipped(name: str) -> Definition:
    found = read(files("zhongshu.config").joinpath("flows", f"{name}.toml").read_text("utf-8"))
    assert isinstance(found, Definition)
    return found


def test_a_step_does_not_stand_on_what_only_a_later_step_fills_in() -> None:
    expense = shipped("expense")
    assert "voucher" not in expense.relied["verify"]
    assert "voucher" in expense.relied["book"]
    assert "amount" in expense.relied["verify"]


@pytest.mark.parametrize(
    "name",
    [
        *("expense", "incoming", "leave", "outgoing", "procurement", "request"),
        *("supervision", "supplies"),
    ],
)
def test_no_two_steps_ask_each_other_again_for_ever(name: str) -> None:
    flow = shipped(name)
    changes = {
        (one.id, other.id)
        for one in flow.nodes
        for other in flow.nodes
        if set(one.edits) & set(flow.relied[other.id]) and one is not other
    }
    assert [pair for pair in changes if (pair[1], pair[0]) in changes] == []


def test_the_drafter_writes_what_nobody_else_does() -> None:
    assert shipped("expense").drafted == {"reason", "category", "amount", "invoices"}
    assert shipped("incoming").drafted == {"title", "source", "paper"}
