"""The smallest honest store of cases: one transaction per step, conditional on the revision.

The real one is an office service; this one shows that the kernel asks nothing more of it.
"""

from __future__ import annotations

import sqlite3
from typing import Any, Protocol

from zhongshu.kernel.errors import Refused
from zhongshu.kernel.flow import Case, Definition, Facts, Outcome, act
from zhongshu.kernel.flow.codec import dump_case, dump_event, load_case
from zhongshu.kernel.flow.commands import Command


class Connection(Protocol):
    def execute(self, statement: str, values: Any = ...) -> Any: ...
    def close(self) -> None: ...


TABLES = (
    "create table cases(id text primary key, revision integer not null, body text not null)",
    "create table events(id text, number integer, body text not null, primary key (id, number))",
    "create table fired(id text, split text, primary key (id, split))",
)


class Store:
    """Cases in one database; `mark` is the driver's placeholder."""

    def __init__(self, connection: Connection, mark: str) -> None:
        self.connection = connection
        self.mark = mark

    @classmethod
    def sqlite(cls, path: str) -> Store:
        connection = sqlite3.connect(
            path, isolation_level=None, timeout=30, check_same_thread=False
        )
        connection.execute("pragma journal_mode=wal")
        connection.execute("pragma synchronous=full")
        return cls(connection, "?")

    def create(self, case: Case | None = None) -> None:
        if case is None:
            for table in TABLES:
                self.connection.execute(table)
            return
        self._run("insert into cases values (?, ?, ?)", case.head.id, 0, dump_case(case))

    def close(self) -> None:
        self.connection.close()

    def load(self, case_id: str) -> Case:
        row = self._run("select body from cases where id = ?", case_id).fetchone()
        return load_case(row[0])

    def step(self, definition: Definition, case_id: str, command: Command, facts: Facts) -> Any:
        """Act until nobody else was faster; a lost race is simply played again on the new case."""
        while True:
            case = self.load(case_id)
            result = act(definition, case, command, facts)
            if isinstance(result, Refused) or result.event is None:
                return result
            if self._keep(case, result):
                return result

    def _keep(self, before: Case, outcome: Outcome) -> bool:
        assert outcome.event is not None
        self.connection.execute("begin immediate" if self.mark == "?" else "begin")
        kept = self._run(
            "update cases set revision = ?, body = ? where id = ? and revision = ?",
            outcome.case.head.revision,
            dump_case(outcome.case),
            before.head.id,
            before.head.revision,
        ).rowcount
        if kept:
            self._run(
                "insert into events values (?, ?, ?)",
                before.head.id,
                outcome.event.number,
                dump_event(outcome.event),
            )
            self._fire(outcome)
        self.connection.execute("commit" if kept else "rollback")
        return bool(kept)

    def _fire(self, outcome: Outcome) -> None:
        """A join of one split fires once: the database holds that too."""
        assert outcome.event is not None
        for one in outcome.event.acts:
            if one.node == "join":
                self._run("insert into fired values (?, ?)", outcome.case.head.id, str(one.parents))

    def _run(self, statement: str, *values: Any) -> Any:
        return self.connection.execute(statement.replace("?", self.mark), values)
