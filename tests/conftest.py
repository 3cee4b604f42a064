"""Both databases for every test that needs one: SQLite always, PostgreSQL where it is installed."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import Phase, settings

settings.register_profile("house", deadline=None)  # a slow machine is not a broken rule
settings.load_profile("house")

if "MUTANT_UNDER_TEST" in os.environ:  # what matters is whether it is noticed, not how simply
    quick = [phase for phase in Phase if phase not in {Phase.shrink, Phase.explain}]
    settings.register_profile("mutant", deadline=None, phases=quick)
    settings.load_profile("mutant")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A throw-away cluster on a free port; its connection string. Skips where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    initdb = found[-1] if found else shutil.which("initdb")
    if initdb is None:
        pytest.skip("PostgreSQL is not installed")
    bin_ = Path(initdb).parent
    user = "postgres" if os.geteuid() == 0 else None
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="zhongshu-pg-"))
    if user:
        shutil.chown(folder, user)
    data = folder / "data"
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"

    def run(*command: str | Path) -> None:
        subprocess.run(command, check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL)

    run(bin_ / "initdb", "-D", data, "-U", "zhongshu", "-A", "trust", "-E", "UTF8", "--locale=C")
    run(bin_ / "pg_ctl", "-D", data, "-o", options, "-l", folder / "log", "-w", "start")
    try:
        yield f"host=127.0.0.1 port={port} user=zhongshu dbname=postgres"
    finally:
        run(bin_ / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)
