"""The library of processes: versions, hands, what runs, how long stages take. 流程库.

And the pages of one version and of a sketch: drawing, words, the release check, the proof.
"""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import get_language

from zhongshu.kernel.duties.report import exam as told
from zhongshu.kernel.flow.definition import HANDLED, Definition
from zhongshu.kernel.flow.drawing import in_words
from zhongshu.kernel.flow.findings import Finding
from zhongshu.kernel.flow.release.check import check
from zhongshu.kernel.flow.release.telling import sentence
from zhongshu.kernel.flow.text.format import read
from zhongshu.office.matters.models import Process
from zhongshu.office.matters.processes import definition, not_carried
from zhongshu.office.people import queries as people

from . import checkup, examining, queries, words
from .counting import median
from .models import Stage
from .seeing import Seer, names


class Entry(NamedTuple):
    """One version in a list."""

    process: Process
    proposer: str
    releaser: str
    running: int


class Span(NamedTuple):
    """A node with what happened there: handlings, returns, the median in working minutes."""

    name: str
    handled: int
    returned: int
    minutes: int | None


class Said(NamedTuple):
    """A row of the description, or of a comparison."""

    node: str
    label: str
    before: str
    after: str


class Judged(NamedTuple):
    """A text as it stands: readable, errors and warnings in words, and what the proof says."""

    definition: Definition | None
    errors: tuple[str, ...]
    warnings: tuple[str, ...]
    story: str
    people: int
    safe: bool
    findings: tuple[told.Found, ...]
    found: tuple[Finding, ...] = ()  # the errors and warnings again, with their places


def entries(rows: list[Process]) -> list[Entry]:
    """Versions with the names of those who stand for them."""
    called = queries.hands(keys=[key for row in rows for key in (row.proposed_by, row.released_by)])
    return [
        Entry(
            row,
            called[row.proposed_by],
            called[row.released_by] if row.released_by else "",
            row.running.count if hasattr(row, "running") else 0,
        )
        for row in rows
    ]


def spans(process: Process) -> list[Span]:
    """Each node at which people sit, with its numbers."""
    counted = queries.stages(process=process)
    nothing = Stage(handled=0, returned=0, spans=[])
    return [
        Span(node.name, one.handled, one.returned, median(one.spans))
        for node in definition(process.pk).nodes
        if node.kind in HANDLED
        for one in (counted.get(node.id, nothing),)
    ]


def described(flow: Definition) -> list[Said]:
    """A process in words."""
    called, at = people.names(), _language()
    rows = [Said("", row.label[at], "", row.text) for row in in_words.whole(flow, called)]
    for node in flow.nodes:
        rows += [
            Said(node.name, row.label[at], "", row.text)
            for row in in_words.node(flow, node, called)
        ]
    return rows


def compared(old: Definition, new: Definition) -> list[Said]:
    """What is not the same, in words."""
    found = in_words.differences(old, new, people.names())
    return [Said(one.node, one.label[_language()], one.before, one.after) for one in found]


def judged(text: str, who: Seer) -> Judged:
    """A text against the release check, and, where it can be read, against the bureau."""
    flow = read(text)
    if not isinstance(flow, Definition):
        wrong = _told(flow, None, "error")
        return Judged(None, wrong, (), "", 0, safe=False, findings=(), found=flow)
    findings = check(flow, people.directory())
    errors, warnings = (_told(findings, flow, one) for one in ("error", "warning"))
    errors += tuple(words.sentences(not_carried(flow), people.names()))
    plain = Judged(flow, errors, warnings, "", 0, safe=False, findings=(), found=findings)
    examined = None if errors else examining.examined(flow)
    if examined is None or examined.exam is None:
        return plain
    telling = checkup.telling(examined, names(who, people.bureau()))
    return plain._replace(
        story=told.story(examined.exam, telling),
        people=examined.exam.survey.people,
        safe=examined.exam.survey.safe,
        findings=told.findings(examined.exam, telling),
    )


def _told(findings: tuple[Finding, ...], flow: Definition | None, severity: str) -> tuple[str, ...]:
    lang = checkup.language()
    return tuple(sentence(one, flow, lang) for one in findings if one.severity == severity)


def _language() -> int:
    return 1 if (get_language() or "").startswith("en") else 0
