"""An office in the machine: how rules of order fare when matters keep coming in.

Days of 8 hours; mornings, Mondays and month ends are busier. Five kinds of matter with lognormal
work; the rules see only the standard time of the kind, and a sender's flag that is wrong for 10 to
25 % of the matters that are not urgent. Work is done in sessions of at most an hour. All rules face
the same arrivals. Kinds, shares and times are invented: sensible, not measured in a real bureau.
"""

import heapq
import math
import random
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from triage_svg import picture

from zhongshu.kernel.triage import Guard, guarded, key

DAY = 480
SESSION = 60
WARM = 20 * DAY  # arrivals of the first days are not counted
BIG = 8

# name, share, median minutes, sigma, weight, due from and to (minutes), truly urgent, flagged
KINDS = (
    ("routine", 0.62, 12, 0.6, 1, 1440, 4800, False, 0.25),
    ("medium", 0.18, 36, 0.6, 2, 1440, 4800, False, 0.15),
    ("urgent", 0.10, 15, 0.6, 3, 240, 720, True, 0.95),
    ("most urgent", 0.03, 18, 0.5, 5, 60, 240, True, 1.0),
    ("big", 0.07, 150, 0.6, BIG, 1920, 9600, False, 0.10),
)
WEEK = (1.35, 1.05, 0.95, 0.9, 0.75)


@dataclass(slots=True)
class Job:
    id: int
    arrived: int
    work: int
    need: int
    due: int
    weight: int
    urgent: bool
    flag: bool
    touched: int
    gap: int = 0
    end: int = 0


Rule = Callable[[Job, int, float], tuple[float, ...]]


def arrivals(days: int, load: float, clerks: int, seed: int) -> list[Job]:
    chance = random.Random(seed)
    mean = sum(kind[1] * kind[2] * math.exp(kind[3] ** 2 / 2) for kind in KINDS)
    pace, now, jobs = load * clerks / mean, 0.0, []
    while now < days * DAY:
        now += chance.expovariate(pace * busy(now))
        _, _, median, sigma, weight, low, high, urgent, flagged = chance.choices(
            KINDS, [kind[1] for kind in KINDS]
        )[0]
        work = max(1, round(median * math.exp(chance.gauss(0, sigma))))
        at, standard = round(now), round(median * math.exp(sigma**2 / 2))
        due = at + max(work, round(chance.uniform(low, high)))
        flag = chance.random() < flagged
        jobs.append(Job(len(jobs), at, work, standard, due, weight, urgent, flag, at))
    return jobs


