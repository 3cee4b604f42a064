"""The process as far as it can be read: what is half finished is left out. 能读出的部分."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from zhongshu.kernel.flow.definition import Definition
from zhongshu.kernel.flow.findings import Finding
from zhongshu.kernel.flow.text.document import Document, spell
from zhongshu.kernel.flow.text.format import read

from .document import changed

TRIES = 12
STEP = re.compile(r"[^.\[\]]+|\[[0-9]+\]")


def salvaged(document: Document) -> Definition | None:
    """A definition to be drawn; nothing if too much is missing."""
    made = changed(document)
    for _ in range(TRIES):
        found = read(spell(made))
        if isinstance(found, Definition):
            return found
        if not _all_out(made, found):
            return None
    return None


def _all_out(document: Document, found: tuple[Finding, ...]) -> bool:
    """Take out everything that is wrong; whether anything was."""
    return sum(_without(document, one) for one in _deepest_first(found)) > 0


def _deepest_first(found: tuple[Finding, ...]) -> list[Finding]:
    """Later rows before earlier ones, so that places stay true while rows are taken out."""
    return sorted(dict.fromkeys(found), key=lambda one: _parts(one.where), reverse=True)


def _parts(where: str) -> list[tuple[int, str]]:
    found = STEP.findall(where)
    return [(int(one[1:-1]), "") if one[0] == "[" else (-1, one) for one in found]


def _without(document: Document, one: Finding) -> bool:
    """Take out what is wrong, if it is there; an id that is no id takes its row with it."""
    path = [place if place >= 0 else word for place, word in _parts(one.where)]
    about = dict(one.about)
    if one.code == "unknown_key":
        path.append(about["key"])
    rows = [at for at, step in enumerate(path) if isinstance(step, int)]
    whole = one.code in {"bad_id", "bad_condition", "one_kind_of_seat", "kind_missing"}
    if whole and rows:
        path = path[: rows[-1] + 1]
    return bool(path) and _drop(document, path)


def _drop(holder: Any, path: list[int | str]) -> bool:
    """Take out what stands at the end of a path, or the last thing on it that is there."""
    for step, onward in pairwise(path):
        inside = _inside(holder, step)
        if _inside(inside, onward) is None:
            return _take(holder, step)
        holder = inside
    return _take(holder, path[-1])


def _take(holder: Any, step: int | str) -> bool:
    if _inside(holder, step) is None:
        return False
    del holder[step]
    return True


def _inside(holder: Any, step: int | str) -> Any:
    if isinstance(holder, list) and isinstance(step, int):
        return holder[step] if step < len(holder) else None
    return holder.get(step) if isinstance(holder, dict) else None
