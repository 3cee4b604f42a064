"""Instances for the duties benchmark: made here, or read from files in two known formats.

Made: "phase transition" (random rights, as many at-most-3-of-5 rules as steps, separations tuned
so that about half the instances are possible: the hardest kind) and "office" (a dozen roles with
very unequal numbers of holders; invented sizes, not measured at a real bureau).
"""

from __future__ import annotations

import random
import re
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from zhongshu.kernel.duties.model import (
    AtLeast,
    AtMost,
    Bind,
    Dependent,
    Grant,
    Label,
    OneTeam,
    Person,
    Process,
    Rule,
    Separate,
    Staff,
    Step,
    SuperAtLeast,
)

# Separations of the hardest kind by steps: possible and impossible instances are about even. From
# 50 steps on the middle is out of reach for all, so one number on either side of it.
HARDEST = {4: (3,), 6: (6,), 8: (10,), 10: (13,), 15: (25,), 20: (36,), 25: (47,), 30: (61,),
           35: (74,), 40: (78,), 50: (92, 125), 60: (120, 177)}  # fmt: skip
ROLES = (0.55, 0.15, 0.08, 0.06, 0.05, 0.03, 0.02, 0.015, 0.01, 0.008, 0.005, 0.002)


def staff(count: int) -> Staff:
    """Numbered people."""
    return Staff(tuple(Person(str(i), Label(str(i), str(i))) for i in range(count)))


def steps(count: int) -> tuple[Step, ...]:
    """Numbered steps."""
    return tuple(Step(str(i), Label(str(i), str(i))) for i in range(count))


def scope(numbers: list[int] | tuple[int, ...]) -> frozenset[str]:
    """Step numbers as keys."""
    return frozenset(map(str, numbers))


def made(people: Staff, masks: list[int], rules: list[Rule]) -> Process:
    """A process of one way, from the people who may do each step."""
    grants = tuple(Grant(str(i), mask) for i, mask in enumerate(masks))
    return Process(people, steps(len(masks)), grants, tuple(rules))


