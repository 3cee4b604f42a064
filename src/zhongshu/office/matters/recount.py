"""One matter counted anew from its events, by other code than wrote it. 一件的重算.

Nothing here is shared with `actions` but the kernel: two that agree are worth more than one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from zhongshu.kernel.flow import Directory, Facts, apply, begin, todo
from zhongshu.kernel.flow import case as kernel
from zhongshu.kernel.flow.codec import dump_case, load_event
from zhongshu.kernel.flow.definition import Definition
from zhongshu.kernel.flow.waking import wakes_at
from zhongshu.office import clock
from zhongshu.office.journal.faults import Fault

from . import todos
from .models import Case, Event, Matter, Participant, Todo
from .queries import NEVER


class Known(NamedTuple):
    """What the recount needs of the house: persons by key and by row, who holds what now."""

    pks: Mapping[str, int]
    keys: Mapping[int, str]
    directory: Directory


class Story(NamedTuple):
    """Where the events lead, and what came about on the way."""

    case: kernel.Case
    responsible: int
    closed_at: datetime | None
    asked: frozenset[str]  # everybody something was asked of by name


class Origin(NamedTuple):
    """What the journal says of a matter beside its events: who drafts it, whom pools asked, from
    what it comes."""

    opener: kernel.Actor
    came: frozenset[str]
    parent: tuple[str, int] | None = None
    link: tuple[str, str] | None = None


def recount(
    matter: Matter, events: list[Event], origin: Origin, flow: Definition, known: Known
) -> Iterator[Fault]:
    """Every column of the matter, its case and its to-do rows that the events do not explain."""
    where = f"matters_matter:{matter.pk}"
    try:
        story = _replay(matter, events, origin, flow, known)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as why:
        yield Fault("replay", where, type(why).__name__)
        return
    kept = Case.objects.filter(pk=matter.pk).first()
    if kept is None:
        yield Fault("case_gone", where)
    elif kept.text != dump_case(story.case):
        yield Fault("case", f"matters_case:{matter.pk}")
    for name, (there, counted) in _columns(matter, events, story, flow).items():
        if there != counted:
            yield Fault("matter_column", where, name)
    yield from _todos(matter, story.case, flow, known)
    yield from _people(matter, story.asked | origin.came, known)


def _replay(
    matter: Matter, events: list[Event], origin: Origin, flow: Definition, known: Known
) -> Story:
    opener, parent, link = origin.opener, origin.parent, origin.link
    case = begin(flow, matter.key, opener, clearance=matter.grade, parent=parent, link=link)
    responsible, closed_at = known.pks[opener.person], None
    asked = set(_named(case))
    for row in events:
        case = apply(case, load_event(row.text))
        responsible = known.pks.get(_answers(case), responsible)
        closed_at = (closed_at or row.at) if case.state in kernel.ENDED else None
        asked |= set(_named(case))
    return Story(case, responsible, closed_at, frozenset(asked))


def _columns(
    matter: Matter, events: list[Event], story: Story, flow: Definition
) -> dict[str, tuple[object, object]]:
    last = events[-1].at if events else matter.opened_at
    return {
        "state": (matter.state, story.case.state),
        "step": (matter.step, todos.steps(flow, story.case)),
        "revision": (matter.revision, len(events)),
        "wake": (matter.wake, wakes_at(story.case) if events else None),
        "touched_at": (matter.touched_at, last),
        "closed_at": (matter.closed_at, story.closed_at),
        "responsible": (matter.responsible_id, story.responsible),
        "process": (flow.digest, story.case.head.definition),
    }


def _answers(case: kernel.Case) -> str:
    """Who answers for it: its drafter, or whoever holds its oldest open step."""
    if case.state in {"draft", "returned"}:
        return case.head.drafters[-1]
    for act in case.acts.values():
        if act.state == "open" and not act.mark:
            for slot in act.slots:
                if slot.holder and slot.state in {"open", "lent"}:
                    return slot.holder
    return ""


def _named(case: kernel.Case) -> Iterator[str]:
    """Everybody something is asked of by name now; a pool is asked without names."""
    if case.state in {"draft", "returned"}:
        yield from case.head.drafters[-1:]
    yield from (one.person for one in todo.of_case(case) if one.person)


def _todos(matter: Matter, case: kernel.Case, flow: Definition, known: Known) -> Iterator[Fault]:
    facts = Facts(clock.now(), clock.calendar(), known.directory)
    wanted = {
        (known.pks[row.person], str(row.what), row.slot): row
        for row in todos.rows(flow, case, facts)
    }
    for there in Todo.objects.filter(matter=matter):
        row = wanted.pop((there.person_id, there.what, there.slot), None)
        where = f"matters_todo:{there.pk}"
        if row is None:
            yield Fault("todo_extra", where)
            continue
        for name, value in _wanted(matter, row).items():
            if getattr(there, name) != value:
                yield Fault("todo_column", where, name)
    for person, what, slot in wanted:
        yield Fault("todo_gone", f"matters_matter:{matter.pk}", f"{what} {slot} {person}")


def _wanted(matter: Matter, row: todos.Row) -> dict[str, object]:
    due = NEVER
    if row.due is not None:
        due = row.due
    elif matter.due is not None:
        due = matter.due
    return {
        "node": row.node,
        "via": row.via,
        "behalf": row.behalf,
        "due": due,
        "weight": matter.weight,
        "need": matter.need,
        "start_by": due - matter.need,
    }


def _people(matter: Matter, asked: frozenset[str], known: Known) -> Iterator[Fault]:
    """Everybody it ever came to, and nobody else: who is put in by hand would see it."""
    where = f"matters_matter:{matter.pk}"
    rows = Participant.objects.filter(matter=matter).values_list("person", "pk")
    came = {known.keys.get(person, ""): pk for person, pk in rows}
    for key in sorted(asked - came.keys()):
        yield Fault("participant_gone", where, key)
    for key in sorted(came.keys() - asked):
        yield Fault("participant_extra", f"matters_participant:{came[key]}", key)


def digest(text: str) -> str:
    """The digest of an event as its entry holds it."""
    return hashlib.sha256(text.encode()).hexdigest()
