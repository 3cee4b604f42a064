"""The split view: the page as it came on the left, what to enter on the right. 对照登记.

Put together here from what was read, typed and known; nothing is decided and nothing written.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.forms import BoundField
from django.urls import reverse
from django.utils.translation import gettext as _

from zhongshu.kernel.errors import Refused, reason
from zhongshu.kernel.papers import secrecy
from zhongshu.kernel.papers.recognise.number import parse
from zhongshu.kernel.triage import Mark
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.files.models import File
from zhongshu.office.matters.models import Matter
from zhongshu.office.people import queries as people
from zhongshu.office.people.models import Unit
from zhongshu.office.refusal import Refusal
from zhongshu.office.ui import telling
from zhongshu.office.ui.parts import Sheet, Zone

from . import entering, reading, weighing
from .forms.registering import MORE, ORDER, WIDE, Known, RegisterForm
from .models import Arrival
from .queries import duplicates, sources, tray
from .refusal_words import say

PAGES = 12  # pages of one file shown at once
WIDTH = 960
DOUBTS = {"low": 0, "mid": 1}
UPWARD = {"请示", "报告", "意见"}


class Item(NamedTuple):
    """One field as it stands on the page: how sure, the zone it came from, a remark beside it."""

    bound: BoundField
    sure: str
    zone: str
    wide: bool
    aside: str
    place: int | None = None


class Scan(NamedTuple):
    """A file with its pages as far as they are shown; its words, where it has no pictures."""

    file: File
    sheets: list[Sheet]
    text: str
    more: str


class Like(NamedTuple):
    """An earlier paper that this one may be, in words; `form` is the id of the form for yes."""

    arrival: Arrival
    matter: Matter | None
    name: str
    sentence: str
    basis: str
    answered: str
    form: str


class Split(NamedTuple):
    """Everything on the page."""

    arrival: Arrival
    form: RegisterForm
    items: list[Item]
    more: list[Item]
    sure: int
    doubtful: int
    whole: int
    scans: list[Scan]
    earlier: list[Like]
    beside: tray.Beside
    proposal: weighing.Proposal | None
    hints: list[str]

    @property
    def why(self) -> str:
        """Why a machine could not read it."""
        return " ".join(say(Refused((reason(self.arrival.why or "nothing_read"),))))

    @property
    def open_more(self) -> bool:
        """Whether something is wrong among the fields that are folded away."""
        return any(self.form[name].errors for name in MORE)

    @property
    def open_change(self) -> bool:
        """Whether weight or due time were changed."""
        return any(self.form[name].value() for name in ("weight", "due_on", "why"))

    @property
    def vouching(self) -> bool:
        """Whether somebody has to vouch that this is no state secret."""
        doubt = self.arrival.reading.get("doubt") and not self.arrival.vouched
        return bool(doubt) or secrecy.in_title(str(self.form["title"].value() or "")) > 0


def known(source: str, sort: str, by: Actor) -> Known:
    """Facts about whoever sent it, and what a clerk may choose from."""
    units = Unit.objects.exclude(kind="leaders").order_by("order", "pk")
    return Known(
        sources.register(source=source, seen_by=by),
        sources.lead(source=source, sort=sort, seen_by=by),
        list(units.values_list("code", "name")),
        list(sources.returned(source=source, seen_by=by)) if source else [],
        people.names().get(by.person, ""),
    )


def form_of(arrival: Arrival, by: Actor, data: Any = None) -> RegisterForm:
    """The form of an arrival, by what was typed of its source or else read."""
    said = data or {}
    source = said.get("source") or tray.value(arrival, "source")
    sort = said.get("sort") or tray.value(arrival, "sort")
    return RegisterForm(arrival, known(source, sort, by), data)


def split(arrival: Arrival, form: RegisterForm, by: Actor, start: int = 1) -> Split:
    """The whole page."""
    items = [*_numbered(_items(form, arrival))]
    numbered = {item.zone: item.place or 0 for item in items if item.zone}
    files = tray.papers(arrival=arrival, seen_by=by)
    read = [
        one for one in items if one.sure and one.bound.name in arrival.reading.get("fields", {})
    ]
    doubts = sum(one.sure in DOUBTS for one in read)
    return Split(
        arrival,
        form,
        items,
        [Item(form[name], "", "", name in WIDE, "") for name in MORE if _shown(form, name)],
        len(read) - doubts,
        doubts,
        len(read),
        [_scan(file, arrival, numbered, start) for file in files],
        [_like(one) for one in duplicates.find(arrival=arrival, seen_by=by)] if arrival.pk else [],
        tray.beside(arrival=arrival, seen_by=by),
        proposal(form, arrival),
        list(_hints(form)),
    )


def _like(one: duplicates.Earlier) -> Like:
    words = {
        "file": _("文件相同"),
        "number": _("文号相同"),
        "title": _("标题相同"),
        "text": _("文字几乎相同"),
    }
    number = one.matter.number if one.matter else one.arrival.name or _("一件来文")
    said = _("可能重复：{name}，{how}").format(
        name=number, how="、".join(words[way] for way in one.by)
    )
    who = one.arrival.done_by or one.arrival.by
    at = telling.when(clock.now(), one.arrival.done_at or one.arrival.at)
    basis = f"{at}，{who.name}，{one.arrival.get_state_display()}"
    if one.matter:
        holder = "" if one.matter.closed_at else one.matter.responsible.name
        basis = "，".join(filter(None, (one.matter.title, basis, holder, one.matter.step)))
    form = f"same-{one.arrival.key}"
    return Like(one.arrival, one.matter, number, said, basis, one.answered, form)


def _shown(form: RegisterForm, name: str) -> bool:
    return name != "resubmits" or bool(form.known.returned)


def _items(form: RegisterForm, arrival: Arrival) -> list[Item]:
    """The fields, those in doubt first: by keyboard one comes to them first."""
    found = [_item(form, arrival, name) for name in ORDER]
    return sorted(found, key=lambda one: DOUBTS.get(one.sure, 2))


def _numbered(items: list[Item]) -> Iterator[Item]:
    """Those that came from a place on the page bear a number, here and there."""
    place = 0
    for item in items:
        place += bool(item.zone)
        yield item._replace(place=place if item.zone else None)


def _item(form: RegisterForm, arrival: Arrival, name: str) -> Item:
    shown = reading.shown(arrival.reading, name)
    sure: str = "" if name in arrival.typed or form.is_bound else shown.sure
    aside = ""
    if name == "suggested_lead" and form.known.lead:
        said = _("近一年同类 {count} 件") if form.known.lead.papers > 1 else _("上一件同类")
        aside = said.format(count=form.known.lead.papers)
    asked = form.is_bound or arrival.typed
    if name == "register" and not asked and form["source"].value():
        sure = form.known.register.sure
    if sure in DOUBTS:
        aside = _("请核对")
    return Item(form[name], sure, name if shown.box else "", name in WIDE, aside)


def _scan(file: File, arrival: Arrival, numbered: dict[str, int], start: int) -> Scan:
    """The pages of a file; the places of fields are drawn on the file that was read."""
    main = file.blob.digest == arrival.digest
    pages = (file.blob.pages or 0) if file.of.pages else 0
    shown = range(start, min(pages, start + PAGES - 1) + 1)
    sheets = [_sheet(file, arrival, numbered if main else {}, page) for page in shown]
    more = f"?page={start + PAGES}" if pages >= start + PAGES else ""
    return Scan(file, sheets, "" if pages else file.blob.text, more)


def _sheet(file: File, arrival: Arrival, numbered: dict[str, int], page: int) -> Sheet:
    sizes = arrival.reading.get("pages", [])
    width, height = sizes[page - 1] if page <= len(sizes) else (0, 0)
    zones = []
    for name, number in numbered.items():
        shown = reading.shown(arrival.reading, name)
        if shown.page == page and shown.box:
            zones.append(Zone(name, number, shown.sure, shown.box))
    src = reverse("files:page", args=[file.key, page, WIDTH])
    return Sheet(page, src, width or 210, height or 297, tuple(zones))


def proposal(form: RegisterForm, arrival: Arrival) -> weighing.Proposal | None:
    """Weight and due time of what stands in the form now; None while it cannot be said."""
    if form.is_bound:
        form.is_valid()
        said = form.cleaned_data
    else:
        said = {name: form.fields[name].to_python(form[name].value()) for name in ASKED}
    try:
        return entering.proposal(_entry(said), arrival.reading)
    except (Refusal, KeyError, ValueError):
        return None


ASKED = ("register", "title", "source", "urgency", "wanted_by", "received_at")


def _entry(said: dict[str, Any]) -> entering.Entry:
    asked = {name: said[name] for name in ASKED if name != "wanted_by"}
    asked["urgency"] = Mark(asked["urgency"])
    return entering.Entry(**asked, wanted_by=said.get("wanted_by"), due_on=None)


def _hints(form: RegisterForm) -> Any:
    """What the rules say of this paper, for the initial review; nothing of it stands in the way."""
    said = {
        name: str(form[name].value() or "") for name in ("sort", "signer", "contact", "document_no")
    }
    if said["sort"] in UPWARD and not said["signer"]:
        yield _("上行文没有签发人（R08）")
    if said["sort"] == "请示" and not said["contact"]:
        yield _("请示没有联系人或电话（R15）")
    if said["document_no"] and not parse(said["document_no"]):
        yield _("文号不合格式（R13），按原样登记")


def filled(arrival: Arrival, by: Actor) -> Any:
    """What the form would send if nobody touched it: what was typed, or else read."""
    form = form_of(arrival, by)
    for name in form.fields:
        value = form[name].value()
        if value is not None and value is not False:
            yield name, value if isinstance(value, list) else str(value)
