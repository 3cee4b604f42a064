"""Adding, renaming, moving and deleting steps: what leads there follows. 步骤."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from zhongshu.kernel.flow.definition import HANDLED
from zhongshu.kernel.flow.text.document import Document

from .document import Table, changed, fresh, ids, nodes, tables, text
from .edges import listed, put

PEOPLE = frozenset(kind.value for kind in HANDLED)
SPLITS = frozenset({"split", "inclusive"})
SEATED: Table = {
    "relation": "unit_head",
    "name": "申请人的部门负责人",
}  # a new step has somebody, to be changed
KEYS = ("next", "on_fail")
RESERVED = frozenset({"any", "draft", "previous", "end", "edge"})  # words that name no step


def add(document: Document, place: int, kind: str, name: str) -> Document:
    """A new step after another, on its way; after a split, one more branch. A split comes with two
    branches and its join."""
    made = changed(document)
    steps = nodes(made)
    before = steps[place]
    new = [_new(made, kind, name)]
    if kind in SPLITS:
        new += _branches(made, new[0])
    made["nodes"] = [*steps[: place + 1], *new, *steps[place + 1 :]]
    if kind == "end" or text(before, "kind") == "end":
        return made
    if text(before, "kind") in SPLITS:
        _branch_off(before, new[0]["id"])
        new[-1]["next"] = _join(made, before)
        return made
    if "next" in before:
        new[-1]["next"] = before["next"]
    before["next"] = new[0]["id"]
    return made


def _branch_off(split: Table, to: str) -> None:
    """One more branch; where branches have conditions, before the one for everything else."""
    edges: list[Table] = listed(split, "next")
    if text(split, "kind") == "inclusive" and edges and "when" not in edges[-1]:
        edges = [*edges[:-1], {"to": to, "when": ["", "", ""]}, edges[-1]]
    else:
        edges = [*edges, {"to": to}]
    put(split, "next", edges)


def _join(document: Document, split: Table) -> str:
    joins = (one for one in nodes(document) if one.get("split") == split.get("id"))
    return text(next(joins, {}), "id")


def _new(document: Document, kind: str, name: str) -> Table:
    node: Table = {"id": fresh(ids(document), "step"), "name": name, "kind": kind}
    if kind in PEOPLE:
        node["seats"] = [dict(SEATED)]
    return node


def _branches(document: Document, split: Table) -> list[Table]:
    first, taken = text(split, "id"), [*ids(document), text(split, "id")]
    join: Table = {"id": fresh(taken, "join"), "name": "汇合", "kind": "join", "split": first}
    branches = []
    for word in ("甲", "乙"):
        one: Table = {"id": fresh(taken, "step"), "name": f"分支{word}", "kind": "decide"}
        taken.append(one["id"])
        branches.append({**one, "seats": [dict(SEATED)], "next": join["id"]})
    split["next"] = [{"to": one["id"]} for one in branches]
    return [*branches, join]


def delete(document: Document, place: int) -> Document:
    """Without a step: whatever led there leads to where it would have gone on. A split takes its
    join with it; the first of its branches stays on the way."""
    made = changed(document)
    gone = nodes(made)[place]
    away = [gone]
    if text(gone, "kind") in SPLITS:
        away += [one for one in nodes(made) if one.get("split") == gone.get("id")]
    for one in away:
        _bypass(made, one)
    made["nodes"] = [node for node in nodes(made) if node not in away]
    return made


def _bypass(document: Document, gone: Table) -> None:
    name = text(gone, "id")
    for node in nodes(document):
        for key in KEYS:
            edges = listed(node, key)
            if any(edge.get("to") == name for edge in edges):
                put(node, key, [*_led(edges, name, _ahead(document, node, gone))])
        if name not in RESERVED and node.get("on_fail") == name:
            del node["on_fail"]
        back = node.get("returns")
        if isinstance(back, list) and name in back and name not in RESERVED:
            node["returns"] = [one for one in back if one != name] or ["any"]
    if document.get("recall") == f"before:{name}":
        del document["recall"]
    pairs = document.get("conflicts")
    if isinstance(pairs, list) and any(_has(pair, name) for pair in pairs):
        document["conflicts"] = [pair for pair in pairs if not _has(pair, name)]


def _ahead(document: Document, before: Table, gone: Table) -> list[Table]:
    """Where a step that goes would have gone on; a branch with nothing left in it is none."""
    ahead = [edge for edge in listed(gone, "next") if edge.get("to") != gone.get("id")]
    if text(gone, "kind") in SPLITS:
        return [{"to": edge.get("to")} for edge in ahead[:1]]
    if text(before, "kind") in SPLITS and {_join(document, before)} == {
        edge.get("to") for edge in ahead
    }:
        return []
    return ahead


def _led(edges: list[Table], name: str, ahead: list[Table]) -> Iterator[Table]:
    """The edges past a step: one without condition becomes all that followed, one with a condition
    leads to the last of them; of two that come to be the same, one."""
    seen: list[Table] = []
    for edge in edges:
        past = [edge]
        if edge.get("to") == name:
            last = [{**edge, "to": one.get("to")} for one in ahead[-1:]]
            past = last if "when" in edge else ahead
        for one in past:
            if one not in seen:
                seen.append(one)
                yield one


def may_rename(document: Document, old: str, new: str) -> bool:
    """Whether the new id means nothing else yet: two steps of one id could not be told apart."""
    return new == old or (new not in ids(document) and new not in RESERVED - {old})


def rename(document: Document, old: str, new: str) -> Document:
    """Another id for a step, everywhere where it is named. The steps' own tables are looked into
    key by key: a value of a condition that looks the same is another thing."""
    made = changed(document)

    def _word(value: Any) -> Any:
        return new if value == old else value

    def _meant(value: Any) -> Any:
        return value if str(value) in RESERVED else _word(value)

    for node in nodes(made):
        _rename_at(node, _word, _meant)
    if made.get("recall") == f"before:{old}":
        made["recall"] = f"before:{new}"
    if isinstance(made.get("conflicts"), list):
        made["conflicts"] = [_each(pair, _word) for pair in made["conflicts"]]
    return made


def _rename_at(node: Table, word: Callable[[Any], Any], meant: Callable[[Any], Any]) -> None:
    """A step that is the renamed one or names it; `meant` leaves words alone that name no step."""
    for key in ("id", "split", "next"):
        if isinstance(node.get(key), str):
            node[key] = word(node[key])
    if isinstance(node.get("on_fail"), str):
        node["on_fail"] = meant(node["on_fail"])
    for key in KEYS:
        for edge in tables(node, key):
            edge["to"] = word(edge.get("to"))
    if isinstance(node.get("returns"), list):
        node["returns"] = [meant(one) for one in node["returns"]]


def move(document: Document, place: int, down: bool) -> Document:
    """A step changes places with its neighbour in the list; where one leads straight to the other
    and nothing else does, also on the way."""
    other = place + 1 if down else place - 1
    made = changed(document)
    steps = nodes(made)
    if other < 0 or max(place, other) >= len(steps):
        return made
    upper, lower = steps[min(place, other)], steps[max(place, other)]
    if is_straight(made, upper, lower):
        one, two = text(upper, "id"), text(lower, "id")
        onward = lower.get("next")
        _lead(made, one, two)
        lower["next"], upper["next"] = one, onward
        if onward is None:
            del upper["next"]
    steps[place], steps[other] = steps[other], steps[place]
    return made


def is_straight(document: Document, upper: Table, lower: Table) -> bool:
    """Whether two steps follow each other without anything between, beside or into them."""
    fixed = {"draft", "end", "join", *SPLITS}
    into = [
        (node is upper, key, edge)
        for node in nodes(document)
        for key in KEYS
        for edge in listed(node, key)
        if edge.get("to") == text(lower, "id")
    ]
    return (
        text(upper, "kind") not in fixed
        and text(lower, "kind") not in fixed
        and into == [(True, "next", {"to": text(lower, "id")})]
        and len(listed(upper, "next")) == 1
        and len(listed(lower, "next")) < 2
        and all("when" not in edge for edge in listed(lower, "next"))
        and text(upper, "id") not in {edge.get("to") for edge in listed(lower, "next")}
    )


def _lead(document: Document, old: str, new: str) -> None:
    for node in nodes(document):
        for key in KEYS:
            edges = listed(node, key)
            if any(edge.get("to") == old for edge in edges):
                put(node, key, [{**e, "to": new} if e.get("to") == old else e for e in edges])


def _has(pair: object, name: str) -> bool:
    return isinstance(pair, list) and name in pair


def _each(pair: object, word: Callable[[Any], Any]) -> object:
    return [word(one) for one in pair] if isinstance(pair, list) else pair
