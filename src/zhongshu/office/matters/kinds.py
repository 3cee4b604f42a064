"""What kinds of matter there are. Each app registers its own in its `apps.py`.

The office knows of a kind only what stands here, so that a new app needs no change below it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Kind:
    """One kind of matter.

    `series` is how its numbers are written, with {year} and {serial}; `process` the code of the
    process that moves it; `address` the name of the page of one matter, given its key. A kind that
    is entered in several registers, each with numbers of its own, names them in `registers`, with
    how their numbers are written. One that `takes_tasks` is what a leader's word becomes: its form
    has the fields what, who and due.
    """

    code: str
    name: str
    series: str
    process: str
    address: str = "desk:matter"
    registers: Mapping[str, str] = field(default_factory=dict, hash=False)
    takes_tasks: bool = False

    def counter(self, register: str = "") -> str:
        """The code of the series that counts a register. `KeyError` if there is no such one."""
        return f"{self.code}.{register}" if self._form(register) and register else self.code

    def number(self, year: int, serial: int, register: str = "") -> str:
        """A number as it is written in this register."""
        return self._form(register).format(year=year, serial=serial)

    def read(self, number: str) -> tuple[str, int, int] | None:
        """Which counter, year and serial a number is; None if it is none of this kind."""
        for register in ("", *self.registers):
            form = re.escape(self._form(register))
            form = form.replace(r"\{year\}", r"(?P<year>\d{4})")
            form = form.replace(r"\{serial\}", r"(?P<serial>\d{1,9})")
            found = re.fullmatch(form, number, re.ASCII)
            if found:
                return self.counter(register), int(found["year"]), int(found["serial"])
        return None

    def _form(self, register: str) -> str:
        return self.registers[register] if register else self.series


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known. `ValueError` if another has its code."""
    if _kinds.setdefault(kind.code, kind) != kind:
        raise ValueError(f"two kinds are called {kind.code}")


def kind_of(code: str) -> Kind:
    """The kind with this code; `KeyError` if none is registered."""
    return _kinds[code]


def all_kinds() -> tuple[Kind, ...]:
    """Every kind, in the order of registration."""
    return tuple(_kinds.values())
