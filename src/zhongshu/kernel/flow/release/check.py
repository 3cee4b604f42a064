"""The release check: whether a definition may be published, with every reason against it. 发布检查.

Errors refuse, warnings inform; each carries the smallest way or case that shows it. The parts
stand beside this module: shape and graph (the drawing), gaps (conditions), naming (what is
named), attributes (single nodes), reliance (independence), deciders (numbers), staffing (people).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from zhongshu.kernel.flow.condition import rows
from zhongshu.kernel.flow.definition import SPLITS, Definition, NodeKind
from zhongshu.kernel.flow.findings import Finding, finding, is_refused
from zhongshu.kernel.flow.people import Directory
from zhongshu.kernel.flow.text.tables import MOST

from . import attributes, deciders, gaps, graph, naming, reliance, shape, staffing

BRANCHES = 20  # of one split


def check(definition: Definition, people: Directory | None = None) -> tuple[Finding, ...]:
    """Everything that is wrong or odd with a definition; with a directory, also who is missing."""
    sizes = tuple(_sizes(definition))
    if sizes:
        return sizes
    found = [*_identities(definition), *_names(definition)]
    if people is not None:
        found += staffing.check(definition, people)
    if not any(one.code in {"one_draft_needed", "duplicate_id"} for one in found):
        found += _drawing(definition, people)
    return tuple(sorted(dict.fromkeys(found), key=lambda one: one.severity))


def _sizes(definition: Definition) -> Iterator[Finding]:
    """Too large to be looked at, or to be understood by anybody."""
    for key, number in (("nodes", len(definition.nodes)), ("fields", len(definition.fields))):
        if number > MOST[key]:
            yield finding("too_many", key, most=MOST[key])
    for node in definition.nodes:
        widest = max(len(node.edges), len(node.fail_edges))
        most = BRANCHES if node.kind in SPLITS else MOST["edges"]
        if widest > most:
            yield finding("too_many_edges", node.id, most=most)
        if len(node.seats) > MOST["seats"]:
            yield finding("too_many_seats", node.id, most=MOST["seats"])
        for edge in (*node.edges, *node.fail_edges):
            if sum(1 for _ in rows(edge.when)) > MOST["rows"]:
                yield finding("too_many_rows", node.id, most=MOST["rows"])


def _identities(definition: Definition) -> Iterator[Finding]:
    drafts = [node.id for node in definition.nodes if node.kind is NodeKind.DRAFT]
    if len(drafts) != 1:
        yield finding("one_draft_needed", number=len(drafts))._replace(witness=tuple(drafts))
    for name, number in Counter(node.id for node in definition.nodes).items():
        if number > 1:
            yield finding("duplicate_id", name)


def _names(definition: Definition) -> Iterator[Finding]:
    """What can be seen without following the edges."""
    yield from naming.whole(definition)
    yield from naming.fields(definition)
    yield from naming.written(definition)
    yield from naming.seats(definition)
    yield from naming.ranges(definition)
    yield from naming.duties(definition)
    yield from naming.conditions(definition)
    yield from attributes.check(definition)
    yield from shape.targets(definition)
    yield from shape.pairs(definition)


def _drawing(definition: Definition, people: Directory | None) -> Iterator[Finding]:
    """What shows when the edges are followed from the draft."""
    walk, report = shape.walk(definition), gaps.check(definition)
    onward = graph.ways(definition)
    wrong = [
        *walk.findings,
        *shape.targets(definition),
        *shape.pairs(definition),
        *shape.reached(definition),
        *shape.ended(definition, report.dead),
        *shape.goes_back(definition, onward, walk.scopes),
    ]
    yield from wrong
    yield from report.findings
    yield from reliance.edits(definition, onward, walk.scopes)
    yield from reliance.same_decider(definition, onward, people)
    if not is_refused(tuple(wrong)):
        yield from deciders.check(definition, report.dead)
