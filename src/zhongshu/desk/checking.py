"""A receipt held against this journal; the heads as they are given away. 核验."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.utils.translation import get_language

from zhongshu.kernel.journal import verify as verifier
from zhongshu.kernel.journal.verify import Head, Lie, Verdict, head_code
from zhongshu.office.journal import queries
from zhongshu.office.journal.models import Journal


class Kept(NamedTuple):
    """A head as it stands on paper: up to which entry, its code, when and where it was kept."""

    size: int
    code: str
    root: str
    at: datetime | None = None
    where: str = ""


class Present(NamedTuple):
    """Where the journal stands: its key and algorithm, its head now, what waits to be sealed."""

    journal: str
    alg: str
    head: Kept | None
    waiting: int


class Told(NamedTuple):
    """What came of a check: whether it is sound by itself, and whether this journal says so too.

    `why` are the verifier's own words; `ours` is "yes", "no" (this journal says something else) or
    "elsewhere" (it is of another journal); `entry` the key of the act it proves.
    """

    sound: bool
    why: str
    ours: str = ""
    entry: str = ""


def present() -> Present:
    """Where the journal stands now."""
    journal = queries.current()
    head = queries.front_of(journal).head
    waiting = queries.waiting(journal=journal)
    return Present(journal.key, journal.alg, _kept(head) if head else None, waiting)


def kept(limit: int) -> list[Kept]:
    """The heads that were kept, the newest first."""
    return [
        _kept(queries.tree_head(row))._replace(at=row.at, where=row.published)
        for row in queries.heads(limit=limit)
    ]


def check(text: str) -> Told:
    """Judge a receipt by the verifier that outsiders use, then by this journal's own tree."""
    line = text.strip().encode(errors="replace") + b"\n"
    try:
        verdict = verifier.check([line])
    except Lie as lie:
        return Told(False, _in(verifier.WHY[lie.code]))
    if verdict.kind != "receipt":
        return Told(False, _in(verifier.WHY["line"]))
    return _ours(verdict)


def _ours(verdict: Verdict) -> Told:
    head, said = verdict.heads[-1], verdict.entry
    journal = Journal.objects.filter(key=head.journal).first()
    if journal is None:
        return Told(True, "", "elsewhere")
    entry = queries.one(key=said["id"])
    same_root = queries.root_at(journal, head.size) == head.root
    same_entry = entry is not None and bytes(entry.spelt) == verifier.write(said)
    return Told(True, "", "yes" if same_root and same_entry else "no", said["id"])


def _kept(head: Head) -> Kept:
    return Kept(head.size, head_code(head), head.root)


def _in(words: str) -> str:
    """The verifier speaks both languages in one line: that of the reader."""
    chinese, _, english = words.partition(" / ")
    return english if (get_language() or "").startswith("en") else chinese
