"""Looking into the tables of an unfinished process, whatever shape they have. 文稿里的东西."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from itertools import count
from typing import Any

from zhongshu.kernel.flow.text.document import Document
from zhongshu.kernel.flow.text.tables import IDENTIFIER

Table = dict[str, Any]
Posted = Mapping[str, list[str]]  # what a form sent
MOST_LINES = 60  # rows of one list in a form


def tables(holder: Mapping[str, Any], key: str) -> list[Table]:
    """The tables under a key; what is no list of tables counts as none."""
    found = holder.get(key)
    if isinstance(found, list) and all(isinstance(one, dict) for one in found):
        return found
    return []


def nodes(document: Document) -> list[Table]:
    """The steps."""
    return tables(document, "nodes")


def fields(document: Document) -> list[Table]:
    """The fields of the form."""
    return tables(document, "fields")


def text(table: Mapping[str, Any], key: str) -> str:
    """A text under a key; anything else is none."""
    found = table.get(key)
    return found if isinstance(found, str) else ""


def ids(document: Document) -> list[str]:
    """The ids of the steps, in their order."""
    return [text(node, "id") for node in nodes(document)]


def called(table: Table, key: str = "name") -> str:
    """What a step is called; its id if it has no name."""
    return text(table, key) or text(table, "id") or text(table, "name")


def field(document: Document, name: str) -> Table:
    """The field of that name; an empty one if there is none."""
    return next((one for one in fields(document) if one.get("name") == name), {})


def changed(document: Document) -> Document:
    """A copy to be changed."""
    return copy.deepcopy(document)


def fresh(taken: list[str], word: str) -> str:
    """An id nobody has: the word with the next free number."""
    known = {*taken}
    return next(name for n in count(1) if (name := f"{word}_{n}") not in known)


def is_id(name: str) -> bool:
    """Whether a text may be an id."""
    return IDENTIFIER.match(name) is not None


def number_of(posted: Posted, key: str) -> int:
    """A count that a form sent along; nothing sensible is 0, and it is bounded."""
    found = (posted.get(key) or ["0"])[-1]
    return min(int(found), MOST_LINES) if re.fullmatch("[0-9]{1,3}", found) else 0


def first(posted: Posted, key: str) -> str | None:
    """A text that a form sent, or nothing."""
    found = posted.get(key)
    return found[-1] if found else None
