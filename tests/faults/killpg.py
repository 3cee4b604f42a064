"""F02: PostgreSQL with all its processes is killed under the running server."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from tests.postgres import binaries, cluster

from .kill import Clients, Figures, Server, ask, environment, figures

LATE = ("wal_writer_delay=10000", "wal_writer_flush_after=0")  # so that the control shows at once


def kill_postgres(home: Path, *, kills: int, control: str = "", seed: int = 1) -> Figures:
    """Kill it so many times; the server stays and finds it again."""
    begun, dice, programs = time.monotonic(), random.Random(seed), binaries()
    if programs is None:
        raise RuntimeError("PostgreSQL is not installed")
    with cluster(programs, "fsync=on", *(LATE if control else ())) as port:
        data = _data(port)
        database = f"postgresql://zhongshu@127.0.0.1:{port}/postgres"
        told = environment(home, database, control)
        keys = ask(environment(home, database, ""), "build", "60")
        server, restarts = Server(told), []
        server.start()
        clients = Clients(server.port, keys, seed)
        with clients.working():
            for _ in range(kills):
                time.sleep(dice.uniform(1.0, 2.0))
                _kill(data)
                restarts.append(_start(programs, data, port))
            time.sleep(1)
            server.kill()
        return figures(home, told, clients, restarts, begun)


def _data(port: int) -> Path:
    """Where the cluster that listens here keeps its data."""
    for path in Path("/tmp").glob("zhongshu-pg-*/data/postmaster.pid"):
        lines = path.read_text().splitlines()
        if len(lines) > 3 and lines[3] == str(port):
            return path.parent
    raise RuntimeError("no such cluster")


def _kill(data: Path) -> None:
    master = int((data / "postmaster.pid").read_text().splitlines()[0])
    os.kill(master, signal.SIGSTOP)  # it starts no new one while its children are counted
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(master)], capture_output=True, text=True, check=False
    )
    every = [*map(int, listed.stdout.split()), master]
    for pid in every:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    while any(map(_alive, every)):
        time.sleep(0.01)
    # Where nobody reaps it, its number seems to be alive, and PostgreSQL would not start again.
    for left in (data / "postmaster.pid", *data.parent.glob(".s.PGSQL.*.lock")):
        left.unlink()


def _alive(pid: int) -> bool:
    try:
        return " Z" not in Path(f"/proc/{pid}/stat").read_text().split(")")[-1][:3]
    except (FileNotFoundError, ProcessLookupError):
        return False


def _start(programs: Path, data: Path, port: int) -> float:
    begun = time.monotonic()
    flags = (data / "postmaster.opts").read_text().split(" ", 1)[1].replace('"', "").strip()
    user = "postgres" if os.geteuid() == 0 else None
    command = [programs / "pg_ctl", "-D", data, "-o", flags, "-l", data.parent / "log", "-w"]
    subprocess.run([*command, "start"], check=True, user=user, cwd=data, stdout=subprocess.DEVNULL)
    return time.monotonic() - begun
