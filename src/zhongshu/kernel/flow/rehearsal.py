"""改版演练: what a running case would become under another version, and whether it then goes on.

The migration itself is done in memory by the engine, so nothing is told here that would not happen;
and the next step is tried too, since a case that arrives and cannot leave is no migration.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from zhongshu.kernel.errors import Reason, Refused, reason

from . import path, todo
from .act import act
from .case import Activation, Actor, Case, Verdict
from .commands import Decide, Migrate
from .definition import HANDLED, Definition, Node, NodeKind
from .people import Facts

WORDS: Mapping[NodeKind, Verdict] = {
    NodeKind.DECIDE: "approve",
    NodeKind.TASK: "done",
    NodeKind.ACKNOWLEDGE: "done",
    NodeKind.INSTRUCT: "instruct",
}


class Said(NamedTuple):
    """Somebody's word at a step, by the name the step has in the version it was given under."""

    node: str
    person: str


class Rehearsed(NamedTuple):
    """Where the case stands before and after, who is asked that was not, which words on its path
    still count and which count no longer."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    asked: tuple[Said, ...]
    kept: tuple[Said, ...]
    lost: tuple[Said, ...]


def proposed(old: Definition, new: Definition) -> dict[str, str]:
    """For each step that the new version does not have, the one of the same name and kind."""
    gone = [node for node in old.nodes if node.id not in new.by_id]
    fresh = [node for node in new.nodes if node.id not in old.by_id]
    found: dict[str, str] = {}
    for node in gone:
        alike = [one.id for one in fresh if (one.name, one.kind) == (node.name, node.kind)]
        if len(alike) == 1 and alike[0] not in found.values():
            found[node.id] = alike[0]
    return found


def rehearse(
    definition: Definition, case: Case, command: Migrate, facts: Facts
) -> Rehearsed | Refused:
    """What the migration comes to, or all reasons why this case keeps its version."""
    outcome = act(definition, case, command, facts)
    if isinstance(outcome, Refused):
        return outcome
    after = outcome.case
    stuck = tuple(dict.fromkeys(_stuck(command.target, case, after, facts)))
    if stuck:
        return Refused(stuck)
    old, new = _words(definition, case), _words(command.target, after)
    names = command.target.by_id
    knew = {(one.person, one.slot) for one in todo.of_case(case)}
    asked = (
        Said(names[one.node].name, one.person)
        for one in outcome.asked
        if one.node and (one.person, one.slot) not in knew
    )
    return Rehearsed(
        _standing(definition, case),
        _standing(command.target, after),
        tuple(dict.fromkeys(one for one in asked if one.person)),
        tuple(said for slot, said in old.items() if slot in new),
        tuple(said for slot, said in old.items() if slot not in new),
    )


def _standing(definition: Definition, case: Case) -> tuple[str, ...]:
    """The steps where people are asked."""
    return tuple(dict.fromkeys(node.name for _, node in _open(definition, case)))


def _open(definition: Definition, case: Case) -> Iterator[tuple[Activation, Node]]:
    for one in case.acts.values():
        node = definition.by_id[one.node]
        if one.state == "open" and one.mark == "" and node.kind in HANDLED:
            yield one, node


def _words(definition: Definition, case: Case) -> dict[int, Said]:
    """The decisions on the path, by the slot each was first given at; what the drafter said by
    sending it is none."""
    return {
        decision.origin or slot.id: Said(definition.by_id[one.node].name, decision.actor)
        for one in path.live(case.acts)
        if definition.by_id[one.node].kind in HANDLED
        for slot in one.slots
        if (decision := slot.decision)
    }


def _stuck(target: Definition, before: Case, after: Case, facts: Facts) -> Iterator[Reason]:
    """Why the case could not go on: nobody would hold a step that somebody held before, or
    whoever takes the next step finds no way onward."""
    was_held = {one.id for one in before.acts.values() if _is_held(one)}
    for one, node in _open(target, after):
        if was_held and not _is_held(one):
            yield reason("nobody_after", node=node.id)
        for slot in one.slots:
            if slot.state == "open" and slot.holder and node.kind in WORDS:
                yield from _no_way(target, after, one, slot.id, facts)


def _is_held(one: Activation) -> bool:
    """Whether a step waits for somebody, or for whoever claims it."""
    return one.state == "open" and any(slot.state in {"open", "lent"} for slot in one.slots)


def _no_way(
    target: Definition, case: Case, one: Activation, slot_id: int, facts: Facts
) -> Iterator[Reason]:
    """What a word given now would fail for that the new version is to blame for."""
    slot = next(slot for slot in one.slots if slot.id == slot_id)
    word = WORDS[target.by_id[one.node].kind]
    by, seen = Actor(slot.holder), case.content.digest
    command = Decide(by, slot.id, slot.rev, seen, word, "改版演练")
    outcome = act(target, case, command, facts)
    if isinstance(outcome, Refused):
        yield from (why for why in outcome.reasons if why.code == "no_way_on")
