"""A drunken office: random processes, random people, random verbs, and every rule checked after
every step. `make walk STEPS=1000000` for a long one; the tests run a short one.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from dataclasses import replace
from typing import Any

from zhongshu.kernel.errors import Refused
from zhongshu.kernel.flow import Actor, Case, Definition, Facts, act, apply, begin, todo
from zhongshu.kernel.flow import commands as c
from zhongshu.kernel.flow.case import Activation, Outcome, Slot
from zhongshu.kernel.flow.codec import dump_case, dump_event, load_case, load_event
from zhongshu.kernel.flow.condition import Row
from zhongshu.kernel.flow.definition import Counting, Edge, Node, NodeKind, Rule, Seat, SeatKind
from zhongshu.kernel.worktime import Limit

from . import oracle
from .world import PEOPLE, POSTS, UNITS, at, directory, person, process, stand_in

RULES = [
    Rule(),
    Rule(),
    Rule(Counting.SEQUENTIAL),
    Rule(Counting.COUNT, n=1),
    Rule(Counting.COUNT, n=2),
    Rule(Counting.AT_LEAST, p=2, q=3),
    Rule(Counting.MORE_THAN, p=1, q=2),
]
KINDS = [NodeKind.DECIDE] * 6 + [
    NodeKind.TASK,
    NodeKind.TASK,
    NodeKind.ACKNOWLEDGE,
    NodeKind.INSTRUCT,
]
FIELDS = ("a", "b", "c")


class Builder:
    """Builds a random well-formed process: blocks one after the other, blocks inside branches."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.nodes: list[Node] = []
        self.duties: list[str] = []

    def name(self, kind: str) -> str:
        return f"{kind}{len(self.nodes)}"

    def chain(self, length: int, depth: int, to: str) -> str:
        """A chain of blocks that leads to `to`; the name of its first node."""
        for _ in range(length):
            to = self.block(depth, to)
        return to

    def block(self, depth: int, to: str) -> str:
        roll = self.rng.random()
        if depth and roll < 0.3:
            return self.branches(depth - 1, to)
        if roll < 0.36:
            name = self.name("sub")
            self.nodes.append(Node(name, name, NodeKind.CASE, (Edge(to),), sub="child"))
            return name
        return self.people(to)

    def people(self, to: str) -> str:
        rng, name = self.rng, self.name("n")
        rule, kind = rng.choice(RULES), rng.choice(KINDS)
        seats = [self.seat() for _ in range(rng.choice((1, 1, 2, 3)))]
        if rule.kind is Counting.COUNT:
            seats = [replace(s, weight=1) for s in seats]
            rule = rule._replace(n=min(rule.n, len(seats)))
        edges: tuple[Edge, ...] = (Edge(to),)
        if self.nodes and rng.random() < 0.15:
            later = self.nodes[-1].id if self.nodes[-1].kind is not NodeKind.JOIN else to
            edges = (Edge(later if self.same_level(later, to) else to, Row("a", ">", 2)), Edge(to))
        joint = rule.kind in {Counting.ALL, Counting.SEQUENTIAL} and len(seats) > 1
        self.nodes.append(
            Node(
                name,
                name,
                kind,
                edges,
                tuple(seats),
                rule,
                race=rule == Rule(Counting.COUNT, n=1) and rng.random() < 0.2,
                hold_open=rng.random() < 0.1,
                abstain=rng.random() < 0.3,
                min_people=2 if joint and rng.random() < 0.7 else 1,
                limit=rng.choice((None, Limit(200), Limit(2, "days"))),
                relies=tuple(rng.sample(FIELDS, rng.randint(0, 3))) if rng.random() < 0.7 else None,
                edits=(rng.choice(FIELDS),) if kind is NodeKind.TASK and rng.random() < 0.5 else (),
                always_fresh=rng.random() < 0.15,
                delegable=rng.random() < 0.85,
                on_fail=rng.choice(("end", "draft", "draft")),
                fallback=rng.choice(("", "spare")),
                transfer=("any",),
                add=("any",),
                beside=rng.random() < 0.3,
                add_depth=rng.choice((1, 1, 2)),
                assign="clerk",
                claim_within=rng.choice((None, Limit(100))),
                take_back=rng.choice(("undecided", "unopened")),
                effects=("number",) if rng.random() < 0.08 else (),
            )
        )
        self.duties.append(name)
        return name

    def same_level(self, later: str, to: str) -> bool:
        """Skipping ahead is only drawn to the block right after the next, on the same level."""
        return any(n.id == later and n.edges and n.edges[-1].to == to for n in self.nodes)

    def seat(self) -> Seat:
        rng = self.rng
        roll = rng.random()
        extra: dict[str, Any] = {
            "weight": rng.choice((1, 1, 2)),
            "veto": rng.random() < 0.15,
            "duty": rng.choice(("", "", "look", "sign")),
            "not_own_unit": rng.random() < 0.05,
        }
        if roll < 0.6:
            return person(rng.choice(PEOPLE), **extra)
        if roll < 0.7:
            return Seat(SeatKind.POST, rng.choice(tuple(POSTS)), **extra)
        if roll < 0.8:
            return Seat(SeatKind.UNIT, rng.choice(tuple(UNITS)), **extra)
        if roll < 0.9:
            return Seat(
                SeatKind.RELATION, rng.choice(("unit_head", "unit_leader", "upper_head")), **extra
            )
        return Seat(SeatKind.POOL, rng.choice(("finance", "office", "override")), **extra)

    def branches(self, depth: int, to: str) -> str:
        rng = self.rng
        split, join = self.name("split"), self.name("join")
        self.nodes.append(Node(join, join, NodeKind.JOIN, (Edge(to),), split=split))
        heads = [self.chain(rng.randint(1, 2), depth, join) for _ in range(rng.randint(2, 3))]
        if rng.random() < 0.4:
            edges = tuple(
                Edge(head, Row("b", ">", i) if i < len(heads) - 1 else None)
                for i, head in enumerate(heads)
            )
            self.nodes.append(Node(split, split, NodeKind.INCLUSIVE, edges))
        else:
            self.nodes.append(Node(split, split, NodeKind.SPLIT, tuple(map(Edge, heads))))
        return split


