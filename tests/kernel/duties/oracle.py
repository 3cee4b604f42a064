"""Small random processes, and every plan of each by trying them all."""

from collections.abc import Iterator
from functools import cached_property
from itertools import combinations, product
from random import Random

from zhongshu.kernel.duties.model import (
    AtLeast,
    AtMost,
    Bar,
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
    Way,
)

KINDS = ["differ", "differ", "bind", "most", "least", "team", "super", "dependent", "bar"]


def staff(count: int) -> Staff:
    """People named p0, p1, ..."""
    return Staff(tuple(Person(f"p{i}", Label(f"人{i}", f"Person {i}")) for i in range(count)))


def steps(count: int) -> tuple[Step, ...]:
    """Steps named s0, s1, ..."""
    return tuple(Step(f"s{i}", Label(f"办{i}", f"does {i}")) for i in range(count))


def rule(kind: str, name: str, keys: list[str], people: int, rnd: Random) -> Rule:
    """A random rule of a kind over some of the steps."""
    some = frozenset(rnd.sample(keys, rnd.randint(min(2, len(keys)), len(keys))))
    if len(keys) == 1 and kind == "dependent":
        kind = "bar"
    two = rnd.sample(keys, 2) if len(keys) > 1 else keys * 2
    crowd = [rnd.randrange(1, 1 << people) for _ in range(3)]
    made: dict[str, Rule] = {
        "differ": Separate(name, frozenset(two)),
        "bind": Bind(name, frozenset(two)),
        "most": AtMost(name, rnd.randint(1, 3), some),
        "least": AtLeast(name, rnd.randint(1, 3), some),
        "team": OneTeam(name, some, tuple(crowd[: rnd.randint(1, 3)])),
        "super": SuperAtLeast(name, rnd.randint(2, 3), some, crowd[0]),
        "bar": Bar(name, frozenset(two), 1 << rnd.randrange(people)),
    }
    if kind == "dependent":
        return Dependent(name, two[0], two[1], crowd[0], crowd[1])
    return made[kind]


def process(seed: int, most_steps: int = 4, most_people: int = 5, kinds: int = 9) -> Process:
    """A random process, small enough to try every plan."""
    rnd = Random(seed)
    n, k = rnd.randint(2, most_people), rnd.randint(1, most_steps)
    keys = [f"s{i}" for i in range(k)]
    density = rnd.choice([0.3, 0.5, 0.8])
    grants = [Grant(key, sum(1 << p for p in range(n) if rnd.random() < density)) for key in keys]
    rules = [
        rule(rnd.choice(KINDS[:kinds]), f"r{i}", keys, n, rnd) for i in range(rnd.randint(0, 4))
    ]
    ways: tuple[Way, ...] = ()
    if rnd.random() < 0.4:
        ways = tuple(
            dict.fromkeys(frozenset(rnd.sample(keys, rnd.randint(1, k))) for _ in range(2))
        )
    return Process(staff(n), steps(k), tuple(grants), tuple(rules), ways)


def kept(one: Rule, acts: dict[str, int]) -> bool:
    """The rule, said once more and in other words."""
    on = [acts[step] for step in sorted(one.scope) if step in acts]
    match one:
        case Separate():
            return all(a != b for a, b in combinations(on, 2))
        case Bind():
            return all(a == b for a, b in combinations(on, 2))
        case AtMost():
            return len(set(on)) <= one.most
        case AtLeast():
            return on == [] or len(set(on)) >= one.least
    return kept_by_whom(one, on, acts)


def kept_by_whom(one: Rule, on: list[int], acts: dict[str, int]) -> bool:
    """The rules that look at who the people are."""
    match one:
        case OneTeam():
            return on == [] or any(all(team >> p & 1 for p in on) for team in one.teams)
        case SuperAtLeast():
            return len(set(on)) >= one.least or all(one.supers >> p & 1 for p in on)
        case Bar():
            return not any(one.people >> p & 1 for p in on)
    assert isinstance(one, Dependent)
    if len(on) < 2 or not one.if_by >> acts[one.first] & 1:
        return True
    return bool(one.then_by >> acts[one.second] & 1)


class Truth:
    """All plans of a process, way by way."""

    def __init__(self, of: Process, rules: tuple[Rule, ...] | None = None) -> None:
        self.process = of
        self.rules = of.rules if rules is None else rules

    def _all(self, way: Way) -> Iterator[dict[str, int]]:
        names = [step.key for step in self.process.steps if step.key in way]
        may = [
            [
                place
                for place in range(len(self.process.staff.people))
                if any(g.step == name and g.people >> place & 1 for g in self.process.grants)
            ]
            for name in names
        ]
        for chosen in product(*may):
            acts = dict(zip(names, chosen, strict=True))
            if all(kept(one, acts) for one in self.rules):
                yield acts

    @cached_property
    def plans(self) -> dict[Way, list[dict[str, int]]]:
        """Every sound plan of every way."""
        return {way: list(self._all(way)) for way in self.process.ways}

    def crowds(self, way: Way) -> set[int]:
        """The sets of people of the sound plans."""
        return {sum(1 << p for p in set(acts.values())) for acts in self.plans[way]}

    def extends(self, way: Way, done: dict[str, int]) -> bool:
        """Some sound plan agrees with what is done."""
        return any(all(acts[s] == p for s, p in done.items()) for acts in self.plans[way])

    def blocks(self, way: Way, away: int) -> bool:
        """With these people away no sound plan is left."""
        return all(crowd & away for crowd in self.crowds(way))
