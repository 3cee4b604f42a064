"""Single machine, total weighted tardiness: the gap to the known optimum, file by file.

Format of the OR-Library: wtN.txt holds, for each instance, N processing times, N weights and N due
dates; wtoptN.txt (or wtbestNb.txt, wtbestNa.txt) the optimal or best known values.
"""

import math
import re
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from zhongshu.kernel.triage import Matter, dispatch, plan

Instance = tuple[list[int], list[int], list[int]]
Order = list[int]


def numbers(path: Path) -> list[int]:
    return [int(word) for word in path.read_text().split()]


def instances(path: Path, n: int) -> list[Instance]:
    data = numbers(path)
    blocks = [data[at : at + 3 * n] for at in range(0, len(data), 3 * n)]
    return [(block[:n], block[n : 2 * n], block[2 * n :]) for block in blocks]


def optima(folder: Path, n: int) -> list[int] | None:
    for name in (f"wtopt{n}.txt", f"wtbest{n}b.txt", f"wtbest{n}a.txt"):
        if (folder / name).exists():
            return numbers(folder / name)
    return None


def cost(order: Order, instance: Instance) -> int:
    need, weight, due = instance
    now = total = 0
    for j in order:
        now += need[j]
        total += weight[j] * max(0, now - due[j])
    return total


def edd(instance: Instance) -> Order:
    return sorted(range(len(instance[0])), key=lambda j: instance[2][j])


def wspt(instance: Instance) -> Order:
    need, weight, _ = instance
    return sorted(range(len(need)), key=lambda j: need[j] / weight[j])


def dispatched(instance: Instance, index: Callable[..., float]) -> Order:
    """Choose the greatest index anew after each; index(need, weight, slack, mean need)."""
    need, weight, due = instance
    left, order, now = list(range(len(need))), [], 0
    while left:
        mean = sum(need[j] for j in left) / len(left)
        best = max(left, key=lambda j: index(need[j], weight[j], due[j] - need[j] - now, mean))
        left.remove(best)
        order.append(best)
        now += need[best]
    return order


def atc(k: float) -> Callable[[Instance], Order]:
    def index(p: int, w: int, slack: int, mean: float) -> float:
        return w / p * math.exp(-max(slack, 0) / (k * mean))

    return lambda instance: dispatched(instance, index)


def covert(k: float, by_mean: bool) -> Callable[[Instance], Order]:
    def index(p: int, w: int, slack: int, mean: float) -> float:
        scale = k * (mean if by_mean else p)
        return w / p * (1 - max(slack, 0) / scale) if slack < scale else -1e-9 * (slack + p)

    return lambda instance: dispatched(instance, index)


def matters(instance: Instance) -> list[Matter]:
    return [Matter(j, w, p, d, 0) for j, (p, w, d) in enumerate(zip(*instance, strict=True))]


def ours(instance: Instance) -> Order:
    return [matter.id for matter in dispatch(matters(instance), 0)]


def planned(instance: Instance) -> Order:
    return [slot.matter.id for slot in plan(matters(instance), 0).slots]


def best_of(rules: list[Callable[[Instance], Order]]) -> Callable[[Instance], Order]:
    return lambda instance: min((rule(instance) for rule in rules), key=lambda o: cost(o, instance))


RULES: dict[str, Callable[[Instance], Order]] = {
    "EDD": edd,
    "WSPT": wspt,
    "COVERT, best of 6": best_of(
        [covert(k, False) for k in (1, 2, 3)] + [covert(k, True) for k in (2, 4, 8)]
    ),
    "ATC, K=2": atc(2),
    "ATC, best of 4": best_of([atc(k) for k in (0.5, 1, 2, 3)]),
    "our rule": ours,
    "our plan": planned,
}


def report(folder: Path) -> None:
    files = sorted(folder.glob("wt[0-9]*.txt"), key=lambda p: int(re.sub(r"\D", "", p.stem)))
    if not files:
        print(f"no wt*.txt in {folder}")
    for path in files:
        n = int(re.sub(r"\D", "", path.stem))
        cases, known = instances(path, n), optima(folder, n)
        if known is None or len(known) != len(cases):
            print(f"{path.name}: no optimal values found beside it, skipped")
            continue
        print(f"\n{path.name}: {len(cases)} instances, {sum(v == 0 for v in known)} optima are 0")
        print("rule               total gap  median gap  optimal    below  cpu ms mean, max")
        for name, rule in RULES.items():
            show(name, rule, cases, known)


def show(
    name: str, rule: Callable[[Instance], Order], cases: list[Instance], known: list[int]
) -> None:
    found, spent = [], []
    for case in cases:
        start = time.process_time()
        order = rule(case)
        spent.append((time.process_time() - start) * 1e3)
        assert sorted(order) == list(range(len(case[0])))
        found.append(cost(order, case))
    gaps = [a / b - 1 for a, b in zip(found, known, strict=True) if b]
    hits = sum(a == b for a, b in zip(found, known, strict=True))
    below = sum(a < b for a, b in zip(found, known, strict=True))
    print(
        f"{name:18} {sum(found) / sum(known) - 1:9.3%} {statistics.median(gaps):11.3%}"
        f" {hits:5}/{len(cases)} {below:6} {statistics.mean(spent):9.2f} {max(spent):9.2f}"
    )
