"""Where a finding is cured: the part of the process, and the box there. 在哪里改."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from zhongshu.apps.processes.editing.document import fields, ids, text
from zhongshu.apps.processes.editing.seats import KINDS
from zhongshu.kernel.flow.findings import Finding
from zhongshu.kernel.flow.text.document import Document
from zhongshu.kernel.flow.text.write import POSTS

STEP = re.compile(r"nodes\[([0-9]+)\]\.?(.*)", re.DOTALL)
SEAT = re.compile(r"seats\[([0-9]+)\](?:\.(.*))?\Z")
WAY = re.compile(r"(next|on_fail)\[([0-9]+)\](\.to)?")
ROW = re.compile(r"(fields|conflicts)\[([0-9]+)\](?:\.(.*))?\Z")
SPOTS: Mapping[str, str] = {
    **dict.fromkeys(
        (
            *("no_seats", "unknown_relation", "initiator_decides", "same_seat_twice"),
            *("field_names_nobody", "seat_may_be_empty", "initiator_picks", "seat_unknown"),
            *("seat_empty", "weights_with_count", "weights_without_ratio", "same_decider"),
        ),
        "seats",
    ),
    **dict.fromkeys(
        (
            *("dead_end", "one_branch", "one_join_needed", "end_inside_branch", "branches_meet"),
            *("crosses_branch", "loop_without_exit", "loop_without_people", "edges_after_end"),
            *("too_many_edges", "too_many_rows", "value_unknown", "unreachable"),
        ),
        "next",
    ),
    **dict.fromkeys(("unknown_split", "wrong_join", "join_outside"), "split"),
    **dict.fromkeys(("no_fail_edges", "on_fail_not_before"), "on_fail"),
    **dict.fromkeys(("decider_edits", "edits_relied"), "edits"),
    **dict.fromkeys(("no_sub", "starts_itself"), "sub"),
    **{
        "no_name": "name",
        "kind_missing": "kind",
        "race_needs_one": "race",
        "unknown_effect": "effects",
    },
    **{"count_beyond_seats": "rule", "people_beyond_seats": "min_people", "duplicate_id": "id"},
    **{"fallback_is_seat": "fallback", "depth_without_add": "add_depth", "return_ahead": "returns"},
    **{"claim_without_pool": "claim_within", "pool_without_assigner": "assign"},
    **{"range_unknown": "transfer", "too_few_deciders": "min_deciders", "no_head": "posts.head"},
    **{"no_override": "posts.override", "override_needs_two": "posts.override"},
}  # what cures a finding that names no key


class Place(NamedTuple):
    """A part, and a place inside it as the tables call it."""

    part: str
    spot: str

    @property
    def box(self) -> str:
        """The id of the box on the page."""
        if found := SEAT.match(self.spot):
            key = found[2] or "kind"
            return f"id_seats-{found[1]}-{'ref' if key in KINDS else key}"
        if found := WAY.match(self.spot):
            return f"id_{found[1]}-{found[2]}-to" if found[3] else f"{found[1]}-{found[2]}"
        if found := ROW.match(self.spot):
            usual = "label" if found[1] == "fields" else "0"
            return f"id_{found[1]}-{found[2]}-{found[3] or usual}"
        return f"id_{self.spot.partition('.')[0] if self.spot.startswith('rule') else self.spot}"


def place_of(one: Finding, document: Document) -> Place:
    """Where to go to put it right."""
    key, known = dict(one.about).get("key", ""), ids(document)
    if found := STEP.match(one.where):
        inside = f"{found[2]}.{key}" if one.code == "unknown_key" and found[2] else found[2]
        return Place(f"step-{found[1]}", inside or key or "name")
    if one.code == "edits_undeclared" and (asked := dict(one.about)["node"]) in known:
        return Place(f"step-{known.index(asked)}", "relies")  # cured where it is relied on
    if one.where in known:
        return Place(f"step-{known.index(one.where)}", SPOTS.get(one.code) or key or "name")
    if one.where.startswith("conflicts"):
        return Place("conflicts", one.where if "[" in one.where else "conflicts[0]")
    return _of_whole(one, document, key)


def _of_whole(one: Finding, document: Document, key: str) -> Place:
    """Of what is said of the process as a whole, or of its form."""
    if one.where.startswith("fields"):
        return Place("fields", one.where)
    if one.code in {"duplicate_field", "duplicate_option", "options_misfit"}:
        names = [text(field, "name") for field in fields(document)]
        return Place("fields", f"fields[{names.index(dict(one.about)['field'])}]")
    if one.code in {"one_draft_needed", "no_end"} and ids(document):
        return Place("step-0", "name")
    spot = SPOTS.get(one.code) or key or one.where or "name"
    return Place("basics", f"posts.{spot}" if spot in POSTS else spot)
