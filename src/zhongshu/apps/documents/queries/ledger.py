"""收文台账: where a document is, by whatever one knows of it. 查件.

The newest first, page by page from a known place, never by counting: a page costs the same with
a hundred documents and with a hundred thousand. What a person may not see is in no answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhongshu.apps.documents.models import Incoming, Passage, Return, SavedFilter
from zhongshu.apps.documents.names import number_key
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.matters.models import Todo
from zhongshu.office.matters.queries import visible
from zhongshu.office.people import queries as people
from zhongshu.office.search import queries as search
from zhongshu.office.search.grams import storable

KIND = "incoming"
PAGE = 40
MOST = 5000  # rows of one export or print
WORDS = 300  # documents found by words that are looked at
STATES = {
    "open": "在办",
    "late": "超期未办结",
    "closed": "已办结",
    "filed": "已归档",
    "returned": "退回来文单位",
}


class Question(NamedTuple):
    """What is asked of the ledger; every part as it stands in the address, empty for any."""

    q: str = ""
    source: str = ""
    since: str = ""
    until: str = ""
    holder: str = ""
    register: str = ""
    state: str = ""
    purpose: str = ""
    lead: str = ""
    node: str = ""
    unit: str = ""
    month: str = ""
    age: str = ""

    @property
    def asked(self) -> dict[str, str]:
        """The parts that are asked for."""
        return {name: value for name, value in self._asdict().items() if value}


class Row(NamedTuple):
    """One line of the ledger."""

    incoming: Incoming
    holders: str


class Page(NamedTuple):
    """One page of the ledger: its rows, where the next begins, and whether words found too much."""

    rows: list[Row]
    after: int
    cut: bool


def question(told: Mapping[str, str]) -> Question:
    """A question out of an address; what cannot be read is not asked."""
    parts = {name: told.get(name, "").strip()[:200] for name in Question._fields}
    asked = Question(**{name: storable(value) for name, value in parts.items()})
    return asked._replace(
        since=asked.since if _day(asked.since) else "",
        until=asked.until if _day(asked.until) else "",
        register=asked.register if asked.register in Incoming.Register.values else "",
        purpose=asked.purpose if asked.purpose in Incoming.Purpose.values else "",
        state=asked.state if asked.state in STATES else "",
        month=asked.month if re.fullmatch(r"\d{6}(-\d{6})?", asked.month) else "",
        age=asked.age if re.fullmatch(r"\d{1,3}(-\d{1,3})?", asked.age) else "",
    )


def page(*, asked: Question, seen_by: Actor, before: int = 0, limit: int = PAGE) -> Page:
    """The rows before a place, newest first."""
    found, cut = documents(asked=asked, seen_by=seen_by)
    if before:
        found = found.filter(matter__lt=before)
    rows = list(found.select_related("matter", "matter__unit", "lead")[: limit + 1])
    more = len(rows) > limit
    rows = rows[:limit]
    held = holders([row.pk for row in rows])
    after = rows[-1].pk if more else 0
    return Page([Row(row, held.get(row.pk, "")) for row in rows], after, cut)


def documents(*, asked: Question, seen_by: Actor) -> tuple[QuerySet[Incoming], bool]:
    """The documents that were asked for, of those this person may see; and whether there are more
    with these words than were looked at."""
    seen = visible(seen_by=seen_by, one_by_one=True).filter(pk=OuterRef("pk"))
    found = Incoming.objects.filter(Exists(seen)).order_by("-matter")
    for narrow in (_plain, _of_time, _of_state, _of_people, _of_steps):
        found = narrow(found, asked)
    if not asked.q:
        return found, False
    keys, cut = _worded(asked.q, seen_by)
    return found.filter(pk__in=keys), cut


def holders(pks: list[int]) -> dict[int, str]:
    """Who has each of these now, by name."""
    rows = Todo.objects.filter(matter__in=pks).exclude(what=Todo.What.READ)
    held: dict[int, list[str]] = {}
    for matter, name in rows.order_by("pk").values_list("matter", "person__name"):
        if name not in held.setdefault(matter, []):
            held[matter].append(name)
    return {matter: "、".join(many) for matter, many in held.items()}


def sources(*, seen_by: Actor, limit: int = 30) -> list[str]:
    """The sources of the latest documents, to choose from."""
    seen = visible(seen_by=seen_by, one_by_one=True).filter(pk=OuterRef("pk"))
    latest = Incoming.objects.filter(Exists(seen)).order_by("-matter")
    return list(dict.fromkeys(latest.values_list("source", flat=True)[:200]))[:limit]


def filters(*, seen_by: Actor) -> list[SavedFilter]:
    """The questions this person gave a name to."""
    person = people.bureau().pks.get(seen_by.person)
    return list(SavedFilter.objects.filter(person=person))


def _worded(words: str, seen_by: Actor) -> tuple[list[int], bool]:
    """Keys of the documents with this number, or with these words in title, form or opinions."""
    exact = Incoming.objects.filter(Q(document_key=number_key(words)) | Q(archive_no=words.strip()))
    keys = list(exact.values_list("pk", flat=True)[:WORDS])
    found = search.search(text=words, seen_by=seen_by, kind=KIND, limit=WORDS)
    keys += [hit.matter.pk for hit in found.hits]
    return keys, found.more


def _plain(found: QuerySet[Incoming], asked: Question) -> QuerySet[Incoming]:
    for name in ("source", "register", "purpose"):
        value = getattr(asked, name)
        if value:
            found = found.filter(**{name: value})
    return found.filter(lead__code=asked.lead) if asked.lead else found


def _of_time(found: QuerySet[Incoming], asked: Question) -> QuerySet[Incoming]:
    since, until = _day(asked.since), _day(asked.until)
    if since:
        found = found.filter(received_at__gte=_midnight(since))
    if until:
        found = found.filter(received_at__lt=_midnight(date.fromordinal(until.toordinal() + 1)))
    if asked.age:
        low, _, high = asked.age.partition("-")
        today = clock.local(clock.now()).date()
        found = found.filter(
            open=True,
            received_at__lt=_midnight(date.fromordinal(today.toordinal() - int(low) + 1)),
        )
        if high:
            oldest = date.fromordinal(today.toordinal() - int(high))
            found = found.filter(received_at__gte=_midnight(oldest))
    return found


def _of_state(found: QuerySet[Incoming], asked: Question) -> QuerySet[Incoming]:
    match asked.state:
        case "open":
            return found.filter(open=True)
        case "late":
            return found.filter(open=True, matter__due_at__lt=clock.now())
        case "closed":
            return found.filter(open=False)
        case "filed":
            return found.filter(open=False).exclude(retention="")
        case "returned":
            return found.filter(pk__in=Return.objects.values("matter"))
        case _:
            return found


def _of_people(found: QuerySet[Incoming], asked: Question) -> QuerySet[Incoming]:
    if not asked.holder:
        return found
    bureau = people.bureau()
    named = [pk for key, pk in bureau.pks.items() if bureau.names.get(key) == asked.holder]
    held = Todo.objects.filter(person__in=named).exclude(what=Todo.What.READ)
    return found.filter(pk__in=held.values("matter"))


def _of_steps(found: QuerySet[Incoming], asked: Question) -> QuerySet[Incoming]:
    """Those whose step was finished in these months, by this unit: the rows behind a figure."""
    if not (asked.node or asked.unit):
        return found
    done = Passage.objects.all()
    if asked.month:
        low, _, high = asked.month.partition("-")
        done = done.filter(month__gte=int(low), month__lte=int(high or low))
    if asked.node:
        done = done.filter(node=asked.node)
    if asked.unit:
        done = done.filter(unit__code=asked.unit)
    return found.filter(pk__in=done.values("matter"))


def _day(told: str) -> date | None:
    try:
        return date.fromisoformat(told) if told else None
    except ValueError:
        return None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=clock.ZONE)
