"""Standing in, leave, and leaving for good. AB 角、请假、离岗."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import F, Q

from zhongshu.kernel.errors import Reason, reason
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.people import above, covering, deciding
from zhongshu.office.people.deciding import keep
from zhongshu.office.people.models import Account, Leave, Person, StandIn
from zhongshu.office.people.writing import writing

from .organisation import finish, open_appointments

LONGEST = 366  # days of one stand-in or one leave


def grant_stand_in(
    *,
    principal: Person,
    deputy: Person,
    span: tuple[datetime, datetime],
    by: Actor,
    mode: str = "when_away",
    amount: int | None = None,
) -> StandIn:
    """`deputy` acts for `principal` in a span of time.

    Refused when duties would go in a circle, and when both would be away. What it does to the
    proofs of separation of duties is told before (effects.py).
    """
    start, end = span
    with writing() as pen:
        keep(deciding.of_presence(principal, deputy) + deciding.of_span(start, end, LONGEST))
        new = covering.Cover(principal.key, deputy.key, start, end, mode == "exclusive")
        standing, away = deciding.covers_from(start), deciding.leaves_from(start)
        found = deciding.of_hand(by, principal, "security")
        found += covering.against_cover(new, standing, away)
        keep(found)
        row = StandIn.objects.create(
            principal=principal, deputy=deputy, start=start, end=end, mode=mode, amount=amount
        )
        facts = {"deputy": deputy.key, "start": start, "end": end, "mode": mode}
        pen.note("grant_stand_in", f"person:{principal.key}", by, facts)
    return row


def end_stand_in(*, stand_in: StandIn, by: Actor) -> None:
    """A stand-in ends now; one that never began is as if it had not been arranged."""
    now = clock.now()
    with writing() as pen:
        found = deciding.of_hand(by, stand_in.principal, "security")
        keep(found + ((reason("stand_in_ended"),) if stand_in.end <= now else ()))
        pen.note(
            "end_stand_in",
            f"person:{stand_in.principal.key}",
            by,
            {"deputy": stand_in.deputy.key, "start": stand_in.start},
        )
        _end(stand_in, now)


def record_leave(
    *, person: Person, start: datetime, end: datetime, by: Actor, why: str = ""
) -> Leave:
    """Somebody is away. Refused when he and the one who covers would both be."""
    with writing() as pen:
        may_leave(person=person, start=start, end=end, by=by)
        row = Leave.objects.create(person=person, start=start, end=end, why=why)
        pen.note(
            "record_leave", f"person:{person.key}", by, {"start": start, "end": end}, {"why": why}
        )
    return row


def may_leave(*, person: Person, start: datetime, end: datetime, by: Actor) -> None:
    """Refused for the reasons for which recording this leave would be; writes nothing."""
    keep(deciding.of_presence(person) + deciding.of_span(start, end, LONGEST))
    new = covering.Away(person.key, start, end)
    standing, away = deciding.covers_from(start), deciding.leaves_from(start)
    found = deciding.of_hand(by, person, "system")
    keep(found + covering.against_leave(new, standing, away))


def end_leave(*, leave: Leave, by: Actor) -> None:
    """Back earlier than planned; a leave that never began is as if it had not been recorded."""
    now = clock.now()
    with writing() as pen:
        found = deciding.of_hand(by, leave.person, "system")
        keep(found + ((reason("leave_ended"),) if leave.end <= now else ()))
        pen.note("end_leave", f"person:{leave.person.key}", by, {"start": leave.start})
        _end(leave, now)


def leave_for_good(
    *,
    person: Person,
    by: Actor,
    successor: Person | None = None,
    drafts: Person | None = None,
    on: date | None = None,
) -> None:
    """Somebody leaves the bureau, today if no other day is given.

    His open work goes to the successor; without one he cannot leave while there is any. What he
    has drafted and never sent goes to whoever takes his `drafts`, or is laid by for the archive.
    Posts and stand-ins end, sessions at once, and the account can never sign in again.
    """
    today = clock.local(clock.now()).date()
    on = on or today
    with writing() as pen:
        person.refresh_from_db()
        heirs = above.Heirs(successor, drafts)
        keep(_against_leaving(person, heirs))
        person.left_on = on
        person.save(update_fields=["left_on"])
        for held in open_appointments(person, on):
            finish(held, on)
        _release_from_covering(person)
        keep(_not_taken(person, heirs))
        if successor is not None:
            _cover_for_good(person, successor)
        Account.objects.filter(person=person).update(
            epoch=F("epoch") + 1, is_active=Q(pk__isnull=on <= today)
        )
        facts = {
            "on": on,
            "successor": successor.key if successor else "",
            "drafts": drafts.key if drafts else "",
        }
        pen.note("leave_for_good", f"person:{person.key}", by, facts)


def _against_leaving(person: Person, heirs: above.Heirs) -> list[Reason]:
    if person.left_on is not None:
        return [reason("already_left", person=person.key)]
    found = []
    if heirs.work is None:
        count = sum(not one.draft for one in above.held_by(person))
        found += [reason("open_work", person=person.key, count=count)] if count else []
    named = [one for one in dict.fromkeys(heirs) if one is not None]
    found += deciding.of_presence(*named)
    return found + ([reason("successor_self")] if person in named else [])


def _not_taken(person: Person, heirs: above.Heirs) -> list[Reason]:
    """Hand over; why somebody cannot take what was to go to him."""
    found: list[Reason] = []
    for kept in above.hand_over(person, heirs):
        found += [reason("draft_not_taken", number=kept.number), *kept.reasons]
    return found


def _release_from_covering(person: Person) -> None:
    """He stands in for nobody any more, and nobody for him but the successor."""
    now = clock.now()
    both = StandIn.objects.filter(Q(principal=person) | Q(deputy=person), end__gt=now)
    for one in both:
        _end(one, now)
    for leave in Leave.objects.filter(person=person, end__gt=now):
        _end(leave, now)


def _cover_for_good(person: Person, successor: Person) -> None:
    """What still names the person who left goes to the successor for a year."""
    now = clock.now()
    StandIn.objects.create(
        principal=person,
        deputy=successor,
        start=now,
        end=now + timedelta(days=LONGEST),
        mode=StandIn.Mode.EXCLUSIVE,
    )


def _end(row: StandIn | Leave, now: datetime) -> None:
    if row.start >= now:
        row.delete()
        return
    row.end = min(row.end, now)
    row.save(update_fields=["end"])