def phase(k: int, n: int, differ: int, seed: int) -> Process:
    """The hard kind."""
    rnd = random.Random(f"{k} {n} {differ} {seed}")
    masks = [0] * k
    for person in range(n):
        for step in rnd.sample(range(k), rnd.randint(1, max(1, (k - 1) // 2))):
            masks[step] |= 1 << person
    pairs = rnd.sample(list(combinations(range(k), 2)), differ)
    rules: list[Rule] = [Separate(f"differ {i}", scope(pair)) for i, pair in enumerate(pairs)]
    some = min(5, k)
    rules += [AtMost(f"most {i}", 3, scope(rnd.sample(range(k), some))) for i in range(k)]
    return made(staff(n), masks, rules)


def office(k: int, people: Staff, seed: int, separated: float = 0.15) -> Process:
    """The everyday kind."""
    rnd = random.Random(f"office {k} {len(people.people)} {seed}")
    masks, pairs = _by_role(k, len(people.people), rnd), list(combinations(range(k), 2))
    apart = rnd.sample(pairs, round(separated * len(pairs)))
    rules: list[Rule] = [Separate(f"differ {i}", scope(pair)) for i, pair in enumerate(apart)]
    for i in range(k // 10):
        a, b = sorted(rnd.sample(range(k), 2))
        if (a, b) not in apart and masks[a] & masks[b]:
            rules.append(Bind(f"bind {i}", scope((a, b))))
    if k >= 6:
        rules.append(AtLeast("least", 3, scope(rnd.sample(range(k), 6))))
    return made(people, masks, rules)


_HELD: dict[int, list[int]] = {}


def _by_role(k: int, n: int, rnd: random.Random) -> list[int]:
    if n not in _HELD:
        dealt = random.Random(n)
        held = [0] * len(ROLES)
        for person, role in enumerate(dealt.choices(range(len(ROLES)), ROLES, k=n)):
            held[role] |= 1 << person
            if dealt.random() < 0.1:
                held[dealt.randrange(len(ROLES))] |= 1 << person
        _HELD[n] = [crowd or 1 << dealt.randrange(n) for crowd in held]
    masks = []
    for _ in range(k):
        mask = 0
        for role in rnd.sample(range(len(ROLES)), rnd.choice((1, 1, 1, 2, 2, 3))):
            mask |= _HELD[n][role]
        masks.append(mask)
    return masks


class Instance(NamedTuple):
    """A file, the process in it, and the answer beside it if there is one."""

    name: str
    process: Process
    possible: bool | None


def read_all(folder: Path) -> list[Instance]:
    """Every instance in a folder and those below it; X-solution.txt holds the answer of X.txt."""
    found = []
    for path in sorted(folder.rglob("*.txt")):
        text = path.read_text(encoding="utf-8")
        if text.startswith("#Steps") and not path.stem.endswith("-solution"):
            answer = path.with_name(f"{path.stem}-solution.txt")
            known = None
            if answer.exists():
                known = not answer.read_text(encoding="utf-8").startswith("unsat")
            found.append(Instance(str(path.relative_to(folder)), read(text), known))
    return found


def read(text: str) -> Process:
    """The published format has a line `Authorizations:`; the course format has not."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    k, n = (int(line.split(":")[1]) for line in lines[:2])
    rest = lines[3:]
    published = any(line.startswith("Authorizations") for line in rest)
    rights = _published_rights if published else _course_rights
    rules = []
    for number, line in enumerate(rest):
        rule = (_published_rule if published else _course_rule)(line, f"rule {number}")
        if rule is not None:
            rules.append(rule)
    return made(staff(n), rights(rest, k, n), rules)


def _published_rights(lines: list[str], k: int, _: int) -> list[int]:
    masks = [0] * k
    for line in lines:
        match = re.match(r"user (\d+): ([01 ]+)$", line)
        if match:
            for step, flag in enumerate(match[2].split()):
                masks[step] |= int(flag) << int(match[1]) - 1
    return masks


def _course_rights(lines: list[str], k: int, n: int) -> list[int]:
    """Whoever has no line may do everything."""
    masks, listed = [0] * k, 0
    for line in lines:
        if line.lower().startswith("authorisations"):
            (person,) = _numbers("u", line)
            listed |= 1 << person - 1
            for step in _numbers("s", line.split(None, 2)[2] if line.count(" ") > 1 else ""):
                masks[step - 1] |= 1 << person - 1
    free = ((1 << n) - 1) & ~listed
    return [mask | free for mask in masks]


def _numbers(letter: str, text: str) -> list[int]:
    return [int(number) for number in re.findall(rf"\b{letter}(\d+)\b", text)]


def _plain(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text)]


def _crowd(numbers: list[int]) -> int:
    return sum(1 << number - 1 for number in set(numbers))


def _course_rule(line: str, name: str) -> Rule | None:
    kind, _, rest = line.partition(" ")
    on = scope([number - 1 for number in _numbers("s", rest)])
    match kind.lower():
        case "separation-of-duty":
            return Separate(name, on)
        case "binding-of-duty":
            return Bind(name, on)
        case "at-most-k":
            return AtMost(name, _plain(rest)[0], on)
        case "at-least-k":
            return AtLeast(name, _plain(rest)[0], on)
        case "one-team":
            teams = re.findall(r"\(([^)]*)\)", rest)
            return OneTeam(name, on, tuple(_crowd(_numbers("u", team)) for team in teams))
    return None


def _published_rule(line: str, name: str) -> Rule | None:
    match = re.match(r"(.*?)scope ([\d ]+)(.*)$", line)
    if not match:
        return None
    kind, steps_, rest = match[1].strip(), _plain(match[2]), match[3]
    on = scope([number - 1 for number in steps_])
    if kind == "sod":
        return Separate(name, on)
    if kind == "bod":
        return Bind(name, on)
    if kind.startswith("at most"):
        return AtMost(name, _plain(kind)[0], on)
    if kind.startswith("at least"):
        return AtLeast(name, _plain(kind)[0], on)
    return _published_who(kind, name, steps_, rest)


def _published_who(kind: str, name: str, steps_: list[int], rest: str) -> Rule:
    on = scope([number - 1 for number in steps_])
    if kind == "sual":
        limit, people = rest.split("users")
        return SuperAtLeast(name, _plain(limit)[0], on, _crowd(_plain(people)))
    if kind == "wang-li":
        groups = re.findall(r"\(([^)]*)\)", rest)
        return OneTeam(name, on, tuple(_crowd(_plain(group)) for group in groups))
    if kind == "assignment-dependent":
        first, second = rest.split("and")
        a, b = (str(number - 1) for number in steps_)
        return Dependent(name, a, b, _crowd(_plain(first)), _crowd(_plain(second)))
    raise ValueError(f"unknown rule {kind!r}")
