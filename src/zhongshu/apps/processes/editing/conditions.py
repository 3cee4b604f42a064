"""A condition as a group of lines that a form can show, and back. 条件.

The outermost part is always a group, so that a second line can be added to a single one. A double
"not" says nothing and is left out. A line need not be complete; the reader tells what is missing.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from zhongshu.kernel.flow.condition import BY_TYPE, MANY
from zhongshu.kernel.flow.text.document import Document

from .document import Posted, Table, field, first, number_of, text
from .values import number

BARE = frozenset({"empty", "filled"})  # operators without a value
LISTED = frozenset({"in", "not in"})  # operators with several
DEEPEST = 6  # of groups in groups, as the reader allows
ORDER = ("=", "!=", "<", "<=", ">", ">=", "in", "not in", "has", "filled", "empty")


class Line(NamedTuple):
    """One comparison; `where` is its place in the tables, for what is said about it."""

    field: str
    operator: str
    values: tuple[str, ...]
    no: bool = False
    where: str = ""


class Group(NamedTuple):
    """Lines and groups of which all or any must hold, or not."""

    word: str  # "all" or "any"
    parts: tuple[Line | Group, ...]
    no: bool = False
    where: str = ""


def operators(of: Table) -> tuple[str, ...]:
    """The comparisons that a field allows; all of them while nobody knows which field."""
    known = MANY if of.get("many") is True else BY_TYPE.get(text(of, "type") or "text", MANY)
    return tuple(one for one in ORDER if not of or one in known)


def form_of(value: Any, where: str) -> Group:
    """A condition of the tables as the outermost group."""
    found = _part(value, where, no=False, depth=0)
    if isinstance(found, Group):
        return found
    return Group("all", (found,), where=where)


def value_of(group: Group, document: Document) -> Any:
    """The condition as the tables hold it; nothing for a group without lines."""
    parts = [
        value_of(part, document) if isinstance(part, Group) else _row(part, document)
        for part in group.parts
    ]
    inside = [part for part in parts if part is not None]
    if not inside:
        return None
    single = len(inside) == 1 and isinstance(group.parts[0], Line)
    value = inside[0] if single else {group.word: inside}
    return {"not": value} if group.no else value


def plain(group: Group) -> Group:
    """The same without places, to be compared."""
    inside = (plain(p) if isinstance(p, Group) else p._replace(where="") for p in group.parts)
    return group._replace(parts=tuple(inside), where="")


def posted_group(posted: Posted, name: str, depth: int = 0) -> Group:
    """What a form sent under a name."""
    parts: list[Line | Group] = []
    for place in range(number_of(posted, f"{name}-parts")):
        inside = f"{name}-{place}"
        if first(posted, f"{inside}-word") is None:
            parts.append(_posted_line(posted, inside))
        elif depth < DEEPEST:
            parts.append(posted_group(posted, inside, depth + 1))
    word = first(posted, f"{name}-word") or "all"
    return Group(word.removeprefix("no-"), tuple(parts), word.startswith("no-"))


def added(group: Group, path: list[int], part: Line | Group) -> Group:
    """The same with one more part in the group at a path."""
    if not path:
        return group._replace(parts=(*group.parts, part))
    return _at(group, path, lambda inside: added(inside, path[1:], part))


def removed(group: Group, path: list[int]) -> Group:
    """The same without the part at a path."""
    if len(path) == 1:
        kept = (part for place, part in enumerate(group.parts) if place != path[0])
        return group._replace(parts=tuple(kept))
    return _at(group, path, lambda inside: removed(inside, path[1:])) if path else group


def _at(group: Group, path: list[int], change: Any) -> Group:
    parts = [
        change(part) if place == path[0] and isinstance(part, Group) else part
        for place, part in enumerate(group.parts)
    ]
    return group._replace(parts=tuple(parts))


def _part(value: Any, where: str, *, no: bool, depth: int) -> Line | Group:
    if isinstance(value, dict) and len(value) == 1 and depth <= DEEPEST:
        word, inside = next(iter(value.items()))
        if word == "not":
            return _part(inside, f"{where}.not", no=not no, depth=depth + 1)
        if word in {"all", "any"} and isinstance(inside, list):
            parts = [
                _part(one, f"{where}.{word}[{place}]", no=False, depth=depth + 1)
                for place, one in enumerate(inside)
            ]
            return Group(word, tuple(parts), no, where)
    return _line(value, where, no=no)


def _line(value: Any, where: str, *, no: bool) -> Line:
    if not isinstance(value, list) or not value:
        return Line("", "", (), no, where)
    operator = str(value[1]) if len(value) > 1 else ""
    third = value[2] if len(value) > 2 else []
    several = third if isinstance(third, list) else [third]
    return Line(str(value[0]), operator, tuple(_word(one) for one in several), no, where)


def _word(value: object) -> str:
    return ("false", "true")[value] if isinstance(value, bool) else str(value)


def _posted_line(posted: Posted, name: str) -> Line:
    values = tuple(dict.fromkeys(filter(None, map(str.strip, posted.get(f"{name}-value", [])))))
    return Line(
        first(posted, f"{name}-field") or "",
        first(posted, f"{name}-operator") or "",
        values,
        bool(posted.get(f"{name}-no")),
    )


def _row(line: Line, document: Document) -> Any:
    of = field(document, line.field)
    operator = line.operator if line.operator in operators(of) else ""
    row: list[Any] = [line.field, operator]
    if operator not in BARE:
        typed = [_value(one, of) for one in line.values]
        row.append(typed if operator in LISTED else (typed or [""])[0])
    return {"not": row} if line.no else row


def _value(typed: str, of: Table) -> Any:
    match of.get("type"):
        case "number":
            return number(typed)
        case "flag":
            return {"true": True, "false": False}.get(typed, typed)
        case _:
            return typed
