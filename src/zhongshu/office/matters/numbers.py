"""Numbers without gaps or repeats: given inside the act's transaction, given back with it. 编号."""

from __future__ import annotations

from django.db.models import F

from zhongshu.office.actor import Actor
from zhongshu.office.journal import actions as journal

from .models import Series


def take(*, code: str, year: int) -> tuple[Series, int]:
    """The next number of a register. Two at once wait for each other at this row; should the
    database not make them wait, `matters_number_once` lets only one of them be kept."""
    series, _ = Series.objects.get_or_create(code=code, year=year)
    Series.objects.filter(pk=series.pk).update(last=F("last") + 1)
    return series, Series.objects.values_list("last", flat=True).get(pk=series.pk)


def skip(*, code: str, year: int, to: int, by: Actor) -> None:
    """Give up the numbers up to this one: a restored house must not give them out again."""
    series, _ = Series.objects.get_or_create(code=code, year=year)
    moved = Series.objects.filter(pk=series.pk, last__lt=to).update(last=to)
    if moved:
        journal.record(
            verb="numbers.skip",
            subject=f"series:{code}",
            by=by,
            facts={"year": str(year), "after": str(series.last), "last": str(to)},
        )
