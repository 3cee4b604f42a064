"""Finding matters by their words. Whoever may not see a matter finds nothing of it anywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from zhongshu.office.actor import Actor
from zhongshu.office.matters.models import Matter, Participant
from zhongshu.office.matters.queries import few, visible
from zhongshu.office.people import queries as people

from . import engine, grams, places
from .models import Document

CAP = 100  # matters counted one by one; beyond, it is said that there are more
DEEPEST = 1000  # how far one may leaf
TYPED = 200  # characters of a question that are looked at
SUGGESTED = 8
FEW = 1000  # matters whose texts are sooner read than found
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


class _Question(NamedTuple):
    """What is asked, of which matters, and how: of the index, or of the few texts there are."""

    text: str
    asked: bool
    terms: Sequence[grams.Term]
    among: QuerySet[Matter]
    ask: Callable[..., list[int]]


def search(  # noqa: PLR0913 - a page's filters, keyword-only
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
    number or title, then the rest; of each whole words before beginnings, then the newest first."""
    question = _question(text, seen_by, kind, state, mine)
    if not question.terms:
        return Found((), 0, more=False, asked=question.asked)
    start = max(0, min(offset, DEEPEST))
    wanted = max(CAP, start + limit)
    found = dict.fromkeys(_numbered(question), 0)
    for titles in (True, False):
        _more(question, found, wanted + 1, titles=titles)
    page = dict(list(found.items())[start : start + limit])
    more = len(found) > wanted
    return Found(_hits(page, question), min(len(found), wanted), more, asked=True)


def suggest(*, text: str, seen_by: Actor) -> tuple[Hit, ...]:
    """A few matters whose number or title holds what has been typed so far."""
    question = _question(text, seen_by)
    found = dict.fromkeys(_numbered(question), 0)
    _more(question, found, SUGGESTED, titles=True)
    return _hits(dict(list(found.items())[:SUGGESTED]), question)


def _question(
    text: str, seen_by: Actor, kind: str = "", state: str = "", mine: bool = False
) -> _Question:
    text = text[:TYPED]
    terms = grams.terms(text)
    among = _among(seen_by, kind, state, mine)
    near = few(seen_by=seen_by, most=FEW)
    if near is None and kind:
        of_kind = list(among.order_by().values_list("pk", flat=True)[: FEW + 1])
        near = of_kind if len(of_kind) <= FEW else None
    if near is None:
        return _Question(text, bool(terms), terms, among, engine.find)
    if not near:
        return _Question(text, bool(terms), (), among.none(), engine.scan)
    return _Question(text, bool(terms), terms, among.filter(pk__in=near), engine.scan)


def _among(seen_by: Actor, kind: str, state: str, mine: bool) -> QuerySet[Matter]:
    among = visible(seen_by=seen_by, one_by_one=True)
    if kind:
        among = among.filter(kind=kind)
    if state in {"open", "closed"}:
        among = among.filter(closed_at__isnull=state == "open")
    if mine:
        person = people.bureau().pks.get(seen_by.person)
        came = Participant.objects.filter(person=person, matter=OuterRef("pk"))
        among = among.filter(Exists(came))
    return among


def _numbered(question: _Question) -> list[int]:
    """The matter whose number is this and nothing else."""
    spelt = grams.spelling(question.text)
    whole = Document.objects.filter(part=Document.Part.NUMBER, spelling=spelt)
    found = question.among.filter(pk__in=whole.values("matter")).order_by("-pk")
    return list(found.values_list("pk", flat=True)[:SUGGESTED]) if spelt else []


def _more(question: _Question, found: dict[int, int], wanted: int, *, titles: bool) -> None:
    """What is still missing: first with whole words, then also with words that begin so."""
    whole = tuple(term.whole() for term in question.terms)
    for terms in dict.fromkeys((whole, tuple(question.terms))):
        _ask(question._replace(terms=terms), found, wanted, titles=titles)


def _ask(question: _Question, found: dict[int, int], wanted: int, *, titles: bool) -> None:
    """Go on asking, from newest to oldest, until there are enough or no more."""
    before, size = TOP, wanted if titles else wanted * 2  # a matter has one title
    while question.terms and len(found) < wanted:
        rows = question.ask(
            question.terms, among=question.among, before=before, limit=size, titles=titles
        )
        for row in rows:
            found.setdefault(places.matter(row), 0 if titles else row)
        if len(rows) < size:
            return
        before = places.key(places.matter(rows[-1]), 0)  # the other texts of the last matter


def _hits(page: dict[int, int], question: _Question) -> tuple[Hit, ...]:
    matters = question.among.select_related("responsible", "unit").in_bulk(page)
    documents = Document.objects.in_bulk([row for row in page.values() if row])
    return tuple(
        _hit(matters[pk], documents.get(row), question.terms)
        for pk, row in page.items()
        if pk in matters
    )


def _hit(matter: Matter, document: Document | None, terms: Sequence[grams.Term]) -> Hit:
    shown = document is not None and document.part != Document.Part.TITLE
    words = grams.excerpt(grams.marked(document.text, terms)) if document and shown else ()
    return Hit(
        matter,
        tuple(grams.marked(matter.number, terms)),
        tuple(grams.marked(matter.title, terms)),
        document.get_part_display() if document and shown else "",
        tuple(words),
    )
