"""A quicker `_replace` for the rows that a step changes many times. 快改."""

from __future__ import annotations

from typing import Any, NamedTuple, TypeVar

Row = TypeVar("Row", bound=NamedTuple)


def swift(row: type[Row]) -> type[Row]:
    """Give a named tuple a `_replace` that touches only the fields that change.

    The one it is born with looks every field up by name; for a row of twenty fields that is most
    of the cost of a step. Same meaning, same types, a KeyError for an unknown name.
    """
    place = {name: index for index, name in enumerate(row._fields)}
    make = tuple.__new__

    def _replace(self: Row, /, **changes: Any) -> Row:
        values = list(self)
        for name, value in changes.items():
            values[place[name]] = value
        return make(row, values)

    row._replace = _replace  # type: ignore[misc,method-assign,assignment]
    return row
