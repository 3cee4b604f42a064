"""What kinds of matter there are. Each app registers its own in its `apps.py`.

The office knows of a kind only what stands here, so that a new app needs no change below it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """One kind of matter.

    `series` is how its numbers are written, with {year} and {serial}; `process` the code of the
    process that moves it; `address` the name of the page of one matter, given its key.
    """

    code: str
    name: str
    series: str
    process: str
    address: str = "desk:matter"

    def number(self, year: int, serial: int) -> str:
        """A number as it is written."""
        return self.series.format(year=year, serial=serial)


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
