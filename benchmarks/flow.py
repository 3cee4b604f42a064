"""One human act of a case, ours beside the peers and the floor: `make bench`.

Every contender plays whole cases from draft to closed, in short slices that take turns, so that
a busy machine slows all of them alike; a ratio is the median of the ratios of the rounds. The
peers do what is nearest to our work in them, and most do less: see contenders/.

The durable ratios depend on the disk: where a commit waits long for it, everybody is near the
floor. `--folder` on a file system in memory takes the wait away and leaves the processor's part.

    python benchmarks/flow.py [--seconds 0.3] [--rounds 7] [--only TEXT] [--folder DIR] [--json]
"""

from __future__ import annotations

import argparse
import gc
import importlib
import json
import os
import platform
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import NamedTuple

Case = Callable[[], int]


class Contender(NamedTuple):
    """One line of the table: a function of a module that gives a case to be played."""

    table: str
    name: str
    module: str
    function: str
    steps: int

    @property
    def label(self) -> str:
        """For people and for --only."""
        return f"{self.table}, {self.name}, {self.steps} acts"


OURS = "zhongshu"
LOADED = "zhongshu, loaded before each act"
KEPT = "zhongshu, kept in the process"
SPIFF = "SpiffWorkflow"
FLOOR = "floor: 1 UPDATE + 2 INSERT, driver only"
CONTENDERS = (
    *(Contender("memory", OURS, "ours", "memory", n) for n in (5, 20, 100)),
    *(Contender("memory", SPIFF, "spiff", "memory", n) for n in (5, 20, 100)),
    Contender("memory", "django-fsm-2", "with_django", "fsm_memory", 5),
    *(Contender("text", OURS, "ours", "text", n) for n in (5, 20, 100)),
    *(Contender("text", SPIFF, "spiff", "text", n) for n in (5, 20, 100)),
    Contender("durable", FLOOR, "floor", "durable", 5),
    *(Contender("durable", LOADED, "ours", "loaded", n) for n in (5, 20, 100)),
    *(Contender("durable", KEPT, "ours", "kept", n) for n in (5, 20, 100)),
    *(Contender("durable", SPIFF, "spiff", "durable", n) for n in (5, 20, 100)),
    Contender("durable", "floor: the same through Django's ORM", "with_django", "orm", 5),
    Contender("durable", "django-fsm-2", "with_django", "fsm", 5),
    Contender("durable", "viewflow", "with_django", "viewflow", 5),
)
BASE = {
    "memory": OURS,
    "text": OURS,
    "durable": FLOOR,
}  # of the ratio, at 5 acts
Times = dict[Contender, list[float]]  # microseconds per act, one per round


class Aim(NamedTuple):
    """A promise: `slow` takes at least (or at most) `factor` times as long as `fast`; or, if it is
    not `judged`, a figure beside one."""

    slow: tuple[str, str, int]
    fast: tuple[str, str, int]
    factor: float
    at_least: bool
    judged: bool = True


# The figures that the aims were set on: 6,210 acts a second are SpiffWorkflow in memory at 5 acts,
# 64 at 100 are SpiffWorkflow with its state read and written at each act. So the first aim is
# judged in memory and the second with text, like for like; the other two stand beside them.
AIMS = (
    Aim(("memory", SPIFF, 5), ("memory", OURS, 5), 3, at_least=True),
    Aim(("text", SPIFF, 5), ("text", OURS, 5), 3, at_least=True, judged=False),
    Aim(("text", SPIFF, 100), ("text", OURS, 100), 30, at_least=True),
    Aim(("memory", SPIFF, 100), ("memory", OURS, 100), 30, at_least=True, judged=False),
    Aim(("memory", OURS, 100), ("memory", OURS, 5), 1.2, at_least=False),  # flat in the history
    Aim(("durable", LOADED, 5), ("durable", FLOOR, 5), 1.6, at_least=False),
)


def open_all(
    contenders: Sequence[Contender], folder: Path, stack: ExitStack
) -> tuple[dict[Contender, Case], dict[str, str]]:
    """The cases to play, and what is not installed."""
    cases: dict[Contender, Case] = {}
    absent: dict[str, str] = {}
    for one in contenders:
        try:
            module = importlib.import_module(f"contenders.{one.module}")
        except ImportError as error:
            absent[one.name] = str(error)
            continue
        make: Callable[[Path, int], AbstractContextManager[Case]] = getattr(module, one.function)
        cases[one] = stack.enter_context(make(folder, one.steps))
    return cases, absent


