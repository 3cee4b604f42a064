"""A process in words, row by row, and two versions side by side. 流程的文字说明.

What a drawing cannot show stands here too: what a decision relies on, where it may be returned to,
to whom it may be handed. Labels are in both languages; what the process calls its own nodes, posts
and fields is in its own words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from zhongshu.kernel.flow.definition import (
    Definition,
    Edge,
    Field,
    Node,
    NodeKind,
    Seat,
    SeatKind,
)

from . import node_words as words

Names = Mapping[str, str]  # of posts and units
Label = tuple[str, str]


class Row(NamedTuple):
    """One thing that is said of a process or a node."""

    label: Label
    text: str


class Difference(NamedTuple):
    """One thing that is not the same: of which node ("": of the whole), and both texts."""

    node: str
    label: Label
    before: str
    after: str


WORDS = {
    "any": "任何人",
    "unit": "本部门",
    "draft": "拟稿",
    "previous": "上一步",
    "end": "办结为不同意",
    "undecided": "下一步没有表态以前",
    "unopened": "下一步没有打开以前",
    "never": "不可以",
    "before_decision": "没有人表态以前",
    "smart": "内容没变的不重批",
    "replay": "全部重走",
    "straight": "直送退回人",
}
MEANT = {
    SeatKind.POST: "岗位",
    SeatKind.PERSON: "人员",
    SeatKind.UNIT: "部门",
    SeatKind.POOL: "候选",
    SeatKind.FIELD: "字段",
    SeatKind.RELATION: "关系",
}
TYPES = {
    "text": "文字",
    "number": "数字",
    "choice": "选项",
    "date": "日期",
    "flag": "是否",
    "person": "人员",
    "post": "岗位",
    "unit": "部门",
    "file": "附件",
}


def whole(d: Definition, names: Names) -> tuple[Row, ...]:
    """What is said of the process as a whole; what is as usual is left out."""
    posts = (
        (("文书岗位", "clerk"), d.clerk),
        (("督办岗位", "supervisor"), d.supervisor),
        (("办公室负责人岗位", "office head"), d.head),
        (("特批岗位", "override"), d.override),
    )
    rows = [
        Row(("名称", "name"), d.name),
        Row(("文种", "kind of paper"), d.kind),
        Row(("至少几人审批", "fewest deciders"), str(d.min_deciders) if d.min_deciders else ""),
        Row(("同件不同人", "kept apart"), "；".join(_pair(d, pair) for pair in d.conflicts)),
        *(Row(label, names.get(post, post)) for label, post in posts),
        Row(("金额字段", "amount"), d.field[d.amount].label if d.amount in d.field else d.amount),
        Row(("退回重走", "after a return"), WORDS[d.carry]),
        Row(("退回的人", "the returner"), "" if d.returner_chooses else "不得另选送法"),
        Row(("最多退回", "most returns"), f"{d.max_returns} 次"),
        Row(("撤回", "recall"), WORDS.get(d.recall, d.recall) if d.recall != "any" else ""),
        Row(("失效", "lapses"), words.limit(d.lapse)),
        Row(("反向办理", "counter-case"), words.limit(d.counter)),
        Row(("代理的代理", "stand-ins of stand-ins"), f"{d.hops} 层" if d.hops > 1 else ""),
        Row(("补位", "fallbacks"), "同一件里可补几步" if d.fallback_repeats else ""),
        *(Row((f"字段 {f.label}", f"field {f.label}"), _field(f)) for f in d.fields),
    ]
    return tuple(row for row in rows if row.text)


def node(d: Definition, one: Node, names: Names) -> tuple[Row, ...]:
    """What is said of a node; what is as usual is left out."""
    rows = [
        Row(("种类", "kind"), words.KINDS[one.kind]),
        Row(("谁办", "who"), "；".join(_seat(d, one, n, names) for n, _ in enumerate(one.seats))),
        Row(("怎么算数", "counting"), words.rule(d, one)),
        Row(("至少几人表态", "fewest words"), str(one.min_people) if one.min_people > 1 else ""),
        Row(("时限", "limit"), words.limit(one.limit)),
        Row(("去向", "onward"), "；".join(_edge(d, edge, one.edges) for edge in one.edges)),
        Row(("不同意时", "on a no"), _refusal(d, one)),
        Row(("填写", "fills in"), _labels(d, one.edits) if one.edits else ""),
        Row(("依据", "relies on"), _labels(d, one.relies) if one.relies is not None else ""),
        Row(("可退回到", "may return to"), _targets(d, one.returns) if one.seats else ""),
        Row(("可转办给", "may be handed to"), _range(one.transfer, names)),
        Row(("可加签", "may add"), _range(one.add, names)),
        Row(("加签层数", "levels of adding"), f"{one.add_depth} 层" if one.add_depth > 1 else ""),
        Row(("可征求意见", "may consult"), _unusual(one.consult, names)),
        Row(("可传阅给", "may circulate to"), _unusual(one.circulate, names)),
        Row(("认领时限", "to be claimed"), words.limit(one.claim_within)),
        Row(("分派岗位", "assigned by"), names.get(one.assign, one.assign)),
        Row(("补位岗位", "fallback"), names.get(one.fallback, one.fallback)),
        Row(("拿回", "take back"), WORDS[one.take_back] if one.take_back != "undecided" else ""),
        Row(("汇合", "joins"), d.by_id[one.split].name if one.split in d.by_id else one.split),
        Row(("子流程", "sub-case"), names.get(one.sub, one.sub)),
        Row(("办成后", "then"), "、".join(words.EFFECTS.get(e, e) for e in one.effects)),
        Row(("其他", "besides"), "、".join(_flags(one))),
    ]
    return tuple(row for row in rows if row.text)


def differences(old: Definition, new: Definition, names: Names) -> tuple[Difference, ...]:
    """Everything that is not the same in two versions, the whole first, then node by node."""
    found = [
        Difference("", label, before, after)
        for label, before, after in _apart(whole(old, names), whole(new, names))
    ]
    ids = dict.fromkeys([*old.by_id, *new.by_id])
    for id_ in ids:
        before = node(old, old.by_id[id_], names) if id_ in old.by_id else ()
        after = node(new, new.by_id[id_], names) if id_ in new.by_id else ()
        name = (new.by_id.get(id_) or old.by_id[id_]).name
        known = old.by_id.get(id_)
        if known and id_ in new.by_id and known.name != name:
            found.append(Difference(name, ("名称", "name"), known.name, name))
        found += [Difference(name, *pair) for pair in _apart(before, after)]
    return tuple(found)


def _apart(old: tuple[Row, ...], new: tuple[Row, ...]) -> Iterator[tuple[Label, str, str]]:
    before, after = dict(old), dict(new)
    for label in dict.fromkeys([*before, *after]):
        if before.get(label) != after.get(label):
            yield label, before.get(label, ""), after.get(label, "")


def _pair(d: Definition, pair: tuple[str, str]) -> str:
    return "与".join(d.by_id[duty].name if duty in d.by_id else duty for duty in pair)


def _field(field: Field) -> str:
    parts = [TYPES[field.type], "多项" if field.many else "", "必填" if field.required else ""]
    return "，".join([*filter(None, parts), *filter(None, ["、".join(field.options)])])


def _seat(d: Definition, one: Node, number: int, names: Names) -> str:
    seat = one.seats[number]
    told = words.seat(d, seat)
    called = _called(d, seat, names)
    bars = [
        f"{MEANT[seat.kind]}：{called}" if called not in told else "",
        f"职责：{seat.duty}" if seat.duty else "",
        "不得同部门" if seat.not_own_unit else "",
        "须高于拟稿人" if seat.above_initiator else "",
    ]
    more = "，".join(filter(None, bars))
    return f"{told}（{more}）" if more else told


def _called(d: Definition, seat: Seat, names: Names) -> str:
    """Whom a seat refers to, whatever it is shown as."""
    if seat.kind is SeatKind.RELATION:
        return words.RELATIONS.get(seat.ref, seat.ref)
    if seat.kind is SeatKind.FIELD:
        return d.field[seat.ref].label if seat.ref in d.field else seat.ref
    return names.get(seat.ref, seat.ref)


def _edge(d: Definition, edge: Edge, edges: tuple[Edge, ...]) -> str:
    to = d.by_id[edge.to].name if edge.to in d.by_id else edge.to
    if edge.when is not None:
        return f"{words.phrase(d, edge.when)}：{to}"
    return f"{words.ELSE}：{to}" if len(edges) > 1 else to


def _refusal(d: Definition, one: Node) -> str:
    if one.kind is not NodeKind.DECIDE:
        return ""
    if one.on_fail == "edge":
        return "；".join(_edge(d, edge, one.fail_edges) for edge in one.fail_edges)
    back = d.by_id.get(one.on_fail)
    return f"退回{back.name}" if back else WORDS.get(one.on_fail, one.on_fail)


def _labels(d: Definition, fields: tuple[str, ...]) -> str:
    return "、".join(d.field[name].label if name in d.field else name for name in fields) or "无"


def _targets(d: Definition, targets: tuple[str, ...]) -> str:
    if targets == ("any",):
        return ""
    told = [d.by_id[t].name if t in d.by_id else WORDS.get(t, t) for t in targets]
    return "、".join(told) or "不可退回"


def _range(range_: tuple[str, ...], names: Names) -> str:
    told = []
    for word in range_:
        kind, _, ref = word.partition(":")
        told.append(names.get(ref, ref) if ref else WORDS.get(kind, kind))
    return "、".join(told)


def _unusual(range_: tuple[str, ...], names: Names) -> str:
    """A range that is not everybody, as it usually is."""
    return "" if range_ == ("any",) else _range(range_, names) or "无"


def _flags(one: Node) -> Iterator[str]:
    if one.always_fresh:
        yield "每次都要重新表态"
    if not one.delegable:
        yield "B 角不代办"
    if one.hold_open:
        yield "等全部表态"
    if one.abstain:
        yield "可以弃权"
    if one.race:
        yield "先到先定"
    if one.beside:
        yield "可以并列加签"
