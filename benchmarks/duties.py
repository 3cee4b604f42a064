"""Separation of duties, measured: `benchmarks/duties.py [--from K] [--to K] [--instances DIR]`.

Without arguments: the hardest instances and office-like ones against OR-Tools CP-SAT in the same
run (where it is installed), a thousand definitions against five thousand people, and how often a
check at the moment of claiming alone leads into a dead end. Times are CPU seconds of one thread,
so that a busy machine spoils them less; read the ratios first.

With `--instances DIR`: every instance file in that folder, with the answers found beside them.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from wsp_instances import HARDEST, office, phase, read_all, staff

from zhongshu.kernel.duties.acting import Safe, may_act, who_may_act
from zhongshu.kernel.duties.compare import standing
from zhongshu.kernel.duties.model import Plan, Process, Undecided, places_of
from zhongshu.kernel.duties.solve import find_plan
from zhongshu.kernel.duties.verify import broken, keeps

try:
    import wsp_cpsat
except ModuleNotFoundError:
    wsp_cpsat = None

BUDGET = 500_000
ROUNDS = {4: 20, 6: 20, 8: 20, 10: 20, 15: 12, 20: 12, 25: 8, 30: 8, 35: 6, 40: 6, 50: 2, 60: 2}


def timed(ask: Callable[[], object]) -> tuple[object, float]:
    """An answer and its CPU time."""
    start = time.process_time()
    answer = ask()
    return answer, time.process_time() - start


def word(answer: object) -> str:
    """possible, impossible or undecided."""
    if isinstance(answer, Undecided):
        return "undecided"
    return "impossible" if answer is None else "possible"


def peer(process: Process) -> tuple[bool | None, float, float]:
    """CP-SAT's answer, or nothing."""
    if wsp_cpsat is None:
        return None, float("nan"), float("nan")
    return wsp_cpsat.ask(process, process.ways[0], 300)


def against(process: Process) -> tuple[str, float, float, float]:
    """Our answer and time, CP-SAT's times to build and to solve; the answers must agree."""
    way = process.ways[0]
    answer, ours = timed(lambda: find_plan(process, way, budget=BUDGET))
    theirs, build, solve = peer(process)
    if theirs is not None and not isinstance(answer, Undecided):
        assert theirs == (answer is not None), "the two solvers disagree"
    return word(answer), ours, build, solve


def row(name: str, results: list[tuple[str, float, float, float]]) -> None:
    """One line of a table."""
    for answer in ("possible", "impossible", "undecided"):
        some = [result for result in results if result[0] == answer]
        if some:
            ours, build, solve = (median(result[i] for result in some) for i in (1, 2, 3))
            longest = max(result[1] for result in some)
            print(
                f"| {name} | {answer} {len(some)} | {ours * 1e3:.2f} ({longest * 1e3:.2f})"
                f" | {solve * 1e3:.1f} + {build * 1e3:.1f} | {solve / ours:.2f} |",
                flush=True,
            )


def heads(title: str) -> None:
    """The head of a table."""
    print(f"\n{title}\n| instance | answers | ours ms, median (max) | CP-SAT ms, solve + build | "
          "CP-SAT solve / ours |\n|---|---|---|---|---|")  # fmt: skip


def hardest(start: int, to: int) -> None:
    """Ten people to a step."""
    heads("Phase transition")
    for k, separations in HARDEST.items():
        for differ in separations if start <= k <= to else ():
            made = [phase(k, 10 * k, differ, seed) for seed in range(ROUNDS[k])]
            row(f"k={k} n={10 * k} separations={differ}", [against(process) for process in made])


def everyday(to: int) -> None:
    """Office-like; CP-SAT only where its model can be built in reasonable time."""
    heads("Office-like")
    global wsp_cpsat  # noqa: PLW0603
    kept = wsp_cpsat
    for k, n in ((4, 30), (8, 50), (12, 500), (20, 500), (20, 5000), (30, 5000), (30, 50_000)):
        if k <= to:
            wsp_cpsat = kept if n <= 500 else None
            people = staff(n)
            row(f"k={k} n={n}", [against(office(k, people, seed)) for seed in range(7)])
    wsp_cpsat = kept


def thousand(count: int = 1000, n: int = 5000) -> None:
    """All static questions about many definitions."""
    people, rnd = staff(n), random.Random(3)
    made = [office(rnd.randint(4, 20), people, seed) for seed in range(count)]
    times, open_ = [], 0
    for process in made:
        answer, spent = timed(lambda process=process: standing(process, 2))
        times.append(spent)
        open_ += any(
            isinstance(part, Undecided)
            for part in (answer.fewest, answer.pillars, answer.resilience)
        )
    times.sort()
    print(f"\n{count} definitions, {n} people: fewest, pillars, 2-resilience: {sum(times):.2f} s, "
          f"median {median(times) * 1e3:.2f} ms, 99th {times[count * 99 // 100] * 1e3:.1f} ms, "
          f"undecided {open_}", flush=True)  # fmt: skip


