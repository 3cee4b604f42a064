"""`zhongshu work`: one process for everything the house does by itself. 后台."""

from __future__ import annotations

import logging
import signal
import threading

import click

from zhongshu.config import retries, safety, starting
from zhongshu.config.findings import sentence
from zhongshu.config.ticks import TICKS
from zhongshu.config.working import House

log = logging.getLogger("zhongshu.work")


@click.command()
def work() -> None:
    """后台：封存日志、到点提醒、重新就座、外存头码、重试任务。一所房子只运行一个。

    Behind the pages: seal, wake, reseat, publish heads, run and retry tasks. One for each house.
    """
    starting.log_to_terminal()
    with starting.only("work"):
        refuse_if_unsafe()
        told = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: told.set())
        starting.end_with_parent()
        log.info("work begins; %d tasks taken up again", retries.orphans())
        house = House(TICKS)
        house.start()
        told.wait()
        if not house.stop():
            log.error("something was still at work and is left to the next start")
            raise SystemExit(1)
        log.info("work ends")


def refuse_if_unsafe() -> None:
    """Refuse to start a house that is not safe, with every reason."""
    found = safety.check()
    if safety.refuses(found):
        starting.refuse("\n".join(sentence(one, "zh") for one in found if one.level == "error"))
