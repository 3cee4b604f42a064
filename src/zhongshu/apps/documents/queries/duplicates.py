"""Whether a paper has come before: by its number, its bytes, its title, its text. 查重.

Every registration has an arrival, so one table is asked, each time by an index and never whole.
What lies in the register is named only to whoever may see it.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from django.db.models import Q, QuerySet

from zhongshu.apps.documents.models import OPEN, Arrival, Likeness
from zhongshu.kernel.papers import likeness
from zhongshu.office.actor import Actor
from zhongshu.office.matters import queries as matters
from zhongshu.office.matters.models import Matter

By = Literal["file", "number", "title", "text"]
FEW = 4  # of each sort
CANDIDATES = 200  # that share a key of the sketch, newest first


class Earlier(NamedTuple):
    """One that came before, by what it is like, and its matter where one may see it.

    `certain`: the same bytes, or the same number of the same source; that has to be answered.
    """

    arrival: Arrival
    by: tuple[By, ...]
    matter: Matter | None
    certain: bool
    answered: str = ""


def find(*, arrival: Arrival, seen_by: Actor) -> list[Earlier]:
    """Earlier ones, the certain first, with what was already answered about them."""
    hits = _hits(arrival)
    shown = _visible([one.matter_id for one, _ in hits.values() if one.matter_id], seen_by)
    found = [
        Earlier(
            one,
            by,
            shown.get(one.matter_id or 0),
            bool({"file", "number"} & set(by)),
            arrival.apart.get(one.key, ""),
        )
        for one, by in hits.values()
    ]
    return sorted(found, key=lambda one: (not one.certain, -one.arrival.pk))


def unanswered(arrival: Arrival) -> list[Arrival]:
    """Certain ones of which nobody has said whether they are the same."""
    return [
        one
        for one, by in _hits(arrival).values()
        if {"file", "number"} & set(by) and one.key not in arrival.apart
    ]


def _visible(pks: list[int], seen_by: Actor) -> dict[int, Matter]:
    seen = matters.visible(seen_by=seen_by).filter(pk__in=pks)
    return {matter.pk: matter for matter in seen.select_related("responsible")}


def _hits(arrival: Arrival) -> dict[int, tuple[Arrival, tuple[By, ...]]]:
    """Every earlier arrival that is like this one, and how."""
    ways: tuple[tuple[By, QuerySet[Arrival]], ...] = (
        ("file", _by(arrival, "digest")),
        ("number", _by(arrival, "document_key")),
        ("title", _by(arrival, "title_key")),
        ("text", _near(arrival)),
    )
    found: dict[int, tuple[Arrival, tuple[By, ...]]] = {}
    for by, rows in ways:
        for one in rows.select_related("done_by", "by").order_by("-pk")[:FEW]:
            found[one.pk] = (one, (*found.get(one.pk, (one, ()))[1], by))
    return found


def _by(arrival: Arrival, column: str) -> QuerySet[Arrival]:
    value = getattr(arrival, column)
    rows = _earlier(arrival).filter(**{column: value})
    return rows if value else rows.none()


def _earlier(arrival: Arrival) -> QuerySet[Arrival]:
    """Came before it, or is registered already; what was set aside points elsewhere itself."""
    rows = Arrival.objects.exclude(pk=arrival.pk).exclude(state=Arrival.State.DISMISSED)
    return rows.filter(Q(pk__lt=arrival.pk) | ~Q(state__in=OPEN))


def _near(arrival: Arrival) -> QuerySet[Arrival]:
    """Those whose text is nearly the same: candidates by a key of the sketch, then bit by bit."""
    if arrival.sketch is None:
        return Arrival.objects.none()
    sketch = arrival.sketch % (1 << 64)
    rows = Likeness.objects.filter(key__in=likeness.keys(sketch)).exclude(arrival=arrival)
    pairs = rows.order_by("-arrival_id").values_list("arrival_id", "arrival__sketch")
    near = {
        pk
        for pk, other in pairs[:CANDIDATES]
        if other is not None and likeness.near(sketch, other % (1 << 64))
    }
    return _earlier(arrival).filter(pk__in=near)
