"""What the journal costs: append, seal, prove and verify, and commits beside a plain table.

    python benchmarks/journal.py [--entries 1000000] [--rounds 5] [--seconds 2] [--only memory]

`memory` times the kernel alone. `sqlite` and `postgres` count durable commits per second: a plain
table (INSERT, COMMIT) against the journal, in rounds that take turns. Bytes are ready beforehand,
for `memory` times the making of them; "and encode" makes them between commits. PostgreSQL is a
throw-away cluster of its own, with fsync on.
"""

import argparse
import contextlib
import multiprocessing
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from zhongshu.kernel.journal import tree
from zhongshu.kernel.journal.entry import OPENING, Entry, encode
from zhongshu.kernel.journal.export import export, receipt
from zhongshu.kernel.journal.tree import Front, seal_batch
from zhongshu.kernel.journal.verify import check

try:
    import psycopg
except ImportError:
    psycopg = None

JOURNAL = "0123456789abcdef" * 2
START = datetime(2026, 1, 1, tzinfo=UTC)
T = TypeVar("T")
PAUSE = 0.5  # seconds between two sealings
SPAWN = multiprocessing.get_context("spawn")


def entry(number: int, alg: str = "sha256") -> bytes:
    """The canonical bytes of an invented act, about 480 of them."""
    return encode(
        Entry(
            JOURNAL,
            f"{number:032x}",
            START + timedelta(seconds=number),
            "document.approve" if number else OPENING,
            f"matter:2026-{number}",
            f"person:{number % 200}",
            post="post:办公室主任",
            facts=(("alg", alg), ("opinion", "同意，请财务科按规定办理，并于月底前反馈。")),
            seals=(("payee", f"{number:064x}"),),
        )
    )


def say(name: str, text: str) -> None:
    print(f"{name:44}{text}", flush=True)


def timed(name: str, count: int, run: Callable[[], T]) -> T:
    start = time.perf_counter()
    got = run()
    spent = time.perf_counter() - start
    say(name, f"{spent:8.2f} s  {spent / count * 1e6:8.2f} us each")
    return got


def memory(count: int, rounds: int) -> None:
    """The kernel alone, with either algorithm."""
    for alg, again in (("sha256", rounds), ("sm3", 1)):
        alone(alg, count, again)


