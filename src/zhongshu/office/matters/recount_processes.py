"""Every process against the entries that proposed, released and retired it. 流程的重算."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from zhongshu.kernel.flow.definition import Definition
from zhongshu.kernel.journal.entry import Entry
from zhongshu.office.journal.faults import Fault

from .models import Process

State = Process.State


class Life(NamedTuple):
    """What the journal says of one version: who did what to it, and when."""

    proposed: Entry
    state: State = State.PROPOSED
    released: Entry | None = None
    wish: Entry | None = None  # that it be retired, not taken back
    retired: Entry | None = None
    ended: datetime | None = None  # also by the release of another in its place


def recount(
    entries: Iterable[Entry], rows: Iterable[Process], flow: Callable[[Process], Definition | None]
) -> Iterator[Fault]:
    """What differs between the rows and the entries about processes, given in order."""
    known, there = _lives(entries), set()
    for row in rows:
        there.add(row.digest)
        where, found = f"matters_process:{row.pk}", flow(row)
        if found is None or found.digest != row.digest:
            yield Fault("process_text", where)
            continue
        for name, (here, sealed) in _columns(row, found, known.get(row.digest)).items():
            if here != sealed:
                yield Fault("process_column", where, name)
    for digest in known.keys() - there:
        yield Fault("process_gone", known[digest].proposed.subject, digest[:12])


def _lives(entries: Iterable[Entry]) -> dict[str, Life]:
    """The life of every version, by its digest."""
    lives: dict[str, Life] = {}
    in_force: dict[str, str] = {}  # by subject
    for entry in entries:
        digest = dict(entry.facts).get("digest", "")
        if entry.verb == "process.propose":
            lives[digest] = Life(entry)
        elif digest in lives:
            lives[digest] = _later(lives[digest], entry)
        if entry.verb == "process.release" and digest in lives:
            former = lives.get(in_force.get(entry.subject, ""))
            if former is not None and former.state == State.RELEASED:
                lives[in_force[entry.subject]] = former._replace(
                    state=State.RETIRED, wish=None, ended=entry.at
                )
            in_force[entry.subject] = digest
    return lives


def _later(life: Life, entry: Entry) -> Life:
    """After one more entry about the version itself."""
    match entry.verb:
        case "process.release":
            return life._replace(state=State.RELEASED, released=entry)
        case "process.ask_retire":
            return life._replace(wish=entry)
        case "process.keep":
            return life._replace(wish=None)
        case "process.retire":
            return life._replace(state=State.RETIRED, retired=entry, ended=entry.at)
        case _:
            return life


def _columns(
    row: Process, flow: Definition, life: Life | None
) -> Mapping[str, tuple[object, object]]:
    """Each column, and what it should be."""
    asked = life.proposed if life else None
    return {
        "code": (f"process:{row.code}", asked.subject if asked else ""),
        "version": (str(row.version), dict(asked.facts).get("version") if asked else ""),
        "name": (row.name, flow.name),
        "text": (
            hashlib.sha256(row.text.encode()).hexdigest(),
            dict(asked.facts).get("text") if asked else "",
        ),
        "state": (row.state, life.state if life else State.PROPOSED),
        **_by("proposed", row, asked),
        **_by("released", row, life.released if life else None),
        **_by("retire_asked", row, life.wish if life else None),
        "retired_by": (row.retired_by, life.retired.person if life and life.retired else ""),
        "retired_at": (row.retired_at, life.ended if life else None),
    }


def _by(what: str, row: Process, entry: Entry | None) -> Mapping[str, tuple[object, object]]:
    """Who did something and when, as the row has it and as the entry does."""
    return {
        f"{what}_by": (getattr(row, f"{what}_by"), entry.person if entry else ""),
        f"{what}_at": (getattr(row, f"{what}_at"), entry.at if entry else None),
    }
