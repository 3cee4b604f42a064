"""What storeys above are told of each opening and step, inside its transaction: notices, search.

A listener writes rows of its own and may refuse; it never sends anything anywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from zhongshu.kernel.flow.case import Outcome
from zhongshu.office.actor import Actor

from .models import Matter, Todo


class Step(NamedTuple):
    """One step that was taken: by whom, what came of it, what people now have to do."""

    matter: Matter
    by: Actor
    outcome: Outcome
    todos: tuple[Todo, ...]


class Opened(NamedTuple):
    """A new matter, and by whom it was opened."""

    matter: Matter
    by: Actor


class Said(NamedTuple):
    """A remark was made beside the flow, and by whom."""

    matter: Matter
    by: Actor


Listener = Callable[[Step], None]
SaidListener = Callable[[Said], None]
OpeningListener = Callable[[Opened], None]
_listeners: list[Listener] = []
_said_listeners: list[SaidListener] = []
_opening_listeners: list[OpeningListener] = []


def listen(listener: Listener) -> None:
    """Have a listener told of every step from now on."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell(step: Step) -> None:
    """Tell all listeners, in the order in which they came."""
    for listener in _listeners:
        listener(step)


def listen_to_openings(listener: OpeningListener) -> None:
    """Have a listener told of every matter that is opened from now on."""
    if listener not in _opening_listeners:
        _opening_listeners.append(listener)


def tell_opened(opened: Opened) -> None:
    """Tell all listeners of a new matter, in the order in which they came."""
    for listener in _opening_listeners:
        listener(opened)


def listen_to_remarks(listener: SaidListener) -> None:
    """Have a listener told of every remark from now on."""
    if listener not in _said_listeners:
        _said_listeners.append(listener)


def tell_said(said: Said) -> None:
    """Tell all listeners of a remark, in the order in which they came."""
    for listener in _said_listeners:
        listener(said)
