"""Properties 41 and 42: what the proof says of a process is what happens when it is run.

If nobody can finish a case with fewer than so many people, no walk of the same process with the
same people ever does. A group that is named can really do it. A named absence really blocks, and
nothing less does.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import pytest

from zhongshu.kernel import duties
from zhongshu.kernel.duties.from_flow import TooManyWays, processes_of, ways_of
from zhongshu.kernel.duties.from_flow.checkup import check_up
from zhongshu.kernel.flow import Actor, Case, Definition, Directory, Facts, Outcome, act, begin
from zhongshu.kernel.flow import commands as c
from zhongshu.kernel.flow.case import Slot
from zhongshu.kernel.flow.codec import dump_case
from zhongshu.kernel.flow.condition import Row
from zhongshu.kernel.flow.definition import Counting, Edge, Node, NodeKind, Rule, Seat, SeatKind
from zhongshu.kernel.flow.path import decisions, live
from zhongshu.kernel.flow.people import Person, Unit

from .walk import Walk
from .world import at, node, process, stand_in

pytestmark = pytest.mark.slow
FEW = ("wang", "li", "chen", "zhao")


def small(rng: random.Random, holders: int = 2) -> tuple[Definition, Directory]:
    """A few nodes, four people, two of them perhaps standing in for another."""
    nodes, to = [], "end"
    for number in range(rng.randint(1, 3)):
        rule = rng.choice((Rule(), Rule(), Rule(Counting.COUNT, n=1)))
        seats = tuple(
            Seat(SeatKind.PERSON, rng.choice(FEW[1:]))
            if rng.random() < 0.7
            else Seat(SeatKind.POST, "post")
            for _ in range(rng.randint(1, 2))
        )
        nodes.append(
            node(
                f"n{number}",
                to,
                *seats,
                rule=rule,
                min_people=rng.choice((1, 2)) if len(seats) > 1 and rule == Rule() else 1,
                transfer=rng.choice(((), (), ("post:post",))),
                fallback=rng.choice(("", "post")),
                delegable=rng.random() < 0.8,
                on_fail="draft",
            )
        )
        to = nodes[-1].id
    if len(nodes) > 1 and rng.random() < 0.3:
        nodes = side_by_side(nodes)
    pair = tuple(rng.sample(["n0", "n1", "n2"], 2))
    conflicts = (pair,) if {n.id for n in nodes} >= set(pair) and rng.random() < 0.5 else ()
    flow = process(
        *reversed(nodes),
        conflicts=conflicts,
        min_deciders=rng.choice((1, 1, 2)),
        clerk="none",
        override="none",
    )
    posts = {"post": tuple(rng.sample(FEW[1:], rng.randint(1, holders)))}
    pairs = tuple(
        stand_in(*rng.sample(FEW, 2), rng.choice(("when_away", "exclusive", "shared")))
        for _ in range(rng.randint(0, 2))
    )
    people = {name: Person(name, "office") for name in FEW}
    return flow, Directory(people, posts, {"office": Unit("office", "li", "zhao")}, pairs)


def side_by_side(nodes: list[Node]) -> list[Node]:
    """The last two nodes as branches instead of one after the other."""
    one, other = (replace(node_, edges=(Edge("join"),)) for node_ in nodes[:2])
    split = node("split", (Edge(one.id), Edge(other.id)), kind=NodeKind.SPLIT)
    join = node("join", "end", kind=NodeKind.JOIN, split="split")
    before = [replace(node_, edges=(Edge("split"),)) for node_ in nodes[2:3]]
    return [join, one, other, split, *before]


def fewest(flow: Definition, directory: Directory) -> int:
    """The fewest people over all drafters; 0 if nobody can."""
    found = []
    for _, one in processes_of(flow, directory):
        answer = duties.fewest(one)
        assert not isinstance(answer, duties.Undecided)
        if answer.people:
            found.append(answer.people)
    return min(found, default=0)


class SmallWalk(Walk):
    """A walk whose people come and go, but are no others than those the proof looked at."""

    def __init__(self, rng: random.Random, flow: Definition, directory: Directory) -> None:
        super().__init__(rng, flow)
        self.directory = self.people = directory

    def stir(self) -> c.Command:
        who = self.rng.choice(FEW)
        self.away ^= {who}
        people = {
            name: replace_away(person, name in self.away)
            for name, person in self.directory.people.items()
        }
        self.people = replace(self.directory, people=people)
        return c.Reseat(Actor("system:people"))


def replace_away(person: Person, away: bool) -> Person:
    return person._replace(away=away)


def everybody_in(case: Case) -> set[str]:
    return {decision.actor for one in live(case.acts) for _, decision in decisions(one)}


@pytest.mark.parametrize("seed", range(60))
def test_p41_no_walk_finishes_with_fewer_people_than_proved(seed: int) -> None:
    rng = random.Random(seed)
    flow, directory = small(rng)
    least = fewest(flow, directory)
    for _ in range(12):
        walk = SmallWalk(rng, flow, directory)
        for _ in range(60):
            walk.step()
            if walk.case.state == "approved":
                assert least, "it was proved impossible"
                assert len(everybody_in(walk.case)) >= least
                break
            if walk.case.state in {"rejected", "withdrawn", "closed_by_override", "lapsed"}:
                break


class Replay:
    """Tries to finish a case with a group alone: nobody else decides, though he may hand on.

    At each step anybody may be away just then, and stand-ins may be in force or not: the proof
    allows for all of these.
    """

    def __init__(
        self,
        flow: Definition,
        directory: Directory,
        plan: dict[str, str],
        absent: frozenset[str] = frozenset(),
    ) -> None:
        self.flow, self.directory, self.plan = flow, directory, plan
        self.group = sorted(set(plan.values()))
        others = [person for person in FEW if person not in self.group]
        self.moments = [
            at(
                people=replace(
                    directory,
                    people=_with_away(directory, absent.union(away)),
                    stand_ins=pairs,
                )
            )
            for pairs in (directory.stand_ins, ())
            for size in range(len(FEW))
            for away in combinations([*others, *self.group], size)
        ]
        self.dead: set[str] = set()

    def works(self) -> bool:
        case = begin(self.flow, "1", Actor(self.plan["draft"]))
        submit = c.Submit(Actor(self.plan["draft"]), {"a": 1})
        starts = [act(self.flow, case, submit, facts) for facts in self.moments]
        return any(self.ends(one.case) for one in starts if isinstance(one, Outcome))

    def ends(self, case: Case) -> bool:
        """Whether the group can bring the case from here to its end."""
        if case.state == "approved":
            return True
        shape = dump_case(case._replace(head=case.head._replace(revision=0)))
        if shape in self.dead or len(self.dead) > 400:
            return False
        self.dead.add(shape)
        return any(self.ends(further) for further in self.steps(case))

    def steps(self, case: Case) -> Iterator[Case]:
        for facts in self.moments:
            seated = act(self.flow, case, c.Reseat(Actor("system:people")), facts)
            assert isinstance(seated, Outcome)
            for one in live(seated.case.acts):
                for slot in one.slots:
                    if one.state == "open" and slot.state == "open":
                        yield from self.hands(seated.case, slot, facts)

    def hands(self, case: Case, slot: Slot, facts: Facts) -> Iterator[Case]:
        for who in {slot.holder, slot.also} - {""}:
            at_ = (Actor(who), slot.id, slot.rev)
            commands: list[c.Command] = [
                c.Transfer(*at_, other, "as planned") for other in self.group if other != who
            ]
            if who in self.group:
                commands.insert(0, c.Decide(*at_, case.content.digest, "approve"))
            for command in commands:
                result = act(self.flow, case, command, facts)
                if isinstance(result, Outcome):
                    yield result.case


@pytest.mark.parametrize("seed", range(150))
def test_p41_a_path_that_is_told_can_be_played(seed: int) -> None:
    """With one holder a post: of several, the later ones act only after a round of returning."""
    flow, directory = small(random.Random(seed), holders=1)
    for _, one in processes_of(flow, directory):
        answer = duties.fewest(one)
        assert not isinstance(answer, duties.Undecided)
        if answer.plan is not None:
            plan = {step: one.staff.people[place].key for step, place in answer.plan.acts}
            assert Replay(flow, directory, plan).works(), (seed, plan)


def _with_away(directory: Directory, absent: frozenset[str]) -> dict[str, Person]:
    return {n: p._replace(away=n in absent) for n, p in directory.people.items()}


def finishes(flow: Definition, directory: Directory, absent: frozenset[str]) -> bool:
    """Whether anybody at all can bring a case to its end while these people are away."""
    there = [person for person in FEW if person not in absent]
    plans = [{"draft": drafter, **{p: p for p in there}} for drafter in there]
    return any(Replay(flow, directory, plan, absent).works() for plan in plans)


@pytest.mark.parametrize("seed", range(60))
def test_p42_a_named_absence_blocks_and_nothing_less_does(seed: int) -> None:
    flow, directory = small(random.Random(seed), holders=1)
    for one in check_up(flow, directory, absences=2):
        assert one.decided
        named = {block.absent for block in one.blocks}
        for absent in named:
            assert not finishes(flow, directory, frozenset(absent)), (seed, absent)
            for person in absent:
                assert finishes(flow, directory, frozenset(absent) - {person}), (seed, absent)
        if not named:
            for person in FEW:
                assert finishes(flow, directory, frozenset({person}))


def test_a_lone_finisher_through_a_stand_in_is_told_as_a_story() -> None:
    flow = process(node("review", "pay", "chen"), node("pay", "end", "zhao"))
    pairs = (stand_in("zhao", "chen"),)
    directory = Directory({n: Person(n, "office") for n in FEW}, stand_ins=pairs)
    names = {"wang": "王", "chen": "陈", "zhao": "赵", "li": "李"}
    ((_, one),) = processes_of(flow, directory, names)
    answer = duties.fewest(one)
    assert isinstance(answer, duties.Fewest)
    assert answer.people == 2
    told = duties.tell(one, answer.plan)
    assert "陈" in told.zh
    assert "赵" in told.zh
    safe = replace(flow, min_deciders=2)
    ((_, two),) = processes_of(safe, directory, names)
    assert duties.fewest(two).people == 3


def test_ways_through_choices_branches_and_loops() -> None:
    flow = process(
        node("a", (Edge("s", Row("a", ">", 1)), Edge("z")), "li"),
        node(
            "s",
            (Edge("x", Row("a", ">", 1)), Edge("y", Row("b", ">", 1)), Edge("j")),
            kind=NodeKind.INCLUSIVE,
        ),
        node("x", "j", "chen"),
        node("y", "j", "zhao", "zhou", rule=Rule(Counting.COUNT, n=1)),
        node("j", "z", kind=NodeKind.JOIN, split="s"),
        node(
            "z",
            (Edge("a", Row("b", ">", 1)), Edge("end")),
            "wu",
            on_fail="edge",
            fail_edges=(Edge("end"),),
        ),
    )
    ways = {tuple(sorted(way - {"draft"})) for way in ways_of(flow)}
    assert ways == {
        ("a.0", "z.0"),
        ("a.0", "x.0", "z.0"),
        ("a.0", "y.0", "z.0"),
        ("a.0", "y.1", "z.0"),
        ("a.0", "x.0", "y.0", "z.0"),
        ("a.0", "x.0", "y.1", "z.0"),
    }
    wide = process(
        node("s", tuple(Edge(f"b{i}") for i in range(8)), kind=NodeKind.SPLIT),
        *(
            node(f"b{i}", "j", "li", "chen", "zhao", rule=Rule(Counting.COUNT, n=1))
            for i in range(8)
        ),
        node("j", "end", kind=NodeKind.JOIN, split="s"),
    )
    with pytest.raises(TooManyWays):
        ways_of(wide)


def test_relations_are_resolved_for_each_kind_of_drafter() -> None:
    seat = Seat(SeatKind.RELATION, "unit_head", above_initiator=True)
    flow = process(node("n", "end", seat))
    people = {
        "wang": Person("wang", "office"),
        "li": Person("li", "office", 2),
        "chen": Person("chen", "finance"),
    }
    units = {"office": Unit("office", "li"), "finance": Unit("finance")}
    found = {
        (group.unit, group.rank): duties.fewest(one).people
        for group, one in processes_of(flow, Directory(people, {}, units))
    }
    assert found == {("finance", 0): 0, ("office", 0): 2, ("office", 2): 0}
