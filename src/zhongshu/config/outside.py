"""Heads kept in a second place, so that a cut tail or an older database is noticed. 外存头码.

One file a journal, one line a head, only ever added to. With each head stand the last numbers that
were given out: should the house ever go back behind this head, they are not given out again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Max

from zhongshu.kernel.journal.export import spelt
from zhongshu.kernel.journal.verify import Head as TreeHead
from zhongshu.kernel.journal.verify import check_head, head_code
from zhongshu.office import clock
from zhongshu.office.journal import actions as journal
from zhongshu.office.journal import queries as journals
from zhongshu.office.journal.models import Head, Journal
from zhongshu.office.matters.models import Series

from . import home
from .findings import Finding, error, warning

NEWEST = 10  # heads of each journal that are compared at every start; a restore compares all


@dataclass(frozen=True)
class Kept:
    """One line of the second place."""

    head: TreeHead
    at: str
    numbers: dict[str, int]
    superseded: bool = False  # by a restore that two administrators confirmed


def place() -> Path | None:
    """The second place, if there is one."""
    return Path(settings.HEADS) if settings.HEADS else None


def publish() -> Kept | None:
    """Seal, keep the head in the table and in the second place; None while there is nothing."""
    journal.seal()
    now, where = clock.now(), place()
    head = journals.front_of(journals.current()).head
    if head is None:
        return None
    journal.publish_head(at=now, where=str(where or ""))
    kept = Kept(head, now.isoformat(), numbers())
    if where is not None:
        _append(where, kept.head.journal, _line(kept))
    return kept


def publish_daily() -> None:
    """Publish once a day, and at once where nothing was published yet."""
    where, key = place(), journals.current().key
    if where is None:
        last = Head.objects.filter(journal__key=key).aggregate(at=Max("at"))["at"]
    else:
        kept = newest(where, key)
        last = datetime.fromisoformat(kept.at) if kept else None
    if last is None or clock.local(last).date() < clock.local(clock.now()).date():
        publish()


def numbers(using: str = "default") -> dict[str, int]:
    """The last number of every register, as "code/year"."""
    rows = Series.objects.using(using).order_by("code", "year")
    return {f"{code}/{year}": last for code, year, last in rows.values_list("code", "year", "last")}


def read(where: Path) -> dict[str, list[Kept]]:
    """All heads of the second place by journal, in the order in which they were kept.

    A line that a power cut left half written is passed over; any other that does not read is an
    error.
    """
    found: dict[str, list[Kept]] = {}
    for path in sorted(where.glob("heads-*.jsonl")):
        kept: list[Kept] = []
        for line in path.read_text("utf-8").splitlines():
            if not line.endswith("}}"):
                continue
            said = json.loads(line)
            if "restored" in said:
                kept = [_superseded(one, said["restored"]["size"]) for one in kept]
            else:
                kept.append(Kept(check_head(said["head"]), said["at"], said["numbers"]))
        found[path.stem.removeprefix("heads-")] = kept
    return found


def newest(where: Path, journal_key: str) -> Kept | None:
    """The last head that was kept of this journal."""
    kept = read(where).get(journal_key, []) if where.is_dir() else []
    return kept[-1] if kept else None


def supersede(where: Path, head: TreeHead, at: datetime) -> None:
    """Write down that what was kept above this head is given up: two administrators said so."""
    _append(where, head.journal, {"at": at.isoformat(), "restored": {"size": head.size}})


def compare() -> Iterator[Finding]:
    """Whether the journal here is the one whose heads were kept, and not an older state of it."""
    where = place()
    if where is None:
        yield warning("heads_unset")
        return
    try:
        where.mkdir(parents=True, exist_ok=True)
        (where / ".written").write_text("")
        kept = read(where)
    except (OSError, ValueError, KeyError) as why:
        yield warning("heads_unreachable", path=where, why=why)
        return
    if where.stat().st_dev == settings.HOME.stat().st_dev:
        yield warning("heads_same_disk", path=where)
    for key, heads in kept.items():
        found = Journal.objects.filter(key=key).first()
        yield from judged(found, [one for one in heads if not one.superseded][-NEWEST:])


def judged(found: Journal | None, heads: list[Kept]) -> Iterator[Finding]:
    """What these heads say about this journal."""
    here = journals.front_of(found).front.size if found else 0
    for one in heads:
        if found is not None and one.head.size > here:
            yield error("older_state", published=one.head.size, here=here)
        elif found is None or journals.root_at(found, one.head.size) != one.head.root:
            yield error("other_history", head=f"{one.head.size}:{head_code(one.head)}")


def _superseded(one: Kept, size: int) -> Kept:
    gone = one.superseded or one.head.size > size
    return Kept(one.head, one.at, one.numbers, gone)


def _line(kept: Kept) -> dict[str, Any]:
    code = head_code(kept.head)
    return {"at": kept.at, "code": code, "head": spelt(kept.head), "numbers": kept.numbers}


def _append(where: Path, journal_key: str, said: dict[str, Any]) -> None:
    where.mkdir(parents=True, exist_ok=True)
    with (where / f"heads-{journal_key}.jsonl").open("a", encoding="utf-8") as out:
        if out.tell() and not _ends_a_line(Path(out.name)):
            out.write("\n")  # a line that a power cut left half written
        out.write(json.dumps(said, ensure_ascii=False, sort_keys=True) + "\n")
        out.flush()
        os.fsync(out.fileno())
    home.sync_folder(where)


def _ends_a_line(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"
