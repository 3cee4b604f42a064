"""Ours: a case of one draft and `steps - 1` deciding nodes, each with a post, a limit, an opinion.

Each act finds the holder by his post, checks everybody's right, binds the decision to what was
shown, and computes the due time. Stored are: the head of the case (updated under its version),
one line per activation that changed, the event whole, and the to-do rows. All lines of a case lie
together in one table, so that an act touches two pages, however long the history.
"""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from zhongshu.kernel.flow import (
    Actor,
    Case,
    Definition,
    Directory,
    Facts,
    Outcome,
    act,
    apply,
    begin,
    codec,
    todo,
)
from zhongshu.kernel.flow.case import Event
from zhongshu.kernel.flow.commands import Command, Decide, Submit
from zhongshu.kernel.flow.definition import Edge, Field, Limit, Node, NodeKind, Seat, SeatKind
from zhongshu.kernel.flow.people import Person, Unit

from .store import FORM, OPINION, connect

SPAN = 2**20  # numbers of one case: id = case * SPAN + number
HEAD, FORM_ROW, EVENTS = 0, SPAN // 2, SPAN // 2 + 1  # between the first two: its other rows
SCHEMA = """
create table line(id integer primary key, version integer, kind text, body text);
create table todo(person text, due integer, flow_case integer, slot integer, node text,
                  primary key(person, due, flow_case, slot)) without rowid;
"""
ZERO = datetime(2026, 1, 5, tzinfo=UTC)
PEOPLE = tuple(f"p{i}" for i in range(12))
DRAFTER = Actor("drafter")


