"""The fields of the form: added, renamed, moved, deleted; what names them follows. 表单字段."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from zhongshu.kernel.flow.text.document import Document

from .document import Posted, Table, changed, fields, first, fresh, nodes, number_of, tables, text
from .settings import FIELD
from .values import save

ON_NAMES = ("relies", "edits")
RENAMED = "name"


def add(document: Document, label: str) -> Document:
    """One more field."""
    made = changed(document)
    taken = [text(one, "name") for one in fields(made)]
    made["fields"] = [*fields(made), {"name": fresh(taken, "field"), "label": label}]
    return made


def delete(document: Document, place: int) -> Document:
    """Without a field. Conditions and seats that ask for it keep its name: the check tells."""
    made = changed(document)
    gone = text(fields(made)[place], "name")
    made["fields"] = [one for at, one in enumerate(fields(made)) if at != place]
    if not made["fields"]:
        del made["fields"]
    for node in nodes(made):
        for key in ON_NAMES:
            if isinstance(node.get(key), list) and gone in node[key]:
                node[key] = [one for one in node[key] if one != gone]
        if node.get("edits") == []:
            del node["edits"]
    if made.get("amount") == gone:
        del made["amount"]
    return made


def move(document: Document, place: int, down: bool) -> Document:
    """A field changes places with its neighbour."""
    made = changed(document)
    found, other = fields(made), place + 1 if down else place - 1
    if max(place, other) < len(found) and other >= 0:
        found[place], found[other] = found[other], found[place]
    return made


def may_rename(document: Document, old: str, new: str) -> bool:
    """Whether no other field has the new name."""
    return new == old or all(text(one, "name") != new for one in fields(document))


def rename(document: Document, old: str, new: str) -> Document:
    """Another name for a field, wherever it is asked for."""
    made = changed(document)

    def _word(value: Any) -> Any:
        return new if value == old else value

    for one in fields(made):
        if one.get("name") == old:
            one.setdefault("label", old)  # people go on seeing what they saw
            one["name"] = new
    if made.get("amount") == old:
        made["amount"] = new
    for node in nodes(made):
        _rename_at(node, _word)
    return made


def _rename_at(node: Table, word: Callable[[Any], Any]) -> None:
    """A step that relies on the field, fills it in, asks it who acts or where to go on."""
    for key in ON_NAMES:
        if isinstance(node.get(key), list):
            node[key] = [word(one) for one in node[key]]
    for seat in tables(node, "seats"):
        if "field" in seat:
            seat["field"] = word(seat["field"])
    for key in ("next", "on_fail"):
        for edge in tables(node, key):
            if "when" in edge:
                edge["when"] = _asked(edge["when"], word)


def _asked(condition: Any, word: Callable[[Any], Any]) -> Any:
    """A condition that asks for the field by its new name."""
    if isinstance(condition, dict):
        return {key: _parts(inside, word, key) for key, inside in condition.items()}
    if isinstance(condition, list) and condition:
        return [word(condition[0]), *condition[1:]]
    return condition


def _parts(inside: Any, word: Callable[[Any], Any], key: str) -> Any:
    if key in {"all", "any"} and isinstance(inside, list):
        return [_asked(one, word) for one in inside]
    return _asked(inside, word)


def save_all(document: Document, posted: Posted) -> tuple[Document, dict[str, str]]:
    """What a form says about the fields, and the names it may not give, by their boxes."""
    made, refused = changed(document), {}
    plain = [one for one in FIELD if one.key != RENAMED]
    for place in range(min(number_of(posted, "fields-count"), len(fields(made)))):
        prefix = f"fields-{place}-"
        save(plain, fields(made)[place], posted, prefix)
        old, new = text(fields(made)[place], "name"), first(posted, prefix + RENAMED)
        if new is None or new.strip() == old:
            continue
        if may_rename(made, old, new.strip()):
            made = rename(made, old, new.strip())
        else:
            refused[prefix + RENAMED] = new.strip()
    return made, refused


def kinds(table: Table) -> str:
    """The kind of a field."""
    return text(table, "type") or "text"
