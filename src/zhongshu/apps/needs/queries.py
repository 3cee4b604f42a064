"""Reading needs and shortages. A person sees those of his own section, what his section answers
for or is to obtain, those of the sections he leads; all of them where his post sees the bureau."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from zhongshu.kernel.supervision import ledgers
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.matters.ruling import rules
from zhongshu.office.people import queries as people

from .models import Need, Shortage, Way
from .powers import keeps


def needs(*, seen_by: Actor) -> QuerySet[Need]:
    """The needs this person may see."""
    rows = Need.objects.select_related("unit", "lead", "shortage")
    reach = _reach(seen_by)
    if reach is None:
        return rows
    return rows.filter(Q(unit__in=reach) | Q(lead__in=reach))


def shortages(*, seen_by: Actor) -> QuerySet[Shortage]:
    """The shortages this person may see."""
    rows = Shortage.objects.select_related("owner").prefetch_related("ways")
    reach = _reach(seen_by)
    if reach is None:
        return rows
    return rows.filter(Q(owner__in=reach) | Q(needs__unit__in=reach)).distinct()


def _reach(seen_by: Actor) -> set[int] | None:
    """The sections whose rows he sees; None for all of them."""
    bureau = people.bureau()
    if seen_by.person not in bureau.pks:
        return set()
    sight = bureau.sight[seen_by.person]
    if sight.bureau or keeps(seen_by):
        return None
    return {bureau.units[seen_by.person]} | set(sight.units)


def need_light(one: Need, day: int = 0) -> ledgers.Shown:
    """The light of a need now; `day` is how long a working day is, asked once for many of them."""
    calendar = clock.calendar()
    answered = calendar.minute(one.answered_at) if one.answered_at else None
    facts = ledgers.Need(one.answer_due, one.due, answered, one.came_of_it)
    return ledgers.need(facts, calendar.minute(clock.now()), day or a_day())


def a_day() -> int:
    """How many minutes a working day has, by the rules in force."""
    return rules().number["day"]


def ways_of(one: Shortage) -> tuple[ledgers.Way, ...]:
    """The ways of a shortage as the kernel counts them."""
    return tuple(_way(way) for way in one.ways.all())


def _way(way: Way) -> ledgers.Way:
    expected = clock.calendar().close(way.expected_on) if way.expected_on else None
    return ledgers.Way(way.paper, way.granted, way.granted_paper, way.arrived, expected, way.closed)


def shortage_light(one: Shortage) -> ledgers.Shown:
    """The light of a shortage now."""
    now = clock.calendar().minute(clock.now())
    return ledgers.shortage(one.required, one.on_hand, ways_of(one), now)


def got(one: Shortage) -> ledgers.Got:
    """How much of it is covered."""
    return ledgers.got(one.required, one.on_hand, ways_of(one))


class Rates(NamedTuple):
    """三率: answered in time of those due, solved of those called back, satisfied of the rated.

    Those who could not be reached are in none of them.
    """

    answered: int
    due: int
    solved: int
    called: int
    satisfied: int
    rated: int


def rates(*, seen_by: Actor) -> Rates:
    """The three rates over all needs this person may see. Of answers, never of persons."""
    now = clock.calendar().minute(clock.now())
    rows = needs(seen_by=seen_by)
    minute = clock.calendar().minute
    due = rows.filter(Q(answer_due__lt=now) | Q(answered_at__isnull=False))
    times = due.filter(answered_at__isnull=False).values_list("answered_at", "answer_due")
    in_time = len([at for at, until in times if at and minute(at) <= until])
    rated = rows.exclude(rating__in=("", Need.Rating.UNREACHED))
    counted = rated.aggregate(
        all=Count("pk"),
        solved=Count("pk", filter=Q(outcome__in=("solved", "partly"))),
        happy=Count("pk", filter=Q(rating__in=("satisfied", "basically"))),
    )
    return Rates(
        in_time,
        due.count(),
        counted["solved"],
        counted["all"],
        counted["happy"],
        counted["all"],
    )


def plain(value: Decimal) -> str:
    """An amount without zeros behind the point."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
