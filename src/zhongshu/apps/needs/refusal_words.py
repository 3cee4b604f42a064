"""Why something about needs and shortages is refused, each reason a sentence. 不予办理的理由."""

from __future__ import annotations

from collections.abc import Mapping

REASONS: Mapping[str, tuple[str, str]] = {
    "need_words": ("请写明内容", "say what it is about"),
    "need_not_yours": (
        "只有办公室或承办部门可以这样办",
        "only the office or the section in charge may do this",
    ),
    "need_office": ("只有办公室可以这样办", "only the office may do this"),
    "need_gone": ("没有这一条，或者不归你看", "there is no such row for you"),
    "need_closed": ("这一条已经办结", "this is closed"),
    "need_planned_when": ("列入计划的要写明时间", "say until when it is planned"),
    "need_not_answered": ("还没有答复，不能回访", "call back after it was answered"),
    "need_own_call": ("承办部门不能自己回访", "the section that answered does not call back"),
    "need_rated": ("已经回访过", "it was rated already"),
    "short_amounts": ("数量、金额不能小于 0", "amounts are not negative"),
    "short_none": ("需要数应大于现有数", "more is needed than is there"),
    "short_paper": ("批复要写明文号；口头答应的另记，不计入", "a grant has the number of a paper"),
    "short_more": ("到位不能多于批复", "no more arrives than was granted"),
    "moved_meanwhile": ("别人刚刚改过，请刷新再办", "somebody was faster; look again"),
}
