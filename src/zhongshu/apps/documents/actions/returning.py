"""Sending a paper back to whoever sent it, with the reasons. 退文."""

from __future__ import annotations

from typing import NamedTuple

from django.db import IntegrityError, transaction

from zhongshu.apps.documents import reasons, recordsoffice
from zhongshu.apps.documents.apps import INCOMING
from zhongshu.apps.documents.entering import Entry, check, done_before, enter
from zhongshu.apps.documents.models import Arrival, Return
from zhongshu.kernel.flow.case import Case
from zhongshu.kernel.flow.codec import load_case
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.journal import actions as journal
from zhongshu.office.matters import actions as matters
from zhongshu.office.matters import asking, processes
from zhongshu.office.matters import queries as found
from zhongshu.office.matters.models import Matter
from zhongshu.office.people import queries as people
from zhongshu.office.refusal import Refusal, refuse


class Back(NamedTuple):
    """Why it goes back: codes of `reasons.REASONS`, words of our own, and what is to be mended."""

    codes: tuple[str, ...]
    text: str = ""
    fix: str = ""


def at_registration(*, key: str, entry: Entry, back: Back, by: Actor) -> Return:
    """Enter it, so that the return can be counted and answered, and give it up at once."""
    recordsoffice.require(by)
    check(entry)
    _check(back)
    try:
        with transaction.atomic(durable=True):
            matter = enter(key=key, entry=entry, by=by, state=Arrival.State.RETURNED)
            said = asking.Said(opinion=_words(back))
            cancel = asking.command("cancel", said)
            done = matters.step(key=matter.key, command=cancel, by=by)
            return _keep(done.matter, back, Return.Stage.REGISTRATION, by)
    except (IntegrityError, Refusal):
        first = done_before(key, by)
        if first is None or not first.returns.exists():
            raise
        return first.returns.latest("pk")


def at_review(*, key: str, back: Back, by: Actor) -> Return:
    """The reviewer says no: the flow ends, and the paper goes back with his reasons."""
    _check(back)
    matter = found.visible(seen_by=by).select_related("case").filter(key=key).first()
    if matter is None or matter.kind != INCOMING.code:
        raise refuse("no_matter")
    case = load_case(matter.case.text)
    said = _seat(matter, case, by, _words(back))
    if said is None:
        first = matter.returns.filter(by__key=by.person).last()
        if first is None:
            raise refuse("not_review")
        return first
    with transaction.atomic(durable=True):
        matters.step(key=key, command=asking.command("disapprove", said), by=by)
        return _keep(matter, back, Return.Stage.REVIEW, by)


def _seat(matter: Matter, case: Case, by: Actor, opinion: str) -> asking.Said | None:
    """His seat at the initial review, which is the first step after registration."""
    first = processes.definition(matter.process_id).draft.ways
    for act in case.acts.values():
        if act.node in first and act.state == "open" and case.state == "running":
            for slot in act.slots:
                if slot.state == "open" and by.person in {slot.holder, slot.also}:
                    seen = case.content.digest
                    return asking.Said(slot=slot.id, rev=slot.rev, seen=seen, opinion=opinion)
    return None


def _check(back: Back) -> None:
    """Refuse a return without reason."""
    if not back.codes or not set(back.codes) <= set(reasons.REASONS):
        raise refuse("bad_reason")
    if reasons.OTHER in back.codes and not back.text.strip():
        raise refuse("text_needed")


def _words(back: Back) -> str:
    """As it stands among the opinions."""
    said = [reasons.written(back.codes), back.text.strip(), back.fix.strip()]
    return "退文：" + "。".join(filter(None, said))


def _keep(matter: Matter, back: Back, stage: Return.Stage, by: Actor) -> Return:
    kept = Return.objects.create(
        matter=matter,
        stage=stage,
        reasons=sorted(back.codes),
        text=back.text.strip(),
        fix=back.fix.strip(),
        by_id=people.bureau().pks[by.person],
        at=clock.now(),
    )
    facts = {"reasons": ",".join(sorted(back.codes)), "stage": stage.value, "return": kept.key}
    seals = {"text": kept.text, "fix": kept.fix}
    subject = f"matter:{matter.key}"
    journal.record(verb="document.return", subject=subject, by=by, facts=facts, seals=seals)
    return kept
