"""From what a person pressed and typed to a command of the kernel. 办理请求.

One table: verb, what the page must ask for, the command. Pages, imports and the demo all come
this way, so that no path differs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from zhongshu.kernel.flow import commands as c
from zhongshu.kernel.flow.case import Actor, Verdict
from zhongshu.kernel.flow.condition import Value


@dataclass(frozen=True, kw_only=True)
class Said:
    """What came with the press of a button. A verb takes what it needs and ignores the rest."""

    slot: int = 0
    rev: int = 0
    seen: str = ""
    opinion: str = ""
    to: tuple[str, ...] = ()
    ask: int = 0
    reading: int = 0
    changes: Mapping[str, Value] = field(default_factory=dict)
    carry: Literal["", "replay", "smart", "straight"] = ""
    expects: Literal["nothing", "receipt", "opinion"] = "receipt"
    ordered: bool = False
    until: int = 0

    @property
    def first(self) -> str:
        """The one person or node that was chosen."""
        return self.to[0] if self.to else ""


class Asking(NamedTuple):
    """A verb as people see it. `needs` names the fields that the page asks for."""

    label: str
    make: Callable[[Said, Actor], c.Command]
    needs: tuple[str, ...] = ()
    icon: str = "right"
    key: str = ""


def _word(verb: Verdict) -> Callable[[Said, Actor], c.Command]:
    def make(said: Said, by: Actor) -> c.Command:
        """The command."""
        return c.Decide(
            by, said.slot, said.rev, said.seen, verb, said.opinion, changes=said.changes
        )

    return make


def _added(where: Literal["before", "after", "beside"]) -> Callable[[Said, Actor], c.Command]:
    def make(said: Said, by: Actor) -> c.Command:
        """The command."""
        return c.AddSigner(by, said.slot, said.rev, said.first, where, opinion=said.opinion)

    return make


def _asked(*, wait: bool) -> Callable[[Said, Actor], c.Command]:
    return lambda s, by: c.Consult(by, s.slot, s.rev, s.first, s.opinion, wait)


def _send_back(said: Said, by: Actor) -> c.Command:
    to, carry = said.first, said.carry
    return c.SendBack(by, said.slot, said.rev, said.seen, to, said.opinion, carry)


def _circulate(said: Said, by: Actor) -> c.Command:
    return c.Circulate(by, said.to, said.expects, said.ordered, reading=said.reading)


VERBS: Mapping[str, Asking] = {
    "approve": Asking("同意", _word("approve"), ("opinion?",), "check", "p"),
    "disapprove": Asking("不同意", _word("disapprove"), ("opinion",), "cross", "n"),
    "abstain": Asking("弃权", _word("abstain"), ("opinion?",)),
    "done": Asking("办毕", _word("done"), ("opinion?", "fields"), "check", "b"),
    "instruct": Asking("批示", _word("instruct"), ("opinion",), "brush", "p"),
    "submit": Asking(
        "提交", lambda s, by: c.Submit(by, changes=s.changes), ("fields",), "right", "s"
    ),
    "send_back": Asking("退回", _send_back, ("node", "opinion"), "back", "t"),
    "take_back": Asking("拿回", lambda s, by: c.TakeBack(by, s.slot, s.rev), (), "back"),
    "recall": Asking("撤回", lambda s, by: c.Recall(by, s.opinion), ("opinion?",), "back"),
    "cancel": Asking("撤销", lambda s, by: c.Cancel(by, s.opinion), ("opinion",), "cross"),
    "add_before": Asking("加签（先看）", _added("before"), ("person", "opinion?"), "sign", "a"),
    "add_after": Asking("加签（后签）", _added("after"), ("person", "opinion?"), "sign"),
    "add_beside": Asking("加签（并列）", _added("beside"), ("person", "opinion?"), "sign"),
    "drop_signer": Asking("减签", lambda s, by: c.DropSigner(by, s.slot, s.rev)),
    "transfer": Asking(
        "转办",
        lambda s, by: c.Transfer(by, s.slot, s.rev, s.first, s.opinion),
        ("person", "opinion"),
        "pass",
        "z",
    ),
    "consult": Asking("沟通", _asked(wait=False), ("person", "opinion"), "person"),
    "lend": Asking("委派", _asked(wait=True), ("person", "opinion"), "person"),
    "answer": Asking(
        "答复", lambda s, by: c.Answer(by, s.slot, s.ask, s.opinion), ("opinion",), "brush"
    ),
    "call_in": Asking("收回委派", lambda s, by: c.CallIn(by, s.slot, s.rev, s.ask)),
    "open": Asking("打开", lambda s, by: c.Open(by, s.slot)),
    "claim": Asking("认领", lambda s, by: c.Claim(by, s.slot, s.rev), (), "check", "r"),
    "give_up": Asking("放弃认领", lambda s, by: c.GiveUp(by, s.slot, s.rev)),
    "assign": Asking(
        "分派", lambda s, by: c.Assign(by, s.slot, s.rev, s.first), ("person",), "pass", "f"
    ),
    "circulate": Asking("传阅", _circulate, ("people", "opinion?"), "loop", "y"),
    "acknowledge": Asking(
        "已阅",
        lambda s, by: c.Acknowledge(by, s.reading, opinion=s.opinion),
        ("opinion?",),
        "eye",
        "x",
    ),
    "recall_reading": Asking("收回传阅", lambda s, by: c.RecallReading(by, s.reading)),
    "urge": Asking("催办", lambda s, by: c.Urge(by, s.slot, s.reading), (), "bell", "c"),
    "suspend": Asking(
        "挂起", lambda s, by: c.Suspend(by, s.opinion, s.until), ("until", "opinion"), "clock"
    ),
    "resume": Asking("恢复", lambda _, by: c.Resume(by), (), "clock"),
    "remark": Asking("批示", lambda s, by: c.Instruct(by, s.opinion), ("opinion",), "brush"),
    "reopen": Asking("唤醒", lambda s, by: c.Reopen(by, s.opinion), ("opinion",)),
}


def command(verb: str, said: Said) -> Callable[[Actor], c.Command]:
    """The command of a verb for whoever acts; `KeyError` for a verb that does not exist."""
    make = VERBS[verb].make
    return lambda by: make(said, by)