class PlainCalendar:
    """Every minute is working time: what the calendar costs is not measured here."""

    def minute(self, at: datetime) -> int:
        """Minutes since the zero."""
        return int((at - ZERO).total_seconds() // 60)

    def due(self, at: datetime, limit: Limit) -> int:
        """The end of a limit that starts now."""
        return self.minute(at) + limit.amount * (480 if limit.unit == "days" else 1)


CALENDAR = PlainCalendar()
DIRECTORY = Directory(
    {name: Person(name, "office", 1) for name in (*PEOPLE, DRAFTER.person)},
    {f"post{i}": (person,) for i, person in enumerate(PEOPLE)},
    {"office": Unit("office", PEOPLE[0])},
)
CLOCK = itertools.count()
RUNS = itertools.count(1)


def _now() -> Facts:
    """Facts of this moment, made anew for each act, as a server would. No minute comes twice and
    no form, so that no row of one case is known from another."""
    return Facts(ZERO + timedelta(minutes=next(CLOCK)), CALENDAR, DIRECTORY)


def process(steps: int) -> Definition:
    """One draft and deciding nodes in a row, `steps` human acts from draft to closed."""
    names = [f"s{i}" for i in range(1, steps)]
    nodes = [
        Node(
            name,
            name,
            NodeKind.DECIDE,
            (Edge(after),),
            (Seat(SeatKind.POST, f"post{i % len(PEOPLE)}"),),
            limit=Limit(2, "days"),
        )
        for i, (name, after) in enumerate(zip(names, [*names[1:], "end"], strict=True))
    ]
    draft = Node("draft", "draft", NodeKind.DRAFT, (Edge(names[0]),))
    fields = (
        Field("title", "title", "text", required=True),
        Field("amount", "amount", "number", required=True),
        Field("reason", "reason", "text"),
    )
    end = Node("end", "end", NodeKind.END)
    return Definition("bench", "bench", 1, (draft, *nodes, end), fields, min_deciders=2)


def _command(case: Case, case_id: int, step: int) -> Command:
    """What the page that the holder has before him sends."""
    key = f"{case_id}-{step}"
    if step == 0:
        return Submit(DRAFTER, {**FORM, "title": f"{FORM['title']} {case_id}"}, key=key)
    slot = next(reversed(case.acts.values())).slots[0]
    who = Actor(slot.holder)
    return Decide(who, slot.id, slot.rev, case.content.digest, "approve", OPINION, key=key)


def _act(definition: Definition, case: Case, case_id: int, step: int) -> Outcome:
    outcome = act(definition, case, _command(case, case_id, step), _now())
    assert isinstance(outcome, Outcome), outcome
    return outcome


@contextmanager
def memory(_folder: Path, steps: int) -> Iterator[Callable[[], int]]:
    """The case in memory only."""
    definition = process(steps)

    def run() -> int:
        case = begin(definition, "1", DRAFTER)
        for step in range(steps):
            case = _act(definition, case, 1, step).case
        assert case.state == "approved"
        return steps

    yield run


@contextmanager
def text(_folder: Path, steps: int) -> Iterator[Callable[[], int]]:
    """The case read from text before each act and written to text after it, no database."""
    definition = process(steps)

    def run() -> int:
        case, head, content = begin(definition, "1", DRAFTER), "", ""
        shelf: dict[int, tuple[str, str]] = {}
        for step in range(steps):
            if step:
                case = codec.load_parts(head, content, shelf.values())
            outcome = _act(definition, case, next(RUNS), step)
            assert outcome.event is not None
            parts = codec.dump_parts(outcome.event)
            head, content = parts.head, parts.content or content
            shelf.update((number, (kind, body)) for number, kind, body in parts.rows)
            for number in outcome.event.retired:
                shelf.pop(number, None)
        assert outcome.case.state == "approved"
        return steps

    yield run


@contextmanager
def durable(folder: Path, steps: int, *, kept: bool) -> Iterator[Callable[[], int]]:
    """Written after each act. `kept`: the case stays in the process; else its rows are loaded
    again (the codec knows those that this process has written)."""
    definition = process(steps)
    db = connect(folder, f"ours{steps}{kept}", SCHEMA)

    def run() -> int:
        case_id, case = 0, begin(definition, "1", DRAFTER)
        for step in range(steps):
            db.execute("begin immediate")
            if step == 0:
                case_id = _insert(db)
            elif not kept:
                case = _load(db, case_id)
            outcome = _act(definition, case, case_id, step)
            _keep(db, case_id, case, outcome)
            db.execute("commit")
            case = outcome.case
        assert case.state == "approved"
        return steps

    yield run
    _prove(db, kept=kept)
    db.close()


loaded = partial(durable, kept=False)
kept = partial(durable, kept=True)


def _insert(db: sqlite3.Connection) -> int:
    """A new draft: its first line is filled in by its first act."""
    last = db.execute("select max(id) from line").fetchone()[0] or 0
    case_id = int(last) // SPAN + 1
    db.execute("insert into line(id, version) values(?, 0)", (case_id * SPAN + HEAD,))
    return case_id


def _load(db: sqlite3.Connection, case_id: int) -> Case:
    """The case from its lines."""
    many = "select kind, body from line where id between ? and ?"
    start = case_id * SPAN
    rows = db.execute(many, (start + HEAD, start + FORM_ROW)).fetchall()
    return codec.load_parts(rows[0][1], rows[-1][1], rows[1:-1])


def _keep(db: sqlite3.Connection, case_id: int, before: Case, outcome: Outcome) -> None:
    """Write what the step changed, and nothing else."""
    event = outcome.event
    assert event is not None
    parts, now, start = codec.dump_parts(event), event.number, case_id * SPAN
    done = db.execute(
        "update line set version = ?, body = ? where id = ? and version = ?",
        (now, parts.head, start + HEAD, now - 1),
    )
    assert done.rowcount == 1, "somebody was faster"
    rows = [(start + number, now, kind, body) for number, kind, body in parts.rows]
    if parts.content is not None:
        rows.append((start + FORM_ROW, now, "f", parts.content))
    rows.append((start + EVENTS + now, now, "e", parts.event))
    db.executemany("insert or replace into line values(?, ?, ?, ?)", rows)
    if event.retired:
        gone = [(start + number,) for number in event.retired]
        db.executemany("delete from line where id = ?", gone)
    _keep_todo(db, case_id, before, outcome, event)


def _keep_todo(
    db: sqlite3.Connection, case_id: int, before: Case, outcome: Outcome, event: Event
) -> None:
    """Rows of activations that changed are taken away unless they still hold; new ones come."""
    now = outcome.case.acts
    gone = [
        (row.person, row.due, case_id, row.slot)
        for one in event.acts
        if one.id in before.acts
        for row in todo.of_activation(before.acts[one.id])
        if one.id not in now or row not in todo.of_activation(now[one.id])
    ]
    if gone:
        db.executemany(
            "delete from todo where person = ? and due = ? and flow_case = ? and slot = ?", gone
        )
    if outcome.asked:
        db.executemany(
            "insert into todo values(?, ?, ?, ?, ?)",
            [(row.person, row.due, case_id, row.slot, row.node) for row in outcome.asked],
        )


def _prove(db: sqlite3.Connection, *, kept: bool) -> None:
    """What is stored is what happened: replaying the journal of a case gives its rows."""
    case_id = db.execute("select max(id) from line").fetchone()[0] // SPAN
    stored = _load(db, case_id)
    first = begin(process(2), "1", DRAFTER)
    case = first._replace(head=first.head._replace(definition=stored.head.definition))
    history = "select body from line where id between ? and ?"
    first_event, after = case_id * SPAN + EVENTS, (case_id + 1) * SPAN - 1
    for (body,) in db.execute(history, (first_event, after)):
        case = apply(case, codec.load_event(body))
    assert case == stored, (kept, case, stored)
    assert db.execute("select count(*) from todo").fetchone()[0] == 0
