"""What a paper that has just arrived says about its weight: words in it, and who sent it. 分量依据.

Which word stands for which fact, and which organ is whose superior, are rows of a dated table that
anybody can read and a bureau can change; `read` takes it from its text. A word only ever proposes:
the clerk sees the row that decided and the words it rests on, and may say otherwise with a reason.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, get_args

from .facts import Fact, Facts, Instruction, Origin, Reach

STRENGTHS = frozenset({"V", "G", "unit"})
"""V: read in the rule itself; G: how offices do it; unit: this unit has settled it."""

VALUES: Mapping[str, Mapping[str, int]] = {
    "instruction": {"deputy": Instruction.DEPUTY, "head": Instruction.HEAD},
    "public": {"some": Reach.SOME, "wide": Reach.WIDE},
    "source": {origin.name.lower(): origin for origin in Origin},
}
AMOUNT = re.compile(r"(\d{1,3}(?:[,，]\d{3})+|\d{1,12})(\.\d{1,6})?\s*(亿|万|千)?元")
TIMES = {"": 100, None: 100, "千": 100_000, "万": 1_000_000, "亿": 10_000_000_000}
LARGEST = 10**15  # fen; beyond it a number is a misreading


class Cue(NamedTuple):
    """One of these words, in the title only or anywhere, stands for a fact of this value."""

    fact: Fact
    value: int
    words: tuple[str, ...]
    title_only: bool
    strength: str
    source: str


class Sender(NamedTuple):
    """An organ whose name begins, ends or is as written is entered in this register."""

    register: str
    origin: Origin
    begins: tuple[str, ...]
    ends: tuple[str, ...]
    strength: str


@dataclass(frozen=True, slots=True)
class Signs:
    """All rows in force from a day on, and where they come from; senders in order, first wins."""

    since: date
    source: str
    cues: tuple[Cue, ...]
    senders: tuple[Sender, ...]


class Sign(NamedTuple):
    """A fact that was found, and the words it was found by."""

    fact: Fact
    value: int
    words: str


def read(text: str) -> Signs:
    """The table in a TOML text. `ValueError` with the row that is wrong."""
    told = tomllib.loads(text)
    return Signs(
        told["since"],
        told["source"],
        tuple(_cue(row) for row in told.get("words", ())),
        tuple(_sender(row) for row in told.get("senders", ())),
    )


def _cue(row: Mapping[str, Any]) -> Cue:
    fact, value = row["fact"], row.get("value", 1)
    if fact not in get_args(Fact) or row["strength"] not in STRENGTHS or not row["any"]:
        raise ValueError(f"a row of words is wrong: {row}")
    number = VALUES[fact][value] if isinstance(value, str) else int(value)
    only = bool(row.get("title_only", False))
    return Cue(fact, number, tuple(row["any"]), only, row["strength"], row.get("source", ""))


def _sender(row: Mapping[str, Any]) -> Sender:
    if row["strength"] not in STRENGTHS:
        raise ValueError(f"a row of senders is wrong: {row}")
    origin = Origin[row["origin"].upper()]
    begins, ends = tuple(row.get("begins", ())), tuple(row.get("ends", ()))
    return Sender(row["register"], origin, begins, ends, row["strength"])


def sender(signs: Signs, name: str) -> Sender | None:
    """The row of whoever sent it; None where the table does not know."""
    for row in signs.senders:
        if name.startswith(row.begins or ("",)) and name.endswith(row.ends or ("",)):
            return row
    return None


def amount(text: str) -> int:
    """The largest sum of money a text names, in fen; 0 where it names none."""
    return max((found for found in map(_fen, AMOUNT.finditer(text)) if found < LARGEST), default=0)


def _fen(found: re.Match[str]) -> int:
    whole, part = int(re.sub("[,，]", "", found[1])), (found[2] or ".0")[1:]
    unit = TIMES[found[3]]
    fraction = int(part) * unit // int("1" + "0" * len(part))
    return whole * unit + fraction


def find(signs: Signs, title: str, text: str) -> tuple[Sign, ...]:
    """Every fact that words of the paper stand for, the strongest of each kind, and its money."""
    best: dict[Fact, Sign] = {}
    for sign in (*_found(signs, title, text), *_money(title + text)):
        if sign.fact not in best or sign.value > best[sign.fact].value:
            best[sign.fact] = sign
    return tuple(best.values())


def _found(signs: Signs, title: str, text: str) -> Iterator[Sign]:
    for cue in signs.cues:
        where = title if cue.title_only else title + "\n" + text
        word = next((word for word in cue.words if word in where), "")
        if word:
            yield Sign(cue.fact, cue.value, word)


def _money(text: str) -> Iterator[Sign]:
    fen = amount(text)
    if fen:
        yield Sign("money", fen, f"{fen / 100:,.2f} 元")


def facts(found: tuple[Sign, ...], origin: Origin) -> Facts:
    """What is known of a paper from its words and from who sent it."""
    told = {sign.fact: sign.value for sign in found}
    return Facts(
        source=Origin(max(origin, told.get("source", 0))),
        instruction=Instruction(told.get("instruction", 0)),
        red_line=bool(told.get("red_line", 0)),
        money=told.get("money", 0),
        safety=bool(told.get("safety", 0)),
        legal_duty=bool(told.get("legal_duty", 0)),
        public=Reach(told.get("public", 0)),
    )
