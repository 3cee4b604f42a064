"""A tree of targets as a table, and everything that is wrong with it. 目标任务书.

target → indicator → measure, each row under one of the level above, written before it. What must
hold: weights of the targets add up to 100 and those of the indicators to their target's, to the
hundredth; each indicator has exactly one lead; what is counted up over the year never goes down
from quarter to quarter and reaches the aim, what is to be kept down never goes up.

Nothing is guessed and nothing left out: a table with one fault is not taken at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import NamedTuple

from .scores import SORTS, Sort
from .words import Sentence

COLUMNS = (
    *("级别", "编号", "名称", "权重", "类型", "单位", "基数", "目标值"),
    *("一季度", "二季度", "三季度", "四季度", "分管领导", "牵头部门", "配合部门"),
    *("口径与数据来源", "依据"),
)
LEVELS = {"目标": 1, "指标": 2, "措施": 3}
MOST_ROWS = 2_000
HUNDRED = Decimal(100)

FAULTS: Mapping[str, Sentence] = {
    "empty": Sentence("表里没有内容", "the table is empty"),
    "columns": Sentence("第一行应是表头：{value}", "the first row should be: {value}"),
    "many": Sentence("超过 {value} 行", "more than {value} rows"),
    "level": Sentence("“级别”只能是 目标、指标、措施", "the level is 目标, 指标 or 措施"),
    "orphan": Sentence("前面没有它所属的上一级", "nothing of the level above stands before it"),
    "code": Sentence("“编号”不能为空，不超过 20 字", "a code of at most 20 signs is needed"),
    "twice": Sentence("编号“{value}”重复", "the code {value} stands twice"),
    "name": Sentence("“名称”不能为空，不超过 200 字", "a name of at most 200 signs is needed"),
    "formula": Sentence("“{value}”不能以 = + - @ 开头", "{value} may not begin with = + - @"),
    "number": Sentence("“{value}”不是数，或小于 0", "{value} is no number, or below nought"),
    "weight": Sentence("要写权重", "the weight is missing"),
    "measure_weight": Sentence("措施不计权重", "measures have no weight"),
    "sort": Sentence("“类型”只能是 {value}", "the kind is one of {value}"),
    "aim": Sentence("发展型、控制型、约束性指标要写目标值", "the aim is missing"),
    "lead": Sentence("“牵头部门”要有，而且只能有一个", "exactly one lead section"),
    "unit": Sentence("没有叫“{value}”的部门", "there is no section called {value}"),
    "leader": Sentence(
        "没有叫“{value}”的领导，或不止一人", "no leader, or several, called {value}"
    ),
    "assists_itself": Sentence("牵头部门不能同时配合", "the lead does not assist"),
    "quarters_down": Sentence("累计应到数不能逐季减少", "planned sums do not go down"),
    "quarters_up": Sentence("控制数不能逐季放宽", "planned limits do not go up"),
    "quarters_end": Sentence("四季度应等于目标值 {value}", "the fourth quarter is the aim {value}"),
    "sum": Sentence("下一级权重合计 {value}", "the weights of the level below add up to {value}"),
    "no_indicator": Sentence("目标下面没有指标", "the target has no indicator"),
}


class Fault(NamedTuple):
    """What is wrong in which row; row 1 is the headings, 0 the table as a whole."""

    row: int
    code: str
    value: str = ""

    @property
    def told(self) -> Sentence:
        """The fault as a sentence."""
        words = FAULTS[self.code]
        return Sentence(words.zh.format(value=self.value), words.en.format(value=self.value))


@dataclass(frozen=True, slots=True)
class Node:
    """One row of the tree; `parent` is the code of the row above it, "" at the top."""

    row: int
    level: int
    code: str
    name: str
    parent: str = ""
    weight: Decimal | None = None
    sort: Sort | None = None
    unit: str = ""
    base: Decimal | None = None
    aim: Decimal | None = None
    quarters: tuple[Decimal | None, ...] = (None, None, None, None)
    leader: str = ""
    lead: str = ""
    assists: tuple[str, ...] = ()
    definition: str = ""
    ground: str = ""


class Known(NamedTuple):
    """What the table may name: sections, and how many people there are of each leader's name."""

    units: frozenset[str]
    leaders: Mapping[str, int]


class Tree(NamedTuple):
    """What the table says, or what is wrong with it."""

    nodes: tuple[Node, ...]
    faults: tuple[Fault, ...]


def read(rows: Sequence[Sequence[str]], known: Known) -> Tree:
    """The tree of a table of text."""
    if not rows:
        return Tree((), (Fault(0, "empty"),))
    if tuple(cell.strip() for cell in rows[0][: len(COLUMNS)]) != COLUMNS:
        return Tree((), (Fault(1, "columns", "、".join(COLUMNS)),))
    if len(rows) > MOST_ROWS + 1:
        return Tree((), (Fault(0, "many", str(MOST_ROWS)),))
    nodes: list[Node] = []
    faults: list[Fault] = []
    above: dict[int, str] = {}
    for number, cells in enumerate(rows[1:], 2):
        row = _Row(number, [cell.strip() for cell in cells])
        if not any(row.cells):
            continue
        nodes.append(_node(row, above, faults))
    if not nodes:
        faults.append(Fault(0, "empty"))
    faults += check(nodes, known)
    return Tree(tuple(nodes), tuple(sorted(set(faults))))


