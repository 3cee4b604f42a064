"""Why something about a matter is refused: the engine's sentences, those of files, and our own.

Whoever shows a refusal of an act asks here, so that no code is without a sentence. 不予办理的理由.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Literal

from django.utils.translation import get_language

from zhongshu.kernel.errors import Reason, Refused
from zhongshu.kernel.flow.refusal_words import REASONS as OF_THE_FLOW
from zhongshu.kernel.flow.words import say
from zhongshu.office.files.refusal_words import sentence

OWN: Mapping[str, tuple[str, str]] = {
    "bad_tag": ("标签要 1 到 40 个字", "a tag has 1 to 40 characters"),
    "clearance": (
        "您的知悉等级不够，不能办这一类别的事项；请交由有权的同事办理",
        "your clearance does not reach this class; ask a colleague who has it",
    ),
    "counter_not_carried": (
        "流程写了 counter（批准后限期撤销），现在还办不了；请删去这一行，批准后要改的另行报批",
        "the process has `counter`, to undo an approval, which cannot be carried out here yet;"
        " take the line out, and undo by a matter of its own",
    ),
    "dead_end": (
        "由{person}办了这一步，后面就没有人能接着办了（{why}）；请交给别的同事办",
        "if {person} takes this step nobody can go on after it ({why}); have a colleague take it",
    ),
    "empty_comment": ("留言是空的", "the remark is empty"),
    "key_reused": (
        "这个页面已经用过，现在的内容和上次不同；请重新打开页面再办",
        "this page was used before with something else; open it again",
    ),
    "no_counter_case": (
        "已批准的事项还不能在系统内申请撤销；请另行报批",
        "an approved matter cannot be undone here yet; ask for it by a matter of its own",
    ),
    "no_task_kind": (
        "批示里的任务没有事项可以承接；请到督办立项，或者用转办、分派",
        "no kind of matter takes the tasks of an instruction; establish a supervised task",
    ),
    "no_matter": ("没有这件事项，或者您不能查看", "there is no such matter, or not for you"),
    "no_other_matter": (
        "没有这个编号的事项，或者您不能查看",
        "there is no matter of that number, or not for you",
    ),
    "no_process": (
        "这一类的流程还没有发布；请告诉系统管理员",
        "no process of this kind is released; tell the system administrator",
    ),
    "not_in_force": (
        "这一版流程不在用，不能改用；请刷新再看",
        "this version is not in force, so nothing moves to it; look again",
    ),
    "not_proposed": ("这个流程不在待发布之列", "this process does not wait for release"),
    "not_to_retire": (
        "这一版不在用，或者停用已经提出、已经撤回；请刷新再看",
        "this version is not in force, or its retirement was asked for or taken back; look again",
    ),
    "own_retirement": ("自己提出的停用须由别人确认", "a retirement is confirmed by somebody else"),
    "own_proposal": ("自己提出的流程须由别人发布", "a process is released by somebody else"),
    "process_unsound": ("流程有错，不能提出", "the process is not sound"),
    "same_matter": ("不能和自己关联", "a matter cannot be linked with itself"),
    "sub_without_kind": (
        "子流程“{process}”没有对应的事项种类，走到那一环节就办不下去；请换成已有的流程",
        "no kind of matter runs the sub-process {process}: the case would stop there; name another",
    ),
    "too_many_tags": ("一件事项最多 {most} 个标签", "a matter has at most {most} tags"),
}


_of_apps: dict[str, tuple[str, str]] = {}


def register(reasons: Mapping[str, tuple[str, str]]) -> None:
    """Have the sentences of an app too: its listener may refuse a step of the flow anywhere."""
    _of_apps.update(reasons)


def told(refused: Refused, names: Mapping[str, str]) -> str:
    """All reasons in the language of the page, one a line, each sentence once."""
    language: Literal["zh", "en"] = "en" if (get_language() or "").startswith("en") else "zh"
    return "\n".join(dict.fromkeys(_sentence(one, names, language) for one in refused.reasons))


def _sentence(one: Reason, names: Mapping[str, str], language: Literal["zh", "en"]) -> str:
    if one.code in OF_THE_FLOW:
        return say(one, names, language)
    words = OWN.get(one.code) or _of_apps.get(one.code)
    if words is not None:
        about = defaultdict(str, {name: names.get(value, value) for name, value in one.about})
        return words[language == "en"].format_map(about)
    return sentence(one, language)
