"""Reading a definition from TOML: every mistake named with its place, nothing guessed. 定义格式.

docs/reference/flow.md describes the format. Unknown keys are errors: a misspelt `limt` must not
silently mean "no limit". Size and depth are bounded before anything is built.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date
from typing import Any

from zhongshu.kernel.flow import condition as cond
from zhongshu.kernel.flow.definition import (
    Counting,
    Definition,
    Edge,
    Field,
    Node,
    NodeKind,
    Rule,
    Seat,
    SeatKind,
)
from zhongshu.kernel.flow.findings import Finding, finding

from .tables import IDENTIFIER, MOST, Reader, is_reference

FORMAT = 1
LARGEST_NUMBER = 10**18  # the form takes smaller ones only
LARGEST = 262_144  # characters of one file
RATIO = re.compile(r"([1-9][0-9]?)/([1-9][0-9]?)\Z")
SEAT_KINDS = {kind.value for kind in SeatKind}


TOP = frozenset(
    (
        *("format", "id", "name", "version", "kind", "min_deciders", "carry", "max_returns"),
        *("recall", "amount", "posts", "hops", "lapse", "counter", "fallback_repeats"),
        *("returner_chooses", "conflicts", "fields", "nodes"),
    )
)
POSTS = frozenset({"clerk", "supervisor", "head", "override"})
NODE = frozenset(
    (
        *("id", "name", "kind", "next", "seats", "rule", "race", "hold_open", "abstain"),
        *("min_people", "limit", "relies", "edits", "always_fresh", "delegable", "on_fail"),
        *("returns", "fallback", "transfer", "add", "consult", "circulate", "beside"),
        *("add_depth", "claim_within", "assign", "take_back", "effects", "split", "sub"),
    )
)
SEAT = frozenset({"name", "weight", "veto", "duty", "not_own_unit", "above_initiator"}) | SEAT_KINDS
FIELD = frozenset({"name", "label", "type", "many", "required", "options"})
TYPES = ("text", "number", "choice", "date", "flag", "person", "post", "unit", "file")


OPERATORS = frozenset().union(*cond.BY_TYPE.values(), cond.MANY)


def read(text: str) -> Definition | tuple[Finding, ...]:
    """A definition, or everything that is wrong with the text. Never raises."""
    if len(text) > LARGEST:
        return (finding("too_large", "", most=LARGEST),)
    try:
        top = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        return (finding("not_toml", "", error=str(error)[:200]),)
    reader = Reader()
    definition = _definition(reader, top)
    return tuple(reader.findings) or definition


def _definition(r: Reader, top: dict[str, Any]) -> Definition:
    r.known(top, TOP, "")
    if top.get("format") != FORMAT:
        r.wrong("other_format", "format", needed=FORMAT)
    posts = r.table(top.get("posts", {}), "posts")
    r.known(posts, POSTS, "posts")
    return Definition(
        id=r.id(top, "id", ""),
        name=r.text(top, "name", ""),
        version=r.whole(top, "version", "", 1, 1_000_000),
        nodes=tuple(_node(r, t, f"nodes[{i}]") for i, t in _list(r, top, "nodes")),
        fields=tuple(_field(r, t, f"fields[{i}]") for i, t in _list(r, top, "fields")),
        kind=r.text(top, "kind", ""),
        conflicts=_conflicts(r, top),
        min_deciders=r.whole(top, "min_deciders", "", 0, 20),
        carry=r.choice(top, "carry", ("smart", "replay", "straight"), ""),  # type: ignore[arg-type]
        max_returns=r.whole({"max_returns": 3, **top}, "max_returns", "", 0, 50),
        recall=r.text(top, "recall", "", "any"),
        amount=r.text(top, "amount", ""),
        clerk=r.text(posts, "clerk", "posts"),
        supervisor=r.text(posts, "supervisor", "posts"),
        head=r.text(posts, "head", "posts"),
        override=r.text(posts, "override", "posts"),
        hops=r.whole(top, "hops", "", 1, 3),
        lapse=r.limit(top, "lapse", ""),
        counter=r.limit(top, "counter", ""),
        fallback_repeats=r.take(top, "fallback_repeats", bool, False, ""),
        returner_chooses=r.take(top, "returner_chooses", bool, True, ""),
    )


def _list(r: Reader, top: dict[str, Any], key: str) -> list[tuple[int, dict[str, Any]]]:
    return list(enumerate(r.tables(top.get(key, []), key, key)))


def _conflicts(r: Reader, top: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    found = []
    for i, pair in enumerate(r.take(top, "conflicts", list, [], "")):
        if isinstance(pair, list) and len(pair) == 2 and all(isinstance(p, str) for p in pair):
            found.append((pair[0], pair[1]))
        else:
            r.wrong("bad_pair", f"conflicts[{i}]")
    return tuple(found)


def _field(r: Reader, table: dict[str, Any], where: str) -> Field:
    r.known(table, FIELD, where)
    name = r.id(table, "name", where)
    type_ = r.choice(table, "type", TYPES, where)
    return Field(
        name,
        r.text(table, "label", where, name),
        type_,  # type: ignore[arg-type]
        r.take(table, "many", bool, False, where),
        r.take(table, "required", bool, False, where),
        r.words(table, "options", where),
    )


def _node(r: Reader, table: dict[str, Any], where: str) -> Node:
    r.known(table, NODE, where)
    if "kind" not in table:
        r.wrong("kind_missing", where)
    flags = {
        key: r.take(table, key, bool, key == "delegable", where)
        for key in ("race", "hold_open", "abstain", "always_fresh", "delegable", "beside")
    }
    on_fail, fail_edges = _on_fail(r, table, where)
    seats = tuple(
        _seat(r, one, f"{where}.seats[{i}]")
        for i, one in enumerate(r.tables(table.get("seats", []), f"{where}.seats", "seats"))
    )
    rule = _rule(r, table.get("rule", "all"), f"{where}.rule")
    least = joint_minimum(rule, len(seats))
    return Node(
        id=r.id(table, "id", where),
        name=r.text(table, "name", where),
        kind=NodeKind(r.choice(table, "kind", tuple(kind.value for kind in NodeKind), where)),
        edges=_edges(r, table.get("next", []), f"{where}.next"),
        seats=seats,
        rule=rule,
        min_people=r.whole({"min_people": least, **table}, "min_people", where, 1, 60),
        limit=r.limit(table, "limit", where),
        relies=r.words(table, "relies", where) if "relies" in table else None,
        edits=r.words(table, "edits", where),
        on_fail=on_fail,
        fail_edges=fail_edges,
        returns=r.words({"returns": ["any"], **table}, "returns", where),
        fallback=r.text(table, "fallback", where),
        transfer=r.words(table, "transfer", where),
        add=r.words(table, "add", where),
        consult=r.words({"consult": ["any"], **table}, "consult", where),
        circulate=r.words({"circulate": ["any"], **table}, "circulate", where),
        add_depth=r.whole(table, "add_depth", where, 1, 2),
        claim_within=r.limit(table, "claim_within", where),
        assign=r.text(table, "assign", where),
        take_back=r.choice(table, "take_back", ("undecided", "unopened", "never"), where),  # type: ignore[arg-type]
        effects=r.words(table, "effects", where),
        split=r.text(table, "split", where),
        sub=r.text(table, "sub", where),
        **flags,
    )


def joint_minimum(rule: Rule, seats: int) -> int:
    """The default of `min_people`: two where several must agree."""
    return 2 if rule.kind in {Counting.ALL, Counting.SEQUENTIAL} and seats > 1 else 1


def _seat(r: Reader, table: dict[str, Any], where: str) -> Seat:
    r.known(table, SEAT, where)
    kinds = sorted(SEAT_KINDS & table.keys())
    if len(kinds) != 1:
        r.wrong("one_kind_of_seat", where, options=", ".join(sorted(SEAT_KINDS)))
        kinds = ["person"]
    ref = r.text(table, kinds[0], where)
    if not is_reference(ref):
        r.wrong("bad_id", f"{where}.{kinds[0]}", value=ref)
    return Seat(
        SeatKind(kinds[0]),
        ref,
        r.text(table, "name", where),
        r.whole(table, "weight", where, 1, 100),
        r.take(table, "veto", bool, False, where),
        r.text(table, "duty", where),
        r.take(table, "not_own_unit", bool, False, where),
        r.take(table, "above_initiator", bool, False, where),
    )


def _rule(r: Reader, value: Any, where: str) -> Rule:
    if value in {"all", "sequential"} if isinstance(value, str) else False:
        return Rule(Counting(value))
    table = value if isinstance(value, dict) and len(value) == 1 else {}
    for kind in ("at_least", "more_than"):
        ratio = table.get(kind)
        found = RATIO.match(ratio) if isinstance(ratio, str) else None
        if found and int(found[1]) <= int(found[2]):
            return Rule(Counting(kind), p=int(found[1]), q=int(found[2]))
    if "count" in table:
        return Rule(Counting.COUNT, n=r.whole(table, "count", where, 1, 60))
    r.wrong("bad_rule", where)
    return Rule()


def _on_fail(r: Reader, table: dict[str, Any], where: str) -> tuple[str, tuple[Edge, ...]]:
    value = table.get("on_fail", "end")
    if isinstance(value, list):
        return "edge", _edges(r, value, f"{where}.on_fail")
    if isinstance(value, str) and (IDENTIFIER.match(value) and value != "edge"):
        return value, ()
    r.wrong("bad_on_fail", f"{where}.on_fail")
    return "end", ()


def _edges(r: Reader, value: Any, where: str) -> tuple[Edge, ...]:
    if isinstance(value, str):
        value = [{"to": value}]
    found = []
    for i, table in enumerate(r.tables(value, where, "edges")):
        here = f"{where}[{i}]"
        r.known(table, frozenset({"to", "when"}), here)
        when = _condition(r, table["when"], f"{here}.when", 1) if "when" in table else None
        found.append(Edge(r.id(table, "to", here), when))
    return tuple(found)


def _condition(r: Reader, value: Any, where: str, depth: int) -> cond.Condition | None:
    if depth > MOST["depth"]:
        r.wrong("too_deep", where, most=MOST["depth"])
        return None
    if isinstance(value, list):
        return _row(r, value, where)
    if isinstance(value, dict) and len(value) == 1:
        word, inside = next(iter(value.items()))
        if word == "not":
            part = _condition(r, inside, f"{where}.not", depth + 1)
            return None if part is None else cond.Not(part)
        if word in {"all", "any"} and isinstance(inside, list) and 0 < len(inside) <= MOST["rows"]:
            read_parts = [
                _condition(r, one, f"{where}.{word}[{i}]", depth + 1)
                for i, one in enumerate(inside)
            ]
            parts = tuple(part for part in read_parts if part is not None)
            return cond.All(parts) if word == "all" else cond.Any(parts)
    r.wrong("bad_condition", where)
    return None


def _row(r: Reader, value: list[Any], where: str) -> cond.Row | None:
    if len(value) in {2, 3} and all(isinstance(one, str) for one in value[:2]):
        bare = value[1] in {"empty", "filled"}
        if bare == (len(value) == 2):
            other = "" if bare else _value(value[2])
            if other is not None and IDENTIFIER.match(value[0]) and value[1] in OPERATORS:
                return cond.Row(value[0], value[1], other)
    r.wrong("bad_condition", where)
    return None


def _value(value: Any) -> cond.Value | None:
    if isinstance(value, list):
        several = [_value(one) for one in value[: MOST["rows"] + 1]]
        texts = tuple(one for one in several if isinstance(one, str))
        return texts if len(texts) == len(several) <= MOST["rows"] else None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return value if value.isprintable() and len(value) <= 100 else None
    return value if isinstance(value, int) and abs(value) < LARGEST_NUMBER else None
