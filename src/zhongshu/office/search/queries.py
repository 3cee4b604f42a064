"""Finding matters by their words. Whoever may not see a matter finds nothing of it anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from zhongshu.office.actor import Actor
from zhongshu.office.matters.models import Matter, Participant
from zhongshu.office.matters.queries import visible
from zhongshu.office.people import queries as people

from . import engine, grams, places
from .models import Document

CAP = 100  # matters counted one by one; beyond, it is said that there are more
DEEPEST = 1000  # how far one may leaf
TYPED = 200  # characters of a question that are looked at
SUGGESTED = 8
TOP = 1 << 62

Marked = tuple[tuple[str, bool], ...]


class Hit(NamedTuple):
    """One matter that was found. Texts are in parts, each with whether it was looked for."""

    matter: Matter
    number: Marked
    title: Marked
    part: str
    words: Marked


class Found(NamedTuple):
    """A page of what was found, how many there are in all, and whether that is only a beginning."""

    hits: tuple[Hit, ...]
    total: int
    more: bool
    asked: bool


def search(
    *,
    text: str,
    seen_by: Actor,
    kind: str = "",
    state: str = "",
    mine: bool = False,
    limit: int = 20,
    offset: int = 0,
) -> Found:
    """Matters that hold everything typed: the one with this very number, then those with it in
    number or title, then the rest; of each the newest first."""
    terms = grams.terms(text[:TYPED])
    if not terms:
        return Found((), 0, more=False, asked=False)
    among = _among(seen_by, kind, state, mine)
    start = max(0, min(offset, DEEPEST))
    wanted = max(CAP, start + limit)
    found = _ordered(text[:TYPED], terms, among, wanted + 1)
    page = dict(list(found.items())[start : start + limit])
    more = len(found) > wanted
    return Found(_hits(page, terms, among), min(len(found), wanted), more, asked=True)


def suggest(*, text: str, seen_by: Actor) -> tuple[Hit, ...]:
    """A few matters whose number or title holds what has been typed so far."""
    terms = grams.terms(text[:TYPED])
    if not terms:
        return ()
    among = visible(seen_by=seen_by)
    found = dict.fromkeys(_numbered(text[:TYPED], among), 0)
    _more(found, terms, among, SUGGESTED, titles=True)
    return _hits(dict(list(found.items())[:SUGGESTED]), terms, among)


def _among(seen_by: Actor, kind: str, state: str, mine: bool) -> QuerySet[Matter]:
    among = visible(seen_by=seen_by)
    if kind:
        among = among.filter(kind=kind)
    if state in {"open", "closed"}:
        among = among.filter(closed_at__isnull=state == "open")
    if mine:
        person = people.bureau().pks.get(seen_by.person)
        came = Participant.objects.filter(person=person, matter=OuterRef("pk"))
        among = among.filter(Exists(came))
    return among


def _ordered(
    text: str, terms: Sequence[grams.Term], among: QuerySet[Matter], wanted: int
) -> dict[int, int]:
    """Matters in order, each with the document it was found by; 0 for its title."""
    found = dict.fromkeys(_numbered(text, among), 0)
    _more(found, terms, among, wanted, titles=True)
    _more(found, terms, among, wanted, titles=False)
    return dict(list(found.items())[:wanted])


def _numbered(text: str, among: QuerySet[Matter]) -> list[int]:
    """The matter whose number is this and nothing else."""
    whole = Document.objects.filter(part=Document.Part.NUMBER, spelling=grams.spelling(text))
    return list(
        among.filter(pk__in=whole.values("matter")).order_by("-pk").values_list("pk", flat=True)
    )


def _more(
    found: dict[int, int],
    terms: Sequence[grams.Term],
    among: QuerySet[Matter],
    wanted: int,
    *,
    titles: bool,
) -> None:
    """Go on asking, from newest to oldest, until there are enough or no more."""
    before, size = TOP, wanted * 2
    while len(found) < wanted:
        rows = engine.find(terms, among=among, before=before, limit=size, titles=titles)
        for row in rows:
            found.setdefault(places.matter(row), 0 if titles else row)
        if len(rows) < size:
            return
        before = places.key(places.matter(rows[-1]), 0)  # the other texts of the last matter


def _hits(
    page: dict[int, int], terms: Sequence[grams.Term], among: QuerySet[Matter]
) -> tuple[Hit, ...]:
    matters = among.select_related("responsible", "unit").in_bulk(page)
    documents = Document.objects.in_bulk([row for row in page.values() if row])
    return tuple(
        _hit(matters[pk], documents.get(row), terms) for pk, row in page.items() if pk in matters
    )


def _hit(matter: Matter, document: Document | None, terms: Sequence[grams.Term]) -> Hit:
    found = grams.marked(document.text, terms) if document else ()
    return Hit(
        matter,
        tuple(grams.marked(matter.number, terms)),
        tuple(grams.marked(matter.title, terms)),
        document.get_part_display() if document and document.part != "title" else "",
        tuple(grams.excerpt(found)) if document and document.part != "title" else (),
    )