def dead_ends() -> None:
    """Walk cases to their end; candidates are tried in random order."""
    print("\n| dead ends | runs | rules checked at the claim | safe to act |\n|---|---|---|---|")
    for k, n, separated in (
        (6, 12, 0.25),
        (8, 20, 0.2),
        (12, 30, 0.15),
        (12, 50, 0.2),
        (20, 80, 0.15),
    ):
        rnd, people = random.Random(9), staff(n)
        runs, lost = 0, [0, 0]
        for process in walkable(k, people, separated):
            order = [step.key for step in process.steps]
            rnd.shuffle(order)
            runs += 1
            lost[0] += not walk(process, order, rnd, claim)
            lost[1] += not walk(process, order, rnd, safe)
        print(f"| k={k} n={n} | {runs} | {lost[0] / runs:.1%} | {lost[1] / runs:.1%} |", flush=True)


def walkable(k: int, people: object, separated: float) -> Iterator[Process]:
    """Possible processes, three walks each."""
    for seed in range(40):
        process = office(k, people, 100 + seed, separated)
        if isinstance(find_plan(process, process.ways[0]), Plan):
            yield from (process,) * 3


def walk(process: Process, order: list[str], rnd: random.Random, may: Callable[..., bool]) -> bool:
    """Does the case come to its end with every rule kept?"""
    acts: dict[str, int] = {}
    for step in order:
        able = [
            p for grant in process.grants if grant.step == step for p in places_of(grant.people)
        ]
        rnd.shuffle(able)
        chosen = next((place for place in able if may(process, step, place, acts)), None)
        if chosen is None:
            return False
        acts[step] = chosen
    plan = Plan(tuple(acts.items()))
    return broken(process, process.ways[0], plan) == ()


def claim(process: Process, step: str, place: int, acts: dict[str, int]) -> bool:
    """What engines do that look only at the acts so far (a minimum is seen when it is too late)."""
    now = {**acts, step: place}
    return all(
        type(rule).__name__ == "AtLeast" or keeps(rule, {s: now[s] for s in rule.scope & set(now)})
        for rule in process.rules
    )


def safe(process: Process, step: str, place: int, acts: dict[str, int]) -> bool:
    """What we do."""
    return isinstance(may_act(process, step, place, acts), Safe)


def next_step() -> None:
    """The whole list of who may act next, in the middle of a case."""
    for k, n in ((8, 50), (12, 500), (20, 5000), (30, 50_000)):
        times = []
        people = staff(n)
        for seed in range(7):
            process = office(k, people, seed)
            plan = find_plan(process, process.ways[0])
            if isinstance(plan, Plan):
                done = dict(plan.acts[: k // 2])
                step = plan.acts[k // 2][0]
                times.append(timed(lambda p=process, s=step, d=done: who_may_act(p, s, d))[1])
        print(f"who may act next, k={k} n={n}: {median(times) * 1e3:.2f} ms", flush=True)


def instances(folder: Path) -> None:
    """Files of others, with their answers."""
    counts = dict.fromkeys(("solved", "right", "wrong", "undecided", "without a known answer"), 0)
    times = []
    for name, process, possible in read_all(folder):
        answer, spent = timed(lambda p=process: find_plan(p, p.ways[0], budget=BUDGET))
        times.append(spent)
        if isinstance(answer, Undecided):
            counts["undecided"] += 1
        else:
            counts["solved"] += 1
            known = possible is not None
            right = known and possible == (answer is not None)
            counts["right" if right else "wrong" if known else "without a known answer"] += 1
        print(f"{name}: {word(answer)} {spent * 1e3:.1f} ms", flush=True)
    print(", ".join(f"{key} {value}" for key, value in counts.items()))
    if times:
        print(f"median {median(times) * 1e3:.2f} ms, longest {max(times):.1f} s")


def main() -> None:
    """All tables, or the instances of a folder."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--instances", type=Path, help="a folder of instance files")
    parser.add_argument("--from", dest="start", type=int, default=4, help="fewest steps")
    parser.add_argument("--to", type=int, default=60, help="most steps")
    parser.add_argument("--hardest", action="store_true", help="only the phase transition")
    chosen = parser.parse_args()
    if chosen.instances:
        instances(chosen.instances)
        return
    if wsp_cpsat is None:
        print("OR-Tools is not installed: nothing to compare with; its columns say nan.")
    if not chosen.hardest:
        everyday(chosen.to)
        thousand()
        next_step()
        dead_ends()
    hardest(chosen.start, chosen.to)


if __name__ == "__main__":
    main()
