"""Filing: the archive number of a document, given once, without gaps; and how it is made. 归档.

档号 is 全宗号-门类代码·年度-保管期限代码-机构代码-件号, as the trade standard on arranging
documents by the piece has it (DA/T 22; levels divided by "-", parts of a level by "·"). The codes
are data of the unit, dated; the rule of the number is here.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from zhongshu.apps.documents.models import ArchiveScheme, Incoming
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.journal import actions as journal
from zhongshu.office.matters import numbers
from zhongshu.office.matters.models import Matter, Series
from zhongshu.office.people import queries as people

NODE = "archive"  # the step of the shipped process at which a number is given
PERIODS = {"永久": "Y", "30年": "D30", "10年": "D10"}  # DA/T 22


class Place(NamedTuple):
    """Where a document goes: the series that counts it, its year, and what stands before."""

    series: str
    year: int
    before: str


def scheme_on(day: date) -> ArchiveScheme | None:
    """The codes in force on a day; none while nobody has set any."""
    return ArchiveScheme.objects.filter(since__lte=day).order_by("-since").first()


def place(incoming: Incoming, retention: str) -> Place | None:
    """Where a document of this period belongs; None while there is no scheme, or no period yet.

    The year is that in which it was received; the organ code that of its lead unit, otherwise of
    the unit that registered it.
    """
    year = clock.local(incoming.received_at).year
    scheme = scheme_on(clock.local(clock.now()).date())
    if scheme is None or retention not in PERIODS:
        return None
    unit = incoming.lead or incoming.matter.unit
    organ = scheme.units.get(unit.code) or scheme.units.get(incoming.matter.unit.code) or ""
    period = PERIODS[retention]
    before = f"{scheme.fonds}-{scheme.category}·{year}-{period}-{organ}-".replace("--", "-")
    return Place(f"archive.{scheme.fonds}.{scheme.category}.{period}.{organ}"[:40], year, before)


def proposed(incoming: Incoming, retention: str) -> str:
    """The number that would be given now. Looking takes none."""
    found = place(incoming, retention)
    if found is None:
        return ""
    series = Series.objects.filter(code=found.series, year=found.year).first()
    return f"{found.before}{(series.last if series else 0) + 1:04d}"


def number(*, matter: Matter, by: Actor) -> str:
    """Give a document its archive number, within the transaction of the step that files it.

    One that has a number keeps it. Without a scheme none is given, and it can be had later.
    """
    incoming = Incoming.objects.select_related("matter__unit", "lead").filter(pk=matter.pk).first()
    if incoming is None or incoming.archive_no:
        return incoming.archive_no if incoming else ""
    found = place(incoming, incoming.retention)
    if found is None:
        return ""
    _, serial = numbers.take(code=found.series, year=found.year)
    given = f"{found.before}{serial:04d}"
    Incoming.objects.filter(pk=matter.pk, archive_no="").update(archive_no=given)
    journal.record(
        verb="documents.file",
        subject=f"matter:{matter.key}",
        by=by,
        facts={"archive_no": given, "retention": incoming.retention},
    )
    return given


def keeps_archives(by: Actor) -> bool:
    """Whether somebody holds the post of the archivist or heads the office."""
    return bool({"archivist", "office_head"} & set(people.bureau().posts.get(by.person, ())))
