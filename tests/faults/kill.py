"""F01 and F02: the server, or the database under it, is killed under load, again and again.

Clients keep asking under the same key until they are answered, as a browser does that was cut off.
Afterwards nothing acknowledged may be lost, nothing done twice, and everything recounted agrees.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]


class Figures(NamedTuple):
    """What a run came to."""

    kills: int
    acknowledged: int
    refused: int
    broken: list[str]
    restart: float  # seconds until it answers again, on average
    seconds: float


def environment(home: Path, database: str, control: str) -> dict[str, str]:
    """What the processes of a harness are told."""
    return os.environ | {
        "ZHONGSHU_HOME": str(home),
        "ZHONGSHU_DATABASE": database,
        "ZHONGSHU_HTTPS": "0",
        "FAULTS_CONTROL": control,
        "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }


def ask(told: dict[str, str], *words: str) -> list[str]:
    """Run `tests.faults.house` in a process of its own; its answer."""
    command = [sys.executable, "-m", "tests.faults.house", *words]
    done = subprocess.run(command, env=told, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    answer: list[str] = json.loads(done.stdout)
    return answer


class Server:
    """The group of processes that is killed."""

    def __init__(self, told: dict[str, str]) -> None:
        self.told = told
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Start it; how many seconds until it answers."""
        begun = time.monotonic()
        words = ["--interface", "wsgi", "--port", str(self.port), "--workers", "2"]
        words += ["--blocking-threads", "2", "--no-ws", "--log-level", "critical"]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "granian", *words, "tests.faults.site:application"],
            env=self.told,
            cwd=ROOT,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        while self.process.poll() is None:
            try:
                post(self.port, "/plans", {"matter": "0" * 32})
            except OSError:
                time.sleep(0.02)
            except http.client.HTTPException:
                break
            else:
                break
        return time.monotonic() - begun

    def kill(self) -> None:
        """All of it, at once."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def post(port: int, path: str, said: object) -> tuple[int, bytes]:
    """Ask; OSError or HTTPException when there is no answer."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        line.request("POST", path, json.dumps(said))
        answer = line.getresponse()
        return answer.status, answer.read()
    finally:
        line.close()


class Clients:
    """Six people who never give up."""

    def __init__(self, port: int, keys: list[str], seed: int) -> None:
        self.port, self.keys, self.seed = port, keys, seed
        self.acknowledged: set[str] = set()
        self.refused = 0
        self.stopped = threading.Event()
        self.threads = [threading.Thread(target=self._work, args=(n,)) for n in range(6)]

    def _work(self, number: int) -> None:
        dice = random.Random(self.seed * 100 + number)
        while not self.stopped.is_set():
            try:
                status, body = post(self.port, "/plans", {"matter": dice.choice(self.keys)})
            except (OSError, http.client.HTTPException):
                time.sleep(0.02)
                continue
            found = json.loads(body) if status == 200 else []
            if found:
                self._until_answered(dice.choice(found))

    def _until_answered(self, plan: dict[str, object]) -> None:
        once = uuid.uuid4().hex
        while not self.stopped.is_set():
            try:
                status, _ = post(self.port, "/act", plan | {"once": once})
            except (OSError, http.client.HTTPException):
                time.sleep(0.02)
                continue
            if status == 200:
                self.acknowledged.add(once)
                return
            if status == 409:
                self.refused += 1
                return
            time.sleep(0.05)

    @contextmanager
    def working(self) -> Iterator[None]:
        """They work until the block ends."""
        for thread in self.threads:
            thread.start()
        try:
            yield
        finally:
            self.stopped.set()
            for thread in self.threads:
                thread.join()


def kill_server(
    home: Path, database: str, *, kills: int, control: str = "", seed: int = 1
) -> Figures:
    """F01: kill -9 the whole server so many times under load."""
    begun, dice = time.monotonic(), random.Random(seed)
    told = environment(home, database, control)
    keys = ask(environment(home, database, ""), "build", "60")
    server = Server(told)
    server.start()
    clients, restarts = Clients(server.port, keys, seed), []
    with clients.working():
        for _ in range(kills):
            time.sleep(dice.uniform(0.3, 1.0))
            server.kill()
            restarts.append(server.start())
        time.sleep(0.5)
        server.kill()
    return figures(home, told, clients, restarts, begun)


def figures(
    home: Path, told: dict[str, str], clients: Clients, restarts: list[float], begun: float
) -> Figures:
    """Recount everything in a new process."""
    said = home / "acknowledged"
    said.write_text("\n".join(clients.acknowledged), "utf-8")
    broken = ask(told | {"FAULTS_CONTROL": ""}, "broken", str(said))
    return Figures(
        len(restarts),
        len(clients.acknowledged),
        clients.refused,
        broken,
        sum(restarts) / max(1, len(restarts)),
        time.monotonic() - begun,
    )
