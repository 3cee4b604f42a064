"""What of a matter is sealed when it is opened: what no event of the flow tells. 封存项.

Whoever changes one of these later has to record it anew in the same words, with the verb
"matter.change"; the recount takes the newest entry that has them.
"""

from __future__ import annotations

from zhongshu.kernel.flow.case import Head

from .models import Matter

VERBS = ("matter.open", "matter.change")


def facts(matter: Matter) -> dict[str, str]:
    """What may stand in the journal for ever: it names nobody."""
    return {
        "number": matter.number,
        "series": f"{matter.series.code}/{matter.series.year}",
        "serial": str(matter.serial),
        "kind": matter.kind,
        "process": matter.process.digest,
        "unit": matter.unit.code,
        "grade": str(int(matter.grade)),
        "urgency": str(matter.urgency),
        "weight": str(matter.weight),
        "need": str(matter.need),
        "due": "" if matter.due is None else str(matter.due),
        "due_at": matter.due_at.isoformat() if matter.due_at else "",
    }


def origin(head: Head) -> dict[str, str]:
    """Who is to write it, and what it comes from, where that is not as usual."""
    told = {"drafter": head.initiator}
    if head.parent is not None:
        told["parent"] = f"{head.parent[0]}/{head.parent[1]}"
    if head.link is not None:
        told["link"] = "/".join(head.link)
    return told if len(told) > 1 else {}


def personal(matter: Matter) -> dict[str, str]:
    """What can name a person, and is sealed as a digest that can be forgotten."""
    return {"title": matter.title, "why_weight": matter.why_weight}
