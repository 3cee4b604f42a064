"""传阅, 抄送, 已阅: copies to read. They never decide and never hold anything up."""

from __future__ import annotations

from collections.abc import Iterator

from zhongshu.kernel.errors import Reason, reason
from zhongshu.kernel.flow import path
from zhongshu.kernel.flow.case import Reading
from zhongshu.kernel.flow.commands import Acknowledge, Circulate, RecallReading
from zhongshu.kernel.flow.work import Work

from .checks import has_text, holds_post, in_range, is_holder, not_too_long

WAITS = frozenset({"sent", "opened"})
IDLE = frozenset({"queued", "recalled"})
READ = frozenset({"sent", "opened", "acknowledged", "lapsed"})


def may_circulate(work: Work, command: Circulate) -> Iterator[Reason]:
    """Somebody of the case, or a reader who may pass on; to people who exist and are cleared."""
    yield from _may_send(work, command)
    if not command.to:
        yield reason("nobody_named")
    for person in command.to:
        found = work.facts.people.people.get(person)
        if found is None or found.gone:
            yield reason("unknown", person=person)
        elif found.clearance < work.head.clearance:
            yield reason("not_cleared", person=person)
    if len(set(command.to)) < len(command.to):
        yield reason("named_twice")


def _may_send(work: Work, command: Circulate) -> Iterator[Reason]:
    by = command.by.person
    if command.reading:
        yield from _may_pass_on(work, command)
    elif by in work.head.drafters or holds_post(work, by, work.definition.clerk):
        return
    elif not is_holder(work, by):
        yield reason("no_part", person=by)
    else:
        range_ = next(
            work.node(act).circulate
            for act in path.live(work.acts)
            if act.state == "open"
            and any(path.holds(s, by) and s.state in {"open", "lent"} for s in act.slots)
        )
        for person in command.to:
            yield from in_range(work, by, person, range_)


def _may_pass_on(work: Work, command: Circulate) -> Iterator[Reason]:
    own = work.readings.get(command.reading)
    by = command.by.person
    is_clerk = holds_post(work, by, work.definition.clerk)
    if own is None or (own.to != by and not is_clerk):
        yield reason("not_yours", slot=0)
    elif (
        own.state not in READ or own.pass_on == "none" or (own.pass_on == "clerk" and not is_clerk)
    ):
        yield reason("no_pass_on")


def circulate(work: Work, command: Circulate) -> None:
    """Send copies of the content as it is now, all at once or one after the other."""
    group = 0
    own = work.readings.get(command.reading)
    version = own.version if own else work.content.digest
    lapse = None if command.within is None else work.minute + command.within
    for place, person in enumerate(command.to):
        waits = command.ordered and place > 0
        reading = Reading(
            work.new_id(),
            person,
            command.by.person,
            version,
            work.head.round,
            command.expects,
            "queued" if waits else "sent",
            group,
            None if waits else (work.minute + command.gap if command.ordered else lapse),
            command.gap if command.ordered else None,
            command.pass_on,
            at=work.minute,
        )
        if command.ordered and not group:
            group = reading.id
            reading = reading._replace(group=group)
        work.put_reading(reading)
        work.note("circulated", reading=reading.id, person=person, state=reading.state)


def may_acknowledge(work: Work, command: Acknowledge) -> Iterator[Reason]:
    """The recipient, of a copy that has reached him and was not answered yet."""
    reading = work.readings.get(command.reading)
    if reading is None or reading.to != command.by.person:
        yield reason("not_yours", slot=0)
        return
    if reading.state not in WAITS | {"lapsed"}:
        yield reason("reading_state", state=reading.state)
    if reading.expects == "opinion" and not command.opened_only:
        yield from has_text(command.opinion)
    else:
        yield from not_too_long(command.opinion)


def acknowledge(work: Work, command: Acknowledge) -> None:
    """Opened, or read; in an ordered circulation the next copy goes out."""
    reading = work.readings[command.reading]
    if command.opened_only:
        state = "opened" if reading.state == "sent" else reading.state
        work.put_reading(reading._replace(state=state))
        work.note("reading_opened", reading=reading.id, person=reading.to)
        return
    work.put_reading(
        reading._replace(state="acknowledged", opinion=command.opinion, at=work.minute)
    )
    work.note("acknowledged", reading=reading.id, person=reading.to)
    send_next(work, reading)


def send_next(work: Work, reading: Reading) -> None:
    """Send the next copy of an ordered circulation, unless one is out already."""
    if not reading.group:
        return
    line = [one for one in work.readings.values() if one.group == reading.group]
    if any(one.id > reading.id and one.state not in IDLE for one in line):
        return
    queue = [one for one in line if one.state == "queued"]
    if queue:
        following = min(queue)
        due = work.minute + (following.gap or 0)
        work.put_reading(following._replace(state="sent", due=due, at=work.minute))
        work.note("circulated", reading=following.id, person=following.to, state="sent")


def may_recall_reading(work: Work, command: RecallReading) -> Iterator[Reason]:
    """The sender or the clerk, until it was opened."""
    reading = work.readings.get(command.reading)
    by = command.by.person
    if reading is None or (reading.by != by and not holds_post(work, by, work.definition.clerk)):
        yield reason("not_yours", slot=0)
    elif reading.state not in {"queued", "sent"}:
        yield reason("reading_state", state=reading.state)


def recall_reading(work: Work, command: RecallReading) -> None:
    """The copy is withdrawn; in an ordered circulation the next goes out."""
    reading = work.readings[command.reading]
    work.put_reading(reading._replace(state="recalled"))
    work.note("reading_recalled", reading=reading.id, person=reading.to)
    if reading.state == "sent":
        send_next(work, reading)