def check(nodes: Sequence[Node], known: Known) -> Iterator[Fault]:
    """What is wrong with a tree, wherever it comes from."""
    for code, count in Counter(node.code for node in nodes).items():
        if code and count > 1:
            yield Fault(next(n.row for n in reversed(nodes) if n.code == code), "twice", code)
    for node in nodes:
        yield from _names(node, known)
        if node.level == 2:
            yield from _indicator(node)
    yield from _weights(nodes)


class _Row:
    """A row of text, read cell by cell."""

    def __init__(self, number: int, cells: list[str]) -> None:
        self.number = number
        self.cells = cells + [""] * (len(COLUMNS) - len(cells))

    def text(self, name: str) -> str:
        """The text of a column."""
        return self.cells[COLUMNS.index(name)]

    def amount(self, name: str, faults: list[Fault]) -> Decimal | None:
        """The number of a column, None where it is empty."""
        said = self.text(name).replace(",", "").removesuffix("%")
        if not said:
            return None
        try:
            value = Decimal(said)
        except InvalidOperation:
            value = Decimal(-1)
        if not value.is_finite() or not 0 <= value < 10**12:
            faults.append(Fault(self.number, "number", self.text(name)[:20]))
            return None
        return value


def _node(row: _Row, above: dict[int, str], faults: list[Fault]) -> Node:
    level, code, name = LEVELS.get(row.text("级别"), 0), row.text("编号"), row.text("名称")
    wrong = [
        ("level", not level),
        ("code", not 0 < len(code) <= 20),
        ("name", not 0 < len(name) <= 200),
        ("orphan", level > 1 and level - 1 not in above),
    ]
    faults += [Fault(row.number, fault) for fault, yes in wrong if yes]
    faults += [
        Fault(row.number, "formula", cell[:20])
        for cell in (code, name)
        if cell[:1] in "=+-@" and cell
    ]
    parent = above.get(level - 1, "")
    for deeper in [one for one in above if one >= level]:
        del above[deeper]
    above[level] = code
    sorts = {words.zh: sort for sort, words in SORTS.items()}
    return Node(
        row.number,
        level,
        code,
        name,
        parent,
        row.amount("权重", faults),
        sorts.get(row.text("类型")),
        row.text("单位")[:20],
        row.amount("基数", faults),
        row.amount("目标值", faults),
        tuple(row.amount(f"{n}季度", faults) for n in "一二三四"),
        row.text("分管领导"),
        row.text("牵头部门"),
        tuple(one.strip() for one in row.text("配合部门").split("、") if one.strip()),
        row.text("口径与数据来源")[:500],
        row.text("依据")[:200],
    )


def _names(node: Node, known: Known) -> Iterator[Fault]:
    for unit in (node.lead, *node.assists):
        if unit and unit not in known.units:
            yield Fault(node.row, "unit" if "、" not in unit else "lead", unit[:20])
    if node.leader and known.leaders.get(node.leader, 0) != 1:
        yield Fault(node.row, "leader", node.leader[:20])
    if node.lead and node.lead in node.assists:
        yield Fault(node.row, "assists_itself")
    if node.level == 3 and node.weight is not None:
        yield Fault(node.row, "measure_weight")
    if node.level in {1, 2} and node.weight is None:
        yield Fault(node.row, "weight")


def _indicator(node: Node) -> Iterator[Fault]:
    if node.sort is None:
        yield Fault(node.row, "sort", "、".join(words.zh for words in SORTS.values()))
    if not node.lead:
        yield Fault(node.row, "lead")
    if node.sort not in {Sort.QUALITY, None} and node.aim is None:
        yield Fault(node.row, "aim")
    planned = [quarter for quarter in node.quarters if quarter is not None]
    if node.sort is Sort.UP and any(a > b for a, b in pairwise(planned)):
        yield Fault(node.row, "quarters_down")
    if node.sort is Sort.DOWN and any(a < b for a, b in pairwise(planned)):
        yield Fault(node.row, "quarters_up")
    last = node.quarters[3]
    if node.aim is not None and last is not None and last != node.aim:
        yield Fault(node.row, "quarters_end", f"{node.aim:f}")


def _weights(nodes: Sequence[Node]) -> Iterator[Fault]:
    sums: dict[str, Decimal] = {}
    for node in nodes:
        if node.level in {1, 2} and node.weight is not None:
            sums[node.parent] = sums.get(node.parent, Decimal(0)) + node.weight
    tops = [node for node in nodes if node.level == 1]
    if tops and sums.get("", Decimal(0)) != HUNDRED:
        yield Fault(0, "sum", f"{sums.get('', Decimal(0)):f}，应为 100")
    for node in tops:
        if node.code not in sums:
            yield Fault(node.row, "no_indicator")
        elif node.weight is not None and sums[node.code] != node.weight:
            yield Fault(node.row, "sum", f"{sums[node.code]:f}，应为 {node.weight:f}")
