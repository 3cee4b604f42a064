"""Every write about needs and shortages. 需求与缺口的动作."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from zhongshu.kernel.supervision.ledgers import ENDED, Outcome
from zhongshu.kernel.worktime import Limit
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.journal import actions as journal
from zhongshu.office.matters import numbers
from zhongshu.office.matters.ruling import rules
from zhongshu.office.people import queries as people
from zhongshu.office.people.models import Unit
from zhongshu.office.refusal import refuse

from . import queries
from .models import Need, Shortage, Way
from .powers import keeps, of_unit


@dataclass(frozen=True, kw_only=True)
class Asking:
    """A need as it came in; sections by their codes."""

    unit: str
    what: str
    sort: str
    channel: str
    lead: str
    text: str = ""
    impact: int | None = None
    urgent: bool = False
    needed_on: date | None = None


def register(*, new: Asking, by: Actor) -> Need:
    """Enter a need. Anybody of the house may, for the unit that has it."""
    if not new.what.strip():
        raise refuse("need_words")
    with transaction.atomic(durable=True):
        now, calendar = clock.now(), clock.calendar()
        year = clock.local(now).year
        row = Need.objects.create(
            year=year,
            serial=numbers.take(code="need", year=year)[1],
            unit=Unit.objects.get(code=new.unit),
            lead=Unit.objects.get(code=new.lead),
            channel=new.channel,
            sort=new.sort,
            what=new.what.strip(),
            text=new.text.strip(),
            impact=new.impact,
            urgent=new.urgent,
            needed_on=new.needed_on,
            at=now,
            by_id=_pk(by),
            answer_due=calendar.due(now, _limit(urgent=new.urgent)),
            due=calendar.close(new.needed_on) if new.needed_on else None,
        )
        facts = {"unit": new.unit, "lead": new.lead}
        journal.record(verb="needs.register", subject=f"need:{row.key}", by=by, facts=facts)
        return row


def answer(*, key: str, outcome: str, text: str, by: Actor, planned_on: date | None = None) -> Need:
    """Answer a need: what comes of it, in words; what is planned says until when."""
    row = _need(key, by)
    if not (keeps(by) or of_unit(by, row.lead.code)):
        raise refuse("need_not_yours")
    if row.closed_at is not None:
        raise refuse("need_closed")
    if not text.strip():
        raise refuse("need_words")
    came = Outcome(outcome)
    if came is Outcome.PLANNED and planned_on is None:
        raise refuse("need_planned_when")
    with transaction.atomic(durable=True):
        now = clock.now()
        due = clock.calendar().close(planned_on) if planned_on else row.due
        _change(
            row,
            outcome=came,
            answer=text.strip(),
            planned_on=planned_on,
            due=due,
            answered_at=row.answered_at or now,
            answered_by_id=_pk(by),
            closed_at=now if came in ENDED else None,
        )
        facts = {"outcome": str(came)}
        journal.record(verb="needs.answer", subject=f"need:{key}", by=by, facts=facts)
    row.refresh_from_db()
    return row


def call_back(*, key: str, rating: str, by: Actor) -> Need:
    """Ask whether the answer satisfied: the office does, never the section that answered."""
    row = _need(key, by)
    if not keeps(by):
        raise refuse("need_office")
    if row.answered_at is None:
        raise refuse("need_not_answered")
    if of_unit(by, row.lead.code):
        raise refuse("need_own_call")
    if row.rating not in {"", Need.Rating.UNREACHED}:
        raise refuse("need_rated")
    with transaction.atomic(durable=True):
        _change(row, rating=Need.Rating(rating), rated_at=clock.now(), rated_by_id=_pk(by))
        facts = {"rating": rating}
        journal.record(verb="needs.call_back", subject=f"need:{key}", by=by, facts=facts)
    row.refresh_from_db()
    return row


@dataclass(frozen=True, kw_only=True)
class Lacking:
    """A shortage as it is entered; `needs` are keys of the needs it comes from."""

    what: str
    sort: str
    measure: str
    required: Decimal
    owner: str
    on_hand: Decimal = Decimal(0)
    why: str = ""
    needs: tuple[str, ...] = ()


def lack(*, new: Lacking, by: Actor) -> Shortage:
    """Enter what the house lacks, and tie the needs to it that ask for the same."""
    if not keeps(by) and not of_unit(by, new.owner):
        raise refuse("need_not_yours")
    if min(new.required, new.on_hand) < 0:
        raise refuse("short_amounts")
    if new.required <= new.on_hand:
        raise refuse("short_none")
    if not new.what.strip():
        raise refuse("need_words")
    with transaction.atomic(durable=True):
        now = clock.now()
        year = clock.local(now).year
        row = Shortage.objects.create(
            year=year,
            serial=numbers.take(code="shortage", year=year)[1],
            what=new.what.strip(),
            sort=new.sort,
            measure=new.measure,
            required=new.required,
            on_hand=new.on_hand,
            why=new.why.strip(),
            owner=Unit.objects.get(code=new.owner),
            by_id=_pk(by),
            at=now,
        )
        mine = queries.needs(seen_by=by).filter(key__in=new.needs)
        Need.objects.filter(pk__in=list(mine.values_list("pk", flat=True))).update(shortage=row)
        facts = {"needs": str(len(new.needs))}
        journal.record(verb="needs.lack", subject=f"shortage:{row.key}", by=by, facts=facts)
        return row


@dataclass(frozen=True, kw_only=True)
class Trying:
    """A way of obtaining it: what kind, of whom, by which paper."""

    sort: str
    asked_of: str
    paper: str
    asked_on: date
    expected_on: date | None = None


def ask(*, key: str, new: Trying, by: Actor) -> Way:
    """Somebody was asked for it, by a paper."""
    row = _shortage(key, by)
    if not new.asked_of.strip() or not new.paper.strip():
        raise refuse("need_words")
    with transaction.atomic(durable=True):
        way = Way.objects.create(
            shortage=row,
            sort=new.sort,
            asked_of=new.asked_of.strip(),
            paper=new.paper.strip(),
            asked_on=new.asked_on,
            expected_on=new.expected_on,
        )
        journal.record(verb="needs.ask", subject=f"shortage:{key}", by=by)
        return way


@dataclass(frozen=True, kw_only=True)
class Coming:
    """What was granted and by which paper, what arrived; sums, not steps."""

    granted: Decimal
    granted_paper: str
    arrived: Decimal
    on: date
    expected_on: date | None = None
    closed: bool = False


def grant(*, way: int, said: Coming, by: Actor) -> Way:
    """How far a way has come. What nobody wrote down is kept apart, and is in no sum."""
    found = Way.objects.select_related("shortage").filter(pk=way).first()
    if found is None:
        raise refuse("need_gone")
    row = _shortage(found.shortage.key, by)
    if min(said.granted, said.arrived) < 0:
        raise refuse("short_amounts")
    if said.arrived and not said.granted_paper.strip():
        raise refuse("short_paper")
    if said.arrived > said.granted:
        raise refuse("short_more")
    with transaction.atomic(durable=True):
        _change(
            found,
            granted=said.granted,
            granted_paper=said.granted_paper.strip(),
            granted_on=found.granted_on or (said.on if said.granted else None),
            arrived=said.arrived,
            arrived_on=said.on if said.arrived else None,
            expected_on=said.expected_on or found.expected_on,
            closed=said.closed,
        )
        fresh = Shortage.objects.prefetch_related("ways").get(pk=row.pk)
        covered = not queries.got(fresh).gap
        Shortage.objects.filter(pk=row.pk).update(closed_at=clock.now() if covered else None)
        facts = {"granted": str(said.granted), "arrived": str(said.arrived)}
        journal.record(verb="needs.grant", subject=f"shortage:{row.key}", by=by, facts=facts)
    found.refresh_from_db()
    return found


def _limit(*, urgent: bool) -> Limit:
    """Until when somebody answers, by the rules in force."""
    number = rules().number
    if urgent:
        return Limit(number["answer_urgent"], "minutes")
    return Limit(number["answer_days"], "days")


def _change(row: Any, **values: Any) -> None:
    """Over the version that was read, or not at all."""
    kept = type(row)._default_manager.filter(pk=row.pk, version=row.version)
    if not kept.update(version=row.version + 1, **values):
        raise refuse("moved_meanwhile")


def _need(key: str, by: Actor) -> Need:
    row = queries.needs(seen_by=by).filter(key=key).first()
    if row is None:
        raise refuse("need_gone")
    return row


def _shortage(key: str, by: Actor) -> Shortage:
    row = queries.shortages(seen_by=by).filter(key=key).first()
    if row is None:
        raise refuse("need_gone")
    if not (keeps(by) or of_unit(by, row.owner.code)):
        raise refuse("need_not_yours")
    return row


def _pk(by: Actor) -> int:
    pk = people.bureau().pks.get(by.person)
    if pk is None:
        raise refuse("need_not_yours")
    return pk
