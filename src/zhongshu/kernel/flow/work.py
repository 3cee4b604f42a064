"""The workbench of one step: a case being changed, and everything worth telling about it.

Only `act` makes one and only `finish` turns it into an `Outcome`; outside a step all data is
frozen. A step that is refused leaves nothing behind, because the workbench is thrown away.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from zhongshu.kernel.errors import Reason, reason

from . import path, todo
from .case import (
    PENDING,
    Activation,
    Actor,
    Asked,
    Case,
    CaseState,
    Effect,
    Event,
    Note,
    Outcome,
    Reading,
    Slot,
)
from .condition import holds
from .content import relied
from .definition import Definition, Edge, Node, NodeKind
from .people import Facts

KEYS = 16  # remembered idempotency keys; an older command fails on its slot's revision
COUNTED = frozenset({"running"})
STOPPED = frozenset({"returned", "suspended", "draft"})


class Move(NamedTuple):
    """A node to be entered. `fresh`: also if an earlier approval could be carried."""

    to: str
    parents: tuple[int, ...]
    scope: tuple[int, ...]
    fresh: bool = False
    prefer: tuple[str, ...] = ()
    stood: tuple[Slot, ...] = ()  # the slots of a word taken back, to stand again as they stood


class Work:
    """One step in the making."""

    __slots__ = (
        "acts",
        "agenda",
        "before",
        "by",
        "content",
        "definition",
        "digests",
        "digests_of",
        "effects",
        "facts",
        "head",
        "late",
        "minute",
        "next_id",
        "notes",
        "readings",
        "touched",
        "touched_readings",
    )

    def __init__(self, definition: Definition, case: Case, facts: Facts, by: Actor) -> None:
        self.definition = definition
        self.before = case
        self.facts = facts
        self.by = by
        self.minute = facts.minute
        self.head = case.head
        self.next_id = case.head.next_id
        self.content = self.digests_of = case.content
        self.digests: dict[str, str] = {}  # what nodes stand on, of this content
        self.acts: dict[int, Activation] = {**case.acts}
        self.readings: dict[int, Reading] = {**case.readings}
        self.touched: dict[int, None] = {}
        self.touched_readings: dict[int, None] = {}
        self.notes: list[Note] = []
        self.effects: list[Effect] = []
        self.late: list[Reason] = []
        self.agenda: list[Move | int] = []  # nodes to enter, activations to count

    def node(self, act: Activation) -> Node:
        """The node of an activation."""
        return self.definition.by_id[act.node]

    def new_id(self) -> int:
        """The next number of this case: activations, slots, asks and readings share one row."""
        number = self.next_id
        self.next_id = number + 1
        return number

    def put(self, act: Activation) -> Activation:
        """Keep an activation."""
        self.acts[act.id] = act
        self.touched[act.id] = None
        return act

    def put_slot(self, act_id: int, slot: Slot, *, quietly: bool = False, **changes: Any) -> Slot:
        """Keep a slot, with these changes, in its activation and with the next revision;
        `quietly` with the same one, for what its holder need not look at again."""
        slot = slot._replace(rev=slot.rev if quietly else slot.rev + 1, **changes)
        act = self.acts[act_id]
        slots = tuple([slot if old.id == slot.id else old for old in act.slots])
        self.put(act._replace(slots=slots))
        return slot

    def put_reading(self, reading: Reading) -> None:
        """Keep a reading."""
        self.readings[reading.id] = reading
        self.touched_readings[reading.id] = None

    def find(self, slot_id: int) -> tuple[Activation, Slot] | None:
        """A slot and its activation."""
        for act in reversed(self.acts.values()):
            for slot in act.slots:
                if slot.id == slot_id:
                    return act, slot
        return None

    def note(self, what: str, /, **about: object) -> None:
        """Something happened that the journal line and the notices will tell."""
        self.notes.append(Note(what, tuple([(name, f"{value}") for name, value in about.items()])))

    def effect(self, what: str, /, **about: object) -> None:
        """Something outside the case must happen."""
        pairs = tuple((name, str(value)) for name, value in about.items())
        self.effects.append(Effect(what, pairs))

    def refuse(self, code: str, **about: object) -> None:
        """A reason that only showed while the step was carried through."""
        self.late.append(reason(code, **about))

    def relied(self, node: str) -> str:
        """The digest of what a node stands on, as the content is now."""
        if self.digests_of is not self.content:
            self.digests_of, self.digests = self.content, {}
        if node not in self.digests:
            self.digests[node] = relied(self.definition, node, self.content)
        return self.digests[node]

    def count(self, act_id: int) -> None:
        """Have the votes of an activation counted before the step ends."""
        self.agenda.append(act_id)

    def lead_on(self, act: Activation, edges: Sequence[Edge]) -> None:
        """Take the first edge whose condition holds. A way that leads nowhere is refused."""
        for edge in edges:
            if holds(edge.when, self.content.values):
                act = self.put(act._replace(out=(*act.out, edge.to)))
                self.agenda.append(Move(edge.to, (act.id,), act.scope))
                return
        self.refuse("no_way_on", node=act.node)

    def set_state(self, state: CaseState) -> None:
        """Change the state of the case and book the time since the last change."""
        head, span = self.head, self.minute - self.head.since
        counted, stopped = head.counted, head.stopped
        if head.state in COUNTED:
            counted += span
        elif head.state in STOPPED and (head.state != "draft" or head.round > 1):
            stopped += span
        self.head = head._replace(state=state, since=self.minute, counted=counted, stopped=stopped)

    def void(self, act: Activation, cause: str) -> None:
        """Close an open activation whose work has lost its point; its holders are told."""
        if self.node(act).kind is NodeKind.CASE:
            self.effect("cancel_case", activation=act.id)
        self.put(act._replace(state="void", cause=cause))
        self.void_slots(act.id, cause)

    def void_slots(self, act_id: int, cause: str, *, only: Iterable[int] | None = None) -> None:
        """Void the pending slots of an activation, or some of them."""
        act = self.acts[act_id]
        if PENDING.isdisjoint([slot.state for slot in act.slots]):
            return
        chosen = None if only is None else set(only)
        slots = []
        for slot in act.slots:
            if slot.state in PENDING and (chosen is None or slot.id in chosen):
                if slot.holder:
                    self.note("voided", slot=slot.id, person=slot.holder, cause=cause)
                slots.append(self._voided(slot, cause))
            else:
                slots.append(slot)
        self.put(self.acts[act_id]._replace(slots=tuple(slots)))

    def _voided(self, slot: Slot, cause: str) -> Slot:
        asks = tuple(
            ask._replace(state="recalled") if ask.state == "open" else ask for ask in slot.asks
        )
        for ask in slot.asks:
            if ask.state == "open":
                self.note("ask_void", ask=ask.id, person=ask.to)
        return slot._replace(state="void", cause=cause, asks=asks, rev=slot.rev + 1)

    def finish(self, verb: str, key: str) -> Outcome:
        """The outcome: rows that changed, people now asked, people no longer asked."""
        head = self.head
        head = self.head = head._replace(
            next_id=self.next_id,
            revision=head.revision + 1,
            keys=(*head.keys, key)[-KEYS:] if key else head.keys,
        )
        acts = tuple([self.acts[number] for number in self.touched])
        retired = tuple([act.id for act in acts if not path.may_matter(act)])
        for number in retired:
            del self.acts[number]
        readings = tuple([self.readings[number] for number in self.touched_readings])
        content = self.content if self.content is not self.before.content else None
        event = Event(
            head.revision,
            verb,
            self.by,
            self.minute,
            key,
            tuple(self.notes),
            head,
            content,
            acts,
            readings,
            retired,
        )
        case = Case(head, self.content, self.acts, self.readings)
        return Outcome(case, event, self._asked(), tuple(self.effects))

    def _asked(self) -> tuple[Asked, ...]:
        """Rows that are new: somebody has something to do that he had not before."""
        new: list[Asked] = []
        for number in self.touched:
            rows = todo.of_activation(self.acts[number]) if number in self.acts else []
            if rows and number in self.before.acts:
                known = todo.of_activation(self.before.acts[number])
                rows = [row for row in rows if row not in known]
            new += rows
        for number in self.touched_readings:
            before = self.before.readings.get(number)
            known = todo.of_reading(before) if before else []
            new += [row for row in todo.of_reading(self.readings[number]) if row not in known]
        return tuple(new)
