"""Weight and due time of a paper that has arrived, proposed with the reason. 分量与时限的建议.

The rows stand in `data/signs.toml`; a unit puts its own beside its data. A date written in the
paper wins over the limit of the sender's mark, and both count in working time.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from django.conf import settings

from zhongshu.kernel.triage import Mark, Origin, Row, due_of, facts, signs, table_on
from zhongshu.kernel.triage.facts import weigh
from zhongshu.office import clock

OWN = "signs.toml"


class Asked(NamedTuple):
    """What the proposal rests on; `found` are the signs in the text, found when it was read."""

    register: str
    source: str
    title: str
    mark: Mark
    wanted_by: date | None
    received_at: datetime
    found: tuple[signs.Sign, ...] = ()


class Proposal(NamedTuple):
    """How heavy and why, until when and why. `words` is what in the paper says so."""

    weight: int
    row: Row
    words: str
    due_at: datetime
    by_date: bool

    @property
    def why(self) -> str:
        """The reason for the weight, in a few words."""
        return f"{self.row.zh}（{self.words}）" if self.words else self.row.zh


@cache
def table() -> signs.Signs:
    """The rows in force: the unit's own, or else those shipped. `ValueError` if they are wrong."""
    own = settings.HOME / OWN
    if own.exists():
        return signs.read(own.read_text("utf-8"))
    return signs.read(files(__package__).joinpath("data", "signs.toml").read_text("utf-8"))


def found_in(title: str, text: str) -> tuple[signs.Sign, ...]:
    """What words of a paper say of its weight."""
    return signs.find(table(), title, text)


def propose(asked: Asked) -> Proposal:
    """Weight and due time. `ValueError` where the medium does not know the mark."""
    known = signs.sender(table(), asked.source)
    origin = known.origin if known else Origin.OWN
    if asked.register == "superior":
        origin = max(origin, Origin.SUPERIOR)
    every = (*asked.found, *signs.find(table(), asked.title, ""))
    if asked.register == "instruction":
        every = (*every, signs.Sign("instruction", facts.Instruction.HEAD, "领导批示件"))
    strongest = {sign.fact: sign for sign in sorted(every, key=lambda sign: sign.value)}
    told = signs.facts(tuple(strongest.values()), origin)
    day = clock.local(asked.received_at).date()
    weight = weigh(told, table_on(day))
    sign = strongest.get(weight.row.fact)
    due = due_of(
        clock.calendar(),
        asked.received_at,
        asked.mark,
        asked.wanted_by,
        medium="telegram" if asked.register == "telegram" else "document",
    )
    said = sign.words if sign and sign.value >= weight.row.at_least else asked.source
    words = "" if weight.row is facts.PLAIN else said
    return Proposal(weight.value, weight.row, words, due.at, asked.wanted_by is not None)


def day(written: str) -> date | None:
    """A day as it is kept, 2026-12-10; None for none."""
    return date.fromisoformat(written) if written else None
