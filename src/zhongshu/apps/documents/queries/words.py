"""An opinion as the page of a document shows it: on which stamp, under which title. 意见的称呼."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from zhongshu.kernel.flow.definition import Definition, NodeKind
from zhongshu.office.handling.asides import Opinion
from zhongshu.office.people.bureau import Bureau

# Of the shipped process: the kind of the opinion, the character on its stamp, its title.
# {unit} is the section, {post} the highest post of whoever wrote it.
LOOKS = {
    "draft": ("note", "收", "签收登记"),
    "review": ("countersign", "审", "初审"),
    "propose": ("propose", "拟", "拟办意见"),
    "cosign": ("countersign", "会", "{unit}会签"),
    "instruct": ("instruct", "批", "{post}批示"),
    "instruct_all": ("instruct", "批", "{post}批示"),
    "settle": ("instruct", "定", "{post}定"),
    "collate": ("note", "归", "归拢批示"),
    "lead": ("do", "办", "{unit}主办"),
    "assist": ("do", "协", "{unit}协办"),
    "own": ("do", "办", "办公室办理"),
    "check": ("countersign", "核", "办理结果审核"),
    "reply": ("do", "复", "答复来文单位"),
    "archive": ("note", "档", "归档"),
}


class Line(NamedTuple):
    """One opinion."""

    kind: str
    stamp: str
    title: str
    by: str
    post: str
    behalf: str
    at: datetime
    text: str
    node: str
    shown: bool = True


def line(flow: Definition, said: Opinion, bureau: Bureau) -> Line:
    """An opinion with the words of its step. A circle without words is a receipt, not a line."""
    kind, stamp, title = LOOKS.get(said.node, (said.kind, said.stamp, said.title))
    node = flow.by_id.get(said.node)
    unit = bureau.directory.people.get(said.actor)
    posts = bureau.posts.get(said.actor, ())
    title = title.format(
        unit=bureau.names.get(unit.unit, "") if unit else "",
        post=bureau.names.get(posts[0], "领导") if posts else "领导",
    )
    word = "" if said.word in {"批示", "提交", "办毕"} else said.word
    text = said.text
    if kind == "note":
        text = f"{said.by}{title}" + (f"：{said.text}" if said.text else "。")
    circle = node is not None and node.kind is NodeKind.ACKNOWLEDGE and not said.text
    return Line(
        kind, stamp, title, said.by, word, said.behalf, said.at, text, said.node, not circle
    )
