"""What serve, work and run have in common: refuse when unsafe, be alone, stop when told. 启动."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import click

from .home import Busy, alone, place

REFUSED = 3  # exit code of a part that must not be started again
PARENT = "ZHONGSHU_PARENT"  # says that standard input ends with the supervisor


def log_to_terminal() -> None:
    """One log for everything: standard error, which the supervisor and systemd both keep."""
    logging.basicConfig(
        level=logging.INFO,
        stream=sys.stderr,
        format="%(asctime)s %(process)d %(name)s %(levelname)s %(message)s",
        force=True,
    )
    logging.getLogger("django_tasks_db").setLevel(logging.WARNING)  # it tells of every look


@contextmanager
def only(what: str) -> Iterator[None]:
    """Be the only one who does this in this house, or say who is, and end."""
    try:
        with alone(place(), what):
            yield
    except Busy as busy:
        refuse(f"已经在运行（进程 {busy}）：zhongshu {what} / already running")
    except FileNotFoundError:
        refuse(f"数据目录 {place()} 不存在：先运行 zhongshu init / run zhongshu init first")


def refuse(words: str) -> NoReturn:
    """Say why it must not run, with the exit code that keeps the supervisor from trying again."""
    click.secho(words, fg="red", err=True)
    raise SystemExit(REFUSED)


def end_with_parent() -> None:
    """Under the supervisor: stop when it is gone, however it went."""
    if os.environ.get(PARENT):
        threading.Thread(target=_watch, daemon=True, name="parent").start()


def _watch() -> None:
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
