"""Remarks and links of some matters against the journal: what was said and joined. 旁记的重算."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from zhongshu.kernel.journal import entry as kernel
from zhongshu.office.journal.faults import Fault
from zhongshu.office.journal.models import Entry, Salt

from .models import Comment, Link, Matter

Said = list[tuple[Entry, kernel.Entry]]


def beside(chunk: list[Matter], said: Mapping[int, Said]) -> Iterator[Fault]:
    """What stands beside these matters and is not as their entries say; `said` by matter."""
    remarks: dict[int, list[Comment]] = defaultdict(list)
    for row in Comment.objects.filter(matter__in=chunk).select_related("by").order_by("pk"):
        remarks[row.matter_id].append(row)
    links: dict[int, list[Link]] = defaultdict(list)
    for link in Link.objects.filter(earlier__in=chunk).select_related("later").order_by("pk"):
        links[link.earlier_id].append(link)
    for matter in chunk:
        yield from _remarks(said.get(matter.pk, []), remarks[matter.pk])
        yield from _links(matter, said.get(matter.pk, []), links[matter.pk])


def _remarks(said: Said, rows: list[Comment]) -> Iterator[Fault]:
    entries = {row.pk: found for row, found in said if found.verb == "matter.comment"}
    salts = Salt.objects.filter(entry__in=entries, name="text") if entries else ()
    texts = {salt.entry_id: salt.value for salt in salts}
    for row in rows:
        entry, where = entries.pop(row.entry_id, None), f"matters_comment:{row.pk}"
        if entry is None:
            yield Fault("comment_extra", where)
            continue
        columns = {
            "by": (row.by.key, entry.person),
            "at": (row.at, entry.at),
            "text": (row.text, texts.get(row.entry_id, row.text)),  # forgotten is not forged
        }
        for name, (there, sealed) in columns.items():
            if there != sealed:
                yield Fault("comment_column", where, name)
    for pk in entries:
        yield Fault("comment_gone", f"journal_entry:{pk}")


def _links(matter: Matter, said: Said, rows: list[Link]) -> Iterator[Fault]:
    wanted: set[tuple[str, str]] = set()
    for _, found in said:
        facts = dict(found.facts)
        if found.verb == "matter.link":
            wanted.add((facts["later"], facts["why"]))
        elif found.verb == "matter.unlink":
            wanted.discard((facts["later"], facts["why"]))
    for row in rows:
        if (row.later.key, row.why) not in wanted:
            yield Fault("link_extra", f"matters_link:{row.pk}")
        wanted.discard((row.later.key, row.why))
    for later, why in sorted(wanted):
        yield Fault("link_gone", f"matters_matter:{matter.pk}", f"{why} {later}")
