"""What people must ask of the storeys above, which it may not import. 上面各层的答复.

They register a function in the `ready` of their app, before anything is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from zhongshu.kernel.flow.definition import Definition
from zhongshu.office.actor import Actor

from .models import Person


class Held(NamedTuple):
    """Something open that a person still has in hand: what it is called, and where it is."""

    title: str
    address: str = ""


Holding = Callable[[Person], Iterable[Held]]
Processes = Callable[[], Iterable[Definition]]
HandOver = Callable[[Person, Person, Actor], None]
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

    `hand_over` gives his open work to a successor, inside the transaction in which he leaves;
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


def hand_over(person: Person, successor: Person, by: Actor) -> None:
    """Give all open work of a person to another."""
    for give in _hand_overs:
        give(person, successor, by)


def rows_of(spreadsheet: bytes) -> list[list[str]]:
    """The rows of a spreadsheet. ValueError if it cannot be read, or nobody here can read one."""
    for read in _readers:
        return read(spreadsheet)
    raise ValueError("no reader of spreadsheets")