def measure(case: Case, seconds: float) -> float:
    """Microseconds per act, over whole cases that together take at least so many seconds."""
    acts, start = 0, time.perf_counter()
    while True:
        acts += case()
        spent = time.perf_counter() - start
        if spent >= seconds:
            return spent / acts * 1e6


def play(cases: dict[Contender, Case], rounds: int, seconds: float) -> Times:
    """All contenders in turn, round after round, each round starting with another one."""
    times: Times = {one: [] for one in cases}
    order = list(cases)
    for case in cases.values():
        case()
    for number in range(rounds):
        start = number * 5 % len(order)
        for one in order[start:] + order[:start]:
            gc.collect()
            times[one].append(measure(cases[one], seconds))
        print(".", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return times


def ratio(times: Times, slow: Contender, fast: Contender) -> float:
    """How many times as long one takes as another: the median over the rounds."""
    return statistics.median(a / b for a, b in zip(times[slow], times[fast], strict=True))


def find(times: Times, key: tuple[str, str, int]) -> Contender | None:
    """A contender that was measured, by table, name and number of acts."""
    return next((one for one in times if (one.table, one.name, one.steps) == key), None)


def rows(times: Times) -> list[dict[str, object]]:
    """One row per contender: median, spread, and the ratio to the base of its table."""
    found = []
    for one, values in times.items():
        base = find(times, (one.table, BASE[one.table], 5))
        found.append(
            {
                "table": one.table,
                "name": one.name,
                "acts": one.steps,
                "microseconds_per_act": statistics.median(values),
                "low": min(values),
                "high": max(values),
                "acts_per_second": 1e6 / statistics.median(values),
                "ratio_to_base": ratio(times, one, base) if base else None,
            }
        )
    return found


def aims(times: Times) -> list[dict[str, object]]:
    """What was promised and what came out."""
    found = []
    for aim in AIMS:
        slow, fast = find(times, aim.slow), find(times, aim.fast)
        if slow and fast:
            got = ratio(times, slow, fast)
            found.append(
                {
                    "slow": slow.label,
                    "fast": fast.label,
                    "ratio": got,
                    "aim": aim.factor,
                    "bound": "at least" if aim.at_least else "at most",
                    "judged": aim.judged,
                    "kept": got >= aim.factor if aim.at_least else got <= aim.factor,
                }
            )
    return found


def show(result: dict[str, list[dict[str, object]]], absent: dict[str, str]) -> None:
    """The tables for people."""
    print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, ", end="")
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    for table in BASE:
        print(f"\n{TITLES[table]}\n")
        print(
            f"{'':42} {'acts':>5} {'us/act':>9} {'low':>8} {'high':>8} {'acts/s':>8} {'ratio':>7}"
        )
        for row in result["rows"]:
            if row["table"] == table:
                print(_line(row))
    print()
    for aim in result["aims"]:
        word = ("kept" if aim["kept"] else "MISSED") if aim["judged"] else "beside"
        asked = f" ({aim['bound']} {aim['aim']:g})" if aim["judged"] else ""
        print(f"{word}: {aim['slow']} / {aim['fast']} = {aim['ratio']:.2f}{asked}")
    for name, why in absent.items():
        print(f"not installed: {name} ({why})")


TITLES = {
    "memory": f"In memory (ratio: times {OURS} at 5 acts)",
    "text": f"State read from and written to text at each act (ratio: times {OURS} at 5 acts)",
    "durable": "Durable after each act, SQLite WAL, synchronous=FULL (ratio: times the floor)",
}


def _line(row: dict[str, object]) -> str:
    times = "" if row["ratio_to_base"] is None else f"{row['ratio_to_base']:7.2f}"
    return (
        f"{row['name']:42} {row['acts']:5} {row['microseconds_per_act']:9.1f} {row['low']:8.1f} "
        f"{row['high']:8.1f} {row['acts_per_second']:8.0f} {times:>7}"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=0.3, help="of one slice")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--only", default="", help="contenders whose label contains this")
    parser.add_argument("--folder", help="where the databases lie; a disk, not memory")
    parser.add_argument("--json", action="store_true", help="for programs")
    given = parser.parse_args()
    chosen = [one for one in CONTENDERS if given.only in one.label]
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=given.folder)))
        cases, absent = open_all(chosen, folder, stack)
        times = play(cases, given.rounds, given.seconds)
    result = {"rows": rows(times), "aims": aims(times)}
    if given.json:
        print(json.dumps({**result, "absent": absent}, ensure_ascii=False, indent=1))
    else:
        show(result, absent)


if __name__ == "__main__":
    main()
