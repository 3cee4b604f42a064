"""Ways on from a step, tried in order, each with its condition. 路径."""

from __future__ import annotations

from typing import Any, NamedTuple

from zhongshu.kernel.flow.text.document import Document

from .conditions import Group, form_of, plain, posted_group, value_of
from .document import Posted, Table, first, number_of, text


class Way(NamedTuple):
    """One way: where to, and when; without a condition it is the else."""

    to: str
    when: Group | None


def ways(table: Table, key: str) -> list[Way]:
    """The ways under `next` or `on_fail`, for a form."""
    found = []
    for place, edge in enumerate(listed(table, key)):
        where = f"{key}[{place}].when"
        when = form_of(edge["when"], where) if "when" in edge else None
        found.append(Way(text(edge, "to"), when))
    return found


def listed(table: Table, key: str) -> list[Table]:
    """The edges under a key as tables; a bare id is one edge."""
    found = table.get(key, [])
    if isinstance(found, str):
        return [{"to": found}] if found and key == "next" else []
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def put(table: Table, key: str, edges: list[Table]) -> None:
    """Keep edges; a single one without condition is written as the bare id."""
    if key == "next" and len(edges) == 1 and set(edges[0]) == {"to"} and edges[0]["to"]:
        table[key] = edges[0]["to"]
    elif edges or key == "on_fail":
        table[key] = edges
    else:
        table.pop(key, None)


def posted_ways(posted: Posted, key: str) -> list[Way]:
    """The ways that a form sent."""
    found = []
    for place in range(number_of(posted, f"{key}-count")):
        name = f"{key}-{place}"
        has = first(posted, f"{name}-when-parts") is not None
        when = posted_group(posted, f"{name}-when") if has else None
        found.append(Way(first(posted, f"{name}-to") or "", when))
    return found


def save(document: Document, table: Table, key: str, posted: Posted) -> None:
    """What a form says about the ways on, if it says another thing than the tables."""
    if first(posted, f"{key}-count") is None:
        return
    found = posted_ways(posted, key)
    if not ways(table, key) and found == [Way("", None)]:
        return  # a form shows one way to be filled in although there is none
    if [_bare(one) for one in found] != [_bare(one) for one in ways(table, key)]:
        put(table, key, [spelt(one, document) for one in found])


def spelt(way: Way, document: Document) -> Table:
    """A way as the tables hold it."""
    edge: dict[str, Any] = {"to": way.to}
    if way.when is not None:
        when = value_of(way.when, document)
        edge["when"] = {"all": []} if when is None else when
    return edge


def refusal(table: Table) -> str:
    """What a refusal does, for a form: "end", "edge" for ways of its own, or where it goes back."""
    found = table.get("on_fail", "end")
    return "edge" if isinstance(found, list) else str(found)


def save_refusal(table: Table, posted: Posted) -> None:
    """What a form says about a refusal."""
    got = first(posted, "on_fail")
    if got is None or got == refusal(table):
        return
    if got == "edge":
        table["on_fail"] = []
    elif got in {"", "end"}:
        table.pop("on_fail", None)
    else:
        table["on_fail"] = got


def _bare(way: Way) -> Way:
    return way._replace(when=None if way.when is None else plain(way.when))
