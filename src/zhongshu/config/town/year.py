"""A year of the invented bureau's work, lived through the real actions in order of time.

Every step goes through `matters.actions.act`, as a press of a button would: what is asked next,
refused or carried comes from the engine. Only who answers when, and what, is made up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush
from random import Random

from zhongshu.kernel.flow.case import ENDED, Case, Slot
from zhongshu.kernel.flow.codec import load_case
from zhongshu.kernel.flow.condition import Value
from zhongshu.kernel.flow.definition import Definition, Field, NodeKind
from zhongshu.kernel.triage.urgency import Mark, due_of
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.journal import actions as journal
from zhongshu.office.matters import actions, asking
from zhongshu.office.matters.models import Matter, Todo
from zhongshu.office.matters.processes import definition
from zhongshu.office.people import queries as people
from zhongshu.office.refusal import Refusal

from .papers import Post
from .subjects import MAKERS, paper

SAY = {
    NodeKind.DECIDE: ("同意。", "同意，请按规定办理。", "拟同意，请领导审定。"),
    NodeKind.TASK: ("已办理。", "已办结，材料齐全。"),
    NodeKind.INSTRUCT: ("请按时办理并反馈结果。",),
    NodeKind.ACKNOWLEDGE: ("",),
}
SECTIONS = ("supply", "drainage", "resources", "works", "planning", "safety", "emergency")
LEADERS = ("director", "deputy_one", "deputy_two", "deputy_three", "chief_engineer")
BACK = ("材料不全，请补充后再报。", "请核对金额与附件。", "依据不足，请补写理由。")
INCOMING = 0.2  # of all matters; the others are requests of our own
FILES_SINCE = timedelta(days=7)  # papers that came before that came on paper alone
RUSH, LATELY = 0.28, 9  # so many of all begin in the last working days
BUSY = {  # whose desks are full at the end, and since how many days they fill
    **dict.fromkeys((*LEADERS, "office_head", "records_head", "supply_head", "finance_head"), 4),
    **dict.fromkeys(("records_clerk", "cashier"), 9),
}
LIES = 0.75  # so much of what comes to them then still lies there
NEEDS = {"request": 40, "expense": 15, "supplies": 10, "outgoing": 60, "leave": 5}


@dataclass
class Lived:
    """The clock of the year: it stands where the story is. Its dice are the story's."""

    at: datetime
    dice: Random

    def now(self) -> datetime:
        """Where the story is."""
        return self.at

    def random(self, count: int) -> bytes:
        """Bytes that depend on the seed alone."""
        return self.dice.randbytes(count)


