"""The kind of a paper, from the end of its title. 文种.

The fifteen kinds are those of the regulation of 2012, article 8 [must]. The others are no kinds
but what an office handles all day [practice]; a plan or a rule that is formally issued rides on a
通知, which then is the kind.
"""

from __future__ import annotations

import re

from .shape import plain

# The longer first, where one ends with another.
ENDS: tuple[tuple[str, str], ...] = (
    ("调研报告", "调研报告"),
    ("考察报告", "调研报告"),
    ("调查报告", "调研报告"),
    ("签报", "签报"),
    ("呈批件", "呈批件"),
    ("呈批表", "呈批件"),
    ("请示报告", "请示"),
    ("请示", "请示"),
    ("报告", "报告"),
    ("批复", "批复"),
    ("通知书", "通知"),
    ("通知", "通知"),
    ("通报", "通报"),
    ("通告", "通告"),
    ("公告", "公告"),
    ("公报", "公报"),
    ("决定", "决定"),
    ("决议", "决议"),
    ("实施意见", "意见"),
    ("意见", "意见"),
    ("议案", "议案"),
    ("纪要", "纪要"),
    ("便函", "便函"),
    ("函", "函"),
    ("命令", "命令"),
    ("令", "命令"),
    ("方案", "方案"),
    ("预案", "方案"),
    ("总结", "总结"),
    ("计划", "计划"),
    ("要点", "要点"),
    ("规划", "计划"),
    ("安排", "计划"),
    ("情况汇报", "汇报"),
    ("汇报", "汇报"),
    ("汇报材料", "汇报"),
    ("讲话", "讲话稿"),
    ("讲话稿", "讲话稿"),
    ("讲话提纲", "讲话稿"),
    ("发言", "讲话稿"),
    ("致辞", "讲话稿"),
    ("简报", "简报"),
    ("专报", "信息"),
    ("快报", "信息"),
    ("信息", "信息"),
    ("动态", "简报"),
    ("办法", "办法"),
    ("制度", "办法"),
    ("规定", "办法"),
    ("细则", "办法"),
    ("规则", "办法"),
    ("规程", "办法"),
    ("电报", "电报"),
)
BULLETINS = ("简报", "信息")
STATUTORY = frozenset(
    ["决议", "决定", "命令", "公报", "公告", "通告", "意见", "通知", "通报", "报告", "请示", "批复"]
) | {"议案", "函", "纪要"}
AFFAIRS = frozenset(kind for _, kind in ENDS) - STATUTORY
VERSION = re.compile(
    r"\((?:试行|暂行|草案|摘要|节选|代拟稿|[^()]{0,6}稿|[^()]{0,4}版|\d{4}年?[^()]{0,8}"
    r"|第?[一二三四五六七八九十\d]+[号期次]?)\)$|[\]>”\"]$"
)


def end(title: str) -> str:
    """A plain title without what may stand behind its kind."""
    shape = plain(title).rstrip(".。:;,")
    shape = shape.split("--", 1)[0] if "--" in shape[4:] and not _last(shape) else shape
    while found := VERSION.search(shape):
        shape = shape[: found.start()]
    return shape


def _last(shape: str) -> str:
    """The longest known end."""
    return max((last for last, _ in ENDS if shape.endswith(last)), key=len, default="")


def kind(title: str) -> str:
    """The kind a title ends with; empty when it names none."""
    return dict(ENDS).get(_last(end(title)), "")
