"""The numbers of the rules: proposed by the office, in force once another approved. 督办规则."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from zhongshu.apps.supervision.models import Edition
from zhongshu.apps.supervision.powers import establishes, is_chief, leads
from zhongshu.kernel.supervision.rules import SHIPPED
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.journal import actions as journal
from zhongshu.office.people import queries as people
from zhongshu.office.refusal import refuse


def propose_rules(*, since: date, changes: Mapping[str, int], source: str, by: Actor) -> Edition:
    """Put other numbers forward, with what they rest on."""
    if not establishes(by):
        raise refuse("not_the_office")
    if not source.strip():
        raise refuse("reason_needed")
    if not changes:
        raise refuse("nothing_changed")
    try:
        SHIPPED.amended(changes, since=since, source=source)
    except ValueError as why:
        raise refuse("rules_bad", what=why) from why
    with transaction.atomic(durable=True):
        row = Edition.objects.create(
            since=since,
            changes=dict(changes),
            source=source.strip()[:200],
            proposed_by_id=people.bureau().pks[by.person],
            proposed_at=clock.now(),
        )
        facts = {"changes": " ".join(f"{code}={value}" for code, value in changes.items())}
        subject = f"supervision-rules:{row.key}"
        journal.record(verb="supervision.propose_rules", subject=subject, by=by, facts=facts)
        return row


def approve_rules(*, key: str, by: Actor) -> Edition:
    """Let them come into force on their day. Never by who proposed them."""
    if not (is_chief(by) or leads(by)):
        raise refuse("not_answerable")
    with transaction.atomic(durable=True):
        row = Edition.objects.select_related("proposed_by").filter(key=key).first()
        if row is None or row.approved_at is not None:
            raise refuse("already_decided")
        if row.proposed_by.key == by.person:
            raise refuse("same_hand")
        row.approved_by_id, row.approved_at = people.bureau().pks[by.person], clock.now()
        row.save(update_fields=["approved_by", "approved_at"])
        subject = f"supervision-rules:{row.key}"
        journal.record(verb="supervision.approve_rules", subject=subject, by=by)
        return row
