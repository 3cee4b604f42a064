"""From what stands in a box to what stands in the tables, and back. 填的与存的.

What cannot be understood is kept as it was typed, as text: the reader of definitions then says what
is wrong with it, at its place, and nobody has to type it again. What was not changed in the form is
not touched in the tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from .document import Posted, Table, first
from .settings import Setting

WHOLE = re.compile(r"-?[0-9]{1,18}\Z")
LIMIT = re.compile(r"(.*?)\s*([mhd]?)\Z", re.DOTALL)
LISTS = frozenset({"written", "relied", "range", "targets", "several", "lines"})
SHOWN = "shown"  # names the boxes that a form had, since an empty tick is not sent


def holder(table: Table, key: str) -> tuple[Table, str]:
    """The table that holds a key with a dot in it, and the key there."""
    outer, dot, inner = key.rpartition(".")
    if not dot:
        return table, key
    inside = table.get(outer)
    return (inside if isinstance(inside, dict) else {}), inner


def shown(setting: Setting, table: Table) -> list[str]:
    """What stands in the box: one text, or the chosen ones of many; a limit is number and unit."""
    table, key = holder(table, setting.key)
    value = table.get(key, setting.plain)
    if setting.how == "flag":
        return ["1"] if value is True else []
    if setting.how == "relied":
        return ["all"] if value is None else ["some", *_texts(value)]
    if setting.how in LISTS:
        return [*_texts(value)]
    if setting.how == "limit":
        found = LIMIT.match(str(value))
        return [found[1], found[2] or "d"] if found else ["", "d"]
    if setting.key == "min_people" and key not in table:
        return [""]
    return [str(value)]


def taken(setting: Setting, posted: Posted, prefix: str = "") -> list[str] | None:
    """What a form sent for a setting; nothing if the form did not have it."""
    name = prefix + setting.key
    if setting.how == "limit":
        amount, unit = first(posted, name), first(posted, f"{name}-unit")
        return None if amount is None else [amount.strip(), unit or "d"]
    if setting.how == "lines":
        typed = first(posted, name)
        return None if typed is None else [*_once(typed.split())]
    if setting.how == "relied":
        which = first(posted, f"{name}-which")
        return None if which is None else [which, *_once(posted.get(name, []))]
    if setting.how == "flag" or setting.how in LISTS:
        return [*_once(posted.get(name, []))] if name in posted.get(SHOWN, []) else None
    typed = first(posted, name)
    return None if typed is None else [typed.strip()]


def put(setting: Setting, got: list[str], table: Table) -> None:
    """Set it; what is as usual is not written down."""
    value = _value(setting, got)
    outer, dot, _ = setting.key.rpartition(".")
    if dot and not isinstance(table.get(outer), dict):
        table[outer] = {}
    inside, key = holder(table, setting.key)
    if value == setting.plain and type(value) is type(setting.plain):
        inside.pop(key, None)
    else:
        inside[key] = value
    if dot and not inside:
        del table[outer]


def save(settings: Iterable[Setting], table: Table, posted: Posted, prefix: str = "") -> None:
    """Everything that was changed in a form."""
    for setting in settings:
        got = taken(setting, posted, prefix)
        if got is not None and _apart(setting, got, shown(setting, table)):
            put(setting, got, table)


def number(typed: str) -> int | str:
    """A whole number; what is none stays as it was typed."""
    return int(typed) if WHOLE.match(typed) else typed


def _apart(setting: Setting, got: list[str], was: list[str]) -> bool:
    """Whether something was changed; the unit of an empty limit is nothing."""
    if setting.how == "limit" and not got[0] and not was[0]:
        return False
    if setting.how == "relied" and got[0] == was[0] == "all":
        return False
    return got != was


def _value(setting: Setting, got: list[str]) -> Any:
    match setting.how:
        case "flag":
            return bool(got)
        case "relied":
            return None if got[0] == "all" else got[1:]
        case "limit":
            return "".join(got) if got[0] else ""
        case "number":
            return number(got[0]) if got[0] else setting.plain
        case how if how in LISTS:
            return got
        case _:
            return got[0] or setting.plain


def _texts(value: object) -> Iterable[str]:
    return (str(one) for one in value) if isinstance(value, list) else ()


def _once(words: Iterable[str]) -> Iterable[str]:
    """Each once, without the blank ones."""
    return dict.fromkeys(word for one in words if (word := one.strip()))
