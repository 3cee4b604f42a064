"""F06 and F07: the same act twice at once, and two different acts at once, started by a barrier.

    python -m tests.faults.race pairs COUNT SEED     every pair of acts that a state offers
    python -m tests.faults.race doubles COUNT SEED   one act, by so many threads, under one key

What may come out is computed beforehand by the kernel alone: one of the two, or both in one order.
"""

from __future__ import annotations

import contextvars
import itertools
import json
import os
import random
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.db import DatabaseError, connections

from zhongshu.kernel.errors import Refused
from zhongshu.kernel.flow import Facts, act
from zhongshu.kernel.flow import case as kernel
from zhongshu.kernel.flow.codec import dump_case, load_case
from zhongshu.office import clock
from zhongshu.office.matters import asking, processes
from zhongshu.office.matters.models import Case, Event, Matter
from zhongshu.office.people import queries as people
from zhongshu.office.refusal import Conflict, Refusal

from . import house

CONTROL = os.environ.get("FAULTS_CONTROL", "")
Plan = dict[str, Any]


class Still(clock.System):
    """A clock that stands, so that the kernel's answer can be told beforehand."""

    def now(self) -> datetime:
        return datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


class Result(NamedTuple):
    """What a run came to."""

    races: int
    both: int
    one: int
    none: int
    broken: list[str]


def kernel_says(case: kernel.Case, flow: Any, *plans: Plan) -> tuple[tuple[bool, ...], str]:
    """Which of these acts would be taken, one after the other, and the case that comes of it."""
    facts = Facts(clock.now(), clock.calendar(), people.directory())
    taken = []
    for plan in plans:
        said = dict(plan["said"]) | {"to": tuple(plan["said"].get("to", ()))}
        command = asking.command(plan["verb"], asking.Said(**said))(kernel.Actor(plan["who"]))
        outcome = act(flow, case, command, facts)
        taken.append(not isinstance(outcome, Refused) and outcome.event is not None)
        case = case if isinstance(outcome, Refused) else outcome.case
    return tuple(taken), dump_case(case)


def allowed(case: kernel.Case, flow: Any, one: Plan, two: Plan) -> set[tuple[bool, bool, str]]:
    """Every (first done, second done, case) that may come out of two acts at once."""
    found = set()
    for order in ((0, 1), (1, 0)):
        pair = (one, two)
        taken, text = kernel_says(case, flow, pair[order[0]], pair[order[1]])
        done = dict(zip(order, taken, strict=True))
        found.add((done[0], done[1], text))
    for index, plan in enumerate((one, two)):  # the other lost and was told to look again
        taken, text = kernel_says(case, flow, plan)
        if taken[0]:
            found.add((index == 0, index == 1, text))
    return found


def at_once(*acts: Callable[[], bool]) -> list[bool | BaseException]:
    """Run these at the same moment, each on its own connection."""
    barrier, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(index: int, do: Callable[[], bool]) -> None:
        try:
            connections["default"].ensure_connection()
            barrier.wait()
            results[index] = do()  # type: ignore[call-overload]
        except BaseException as why:  # noqa: BLE001 - told by the one who waits
            results[index] = why  # type: ignore[call-overload]
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=contextvars.copy_context().run, args=(run, index, do))
        for index, do in enumerate(acts)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results  # type: ignore[return-value]


def attempt(plan: Plan, meet: threading.Barrier | None = None) -> Callable[[], bool]:
    """An act whose refusal is an answer too."""

    def do() -> bool:
        if meet is not None:
            return naive(plan, meet)
        try:
            house.do(plan, "")
        except Refusal:
            return False
        return True

    return do


def naive(plan: Plan, meet: threading.Barrier) -> bool:
    """The control: read, decide, wait for the other, write. What the house must never do."""
    matter = Matter.objects.select_related("case").get(key=plan["matter"])
    flow = processes.definition(matter.process_id)
    taken, text = kernel_says(load_case(matter.case.text), flow, plan)
    meet.wait()
    if taken[0]:
        Case.objects.filter(pk=matter.pk).update(text=text)
    return taken[0]


def race(key: str, one: Plan, two: Plan) -> tuple[tuple[bool, bool], str]:
    """One race; what is wrong with how it ended."""
    matter = Matter.objects.select_related("case").get(key=key)
    flow, case = processes.definition(matter.process_id), load_case(matter.case.text)
    may = allowed(case, flow, one, two)
    meet = threading.Barrier(2) if CONTROL == "naive" else None
    first, second = at_once(attempt(one, meet), attempt(two, meet))
    names = f"{one['verb']} / {two['verb']}"
    for result in (first, second):
        if isinstance(result, BaseException):
            return (False, False), f"{names}: {type(result).__name__} {result}"[:160]
    text = Case.objects.get(matter__key=key).text
    done = (bool(first), bool(second))
    return done, "" if (*done, text) in may else f"{names}: {done} led somewhere else"


def pairs(count: int, seed: int) -> Result:
    """Races between acts that the same state offers, through the life of many matters."""
    dice, broken = random.Random(seed), []
    ended = {"both": 0, "one": 0, "none": 0}
    keys = house.build(6)
    author = next(iter(Matter.objects.values_list("initiator__key", flat=True)))
    seen: set[tuple[str, str]] = set()
    for number in range(count):
        key = keys[number % len(keys)]
        found = house.plans(key)
        if len(found) < 2:
            keys[number % len(keys)] = house.open_one(house.Actor(author))
            continue
        choice = list(itertools.permutations(found, 2))
        fresh = [p for p in choice if (p[0]["verb"], p[1]["verb"]) not in seen]
        one, two = dice.choice(fresh or choice)
        seen.add((one["verb"], two["verb"]))
        done, wrong = race(key, one, two)
        ended[("none", "one", "both")[sum(done)]] += 1
        broken += [wrong] if wrong else []
    if CONTROL != "naive":
        broken += house.broken(set())
    print(f"{len(seen)} ordered pairs of verbs", file=sys.stderr)
    return Result(count, ended["both"], ended["one"], ended["none"], broken[:20])


def doubles(count: int, seed: int) -> Result:
    """One act by many at once under one key: one event, and the same answer for all."""
    dice, broken, keys = random.Random(seed), [], house.build(4)
    for number in range(count):
        plan, once = house.choose(keys, dice), f"{seed}-{number}"
        many = 2 if number % 2 else 12
        before = Event.objects.count()

        def again(plan: Plan = plan, once: str = once, number: int = number) -> int:
            name = f"{once}-{threading.get_ident()}" if CONTROL == "keyless" else once
            for _ in range(50):
                try:
                    return house.do(plan, name).event
                except Conflict:
                    continue
                except DatabaseError:
                    connections.close_all()
            raise TimeoutError

        answers = at_once(*[again] * many)  # type: ignore[list-item]
        events = Event.objects.count() - before
        if len(set(map(repr, answers))) != 1 or events > 1:
            broken.append(f"{plan['verb']}: {events} events, {sorted(set(map(repr, answers)))[:3]}")
    broken += house.broken(set())
    return Result(count, 0, count, 0, broken[:20])


def main(words: list[str]) -> None:
    """Run one kind and print what it came to."""
    run = pairs if words[0] == "pairs" else doubles
    with clock.using(Still()):
        print(json.dumps(run(int(words[1]), int(words[2]))._asdict()))


if __name__ == "__main__":
    main(sys.argv[1:])
