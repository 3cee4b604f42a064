"""文件处理单: what is printed of a document, and its setting in type. 处理单."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from zhongshu.apps.documents.queries.document import Document
from zhongshu.apps.documents.queries.words import Line
from zhongshu.kernel.flow.definition import NodeKind
from zhongshu.office import clock
from zhongshu.office.files.typeset import pdf as typeset

PENNED = frozenset({NodeKind.DECIDE, NodeKind.TASK, NodeKind.INSTRUCT})


def pdf(found: Document, reader: str) -> bytes:
    """The slip of a document for whoever prints it; his name and the minute are across it."""
    return typeset(template=_template(), data=content(found, reader), at=clock.local(clock.now()))


def content(found: Document, reader: str) -> dict[str, object]:
    """Everything on the slip, as plain words."""
    matter, incoming = found.sheet.matter, found.incoming
    now = clock.local(clock.now())
    urgent = matter.urgency != matter.Urgency.NORMAL
    proof = found.proof
    foot = ""
    if proof:
        sealed = "已封存" if proof.sealed else "待封存"
        foot = f"第 {proof.number:,} 条，{sealed}　{clock.local(proof.at):%m-%d %H:%M:%S}　"
        foot += " ".join(proof.digest[at : at + 4] for at in (0, 4, 8))
    return {
        "slip": found.slip,
        "urgency": matter.get_urgency_display() if urgent else "",
        "kind": f"{incoming.get_register_display()}，{incoming.get_purpose_display()}件",
        "number": matter.number,
        "title": matter.title,
        "facts": list(_facts(found)),
        "opinions": [*map(_opinion, _written(found)), *_empty(found)],
        "readers": [
            {
                "name": one.name,
                "read": one.at is not None,
                "note": f"{clock.local(one.at):%m-%d %H:%M}" if one.at else one.note,
            }
            for one in found.readers
        ],
        "files": [
            (one.name, f"{one.blob.pages} 页" if one.blob.pages else "") for one in found.files
        ],
        "foot": foot,
        "watermark": f"{reader} {now:%m-%d %H:%M} {matter.get_grade_display()}",
    }


def _facts(found: Document) -> Iterator[tuple[str, str]]:
    """Two pairs a row; an odd one is filled up."""
    pairs = [(one.label, one.text) for one in found.facts]
    yield from pairs
    if len(pairs) % 2:
        yield "", ""


def _written(found: Document) -> list[Line]:
    return [one for one in found.lines if one.kind != "note"]


def _opinion(one: Line) -> dict[str, object]:
    lines = [part for part in one.text.splitlines() if part.strip()]
    if not lines and one.post:
        lines = [one.post]
    by = f"{one.by}（代 {one.behalf}）" if one.behalf else one.by
    return {
        "title": one.title,
        "lines": lines,
        "by": by,
        "at": f"{clock.local(one.at):%m月%d日 %H:%M}",
    }


def _empty(found: Document) -> Iterator[dict[str, object]]:
    """A box for each seat that has not spoken, for the pen."""
    for seat in found.seats:
        node = found.sheet.trial.definition.by_id[seat.node_id]
        if node.kind in PENNED:
            yield {"title": seat.node, "lines": [], "by": "", "at": ""}


@cache
def _template() -> str:
    return files("zhongshu.apps.documents").joinpath("data", "slip.typ").read_text("utf-8")
