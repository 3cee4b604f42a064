"""A definition as plain tables, half-finished ones too: loaded and spelt without judging. 文稿.

A clerk who fills in forms leaves a process unfinished most of the time. What he has so far is any
TOML; `format.read` says what is wrong with it. Spelling keeps every value, also those that no
definition may hold, in the layout of `write`. Comments are not values: `comments` counts what a
text would lose.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

from .format import LARGEST
from .write import PLAIN_NODE, PLAIN_SEAT, POSTS, TOP

Document = dict[str, Any]
ORDER: Mapping[str, tuple[str, ...]] = {
    "": ("format", "id", "name", "version", "kind", *TOP),
    "posts": POSTS,
    "fields": ("name", "label", "type", "many", "required", "options"),
    "nodes": (
        *("id", "name", "kind", "seats", "rule", "min_people", "relies", *PLAIN_NODE),
        *("on_fail", "next"),
    ),
    "seats": ("post", "person", "unit", "pool", "field", "relation", "name", *PLAIN_SEAT),
    "next": ("to", "when"),
    "on_fail": ("to", "when"),
}
DEEPEST = 40  # tables inside tables; a definition needs fewer
BARE = re.compile(r"[A-Za-z0-9_-]+\Z")
COMMENT = re.compile(
    r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|(#[^\n]*)', re.DOTALL
)


def load(text: str) -> Document | None:
    """The tables of a text; nothing if it is no TOML, too large, or nested beyond all sense."""
    if len(text) > LARGEST:
        return None
    try:
        found = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):
        return None
    return found if _is_shallow(found) else None


def spell(document: Document) -> str:
    """The tables as text; loading it gives the same tables."""
    plain = {key: value for key, value in document.items() if not _apart(key, value)}
    lines = [*_lines(plain, "")]
    for key in ("posts", "fields", "nodes"):
        apart = document[key] if _apart(key, document.get(key)) else []
        for table in [apart] if isinstance(apart, dict) else apart:
            lines += ["", f"[{key}]" if table is apart else f"[[{key}]]", *_lines(table, key)]
    return "\n".join(lines) + "\n"


def comments(text: str) -> int:
    """How many comments a text holds."""
    return sum(1 for found in COMMENT.finditer(text) if found[1] is not None)


def _is_shallow(document: Document) -> bool:
    """Whether no value lies too deep to be spelt again; keys with dots nest without limit."""
    level: list[object] = [document]
    for _ in range(DEEPEST):
        level = [inside for one in level for inside in _inside(one)]
        if not level:
            return True
    return False


def _inside(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _apart(key: str, value: object) -> bool:
    """Whether a value gets tables of its own, below what stands at the top."""
    if key == "posts":
        return isinstance(value, dict)
    several = isinstance(value, list) and value and all(isinstance(one, dict) for one in value)
    return key in {"fields", "nodes"} and bool(several)


def _lines(table: Document, kind: str) -> Iterator[str]:
    return (f"{_key(key)} = {_value(value, key)}" for key, value in _ordered(table, kind))


def _ordered(table: Document, kind: str) -> Iterable[tuple[str, Any]]:
    order = ORDER.get(kind, ())
    return sorted(
        table.items(), key=lambda pair: order.index(pair[0]) if pair[0] in order else len(order)
    )


def _key(key: str) -> str:
    return key if BARE.match(key) else _text(key)


def _value(value: object, kind: str = "") -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return _text(value)
        case list():
            return _list(value, kind)
        case dict():
            inside = ", ".join(f"{_key(k)} = {_value(v, k)}" for k, v in _ordered(value, kind))
            return f"{{ {inside} }}"
        case datetime() | date() | time():
            return value.isoformat()
        case _:
            return repr(value)


def _list(value: list[Any], kind: str) -> str:
    """Ways on stand one below the other, everything else in one line."""
    words = [_value(one, kind) for one in value]
    if kind in {"next", "on_fail"} and len(words) > 1:
        return "".join(["[\n", *(f"  {word},\n" for word in words), "]"])
    return f"[{', '.join(words)}]"


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
