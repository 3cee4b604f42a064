"""Why something about people is refused, and what to do next: a sentence for each reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import get_language

from zhongshu.kernel.errors import Reason
from zhongshu.kernel.flow.words import say

REASONS: Mapping[str, tuple[str, str]] = {
    "account_active": ("该账号已经启用", "this account is already active"),
    "account_exists": ("{person}已有账号", "{person} has an account already"),
    "account_suspended": ("该账号已经停用", "this account is already suspended"),
    "already_left": ("{person}已离岗", "{person} has left already"),
    "appointed_already": ("{person}这段时间已任“{post}”", "{person} holds {post} at that time"),
    "appointment_ended": ("该任职已经结束", "this appointment has ended"),
    "both_away": (
        "{person}与代理人{other}不能同时不在岗；请错开时间，或者另定代理人",
        "{person} and the stand-in {other} may not both be away; move one, or name another",
    ),
    "bad_code": (
        "代号“{word}”不能用：限 40 字，不含空格和标点",
        "the code {word} cannot be used: 40 characters, no blanks, no punctuation",
    ),
    "code_taken": ("代号“{word}”已被占用", "the code {word} is taken"),
    "date_order": ("结束时间必须晚于开始时间", "the end must come after the beginning"),
    "gone": ("{person}已离开本单位", "{person} has left"),
    "identity_confirmed": ("该身份绑定已经确认", "this identity is confirmed already"),
    "identity_same_hand": (
        "身份绑定须由另一名管理员确认",
        "another administrator must confirm the identity",
    ),
    "identity_shape": (
        "用户标识（sub）要填，最多 {most} 个可见字符",
        "the subject (sub) is needed, at most {most} visible characters",
    ),
    "identity_taken": ("该外部身份已绑定其他账号", "this identity belongs to another account"),
    "import_faulty": (
        "表中有 {count} 处错误，全部改正后再提交；现在一行也没有写入",
        "the table has {count} faults; correct all of them first. Nothing was written",
    ),
    "import_in_use": (
        "导入的{what}已被使用，不能撤销",
        "{what} from this import is in use, so the import cannot be undone",
    ),
    "import_released": ("该导入已经处理过", "this import has been dealt with"),
    "import_same_hand": (
        "导入须由另一名管理员放行",
        "the import must be released by another administrator",
    ),
    "import_undone": ("该导入没有生效，或者已经撤销", "this import is not in force"),
    "last_administrator": (
        "这是最后一名在用的{office}，不能停用",
        "this is the last active {office}; it cannot be suspended",
    ),
    "leave_ended": ("这次离岗已经结束", "this leave has ended"),
    "leave_twice": ("{person}这段时间已登记离岗", "{person} is already away at that time"),
    "link_spent": (
        "链接已用过、已过期或不存在，请找安全保密管理员重新启用账号",
        "the link was used, has expired or never existed; ask the security administrator",
    ),
    "login_name_bad": (
        "登录名限 40 字以内的字母、数字和 . _ -",
        "a sign-in name has up to 40 letters, digits and . _ -",
    ),
    "login_name_taken": ("登录名已被占用", "this sign-in name is taken"),
    "name_empty": ("“{field}”不能为空", "{field} must not be empty"),
    "name_formula": (
        "“{field}”不能以 = + - @ 开头",
        "{field} may not begin with = + - @",
    ),
    "name_long": ("“{field}”太长", "{field} is too long"),
    "name_unseen": (
        "“{field}”含有看不见的字符",
        "{field} has characters that cannot be seen",
    ),
    "not_yours": (
        "只能由本人、所在部门负责人或管理员办理",
        "only the person, the head of the unit or an administrator may do this",
    ),
    "number_taken": ("工号“{number}”已被占用", "the staff number {number} is taken"),
    "draft_not_taken": (
        "{number} 的拟稿不能交给所选的人",
        "the draft of {number} cannot go to whom you chose",
    ),
    "no_provider": (
        "没有接入统一身份（ZHONGSHU_OIDC），不能绑定",
        "no identity provider is set up (ZHONGSHU_OIDC), so nothing can be bound",
    ),
    "open_work": (
        "{person}手里还有 {count} 件没有办结，请先指定接手人",
        "{person} still has {count} open matters; name a successor first",
    ),
    "post_elsewhere": ("岗位“{post}”不在该部门", "the post {post} is not in this unit"),
    "same_person": (
        "三名管理员必须是三个不同的人",
        "the three administrators must be three different people",
    ),
    "stand_in_chain": (
        "{person}这段时间已由他人全权代理，不能再代理别人",
        "{person} is wholly replaced at that time and cannot stand in for anybody",
    ),
    "stand_in_circle": (
        "代理转了一圈又回到本人；请换人代理",
        "the stand-ins would go round in a circle; choose another",
    ),
    "stand_in_ended": ("该代理已经结束", "this stand-in has ended"),
    "stand_in_only_one": (
        "“只由 B 角办”的代理，同一时间只能有一人",
        "where the deputy acts alone there can be one at a time",
    ),
    "stand_in_self": ("不能由本人代理自己", "nobody stands in for himself"),
    "stand_in_twice": (
        "{person}这段时间已是代理人",
        "{person} is the stand-in at that time already",
    ),
    "successor_self": ("接手人不能是本人", "nobody succeeds himself"),
    "too_late": ("不能安排在已经过去的时间", "this time has passed"),
    "too_long": ("一次最多 {days} 天", "at most {days} days at a time"),
    "unit_under_itself": ("部门不能隶属于自己", "a unit cannot stand under itself"),
    "yourself": ("不能对自己的账号这样做", "not to your own account"),
}

FIELDS: Mapping[str, tuple[str, str]] = {
    "name": ("名称", "the name"),
    "number": ("工号", "the staff number"),
}

OFFICES: Mapping[str, tuple[str, str]] = {
    "system": ("系统管理员", "system administrator"),
    "security": ("安全保密管理员", "security administrator"),
    "audit": ("安全审计员", "auditor"),
}

KINDS: Mapping[str, tuple[str, str]] = {
    "units": ("部门", "a unit"),
    "posts": ("岗位", "a post"),
    "people": ("人员", "a person"),
    "appointments": ("任职", "an appointment"),
}

SPOKEN = {"field": FIELDS, "office": OFFICES, "what": KINDS}


def sentence(found: Reason, called: Mapping[str, str], *, language: str | None = None) -> str:
    """A reason in the reader's language; `called` gives what persons and posts are called."""
    which = 0 if (language or get_language() or "zh").startswith("zh") else 1
    if found.code not in REASONS:  # of a flow that a change of people moves
        return say(found, called, "en" if which else "zh")
    about = {
        name: SPOKEN[name][value][which]
        if name in SPOKEN and value in SPOKEN[name]
        else called.get(value, value)
        for name, value in found.about
    }
    return REASONS[found.code][which].format_map(about)


def sentences(found: Iterable[Reason], called: Mapping[str, str]) -> list[str]:
    """All reasons in the reader's language, each once."""
    return list(dict.fromkeys(sentence(one, called) for one in found))
