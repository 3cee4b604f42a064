"""How everything about people is written: one at a time, durable, and never without the journal.

The revision is raised first. That row is then held until the end, so that two writes cannot each
find the rules kept and together break them, and nobody reads an old directory for the new state.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import transaction

from zhongshu.office.actor import Actor
from zhongshu.office.journal import actions as journal

from .revision import touch


class Pen:
    """Writes the lines of the journal for one change."""

    def __init__(self) -> None:
        self.lines = 0

    def note(
        self,
        verb: str,
        subject: str,
        by: Actor,
        facts: Mapping[str, object] | None = None,
        seals: Mapping[str, str] | None = None,
    ) -> None:
        """What was done to whom. `facts` name nobody; `seals` may, and can be forgotten."""
        told = {name: str(value) for name, value in (facts or {}).items()}
        journal.record(verb=f"people.{verb}", subject=subject, by=by, facts=told, seals=seals)
        self.lines += 1


@contextmanager
def writing(*, who_is_who: bool = True) -> Iterator[Pen]:
    """A change to people; `who_is_who` false when the directory stays what it is."""
    with transaction.atomic(durable=True):
        if who_is_who:
            touch()
        pen = Pen()
        yield pen
        if not pen.lines:
            raise RuntimeError("nothing about people changes without a line in the journal")
