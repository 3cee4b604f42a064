"""Reading notices. Each reads his own, a title only if he may still see the matter. 读通知."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zhongshu.office.actor import Actor
from zhongshu.office.matters.models import Matter
from zhongshu.office.matters.queries import visible
from zhongshu.office.people import queries as people

from . import telling
from .models import Delivery, Notice

MOST = 99  # counted and shown as such; beyond, 99+
PAGE = 30


class Line(NamedTuple):
    """A notice as it is read: its sentence, the matter if it may be seen, what did not go out."""

    notice: Notice
    sentence: str
    matter: Matter | None
    undelivered: tuple[str, ...]


class Page(NamedTuple):
    """Some notices, newest first, and where to go on; 0 at the end."""

    lines: tuple[Line, ...]
    after: int


def unread_count(*, seen_by: Actor) -> int:
    """How many a person has not read, and 100 for all that is more: the index answers."""
    return _own(seen_by).filter(read_at__isnull=True).order_by()[: MOST + 1].count()


def unread_words(*, seen_by: Actor) -> str:
    """The same as it is shown: "" for none, "99+" for more."""
    count = unread_count(seen_by=seen_by)
    return f"{MOST}+" if count > MOST else str(count or "")


def page(*, seen_by: Actor, unread: bool = False, before: int = 0) -> Page:
    """What a person was told, newest first, before a notice if one is given."""
    rows = _own(seen_by)
    if unread:
        rows = rows.filter(read_at__isnull=True)
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: PAGE + 1])
    shown = found[:PAGE]
    return Page(tuple(_lines(shown, seen_by)), shown[-1].pk if len(found) > PAGE else 0)


def one(*, pk: int, seen_by: Actor) -> Line:
    """One notice of his; `Notice.DoesNotExist` if there is none."""
    return _lines([_own(seen_by).get(pk=pk)], seen_by)[0]


def given_up(*, limit: int = 50) -> QuerySet[Delivery]:
    """What could not be delivered, latest first: for whoever keeps the system. No matter in it."""
    return Delivery.objects.filter(given_up_at__isnull=False).order_by("-given_up_at")[:limit]


def waiting() -> int:
    """How many deliveries are under way."""
    return Delivery.objects.filter(next_at__isnull=False).count()


def _own(seen_by: Actor) -> QuerySet[Notice]:
    person = people.bureau().pks.get(seen_by.person)
    return Notice.objects.filter(person=person) if person else Notice.objects.none()


def _lines(notices: Iterable[Notice], seen_by: Actor) -> list[Line]:
    rows = list(notices)
    seen = visible(seen_by=seen_by).in_bulk({row.matter_id for row in rows if row.matter_id})
    failed: dict[int, list[str]] = {}
    troubled = Q(given_up_at__isnull=False) | (Q(next_at__isnull=False) & ~Q(error=""))
    for way in Delivery.objects.filter(troubled, notice__in=[row.pk for row in rows]):
        failed.setdefault(way.notice_id, []).append(way.get_channel_display())
    return [
        Line(row, _sentence(row, seen), seen.get(row.matter_id or 0), tuple(failed.get(row.pk, ())))
        for row in rows
    ]


def _sentence(row: Notice, seen: Mapping[int, Matter]) -> str:
    if row.matter_id and row.matter_id not in seen:
        return _("一条通知，所指事项您现在不能查看")
    english = (get_language() or "").startswith("en")
    return telling.sentence(row.words, row.about, people.names(), english=english)
