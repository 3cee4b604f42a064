"""Writing notices, and getting them out of the house. 通知与投递.

Rows are written with the step they tell of. Everything else happens later and outside of any
transaction: a mail server that hangs never holds an act.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from zhongshu.kernel.flow.case import Event
from zhongshu.kernel.flow.definition import Definition
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.matters import happenings
from zhongshu.office.matters.models import Matter, Todo
from zhongshu.office.matters.processes import definition
from zhongshu.office.matters.queries import visible, watchers
from zhongshu.office.people import queries as people
from zhongshu.office.people.bureau import Bureau

from . import quiet, telling
from .models import Delivery, Notice
from .sentences import OWN, TODOS
from .ways.choice import SEND, any_way, ways
from .ways.letter import Hopeless, Letter, Undelivered

BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120))
LEASE = timedelta(minutes=10)  # longer than any try: then another may take over
ALREADY_READ = "已在系统内阅读"


def stepped(step: happenings.Step) -> None:
    """Tell people of a step, in one statement."""
    event = step.outcome.event
    rows = _told(step, event) if event else []
    if rows:
        Notice.objects.bulk_create(rows)


def remarked(said: happenings.Said) -> None:
    """Tell whoever has the matter in hand, and whoever follows it, that somebody left a remark."""
    bureau = people.bureau()
    held = Todo.objects.filter(matter=said.matter).exclude(what=Todo.What.READ)
    busy = held.values_list("person__key", flat=True).distinct()
    told = dict.fromkeys((*busy, *watchers(matter=said.matter)))
    words = [
        telling.Told(one, "watch.remark", {"by": said.by.person}, Notice.Level.QUIET)
        for one in told
        if one != said.by.person
    ]
    Notice.objects.bulk_create(_rows(words, said.matter, bureau))


def tell(
    *, persons: Iterable[str], words: str, about: Mapping[str, str], matter: Matter
) -> list[str]:
    """Tell these people, by their keys, something an app registered. Part of the transaction of
    its caller. Who may not see the matter is not told. Answers who was."""
    seen = [
        one
        for one in dict.fromkeys(persons)
        if visible(seen_by=Actor(one)).filter(pk=matter.pk).exists()
    ]
    level = OWN[words][0]
    rows = _rows([telling.Told(one, words, about, level) for one in seen], matter, people.bureau())
    Notice.objects.bulk_create(rows)
    return seen


def opened(new: happenings.Opened) -> None:
    """Tell whoever is to write a matter that somebody else's step opened for him."""
    bureau, drafter = people.bureau(), new.matter.initiator_id
    person = bureau.keys.get(drafter, "")
    if person not in {"", new.by.person}:
        about = {"by": new.by.person}
        told = telling.Told(person, "todo.revise", about, TODOS["revise"][0])
        Notice.objects.bulk_create(_rows([told], new.matter, bureau))


def _told(step: happenings.Step, event: Event) -> list[Notice]:
    bureau = people.lately()
    if any(row.person_id not in bureau.keys for row in step.todos):
        bureau = people.bureau()
    asked = tuple(
        telling.Asked(bureau.keys[row.person_id], row.what, row.node, row.behalf)
        for row in step.todos
    )
    flow, by = definition(step.matter.process_id), step.by.person
    flash = step.matter.urgency == Matter.Urgency.FLASH
    told = telling.told(flow, event, asked, by=by, flash=flash)
    if any(note.what == "blocked" for note in event.notes):
        told += _of_blocked(step, flow, told)
    if telling.turn(event, {}) is not None:
        busy = [one.person for one in told]
        told += telling.to_watchers(flow, event, watchers(matter=step.matter), by=by, busy=busy)
    return _rows(told, step.matter, bureau)


def _of_blocked(
    step: happenings.Step, flow: Definition, told: list[telling.Told]
) -> list[telling.Told]:
    """Nobody can act: besides the drafter, whoever can mend it is told, the office head and who
    may override, as far as they may see the matter."""
    about = next((one.about for one in told if one.words == "blocked"), {})
    posts = people.bureau().directory.posts
    mend = (*posts.get(flow.head, ()), *posts.get(flow.override, ()))
    busy = {one.person for one in told} | {step.by.person}
    return [
        telling.Told(one, "blocked", about, Notice.Level.PRESSING)
        for one in dict.fromkeys(mend)
        if one not in busy and visible(seen_by=Actor(one)).filter(pk=step.matter.pk).exists()
    ]


def _rows(told: Iterable[telling.Told], matter: Matter, bureau: Bureau) -> list[Notice]:
    now, out = clock.now(), any_way()
    return [
        Notice(
            person_id=bureau.pks[one.person],
            matter=matter,
            words=one.words,
            about=dict(one.about),
            level=one.level,
            at=now,
            outbound=out and one.level > Notice.Level.QUIET,
        )
        for one in told
        if one.person in bureau.pks
    ]


