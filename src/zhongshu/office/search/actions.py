"""Keeping the index: texts come in with the step that brought them, in its transaction. 建索引."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet

from zhongshu.kernel.flow.case import Event as Happened
from zhongshu.kernel.flow.codec import load_event
from zhongshu.office.matters import happenings
from zhongshu.office.matters.models import Event, Matter
from zhongshu.office.matters.processes import definition

from . import engine, grams, places, texts
from .models import Document

Part = Document.Part
TRIES = 5  # two that bring texts for one matter at once take the same place
BATCH = 500
DERIVED = (Part.TITLE, Part.NUMBER, Part.FORM, Part.OPINION)  # follow from matters and events


def opened(opening: happenings.Opened) -> None:
    """A new matter is found by its number and title."""
    _keep(_heads(opening.matter))


def stepped(step: happenings.Step) -> None:
    """What a step said, and the form as it left it."""
    if step.outcome.event is None:
        return
    if step.outcome.event.content is not None:
        _forget(_texts(step.matter).filter(part=Part.FORM))
    _keep(_of_step(step.matter, step.outcome.event))


def index(*, matter: Matter, part: str, text: str, source: str = "") -> None:
    """A text an app brings, instead of what it brought under the same name; "" takes it away.

    Part of the caller's transaction, as what the text comes from.
    """
    with transaction.atomic():
        _forget(_texts(matter).filter(part=part, source=source[:64]))
        _keep_brought(matter, part, text, source[:64], tries=TRIES)


def _keep_brought(matter: Matter, part: str, text: str, source: str, *, tries: int) -> None:
    try:
        with transaction.atomic():
            _keep(_brought(matter, part, text, source))
    except IntegrityError:
        if tries == 1:
            raise
        _keep_brought(matter, part, text, source, tries=tries - 1)


def retitle(*, matter: Matter) -> None:
    """A matter has another number or title than before."""
    _forget(_texts(matter).filter(part__in=(Part.TITLE, Part.NUMBER)))
    _keep(_heads(matter))


@transaction.atomic
def rebuild() -> int:
    """Make the whole index anew, and first the texts that follow from matters and events.

    Texts of apps are kept. How many rows there are now. Others wait meanwhile on SQLite.
    """
    engine.clear()
    Document.objects.filter(part__in=DERIVED).delete()
    for row in Document.objects.iterator(BATCH):
        _index([row], engine.add)
    for matter in Matter.objects.iterator(BATCH):
        _keep([*_heads(matter), *_of_events(matter)])
    return Document.objects.count()


def _of_events(matter: Matter) -> Iterator[Document]:
    form: list[Document] = []
    for row in Event.objects.filter(matter=matter):
        event = load_event(row.text)
        found = list(_of_step(matter, event))
        yield from (one for one in found if one.part == Part.OPINION)
        if event.content is not None:
            form = [one for one in found if one.part == Part.FORM]
    yield from form


def _heads(matter: Matter) -> list[Document]:
    title = f"{matter.number}\n{matter.title}"
    return [
        _document(matter, places.TITLE, Part.TITLE, title),
        _document(matter, places.NUMBER, Part.NUMBER, matter.number),
    ]


def _of_step(matter: Matter, event: Happened) -> Iterator[Document]:
    form = texts.of_form(definition(matter.process_id), event)
    for place, piece in zip(places.FORM, grams.pieces(form or ""), strict=False):
        yield _document(matter, place, Part.FORM, piece)
    for number, said in zip(range(places.A_STEP), texts.of_opinions(event), strict=False):
        place = places.opinion(event.number, number)
        yield _document(matter, place, Part.OPINION, said, str(event.number))


def _brought(matter: Matter, part: str, text: str, source: str) -> list[Document]:
    first = places.key(matter.pk, places.BROUGHT[0])
    last = _texts(matter).filter(id__gte=first).aggregate(last=Max("id"))["last"]
    free = places.BROUGHT[last - first + 1 :] if last else places.BROUGHT
    return [
        _document(matter, place, part, piece, source)
        for place, piece in zip(free, grams.pieces(text), strict=False)
    ]


def _texts(matter: Matter) -> QuerySet[Document]:
    """All texts of a matter, by the index of their keys."""
    first, after = places.key(matter.pk, 0), places.key(matter.pk + 1, 0)
    return Document.objects.filter(id__gte=first, id__lt=after)


def _document(matter: Matter, place: int, part: str, text: str, source: str = "") -> Document:
    return Document(
        id=places.key(matter.pk, place),
        matter=matter,
        part=part,
        source=source,
        text=grams.storable(text),
        spelling=grams.spelling(text),
    )


def _keep(rows: Iterable[Document]) -> None:
    """Write texts that say anything, and their tokens."""
    kept = [row for row in rows if row.spelling]
    if kept:
        Document.objects.bulk_create(kept)
        _index(kept, engine.add)


def _forget(rows: Iterable[Document]) -> None:
    gone = list(rows)
    if gone:
        _index(gone, engine.remove)
        Document.objects.filter(pk__in=[row.pk for row in gone]).delete()


def _index(rows: Sequence[Document], change: Callable[[str, list[Indexed]], None]) -> None:
    """Put rows in or take them out. The number is only looked up whole and is not in it."""
    for table, parts in ((engine.TITLES, {Part.TITLE}), (engine.TEXTS, set(Part) - {Part.NUMBER})):
        change(table, [(row.pk, grams.tokens(row.spelling)) for row in rows if row.part in parts])


Indexed = tuple[int, Sequence[str]]
