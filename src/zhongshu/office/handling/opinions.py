"""What was said about a matter, in order, out of its events: nothing said is lost. 意见."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from zhongshu.kernel.flow.case import Activation, Decision, Event
from zhongshu.kernel.flow.definition import Definition, NodeKind
from zhongshu.office.people.bureau import Bureau

from .asides import Opinion, asides

LOOK = {
    NodeKind.DECIDE: ("countersign", "审"),
    NodeKind.TASK: ("do", "办"),
    NodeKind.INSTRUCT: ("instruct", "批"),
    NodeKind.ACKNOWLEDGE: ("note", "阅"),
    NodeKind.DRAFT: ("note", "拟"),
}
SAID = {
    "approve": "同意",
    "disapprove": "不同意",
    "abstain": "弃权",
    "done": "办毕",
    "instruct": "批示",
}


def opinions(
    flow: Definition, events: list[tuple[datetime, Event]], bureau: Bureau
) -> Iterator[Opinion]:
    """Every decision once, also one that was taken back or no longer counts; what was asked and
    answered, what readers and leaders remarked, and every return."""
    known: set[tuple[int, int, str]] = set()
    for at, event in events:
        for act_ in event.acts:
            for slot in act_.slots:
                if slot.decision is None or slot.decision.origin:
                    continue
                name = (slot.id, slot.decision.at, slot.decision.actor)
                if name not in known:
                    known.add(name)
                    said = _opinion(flow, act_, slot.decision, at, bureau)
                    yield said._replace(slot=slot.id)
        yield from asides(event, at, bureau)
        yield from _ways_back(event, at, bureau)


def _opinion(
    flow: Definition, act_: Activation, said: Decision, at: datetime, bureau: Bureau
) -> Opinion:
    node = flow.by_id[act_.node]
    kind, stamp = LOOK[node.kind]
    behalf = bureau.names.get(said.principal, "") if said.principal != said.actor else ""
    who = bureau.names.get(said.actor, said.actor)
    word = "提交" if node.kind is NodeKind.DRAFT else SAID[said.verb]
    return Opinion(
        kind, stamp, node.name, word, who, behalf, at, said.opinion, node.id, 0, said.actor
    )


def _ways_back(event: Event, at: datetime, bureau: Bureau) -> Iterator[Opinion]:
    """A return is said on the activation that it ended."""
    if event.verb == "send_back":
        cause = next((one.cause for one in event.acts if one.state == "returned"), "")
        who = bureau.names.get(event.by.person, "")
        yield Opinion("wait", "退", "退回", "退回", who, "", at, cause)
