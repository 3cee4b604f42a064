"""`zhongshu run`: pages and work for a small office, watched over. 运行.

The one that watches knows nothing of Django and holds nothing that could be lost. A part that
dies is started again, later and later; one that refuses to start ends everything. When the watcher
itself is killed, its parts end by themselves.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress

import click

from zhongshu.config import starting

GRACE = 40.0  # seconds a part has to end by itself; each waits 30 for what is at work
LONGEST_WAIT = 30.0
CALM = 60.0  # a part that has lived so long has recovered


class Part:
    """One process that is kept alive."""

    def __init__(self, name: str, *arguments: str) -> None:
        self.name = name
        self.command = [sys.executable, "-m", "zhongshu.config", name, *arguments]
        self.process: subprocess.Popen[bytes] | None = None
        self.since = self.next = 0.0
        self.failures = 0

    def start(self) -> None:
        """Start it in a group of its own, with a pipe that ends when we do."""
        told = os.environ | {starting.PARENT: "1"}
        self.process = subprocess.Popen(  # noqa: S603 - our own command, no shell
            self.command, stdin=subprocess.PIPE, env=told, start_new_session=True
        )
        self.since = time.monotonic()

    def look(self) -> int | None:
        """Start it anew if it died and its time has come; its exit code if it refused."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.next:
                self.start()
            return None
        code = self.process.poll()
        if code is None:
            return None
        self.sweep()
        if code == starting.REFUSED:
            return code
        self.failures = 1 if now - self.since > CALM else self.failures + 1
        wait = min(LONGEST_WAIT, 0.5 * 2**self.failures)
        click.echo(f"{self.name} 以 {code} 退出，{wait:.0f} 秒后重启 / restarting", err=True)
        self.process, self.next = None, now + wait
        return None

    def sweep(self) -> None:
        """End what is left of its group, so that the next one finds its port free."""
        if self.process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        if self.process.stdin:
            self.process.stdin.close()

    def end(self, until: float) -> int:
        """Ask it to end, wait, and insist at last; its exit code."""
        if self.process is None:
            return 0
        try:
            code = self.process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            code = 1
        self.sweep()
        self.process.wait()
        return code


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="进程数")
@click.option("--cert", help="TLS 证书 certificate (PEM)")
@click.option("--key", help="TLS 私钥 private key (PEM)")
def run(host: str, port: int, workers: int, cert: str | None, key: str | None) -> None:
    """运行：网页和后台一起，一处记录，坏了重启，收到信号干净地停。

    Pages and work together: one log, started anew when one dies, stopped cleanly by a signal.
    """
    tls = [x for name, value in (("--cert", cert), ("--key", key)) if value for x in (name, value)]
    web = ("--host", host, "--port", str(port), "--workers", str(workers), *tls)
    with starting.only("run"):
        raise SystemExit(watch([Part("serve", *web), Part("work")]))


def watch(parts: list[Part]) -> int:
    """Keep the parts alive until a signal comes or one refuses; the exit code."""
    told = threading.Event()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told.set())
    code = 0
    while not code and not told.wait(0.2):
        code = next((found for part in parts if (found := part.look())), 0)
    for part in parts:
        if part.process is not None and part.process.poll() is None:
            part.process.terminate()
    until = time.monotonic() + GRACE
    return max(code, *(part.end(until) for part in parts))
