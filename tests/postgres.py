"""A throw-away PostgreSQL, for a fixture and for a whole test run.

    python -m tests.postgres pytest tests/office

starts a cluster on a free port, runs the command with ZHONGSHU_DATABASE pointing at it, and takes
the cluster away. Without PostgreSQL on the machine it says so and runs nothing.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def binaries() -> Path | None:
    """Where the server's programs are, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    initdb = found[-1] if found else shutil.which("initdb")
    return Path(initdb).parent if initdb else None


@contextmanager
def cluster(programs: Path, *options: str) -> Iterator[int]:
    """The port of a running cluster with a superuser "zhongshu" who needs no password."""
    user = "postgres" if os.geteuid() == 0 else None
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="zhongshu-pg-"))
    if user:
        shutil.chown(folder, user)
    data = folder / "data"
    flags = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
    flags = " ".join([flags, *(f"-c {option}" for option in options)])

    def run(*command: str | Path) -> None:
        subprocess.run(command, check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL)

    run(
        programs / "initdb", "-D", data, "-U", "zhongshu", "-A", "trust", "-E", "UTF8", "--locale=C"
    )
    run(programs / "pg_ctl", "-D", data, "-o", flags, "-l", folder / "log", "-w", "start")
    try:
        yield port
    finally:
        run(programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def main(command: list[str]) -> int:
    """Run the command against a cluster of its own; its exit code."""
    programs = binaries()
    if programs is None:
        print("PostgreSQL is not installed here: these tests ran on SQLite only.")
        return 0
    with cluster(programs, "fsync=off", "max_connections=60") as port:
        address = f"postgresql://zhongshu@127.0.0.1:{port}/postgres"
        told = os.environ | {"ZHONGSHU_DATABASE": address}
        return subprocess.run(command, check=False, env=told).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
