"""What people can ask of a case: one command for each verb of the office. 动词.

Every command names who acts (`by`) and may carry an idempotency `key`: the same key again changes
nothing. Commands on a slot name its revision and, where something is decided, the digest of the
content that was on the screen; if either has moved, the answer is a conflict, not an overwrite.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from .case import Actor, Verdict
from .condition import Value
from .definition import Definition


@dataclass(frozen=True, slots=True)
class Command:
    """What all commands share."""

    by: Actor
    key: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class OnSlot(Command):
    """A command about one slot, in the revision that was on the screen."""

    slot: int
    rev: int


@dataclass(frozen=True, slots=True)
class Submit(Command):
    """提交, 重新提交: the initiator sends the draft, with the fields that he changed."""

    changes: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Decide(OnSlot):
    """同意, 不同意, 弃权, 办毕, 批示. `done` may fill in the fields that the node edits."""

    seen: str
    verb: Verdict
    opinion: str = ""
    reserved: bool = False
    changes: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SendBack(OnSlot):
    """退回 to a node on the path, or from a sub-case to the calling case ("caller")."""

    seen: str
    to: str
    opinion: str
    carry: Literal["", "replay", "smart", "straight"] = ""


@dataclass(frozen=True, slots=True)
class TakeBack(OnSlot):
    """拿回: the decider undoes his own decision."""


@dataclass(frozen=True, slots=True)
class Recall(Command):
    """撤回: the initiator makes the case a draft again."""

    opinion: str = ""


@dataclass(frozen=True, slots=True)
class Cancel(Command):
    """撤销: the initiator gives the case up for good."""

    opinion: str = ""


@dataclass(frozen=True, slots=True)
class AddSigner(OnSlot):
    """加签 before, after or beside."""

    person: str
    where: Literal["before", "after", "beside"]
    binding: bool | None = None  # None: advisory before, binding after
    opinion: str = ""


@dataclass(frozen=True, slots=True)
class DropSigner(OnSlot):
    """减签: the adder undoes an add."""


@dataclass(frozen=True, slots=True)
class Transfer(OnSlot):
    """转办: responsibility moves."""

    to: str
    opinion: str


@dataclass(frozen=True, slots=True)
class Consult(OnSlot):
    """委派 (`wait`: the slot is lent until the answer) or 沟通 (the owner may decide meanwhile)."""

    to: str
    question: str
    wait: bool = False


@dataclass(frozen=True, slots=True)
class Answer(Command):
    """答复: the person asked gives an opinion; it never decides."""

    slot: int
    ask: int
    opinion: str


@dataclass(frozen=True, slots=True)
class CallIn(OnSlot):
    """收回委派: the owner stops waiting for an answer."""

    ask: int


@dataclass(frozen=True, slots=True)
class Open(Command):
    """打开: the holder has looked at the paper."""

    slot: int


@dataclass(frozen=True, slots=True)
class Claim(OnSlot):
    """认领 a slot of a pool."""


@dataclass(frozen=True, slots=True)
class GiveUp(OnSlot):
    """退回认领: give a claimed slot back to its pool."""


@dataclass(frozen=True, slots=True)
class Assign(OnSlot):
    """分派: the head of a unit, or the post that assigns, names who does it."""

    to: str


@dataclass(frozen=True, slots=True)
class Instruct(Command):
    """批示: a leader's words on the case; tasks with limits may follow. Not a vote."""

    opinion: str
    tasks: tuple[tuple[str, str, str], ...] = ()  # what, who leads, due as ISO date


@dataclass(frozen=True, slots=True)
class Urge(Command):
    """催办 a slot or a reading."""

    slot: int = 0
    reading: int = 0


@dataclass(frozen=True, slots=True)
class Circulate(Command):
    """传阅, 抄送 (`expects` nothing). Ordered: one after the other, by acknowledgement or gap."""

    to: tuple[str, ...]
    expects: Literal["nothing", "receipt", "opinion"] = "receipt"
    ordered: bool = False
    gap: int = 480
    within: int | None = None  # working minutes after which an unread copy lapses
    pass_on: Literal["none", "clerk", "free"] = "none"
    reading: int = 0  # passing on one's own reading


@dataclass(frozen=True, slots=True)
class Acknowledge(Command):
    """已阅: opened, or read and answered."""

    reading: int
    opened_only: bool = False
    opinion: str = ""


@dataclass(frozen=True, slots=True)
class RecallReading(Command):
    """收回传阅: possible until it was opened."""

    reading: int


@dataclass(frozen=True, slots=True)
class Suspend(Command):
    """挂起 until a planned minute; the clocks stop."""

    opinion: str
    until: int


@dataclass(frozen=True, slots=True)
class Resume(Command):
    """恢复."""


@dataclass(frozen=True, slots=True)
class Override(Command):
    """终止, 作废, 跳转, 强制归档, 指定承办: two people, a reason, marked for ever."""

    second: Actor
    what: Literal["terminate", "jump", "close", "assign", "release"]
    opinion: str
    to: str = ""  # node of a jump, person of an assignment
    slot: int = 0


@dataclass(frozen=True, slots=True)
class HandOver(Command):
    """离职交接: everything that a person still holds in this case goes to another, each checked."""

    person: str
    to: str
    opinion: str


@dataclass(frozen=True, slots=True)
class Reopen(Command):
    """唤醒: an ended case gives rise to a new one, and stays as it was."""

    opinion: str


@dataclass(frozen=True, slots=True)
class Migrate(Command):
    """改版: a running case moves to another version; two different people."""

    second: Actor
    target: Definition
    plan: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reseat(Command):
    """The machine looks again who sits where, after people left, returned or changed posts."""


@dataclass(frozen=True, slots=True)
class Tick(Command):
    """The machine's clock: reminders, loans that come back, readings that lapse. Never a yes."""


@dataclass(frozen=True, slots=True)
class ChildEnded(Command):
    """The machine reports the end of a sub-case."""

    activation: int
    child: str
    result: str


@dataclass(frozen=True, slots=True)
class DrafterGone(Command):
    """The drafter has left: the machine gives his draft to whom the house named, or ends it."""

    person: str
    to: str = ""


@dataclass(frozen=True, slots=True)
class CallerGone(Command):
    """The machine ends a sub-case whose caller no longer waits for it."""
