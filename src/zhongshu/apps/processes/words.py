"""Why something about processes is refused, and what to do next. 不予办理的话."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import get_language

from zhongshu.kernel.errors import Reason, Refused
from zhongshu.office.matters.refusal_words import told as of_matters

REASONS: Mapping[str, tuple[str, str]] = {
    "case_moved": (
        "{number}在演练之后又办过，请重新演练",
        "{number} has moved on since the rehearsal; rehearse again",
    ),
    "case_otherwise": (
        "{number}改版后的去向与演练时不同（人员有变动），请重新演练",
        "{number} would come out otherwise than rehearsed, since people changed; rehearse again",
    ),
    "case_refused": ("{number}：{why}", "{number}: {why}"),
    "move_open": (
        "这一版已有一个改版方案，先执行或者作废它",
        "a change of this version is planned already; carry it out or drop it first",
    ),
    "move_right": (
        "{person}不在这个流程的特批岗位上，不能办理改版",
        "{person} does not hold the override post of this process",
    ),
    "move_not_ready": (
        "这个改版方案不在待执行之列；请刷新再看",
        "this change of version does not wait to be carried out; look again",
    ),
    "move_not_yours": (
        "改版由拟订人指定的第二人执行；拟订人自己不能执行",
        "a change of version is carried out by the second person who was named",
    ),
    "move_nothing": (
        "没有可以改版的件",
        "there is nothing that could move",
    ),
    "move_two": (
        "拟订和执行须是两个人",
        "whoever plans it does not carry it out",
    ),
    "no_newer": (
        "没有另一版在用，无版可改",
        "no other version is in force",
    ),
    "not_kept": (
        "没有更早的一次可以回去",
        "there is nothing earlier to go back to",
    ),
    "not_proposed": (
        "这一版不在待发布之列，可能已经发布或停用；请刷新再看",
        "this version does not wait for release; it may be released or retired: look again",
    ),
    "not_your_sketch": ("这份草稿是别人的", "this sketch is somebody else's"),
    "not_to_retire": (
        "这一版不在用，或者停用已经提出、已经撤回；请刷新再看",
        "this version is not in force, or its retirement was asked for or taken back; look again",
    ),
    "own_retirement": (
        "提出和确认停用须是两个人；请另一名管理员确认",
        "whoever asks for a retirement does not confirm it; ask another administrator",
    ),
    "own_proposal": (
        "提出和发布须是两个人；请另一名管理员发布",
        "whoever proposed it does not release it; ask another administrator",
    ),
    "sketch_closed": (
        "这份草稿已经提出或放下；要再提出，先拿回来",
        "this sketch was proposed or put away; take it up again first",
    ),
    "sketch_too_large": (
        "这样改，流程就太长了，没有存；请先删去一些",
        "the process would become too long, so this was not kept; delete something first",
    ),
    "process_alone": (
        "“{process}”由{person}一人就能办完，不得发布；走法见体检，按建议改后再提出",
        "{person} could finish {process} alone, so it is not released; the check-up tells how, "
        "and what cures it",
    ),
    "process_nobody": (
        "“{process}”没有人能办完：先配齐岗位，或者改流程，见体检",
        "nobody could finish {process}: fill the posts or change the process, see the check-up",
    ),
    "process_undecided": (
        "“{process}”能否一人办完，未能判定，不得发布；请减少并行和条件",
        "whether one person could finish {process} was not decided, so it is not released",
    ),
    "process_unsound": (
        "发布检查没有通过，逐条改好后再提出",
        "the release check refuses it; put every error right first",
    ),
}


def sentences(found: Iterable[Reason], called: Mapping[str, str]) -> list[str]:
    """All reasons in the reader's language, each once."""
    which = 0 if (get_language() or "zh").startswith("zh") else 1
    told = []
    for one in found:
        if one.code not in REASONS:
            told.append(of_matters(Refused((one,)), called))
            continue
        about = {name: called.get(value, value) for name, value in one.about}
        told.append(REASONS[one.code][which].format_map(about))
    return list(dict.fromkeys(told))
