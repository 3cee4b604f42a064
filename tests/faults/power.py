"""F03: every state a power cut may leave is built from the record of writes, and looked at.

What was synced is on the disk. What was written since the last sync may be there, be missing, be
there in part or be torn at a sector, each write by itself. SQLite then recovers, and everything
that had been acknowledged by then has to be in it, whole.
"""

from __future__ import annotations

import hashlib
import json
import random
import sqlite3
import struct
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

SECTOR = 512


class Op(NamedTuple):
    """One operation: W written, S synced, T cut to a length, U removed. `end` is where the record
    stood after it."""

    kind: bytes
    name: str
    off: int
    data: bytes
    end: int


class Figures(NamedTuple):
    """How many states were looked at, and how many were not as they should be."""

    states: int
    corrupt: int
    lost: int
    first: tuple[str, ...]


def read(log: bytes) -> list[Op]:
    """The record of the shim."""
    ops, at = [], 0
    while at < len(log):
        kind, length, off, size = struct.unpack_from("<cHqI", log, at)
        name_at = at + 15
        data_at = name_at + length
        at = data_at + (size if kind == b"W" else 0)
        ops.append(Op(kind, log[name_at:data_at].decode(), off, log[data_at:at], at))
    return ops


@dataclass
class Disk:
    """What is surely on the disk, and what was written and not yet synced."""

    files: dict[str, bytearray]
    waiting: list[Op] = field(default_factory=list)

    def take(self, op: Op) -> None:
        """One operation happens."""
        if op.kind == b"S":
            for one in [one for one in self.waiting if one.name == op.name]:
                apply(self.files.setdefault(op.name, bytearray()), one)
            self.waiting = [one for one in self.waiting if one.name != op.name]
        elif op.kind == b"U":
            self.files.pop(op.name, None)
            self.waiting = [one for one in self.waiting if one.name != op.name]
        else:
            self.waiting.append(op)

    def after_a_cut(self, dice: random.Random, variant: int) -> dict[str, bytearray]:
        """What is found when the power comes back: everything (0), only what was synced (1), or
        any part of the rest."""
        found = {name: bytearray(whole) for name, whole in self.files.items()}
        for op in self.waiting:
            chance = dice.random()
            into = found.setdefault(op.name, bytearray())
            if variant == 0 or (variant > 1 and chance < 0.45):
                apply(into, op)
            elif variant > 1 and chance < 0.6 and op.kind == b"W" and len(op.data) > SECTOR:
                torn = SECTOR * dice.randint(1, len(op.data) // SECTOR)
                apply(into, op._replace(data=op.data[:torn]))
        return found


def apply(whole: bytearray, op: Op) -> None:
    """Do to a file what an operation did."""
    if op.kind == b"W":
        if len(whole) < op.off:
            whole.extend(bytes(op.off - len(whole)))
        whole[op.off : op.off + len(op.data)] = op.data
    elif op.off < len(whole):
        del whole[op.off :]
    else:
        whole.extend(bytes(op.off - len(whole)))


def replay(home: Path, scratch: Path, *, every: int, variants: int, seed: int = 7) -> Figures:
    """Cut the power after every so many operations, in so many ways each time."""
    ops = read((home / "log").read_bytes())
    said = json.loads((home / "acknowledged.json").read_text())
    name = str(home / "zhongshu.sqlite3")
    disk = Disk({name: bytearray((home / "before").read_bytes())})
    dice, states, corrupt, lost = random.Random(seed), 0, 0, 0
    first: list[str] = []
    for number, op in enumerate(ops):
        disk.take(op)
        if number % every:
            continue
        owed = {once for once, end in said if end <= op.end}
        for variant in range(variants):
            states += 1
            wrong = look(disk.after_a_cut(dice, variant), name, scratch, owed)
            if wrong:
                lost += wrong.startswith("lost")
                corrupt += not wrong.startswith("lost")
                first += [f"operation {number} variant {variant}: {wrong}"][: 5 - len(first)]
    return Figures(states, corrupt, lost, tuple(first))


def look(files: dict[str, bytearray], name: str, scratch: Path, owed: set[str]) -> str:
    """What is wrong with one state; empty when nothing is."""
    for path in scratch.glob("*"):
        path.unlink()
    for path_name, whole in files.items():
        if not path_name.endswith("-shm"):
            (scratch / Path(path_name).name).write_bytes(whole)
    try:
        db = sqlite3.connect(scratch / Path(name).name)
        try:
            return _look(db, owed)
        finally:
            db.close()
    except sqlite3.DatabaseError as why:
        return f"{type(why).__name__} {why}"[:100]


def _look(db: sqlite3.Connection, owed: set[str]) -> str:
    if db.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
        return "integrity"
    kept = {row[0] for row in db.execute("SELECT key FROM matters_answered")}
    if owed - kept:
        return f"lost {len(owed - kept)}"
    return next((code for code, query in WRONG.items() if db.execute(query).fetchone()), "") or (
        "digest" if any(map(_forged, db.execute(EVENTS))) else ""
    )


EVENTS = (
    "SELECT v.text, e.spelt FROM matters_event v JOIN journal_entry e ON e.id = v.entry_id"
    " ORDER BY v.id DESC LIMIT 20"
)
# What must never be found: half of an act.
WRONG = {
    "answered without event": "SELECT 1 FROM matters_answered a LEFT JOIN matters_event v"
    " ON v.matter_id = a.matter_id AND v.number = a.event WHERE v.id IS NULL",
    "event without entry": "SELECT 1 FROM matters_event v LEFT JOIN journal_entry e"
    " ON e.id = v.entry_id WHERE e.id IS NULL",
    "entry without event": "SELECT 1 FROM journal_entry e LEFT JOIN matters_event v"
    " ON e.id = v.entry_id WHERE e.verb LIKE 'flow.%' AND v.id IS NULL",
    "revision": "SELECT 1 FROM matters_matter m WHERE m.revision !="
    " (SELECT COUNT(*) FROM matters_event v WHERE v.matter_id = m.id)",
    "number": "SELECT 1 FROM matters_series s WHERE s.last !="
    " (SELECT COUNT(*) FROM matters_matter m WHERE m.series_id = s.id)",
    "size": "SELECT 1 FROM journal_journal j WHERE j.size !="
    " (SELECT COUNT(*) FROM journal_entry e WHERE e.place IS NOT NULL)",
}


def _forged(row: tuple[str, bytes]) -> bool:
    digest = hashlib.sha256(row[0].encode()).hexdigest()
    return json.loads(row[1])["facts"]["digest"] != digest
