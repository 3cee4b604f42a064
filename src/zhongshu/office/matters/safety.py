"""May this person take this step without making the rest impossible? 办了会不会办不下去.

The engine says whether he may now; this asks separation of duties about what comes after. Only a
step that would close every way that is open is refused, with the reason; what was not decided in
time is left to the engine, which never passes a step that nobody may take.

What is asked again and again is kept: the process as one kind of drafter meets it, until who-is-who
moves, and each answer.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from threading import Lock
from typing import Any, NamedTuple

from zhongshu.kernel.duties import Case as Done
from zhongshu.kernel.duties import Conflict, Process, Undecided, Way, why_impossible
from zhongshu.kernel.duties.acting import dead_end
from zhongshu.kernel.duties.from_flow import (
    People,
    TooManyWays,
    process_of,
    rights_of,
    ways_of,
)
from zhongshu.kernel.duties.from_flow.filled import as_filled, deciding_fields
from zhongshu.kernel.duties.from_flow.rights import DRAFT, Rights
from zhongshu.kernel.errors import Reason, reason
from zhongshu.kernel.flow import Case, Definition, commands, path
from zhongshu.kernel.flow.case import Slot
from zhongshu.office.people.bureau import Bureau

RIGHTS, PROCESSES, ANSWERS = 32, 256, 8_192  # how many of each are kept
BUDGET = 20_000  # steps of the search: some milliseconds
GOES_ON = frozenset({"approve", "done", "instruct"})

Key = tuple[Any, ...]


class Asked(NamedTuple):
    """A seat that somebody is about to take for good: its step, and who."""

    step: str
    person: str


def asked(case: Case, command: commands.Command) -> Asked | None:
    """The seat that a command fills, or hands to somebody; None for any other command."""
    match command:
        case commands.Decide(verb=verb) if verb in GOES_ON:
            return _seat(case, command.slot, command.by.person)
        case commands.Claim():
            return _seat(case, command.slot, command.by.person)
        case commands.Transfer() | commands.Assign():
            return _seat(case, command.slot, command.to)
        case _:
            return None


def unsafe(
    flow: Definition, case: Case, command: commands.Command, bureau: Bureau
) -> Reason | None:
    """Why a step that the engine would take ends in a dead end; None if it does not."""
    wanted = asked(case, command)
    if wanted is None:
        return None
    try:
        known = _process(flow, case, bureau)
    except TooManyWays:
        return None
    lost = _lost(known, wanted, _done(case, known.process))
    if lost is None:
        return None
    why = _why(known.process, wanted, _done(case, known.process), lost)
    return reason("dead_end", person=wanted.person, why=why)


class _Known(NamedTuple):
    """A process with the ways that this form leaves, and what it is known by."""

    key: Key
    process: Process


def _process(flow: Definition, case: Case, bureau: Bureau) -> _Known:
    """The process as this drafter meets it, with the ways that this form leaves."""
    now: Key = (flow.digest, bureau.revision, bureau.since)
    rights = _rights(flow, case.head.drafters[-1], bureau, now)
    base: Key = (*now, rights.drafters.unit, rights.drafters.rank)
    key = (*base, tuple(case.content.values.get(name) for name in deciding_fields(flow)))
    found: Process | None = _processes.get(key)
    if found is None:
        whole = _processes.get(base)
        if whole is None:
            whole = process_of(rights, ())
            _processes.keep(base, whole)
        found = replace(whole, ways=ways_of(as_filled(flow, case.content.values)))
        _processes.keep(key, found)
    return _Known(key, found)


def _rights(flow: Definition, drafter: str, bureau: Bureau, now: Key) -> Rights:
    """The rights of those who draft as this one does."""
    found: tuple[Rights, ...] | None = _of_drafters.get(now)
    if found is None:
        found = tuple(rights_of(flow, People(bureau.directory, bureau.names)))
        _of_drafters.keep(now, found)
    return next((one for one in found if drafter in one.drafters.people), found[0])


def _lost(known: _Known, wanted: Asked, done: Mapping[str, int]) -> Way | None:
    process = known.process
    place = process.staff.places.get(wanted.person)
    steps = {step.key for step in process.steps}
    if place is None or wanted.step not in steps or wanted.step in done:
        return None
    key = (known.key, wanted, tuple(sorted(done.items())))
    answer: tuple[Way | None] | None = _answers.get(key)
    if answer is None:
        found = dead_end(process, wanted.step, place, done, BUDGET)
        answer = (None if isinstance(found, Undecided) else found,)
        _answers.keep(key, answer)
    return answer[0]


def _why(process: Process, wanted: Asked, done: Mapping[str, int], lost: Way) -> str:
    """The rules that stand in the way, or the steps that nobody may take."""
    place = process.staff.places[wanted.person]
    case = Done((*sorted(done.items()), (wanted.step, place)), 0)
    found = why_impossible(process, lost, case, BUDGET)
    if not isinstance(found, Conflict):
        return ""
    called = {step.key: step.label.zh for step in process.steps}
    unstaffed = [called[key] for key in found.unstaffed]
    rules = [name.partition("（")[0] for name in found.rules]
    return "、".join(dict.fromkeys([*unstaffed, *rules]))


def _done(case: Case, process: Process) -> dict[str, int]:
    """Who has taken which step on the path so far."""
    places, steps = process.staff.places, {step.key for step in process.steps}
    said = {DRAFT: case.head.drafters[-1], **dict(_said(case))}
    return {
        step: places[person] for step, person in said.items() if step in steps and person in places
    }


def _said(case: Case) -> Iterator[tuple[str, str]]:
    for act in path.live(case.acts):
        for slot in act.slots:
            if slot.decision is not None and slot.seat >= 0 and slot.decision.verb in GOES_ON:
                yield f"{act.node}.{slot.seat}", slot.decision.actor


def _seat(case: Case, number: int, person: str) -> Asked | None:
    found = next(
        (
            (act.node, slot)
            for act in path.live(case.acts)
            for slot in act.slots
            if slot.id == number
        ),
        None,
    )
    return Asked(f"{found[0]}.{found[1].seat}", person) if found and _own(found[1]) else None


def _own(slot: Slot) -> bool:
    return slot.seat >= 0 and slot.kind == "base"


class _Latest:
    """What was asked for last, so many of it."""

    def __init__(self, most: int) -> None:
        self.most, self.lock = most, Lock()
        self.kept: OrderedDict[Key, Any] = OrderedDict()

    def get(self, key: Key) -> Any:
        """What is kept under this key, or nothing."""
        with self.lock:
            if key in self.kept:
                self.kept.move_to_end(key)
            return self.kept.get(key)

    def keep(self, key: Key, value: object) -> None:
        """Keep it, and let the one that nobody asked for longest go."""
        with self.lock:
            self.kept[key] = value
            if len(self.kept) > self.most:
                self.kept.popitem(last=False)

    def clear(self) -> None:
        """Forget all; for tests, whose revisions come again."""
        with self.lock:
            self.kept.clear()


_of_drafters, _processes, _answers = _Latest(RIGHTS), _Latest(PROCESSES), _Latest(ANSWERS)


def forget() -> None:
    """Ask everything anew next time; for tests, whose rows are rolled back."""
    for kept in (_of_drafters, _processes, _answers):
        kept.clear()