def busy(now: float) -> float:
    day, hour = int(now // DAY), now % DAY / 60
    shape = WEEK[day % 5] * (1.25 if day % 21 >= 18 else 0.96)
    return shape * (1.3 if hour < 2 else 1.1 if 4 <= hour < 6 else 0.8)


class Office:
    """Clerks who work everything off by a rule; nothing is broken off within a session."""

    def __init__(self, jobs: list[Job], clerks: int, rule: Rule, guard: Guard | None) -> None:
        self.free = [0] * clerks  # when each clerk is next free
        self.away: list[tuple[int, int, Job]] = []  # being worked on, back at
        self.coming = jobs[::-1]
        self.waiting: list[Job] = []
        self.rule, self.guard = rule, guard
        self.day, self.used = -1, 0

    def work(self) -> None:
        """Until nothing is left."""
        while self.waiting or self.away or self.coming:
            now = heapq.heappop(self.free)
            if not self.waiting:
                now = max(now, self.soonest())
            self.arrive(now)
            if self.waiting:
                heapq.heappush(self.free, self.session(self.choose(now), now))
            else:
                heapq.heappush(self.free, now + 1)

    def soonest(self) -> int:
        """When the next matter comes in or back."""
        return min([job.arrived for job in self.coming[-1:]] + [at for at, _, _ in self.away[:1]])

    def arrive(self, now: int) -> None:
        while self.away and self.away[0][0] <= now:
            job = heapq.heappop(self.away)[2]
            self.waiting += [job] if job.work else []
        while self.coming and self.coming[-1].arrived <= now:
            self.waiting.append(self.coming.pop())

    def choose(self, now: int) -> Job:
        if now // DAY != self.day:
            self.day, self.used = now // DAY, 0
        job = guarded(self.waiting, now, self.guard, self.used) if self.guard else None
        self.used += job is not None
        if job is None:
            mean = statistics.fmean(other.need for other in self.waiting)
            job = min(self.waiting, key=lambda other: self.rule(other, now, mean))
        self.waiting.remove(job)
        return job

    def session(self, job: Job, now: int) -> int:
        """Work on it for at most an hour; when the clerk is free again."""
        spent = min(SESSION, job.work)
        job.gap = max(job.gap, now - job.touched)
        job.touched = job.end = now + spent
        job.work -= spent
        job.need = max(6, job.need - spent)
        heapq.heappush(self.away, (job.end, job.id, job))
        return job.end


def atc(job: Job, now: int, mean: float) -> tuple[float, ...]:
    slack = max(job.due - job.need - now, 0)
    return (-job.weight / job.need * math.exp(-slack / (2 * mean)), job.id)


def ours(job: Job, now: int, _mean: float) -> tuple[float, ...]:
    return key(job, now), job.due, job.id


RULES: dict[str, tuple[Rule, bool]] = {  # and whether the guard stands by
    "FIFO": (lambda job, _now, _mean: (job.arrived, job.id), False),
    "urgent flag first": (lambda job, _now, _mean: (not job.flag, job.arrived, job.id), False),
    "four quadrants": (
        lambda job, _now, _mean: (-2 * (job.weight >= 5) - job.flag, job.arrived, job.id),
        False,
    ),
    "EDD": (lambda job, _now, _mean: (job.due, job.id), False),
    "ATC": (atc, False),
    "ours, no guard": (ours, False),
    "ours": (ours, True),
}
MEASURES = ("weighted lateness, h per matter", "urgent late, %", "big untouched, days (95th)")
OFFICES = (
    ("3 clerks, load 0.95", 3, 0.95),
    ("1 clerk, load 1.0", 1, 1.0),
    ("3 clerks, load 1.03", 3, 1.03),
)

# two-sided 95 % quantiles of Student's t by degrees of freedom
STUDENT = {2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 6: 2.447, 7: 2.365, 8: 2.306, 9: 2.262}
STUDENT |= {11: 2.201, 14: 2.145, 19: 2.093, 24: 2.064, 29: 2.045}


def measures(done: list[Job]) -> tuple[float, float, float]:
    counted = [job for job in done if job.arrived > WARM]
    urgent = [job for job in counted if job.urgent]
    gaps = sorted(job.gap for job in counted if job.weight == BIG)
    late = sum(job.weight * max(0, job.end - job.due) for job in counted) / len(counted) / 60
    return (
        late,
        100 * statistics.fmean(job.end > job.due for job in urgent),
        gaps[int(0.95 * len(gaps))] / DAY,
    )


def interval(values: list[float]) -> tuple[float, float]:
    """Mean and half width of the 95 % interval over the seeds."""
    freedom = max(known for known in STUDENT if known <= len(values) - 1)
    return statistics.fmean(values), STUDENT[freedom] * statistics.stdev(values) / math.sqrt(
        len(values)
    )


def report(seeds: int, days: int, svg: Path | None) -> None:
    if seeds < 3:
        raise SystemExit("at least three seeds, or there is no interval to speak of")
    print(f"{days} days, {seeds} seeds; mean and 95 % interval over seeds, same arrivals for all")
    offices = []
    for title, clerks, load in OFFICES:
        print(f"\n{title}\n{'':18}" + "".join(f"{name:>34}" for name in MEASURES), flush=True)
        each = {name: trials(name, clerks, load, seeds, days) for name in RULES}
        found = {name: [interval(values) for values in columns] for name, columns in each.items()}
        for name, columns in found.items():
            print(f"{name:18}{cells(columns)}")
        print("less than ours (-) or more (+), pair by pair", flush=True)
        for name in [name for name in RULES if name != "ours"]:
            print(f"{name:18}{cells(differences(each[name], each['ours']))}", flush=True)
        offices.append((title, found))
    if svg:
        svg.write_text(picture(offices, MEASURES, f"{days} days, {seeds} seeds"), encoding="utf-8")
        print(f"\npicture: {svg}")


Columns = list[list[float]]


def trials(name: str, clerks: int, load: float, seeds: int, days: int) -> Columns:
    """For each measure, its value under each seed."""
    rule, guards = RULES[name]
    guard = Guard(weight=BIG, after=3 * DAY, a_day=clerks) if guards else None
    found = []
    for seed in range(seeds):
        jobs = arrivals(days, load, clerks, 3000 + seed)
        Office(jobs, clerks, rule, guard).work()
        found.append(measures(jobs))
    return [list(values) for values in zip(*found, strict=True)]


def differences(theirs: Columns, ours: Columns) -> list[tuple[float, float]]:
    pairs = zip(theirs, ours, strict=True)
    return [interval([a - b for a, b in zip(*pair, strict=True)]) for pair in pairs]


def cells(columns: list[tuple[float, float]]) -> str:
    return "".join(f"{mean:23.3f} ± {half:8.3f}" for mean, half in columns)
