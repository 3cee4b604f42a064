"""What people set up for themselves: ready phrases, questions to the ledger. 个人设置."""

from __future__ import annotations

from django.db import transaction

from zhongshu.apps.documents.models import Phrase, SavedFilter
from zhongshu.office.actor import Actor
from zhongshu.office.journal import actions as journal
from zhongshu.office.people import queries as people
from zhongshu.office.people.models import Person
from zhongshu.office.refusal import refuse

FEW = 40  # of each, for one person


def add_phrase(*, text: str, node: str, of_office: bool, by: Actor) -> None:
    """A ready phrase for a step, or for every step; one of the office only by its head."""
    with transaction.atomic(durable=True):
        bureau = people.bureau()
        if of_office and "office_head" not in bureau.posts.get(by.person, ()):
            raise refuse("not_yours", slot=0)
        person = None if of_office else Person.objects.get(pk=bureau.pks[by.person])
        if Phrase.objects.filter(person=person).count() >= FEW:
            raise refuse("too_many_kept", most=FEW)
        kept, new = Phrase.objects.get_or_create(person=person, node=node, text=text)
        if new:
            journal.record(verb="documents.phrase", subject=f"phrase:{kept.pk}", by=by)


def drop_phrase(*, pk: int, by: Actor) -> None:
    """Give up a phrase of one's own; one of the office only by its head. Another's is not there."""
    with transaction.atomic(durable=True):
        bureau = people.bureau()
        mine = Phrase.objects.filter(pk=pk, person=bureau.pks.get(by.person, 0))
        if "office_head" in bureau.posts.get(by.person, ()):
            mine |= Phrase.objects.filter(pk=pk, person__isnull=True)
        if mine.delete()[0]:
            journal.record(verb="documents.phrase_drop", subject=f"phrase:{pk}", by=by)


def keep_filter(*, name: str, query: str, by: Actor) -> None:
    """Give a question a name; a name that is there gets the new question."""
    with transaction.atomic(durable=True):
        person = people.bureau().pks[by.person]
        mine = SavedFilter.objects.filter(person=person)
        if not mine.filter(name=name).exists() and mine.count() >= FEW:
            raise refuse("too_many_kept", most=FEW)
        kept, _ = SavedFilter.objects.update_or_create(
            person_id=person, name=name, defaults={"query": query}
        )
        journal.record(verb="documents.filter", subject=f"filter:{kept.pk}", by=by)


def drop_filter(*, pk: int, by: Actor) -> None:
    """Give up a question of one's own. Another's is not there."""
    with transaction.atomic(durable=True):
        person = people.bureau().pks.get(by.person, 0)
        if SavedFilter.objects.filter(pk=pk, person=person).delete()[0]:
            journal.record(verb="documents.filter_drop", subject=f"filter:{pk}", by=by)


def note_export(*, rows: int, asked: str, form: str, by: Actor) -> None:
    """That the ledger left the house: who, how many rows, in which form, by which question."""
    with transaction.atomic(durable=True):
        facts = {"rows": str(rows), "form": form}
        journal.record(
            verb="documents.export",
            subject="ledger:incoming",
            by=by,
            facts=facts,
            seals={"question": asked},
        )
