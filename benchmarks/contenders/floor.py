"""The floor: the least that any durable act costs. One UPDATE and two INSERT, driver only."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from .store import FORM, OPINION, PLAIN, connect


@contextmanager
def durable(folder: Path, steps: int) -> Iterator[Callable[[], int]]:
    """No engine at all: the state is a word that the caller knows beforehand."""
    db = connect(folder, f"floor{steps}", PLAIN)

    def case() -> int:
        matter = 0
        for step in range(steps):
            now = time.time()
            db.execute("begin immediate")
            if step == 0:
                new = "insert into matter(title, state, version) values(?, 'draft', 0)"
                matter = db.execute(new, (FORM["title"],)).lastrowid or 0
            db.execute(
                "update matter set state = ?, version = version + 1 where id = ? and version = ?",
                (f"s{step}", matter, step),
            )
            db.execute(
                "insert into journal(matter, person, act, at, note) values(?, ?, ?, ?, ?)",
                (matter, 7, "approve", now, OPINION),
            )
            db.execute(
                "insert into todo(matter, person, urgency, due) values(?, ?, 1, ?)",
                (matter, 8, now),
            )
            db.execute("commit")
        return steps

    yield case
    db.close()
