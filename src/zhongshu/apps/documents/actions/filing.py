"""Filing: numbering what was filed without a number, and the codes of the archive. 归档."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.db import transaction

from zhongshu.apps.documents.archiving import keeps_archives, number
from zhongshu.apps.documents.models import ArchiveScheme
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.journal import actions as journal
from zhongshu.office.matters.queries import find
from zhongshu.office.people import queries as people
from zhongshu.office.refusal import refuse


def number_later(*, key: str, by: Actor) -> str:
    """Number a document that was filed while there was no scheme."""
    with transaction.atomic(durable=True):
        matter = find(key=key, seen_by=by)
        if not keeps_archives(by):
            raise refuse("not_yours", slot=0)
        return number(matter=matter, by=by)


class Codes(NamedTuple):
    """What a new scheme says."""

    since: date
    fonds: str
    category: str
    units: Mapping[str, str]
    periods: Sequence[Mapping[str, str]]
    approval: str


def set_scheme(*, codes: Codes, by: Actor) -> ArchiveScheme:
    """Codes from a day on. A day that has codes already gets the new ones; earlier days keep
    theirs, so that a number given stays explained."""
    with transaction.atomic(durable=True):
        if not keeps_archives(by):
            raise refuse("not_yours", slot=0)
        now = clock.now()
        person = people.bureau().pks[by.person]
        scheme, _ = ArchiveScheme.objects.update_or_create(
            since=codes.since,
            defaults={
                "fonds": codes.fonds,
                "category": codes.category,
                "units": dict(codes.units),
                "periods": [dict(one) for one in codes.periods],
                "approval": codes.approval,
                "set_by_id": person,
                "set_at": now,
            },
        )
        facts = {"since": codes.since.isoformat(), "fonds": codes.fonds}
        facts |= {"category": codes.category, "approval": codes.approval}
        journal.record(verb="documents.scheme", subject="archive:scheme", by=by, facts=facts)
        return scheme
