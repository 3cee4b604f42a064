"""What a stand-in does to the proofs of separation of duties, told before it is granted.

A stand-in only adds rights, and no right lifts a rule: who drafted decides nothing, whatever he
stands in for. So the one thing that can get worse is how few people can finish a case. Every
running process is put against the bureau as it is and as it would be.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import get_language

from zhongshu.kernel.duties import Label, Process, Undecided, fewest, tell
from zhongshu.kernel.duties.from_flow import TooManyWays, processes_of
from zhongshu.kernel.flow.definition import Definition
from zhongshu.kernel.flow.people import Directory, StandIn
from zhongshu.office import clock

from . import above, queries
from .models import Person

END = datetime.max.replace(tzinfo=clock.ZONE)


class Worse(NamedTuple):
    """One process that fewer people could finish; `people` 0: this could not be decided."""

    process: str
    before: int
    people: int
    story: Label = Label("", "")

    @property
    def sentence(self) -> str:
        """What got worse, in the reader's language."""
        chinese = (get_language() or "zh").startswith("zh")
        if not self.people:
            return (
                f"“{self.process}”：未能判定，不能视为安全。"
                if chinese
                else f"“{self.process}”: not decided; not to be called safe."
            )
        return (
            f"“{self.process}”：原来最少 {self.before} 人才能办完，"
            f"今后 {self.people} 人就能办完：{self.story.zh}"
            if chinese
            else f"“{self.process}”: at least {self.before} people were needed, "
            f"then {self.people} will do: {self.story.en}"
        )


def effect_of_stand_in(*, principal: Person, deputy: Person) -> tuple[Worse, ...]:
    """What gets worse when `deputy` stands in for `principal`; nothing if nothing does."""
    now = queries.directory()
    new = StandIn(principal.key, deputy.key, clock.now(), END)
    then = replace(now, stand_ins=(*now.stand_ins, new))
    found = [one for process in above.running() for one in _worse(process, now, then)]
    return tuple(dict.fromkeys(found))


def _worse(definition: Definition, now: Directory, then: Directory) -> Iterator[Worse]:
    called = queries.names()
    try:
        before = list(processes_of(definition, now, called))
        after = list(processes_of(definition, then, called))
    except TooManyWays:
        yield Worse(definition.name, 0, 0)
        return
    for (_, old), (_, new) in zip(before, after, strict=True):
        if old.grants != new.grants:
            yield from _compare(definition.name, old, new)


def _compare(name: str, old: Process, new: Process) -> Iterator[Worse]:
    was, will = fewest(old), fewest(new)
    if isinstance(was, Undecided) or isinstance(will, Undecided):
        yield Worse(name, 0, 0)
    elif will.plan is not None and will.people < was.people:
        yield Worse(name, was.people, will.people, tell(new, will.plan))
