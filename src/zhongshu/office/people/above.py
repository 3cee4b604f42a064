"""What people must ask of the storeys above, which it may not import. 上面各层的答复.

They register a function in the `ready` of their app, before anything is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from zhongshu.kernel.errors import Reason
from zhongshu.kernel.flow.definition import Definition

from .models import Person


class Held(NamedTuple):
    """Something open that a person still has in hand: what it is called, and where it is; a
    `draft` was never sent, so nobody waits for it."""

    title: str
    address: str = ""
    draft: bool = False


class Heirs(NamedTuple):
    """Who takes over what: the work that others wait for, and drafts. None: drafts are laid by."""

    work: Person | None = None
    drafts: Person | None = None


class NotTaken(NamedTuple):
    """What no heir may take over, and why."""

    number: str
    reasons: tuple[Reason, ...]


Holding = Callable[[Person], Iterable[Held]]
Processes = Callable[[], Iterable[Definition]]
HandOver = Callable[[Person, Heirs], Iterable[NotTaken]]
Reader = Callable[[bytes], list[list[str]]]

_holdings: list[Holding] = []
_processes: list[Processes] = []
_hand_overs: list[HandOver] = []
_readers: list[Reader] = []


def register(
    *,
    holding: Holding | None = None,
    processes: Processes | None = None,
    hand_over: HandOver | None = None,
    reader: Reader | None = None,
) -> None:
    """`holding`: what a person still has in hand. `processes`: those that run now.

    `hand_over` gives his drafts to their heirs, inside the transaction in which he leaves;
    `reader` makes rows of text out of the bytes of a spreadsheet, or raises ValueError.
    """
    _holdings.extend([holding] if holding else [])
    _processes.extend([processes] if processes else [])
    _hand_overs.extend([hand_over] if hand_over else [])
    _readers.extend([reader] if reader else [])


def held_by(person: Person) -> list[Held]:
    """Everything open that this person has in hand."""
    return [one for ask in _holdings for one in ask(person)]


def running() -> Iterator[Definition]:
    """All processes that new matters use."""
    for ask in _processes:
        yield from ask()


def hand_over(person: Person, heirs: Heirs) -> list[NotTaken]:
    """Give all that a person has in hand to his heirs; what could not be given."""
    return [one for give in _hand_overs for one in give(person, heirs)]


def rows_of(spreadsheet: bytes) -> list[list[str]]:
    """The rows of a spreadsheet. ValueError if it cannot be read, or nobody here can read one."""
    for read in _readers:
        return read(spreadsheet)
    raise ValueError("no reader of spreadsheets")