def mark_read(*, pk: int, by: Actor) -> bool:
    """He has read this one. Whether there was anything to mark."""
    return bool(_unread(by).filter(pk=pk).update(read_at=clock.now()))


def mark_matter_read(*, key: str, by: Actor) -> int:
    """He has looked at this matter: what he was told of it is read. How many."""
    return _unread(by).filter(matter__key=key).update(read_at=clock.now())


def mark_all_read(*, up_to: int, by: Actor) -> int:
    """He has read all up to the newest that was before his eyes. How many."""
    return _unread(by).filter(pk__lte=up_to).update(read_at=clock.now())


class Delivered(NamedTuple):
    """What came of one round: taken by the other side, to be tried again, given up, unneeded."""

    sent: int = 0
    again: int = 0
    given_up: int = 0
    unneeded: int = 0


def deliver(*, now: datetime, limit: int = 100) -> Delivered:
    """Send what is due. Any number may do this at once: each delivery has one taker.

    Whoever dies between the other side's yes and our row sends it once more after the lease, with
    the same key.
    """
    spread(now=now, limit=limit)
    due = (
        Delivery.objects.filter(next_at__lte=now)
        .order_by("next_at", "pk")
        .select_related("notice__person", "notice__matter")
    )
    came = [_try(one, now) for one in due[:limit] if _take(one, now)]
    return Delivered(*(came.count(what) for what in Delivered._fields))


def spread(*, now: datetime, limit: int = 500) -> int:
    """Put new notices on the ways their people can be reached by. How many notices."""
    hours = quiet.read(settings.NOTICES_QUIET)
    with transaction.atomic():
        fresh = Notice.objects.filter(outbound=True).select_related("person", "matter")
        rows = list(fresh.order_by("pk")[:limit])
        Delivery.objects.bulk_create(
            [
                Delivery(notice=row, channel=way, next_at=_when(row, hours, now))
                for row in rows
                if row.read_at is None
                for way in ways(row)
            ],
            ignore_conflicts=True,  # another worker spreads the same
        )
        Notice.objects.filter(pk__in=[row.pk for row in rows]).update(outbound=False)
    return len(rows)


def _when(notice: Notice, hours: quiet.Quiet, at: datetime) -> datetime:
    flash = notice.matter is not None and notice.matter.urgency == Matter.Urgency.FLASH
    return at if flash else quiet.after(hours, at)


def _take(one: Delivery, now: datetime) -> bool:
    """Whether it is ours: nobody else has taken it since it was read."""
    mine = Delivery.objects.filter(pk=one.pk, tries=one.tries, next_at=one.next_at)
    one.tries += 1
    return bool(mine.update(tries=one.tries, next_at=now + LEASE))


def _try(one: Delivery, now: datetime) -> str:
    if one.notice.read_at is not None and one.channel == Delivery.Channel.MAIL:
        _close(one, error=ALREADY_READ)
        return "unneeded"
    try:
        SEND[one.channel](_letter(one))
    except Hopeless as no:
        _close(one, error=str(no), given_up_at=now)
        return "given_up"
    except Undelivered as no:
        if one.tries > len(BACK_OFF):
            _close(one, error=str(no), given_up_at=now)
            return "given_up"
        later = now + BACK_OFF[one.tries - 1]
        again = _when(one.notice, quiet.read(settings.NOTICES_QUIET), later)
        _close(one, error=str(no), next_at=again)
        return "again"
    _close(one, error="", sent_at=clock.now())
    return "sent"


def _close(one: Delivery, *, error: str, **fields: datetime) -> None:
    """Write how a try ended, unless the lease ran out and somebody else has it by now."""
    changed = {"next_at": None, **fields}
    Delivery.objects.filter(pk=one.pk, tries=one.tries).update(error=error[:200], **changed)


def _letter(one: Delivery) -> Letter:
    """What may leave the house: the title only of what is not secret, and only to whoever may see
    the matter now, not when it was written down."""
    notice, person = one.notice, one.notice.person
    matter = notice.matter
    actor = Actor(person.key)
    seen = matter is not None and visible(seen_by=actor).filter(pk=matter.pk).exists()
    names = people.names()
    sentence = telling.sentence(notice.words, notice.about, names, english=False)
    outside = matter is not None and seen and matter.grade <= settings.NOTICES_TITLE_GRADE
    return Letter(
        key=one.key,
        person=person.name,
        staff_number=person.number,
        address=person.email,
        sentence=sentence if seen or matter is None else "您有一条新通知，请登录查看",
        number=matter.number if matter is not None and seen else "",
        title=matter.title if matter is not None and outside else "",
        link=f"{settings.NOTICES_ADDRESS}/notices/" if settings.NOTICES_ADDRESS else "",
        pressing=notice.level == Notice.Level.PRESSING,
        at=notice.at,
    )


def _unread(by: Actor) -> QuerySet[Notice]:
    return Notice.objects.filter(person=people.bureau().pks.get(by.person, 0), read_at__isnull=True)
