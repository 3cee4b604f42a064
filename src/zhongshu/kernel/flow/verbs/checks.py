"""Checks that several verbs share. Each yields every reason, so that a refusal is complete."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

from zhongshu.kernel.errors import Reason, reason
from zhongshu.kernel.flow import content, path
from zhongshu.kernel.flow.case import Activation, Slot
from zhongshu.kernel.flow.commands import Command, OnSlot
from zhongshu.kernel.flow.work import Work


def held_slot(work: Work, command: OnSlot, state: str = "open") -> list[Reason]:
    """The slot exists, has not moved, is in the state that the verb needs, and is yours."""
    found = work.find(command.slot)
    if found is None or not path.is_live(found[0]):
        return [reason("moved_on", slot=command.slot)]
    act, slot = found
    why = []
    if not path.holds(slot, command.by.person):
        why.append(reason("not_yours", slot=slot.id))
    if act.state != "open" or slot.state != state:
        why.append(reason("slot_state", slot=slot.id, state=slot.state, needed=state))
    elif slot.rev != command.rev:
        why.append(reason("slot_moved", slot=slot.id))
    return why


def is_stranger(reasons: Iterable[Reason]) -> bool:
    """Whether the slot is not there or not his: then nothing about other people is said."""
    return any(one.code in {"moved_on", "not_yours"} for one in reasons)


def found_slot(work: Work, slot_id: int) -> tuple[Activation, Slot]:
    """The slot after `held_slot` has let the command through."""
    return cast("tuple[Activation, Slot]", work.find(slot_id))


def same_content(work: Work, seen: str) -> tuple[Reason, ...]:
    """What was on the screen is what is in the case."""
    return () if seen == work.content.digest else (reason("content_moved"),)


def not_too_long(*texts: str) -> list[Reason]:
    """Words that need not be said, but not without end."""
    return [reason("too_long", most=content.LONGEST) for text in texts if not is_short(text)]


def is_short(text: str) -> bool:
    """Whether words are short enough to be kept, and can be."""
    return len(text) <= content.LONGEST and content.is_writable(text)


def has_text(opinion: str, code: str = "opinion_needed") -> list[Reason]:
    """Words are required, and not too many."""
    return not_too_long(opinion) if opinion.strip() else [reason(code)]


def holds_post(work: Work, person: str, post: str) -> bool:
    """Whether a person holds a post today and is present to act in it."""
    found = work.facts.people.people.get(person)
    return found is not None and not found.gone and work.facts.people.holds(person, post)


def is_holder(work: Work, person: str) -> bool:
    """Whether a person holds an open slot of the case."""
    return any(
        path.holds(slot, person)
        for act in path.live(work.acts)
        if act.state == "open"
        for slot in act.slots
        if slot.state in {"open", "lent"}
    )


def takes_part(work: Work, person: str) -> bool:
    """Whether a person drafted, holds or has decided something on the path."""
    return (
        person in work.head.drafters
        or is_holder(work, person)
        or any(
            person in path.persons(decision)
            for act in path.live(work.acts)
            for _, decision in path.decisions(act)
        )
    )


def in_range(work: Work, holder: str, person: str, range_: tuple[str, ...]) -> Iterator[Reason]:
    """A person lies inside a range of the holder's."""
    if not work.facts.people.within(holder, person, range_):
        yield reason("out_of_range", person=person)


def two_people(work: Work, command: Command, second: str) -> Iterator[Reason]:
    """Two different holders of the override post, neither of them the drafter."""
    pair = (command.by.person, second)
    if pair[0] == pair[1]:
        yield reason("two_needed")
    for person in dict.fromkeys(pair):
        if not holds_post(work, person, work.definition.override):
            yield reason("no_right", person=person, post=work.definition.override)
        if person in work.head.drafters:
            yield reason("initiator", person=person)


def outward(work: Work) -> Iterator[Reason]:
    """Nothing has left the house: no number given, nothing sealed, sent or paid."""
    for effect, node in work.head.effects:
        yield reason("outward_effect", effect=effect, node=node)
