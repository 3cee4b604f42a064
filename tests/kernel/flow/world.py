"""A small bureau, a plain calendar, and short words for the tests of the flow kernel. Invented."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from zhongshu.kernel.errors import Refused
from zhongshu.kernel.flow import Actor, Definition, Directory, Facts, Outcome, act, begin
from zhongshu.kernel.flow import commands as c
from zhongshu.kernel.flow.case import Activation, Slot
from zhongshu.kernel.flow.codec import dump_event
from zhongshu.kernel.flow.definition import Edge, Field, Node, NodeKind, Seat, SeatKind
from zhongshu.kernel.flow.people import Person, StandIn, Unit
from zhongshu.kernel.worktime import Limit

ZERO = datetime(2026, 1, 5, tzinfo=UTC)
DAY = 480  # working minutes


class PlainCalendar:
    """Every minute is working time, a day has 480 of them: a clock one can reckon with."""

    def minute(self, at: datetime) -> int:
        return int((at - ZERO).total_seconds() // 60)

    def due(self, at: datetime, limit: Limit) -> int:
        return self.minute(at) + limit.amount * (DAY if limit.unit == "days" else 1)


PEOPLE = ("wang", "li", "zhang", "zhao", "chen", "liu", "yang", "huang", "zhou", "wu")
UNITS = {
    "office": Unit("office", head="zhang", leader="zhao", parent="bureau"),
    "finance": Unit("finance", head="chen", leader="zhao", parent="bureau"),
    "bureau": Unit("bureau", head="wu"),
}
POSTS = {
    "clerk": ("huang",),
    "supervisor": ("zhou",),
    "head": ("zhang",),
    "override": ("zhang", "zhou", "wu"),
    "spare": ("yang",),
}


def directory(
    *,
    away: tuple[str, ...] = (),
    gone: tuple[str, ...] = (),
    stand_ins: tuple[StandIn, ...] = (),
    posts: Mapping[str, tuple[str, ...]] | None = None,
    clearance: Mapping[str, int] | None = None,
) -> Directory:
    """wang, li: office; chen, liu: finance; the others sit in the bureau itself."""
    unit = {
        "wang": "office",
        "li": "office",
        "zhang": "office",
        "chen": "finance",
        "liu": "finance",
    }
    rank = {"zhang": 2, "chen": 2, "zhao": 3, "wu": 4}
    levels = clearance or {}
    people = {
        name: Person(
            name,
            unit.get(name, "bureau"),
            rank.get(name, 1),
            levels.get(name, 0),
            name in away,
            name in gone,
        )
        for name in PEOPLE
    }
    return Directory(people, posts or POSTS, UNITS, stand_ins)


def at(minute: int = 0, people: Directory | None = None) -> Facts:
    return Facts(ZERO + timedelta(minutes=minute), PlainCalendar(), people or directory())


def stand_in(
    principal: str,
    deputy: str,
    mode: str = "when_away",
    start: int = 0,
    end: int = 10**6,
    **kw: Any,
) -> StandIn:
    return StandIn(
        principal,
        deputy,
        ZERO + timedelta(minutes=start),
        ZERO + timedelta(minutes=end),
        mode,  # type: ignore[arg-type]
        **kw,
    )


def person(name: str, **kw: Any) -> Seat:
    return Seat(SeatKind.PERSON, name, **kw)


def node(name: str, to: str | tuple[Edge, ...] = "end", *seats: str | Seat, **kw: Any) -> Node:
    chairs = tuple(person(seat) if isinstance(seat, str) else seat for seat in seats)
    edges = (Edge(to),) if isinstance(to, str) else to
    kind = kw.pop("kind", NodeKind.DECIDE)
    return Node(name, name, kind, edges, chairs, **kw)


END = Node("end", "end", NodeKind.END)
FIELDS = tuple(Field(name, name, "number") for name in "abc")


def process(*nodes: Node, start: str = "", **kw: Any) -> Definition:
    draft = Node("draft", "draft", NodeKind.DRAFT, (Edge(start or nodes[0].id),))
    fields = kw.pop("fields", FIELDS)
    posts = {"clerk": "clerk", "supervisor": "supervisor", "head": "head", "override": "override"}
    return Definition("test", "test", 1, (draft, *nodes, END), fields, **{**posts, **kw})


RECORD: list[str] = []  # what every play of the running test did, for the golden transcripts


class Play:
    """A case being played: each method is a verb; `no` expects a refusal and gives its codes."""

    def __init__(self, definition: Definition, facts: Facts | None = None, **kw: Any) -> None:
        self.definition = definition
        self.facts = facts or at()
        self.case = begin(definition, "1", Actor("wang"), **kw)
        self.history: list[Outcome] = []
        self.first = self.case

    def do(self, command: c.Command) -> Outcome:
        outcome = act(self.definition, self.case, command, self.facts)
        assert isinstance(outcome, Outcome), outcome
        self.case = outcome.case
        self.history.append(outcome)
        told = dump_event(outcome.event) if outcome.event else "nothing"
        RECORD.append(f"{told} {outcome.asked} {outcome.effects}")
        return outcome

    def no(self, command: c.Command) -> tuple[str, ...]:
        refused = act(self.definition, self.case, command, self.facts)
        assert isinstance(refused, Refused), refused
        RECORD.append(str(refused.reasons))
        return refused.codes

    # --- looking

    def slots(self) -> Iterator[tuple[Activation, Slot]]:
        for one in self.case.acts.values():
            for slot in one.slots:
                yield one, slot

    def slot(self, who: str, state: str = "open") -> Slot:
        """The newest slot held by somebody (or, blocked, owed by him) in this state."""
        found = [
            s
            for _, s in self.slots()
            if who in {s.holder, s.also, s.principal} and s.state == state
        ]
        assert found, (who, state, [(s.holder, s.principal, s.state) for _, s in self.slots()])
        return found[-1]

    def holders(self) -> list[str]:
        return sorted(
            s.holder for a, s in self.slots() if a.state == "open" and s.state in {"open", "lent"}
        )

    def open_nodes(self) -> list[str]:
        return sorted(a.node for a in self.case.acts.values() if a.state == "open" and not a.mark)

    def notes(self) -> list[str]:
        event = self.history[-1].event
        return [note.what for note in event.notes] if event else []

    # --- verbs

    def submit(self, **changes: Any) -> Outcome:
        return self.do(c.Submit(Actor("wang"), changes))

    def say(self, who: str, verb: str, opinion: str = "", **kw: Any) -> c.Decide:
        slot = self.slot(who)
        seen = self.case.content.digest
        return c.Decide(Actor(who), slot.id, slot.rev, seen, verb, opinion, **kw)  # type: ignore[arg-type]

    def yes(self, *people: str, **kw: Any) -> Outcome:
        for who in people[:-1]:
            self.do(self.say(who, "approve"))
        return self.do(self.say(people[-1], "approve", **kw))

    def refuse(self, who: str) -> Outcome:
        return self.do(self.say(who, "disapprove", "see field a"))

    def done(self, who: str, **changes: Any) -> Outcome:
        return self.do(self.say(who, "done", changes=changes))

    def back(self, who: str, to: str = "draft", **kw: Any) -> c.SendBack:
        slot = self.slot(who)
        seen = self.case.content.digest
        return c.SendBack(Actor(who), slot.id, slot.rev, seen, to, "see field a", **kw)

    def on(self, kind: type[c.OnSlot], who: str, *args: Any, state: str = "open", **kw: Any) -> Any:
        slot = self.slot(who, state)
        return kind(Actor(who), slot.id, slot.rev, *args, **kw)
