"""The first 50 of 100,000 open matters among a million: range scans against sorting an expression.

SQLite always; PostgreSQL where its server programs are installed, in a throw-away cluster. Two
offices: one in good order (few matters must begin now) and one that drowns (most of a month late).
"""

import os
import random
import re
import shutil
import sqlite3
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from zhongshu.kernel.triage import CLASSES, Found, first, rank
from zhongshu.kernel.triage.scan import DESK, INDEXES

NOW = 300_000
DESKS = 500
TOP = 50
TABLE = (
    "CREATE TABLE matter (id INTEGER PRIMARY KEY, desk INTEGER NOT NULL, weight INTEGER NOT NULL,"
    " need INTEGER NOT NULL, due INTEGER NOT NULL, start_by INTEGER NOT NULL,"
    " closed INTEGER NOT NULL)"
)
OFFICES = {"in good order": (-60, 9600), "drowning": (-8400, 4200)}
Query = Callable[[str, dict[str, int]], list[tuple[Any, ...]]]


def rows(count: int, low: int, high: int) -> Iterator[tuple[int, ...]]:
    chance = random.Random(20261124)
    for number in range(1, count + 1):
        weight = chance.choices(CLASSES, [60, 18, 12, 4, 6])[0]
        need = max(5, round(chance.lognormvariate(3.4, 1.0)))
        due = NOW + chance.randint(low, high)
        closed = int(number % 10 != 0)
        yield number, chance.randrange(DESKS), weight, need, due, due - need, closed


def expression(greatest: str) -> str:
    return (
        f"SELECT id, weight, need, due FROM matter WHERE closed = 0"
        f" ORDER BY {greatest}(need, due - :now) * (2520 / weight), due, id LIMIT :limit"
    )


def timed(call: Callable[[], object], times: int) -> float:
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        spent.append(time.perf_counter() - start)
    return statistics.median(spent) * 1e3


def measure(query: Query, greatest: str) -> None:
    def fetch(sql: str, parameters: dict[str, int]) -> list[Found]:
        return [Found(*row) for row in query(sql, parameters)]

    def scans() -> tuple[Found, ...]:
        return first(query, NOW, TOP)

    def sort() -> list[Found]:
        return fetch(expression(greatest), {"now": NOW, "limit": TOP})

    def desk() -> list[Found]:
        return sorted(fetch(DESK, {"desk": 7}), key=lambda row: rank(row, NOW))[:TOP]

    assert list(scans()) == sort(), "the scans and the sort disagree"
    tight = query("SELECT count(*) FROM matter WHERE closed = 0 AND start_by <= :now", {"now": NOW})
    ours, theirs = timed(scans, 30), timed(sort, 7)
    print(
        f"    must begin now {tight[0][0]:6}   scans {ours:7.2f} ms   sort {theirs:8.2f} ms"
        f"   ratio {theirs / ours:6.1f}   one desk ({len(fetch(DESK, {'desk': 7}))} open)"
        f" {timed(desk, 30):5.2f} ms"
    )


def sqlite(count: int, low: int, high: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        base = sqlite3.connect(Path(folder) / "triage.db")
        base.execute("PRAGMA journal_mode = WAL")
        base.execute(TABLE)
        base.executemany("INSERT INTO matter VALUES (?,?,?,?,?,?,?)", rows(count, low, high))
        for statement in INDEXES:
            base.execute(statement)
        base.commit()
        base.execute("ANALYZE")
        measure(lambda sql, parameters: base.execute(sql, parameters).fetchall(), "max")
        base.close()


@contextmanager
def cluster() -> Iterator[str | None]:
    """A throw-away PostgreSQL cluster; its connection string, or None where there is no server."""
    found = shutil.which("initdb") or max(
        map(str, Path("/usr/lib/postgresql").glob("*/bin/initdb")), default=None
    )
    if found is None:
        yield None
        return
    programs, user = Path(found).parent, "postgres" if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory() as folder:
        if user:
            shutil.chown(folder, user)

        def run(*command: str) -> None:
            subprocess.run(command, user=user, check=True, stdout=subprocess.DEVNULL, cwd=folder)

        data = f"{folder}/data"
        run(found, "-D", data, "-U", "bench", "-A", "trust")
        settings = f"-k {folder} -c listen_addresses= -c fsync=off -c shared_buffers=256MB"
        control = [str(programs / "pg_ctl"), "-D", data, "-w"]
        run(*control, "-l", f"{folder}/log", "-o", settings, "start")
        try:
            yield f"host={folder} user=bench dbname=postgres"
        finally:
            run(*control, "-m", "immediate", "stop")


def postgresql(count: int, low: int, high: int) -> None:
    with cluster() as target:
        if target is None:
            print("    skipped: no PostgreSQL server programs here")
            return
        with psycopg.connect(target, autocommit=True) as base:
            base.execute(TABLE)
            with base.cursor().copy("COPY matter FROM STDIN") as copy:
                for row in rows(count, low, high):
                    copy.write_row(row)
            for statement in INDEXES:
                base.execute(statement)
            base.execute("VACUUM ANALYZE matter")

            def query(sql: str, parameters: dict[str, int]) -> list[tuple[Any, ...]]:
                return base.execute(re.sub(r":(\w+)", r"%(\1)s", sql), parameters).fetchall()

            measure(query, "greatest")


def report(count: int) -> None:
    print(f"first {TOP} of {count // 10} open matters among {count}; medians")
    for name, run in (("SQLite", sqlite), ("PostgreSQL", postgresql)):
        for office, (low, high) in OFFICES.items():
            print(f"  {name}, an office {office}", flush=True)
            run(count, low, high)
