"""What would cure a blocked route, or a process that one person can finish. 补救."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import NamedTuple

from zhongshu.kernel.duties.absence import Cure, cures
from zhongshu.kernel.duties.coalition import Fewest, fewest
from zhongshu.kernel.duties.model import Crowd, Process, Separate, Undecided, Way
from zhongshu.kernel.duties.told import tell_cure
from zhongshu.kernel.flow.definition import Definition

from .rights import DRAFT

Told = tuple[str, str]  # in Chinese and English


class Remedy(NamedTuple):
    """Give this step to one of these people, or to `anybody` new, and it can be done."""

    step: str
    people: tuple[str, ...]
    anybody: bool
    told: Told


class Apart(NamedTuple):
    """Two duties that, kept apart, let nobody finish alone: the fewest who then can; 0 if nobody
    can before one of these remedies is taken."""

    duties: tuple[str, str]
    people: int
    remedies: tuple[Remedy, ...]


def remedies(
    process: Process, ways: tuple[Way, ...], absent: Crowd
) -> tuple[Remedy, ...] | Undecided:
    """Each single step that, given to somebody more, opens one of these blocked ways.

    Who drafts is given (a kind of drafter), so for the draft only one more of that kind helps.
    """
    found: dict[str, Cure] = {}
    for way in ways:
        some = cures(process, way, absent)
        if isinstance(some, Undecided):
            return some
        for cure in some:
            if cure.step == DRAFT and not cure.anybody:
                continue
            known = found.get(cure.step, Cure(cure.step, 0, anybody=False))
            crowd = 0 if cure.step == DRAFT else known.crowd | cure.crowd
            found[cure.step] = Cure(cure.step, crowd, known.anybody or cure.anybody)
    order = [step.key for step in process.steps]
    return tuple(_remedy(process, found[step]) for step in sorted(found, key=order.index))


def _remedy(process: Process, cure: Cure) -> Remedy:
    people = tuple(one.key for one in process.staff.members(cure.crowd))
    told = tell_cure(process, cure)
    return Remedy(cure.step, people, cure.anybody, (told.zh, told.en))


def kept_apart(
    definition: Definition, process: Process, alone: Fewest
) -> tuple[Apart, ...] | Undecided:
    """For a process that one person can finish, every pair of duties on his way that cures it.

    Whatever cures it must forbid this way, so no other pairs need to be tried.
    """
    duties = duties_of(definition)
    found = []
    way = alone.way or frozenset()
    on_way = dict.fromkeys(duties[step] for step in duties if step in way)
    for first, second in combinations(on_way, 2):
        apart = tuple(
            Separate(f"另立：{first}与{second}（{a}，{b}）", frozenset((a, b)))
            for a, one in duties.items()
            for b, other in duties.items()
            if (one, other) == (first, second)
        )
        stricter = replace(process, rules=(*process.rules, *apart))
        least = fewest(stricter)
        if isinstance(least, Undecided):
            return least
        if least.people == 1:
            continue
        more = () if least.people else remedies(stricter, (way,), 0)
        if isinstance(more, Undecided):
            return more
        if least.people or more:
            found.append(Apart((first, second), least.people, more))
    return tuple(sorted(found, key=lambda one: not one.people))


def duties_of(definition: Definition) -> dict[str, str]:
    """The duty of each step, as `conflicts` names it."""
    seats = {
        f"{node.id}.{index}": node.duty_of(seat)
        for node in definition.nodes
        for index, seat in enumerate(node.seats)
    }
    return {DRAFT: definition.draft.id, **seats}