def random_process(rng: random.Random) -> Definition:
    builder = Builder(rng)
    first = builder.chain(rng.randint(1, 4), 2, "end")
    duties = [*builder.duties, "look", "sign", "draft"]
    pairs = (
        tuple(
            (one, other) for one, other in (rng.sample(duties, 2) for _ in range(rng.randint(0, 2)))
        )
        if len(duties) > 3
        else ()
    )
    return process(
        *reversed(builder.nodes),
        start=first,
        conflicts=pairs,
        min_deciders=rng.choice((0, 1, 2)),
        carry=rng.choice(("smart", "smart", "straight", "replay")),
        max_returns=rng.choice((3, 30)),
        recall=rng.choice(("any", "before_decision", "never")),
        hops=rng.choice((1, 1, 2)),
        fallback_repeats=rng.random() < 0.3,
    )


class Walk:
    """One case, walked at random."""

    def __init__(self, rng: random.Random, definition: Definition | None = None) -> None:
        self.rng = rng
        self.definition = definition or random_process(rng)
        self.case = begin(self.definition, "1", Actor("wang"))
        self.first = self.case
        self.events: list[str] = []
        self.minute = 0
        self.away: set[str] = set()
        self.gone: set[str] = set()
        self.pairs: list[Any] = []
        self.people = directory()
        self.count: Counter[str] = Counter()

    # --- the world

    def facts(self) -> Facts:
        return at(self.minute, self.people)

    def stir(self) -> c.Command:
        """People leave, return, get and lose stand-ins; then the machine looks again."""
        rng = self.rng
        who = rng.choice(PEOPLE)
        roll = rng.random()
        if roll < 0.35:
            self.away.add(who)
        elif roll < 0.8:
            self.away.discard(who)
        elif roll < 0.9 and len(self.pairs) < 4:
            mode = rng.choice(("when_away", "exclusive", "shared"))
            deputy = rng.choice([p for p in PEOPLE if p != who])
            self.pairs.append(stand_in(who, deputy, mode, end=self.minute + rng.randint(10, 2000)))
        elif roll < 0.95 and self.pairs:
            self.pairs.pop(rng.randrange(len(self.pairs)))
        elif len(self.gone) < 2 and who != "wang":
            self.gone.add(who)
        self.people = directory(
            away=tuple(self.away), gone=tuple(self.gone), stand_ins=tuple(self.pairs)
        )
        return c.Reseat(Actor("system:people"))

    # --- commands

    def any_slot(self) -> tuple[Activation, Slot] | None:
        found = [(a, s) for a in oracle.live(self.case) if a.state == "open" for s in a.slots]
        ripe = [(a, s) for a, s in found if s.state in {"open", "lent", "blocked"}]
        if ripe and self.rng.random() < 0.9:
            return self.rng.choice(ripe)
        return self.rng.choice(found) if found else None

    def somebody(self, slot: Slot) -> str:
        """Usually whose turn it is; sometimes anybody."""
        if self.rng.random() < 0.04:
            return self.rng.choice(PEOPLE)
        return slot.also if slot.also and self.rng.random() < 0.5 else slot.holder or "huang"

    def command(self) -> c.Command:
        rng = self.rng
        if self.case.state in {"draft", "returned"} and rng.random() < 0.8:
            changes = {rng.choice(FIELDS): rng.randint(0, 4)} if rng.random() < 0.7 else {}
            return c.Submit(Actor("wang"), {f: v for f, v in changes.items() if f in self.mine()})
        found = self.any_slot()
        if found is None:
            return self.stir() if rng.random() < 0.5 else self.anything()
        child = next((a for a in oracle.live(self.case) if a.state == "open" and not a.slots), None)
        if child and rng.random() < 0.15:
            result = rng.choice(("approved", "approved", "rejected", "returned"))
            return c.ChildEnded(Actor("system:flow"), child.id, "c", result)
        return self.about(*found)

    def mine(self) -> set[str]:
        later = {name for n in self.definition.nodes for name in n.edits}
        return set(FIELDS) - later

    def about(self, act_: Activation, slot: Slot) -> c.Command:
        rng = self.rng
        by, other = Actor(self.somebody(slot)), rng.choice(PEOPLE)
        at_ = (by, slot.id, slot.rev)
        seen = self.case.content.digest
        n = self.definition.by_id[act_.node]
        roll = rng.random()
        if roll < 0.46:
            return self.decide(n, slot, at_, seen)
        if roll < 0.52:
            targets = [a.node for a in oracle.live(self.case)] or ["draft"]
            return c.SendBack(*at_, seen, rng.choice([*targets, "draft"]), "field a", self.carry())
        if roll < 0.60:
            return self.take_back()
        if roll < 0.66:
            return c.AddSigner(
                *at_,
                other,
                rng.choice(("before", "after", "beside")),
                rng.choice((None, True, False)),
            )
        if roll < 0.69:
            return c.DropSigner(Actor(slot.adder or by.person), slot.id, slot.rev)
        if roll < 0.73:
            return c.Transfer(*at_, other, "better placed")
        if roll < 0.78:
            return c.Consult(*at_, other, "well?", rng.random() < 0.6)
        if roll < 0.82:
            return self.answer()
        return self.anything() if roll < 0.9 else self.stir()

    def carry(self) -> Any:
        return self.rng.choice(("", "", "smart", "replay", "straight"))

    def decide(self, n: Node, slot: Slot, at_: Any, seen: str) -> c.Command:
        rng = self.rng
        if slot.principal == "" and slot.state == "open":
            claimer = rng.choice(PEOPLE)
            if rng.random() < 0.8:
                return c.Claim(Actor(claimer), slot.id, slot.rev)
            return c.Assign(Actor("huang"), slot.id, slot.rev, claimer)
        if slot.via and slot.via[-1].how == "claim" and rng.random() < 0.1:
            return c.GiveUp(*at_)
        if rng.random() < 0.05:
            return c.Assign(*at_, rng.choice(PEOPLE))
        word = rng.choice(["approve"] * 9 + ["disapprove", "abstain"])
        if slot.kind in {"base", "beside"}:
            word = {NodeKind.DECIDE: word, NodeKind.INSTRUCT: "instruct"}.get(n.kind, "done")
        changes = (
            {f: rng.randint(0, 4) for f in n.edits if rng.random() < 0.5} if word == "done" else {}
        )
        opinion = "" if word in {"approve", "done"} else "see field a"
        return c.Decide(*at_, seen, word, opinion, False, changes)

    def take_back(self) -> c.Command:
        decided = [
            s
            for a in oracle.live(self.case)
            for s in a.slots
            if s.decision and s.state == "decided"
        ]
        if not decided:
            return c.Tick(Actor("system:clock"))
        slot = self.rng.choice(decided[-3:])
        return c.TakeBack(Actor(slot.decision.actor), slot.id, slot.rev)

    def answer(self) -> c.Command:
        rng = self.rng
        asks = [(s, a) for _, s in self.slots() for a in s.asks if a.state == "open"]
        if not asks:
            return c.Tick(Actor("system:clock"))
        slot, ask = rng.choice(asks)
        if rng.random() < 0.3:
            return c.CallIn(Actor(slot.holder), slot.id, slot.rev, ask.id)
        return c.Answer(Actor(ask.to), slot.id, ask.id, "fine")

    def slots(self) -> list[tuple[Activation, Slot]]:
        return [(a, s) for a in oracle.live(self.case) for s in a.slots]

    def anything(self) -> c.Command:
        rng = self.rng
        who = rng.choice(PEOPLE)
        nodes = [n.id for n in self.definition.nodes]
        reading = rng.choice([*self.case.readings, 0])
        owner = self.case.readings[reading].to if reading else who
        found = self.any_slot()
        slot = found[1].id if found else 0
        return rng.choice(
            [
                c.Circulate(Actor("wang"), (who,), ordered=rng.random() < 0.5),
                c.Circulate(Actor("huang"), tuple(rng.sample(PEOPLE, 3)), "opinion", ordered=True),
                c.Acknowledge(Actor(owner), reading, rng.random() < 0.3, "read"),
                c.RecallReading(Actor("huang"), reading),
                c.Urge(Actor("wang"), slot, reading if rng.random() < 0.3 else 0),
                c.Suspend(Actor("huang"), "waits", self.minute + 100),
                c.Resume(Actor("huang")),
                c.Resume(Actor("huang")),
                c.Recall(Actor("wang")),
                c.Instruct(Actor(who), "do it well", (("report", who, "2026-12-01"),)),
                c.HandOver(Actor("huang"), who, rng.choice(PEOPLE), "leaves"),
                c.Open(Actor(found[1].holder if found else who), slot),
                c.Override(
                    Actor("zhang"),
                    Actor("wu"),
                    rng.choice(("assign", "assign", "release", "jump")),
                    "blocked",
                    rng.choice((who, rng.choice(nodes))),
                    slot,
                ),
                c.Tick(Actor("system:clock")),
                c.Cancel(Actor("wang")) if rng.random() < 0.05 else c.Tick(Actor("system:clock")),
            ]
        )

    # --- stepping and checking

    def step(self) -> tuple[Case, c.Command, Facts, Outcome | Refused]:
        """One random command, tried dry, then for real, and every rule checked."""
        if self.rng.random() < 0.4:
            self.minute += self.rng.choice((1, 10, 120, 480))
        command, before, facts = self.command(), self.case, self.facts()
        result = act(self.definition, before, command, facts)
        assert result == act(self.definition, before, command, facts), "a dry run differs"
        verb = type(command).__name__
        if isinstance(result, Refused):
            assert result.reasons
            self.count[f"{verb} refused"] += 1
            self.count.update(f"  {verb}: {code}" for code in set(result.codes))
            return before, command, facts, result
        self.count[verb] += 1
        if result.event:
            self.count.update(f"  note {note.what}" for note in result.event.notes)
        self.case = result.case
        self.check(command, before, result)
        return before, command, facts, result

    def check(self, command: c.Command, before: Case, result: Outcome) -> None:
        oracle.check(self.definition, self.case)
        if result.event is None:
            assert self.case == before
            return
        self.events.append(dump_event(result.event))
        assert load_event(self.events[-1]) == result.event
        assert apply(before, result.event) == self.case
        oracle.history_only_grows(
            before, {**self.case.acts, **{a.id: a for a in result.event.acts}}
        )
        oracle.rounds_rise([before, self.case])
        if before.state == self.case.state == "running":
            new = todo.of_case(self.case) - todo.of_case(before)
            assert new == set(result.asked), (new, result.asked)
        self.check_verb(command, before)

    def check_verb(self, command: c.Command, before: Case) -> None:
        if isinstance(command, c.Decide):
            held = [s for a in before.acts.values() for s in a.slots if s.id == command.slot]
            assert command.by.person in {held[0].holder, held[0].also}
        if isinstance(command, c.AddSigner | c.DropSigner | c.Transfer | c.Consult):
            passed = {a.id for a in oracle.live(self.case) if a.state == "passed"}
            assert passed == {a.id for a in oracle.live(before) if a.state == "passed"}
        if isinstance(command, c.Circulate | c.Acknowledge | c.RecallReading):
            assert (before.acts, before.state) == (self.case.acts, self.case.state)
        if isinstance(command, c.Tick):
            decided = {s.id for a in self.case.acts.values() for s in a.slots if s.decision}
            assert decided == {s.id for a in before.acts.values() for s in a.slots if s.decision}

    def finish(self) -> None:
        """Replaying the journal gives the same case, through JSON too."""
        case = self.first
        for event in self.events:
            case = apply(case, load_event(event))
        assert case == self.case
        assert load_case(dump_case(self.case)) == self.case
        self.count[f"end {self.case.state}"] += 1


def walk(seed: int, steps: int = 120) -> Counter[str]:
    one = Walk(random.Random(seed))
    for _ in range(steps):
        one.step()
        one.count["steps"] += 1
        if one.case.state in {"approved", "rejected", "withdrawn", "closed_by_override", "lapsed"}:
            break
    one.finish()
    return one.count


def main(steps: int) -> None:
    total: Counter[str] = Counter()
    seed = 0
    while total["steps"] < steps:
        try:
            total += walk(seed)
        except AssertionError as error:
            print(f"seed {seed} broke: {error}")
            raise
        seed += 1
    for name, count in sorted(total.items()):
        print(f"{count:9} {name}")
    print(f"{seed} walks, no rule broken")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
