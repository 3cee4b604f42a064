"""What the contenders that speak to SQLite themselves share: the connection and the small rows.

Every durable contender keeps the same three things in one transaction per act: the state of the
case, one journal row, and the to-do list with its index.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

DURABLE = ("pragma journal_mode=wal", "pragma synchronous=full", "pragma foreign_keys=on")
FORM = {"title": "关于采购办公用品的请示", "amount": 1280000, "reason": "现有库存不足一个季度。"}
OPINION = "同意"

PLAIN = """
create table matter(id integer primary key, title text, state text, version integer);
create table journal(id integer primary key, matter integer, person integer, act text, at real,
                     note text);
create index journal_matter on journal(matter);
create table todo(id integer primary key, matter integer, person integer, urgency integer,
                  due real);
create index todo_person on todo(person, urgency desc, due);
"""


def connect(folder: Path, name: str, schema: str) -> sqlite3.Connection:
    """A fresh database whose commits are on the disk when they return."""
    db = sqlite3.connect(folder / f"{name}.sqlite3", isolation_level=None)
    for pragma in DURABLE:
        db.execute(pragma)
    db.executescript(schema)
    return db
