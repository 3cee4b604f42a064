"""Small random processes with the people who hold their seats."""

from __future__ import annotations

from random import Random

from tests.kernel.flow.world import node, process, stand_in
from zhongshu.kernel.flow.definition import Counting, Definition, NodeKind, Rule, Seat, SeatKind
from zhongshu.kernel.flow.people import Directory, Person, Unit

FEW = ("wang", "li", "chen", "zhao")
DUTIES = ("CSH", "BKP", "PAP", "REV", "ACC", "CNT", "")


def bureau(seed: int) -> tuple[Definition, Directory]:
    """One to three nodes in a row, four people, some standing in for another."""
    rnd = Random(seed)
    nodes, to = [], "end"
    for number in range(rnd.randint(1, 3)):
        seats = tuple(
            Seat(SeatKind.PERSON, rnd.choice(FEW), duty=rnd.choice(DUTIES))
            if rnd.random() < 0.7
            else Seat(SeatKind.POST, "post", duty=rnd.choice(DUTIES))
            for _ in range(rnd.randint(1, 2))
        )
        made = node(
            f"n{number}",
            to,
            *seats,
            kind=rnd.choice((NodeKind.TASK, NodeKind.DECIDE)),
            rule=rnd.choice((Rule(), Rule(Counting.COUNT, n=1))),
            fallback=rnd.choice(("", "post")),
        )
        nodes.append(made)
        to = made.id
    pairs = tuple(stand_in(*rnd.sample(FEW, 2)) for _ in range(rnd.randint(0, 2)))
    people = {name: Person(name, "office") for name in FEW}
    posts = {"post": tuple(rnd.sample(FEW, rnd.randint(1, 2)))}
    units = {"office": Unit("office", "li", "zhao")}
    flow = process(*reversed(nodes), min_deciders=rnd.choice((0, 1, 2)))
    return flow, Directory(people, posts, units, pairs)
