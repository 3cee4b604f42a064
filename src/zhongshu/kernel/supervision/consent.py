"""Who consents to what, and what is refused: postponing, pausing, dropping, merging, disputing.

A postponement is asked for before the due time, with reason, progress and the new date ([V~]); how
often, and that each next one goes one level higher, is ours ([G]). Frozen data in; a refusal with
all its reasons, or nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from zhongshu.kernel.errors import Reason, Refused, reason

from .rules import Rules

What = Literal["postpone", "pause", "drop", "merge"]
CONSENTED: dict[str, What] = {"suspend": "pause", "cancel": "drop"}
"""Verbs of the flow that need a leader's consent, and to what."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An application: what for, now and the due time, until when, why, what went before."""

    what: What
    now: int
    due: int
    reason: str
    until: int | None = None
    granted: int = 0
    pending: bool = False


def refuse_asking(asked: Asked, rules: Rules) -> Refused | None:
    """Why this may not be asked for."""
    return _all(_against(asked, rules))


def _against(asked: Asked, rules: Rules) -> Iterator[Reason]:
    if not asked.reason.strip():
        yield reason("reason_needed")
    if asked.pending:
        yield reason("asked_already")
    if asked.what != "postpone":
        return
    if asked.now > asked.due:
        yield reason("too_late")
    if asked.until is None or asked.until <= asked.due:
        yield reason("not_later")
    most = rules.number["most_postponed"]
    if asked.granted >= most:
        yield reason("postponed_often", count=asked.granted, most=most)


def consenter(what: What, granted: int, leaders: tuple[str, ...], asker: str) -> str:
    """Who decides: the leader in charge for the first postponement and for a pause, the next one
    up for each further postponement and for dropping or merging. Never who asks. "" for nobody.

    `leaders` from the leader in charge upwards.
    """
    able = [one for one in dict.fromkeys(leaders) if one and one != asker]
    level = granted if what == "postpone" else 0 if what == "pause" else 1
    return able[min(level, len(able) - 1)] if able else ""


def refuse_objecting(assigned: int, now: int, text: str, rules: Rules) -> Refused | None:
    """Why the lead may not be disputed any more, or not like this."""
    return _all(_against_objecting(now - assigned, text, rules))


def _against_objecting(gone: int, text: str, rules: Rules) -> Iterator[Reason]:
    days = rules.number["object_within"]
    if not text.strip():
        yield reason("reason_needed")
    if gone > days * rules.number["day"]:
        yield reason("object_too_late", days=days)


def refuse_lead(lead: str, assistants: tuple[str, ...]) -> Refused | None:
    """Exactly one lead, who does not assist himself, and nobody assists twice."""
    wrong = not lead or lead in assistants or len(set(assistants)) < len(assistants)
    return Refused((reason("one_lead"),)) if wrong else None


def _all(reasons: Iterator[Reason]) -> Refused | None:
    found = tuple(reasons)
    return Refused(found) if found else None
