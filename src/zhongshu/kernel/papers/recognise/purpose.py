"""For action (批办性) or for information (阅知性), and why. 阅知与批办.

Regulation, article 24(3) and (4): the office decides at the first look. For action: it asks for an
answer, approval, opinion or report, gives a task, invites, sets a day, or is a request itself.
Copies are not for information by themselves. [practice] The office may always decide otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from zhongshu.kernel.papers.reading import Purpose

from .shape import plain

ASKING = {
    "请示": "是请示，要求批复",
    "议案": "是议案，提请审议",
    "签报": "是签报，请领导批示",
    "呈批件": "是呈批件，请领导批示",
}
TELLING = frozenset(
    ["通报", "公告", "公报", "通告", "简报", "信息", "决议", "批复", "讲话稿", "总结", "纪要"]
) | {"报告", "汇报", "调研报告", "命令", "决定"}
INVITES = re.compile(
    r"(?:定于|拟于|决定|于)[^。]{0,40}(?:召开|举行|举办|参加)[^。]{0,30}(?:会|培训|活动|仪式|班)"
    r"|请[^。]{0,30}(?:参会|参加|出席|派员|到会)"
)
ANSWERS = re.compile(r"盼复|函复|复函|请复|妥否|当否|可否|回复|答复|反馈|回执")
REPORTS = re.compile(r"报送|上报|报我|报至|报市|报县|报省|报局|提交|报名|填报|书面报告")
TASKS = re.compile(
    r"(?:贯彻|遵照|抓好|组织|参照)[^。]{0,12}(?:执行|落实|实施)|认真组织|抓紧|办理|整改|做好|落实|研究"
    r"|支持|协助|配合|开展|排查|加强|协调|予以|提供|安排|审[议批核定]|批准|确定|推荐|明确|指导|出具"
    r"|核[实查对]|完成|批转"
)


def judge(kind: str, title: str, asked: Sequence[str], due: Sequence[str]) -> Purpose:
    """The purpose, from the kind, the sentences that ask and those that set a day."""
    if kind in ASKING:
        return Purpose("action", ASKING[kind])
    if due:
        return Purpose("action", f"有时限：{due[0]}")
    for why, form in (
        ("要求答复", ANSWERS),
        ("要求报送", REPORTS),
        ("通知参会", INVITES),
        ("有任务", TASKS),
    ):
        for sentence in asked:
            if form.search(plain(sentence)):
                return Purpose("action", f"{why}：{sentence}")
    if kind in TELLING:
        return Purpose("information", f"是{kind}，没有要求办理的事项")
    if re.search("会议的?通知$", plain(title)):
        return Purpose("action", "是会议通知")
    return Purpose("information", "没有要求办理的事项")
