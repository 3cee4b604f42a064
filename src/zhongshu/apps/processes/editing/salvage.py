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
    """Take out everything that is wrong; whether anything was. Each thing once, and later rows
    before earlier ones, so that places stay true meanwhile."""
    paths = {tuple(_path(one)) for one in found}
    by_place = sorted(paths, key=lambda path: [_order(step) for step in path], reverse=True)
    return sum(bool(path) and _drop(document, path) for path in by_place) > 0


def _order(step: int | str) -> tuple[int, str]:
    return (step, "") if isinstance(step, int) else (-1, step)


def _path(one: Finding) -> list[int | str]:
    """What to take out; an id that is no id takes its row with it."""
    path: list[int | str] = [
        int(step[1:-1]) if step[0] == "[" else step for step in STEP.findall(one.where)
    ]
    if one.code == "unknown_key":
        path.append(dict(one.about)["key"])
    rows = [at for at, step in enumerate(path) if isinstance(step, int)]
    whole = one.code in {"bad_id", "bad_condition", "one_kind_of_seat", "kind_missing"}
    return path[: rows[-1] + 1] if whole and rows else path


def _drop(holder: Any, path: tuple[int | str, ...]) -> bool:
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
