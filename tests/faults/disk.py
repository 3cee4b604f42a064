"""F03, F04, F05: the disk loses power, is full, or errs. A program of its own, under the shim.

python -m tests.faults.disk record ACTS SEED   acts, recording every write; prints where
python -m tests.faults.disk full                a full disk that gets room again
python -m tests.faults.disk errors FROM STEP COUNT   the n-th operation fails, in four ways
"""

from __future__ import annotations

import itertools
import json
import os
import random
import shutil
import sys
from pathlib import Path

from django.db import DatabaseError, close_old_connections, connections

from zhongshu.office.journal import actions as journal
from zhongshu.office.matters.models import Matter
from zhongshu.office.refusal import Refusal

from . import house
from .shim import Shim

HOME = Path(os.environ["ZHONGSHU_HOME"])
FILE = HOME / "zhongshu.sqlite3"
SWALLOW = os.environ.get("FAULTS_CONTROL") == "swallow"  # says done whatever happened


def acts(count: int, seed: int, keys: list[str]) -> list[tuple[str, str]]:
    """Some acts, one after another: (key, "ok" or "error"). What a rule refuses was no act."""
    dice, said, numbers = random.Random(seed), list[tuple[str, str]](), itertools.count()
    while len(said) < count:
        once = f"{seed:08}{next(numbers):08}"
        try:
            house.do(house.choose(keys, dice), once)
            said.append((once, "ok"))
            journal.seal()
        except Refusal:
            continue
        except DatabaseError:
            close_old_connections()  # as after a request: a connection that works is kept
            said.append((once, "ok" if SWALLOW else "error"))
    return said


def record(count: int, seed: int) -> None:
    """Record `count` acts; after each, where the record stood when it was acknowledged."""
    keys = json.loads((HOME / "keys").read_text())
    connections.close_all()
    shutil.copyfile(FILE, HOME / "before")
    log, shim = HOME / "log", Shim()
    shim.watch(FILE, log)
    dice, said = random.Random(seed), []
    for number in range(count):
        once = f"{seed:08}{number:08}"
        try:
            house.do(house.choose(keys, dice), once)
        except Refusal:
            continue
        said.append((once, log.stat().st_size))
        if number % 5 == 4:
            journal.seal()
    (HOME / "acknowledged.json").write_text(json.dumps(said))
    shim.watch(Path("/nowhere"))


def full() -> dict[str, object]:
    """Acts while there is room, while there is none, and after there is room again."""
    keys, shim = json.loads((HOME / "keys").read_text()), Shim()
    shim.watch(FILE)
    before = acts(5, 1, keys)
    there = Matter.objects.count()
    shim.fail(1, 0)
    during = acts(5, 2, keys)
    reads = Matter.objects.count()
    shim.fail(-1)
    after = acts(5, 3, keys)
    connections.close_all()
    done = {once for once, how in before + during + after if how == "ok"}
    return {
        "before": [how for _, how in before],
        "during": [how for _, how in during],
        "after": [how for _, how in after],
        "read": reads == there,
        "broken": house.broken(done),
    }


def errors(first: int, step: int, count: int) -> dict[str, object]:
    """From the same beginning, fail operation after operation; what was not as it should be."""
    keys, shim = json.loads((HOME / "keys").read_text()), Shim()
    connections.close_all()
    shutil.copyfile(FILE, HOME / "before")
    runs = failed = 0
    bad: list[str] = []
    for at in range(first, first + step * count, step):
        for kind in range(4):
            _fresh()
            shim.watch(FILE)
            shim.fail(at, kind)
            said = acts(4, at * 4 + kind, keys)
            house.close()
            shim.fail(-1)
            runs += 1
            failed += sum(how == "error" for _, how in said)
            faults = house.broken({once for once, how in said if how == "ok"})
            bad += [f"operation {at} kind {kind}: {fault}" for fault in faults]
    return {"runs": runs, "failed": failed, "broken": bad[:20]}


def _fresh() -> None:
    house.close()
    for path in HOME.glob("zhongshu.sqlite3*"):
        path.unlink()
    shutil.copyfile(HOME / "before", FILE)


def main(words: list[str]) -> None:
    """Do what the first word says."""
    if words[0] == "prepare":
        keys = house.build(int(words[1]))
        (HOME / "keys").write_text(json.dumps(keys))
        connections.close_all()
    elif words[0] == "record":
        record(int(words[1]), int(words[2]))
    elif words[0] == "full":
        print(json.dumps(full()))
    else:
        print(json.dumps(errors(*map(int, words[1:]))))


if __name__ == "__main__":
    main(sys.argv[1:])
