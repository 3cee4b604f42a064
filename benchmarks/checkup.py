"""The check-up of a bureau of real size, measured: 300 people, 40 processes, nothing known before.

The people are those of the invented bureau; the processes the shipped ones and variants of them
with other posts and limits, so that no two have the same digest. Besides the whole: one process as
its page shows it, and what one more stand-in does to all forty. Times are CPU seconds of one
thread. `benchmarks/checkup.py [--bound SECONDS]` fails beyond the bound.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from importlib.resources import files
from random import Random
from tempfile import mkdtemp

from zhongshu.kernel.duties.from_flow.exam import examine
from zhongshu.kernel.duties.from_flow.incompatible import Duties
from zhongshu.kernel.duties.from_flow.people import People
from zhongshu.kernel.duties.from_flow.survey import survey
from zhongshu.kernel.duties.from_flow.worse import after_change
from zhongshu.kernel.duties.matrix_data import SHIPPED as MATRICES
from zhongshu.kernel.flow.definition import Definition, Seat, SeatKind
from zhongshu.kernel.flow.people import Directory, StandIn
from zhongshu.kernel.flow.text.format import read

NAMES = ("expense", "incoming", "leave", "outgoing", "procurement", "request", "supplies")
COUNT = 40


def bureau() -> Directory:
    """The invented bureau, read as the server reads it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhongshu.config.settings")
    os.environ["ZHONGSHU_HOME"] = mkdtemp(prefix="zhongshu-bench-")
    import django  # noqa: PLC0415 - once its settings are told

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    from zhongshu.config.town.settle import settle  # noqa: PLC0415
    from zhongshu.office.people import queries  # noqa: PLC0415

    call_command("migrate", verbosity=0, interactive=False)
    settle(Random(20261124), accounts=False)
    return queries.directory()


def processes(people: Directory) -> list[Definition]:
    """The shipped ones, then variants: some seat in other hands, another least number."""
    dice = Random(7)
    shipped = [
        read(files("zhongshu.config").joinpath("flows", f"{name}.toml").read_text("utf-8"))
        for name in NAMES
    ]
    found = [one for one in shipped if isinstance(one, Definition)]
    posts = sorted(people.posts)
    while len(found) < COUNT:
        base = found[len(found) % len(NAMES)]
        nodes = tuple(
            replace(node, seats=tuple(_other(seat, posts, dice) for seat in node.seats))
            for node in base.nodes
        )
        found.append(replace(base, id=f"{base.id}_{len(found)}", nodes=nodes))
    return found


def _other(seat: Seat, posts: list[str], dice: Random) -> Seat:
    if seat.kind is SeatKind.POST and dice.random() < 0.2:
        return replace(seat, ref=dice.choice(posts))
    return seat


def timed(ask: Callable[[], object]) -> tuple[object, float]:
    """An answer and its CPU time."""
    start = time.process_time()
    answer = ask()
    return answer, time.process_time() - start


def main(bound: float) -> int:
    """Measure and print; 1 beyond the bound."""
    directory = bureau()
    flows = processes(directory)
    _, unit = timed(lambda: sum(n & 7 for n in range(3_000_000)))
    found, whole = timed(
        lambda: [survey(flow, folk) for folk in [People(directory)] for flow in flows]
    )
    stops = sum(len(one.stops) for one in found)
    print(
        f"{len(directory.people)} people, {len(flows)} processes, all kinds of drafter: "
        f"{whole:.2f} s; {stops} single points; three million additions here: {unit:.2f} s"
    )
    times = [
        timed(lambda f=flow: examine(Duties(MATRICES[0], f, {}, {}), People(directory)))[1]
        for flow in flows[: len(NAMES)]
    ]
    print(f"one process as its page shows it: {min(times):.2f} to {max(times):.2f} s")
    principal, deputy = sorted(directory.people)[:2]
    span = (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))
    then = replace(directory, stand_ins=(StandIn(principal, deputy, *span),))
    _, change = timed(lambda: [after_change(f, People(directory), People(then)) for f in flows])
    print(f"one more stand-in, all {len(flows)} before and after: {change:.2f} s")
    return int(whole > bound)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--bound", type=float, default=float("inf"))
    sys.exit(main(parser.parse_args().bound))
