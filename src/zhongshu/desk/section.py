"""What the sections one answers for have in hand: how much, in which order, with whom. 部门在办.

For heads of sections their own, for leaders those they are in charge of, for whoever sees the
whole house all of them. Nothing here that the gate does not let the asker see.
"""

from __future__ import annotations

from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.matters import queries
from zhongshu.office.matters.queue import team
from zhongshu.office.people import powers
from zhongshu.office.people import queries as people
from zhongshu.office.people.models import Unit
from zhongshu.office.reading import reads
from zhongshu.office.ui.parts import Row as Bar

from .queue import SHOWN, Row, row_of


class Hands(NamedTuple):
    """One section: how much its people have to do, and how much of that is overdue."""

    unit: Unit
    href: str
    number: int
    late: int
    current: bool


def units_of(seen_by: Actor) -> list[Unit]:
    """The sections this person answers for, in their order."""
    bureau = people.bureau()
    sight = bureau.sight.get(seen_by.person)
    if sight is None:
        return []
    every = Unit.objects.all()
    return list(every if sight.bureau else every.filter(pk__in=sight.units))


def answers_for_others(request: HttpRequest) -> bool:
    """Whether somebody sees more than his own desk. No query beyond who is who."""
    if not powers.in_business(request):
        return False
    sight = people.bureau().sight.get(people.acting(request).person)
    return sight is not None and bool(sight.bureau or sight.units)


@require_safe
@reads
def page(request: HttpRequest) -> HttpResponse:
    """The sections with their counts; of the chosen one, the rows in the order of triage."""
    by = people.acting(request)
    units = units_of(by)
    if not units:
        raise Http404
    wanted = request.GET.get("unit", "")
    counted = {
        unit: (n, late)
        for unit, n, late in queries.in_hand(units=[u.pk for u in units], seen_by=by)
    }
    chosen = next((one for one in units if one.code == wanted), _first(units, counted))
    hands = [
        Hands(
            one,
            f"{reverse('desk:section')}?unit={one.code}",
            *counted.get(one.pk, (0, 0)),
            one == chosen,
        )
        for one in units
        if one.pk in counted or one == chosen
    ]
    context = {
        "hands": hands,
        "chosen": chosen,
        "rows": _rows(chosen, by),
        "count": counted.get(chosen.pk, (0, 0))[0],
        "bars": [Bar(one.unit.name, one.number, bad=one.late > 0) for one in hands],
        "sentence": _sentence(hands),
    }
    return render(request, "desk/section.html", context)


def _first(units: list[Unit], counted: dict[int, tuple[int, int]]) -> Unit:
    """The section with most to do."""
    return max(units, key=lambda one: counted.get(one.pk, (0, 0)))


def _rows(unit: Unit, by: Actor) -> list[Row]:
    now = clock.calendar().minute(clock.now())
    english = (get_language() or "").startswith("en")
    persons = [
        pk for key, pk in people.bureau().pks.items() if people.bureau().units[key] == unit.pk
    ]
    places = team(persons=persons, seen_by=by, limit=SHOWN)
    return [row_of(n, place, now, english=english) for n, place in enumerate(places, 1)]


def _sentence(hands: list[Hands]) -> str:
    number, late = sum(one.number for one in hands), sum(one.late for one in hands)
    words = _("共 {number} 件在办，其中 {late} 件超期。只列您看得到的。")
    return words.format(number=number, late=late)
