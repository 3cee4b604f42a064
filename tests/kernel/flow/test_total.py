"""`act` is total: any well-typed command on any case is answered, never by an exception.

Strange people, slots that are gone, words too long, values of the wrong shape, plans and targets
that make no sense; and whatever is not refused leaves a case in which every rule holds.
"""

from __future__ import annotations

import dataclasses
import random
from typing import Any

import pytest

from zhongshu.kernel.errors import Refused
from zhongshu.kernel.flow import Actor, Outcome, act
from zhongshu.kernel.flow import commands as c
from zhongshu.kernel.flow.act import VERBS

from . import oracle
from .walk import Walk, random_process
from .world import PEOPLE

pytestmark = pytest.mark.slow
ANYBODY = [*PEOPLE, "", "nobody", "system:x"]
WORDS = {
    "opinion": ["", "x", "y" * 5000],
    "question": ["", "x"],
    "child": ["", "c"],
    "key": [""],
    "carry": ["", "smart", "replay", "straight"],
    "changes": [{}, {"a": 1}, {"zz": 1}, {"a": "x"}, {"b": None}, {"c": 3.5}, {"a": ("x",)}],
    "verb": ["approve", "disapprove", "abstain", "done", "instruct"],
    "result": ["approved", "returned", "zzz", ""],
    "what": ["terminate", "jump", "close", "assign", "release"],
    "tasks": [(), (("report", "", ""),)],
    "expects": ["nothing", "receipt", "opinion"],
    "pass_on": ["none", "clerk", "free"],
    "gap": [0, 5],
    "within": [None, 0, 10],
    "where": ["before", "after", "beside"],
    "binding": [None, True, False],
    "plan": [{}, {"n0": "n1", "x": "y"}],
    "rev": [-1, 0, 1, 2, 3],
    "person": ANYBODY,
}


def odd(rng: random.Random, walk: Walk, name: str) -> Any:
    """A value for a field of a command, sensible or not."""
    if name in WORDS:
        return rng.choice(WORDS[name])
    if name in {"by", "second"}:
        return Actor(rng.choice([*ANYBODY, *["system:clock"] * 5]))
    if name in {"slot", "ask", "activation"}:
        slots = [slot.id for one in walk.case.acts.values() for slot in one.slots]
        return rng.choice([*slots, *walk.case.acts, 0, -1, 999])
    if name == "to":
        nodes = [node.id for node in walk.definition.nodes]
        return rng.choice([*ANYBODY, *nodes, "caller"])
    if name == "reading":
        return rng.choice([*walk.case.readings, 0, -5, 77])
    if name == "seen":
        return rng.choice([walk.case.content.digest, ""])
    if name == "until":
        return rng.choice([0, walk.minute + 3])
    if name == "target":
        return rng.choice([walk.definition, random_process(rng)])
    return rng.random() < 0.5


@pytest.mark.parametrize("seed", range(24))
def test_every_odd_command_is_answered(seed: int) -> None:
    rng = random.Random(seed)
    walk = Walk(rng)
    for _ in range(50):
        walk.step()
        for _ in range(6):
            kind = rng.choice(list(VERBS))
            values = {f.name: odd(rng, walk, f.name) for f in dataclasses.fields(kind)}
            if kind is c.Circulate:
                values["to"] = tuple(rng.sample(ANYBODY, rng.randint(0, 3)))
            command = kind(**values)
            result = act(walk.definition, walk.case, command, walk.facts())
            if isinstance(result, Refused):
                assert result.reasons
                continue
            assert isinstance(result, Outcome)
            moved = isinstance(command, c.Migrate)
            oracle.check(command.target if moved else walk.definition, result.case)
