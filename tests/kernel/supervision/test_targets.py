"""A tree of targets out of a table: every fault with its row, and nothing taken with one."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhongshu.kernel.supervision.scores import Sort
from zhongshu.kernel.supervision.targets import (
    COLUMNS,
    FAULTS,
    MOST_ROWS,
    Known,
    Tree,
    read,
)

KNOWN = Known(frozenset({"供水科", "工程科", "办公室"}), {"赵副": 1, "双名": 2})
HEAD = list(COLUMNS)


def row(level: str, code: str, **more: str) -> list[str]:
    cells = {"级别": level, "编号": code, "名称": f"名称{code}", **more}
    return [cells.get(column, "") for column in COLUMNS]


def indicator(code: str, weight: str = "100", **more: str) -> list[str]:
    said = {"类型": "发展型", "目标值": "46", "牵头部门": "供水科", "权重": weight}
    return row("指标", code, **{**said, **more})


def table(*rows: list[str]) -> Tree:
    return read([HEAD, *rows], KNOWN)


TARGET = row("目标", "1", 权重="100", 分管领导="赵副")


def test_a_sound_table() -> None:
    tree = table(
        TARGET,
        indicator("1.1", "60", 一季度="10", 二季度="22", 三季度="1,0", 四季度="46", 基数="0"),
        row("措施", "1.1.1", 牵头部门="工程科", 配合部门="办公室、供水科"),
        [],
        indicator("1.2", "40", 类型="控制型", 目标值="9.5%", 一季度="10.4", 四季度="9.5"),
    )
    assert [fault.code for fault in tree.faults] == ["quarters_down"]  # 1,0 is ten
    fixed = table(
        TARGET,
        indicator("1.1", "60", 一季度="10", 二季度="22", 三季度="27", 四季度="46"),
        row("措施", "1.1.1", 牵头部门="工程科", 配合部门="办公室、供水科"),
        indicator("1.2", "40", 类型="控制型", 目标值="9.5%", 一季度="10.4", 四季度="9.5"),
    )
    assert fixed.faults == ()
    assert [(n.level, n.code, n.parent) for n in fixed.nodes] == [
        (1, "1", ""),
        (2, "1.1", "1"),
        (3, "1.1.1", "1.1"),
        (2, "1.2", "1"),
    ]
    assert fixed.nodes[1].quarters == tuple(map(Decimal, ("10", "22", "27", "46")))
    assert fixed.nodes[2].assists == ("办公室", "供水科")
    assert (fixed.nodes[3].sort, fixed.nodes[3].aim) == (Sort.DOWN, Decimal("9.5"))


@pytest.mark.parametrize(
    ("rows", "faults"),
    [
        ([], [(0, "empty")]),
        ([[""]], [(0, "empty")]),
        ([row("大事", "1")], [(2, "level")]),
        ([TARGET, indicator("1.1"), row("措施", "")], [(4, "code")]),
        ([TARGET, indicator("1.1"), row("措施", "x", 名称="")], [(4, "name")]),
        ([TARGET, indicator("1.1"), row("措施", "=1")], [(4, "formula")]),
        ([TARGET, indicator("1.1"), row("措施", "1.1")], [(4, "twice")]),
        ([row("措施", "1.1.1")], [(2, "orphan")]),
        ([TARGET, row("措施", "1.1.1"), indicator("1.1")], [(3, "orphan")]),
        (
            [TARGET, indicator("1.1", 权重="很多")],
            [(2, "no_indicator"), (3, "number"), (3, "weight")],
        ),
        ([TARGET, indicator("1.1", 基数="-3")], [(3, "number")]),
        ([TARGET, indicator("1.1", 基数="Infinity")], [(3, "number")]),
        ([TARGET, indicator("1.1"), row("措施", "x", 权重="3")], [(4, "measure_weight")]),
        ([TARGET, indicator("1.1", 类型="其他")], [(3, "sort")]),
        ([TARGET, indicator("1.1", 目标值="")], [(3, "aim")]),
        ([TARGET, indicator("1.1", 牵头部门="")], [(3, "lead")]),
        ([TARGET, indicator("1.1", 牵头部门="供水科、办公室")], [(3, "lead")]),
        ([TARGET, indicator("1.1", 牵头部门="火星科")], [(3, "unit")]),
        ([TARGET, indicator("1.1", 配合部门="供水科")], [(3, "assists_itself")]),
        ([TARGET, indicator("1.1", 分管领导="双名")], [(3, "leader")]),
        ([TARGET, indicator("1.1", 分管领导="无此人")], [(3, "leader")]),
        ([TARGET, indicator("1.1", 四季度="45")], [(3, "quarters_end")]),
        (
            [TARGET, indicator("1.1", 类型="控制型", 一季度="9", 二季度="10")],
            [(3, "quarters_up")],
        ),
        ([TARGET, indicator("1.1", "60")], [(2, "sum")]),
        ([row("目标", "1", 权重="90"), indicator("1.1", "90")], [(0, "sum")]),
        ([TARGET], [(2, "no_indicator")]),
        ([row("目标", "1"), indicator("1.1")], [(0, "sum"), (2, "weight")]),
    ],
)
def test_each_fault_with_its_row(rows: list[list[str]], faults: list[tuple[int, str]]) -> None:
    assert [(fault.row, fault.code) for fault in table(*rows).faults] == faults


def test_quality_needs_no_aim() -> None:
    assert table(TARGET, indicator("1.1", 类型="定性", 目标值="")).faults == ()


def test_no_table_wrong_headings_too_many_rows() -> None:
    assert [fault.code for fault in read([], KNOWN).faults] == ["empty"]
    assert read([["甲", "乙"]], KNOWN).faults[0].told.zh.startswith("第一行应是表头：级别")
    long = read([HEAD, *[TARGET] * (MOST_ROWS + 1)], KNOWN)
    assert [fault.code for fault in long.faults] == ["many"]


def test_the_sum_is_told() -> None:
    told = table(TARGET, indicator("1.1", "60.5")).faults[0].told
    assert told.zh == "下一级权重合计 60.5，应为 100"


def test_faults_speak_both_languages() -> None:
    for code, words in FAULTS.items():
        assert re.search("[\u4e00-\u9fff]", words.zh), code
        assert words.en, code


cells = st.text(max_size=12) | st.sampled_from(["目标", "指标", "措施", "1", "1.1", "供水科", "50"])


@given(st.lists(st.lists(cells, max_size=len(COLUMNS) + 2), max_size=6))
def test_any_table_gets_an_answer(rows: list[list[str]]) -> None:
    tree = read([HEAD, *rows], KNOWN)
    for fault in tree.faults:
        assert fault.told.zh
    if not tree.faults:
        tops = sum(node.weight or 0 for node in tree.nodes if node.level == 1)
        assert tops == 100 or not any(node.level == 1 for node in tree.nodes)
