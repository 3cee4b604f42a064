"""Why an arrival is refused, and what to do next: a sentence for each reason. 不予办理的理由."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import get_language

from zhongshu.kernel.errors import Reason, Refused
from zhongshu.office.matters.refusal_words import told
from zhongshu.office.people import queries as people

REASONS: Mapping[str, tuple[str, str]] = {
    "bad_day": (
        "时限不在工作日历之内，请核对年份",
        "the day lies outside the working calendar; check the year",
    ),
    "bad_reason": (
        "请在 R01 至 R20、R99 中选退回原因",
        "choose a reason from R01 to R20 or R99",
    ),
    "done_by": (
        "{person}刚刚{what}了这件来文，您的登记没有写入",
        "{person} has just dealt with this paper ({what}); nothing of yours was written",
    ),
    "flash_by_telegram": (
        "“特提”只用于电报（公文处理工作条例第九条）；请改登记簿或紧急程度",
        "特提 is a mark of telegrams only; change the register or the urgency",
    ),
    "maybe_same": (
        "可能已经登记过，请先答复“是同一件”或“不是，继续登记”",
        "it may have been registered before; say first whether it is the same",
    ),
    "no_arrival": ("没有这件来文", "there is no such arrival"),
    "not_records": (
        "只有文电岗位可以登记来文；请交给文书",
        "only the records office registers; give it to the records clerk",
    ),
    "not_returned": (
        "所选的原件没有被退回过",
        "the paper you named was never returned",
    ),
    "not_review": (
        "初审已经过去，不能再从这里退回来文单位",
        "the initial review is over; it cannot be returned from here",
    ),
    "nothing_read": (
        "文件里没有读出文字，请对照原件手工登记",
        "no words were read; fill in the fields from the original",
    ),
    "reason_needed": (
        "改动建议的分量或时限，要写明理由",
        "say why the proposed weight or due time is changed",
    ),
    "same_not_open": ("该件已经不在收文筐里", "it no longer lies in the tray"),
    "secret_title": (
        "标题、文号或说明里有国家秘密标志。本系统不得登记国家秘密：没有写入任何内容。"
        "请把载体交机要人员，登记在纸质登记簿，并报告保密干部",
        "a mark of a state secret stands in what was typed; nothing was written; hand the paper "
        "to the confidential clerk and tell the secrecy officer",
    ),
    "text_needed": (
        "选“R99 其他”要写明原因",
        "R99 needs words of its own",
    ),
}


def say(refused: Refused) -> list[str]:
    """Every reason in the language of the page, each sentence once."""
    return list(dict.fromkeys(map(_sentence, refused.reasons)))


def _sentence(reason: Reason) -> str:
    english = (get_language() or "zh").startswith("en")
    if reason.code in REASONS:
        return REASONS[reason.code][english].format(**dict(reason.about))
    return told(Refused((reason,)), people.names())
