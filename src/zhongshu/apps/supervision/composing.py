"""A bulletin and the result of a year, put together for one reader: what a page, a paper and a
spreadsheet show alike. 简报与年度结果.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils.translation import gettext as _

from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.ui.parts import Point

from . import figures, looks, queries
from .figures import GROUPS, Assisted, Line
from .models import Bulletin, Task
from .narrow import Alive, Counted, accepted, alive, begun, due_between
from .standing import rules

SHOWN = 20  # tasks listed by name in one part of a page; how many there are is said
ALL = 500  # on paper and in a spreadsheet
FIRST = 2024  # the first year that is counted
NAMED = 3  # chased more often than this, a task is named
ORDER = ("worse", "new", "better", "ended")


class Change(NamedTuple):
    """What became of one task since the last bulletin."""

    task: Task
    what: str
    was: str
    now: str


class Listed(NamedTuple):
    """Tasks of one part, the first of them, and how many there are."""

    tasks: Sequence[Task]
    size: int


class Red(NamedTuple):
    """What was red when a bulletin was issued: how far it was then, and how it stands now."""

    then: int
    row: looks.Row


class Told(NamedTuple):
    """One bulletin as a reader sees it."""

    bulletin: Bulletin
    before: Bulletin | None
    open: int
    changes: Sequence[Change]
    changed: int
    started: int
    closed: Listed
    late: int
    red: Sequence[Red]
    reds: int
    named: Sequence[Task]
    total: Line
    groups: Sequence[tuple[str, Sequence[Line]]]
    points: Sequence[Point]


def bulletin(row: Bulletin, before: Bulletin | None, *, seen_by: Actor, most: int = SHOWN) -> Told:
    """A bulletin with what of it this person may see; of each part the first so many by name."""
    found, edition = alive(since=row.since, seen_by=seen_by), rules()
    started = begun(since=row.since, until=row.until, seen_by=seen_by)
    closed = accepted(since=row.since, until=row.until, seen_by=seen_by)
    red = [one for one in found if row.standing.get(one.key, [""])[0] == "red"]
    changes = _changes(found, row, before)
    recent = figures.recent(until=row.until, seen_by=seen_by)
    low = clock.calendar().minute(row.since)
    due = [one for one in recent if one.due > low]
    groups = [(word, figures.lines(due, figures.named(code), row.until)) for code, word in GROUPS]
    listed: list[Counted | Alive] = [*closed[:most], *red[:most]]
    listed += [change[0] for change in changes[:most]]
    tasks = _by_pk(listed, seen_by)
    return Told(
        row,
        before,
        sum(1 for one in found if one.key in row.standing),
        [Change(tasks[one.pk], *rest) for one, *rest in changes[:most] if one.pk in tasks],
        len(changes),
        len(started),
        _listed(closed[:most], tasks, len(closed)),
        sum(1 for one in closed if one.late),
        [
            Red(row.standing[one.key][1], looks.row(tasks[one.pk], edition))
            for one in red[:most]
            if one.pk in tasks
        ],
        len(red),
        [tasks[one.pk] for one in red[:most] if one.chases > NAMED and one.pk in tasks],
        figures.total(_("合计"), groups[0][1]),
        groups,
        figures.weekly(recent, row.until),
    )


class YearTold(NamedTuple):
    """The result of a year as a reader sees it; `last` is the same part of the year before."""

    year: int
    group: str
    lines: Sequence[Line]
    total: Line
    last: Line
    assisted: Sequence[Assisted]
    points: Sequence[Point]
    open_late: Listed


def year(chosen: int, group: str, *, seen_by: Actor, most: int = SHOWN) -> YearTold:
    """What fell due in a year until now, and what became of it."""
    now = clock.now()
    since, until = _span(chosen, now)
    due = due_between(since=since, until=until, seen_by=seen_by) if since < now else []
    earlier = _span(chosen - 1, _year_before(until))
    last = (
        due_between(since=earlier[0], until=earlier[1], seen_by=seen_by) if chosen > FIRST else []
    )
    lines = figures.lines(due, figures.named(group), now)
    minute = clock.calendar().minute(now)
    open_late = [one for one in due if figures.is_open(one) and minute > one.due]
    return YearTold(
        chosen,
        group,
        lines,
        figures.total(_("合计"), lines),
        figures.line(_("上年同期"), last, now),
        figures.assisted(since=since, until=until, seen_by=seen_by),
        figures.monthly(due, chosen, now),
        _listed(open_late[:most], _by_pk(open_late[:most], seen_by), len(open_late)),
    )


def _span(year_: int, now: datetime) -> tuple[datetime, datetime]:
    """A year from its first moment to its last, or to now."""
    start = datetime(year_, 1, 1, tzinfo=clock.ZONE)
    return start, min(now, datetime(year_ + 1, 1, 1, tzinfo=clock.ZONE) - timedelta(seconds=1))


def _year_before(at: datetime) -> datetime:
    """The same day a year earlier; of a leap day the one before it."""
    here = clock.local(at)
    day = 28 if (here.month, here.day) == (2, 29) else here.day
    return here.replace(year=here.year - 1, day=day)


def _changes(
    found: Iterable[Alive], row: Bulletin, before: Bulletin | None
) -> list[tuple[Alive, str, str, str]]:
    """What changed between two bulletins, worst first."""
    earlier: Mapping[str, Sequence[str]] = before.standing if before else {}
    told, none, here = [], [""], row.standing
    for one in found:
        was, now = earlier.get(one.key, none)[0], here.get(one.key, none)[0]
        what = figures.changed(was, now, first=before is None)
        if what:
            told.append((one, what, was, now))
    return sorted(told, key=lambda change: (ORDER.index(change[1]), change[0].due))


def _by_pk(rows: Iterable[Counted | Alive], seen_by: Actor) -> dict[int, Task]:
    order = list(dict.fromkeys(one.pk for one in rows))
    return {task.pk: task for task in queries.whole(order, seen_by=seen_by)}


def _listed(rows: Sequence[Counted], tasks: Mapping[int, Task], size: int) -> Listed:
    return Listed([tasks[one.pk] for one in rows if one.pk in tasks], size)
