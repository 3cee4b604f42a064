"""What a form of the editor comes to: its boxes kept, then the button that was pressed. 表单的办理.

A part of a process is named by one word: `basics`, `fields`, `conflicts`, or `step-` with the place
of a step. A button is a verb and what it is about, as `add_row next-0-when`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from zhongshu.kernel.flow.text.document import Document

from . import edges, formfields, seats, steps
from .conditions import Group, Line, added, removed
from .document import Posted, Table, changed, first, nodes, number_of, tables, text
from .settings import BASICS, NODE, Setting
from .values import save

STEP = re.compile(r"step-([0-9]{1,3})\Z")
PATH = re.compile(r"(next|on_fail)-([0-9]{1,2})-when((?:-[0-9]{1,2})*)\Z")
PLACE = re.compile(r"(next|on_fail|seats|fields|conflicts)-([0-9]{1,3})\Z")
BLANK = Line("", "", ())
NOBODY: Mapping[str, str] = MappingProxyType({})


class Edited(NamedTuple):
    """The changed tables, the part to be shown next, and boxes whose text was not taken: of each
    what was typed."""

    document: Document
    part: str
    refused: dict[str, str] = {}  # noqa: RUF012  # never changed


class Press(NamedTuple):
    """A pressed button: on which tables, in which part, about what, and what else was sent."""

    document: Document
    part: str
    about: str
    posted: Posted

    @property
    def place(self) -> int | None:
        """The place of the step whose form it is."""
        return place_of(self.part, self.document)


Verb = Callable[[Press], Edited]


def place_of(part: str, document: Document) -> int | None:
    """The place of the step that a part names, if there is one."""
    found = STEP.match(part)
    place = int(found[1]) if found else -1
    return place if 0 <= place < len(nodes(document)) else None


def edit(
    document: Document, part: str, posted: Posted, names: Mapping[str, str] = NOBODY
) -> Edited:
    """The form of a part as it was sent; `names` are what posts, people and units are called."""
    kept = keep(document, part, posted, names)
    verb, _, about = (first(posted, "do") or "").partition(" ")
    if kept.refused or verb not in VERBS:
        return kept
    return VERBS[verb](Press(kept.document, part, about, posted))


def keep(document: Document, part: str, posted: Posted, names: Mapping[str, str]) -> Edited:
    """What stands in the boxes."""
    if part == "basics":
        made = changed(document)
        save([one for group in BASICS for one in group.settings], made, posted)
        return Edited(made, part)
    if part == "fields":
        made, refused = formfields.save_all(document, posted)
        return Edited(made, part, refused)
    if part == "conflicts":
        return Edited(_conflicts(document, posted), part)
    place = place_of(part, document)
    if place is None:
        return Edited(document, part)
    return _step(document, part, place, posted, names)


def _conflicts(document: Document, posted: Posted) -> Document:
    made = changed(document)
    if first(posted, "conflicts-count") is None:
        return made
    pairs = []
    for place in range(number_of(posted, "conflicts-count")):
        pair = [first(posted, f"conflicts-{place}-{n}") or "" for n in (0, 1)]
        if any(pair):
            pairs.append(pair)
    if pairs:
        made["conflicts"] = pairs
    else:
        made.pop("conflicts", None)
    return made


def _step(
    document: Document, part: str, place: int, posted: Posted, names: Mapping[str, str]
) -> Edited:
    made = changed(document)
    node = nodes(made)[place]
    save(_settings(), node, posted)
    seats.save_seats(node, posted, names)
    seats.save_counting(node, posted)
    for key in ("next", "on_fail"):
        edges.save(made, node, key, posted)
    edges.save_refusal(node, posted)
    old, new = text(node, "id"), first(posted, "id")
    if new is None or new.strip() == old:
        return Edited(made, part)
    if not steps.may_rename(made, old, new.strip()):
        return Edited(made, part, {"id": new.strip()})
    return Edited(steps.rename(made, old, new.strip()), part)


def _settings() -> list[Setting]:
    return [one for group in NODE for one in group.settings]


def _add_step(press: Press) -> Edited:
    """After the step of the part, or after the last one that goes on."""
    place, document = press.place, press.document
    if place is None:
        onward = [n for n, one in enumerate(nodes(document)) if text(one, "kind") != "end"]
        place = onward[-1] if onward else len(nodes(document)) - 1
    kind = first(press.posted, "new-kind") or "decide"
    name = (first(press.posted, "new-name") or "").strip()
    if place < 0:
        made = changed(document)
        made["nodes"] = [{"id": "draft", "name": name, "kind": "draft"}]
        return Edited(made, "step-0")
    return Edited(steps.add(document, place, kind, name), f"step-{place + 1}")


def _on_step(change: Callable[[Document, int], tuple[Document, int]]) -> Verb:
    def _verb(press: Press) -> Edited:
        place = press.place
        if place is None:
            return Edited(press.document, press.part)
        made, at = change(press.document, place)
        return Edited(made, f"step-{at}" if 0 <= at < len(nodes(made)) else "basics")

    return _verb


def _up(document: Document, place: int) -> tuple[Document, int]:
    return steps.move(document, place, down=False), max(place - 1, 0)


def _down(document: Document, place: int) -> tuple[Document, int]:
    last = len(nodes(document)) - 1
    return steps.move(document, place, down=True), min(place + 1, last)


def _delete(document: Document, place: int) -> tuple[Document, int]:
    return steps.delete(document, place), max(place - 1, 0)


def _add_field(press: Press) -> Edited:
    label = (first(press.posted, "new-label") or "").strip()
    return Edited(formfields.add(press.document, label), press.part)


def _field(change: Callable[[Document, int], Document]) -> Verb:
    def _verb(press: Press) -> Edited:
        found = PLACE.match(press.about)
        if not found or int(found[2]) >= len(tables(press.document, "fields")):
            return Edited(press.document, press.part)
        return Edited(change(press.document, int(found[2])), press.part)

    return _verb


def _list(change: Callable[[list[Any], int], list[Any]]) -> Verb:
    """A verb on one row of seats, ways or pairs."""

    def _verb(press: Press) -> Edited:
        found, made = PLACE.match(press.about), changed(press.document)
        place = press.place
        if not found:
            return Edited(press.document, press.part)
        key, row = found[1], int(found[2])
        if key == "conflicts" and isinstance(made.get(key), list):
            made[key] = change(made[key], row)
        elif place is not None and key == "seats":
            seats.put_seats(nodes(made)[place], change(tables(nodes(made)[place], key), row))
        elif place is not None and key in {"next", "on_fail"}:
            node = nodes(made)[place]
            edges.put(node, key, change(edges.listed(node, key), row))
        return Edited(made, press.part)

    return _verb


def _without(rows: list[Any], row: int) -> list[Any]:
    return [one for place, one in enumerate(rows) if place != row]


def _earlier(rows: list[Any], row: int) -> list[Any]:
    if 0 < row < len(rows):
        rows = [*rows]
        rows[row - 1], rows[row] = rows[row], rows[row - 1]
    return rows


def _add_seat(press: Press) -> Edited:
    made = changed(press.document)
    place = press.place
    if place is not None:
        node = nodes(made)[place]
        seats.put_seats(node, [*tables(node, "seats"), {"post": ""}])
    return Edited(made, press.part)


def _add_way(press: Press) -> Edited:
    """One more way, before the one that holds for everything else. Where people decide or work, it
    asks for a condition at once."""
    made, place, about = changed(press.document), press.place, press.about
    if place is None or about not in {"next", "on_fail"}:
        return Edited(press.document, press.part)
    node = nodes(made)[place]
    found = edges.listed(node, about)
    if text(node, "kind") == "split":
        edges.put(node, about, [*found, {"to": ""}])
    elif not found:
        edges.put(node, about, [{"to": ""}])
    else:
        new: Table = {"to": "", "when": ["", "", ""]}
        last = [*found[:-1], new, found[-1]] if "when" not in found[-1] else [*found, new]
        edges.put(node, about, last)
    return Edited(made, press.part)


def _when(change: Callable[[Group | None, list[int]], Group | None]) -> Verb:
    """A verb on the condition of one way."""

    def _verb(press: Press) -> Edited:
        found, made = PATH.match(press.about), changed(press.document)
        place = press.place
        if not found or place is None:
            return Edited(press.document, press.part)
        node, key, row = nodes(made)[place], found[1], int(found[2])
        path = [int(one) for one in found[3].split("-") if one]
        ways = edges.ways(node, key)
        if row < len(ways):
            ways[row] = ways[row]._replace(when=change(ways[row].when, path))
            edges.put(node, key, [edges.spelt(one, made) for one in ways])
        return Edited(made, press.part)

    return _verb


def _add_row(when: Group | None, path: list[int]) -> Group:
    return Group("all", (BLANK,)) if when is None else added(when, path, BLANK)


def _add_group(when: Group | None, path: list[int]) -> Group:
    return added(when or Group("all", ()), path, Group("any", (BLANK,)))


def _remove(when: Group | None, path: list[int]) -> Group | None:
    if when is None or not path:
        return None
    left = removed(when, path)
    return left if left.parts else None


VERBS: dict[str, Verb] = {
    "add_step": _add_step,
    "up": _on_step(_up),
    "down": _on_step(_down),
    "delete": _on_step(_delete),
    "add_field": _add_field,
    "field_up": _field(lambda document, place: formfields.move(document, place, down=False)),
    "field_down": _field(lambda document, place: formfields.move(document, place, down=True)),
    "field_delete": _field(formfields.delete),
    "add_seat": _add_seat,
    "add_way": _add_way,
    "row_delete": _list(_without),
    "row_up": _list(_earlier),
    "add_row": _when(_add_row),
    "add_group": _when(_add_group),
    "unask": _when(_remove),
}
