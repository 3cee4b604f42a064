"""Why a paper is sent back to whoever sent it: codes of the office. 退文原因.

Derived from the regulation of 2012, articles 14 to 17 and 24(3) (handbook on documents, 1.8); the
wording is ours. A unit counts them by sender, so a code is never given another meaning.
"""

from __future__ import annotations

from collections.abc import Mapping

OTHER = "R99"
REASONS: Mapping[str, tuple[str, str]] = {
    "R01": ("不属本局职权范围", "not within our competence"),
    "R02": ("越级行文，无理由或未抄送被越过的机关", "skips a level without reason or copy"),
    "R03": ("上行文主送多个机关", "upward, to more than one superior"),
    "R04": ("主送领导个人", "addressed to a leader in person"),
    "R05": ("请示一文多事", "several matters in one request"),
    "R06": ("报告中夹带请示事项", "a request hidden in a report"),
    "R07": ("文种用错", "wrong kind of document"),
    "R08": ("上行文没有签发人", "upward, without signer"),
    "R09": ("签发人无权签发，或不是主要负责人", "the signer lacks the authority"),
    "R10": ("内设机构对外行文", "an inner section writes to the outside"),
    "R11": ("涉及其他部门，未协商一致或未会签", "other departments were not consulted"),
    "R12": ("转报下级请示，没有本单位意见", "passes a request on without its own view"),
    "R13": ("文号、印章、日期缺漏或不清，印章与署名不符", "number, seal or date missing or wrong"),
    "R14": ("附件缺少，或与附件说明不符", "attachments missing or not as listed"),
    "R15": ("请示没有联系人或电话", "a request without contact"),
    "R16": ("没有依据，或没有倾向性意见", "no basis, or no view of its own"),
    "R17": ("格式不合规范", "form"),
    "R18": ("重复来文", "sent before"),
    "R19": ("传递渠道不对", "sent through the wrong channel"),
    "R20": ("来文过迟，无法按时办理", "too late to be handled"),
    OTHER: ("其他", "other"),
}

CHECKS: Mapping[str, str] = {
    "ours": "属本局办理",
    "rules": "合行文规则",
    "form": "文种格式对",
    "agreed": "已协商会签",
    "drafting": "合起草要求",
}
"""初审五项 of article 24(3) of the same regulation."""


def written(codes: tuple[str, ...]) -> str:
    """The reasons in one line, in the order of the codes."""
    return "；".join(f"{code} {REASONS[code][0]}" for code in sorted(codes))
