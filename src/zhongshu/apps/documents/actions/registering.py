"""Registering: one press, one transaction, one number. 登记并送初审."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from zhongshu.apps.documents import recordsoffice
from zhongshu.apps.documents.entering import Entry, check, done_before, enter
from zhongshu.apps.documents.models import Arrival
from zhongshu.kernel.flow.condition import Value
from zhongshu.office.actor import Actor
from zhongshu.office.files import queries as files
from zhongshu.office.matters import actions as matters
from zhongshu.office.matters import asking
from zhongshu.office.matters.models import Matter
from zhongshu.office.refusal import Refusal


def register(*, key: str, entry: Entry, by: Actor) -> Matter:
    """Enter an arrival in a register and send it to its initial review.

    `key` is that of the arrival, or a new one for a paper without file. Pressed twice by the same
    person, it is the first matter; a second person is told who was faster.
    """
    recordsoffice.require(by)
    check(entry)
    try:
        with transaction.atomic(durable=True):
            matter = enter(key=key, entry=entry, by=by, state=Arrival.State.REGISTERED)
            said = asking.Said(changes=_form(matter, entry, by))
            submit = asking.command("submit", said)
            return matters.step(key=matter.key, command=submit, by=by).matter
    except (IntegrityError, Refusal):
        first = done_before(key, by)
        if first is None:
            raise
        return first


def _form(matter: Matter, entry: Entry, by: Actor) -> dict[str, Value]:
    """What the process asks of the drafter."""
    papers = files.of(f"matter:{matter.key}", seen_by=by)
    digests = tuple(file.blob.digest for file in papers)
    form: dict[str, Value] = {"title": entry.title, "source": entry.source}
    return form | ({"paper": digests} if digests else {})