@dataclass
class Year:
    """Plays the matters of a year, up to `until`."""

    dice: Random
    clock: Lived
    until: datetime
    begun: int = 0
    refusals: Counter[str] = field(default_factory=Counter)
    post: Post = field(init=False)
    waiting: list[tuple[datetime, int, str]] = field(default_factory=list)
    scripts: dict[str, Iterator[int]] = field(default_factory=dict)
    known: dict[str, Matter] = field(default_factory=dict)  # as its last step left it

    def plan(self, name: str, at: datetime, script: Iterator[int]) -> None:
        """Play a script of its own from then on: it yields the working minutes to its next step."""
        self.scripts[name] = script
        heappush(self.waiting, (at, -len(self.scripts), name))

    def __post_init__(self) -> None:
        self.post = Post(self.dice)

    def live(self, count: int) -> Iterator[None]:
        """Begin so many matters over the year and move them; yields after each step."""
        begins = sorted(self._working(self.dice.random()) for _ in range(count))
        for nth, at in enumerate(begins):
            heappush(self.waiting, (at, nth, ""))
        serial = count
        while self.waiting and self.waiting[0][0] <= self.until:
            at, _, key = heappop(self.waiting)
            self.clock.at = max(at, self.clock.at)
            if key in self.scripts:
                serial += 1
                self._play(key, serial)
                yield
                continue
            self.begun += not key
            matter = self._step(key) if key else self._begin()
            if matter.state not in ENDED:
                serial += 1
                heappush(self.waiting, (self._later(matter), serial, matter.key))
            if serial % 200 == 0:
                journal.seal()
            yield
        journal.seal()

    def _play(self, name: str, serial: int) -> None:
        """One step of a script; when its next one comes, if there is one."""
        try:
            minutes = next(self.scripts[name], None)
        except Refusal as no:
            self.refusals.update(str(r) for r in no.refused.reasons)
            return
        if minutes is not None:
            calendar = clock.calendar()
            at = calendar.at(calendar.minute(self.clock.at) + max(1, minutes))
            heappush(self.waiting, (at, serial, name))

    def _working(self, share: float) -> datetime:
        """A working minute of the year before `until`; many in its last days, as on any desk."""
        calendar = clock.calendar()
        ago = (
            share / RUSH * LATELY
            if share < RUSH
            else LATELY + (share - RUSH) / (1 - RUSH) * (240 - LATELY)
        )
        return calendar.at(calendar.minute(self.until) - int(ago * 420))

    def _later(self, matter: Matter) -> datetime:
        """When the next step is taken: soon for what is urgent, and some take their time."""
        calm = {Mark.FLASH: 30, Mark.URGENT: 90, Mark.PRESSING: 200, Mark.NORMAL: 380}
        minutes = int(self.dice.lognormvariate(0, 0.9) * calm[Mark(matter.urgency)]) + 1
        calendar = clock.calendar()
        return calendar.at(calendar.minute(self.clock.at) + minutes)

    def _begin(self) -> Matter:
        if self.dice.random() < INCOMING:
            return self.post.register(with_file=self.until - self.clock.at < FILES_SINCE)
        kind = self.dice.choices(list(MAKERS), [share for share, _ in MAKERS.values()])[0]
        title, form = MAKERS[kind][1](self.dice)
        by = Actor(self.dice.choice(self._clerks()))
        mark = self.dice.choices(list(Mark)[1:], (4, 12, 84))[0]
        moment = due_of(clock.calendar(), self.clock.at, mark)
        weight, why = self.dice.choices(
            ((1, ""), (2, "金额较大"), (3, "上级来文"), (5, "涉及安全"), (8, "局长批示")),
            (45, 25, 16, 9, 5),
        )[0]
        opening = actions.Opening(
            kind=kind,
            title=title,
            urgency=mark,
            weight=weight,
            why_weight=why,
            need=NEEDS[kind],
            due_at=moment.at,
        )
        if kind == "leave":
            form = {**form, "stand_in": self._colleague(by.person)}
        matter = actions.open_matter(opening=opening, by=by)
        fields = definition(matter.process_id).field
        said = asking.Said(
            changes={
                name: _many(value) if fields[name].many else value for name, value in form.items()
            }
        )
        return self._act(matter.key, "submit", said, by) or matter

    def _step(self, key: str) -> Matter:
        """Somebody who has something to do about the matter does it."""
        found = self.known.pop(key, None)
        matter = found or Matter.objects.select_related("case").get(key=key)
        flow, case = definition(matter.process_id), load_case(matter.case.text)
        keys = people.lately().keys
        rows = [(todo, Actor(keys[todo.person_id])) for todo in matter.todos.order_by("pk")]
        self._read(key, rows)
        rows = [row for row in rows if row[0].what != Todo.What.READ]
        if not rows:
            actions.tick(key=key)
            return matter
        todo, by = self.dice.choice(rows)
        if self._lies(by):
            return matter
        for verb, said in self._moves(todo, flow, case):
            moved = self._act(key, verb, said, by)
            if moved:
                self.known[key] = moved
                return moved
        return matter

    def _read(self, key: str, rows: list[tuple[Todo, Actor]]) -> None:
        """Those to whom copies went read them, most of them soon."""
        for todo, by in rows:
            if todo.what == Todo.What.READ and self.dice.random() < 0.7:
                self._act(key, "acknowledge", asking.Said(reading=-todo.slot), by)

    def _lies(self, by: Actor) -> bool:
        """Whether it waits on a full desk: those whom everything comes to are behind today."""
        posts = people.lately().posts.get(by.person, ())
        days = max((BUSY.get(post, 0) for post in posts), default=0)
        return self.until - self.clock.at < timedelta(days=days) and self.dice.random() < LIES

    def _act(self, key: str, verb: str, said: asking.Said, by: Actor) -> Matter | None:
        try:
            return actions.act(key=key, command=asking.command(verb, said), by=by).matter
        except Refusal as no:
            self.refusals.update(str(r) for r in no.refused.reasons)
            return None

    def _moves(self, todo: Todo, flow: Definition, case: Case) -> Iterator[tuple[str, asking.Said]]:
        """What this person would press, first choice first."""
        if todo.what == Todo.What.REVISE:
            yield "submit", asking.Said()
            return
        slot = next(s for a in case.acts.values() for s in a.slots if s.id == todo.slot)
        said = asking.Said(slot=slot.id, rev=slot.rev, seen=case.content.digest)
        if todo.what == Todo.What.CLAIM:
            yield "claim", said
        elif todo.what == Todo.What.ANSWER:
            yield from self._answers(slot)
        else:
            yield from self._words(todo, flow, said)

    def _answers(self, slot: Slot) -> Iterator[tuple[str, asking.Said]]:
        for ask in slot.asks:
            if ask.state == "open":
                yield "answer", asking.Said(slot=slot.id, ask=ask.id, opinion="无不同意见。")

    def _words(
        self, todo: Todo, flow: Definition, said: asking.Said
    ) -> Iterator[tuple[str, asking.Said]]:
        node = flow.by_id[todo.node]
        if node.kind is NodeKind.DECIDE and self.dice.random() < 0.05:
            back = said.__class__(
                slot=said.slot,
                rev=said.rev,
                seen=said.seen,
                opinion=self.dice.choice(BACK),
                to=("draft",),
            )
            yield "send_back", back
        opinion = self.dice.choice(SAY[node.kind])
        verb = {NodeKind.DECIDE: "approve", NodeKind.INSTRUCT: "instruct"}.get(node.kind, "done")
        filled = {name: self._fill(flow.field[name]) for name in node.edits}
        yield (
            verb,
            asking.Said(
                slot=said.slot, rev=said.rev, seen=said.seen, opinion=opinion, changes=filled
            ),
        )
        if node.kind is NodeKind.DECIDE:
            yield "transfer", said

    def _fill(self, kind: Field) -> Value:
        """What somebody writes into a field that his step fills in."""
        words: dict[str, Callable[[], Value]] = {
            "number": lambda: self.dice.randint(1, 200),
            "flag": lambda: False,
            "choice": lambda: self.dice.choice(kind.options),
            "date": lambda: clock.local(self.clock.at).date().isoformat(),
            "file": lambda: paper(self.dice),
            "unit": lambda: self.dice.choice(SECTIONS),
            "person": lambda: self.dice.choice(
                people.lately().directory.posts[self.dice.choice(LEADERS)]
            ),
        }
        value = words.get(kind.type, lambda: f"{self.dice.randint(1, 999):03d}号")()
        return _many(value) if kind.many else value

    def _clerks(self) -> list[str]:
        bureau = people.lately()
        return [key for key, posts in bureau.posts.items() if posts and posts[0].endswith("_clerk")]

    def _colleague(self, person: str) -> str:
        bureau = people.lately()
        unit = bureau.directory.people[person].unit
        return self.dice.choice([one for one in bureau.directory.members[unit] if one != person])


def _many(value: Value) -> Value:
    return value if isinstance(value, tuple) else (str(value),)
