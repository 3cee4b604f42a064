"""What storeys above are told of each step, inside its transaction: notices, search, apps.

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


Listener = Callable[[Step], None]
_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Have a listener told of every step from now on."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell(step: Step) -> None:
    """Tell all listeners, in the order in which they came."""
    for listener in _listeners:
        listener(step)
