"""Property 34: joint signers who decide at the same moment, in real threads, on both databases.

Nothing is lost, nothing happens twice, nobody waits for ever; the loser of a race is simply
played again, because a command names the revision of its slot and not that of the case.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from zhongshu.kernel.errors import Refused
from zhongshu.kernel.flow import Actor, Case, apply, begin
from zhongshu.kernel.flow import commands as c
from zhongshu.kernel.flow.codec import load_event
from zhongshu.kernel.flow.definition import Counting, Edge, NodeKind, Rule

from . import oracle
from .store import Store
from .world import at, node, process

pytestmark = pytest.mark.slow

SIGNERS = ("li", "chen", "zhao", "zhou")
Open = Callable[[], Store]


@pytest.fixture(params=["sqlite", "postgresql"])
def opener(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    """Opens connections to one new database, and closes them all at the end."""
    opened: list[Store] = []
    if request.param == "sqlite":
        path = str(tmp_path / "cases.sqlite3")
        connect: Open = lambda: Store.sqlite(path)  # noqa: E731
    else:
        where = request.getfixturevalue("postgres")
        name = f"t{uuid.uuid4().hex}"
        with psycopg.connect(where, autocommit=True) as connection:
            connection.execute(f"create schema {name}".encode())

        def connect() -> Store:
            options = f"-c search_path={name}"
            connection: Any = psycopg.connect(where, autocommit=True, options=options)
            return Store(connection, "%s")

    def open_one() -> Store:
        opened.append(connect())
        return opened[-1]

    open_one().create()
    yield open_one
    for store in opened:
        store.close()


RULES = [
    Rule(),
    Rule(Counting.COUNT, n=1),
    Rule(Counting.COUNT, n=2),
    Rule(Counting.AT_LEAST, p=1, q=2),
    Rule(Counting.MORE_THAN, p=1, q=2),
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.kind}{rule.n}")
def test_p34_joint_signers_in_threads(opener: Open, rule: Rule) -> None:
    flow = process(node("joint", "last", *SIGNERS, rule=rule), node("last", "end", "wu"))
    store = opener()
    store.create(begin(flow, "1", Actor("wang")))
    store.step(flow, "1", c.Submit(Actor("wang"), {"a": 1}), at())
    results = race(opener, flow, store.load("1"))
    case = store.load("1")
    oracle.check(flow, case)
    counted = sum(not isinstance(result, Refused) for result in results)
    joint = [a for a in case.acts.values() if a.node == "joint"]
    assert len(joint) == 1, "no double advance"
    assert [s.holder for a in case.acts.values() if a.node == "last" for s in a.slots] == ["wu"]
    assert counted == sum(s.decision is not None for s in joint[0].slots)
    replayed(store, case)


def test_p34_two_last_branches_arrive_at_once_and_the_join_fires_once(opener: Open) -> None:
    flow = process(
        node("split", tuple(Edge(f"b{i}") for i in range(4)), kind=NodeKind.SPLIT),
        *(node(f"b{i}", "join", who) for i, who in enumerate(SIGNERS)),
        node("join", "last", kind=NodeKind.JOIN, split="split"),
        node("last", "end", "wu"),
    )
    store = opener()
    store.create(begin(flow, "1", Actor("wang")))
    store.step(flow, "1", c.Submit(Actor("wang"), {"a": 1}), at())
    results = race(opener, flow, store.load("1"))
    assert not any(isinstance(result, Refused) for result in results)
    case = store.load("1")
    assert [a.node for a in case.acts.values()].count("join") == 1
    assert [a.node for a in case.acts.values()].count("last") == 1
    replayed(store, case)


def race(opener: Open, flow: Any, case: Case) -> list[Any]:
    """Every signer approves what he sees, all at the same moment."""
    start, results = threading.Barrier(len(SIGNERS)), []

    def approve(who: str) -> None:
        store = opener()
        slot = next(
            s for a in case.acts.values() for s in a.slots if s.holder == who and s.decision is None
        )
        command = c.Decide(Actor(who), slot.id, slot.rev, case.content.digest, "approve", key=who)
        start.wait()
        results.append(store.step(flow, "1", command, at()))
        again = store.step(flow, "1", command, at())
        assert isinstance(again, Refused) or again.event is None, "pressed twice, done once"

    threads = [threading.Thread(target=approve, args=(who,)) for who in SIGNERS]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
        assert not thread.is_alive(), "deadlock"
    assert len(results) == len(SIGNERS), "a thread died"
    return results


def replayed(store: Store, case: Case) -> None:
    """The journal, in its order and without a gap, gives the case that is stored."""
    rows = store.connection.execute("select number, body from events order by number").fetchall()
    assert [number for number, _ in rows] == list(range(1, len(rows) + 1))
    again = None
    for _, body in rows:
        event = load_event(body)
        again = apply(again or begin_of(event), event)
    assert again == case


def begin_of(event: Any) -> Case:
    return Case(event.head, event.content, {}, {})
