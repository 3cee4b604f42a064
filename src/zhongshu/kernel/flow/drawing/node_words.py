"""What stands in the boxes and on the lines of a drawing, in Chinese. 图上的字."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from zhongshu.kernel.flow.condition import All, Any, Condition, Not, Row
from zhongshu.kernel.flow.definition import (
    Counting,
    Definition,
    Edge,
    Node,
    NodeKind,
    Seat,
    SeatKind,
)
from zhongshu.kernel.worktime import Limit

KINDS = {
    NodeKind.DRAFT: "拟稿",
    NodeKind.DECIDE: "审批",
    NodeKind.TASK: "办理",
    NodeKind.ACKNOWLEDGE: "阅办",
    NodeKind.INSTRUCT: "批示",
    NodeKind.SPLIT: "并行",
    NodeKind.INCLUSIVE: "按条件",
    NodeKind.JOIN: "汇合",
    NodeKind.CASE: "子流程",
    NodeKind.END: "办结",
}
EFFECTS = {"number": "编号", "seal": "用印", "send": "发出", "pay": "付款", "archive": "归档"}
RELATIONS = {
    "unit_head": "本部门负责人",
    "unit_leader": "分管领导",
    "upper_head": "上级部门负责人",
    "initiator": "发起人",
}
SIGNS = {"!=": "≠", "<": "＜", "<=": "≤", ">": "＞", ">=": "≥"}
CENTS = "（分）"
ELSE = "其余"


def width(text: str, size: float) -> float:
    """How wide a text is, about: a Chinese character is as wide as high, a letter half that."""
    return size * sum(1.0 if ord(char) > 0x2000 else 0.58 for char in text)


def wrap(text: str, size: float, room: float, most: int = 3) -> list[str]:
    """A text in lines that fit, at most so many, the last one cut with an ellipsis if need be."""
    lines, line = [], ""
    for char in text:
        if line and width(line + char, size) > room:
            lines.append(line)
            line = ""
        line += char
    lines.append(line)
    if len(lines) > most:
        lines = [*lines[: most - 1], _cut(lines[most - 1], size, room)]
    return [line for line in lines if line]


def _cut(line: str, size: float, room: float) -> str:
    while line and width(line + "…", size) > room:
        line = line[:-1]
    return line + "…"


def limit(span: Limit | None) -> str:
    """A limit as people say it."""
    if span is None:
        return ""
    if span.unit == "days":
        return f"限 {span.amount} 天"
    hours, minutes = divmod(span.amount, 60)
    return f"限 {hours} 小时" if not minutes else f"限 {span.amount} 分钟"


def seat(definition: Definition, one: Seat) -> str:
    """Who sits there: the name given, or what the seat refers to."""
    name = one.name or _reference(definition, one)
    weight = f"×{one.weight}" if one.weight > 1 else ""
    return f"{name}{weight}{'（可否决）' if one.veto else ''}"


def _reference(definition: Definition, one: Seat) -> str:
    if one.kind is SeatKind.RELATION:
        return RELATIONS.get(one.ref, one.ref)
    field = definition.field.get(one.ref) if one.kind is SeatKind.FIELD else None
    return field.label if field else one.ref


def seats(definition: Definition, node: Node) -> list[str]:
    """Everybody at a node, in order, with what stands between them."""
    between = " → " if node.rule.kind is Counting.SEQUENTIAL else "、"
    names = [seat(definition, one) for one in node.seats]
    return [name + between for name in names[:-1]] + names[-1:]


def pack(parts: Sequence[str], size: float, room: float, most: int = 3) -> list[str]:
    """Parts in lines, as many in a line as fit; what is more than enough ends in an ellipsis."""
    lines: list[str] = []
    for part in parts:
        if lines and width(lines[-1] + part, size) <= room:
            lines[-1] += part
        else:
            lines += wrap(part, size, room, 1)
    if len(lines) > most:
        lines = [*lines[: most - 1], _cut(lines[most - 1] + lines[most], size, room)]
    return [line.strip() for line in lines]


def rule(definition: Definition, node: Node) -> str:
    """How the words are counted, where there is more than one."""
    kind = node.rule.kind
    many = {field.name for field in definition.fields if field.many}
    is_open = any(one.kind is SeatKind.FIELD and one.ref in many for one in node.seats)
    if len(node.seats) < 2 and not is_open:
        return "认领" if any(one.kind is SeatKind.POOL for one in node.seats) else ""
    return {
        Counting.ALL: "都要办" if node.kind is not NodeKind.DECIDE else "都要同意",
        Counting.COUNT: "先到先定" if node.race else f"{node.rule.n} 人即可",
        Counting.AT_LEAST: f"至少 {node.rule.p}/{node.rule.q}",
        Counting.MORE_THAN: f"超过 {node.rule.p}/{node.rule.q}",
        Counting.SEQUENTIAL: "依次",
    }[kind]


def meta(definition: Definition, node: Node, size: float, room: float) -> list[str]:
    """Kind, counting, limit and outward effects, as many in a line as fit."""
    effects = "、".join(EFFECTS.get(word, word) for word in node.effects)
    parts = (
        "" if node.kind is NodeKind.DRAFT else KINDS[node.kind],
        rule(definition, node),
        limit(node.limit),
    )
    filled = [part for part in (*parts, f"◆{effects}" if effects else "") if part]
    return pack([part if i == 0 else f"　{part}" for i, part in enumerate(filled)], size, room)


def refusal(definition: Definition, node: Node) -> str:
    """What a refusal does, unless it ends the case or is drawn as a line."""
    if node.kind is not NodeKind.DECIDE or node.on_fail in {"end", "edge"}:
        return ""
    back = definition.by_id.get(node.on_fail)
    return f"不同意退回{back.name if back else node.on_fail}"


def label(definition: Definition, edge: Edge, *, is_else: bool, is_fail: bool) -> list[str]:
    """The lines on an edge: when it is taken."""
    lines = ["不同意"] if is_fail else []
    if edge.when is not None:
        return [*lines, *condition(definition, edge.when)]
    return [*lines, ELSE] if is_else else lines


def condition(definition: Definition, when: Condition) -> list[str]:
    """A condition, its outermost parts on lines of their own."""
    if not isinstance(when, All | Any):
        return [phrase(definition, when)]
    word = "且 " if isinstance(when, All) else "或 "
    parts = [phrase(definition, part) for part in when.parts]
    return [part if index == 0 else word + part for index, part in enumerate(parts)]


def phrase(definition: Definition, when: Condition) -> str:
    """A condition in one phrase."""
    match when:
        case Row():
            return _row(definition, when)
        case Not():
            return f"并非（{phrase(definition, when.part)}）"
        case All() | Any():
            word = "且" if isinstance(when, All) else "或"
            return f"（{word.join(phrase(definition, part) for part in when.parts)}）"
        case _:
            assert_never(when)


def _row(definition: Definition, row: Row) -> str:
    field = definition.field.get(row.field)
    name = field.label if field else row.field
    values = row.value if isinstance(row.value, tuple) else (row.value,)
    is_money = name.endswith(CENTS)
    name = name.removesuffix(CENTS)
    value = "、".join(_value(one, is_money) for one in values)
    match row.operator:
        case "empty" | "filled":
            return f"{name}未填" if row.operator == "empty" else f"已填{name}"
        case "=" | "in":
            return f"{name}：{value}"
        case "not in":
            return f"{name}不是{value}"
        case "has":
            return f"{name}含{value}"
        case operator:
            return f"{name} {SIGNS[operator]} {value}"


def _value(value: bool | int | str, is_money: bool) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int) and is_money:
        return _yuan(value)
    return str(value)


def _yuan(cents: int) -> str:
    """Money as it is spoken of: 5 万元, 2000 元, 12.50 元."""
    if cents % 1_000_000 == 0 and cents:
        return f"{cents // 1_000_000} 万元"
    if cents % 100 == 0:
        return f"{cents // 100} 元"
    return f"{cents / 100:.2f} 元" if abs(cents) < 10**14 else f"{cents} 分"


def notes(definition: Definition) -> Sequence[str]:
    """The line below the title of a drawing."""
    people = f"至少 {definition.min_deciders} 人决定" if definition.min_deciders > 1 else ""
    return [part for part in (f"第 {definition.version} 版", people) if part]
