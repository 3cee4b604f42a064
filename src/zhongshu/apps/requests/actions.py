"""Every write of requests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from django.db import transaction

from zhongshu.kernel.flow.condition import Value
from zhongshu.kernel.triage.urgency import Mark, due_of
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.matters import actions as matters
from zhongshu.office.matters.models import Matter


class Begun(NamedTuple):
    """What a new request begins with; `once` makes two presses of the button one request."""

    kind: str
    title: str
    urgency: Mark
    once: str = ""


def begin(*, begun: Begun, form: Mapping[str, Value], by: Actor) -> Matter:
    """A new request in draft, numbered, with what was typed so far."""
    due = due_of(clock.calendar(), clock.now(), begun.urgency)
    opening = matters.Opening(
        kind=begun.kind, title=begun.title, urgency=begun.urgency, due_at=due.at
    )
    with transaction.atomic(durable=True):
        return matters.open_matter(opening=opening, by=by, form=form, once=begun.once)