def alone(alg: str, count: int, rounds: int) -> None:
    rows = timed(f"append {count} ({alg})", count, lambda: [entry(n, alg) for n in range(count)])
    batch = timed(f"seal {count} ({alg})", count, lambda: seal_batch(Front(alg), rows))
    nodes = {(0, number): leaf for number, leaf in enumerate(batch.leaves)}
    nodes |= {(level, number): node for level, number, node in batch.nodes}
    head = tree.head(batch.front, JOURNAL)
    picks = range(0, count, max(1, count // 10_000))

    def prove(number: int) -> bytes:
        plan = tree.inclusion_plan(number, head.size)
        return receipt(rows[number], number, head, tree.answer(alg, plan, nodes))

    lines = timed(f"prove: {len(picks)} receipts ({alg})", len(picks), lambda: [*map(prove, picks)])
    timed(f"verify these receipts ({alg})", len(picks), lambda: [check([line]) for line in lines])
    nodes.clear()
    spent = []
    with tempfile.TemporaryFile() as file:
        file.writelines(export(zip(rows, batch.leaves, strict=True), [head]))
        rows.clear()
        for _ in range(rounds):
            file.seek(0)
            start = time.perf_counter()
            check(file)
            spent.append(time.perf_counter() - start)
        text = f"{statistics.median(spent):8.2f} s  median of {rounds}, {file.tell() >> 20} MiB"
    say(f"verify an export of {count} ({alg})", text)


def peaks(stored: bytes) -> tuple[bytes, ...]:
    return tuple(stored[place : place + 32] for place in range(0, len(stored), 32))


# --- SQLite -----------------------------------------------------------------------------------


def lite(path: str) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=60, isolation_level=None)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=FULL")
    return db


def lite_fresh(path: str) -> None:
    for end in ("", "-wal", "-shm"):
        Path(path + end).unlink(missing_ok=True)
    db = lite(path)
    db.executescript(
        "CREATE TABLE entry (number INTEGER PRIMARY KEY, body BLOB);"
        "CREATE TABLE leaf (number INTEGER PRIMARY KEY, hash BLOB);"
        "CREATE TABLE node (level INT, number INT, hash BLOB, PRIMARY KEY (level, number))"
        " WITHOUT ROWID;"
        "CREATE TABLE front (one INTEGER PRIMARY KEY, size INT, peaks BLOB);"
        "INSERT INTO front VALUES (1, 0, x'');"
    )
    db.close()


def lite_seal(db: sqlite3.Connection, limit: int) -> int:
    """Seal what is waiting; the caller holds the transaction."""
    size, stored = db.execute("SELECT size, peaks FROM front").fetchone()
    rows = db.execute(
        "SELECT body FROM entry WHERE number > ? ORDER BY number LIMIT ?", (size, limit)
    ).fetchall()
    batch = seal_batch(Front("sha256", size, peaks(stored)), [body for (body,) in rows])
    db.executemany("INSERT INTO leaf VALUES (?, ?)", enumerate(batch.leaves, size + 1))
    db.executemany("INSERT INTO node VALUES (?, ?, ?)", batch.nodes)
    db.execute(
        "UPDATE front SET size = ?, peaks = ?", (batch.front.size, b"".join(batch.front.peaks))
    )
    return len(rows)


def lite_run(path: str, kind: str, seconds: float) -> tuple[float, str]:
    """Commits per second of one writer."""
    lite_fresh(path)
    db, stop, left = lite(path), SPAWN.Event(), SPAWN.Queue()
    helper = SPAWN.Process(target=lite_sequencer, args=(path, stop, left))
    if kind.startswith("sequencer"):
        helper.start()
        left.get()
    ready, count, start = entry(1), 0, time.perf_counter()
    while (spent := time.perf_counter() - start) < seconds:
        body = entry(count) if kind.endswith("encode") else ready
        db.execute("BEGIN IMMEDIATE")
        db.execute("INSERT INTO entry (body) VALUES (?)", (body,))
        if kind.startswith("same"):
            lite_seal(db, 10)
        db.execute("COMMIT")
        count += 1
    note = ""
    if kind.startswith("sequencer"):
        stop.set()
        note = f"{left.get()} of {count} sealed while writing"
        helper.join()
    db.close()
    return count / spent, note


def lite_sequencer(path: str, stop: multiprocessing.Event, out: multiprocessing.Queue) -> None:
    """Seal every `PAUSE` seconds until told to stop."""
    db, sealed = lite(path), 0
    out.put(0)
    while not stop.is_set():
        start = time.perf_counter()
        db.execute("BEGIN IMMEDIATE")
        sealed += lite_seal(db, 5000)
        db.execute("COMMIT")
        time.sleep(max(0, PAUSE - (time.perf_counter() - start)))
    out.put(sealed)


def sqlite(rounds: int, seconds: float) -> None:
    """SQLite, WAL, synchronous=FULL."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "bench.db")
        kinds = ["plain", "same transaction", "same and encode", "sequencer"]
        turns("SQLite, 1 writer", kinds, rounds, lambda kind: lite_run(path, kind, seconds))


def turns(
    title: str, kinds: list[str], rounds: int, run: Callable[[str], tuple[float, str]]
) -> None:
    """Rounds in which the kinds take turns, each time beginning with another one."""
    got: dict[str, list[float]] = {kind: [] for kind in kinds}
    notes = {}
    for number in range(rounds):
        shift = number % len(kinds)
        for kind in kinds[shift:] + kinds[:shift]:
            rate, notes[kind] = run(kind)
            got[kind].append(rate)
    for kind, rates in got.items():
        ratios = [rate / plain for rate, plain in zip(rates, got["plain"], strict=True)]
        say(
            f"{title}: {kind}",
            f"{statistics.median(rates):8.0f} commits/s ({min(rates):.0f}..{max(rates):.0f})"
            f"  ratio {statistics.median(ratios):.2f} ({min(ratios):.2f}..{max(ratios):.2f})"
            f"  {notes[kind]}",
        )


# --- PostgreSQL -------------------------------------------------------------------------------


@contextlib.contextmanager
def cluster() -> Iterator[str]:
    """A throw-away cluster that listens on a socket in its own folder."""
    tools = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    tool = str(tools[-1]) if tools else shutil.which("initdb")
    if not tool or psycopg is None:
        raise LookupError("PostgreSQL: left out, for want of initdb or of the package psycopg")
    home = Path(tool).parent
    folder = tempfile.mkdtemp()
    become = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if become:
        shutil.chown(folder, "postgres", "postgres")
    data = f"{folder}/data"
    quiet = {"stdout": subprocess.DEVNULL, "cwd": folder}
    options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c max_wal_size=4GB"
    control = [*become, str(home / "pg_ctl"), "-D", data, "-w"]
    subprocess.run([*become, tool, "-D", data, "-A", "trust", "-U", "bench"], check=True, **quiet)
    try:
        subprocess.run(
            [*control, "-l", f"{folder}/log", "-o", options, "start"], check=True, **quiet
        )
        try:
            yield f"host={folder} user=bench dbname=postgres"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], check=True, **quiet)
    finally:
        shutil.rmtree(folder)


def post_fresh(where: str) -> None:
    with psycopg.connect(where, autocommit=True) as db:
        db.execute("DROP TABLE IF EXISTS waiting, sealed, node, front")
        db.execute("CREATE TABLE waiting (number bigserial PRIMARY KEY, body bytea)")
        db.execute("CREATE TABLE sealed (number bigint PRIMARY KEY, body bytea, hash bytea)")
        db.execute(
            "CREATE TABLE node (level int, number bigint, hash bytea, PRIMARY KEY (level, number))"
        )
        db.execute("CREATE TABLE front (one int PRIMARY KEY, size bigint, peaks bytea)")
        db.execute("INSERT INTO front VALUES (1, 0, '')")
        db.execute("CHECKPOINT")


def post_writer(where: str, kind: str, seconds: float, go, out) -> None:
    """One connection that writes and commits."""
    with psycopg.connect(where) as db:
        ready, count = entry(1), 0
        out.put("ready")
        go.wait()
        start = time.perf_counter()
        while (spent := time.perf_counter() - start) < seconds:
            body = entry(count) if kind.endswith("encode") else ready
            db.execute("INSERT INTO waiting (body) VALUES (%s)", (body,), prepare=True)
            db.commit()
            count += 1
        out.put(count / spent)


def post_sequencer(where: str, stop, out) -> None:
    """Move waiting rows to their leaf numbers every `PAUSE` seconds until told to stop."""
    with psycopg.connect(where) as db:
        db.execute("SELECT pg_advisory_lock(1)")
        db.commit()
        out.put("ready")
        sealed = 0
        while not stop.is_set():
            start = time.perf_counter()
            sealed += post_seal(db)
            time.sleep(max(0, PAUSE - (time.perf_counter() - start)))
        out.put(sealed)


def post_seal(db) -> int:
    """One sealing, in one transaction."""
    rows = db.execute(
        "DELETE FROM waiting WHERE number IN"
        " (SELECT number FROM waiting ORDER BY number LIMIT 5000)"
        " RETURNING number, body"
    ).fetchall()
    if rows:
        bodies = [body for _, body in sorted(rows)]
        size, stored = db.execute("SELECT size, peaks FROM front").fetchone()
        batch = seal_batch(Front("sha256", size, peaks(stored)), bodies)
        with db.cursor() as cursor:
            with cursor.copy("COPY sealed FROM STDIN") as copy:
                for number, row in enumerate(zip(bodies, batch.leaves, strict=True), size):
                    copy.write_row((number, *row))
            with cursor.copy("COPY node FROM STDIN") as copy:
                for node in batch.nodes:
                    copy.write_row(node)
        now = (batch.front.size, b"".join(batch.front.peaks))
        db.execute("UPDATE front SET size = %s, peaks = %s", now)
    db.commit()
    return len(rows)


def post_run(where: str, kind: str, writers: int, seconds: float) -> tuple[float, str]:
    """Commits per second of all writers together."""
    post_fresh(where)
    go, stop, out, sealer = SPAWN.Event(), SPAWN.Event(), SPAWN.Queue(), SPAWN.Queue()
    helper = SPAWN.Process(target=post_sequencer, args=(where, stop, sealer))
    if kind.startswith("sequencer"):
        helper.start()
        sealer.get()
    args = (where, kind, seconds, go, out)
    crowd = [SPAWN.Process(target=post_writer, args=args) for _ in range(writers)]
    for one in crowd:
        one.start()
    for _ in crowd:
        out.get()
    go.set()
    rate = sum(out.get() for _ in crowd)
    note = ""
    if kind.startswith("sequencer"):
        stop.set()
        note = f"{sealer.get()} of {rate * seconds:.0f} sealed while writing"
        helper.join()
    for one in crowd:
        one.join()
    return rate, note


def postgres(rounds: int, seconds: float) -> None:
    """PostgreSQL with 1 and 8 connections."""
    try:
        with cluster() as where:
            for writers in (1, 8):
                turns(
                    f"PostgreSQL, {writers} conn.",
                    ["plain", "sequencer", "sequencer and encode"],
                    rounds,
                    lambda kind, writers=writers: post_run(where, kind, writers, seconds),
                )
    except LookupError as missing:
        print(missing)


def main() -> None:
    """The command."""
    ask = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    ask.add_argument("--entries", type=int, default=1_000_000)
    ask.add_argument("--rounds", type=int, default=5)
    ask.add_argument("--seconds", type=float, default=2)
    ask.add_argument("--only", choices=["memory", "sqlite", "postgres"])
    told = ask.parse_args()
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, entry {len(entry(1))} bytes")
    if told.only in (None, "memory"):
        memory(told.entries, told.rounds)
    if told.only in (None, "sqlite"):
        sqlite(told.rounds, told.seconds)
    if told.only in (None, "postgres"):
        postgres(told.rounds, told.seconds)


if __name__ == "__main__":
    main()
