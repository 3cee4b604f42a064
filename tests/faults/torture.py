"""The long forms of the harnesses; writes what they came to into docs/reference/figures.md.

    python -m tests.faults.torture            an hour or so
    python -m tests.faults.torture 0.05       the same in a twentieth

A run in which anything is broken, or whose control is not caught, writes nothing and fails.
"""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from tests.postgres import binaries, cluster
from zhongshu.config import home

from .kill import ROOT, Figures, environment, kill_server
from .killpg import kill_postgres
from .power import replay
from .shim import build, compiler

PAGE = ROOT / "docs" / "reference" / "figures.md"
BEGIN, END = "<!-- faults: written by make torture -->", "<!-- end of faults -->"


class Row(NamedTuple):
    """One line of the table."""

    fault: str
    done: str
    found: str
    control: str


class Broken(Exception):
    """Something did not hold."""


def sound(name: str, broken: list[str]) -> None:
    """Stop at the first thing that does not hold."""
    if broken:
        raise Broken(f"{name}: {broken[:5]}")


def caught(name: str, broken: object) -> str:
    """The control has to fail, else the harness has no teeth."""
    if not broken:
        raise Broken(f"{name}: the control run was not caught")
    return "caught"


def _killed(name: str, run: Callable[..., Figures], kills: int, control: str) -> Row:
    with tempfile.TemporaryDirectory() as place:
        figures = run(Path(place), kills=kills)
    sound(name, figures.broken)
    with tempfile.TemporaryDirectory() as place:
        told = caught(name, run(Path(place), kills=max(2, kills // 50), control=control).broken)
    done = f"{figures.kills} kills, {figures.acknowledged} acts acknowledged"
    found = f"0 lost, 0 double; answers again after {figures.restart:.1f} s"
    return Row(name, f"{done}, {figures.seconds:.0f} s", found, f"{control}: {told}")


def kill_rows(part: float) -> list[Row]:
    """F01 on both databases, F02."""
    many = max(3, int(200 * part))
    rows = [
        _killed("F01 server killed, SQLite", lambda p, **k: kill_server(p, "", **k), many, "early")
    ]
    programs = binaries()
    if programs is not None:
        name = "F02 PostgreSQL killed"
        rows.append(_killed(name, kill_postgres, max(3, int(100 * part)), "async"))
    return rows


def disk(folder: Path, shim: Path | None, control: str, *words: str) -> dict[str, object]:
    """A step of tests.faults.disk."""
    told = environment(folder, "", control) | ({"LD_PRELOAD": str(shim)} if shim else {})
    return _ask(told, "tests.faults.disk", *words)


def _ask(told: dict[str, str], *words: str) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-m", *words],
        env=told,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Broken(done.stderr[-2000:])
    answer: dict[str, object] = json.loads(done.stdout or "{}")
    return answer


def power_row(part: float) -> Row:
    """F03."""
    lost: dict[str, tuple[int, int, int, float]] = {}
    for control, acts in (("", max(25, int(600 * part))), ("NORMAL", 40), ("OFF", 40)):
        with tempfile.TemporaryDirectory() as place:
            folder, scratch = Path(place) / "home", Path(place) / "scratch"
            home.make(folder)
            scratch.mkdir()
            disk(folder, None, "", "prepare", "40")
            disk(folder, build(Path(place)), control, "record", str(acts), "1")
            begun = time.monotonic()
            every = 20 if control else max(1, round(0.2 / part))
            figures = replay(folder, scratch, every=every, variants=6)
            lost[control] = (
                figures.states,
                figures.corrupt,
                figures.lost,
                time.monotonic() - begun,
            )
            if not control:
                sound("F03", list(figures.first))
    states, _, _, seconds = lost[""]
    told = [
        f"synchronous={name}: {lost[name][2]} of {lost[name][0]} lost" for name in ("NORMAL", "OFF")
    ]
    caught("F03", lost["NORMAL"][2] and lost["OFF"][2] + lost["OFF"][1])
    done = f"{states:,} states, {states / seconds:.0f} a second"
    return Row("F03 power lost, SQLite", done, "0 corrupt, 0 lost", "; ".join(told))


def disk_rows(part: float) -> list[Row]:
    """F04, F05."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "home"
        home.make(folder)
        disk(folder, None, "", "prepare", "12")
        shim = build(Path(place))
        full = disk(folder, shim, "", "full")
        sound("F04", list(full["broken"]))  # type: ignore[call-overload]
        count = max(4, int(150 * part))
        said = disk(folder, shim, "", "errors", "1", "2", str(count))
        sound("F05", list(said["broken"]))  # type: ignore[call-overload]
        control = disk(folder, shim, "swallow", "errors", "2", "11", "4")
        told = caught("F05", control["broken"])
    refused = f"{said['runs']} runs, {said['failed']} acts refused"
    return [
        Row(
            "F04 disk full, SQLite",
            "5 acts before, during, after",
            "refused, read on, went on",
            "–",
        ),
        Row("F05 n-th operation fails, four ways", refused, "0 runs with half an act", told),
    ]


def race_rows(part: float) -> list[Row]:
    """F06, F07 on both databases."""
    rows = _races("SQLite", "", part)
    programs = binaries()
    if programs is not None:
        with cluster(programs, "fsync=off") as port:
            rows += _races("PostgreSQL", f"postgresql://zhongshu@127.0.0.1:{port}/", part)
    return rows


def _races(name: str, server: str, part: float) -> list[Row]:
    def run(kind: str, count: int, control: str) -> dict[str, object]:
        with tempfile.TemporaryDirectory() as place:
            home.make(Path(place) / "home")
            address = server
            if server:
                database = f"race_{kind}_{control or 'real'}"
                command = ["psql", "-q", f"{server}postgres", "-c", f"CREATE DATABASE {database}"]
                subprocess.run(command, check=True)
                address = server + database
            told = environment(Path(place) / "home", address, control)
            return _ask(told, "tests.faults.race", kind, str(count), "3")

    pairs = run("pairs", max(60, int(4_000 * part)), "")
    sound("F07", list(pairs["broken"]))  # type: ignore[call-overload]
    doubles = run("doubles", max(20, int(1_000 * part)), "")
    sound("F06", list(doubles["broken"]))  # type: ignore[call-overload]
    naive = caught("F07", run("pairs", 60, "naive")["broken"])
    keyless = caught("F06", run("doubles", 20, "keyless")["broken"])
    ended = f"{pairs['one']} one won, {pairs['both']} both in an order, {pairs['none']} none"
    return [
        Row(
            f"F06 the same act 2 to 12 times, {name}",
            f"{doubles['races']} acts",
            "one event each, one answer",
            f"no key: {keyless}",
        ),
        Row(
            f"F07 two acts at once, {name}",
            f"{pairs['races']} races",
            f"0 wrong: {ended}",
            f"naive: {naive}",
        ),
    ]


def tamper_row(part: float) -> Row:
    """F10, every row instead of a sample."""
    command = [sys.executable, "-m", "pytest", "-q", "tests/faults/test_tamper.py"]
    told = os.environ | {"ZHONGSHU_TORTURE": str(part), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run(command, cwd=ROOT, env=told, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Broken(done.stdout[-2000:])
    count = re.search(r"(\d+) passed", done.stdout)
    return Row(
        "F10 rows changed in the database",
        f"every column of every row of 13 tables, {int(3_000 * part)} pairs of changes",
        f"all found and located; {count[1] if count else '?'} tests",
        "without the recount: not found",
    )


def standing() -> str:
    """The commit that stands here, and whether anything differs from it."""

    def git(*words: str) -> str:
        command = ["git", *words]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        return done.stdout.strip()

    changed = git("status", "--porcelain", "--untracked-files=no")
    return git("rev-parse", "--short", "HEAD") + (" with changes" if changed else "")


def write(rows: list[Row], part: float, seconds: float, commit: str) -> None:
    """Put the table where it belongs, and leave the rest of the page alone."""
    text = PAGE.read_text("utf-8") if PAGE.exists() else f"# Figures\n\n{BEGIN}\n{END}\n"
    if BEGIN not in text:
        text += f"\n{BEGIN}\n{END}\n"
    table = ["| fault | done | found | control |", "|---|---|---|---|"]
    table += ["| " + " | ".join(row) + " |" for row in rows]
    head = (
        f"## Faults made on purpose\n\n`make torture PART={part:g}`, {datetime.now(UTC):%Y-%m-%d},"
        f" commit {commit}, {seconds / 60:.0f} minutes on {os.cpu_count()} cores"
        f" ({platform.machine()}, Python {platform.python_version()}, {platform.system()}).\n"
    )
    before, rest = text.split(BEGIN, 1)
    after = rest.split(END, 1)[1]
    whole = f"{before}{BEGIN}\n{head}\n" + "\n".join(table) + f"\n{END}{after}"
    PAGE.write_text(whole, "utf-8")


def main(words: list[str]) -> None:
    """Run everything; the first argument is which part of the long form."""
    part, begun, commit = float(words[0]) if words else 1.0, time.monotonic(), standing()
    rows = kill_rows(part)
    print(rows[-1], file=sys.stderr)
    if compiler() and sys.platform == "linux":
        rows += [power_row(part), *disk_rows(part)]
    rows += race_rows(part)
    rows.append(tamper_row(part))
    if standing() != commit:
        raise Broken(f"the code changed meanwhile, from {commit} to {standing()}: run it again")
    write(rows, part, time.monotonic() - begun, commit)
    print("\n".join(" | ".join(row) for row in rows))


if __name__ == "__main__":
    main(sys.argv[1:])
