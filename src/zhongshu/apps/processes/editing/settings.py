"""What can be set by forms, table by table: how it is called, how it is filled in. 可以设的项.

One line per setting of docs/reference/flow.md; the release check says which fit together. `plain`
is the default, which is not written down.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhongshu.kernel.flow.release.attributes import ONLY

from .document import tables

Words = str | Promise
How = Literal[
    "line", "number", "limit", "flag", "choice", "post", "node", "number_field", "written",
    "relied", "range", "targets", "several", "lines", "process", "recall",
]  # fmt: skip


class Setting(NamedTuple):
    """One setting: its key, what it is called, how it is filled in, its usual value."""

    key: str
    label: Words
    how: How
    plain: Any = ""
    note: Words = ""
    options: tuple[tuple[str, Words], ...] = ()


class Group(NamedTuple):
    """Settings that stand together in a form; `open`: shown at once."""

    key: str
    title: Words
    settings: tuple[Setting, ...]
    open: bool = False


BASICS = (
    Group(
        "name",
        _("名称"),
        (
            Setting("name", _("名称"), "line"),
            Setting("id", _("代号"), "line",
                    note=_("小写字母、数字、下划线；同代号的就是同一流程的新一版")),
            Setting("kind", _("文种"), "line", note=_("B 角的授权可以限定文种")),
        ),
        open=True,
    ),
    Group(
        "deciders",
        _("人数与金额"),
        (
            Setting("min_deciders", _("至少几个人审批"), "number", 1,
                    _("不算申请人；钱、人事和发出的文件应写 2")),
            Setting("amount", _("金额字段"), "number_field", note=_("B 角的限额按它比较")),
        ),
        open=True,
    ),
    Group(
        "posts",
        _("每件都管的岗位"),
        (
            Setting("posts.clerk", _("文书"), "post", note=_("登记、挂起、移交")),
            Setting("posts.supervisor", _("督办"), "post", note=_("催办")),
            Setting("posts.head", _("办公室负责人"), "post", note=_("退回过多时定夺")),
            Setting("posts.override", _("强制处理"), "post", note=_("卡住时两人同行处理")),
        ),
        open=True,
    ),
    Group(
        "back",
        _("退回与撤回"),
        (
            Setting("carry", _("退回再送后"), "choice", "smart", options=(
                ("smart", _("内容没变的不重批")), ("replay", _("全部重走")),
                ("straight", _("直送退回的人")),
            )),
            Setting("returner_chooses", _("退回的人可以另选送法"), "flag", True),
            Setting("max_returns", _("最多退回几次"), "number", 3, _("再多由办公室负责人定夺")),
            Setting("recall", _("申请人什么时候还能撤回"), "recall", "any"),
        ),
    ),
    Group(
        "time",
        _("失效、反向办理、代理"),
        (
            Setting("lapse", _("多久不办完就失效"), "limit"),
            Setting("counter", _("批准后多久可以申请撤销"), "limit"),
            Setting("hops", _("代理的代理，最多几层"), "number", 1),
            Setting("fallback_repeats", _("补位岗位可以在同一件里补几步"), "flag", False),
        ),
    ),
)  # fmt: skip

FIELD = (
    Setting("label", _("名称"), "line"),
    Setting("type", _("种类"), "choice", "text", options=(
        ("text", _("文字")), ("number", _("数字")), ("choice", _("选项")), ("date", _("日期")),
        ("flag", _("是否")), ("person", _("人员")), ("post", _("岗位")), ("unit", _("部门")),
        ("file", _("附件")),
    )),
    Setting("required", _("必填"), "flag", False),
    Setting("many", _("可以多项"), "flag", False),
    Setting("options", _("选项，一行一个"), "lines", []),
    Setting("name", _("代号"), "line"),
)  # fmt: skip

SEAT = (
    Setting("name", _("显示为"), "line", note=_("可不填")),
    Setting("duty", _("职责"), "line", note=_("互斥规则和不相容矩阵按它比较；不填就是这一步")),
    Setting("weight", _("权重"), "number", 1, _("只在按比例计票时用")),
    Setting("veto", _("一人反对即否决"), "flag", False),
    Setting("not_own_unit", _("不得是申请人本部门的"), "flag", False),
    Setting("above_initiator", _("职级须高于申请人"), "flag", False),
)

NODE = (
    Group(
        "name",
        _("这一步"),
        (
            Setting("name", _("名称"), "line"),
            Setting("kind", _("种类"), "choice", "", options=(
                ("draft", _("拟稿")), ("decide", _("审批")), ("task", _("办理")),
                ("acknowledge", _("阅办")), ("instruct", _("批示")), ("split", _("并行")),
                ("inclusive", _("按条件分支")), ("join", _("汇合")), ("case", _("子流程")),
                ("end", _("办结")),
            )),
            Setting("split", _("汇合哪一个分支"), "node"),
            Setting("sub", _("启动哪个流程"), "process"),
        ),
        open=True,
    ),
    Group(
        "counting",
        _("怎么算通过"),
        (
            Setting("race", _("先到先定：头一个表态的说了算"), "flag", False),
            Setting("hold_open", _("结果已定也等全部表态"), "flag", False),
            Setting("abstain", _("可以弃权"), "flag", False),
            Setting("min_people", _("至少几人表态"), "number", 0,
                    _("不填：会签两人以上时为 2，其余为 1")),
        ),
        open=True,
    ),
    Group(
        "time",
        _("时限（工作时间）"),
        (
            Setting("limit", _("多久办完"), "limit", note=_("超时只提醒，不替人表态")),
            Setting("claim_within", _("多久没人认领就分派"), "limit"),
            Setting("assign", _("由谁分派"), "post"),
        ),
        open=True,
    ),
    Group(
        "stands",
        _("依据与填写"),
        (
            Setting("edits", _("这一步填写"), "written", []),
            Setting("relies", _("表态依据"), "relied", None),
            Setting("always_fresh", _("每次都要重新表态，不沿用以前的同意"), "flag", False),
        ),
    ),
    Group(
        "back",
        _("退回、拿回、补位"),
        (
            Setting("returns", _("可以退回到"), "targets", ["any"]),
            Setting("take_back", _("表态后什么时候还能拿回"), "choice", "undecided", options=(
                ("undecided", _("下一步表态以前")), ("unopened", _("下一步打开以前")),
                ("never", _("不可以")),
            )),
            Setting("fallback", _("没人可办时由谁补位"), "post"),
            Setting("delegable", _("B 角可以代办"), "flag", True),
        ),
    ),
    Group(
        "hand",
        _("转办、加签、征求、传阅的范围"),
        (
            Setting("transfer", _("可以转办给"), "range", []),
            Setting("add", _("可以加签"), "range", []),
            Setting("consult", _("可以征求意见"), "range", ["any"]),
            Setting("circulate", _("可以传阅给"), "range", ["any"]),
            Setting("beside", _("按人数或比例计票时也可以并列加签"), "flag", False),
            Setting("add_depth", _("加签的人再加签，最多几层"), "number", 1),
        ),
    ),
    Group(
        "leaves",
        _("办成后"),
        (
            Setting("effects", _("对外生效"), "several", [], _("之后不能撤回"), options=(
                ("number", _("编号")), ("seal", _("用印")), ("send", _("发出")), ("pay", _("付款")),
                ("archive", _("归档")),
            )),
        ),
    ),
)  # fmt: skip


WAITING = frozenset({"claim_within", "assign"})  # only where somebody must first claim it


def fits(setting: Setting, kind: str) -> bool:
    """Whether a setting means something at a kind of step."""
    if setting.key == "edits":
        return kind in {"draft", "task"}
    return setting.key not in ONLY or kind in {one.value for one in ONLY[setting.key]}


def of_kind(kind: str, table: Mapping[str, Any]) -> tuple[Group, ...]:
    """The groups of a form of a step: what fits its kind, and what is set although it does not."""
    found, waits = [], any("pool" in seat for seat in tables(table, "seats"))
    for group in NODE:
        inside = tuple(
            one
            for one in group.settings
            if one.key in table or (fits(one, kind) and (waits or one.key not in WAITING))
        )
        if inside:
            found.append(group._replace(settings=inside))
    return tuple(found)
